// The compiled model of linux_6_18.
#include "model/generated/linux_6_18/model.h"

#include "model/generated/linux_6_18/calls.h"
#include "model/generated/linux_6_18/events.h"
#include "model/generated/linux_6_18/names.h"
#include "model/generated/linux_6_18/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::linux_6_18 {
namespace {

struct Spec {
  using State = linux_6_18::State;
  using Params = linux_6_18::Params;

  static constexpr ModelInfo kInfo{"linux_6_18", kParams,  kDomains, kStates,
                                   kActions,     kClauses, kEvents,  kSlots};
  static constexpr std::span<const std::uint8_t> kStateWidths = linux_6_18::kStateWidths;
  static constexpr std::span<const std::span<const std::uint16_t>> kEventSlots =
      linux_6_18::kEventSlots;

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }
  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    return linux_6_18::call(s, choose, action, args, outputs);
  }
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params) {
  Params result;
  if (params.size() > 0) result.sw_protected_vm = params[0] != 0;
  if (params.size() > 1) result.tdp = params[1] != 0;
  if (params.size() > 2) result.ksm = params[2] != 0;
  if (params.size() > 3) result.folio_order = static_cast<std::uint64_t>(params[3]);
  if (params.size() > 4) result.assume_faults = params[4] != 0;
  if (params.size() > 5) result.stale_mmio = params[5] != 0;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::linux_6_18
