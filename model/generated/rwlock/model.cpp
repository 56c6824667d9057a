// The compiled model of rwlock: its names, and its actions by number.
#include "model/generated/rwlock/model.h"

#include <array>
#include <string_view>
#include <vector>

#include "model/generated/rwlock/actions.h"
#include "model/generated/rwlock/events.h"
#include "model/generated/rwlock/slots.h"
#include "model/generated/rwlock/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::rwlock {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 0> kParams = {};
constexpr std::array<Names, 1> kDomains = {"Thread"};
constexpr std::array<Names, 2> kStates = {"mode", "waiting"};
constexpr std::array<Names, 5> kActions = {"read_lock", "write_lock", "unlock", "spawn", "leave"};
constexpr std::array<Names, 11> kClauses = {"read_lock.bad_thread",
                                            "read_lock.again",
                                            "read_lock.wait",
                                            "read_lock.ok",
                                            "write_lock.again",
                                            "write_lock.queued",
                                            "write_lock.ok",
                                            "unlock.EPERM.1",
                                            "unlock.ok",
                                            "spawn.ok",
                                            "leave.ok"};
constexpr std::array<Names, 3> kEvents = {"spawn", "read_lock", "note"};
constexpr std::array<Names, 3> kSlots = {"op", "thread", "errno"};
constexpr std::uint16_t kSlotsOfOnSpawn[] = {kSlotOp, kSlotThread};
constexpr std::uint16_t kSlotsOfOnReadLock[] = {kSlotOp, kSlotThread, kSlotErrno};
constexpr std::uint16_t kSlotsOfOnNote[] = {kSlotOp};

struct Spec {
  using State = rwlock::State;
  using Params = rwlock::Params;

  static constexpr ModelInfo kInfo{"rwlock", kParams,  kDomains, kStates,
                                   kActions, kClauses, kEvents,  kSlots};
  static constexpr std::array<std::uint8_t, 2> kStateWidths = {2, 1};
  static constexpr std::array<std::span<const std::uint16_t>, 3> kEventSlots = {
      kSlotsOfOnSpawn, kSlotsOfOnReadLock, kSlotsOfOnNote};

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }

  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
                     std::vector<Datum>& outputs) {
    switch (action) {
      case 0: return read_lock(s, choose, from_datum<Optional<Thread>>(args[0]));
      case 1: return write_lock(s, choose, from_datum<Thread>(args[0]));
      case 2: return unlock(s, choose, from_datum<Thread>(args[0]));
      case 3: {
        static constexpr std::uint8_t kWidths[] = {64};
        SpawnOutputs out;
        const Clause clause = spawn(s, choose, out);
        append_outputs(out.fields(), kWidths, outputs);
        return clause;
      }
      case 4: return leave(s, choose, from_datum<Thread>(args[0]));
      default: return Clause::kImpossible;
    }
  }
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t>) {
  Params result;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::rwlock
