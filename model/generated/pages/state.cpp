// What concerns all state functions of pages at once.
#include "model/generated/pages/state.h"

namespace gms::model::pages {

State::State(const Params& the_params) : params(the_params) {}
State::State(const State& other) : Base(other), params(other.params) {
  functions() = other.functions();
}
State::~State() = default;

bool operator==(const State& a, const State& b) {
  return static_cast<const Base&>(a) == static_cast<const Base&>(b) &&
         a.functions() == b.functions();
}

void destroy(State& s, Inode inode) {
  model::destroy(s, inode);
}
void destroy(State& s, Pin pin) {
  model::destroy(s, pin);
}
void destroy(State& s, Process process) {
  model::destroy(s, process);
}

}  // namespace gms::model::pages
