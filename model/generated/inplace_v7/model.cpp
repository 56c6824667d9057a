// The compiled model of inplace_v7.
#include "model/generated/inplace_v7/model.h"

#include "model/generated/inplace_v7/calls.h"
#include "model/generated/inplace_v7/events.h"
#include "model/generated/inplace_v7/names.h"
#include "model/generated/inplace_v7/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::inplace_v7 {
namespace {

struct Spec {
  using State = inplace_v7::State;
  using Params = inplace_v7::Params;

  static constexpr ModelInfo kInfo{"inplace_v7", kParams,  kDomains, kStates,
                                   kActions,     kClauses, kEvents,  kSlots};
  static constexpr std::span<const std::uint8_t> kStateWidths = inplace_v7::kStateWidths;
  static constexpr std::span<const std::span<const std::uint16_t>> kEventSlots =
      inplace_v7::kEventSlots;

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }
  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    return inplace_v7::call(s, choose, action, args, outputs);
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
  if (params.size() > 6) result.vm_memory_attributes = params[6] != 0;
  if (params.size() > 7) result.default_vm_private = params[7] != 0;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::inplace_v7
