#include "checker/prove/spec_fuzz.h"

#include <algorithm>

#include "checker/prove/prove.h"
#include "checker/prove/random_spec.h"
#include "checker/prove/random_walk.h"
#include "checker/prove/replay.h"
#include "checker/prove/search.h"
#include "ir/type.h"
#include "ir/verify.h"

namespace gms::check {
namespace {

constexpr std::size_t kKept = 5;
constexpr std::size_t kUnviolated = 2, kViolated = 1;  // properties of each sort that are put

void keep(std::vector<std::string>& list, std::string text) {
  if (list.size() < kKept) list.push_back(std::move(text));
}

/// A few of the candidates: those that the search did not violate are the interesting ones.
void choose_properties(ir::Module& m, const SearchResult& found) {
  std::vector<ir::Property> chosen;
  for (const ir::PropertyKind kind : {ir::PropertyKind::kInvariant, ir::PropertyKind::kTwoState}) {
    std::size_t good = 0, bad = 0;
    for (std::uint32_t p = 0; p < m.properties.size(); ++p) {
      if (m.properties[p].kind != kind) continue;
      std::size_t& count = found.violated.count(p) > 0 ? bad : good;
      if (count >= (found.violated.count(p) > 0 ? kViolated : kUnviolated)) continue;
      ++count;
      chosen.push_back(m.properties[p]);
    }
  }
  m.properties = std::move(chosen);
}

/// Some state, reached or not, in which the invariant is false.
bool can_be_false(const ir::Module& m, std::uint32_t property, Random& random) {
  ir::interp::Interpreter interpreter(m);
  const RandomValues values(m);
  for (int i = 0; i < 60; ++i) {
    ir::interp::State s = interpreter.fresh();
    for (ir::DomainId d = 0; d < m.domains.size(); ++d)
      for (int h = 0; h < 2; ++h)
        s.create(d);
    for (ir::StateId f = 0; f < m.states.size(); ++f) {
      const ir::interp::StateShape& shape = s.shape().states[f];
      for (int point = 0; point < 6; ++point) {
        ir::interp::HandleKey key;
        for (std::size_t k = 0; k < shape.domains.size(); ++k)
          key.handles[k] = 1 + static_cast<std::uint32_t>(random.below(2));
        std::uint64_t position = random.below(4);
        if (shape.flat.empty()) position = 0;
        if (const auto v = values.value(random, m.states[f].type, s))
          s.set(f, key, position, position + (shape.flat.empty() ? 0 : random.below(3)), *v);
      }
    }
    if (interpreter.holds(property, s).is_false()) return true;
  }
  return false;
}

void one_spec(std::uint64_t seed, FuzzRun& run) {
  ir::Module m = random_spec(seed);
  base::DiagSink sink;
  if (!ir::verify(m, sink)) {
    ++run.malformed;
    keep(run.mistakes, "seed " + std::to_string(seed) + ": " + sink.sorted().front().message());
    return;
  }
  ++run.specs;
  SearchLimits limits;
  limits.seed = seed;
  choose_properties(m, search(m, limits));
  limits.seed = seed + 1;
  const SearchResult found = search(m, limits);
  run.states += found.states;
  run.calls += found.calls;
  ProveOptions options;
  options.milliseconds = 200;
  options.clauses = false;
  const ProveReport report = prove(m, options);
  std::set<std::uint32_t> hypotheses;
  for (std::uint32_t p = 0; p < m.properties.size(); ++p)
    if (std::find(report.inductive_set.begin(), report.inductive_set.end(), m.properties[p].name) !=
        report.inductive_set.end())
      hypotheses.insert(p);
  Random random(seed);
  for (const PropertyVerdict& v : report.properties) {
    const ir::Property& p = m.properties[v.property];
    const bool violated = found.violated.count(v.property) > 0;
    const std::string name = "seed " + std::to_string(seed) + ": " + p.name;
    switch (v.verdict) {
      case Verdict::kProved: {
        ++run.proved;
        if (violated) keep(run.unsound, name + " is proved, and a reachable state violates it");
        const bool moved = std::any_of(
            v.obligations.begin(), v.obligations.end(),
            [&](std::size_t o) { return report.obligations[o].kind != ObligationKind::kInitial; });
        if (moved && (p.kind == ir::PropertyKind::kTwoState || can_be_false(m, v.property, random)))
          ++run.proved_nontrivial;
        break;
      }
      case Verdict::kUnknown:
        ++run.unknown;
        if (violated) ++run.violated_unknown;
        break;
      case Verdict::kRefuted:
        ++run.refuted;
        if (violated) ++run.refuted_reached;
        for (const std::size_t i : v.obligations) {
          const Obligation& o = report.obligations[i];
          if (o.verdict != Verdict::kRefuted || !o.candidate) continue;
          std::string state;
          switch (replay(m, o, hypotheses, &state)) {
            case ReplayResult::kViolated: ++run.replayed; break;
            case ReplayResult::kNotAState:
              ++run.not_a_state;
              keep(run.unreal, name + ": " + o.name + " starts from no state\n" + state);
              break;
            case ReplayResult::kHolds:
              ++run.replay_holds;
              keep(run.unreal, name + ": " + o.name + " does not violate it\n" + state);
              break;
          }
          break;
        }
        break;
    }
  }
}

}  // namespace

FuzzRun fuzz_prover(std::uint64_t seed, std::size_t specs) {
  FuzzRun run;
  for (std::size_t i = 0; i < specs; ++i)
    one_spec(seed * 1000003 + i, run);
  return run;
}

}  // namespace gms::check
