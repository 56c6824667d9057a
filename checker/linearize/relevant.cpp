// Which of the pending events can matter for the one that returns. Events that neither look at nor
// change what others change come later all the same: an order in which one of them stands before
// the event that returns leads to the same state with it behind. So only those are tried before
// that do not commute with another pending one, whichever that is: what such an event does may
// change once the other has taken effect.
//
// That is found out by looking ahead: each pending event is made alone, and what it looks at and
// changes is recorded, in every way that is tried. While orders of the relevant ones are tried,
// each of their steps is recorded, too. One that meets what an event that was left out would look
// at or change makes that one relevant, and the search begins again.
#include <algorithm>

#include "checker/linearize/frontier.h"

namespace gms::check::linearize {

using ir::interp::Footprint;

void Frontier::choose_relevant(std::uint32_t event) {
  for (const std::uint32_t other : pending_)
    relevant_[other] = !reduces_;
  relevant_[event] = true;
  if (!reduces_) return;
  for (Configuration& one : configurations_) {
    std::vector<std::uint32_t> open;
    for (const std::uint32_t other : pending_)
      if (!one.finished(other)) open.push_back(other);
    for (std::size_t i = 0; i < open.size(); ++i) {
      for (std::size_t k = i + 1; k < open.size(); ++k) {
        if (relevant_[open[i]] && relevant_[open[k]]) continue;
        look(one, open[i]);  // may move what the other call returns
        look(one, open[k]);
        if (look(one, open[i]).commutes(look(one, open[k]))) continue;
        relevant_[open[i]] = relevant_[open[k]] = true;
      }
    }
  }
}

const Footprint& Frontier::look(Configuration& one, std::uint32_t event) {
  for (const Look& known : one.looks)
    if (known.event == event) return *known.footprint;
  one.looks.push_back({event, std::make_shared<const Footprint>(look_ahead(one, event))});
  return *one.looks.back().footprint;
}

/// The event alone, with all its calls and in all ways, from here.
Footprint Frontier::look_ahead(const Configuration& one, std::uint32_t event) {
  constexpr std::size_t kMostSteps = 256;
  Footprint footprint;
  for (const std::uint32_t before : overlaps_.before(event)) {
    // What it does begins with what another event of its thread leaves.
    if (!returned_[before] && !one.finished(before)) footprint.set_opaque();
  }
  runner_.record(engine_, &footprint);
  std::vector<Configuration> open;
  open.push_back(copy_of(engine_, one));
  std::size_t steps = 0;
  while (!open.empty() && !footprint.opaque()) {
    const Configuration at = std::move(open.back());
    open.pop_back();
    if (at.finished(event)) continue;
    // What cannot be judged, or only after too much work, is left to when its turn comes.
    if (++steps > kMostSteps || !step(at, event, open)) footprint.set_opaque();
  }
  runner_.record(engine_, nullptr);
  result_.problem.reset();
  result_.undecided.clear();
  footprint.finish();
  return footprint;
}

/// Whether a step of a relevant event meets what another pending one would do. That is relevant
/// now.
bool Frontier::disturbs_others(Configuration& one, const Footprint& step) {
  bool found = false;
  for (const std::uint32_t other : pending_) {
    if (relevant_[other] || one.finished(other)) continue;
    if (look(one, other).commutes(step)) continue;
    relevant_[other] = found = true;
  }
  return found;
}

}  // namespace gms::check::linearize
