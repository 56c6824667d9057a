// What concerns all state functions of inplace_v7 at once.
#include "model/generated/inplace_v7/state.h"

namespace gms::model::inplace_v7 {

State::State(const Params& the_params) : params(the_params) {}
State::State(const State& other) : Base(other), params(other.params) {
  functions() = other.functions();
}
State::~State() = default;

bool operator==(const State& a, const State& b) {
  return static_cast<const Base&>(a) == static_cast<const Base&>(b) &&
         a.functions() == b.functions();
}

void destroy(State& s, Process process) {
  model::destroy(s, process);
}
void destroy(State& s, Vm vm) {
  model::destroy(s, vm);
}
void destroy(State& s, Fd fd) {
  model::destroy(s, fd);
}
void destroy(State& s, Inode inode) {
  model::destroy(s, inode);
}
void destroy(State& s, Slot slot) {
  model::destroy(s, slot);
}
void destroy(State& s, Mapping mapping) {
  model::destroy(s, mapping);
}
void destroy(State& s, Pin pin) {
  model::destroy(s, pin);
}

}  // namespace gms::model::inplace_v7
