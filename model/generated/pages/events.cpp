// The events of pages by number.
#include "model/generated/pages/events.h"

namespace gms::model::pages {

Verdict judge(EventRun<State>& run, std::uint32_t event) {
  switch (event) {
    case 0: return on_write(run);
    default: return Verdict::kUndecided;
  }
}

}  // namespace gms::model::pages
