// The search for the orders that explain one window.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "checker/linearize/configuration.h"
#include "checker/linearize/overlaps.h"

namespace gms::check::linearize {

struct Limits {
  std::size_t configurations = 0;  // at a time
  std::chrono::steady_clock::time_point deadline;
  std::string time;         // how the deadline was asked for
  bool first_only = false;  // stop at the first event that cannot be placed
  bool reduce = true;       // try only orders that matter (relevant.cpp)
};

class Frontier {
 public:
  /// All must outlive the frontier.
  Frontier(EventRunner& runner, const Engine& engine, std::span<const WindowEvent> window,
           const Limits& limits);

  WindowResult run(std::vector<World>& worlds);

 private:
  bool returns(std::uint32_t event);
  bool close(std::uint32_t event, std::vector<Configuration>& left);
  enum class Search : std::uint8_t { kDone, kMoreMatters, kGivenUp };
  Search search(std::uint32_t event, std::vector<Configuration> open,
                std::vector<Configuration>& done, std::vector<Configuration>& left);
  bool step(const Configuration& from, std::uint32_t event, std::vector<Configuration>& next);
  std::vector<RacingCall> racing(const Configuration& from, std::uint32_t event);
  // What matters for an event that returns.
  void choose_relevant(std::uint32_t event);
  const ir::interp::Footprint& look(Configuration& one, std::uint32_t event);
  ir::interp::Footprint look_ahead(const Configuration& one, std::uint32_t event);
  bool disturbs_others(Configuration& one, const ir::interp::Footprint& step);
  bool passes(std::uint32_t load, std::uint32_t store, const World& world);
  void stuck(std::uint32_t event, const std::vector<Configuration>& left);
  bool give_up(std::uint32_t event, std::string why);
  std::uint32_t domains() const { return domains_; }

  EventRunner& runner_;
  const Engine& engine_;
  std::span<const WindowEvent> window_;
  const Limits& limits_;
  Overlaps overlaps_;
  std::uint32_t domains_ = 0;
  std::vector<Configuration> configurations_;
  std::vector<std::uint32_t> pending_;  // have begun and not returned
  std::vector<bool> returned_;
  bool reduces_ = true;
  std::vector<bool> relevant_;  // for the event that returns, by event
  std::vector<Advance> advances_;
  WindowResult result_;
};

}  // namespace gms::check::linearize
