// What concerns all state functions of rwlock at once.
#include "model/generated/rwlock/state.h"

namespace gms::model::rwlock {

State::State(const Params& the_params) : params(the_params) {}
State::State(const State& other) : Base(other), params(other.params) {
  functions() = other.functions();
}
State::~State() = default;

bool operator==(const State& a, const State& b) {
  return static_cast<const Base&>(a) == static_cast<const Base&>(b) &&
         a.functions() == b.functions();
}

void destroy(State& s, Thread thread) {
  model::destroy(s, thread);
}

}  // namespace gms::model::rwlock
