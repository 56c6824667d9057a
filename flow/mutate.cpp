#include "flow/mutate.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "base/parallel.h"
#include "base/progress.h"
#include "checker/conform/messages.h"
#include "checker/explore/step_corpus.h"
#include "checker/prove/random_walk.h"
#include "checker/prove/recheck.h"
#include "checker/vectors/unnoticeable.h"
#include "checker/vectors/writer.h"
#include "flow/spec_store.h"
#include "flow/trace_evidence.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

/// Tells by what stands where in the texts whether two modules have the same site.
std::string site_key(const ir::Module& m, const ir::Mutation& mu, const base::SourceSet& sources) {
  if (!mu.span.has_place()) return "";
  const bool swapped = mu.kind == ir::MutationKind::kClausesSwapped;
  const base::Span second = swapped ? m.stmts[mu.detail].span : mu.span;
  return fmt::format("{}:{} {}:{} {} {} {}", sources.file(mu.span.file).name(), mu.span.begin,
                     second.has_place() ? sources.file(second.file).name() : "", second.begin,
                     ir::name_of(mu.kind), swapped ? 0 : mu.detail, mu.what);
}

/// A version of the ABI that the spec extends, with the traces of its kernels: they are evidence
/// for what the spec has from it.
struct Version {
  const LoadedSpec* spec;
  TraceEvidence traces;
  std::map<std::string, ir::Mutation> sites;
};

class Mutator {
 public:
  Mutator(const MutateOptions& options, const LoadedSpec& spec, const base::SourceSet& sources)
      : options_(options),
        spec_(spec),
        m_(spec.module),
        sources_(sources),
        recheck_(m_, {}),
        traces_(spec,
                options.traces.empty() ? bundled_traces(m_.name) : traces_at(options.traces)) {
    if (!options.proofs) return;
    corpus_.emplace(m_, check::CorpusOptions{.seed = options.seed});
    unnoticeable_.emplace(m_, check::EventWriter(m_, {}), std::map<ir::ParamId, std::uint64_t>{});
  }

  /// Sites that this version has as well are changed there, too, for its own traces.
  void add_version(const LoadedSpec& spec) {
    std::vector<std::string> files = bundled_traces(spec.module.name);
    if (files.empty()) return;
    versions_.push_back({&spec, TraceEvidence(spec, files), {}});
    for (ir::Mutation& mu : ir::mutations(spec.module)) {
      std::string key = site_key(spec.module, mu, sources_);
      versions_.back().sites.emplace(std::move(key), std::move(mu));
    }
  }

  MutateReport run() {
    const auto start = std::chrono::steady_clock::now();
    MutateReport report;
    report.spec = m_.name;
    report.seed = options_.seed;
    report.proofs = options_.proofs;
    report.traces = traces_.used();
    report.traces_unused = traces_.unused();
    for (const Version& version : versions_) {
      report.traces += version.traces.used();
      report.traces_unused += version.traces.unused();
    }
    std::vector<ir::Mutation> sites = ir::mutations(m_);
    report.sites = sites.size();
    draw(sites);
    report.mutants.resize(sites.size());
    for (std::size_t i = 0; i < sites.size(); ++i)
      report.mutants[i].mutation = std::move(sites[i]);
    judge_all(report.mutants);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
  }

 private:
  /// `limit` of them, each equally likely, in their order.
  void draw(std::vector<ir::Mutation>& sites) const {
    if (options_.limit == 0) return;
    check::Random random(options_.seed);
    while (sites.size() > options_.limit)
      sites.erase(sites.begin() + static_cast<std::ptrdiff_t>(random.below(sites.size())));
  }

  void judge_all(std::vector<Mutant>& mutants) {
    std::mutex mutex;
    base::Progress progress("mutants of " + m_.name, mutants.size());
    base::parallel_for(mutants.size(), options_.jobs, [&](std::size_t i) {
      judge_one(mutants[i]);
      const std::lock_guard lock(mutex);
      progress.advance(1, mutants[i].mutation.place);
    });
  }

  void judge_one(Mutant& mutant) {
    const ir::Module changed = ir::apply(m_, mutant.mutation);
    const std::vector<ir::ActionId> touched = ir::touched_actions(m_, mutant.mutation);
    by_traces(changed, touched, mutant);
    if (!options_.proofs) return;
    const check::CorpusAnswer steps = corpus_->ask(changed, touched);
    if (steps.property &&
        note(check::RecheckKill{*steps.property, ir::kNoId, steps.action, false}, mutant))
      return;
    const std::set<ir::StmtId> statements = ir::touched_statements(m_, mutant.mutation);
    const ir::ClauseId dropped =
        mutant.mutation.kind == ir::MutationKind::kClauseDropped
            ? std::get<ir::Guard>(m_.stmts[mutant.mutation.stmt].node).clause
            : ir::kNoId;
    for (const ir::ActionId a : touched)
      if (note(recheck_.kill(changed, a, statements, dropped), mutant)) return;
    if (note(recheck_.broken_law(changed, touched), mutant)) return;
    if (mutant.killed()) return;
    constexpr unsigned kMilliseconds = 4000;  // for each question
    mutant.equivalent =
        unnoticeable_->noticeable(mutant.mutation, kMilliseconds) == check::Answer::kUnsat;
  }

  bool note(const std::optional<check::RecheckKill>& kill, Mutant& mutant) const {
    if (!kill) return false;
    mutant.action = m_.actions[kill->action].name;
    mutant.broken = kill->dead != ir::kNoId ? Mutant::Broken::kExit
                    : kill->is_cover        ? Mutant::Broken::kCover
                                            : Mutant::Broken::kProperty;
    mutant.claim =
        kill->dead != ir::kNoId ? m_.clauses[kill->dead].label : m_.properties[kill->property].name;
    return true;
  }

  void by_traces(const ir::Module& changed, const std::vector<ir::ActionId>& touched,
                 Mutant& mutant) const {
    if (auto kill = traces_.kill(changed, touched)) {
      mutant.trace = std::move(*kill);
      return;
    }
    const std::string key = site_key(m_, mutant.mutation, sources_);
    for (const Version& version : versions_) {
      const auto site = version.sites.find(key);
      if (site == version.sites.end()) continue;
      const ir::Module& original = version.spec->module;
      auto kill = version.traces.kill(ir::apply(original, site->second),
                                      ir::touched_actions(original, site->second));
      if (!kill) continue;
      mutant.trace = std::move(*kill);
      mutant.version = original.name;
      return;
    }
  }

  const MutateOptions& options_;
  const LoadedSpec& spec_;
  const ir::Module& m_;
  const base::SourceSet& sources_;
  check::Recheck recheck_;
  // With proofs:
  std::optional<check::StepCorpus> corpus_;
  std::optional<check::NoticeProofs> unnoticeable_;
  TraceEvidence traces_;
  std::vector<Version> versions_;
};

}  // namespace

std::optional<MutateReport> mutate_spec(const MutateOptions& options, base::SourceSet& sources,
                                        base::DiagSink& sink) {
  SpecStore store(sources, sink);
  const LoadedSpec* spec = store.load(options.spec);
  if (spec == nullptr) return std::nullopt;
  for (const std::string& path : options.traces) {
    std::error_code error;
    if (fs::exists(path, error)) continue;
    sink.report(check::diag::unreadable_trace, {}, path, "there is no such file or folder");
    return std::nullopt;
  }
  Mutator mutator(options, *spec, sources);
  if (options.traces.empty()) {
    for (const LoadedSpec* one = spec; !one->module.extends.empty();) {
      one = store.load(one->module.extends);
      if (one == nullptr) break;
      mutator.add_version(*one);
    }
  }
  return mutator.run();
}

}  // namespace gms::flow
