// Calls of the actions of rwlock by number.
#include "model/generated/rwlock/calls.h"

#include "model/generated/rwlock/actions.h"

namespace gms::model::rwlock {

Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
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

}  // namespace gms::model::rwlock
