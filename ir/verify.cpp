#include "ir/verify.h"

#include "ir/taint.h"
#include "ir/verifier.h"

namespace gms::ir {

// ---- Observe-only -------------------------------------------------------------------------------

void Verifier::observe_only() {
  const ObserveOnly found = find_observe_only(m_);
  for (StateId id = 0; id < m_.states.size(); ++id) {
    const State& s = m_.states[id];
    if (s.observe_only && !found.states[id]) {
      report("state " + s.name, s.span, "marked observe-only, but it decides a branch");
    }
  }
  for (ActionId id = 0; id < m_.actions.size(); ++id) {
    const Action& a = m_.actions[id];
    for (std::size_t i = 0; i < a.may_be_unlogged.size(); ++i) {
      if (a.may_be_unlogged[i] && (i >= a.params.size() || !found.params[id][i])) {
        report("action " + a.name, a.span, "a parameter marked as unlogged decides a branch");
      }
    }
  }
  for (const Stmt& s : m_.stmts) {
    const auto* update = std::get_if<Update>(&s.node);
    if (update == nullptr) continue;
    for (const Update::One& one : update->assigns) {
      if (one.value != kNoId || one.state >= m_.states.size() || found.states[one.state]) continue;
      report("state " + m_.states[one.state].name, s.span,
             "'any' is stored, but its values decide a branch");
    }
  }
}

bool verify(const Module& module, base::DiagSink& sink) {
  return Verifier(module, sink).run();
}

}  // namespace gms::ir
