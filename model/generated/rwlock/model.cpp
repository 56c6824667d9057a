// The compiled model of rwlock.
#include "model/generated/rwlock/model.h"

#include "model/generated/rwlock/calls.h"
#include "model/generated/rwlock/events.h"
#include "model/generated/rwlock/names.h"
#include "model/generated/rwlock/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::rwlock {
namespace {

struct Spec {
  using State = rwlock::State;
  using Params = rwlock::Params;

  static constexpr ModelInfo kInfo{"rwlock", kParams,  kDomains, kStates,
                                   kActions, kClauses, kEvents,  kSlots};
  static constexpr std::span<const std::uint8_t> kStateWidths = rwlock::kStateWidths;
  static constexpr std::span<const std::span<const std::uint16_t>> kEventSlots =
      rwlock::kEventSlots;

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }
  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    return rwlock::call(s, choose, action, args, outputs);
  }
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t>) {
  Params result;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::rwlock
