#include "checker/prove/candidate.h"

#include <set>

namespace gms::check {

Candidate read_candidate(ir::smt::Encoder& enc, SolverModel& model, ir::ActionId action,
                         const std::vector<ir::smt::SymValue>* args, const ir::smt::Path* path) {
  Candidate out;
  const ir::Module& m = enc.module();
  out.live.resize(m.domains.size());
  std::vector<std::set<std::uint64_t>> live(m.domains.size());
  for (const auto& [domain, term] : enc.handle_terms()) {
    const ir::smt::TermId alive = enc.terms().apply(enc.base_live(domain), {term});
    if (model.value(alive) != 0) live[domain].insert(model.value(term));
  }
  for (std::size_t d = 0; d < live.size(); ++d)
    out.live[d].assign(live[d].begin(), live[d].end());
  for (const auto& read : enc.base_reads()) {
    if (!enc.is_told(read)) continue;
    Candidate::Fact fact;
    fact.state = read.state;
    for (const auto k : read.keys)
      fact.keys.push_back(model.value(k));
    fact.present = model.value(read.value.present) != 0;
    fact.value = model.value(read.value.value);
    out.facts.push_back(std::move(fact));
  }
  for (ir::ParamId p = 0; p < m.params.size(); ++p)
    out.params.emplace_back(p, model.value(enc.params()[p].value));
  out.action = action;
  if (args != nullptr)
    for (const auto& a : *args)
      out.args.push_back({model.value(a.present) != 0, model.value(a.value)});
  if (path != nullptr) out.clause = path->clause;
  return out;
}

}  // namespace gms::check
