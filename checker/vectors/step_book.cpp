#include "checker/vectors/step_book.h"

#include <utility>

namespace gms::check {
namespace {

constexpr std::size_t kMaxNovel = 120, kMaxSample = 40;

}  // namespace

StepBook::StepBook(const ir::Module& module, std::uint64_t seed)
    : shape_(module), random_(seed), steps_(module.actions.size()) {}

void StepBook::note(const ExploreOptions::Made& made) {
  if (!made.before.exact()) return;
  std::vector<KnownStep>& steps = steps_[made.action];
  Counts& counts = counts_[{made.action, made.valuation}];
  std::size_t at = steps.size();
  if (made.novel && counts.novel < kMaxNovel) {
    ++counts.novel;
  } else {
    const std::size_t nth = ++counts.met;
    if (counts.sample.size() < kMaxSample) {
      counts.sample.push_back(at);
    } else {
      const std::size_t place = random_() % nth;
      if (place >= kMaxSample) return;
      at = counts.sample[place];
    }
  }
  KnownStep step{made.way(), made.before.with_shape(shape_), made.args};
  if (at < steps.size())
    steps[at] = std::move(step);
  else
    steps.push_back(std::move(step));
}

}  // namespace gms::check
