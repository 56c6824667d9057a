// The compiled model of pages.
#include "model/generated/pages/model.h"

#include "model/generated/pages/calls.h"
#include "model/generated/pages/events.h"
#include "model/generated/pages/names.h"
#include "model/generated/pages/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::pages {
namespace {

struct Spec {
  using State = pages::State;
  using Params = pages::Params;

  static constexpr ModelInfo kInfo{"pages",  kParams,  kDomains, kStates,
                                   kActions, kClauses, kEvents,  kSlots};
  static constexpr std::span<const std::uint8_t> kStateWidths = pages::kStateWidths;
  static constexpr std::span<const std::span<const std::uint16_t>> kEventSlots = pages::kEventSlots;

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }
  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    return pages::call(s, choose, action, args, outputs);
  }
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params) {
  Params result;
  if (params.size() > 0) result.order = static_cast<std::uint8_t>(params[0]);
  if (params.size() > 1) result.lazy = params[1] != 0;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::pages
