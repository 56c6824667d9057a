#include "checker/linearize/linearizer.h"

#include <fmt/core.h>
#include <algorithm>

#include "checker/linearize/configuration.h"
#include "checker/linearize/core.h"
#include "checker/linearize/frontier.h"
#include "checker/linearize/one_order.h"

namespace gms::check {
namespace {

class Linearizer : public WindowJudge {
 public:
  explicit Linearizer(const LinearizeOptions& options) : options_(options) {}

  WindowResult run(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
                   std::vector<World>& worlds) override {
    if (start_ == Clock::time_point{}) start_ = Clock::now();
    linearize::Limits limits{options_.max_configurations, start_ + options_.time,
                             fmt::format("{} s", options_.time.count() / 1000), false,
                             options_.reduce};
    std::vector<World> before;
    before.reserve(worlds.size());
    for (const World& world : worlds)
      before.push_back(copy_of(engine, world));
    WindowResult result = linearize::Frontier(runner, engine, window, limits).run(worlds);
    if (!result.problem && result.undecided.empty() && !result.stuck.empty())
      linearize::explain_stuck(runner, engine, window, before, limits, result.stuck.front());
    return result;
  }

  bool find_one_order(const TraceInput& input, const EventTable& table, const JudgeOptions& options,
                      TraceRun& run) override {
    return options_.guess && linearize::find_one_order(input, table, options, run);
  }

 private:
  using Clock = std::chrono::steady_clock;
  LinearizeOptions options_;
  Clock::time_point start_;
};

}  // namespace

std::shared_ptr<WindowJudge> make_linearizer(const LinearizeOptions& options) {
  return std::make_shared<Linearizer>(options);
}

}  // namespace gms::check
