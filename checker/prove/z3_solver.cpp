// Z3 in this process: sessions, and how a query is decided by several of them.
#include <z3++.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "base/cpu_time.h"
#include "checker/prove/solver.h"
#include "checker/prove/z3_terms.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using ir::smt::SortKind;
using ir::smt::Term;
using ir::smt::TermId;
using ir::smt::TermOp;
using ir::smt::TermStore;

class Z3Context final : public SolverContext {
 public:
  z3::context ctx;
  /// What terms are in models, by TermId. Shared, because a query is small and the terms are many:
  /// an entry counts only for the model whose number it has.
  struct Memo {
    std::uint64_t model = 0, value = 0;
  };
  std::vector<Memo> memo;
  std::uint64_t models = 0;
};

/// A context with a solver, and the last model. Values of terms are computed here from the solver's
/// values of function applications: the solver itself need not see a term that no axiom mentions,
/// and a model in a weaker reading of arithmetic can be checked in the exact one.
class Z3Session final : public Session, public SolverModel {
 public:
  Z3Session(const TermStore& terms, const SolverLimits& limits, Arithmetic arithmetic,
            std::shared_ptr<SolverContext> shared = nullptr)
      : terms_(terms),
        limits_(limits),
        arithmetic_(arithmetic),
        shared_(shared != nullptr ? std::move(shared) : make_z3_context()),
        context_(static_cast<Z3Context&>(*shared_)),
        ctx_(context_.ctx),
        z3_(terms, ctx_, arithmetic),
        solver_(ctx_, z3::solver::simple()),
        assumptions_(ctx_),
        plain_(ctx_) {
    allow(solver_, std::min(limits.milliseconds, kQuickMilliseconds));
  }

  /// What the solver has counted for all questions in this context, and terms that were looked at
  /// in models here, which take about as long; it begins again at 2^32.
  std::uint32_t steps() const {
    const z3::stats counted = solver_.statistics();
    for (unsigned i = 0; i < counted.size(); ++i)
      if (counted.key(i) == "rlimit count" && counted.is_uint(i))
        return counted.uint_value(i) + computed_;
    return computed_;
  }

  void add(const ir::smt::Axiom& axiom) override {
    try {
      z3::expr formula = z3_.expr(axiom.formula);
      for (const z3::expr& condition : z3_.take_side_conditions())
        solver_.add(condition);
      formulas_.push_back(axiom.formula);
      plain_.push_back(formula);
      if (limits_.want_core && !axiom.origin.empty()) {
        auto it = guards_.find(axiom.origin);
        if (it == guards_.end()) {
          it =
              guards_.emplace(axiom.origin, ctx_.bool_const(("use:" + axiom.origin).c_str())).first;
          assumptions_.push_back(it->second);
        }
        formula = z3::implies(it->second, formula);
      }
      solver_.add(formula);
    } catch (const z3::exception& e) {
      failed_ = e.msg();
    }
  }

  /// The incremental solver answers most queries in a millisecond, but is lost where much
  /// arithmetic meets; then the queries are given as a whole to one that rewrites them into bits
  /// first.
  Answer check() override {
    model_number_ = ++context_.models;
    elements_.clear();
    whole_ = false;
    try {
      if (!failed_.empty()) return Answer::kUnknown;
      const Answer quick = answer(solver_, solver_.check(assumptions_));
      if (quick != Answer::kUnknown || arithmetic_ != Arithmetic::kBits) return quick;
      whole_ = true;
      z3::solver bits = (z3::tactic(ctx_, "simplify") & z3::tactic(ctx_, "propagate-values") &
                         z3::tactic(ctx_, "solve-eqs") & z3::tactic(ctx_, "qfufbv_ackr"))
                            .mk_solver();
      Answer thorough = ask_whole(bits);
      if (thorough != Answer::kUnknown) return thorough;
      z3::solver rewriting(ctx_, "QF_UFBV");
      thorough = ask_whole(rewriting);
      if (thorough == Answer::kUnknown) failed_ = rewriting.reason_unknown();
      return thorough;
    } catch (const z3::exception& e) {
      failed_ = e.msg();
    }
    return Answer::kUnknown;
  }

  SolverModel& model() override { return *this; }

  /// Of the last kSat: the model satisfies every axiom, whatever it was found with.
  bool is_exact() {
    return arithmetic_ == Arithmetic::kBits ||
           (arithmetic_ == Arithmetic::kIntegers &&
            std::all_of(formulas_.begin(), formulas_.end(),
                        [&](TermId f) { return value(f) != 0; }));
  }
  std::string reason() override { return failed_; }

  std::vector<std::string> core() override {
    std::vector<std::string> out;
    if (whole_) {  // not tracked: it may have used everything
      for (const auto& [origin, guard] : guards_)
        out.push_back(origin);
      return out;
    }
    const z3::expr_vector core = solver_.unsat_core();
    for (unsigned i = 0; i < core.size(); ++i)
      out.push_back(core[static_cast<int>(i)].decl().name().str().substr(4));
    return out;
  }

  std::uint64_t value(TermId id) override {
    std::vector<Z3Context::Memo>& memo = context_.memo;
    if (id >= memo.size()) memo.resize(terms_.size());
    if (memo[id].model == model_number_) return memo[id].value;
    ++computed_;
    const std::uint64_t v = compute(id);
    memo[id] = {model_number_, v};
    return v;
  }

 private:
  static constexpr unsigned kQuickMilliseconds = 300;
  static constexpr unsigned kStepsPerMillisecond = 6000;  // measured: 5 to 7 million a second

  /// By the solver's own count of its steps, so that an answer does not depend on what else the
  /// machine does; by the clock only where a step takes forever.
  void allow(z3::solver& solver, unsigned milliseconds) {
    z3::params params(ctx_);
    params.set("rlimit", milliseconds * kStepsPerMillisecond);
    params.set("timeout", milliseconds * 20);
    solver.set(params);
  }

  Answer ask_whole(z3::solver& solver) {
    allow(solver, limits_.milliseconds / 2);
    for (const z3::expr& e : plain_)
      solver.add(e);
    return answer(solver, solver.check());
  }

  Answer answer(const z3::solver& from, z3::check_result result) {
    switch (result) {
      case z3::sat: model_ = std::make_unique<z3::model>(from.get_model()); return Answer::kSat;
      case z3::unsat: return Answer::kUnsat;
      case z3::unknown: break;
    }
    return Answer::kUnknown;
  }

  std::uint64_t compute(TermId id) {
    const Term& t = terms_[id];
    const auto arg = [&](std::size_t i) { return value(t.args[i]); };
    if (arithmetic_ == Arithmetic::kOpaque && z3_.is_opaque(t))
      return application(t, z3_.function_for(t));
    switch (t.op) {
      case TermOp::kTrue: return 1;
      case TermOp::kFalse: return 0;
      case TermOp::kBits:
        return t.sort.kind == SortKind::kHandle
                   ? element(t.sort.domain, model_->eval(z3_.expr(id), true))
                   : t.bits;
      case TermOp::kApply: return application(t, z3_.function(t.symbol));
      case TermOp::kNot: return arg(0) == 0 ? 1 : 0;
      case TermOp::kAnd:
        for (std::size_t i = 0; i < t.args.size(); ++i)
          if (arg(i) == 0) return 0;
        return 1;
      case TermOp::kOr:
        for (std::size_t i = 0; i < t.args.size(); ++i)
          if (arg(i) != 0) return 1;
        return 0;
      case TermOp::kIte: return arg(0) != 0 ? arg(1) : arg(2);
      case TermOp::kEq: return arg(0) == arg(1) ? 1 : 0;
      case TermOp::kUlt:
      case TermOp::kUle:
      case TermOp::kSlt:
      case TermOp::kSle:
      case TermOp::kAdd:
      case TermOp::kSub:
      case TermOp::kMul:
      case TermOp::kUdiv:
      case TermOp::kSdiv:
      case TermOp::kUrem:
      case TermOp::kSrem:
      case TermOp::kBvAnd:
      case TermOp::kBvOr:
      case TermOp::kBvXor:
      case TermOp::kShl:
      case TermOp::kLshr:
      case TermOp::kAshr:
      case TermOp::kNeg:
      case TermOp::kBvNot:
      case TermOp::kTruncate:
      case TermOp::kZeroExtend:
      case TermOp::kSignExtend:
        return ir::smt::fold_operation(terms_, t, [&](TermId a) { return value(a); });
    }
    return 0;
  }

  /// By the values of the arguments, so that equal applications have equal values even where the
  /// solver completes its model.
  std::uint64_t application(const Term& t, const z3::func_decl& function) {
    z3::expr_vector args(ctx_);
    for (const TermId a : t.args)
      args.push_back(terms_[a].sort.kind == SortKind::kHandle
                         ? elements_[terms_[a].sort.domain][value(a)]
                         : z3_.constant(terms_[a].sort, value(a)));
    const z3::expr e = model_->eval(function(args), true);
    if (t.sort.kind == SortKind::kBool) return e.is_true() ? 1 : 0;
    if (t.sort.kind == SortKind::kBitVec) {
      std::uint64_t out = 0;  // an integer that nothing bounds may be anything: any value will do
      if (!e.is_numeral_u64(out)) return 0;
      return out & ir::mask_of(t.sort.width);
    }
    return element(t.sort.domain, e);
  }

  /// Handles are numbered as they are met.
  std::uint64_t element(std::uint32_t domain, const z3::expr& value) {
    auto& ids = elements_[domain];
    for (std::size_t i = 0; i < ids.size(); ++i)
      if (z3::eq(ids[i], value)) return i;
    ids.push_back(value);
    return ids.size() - 1;
  }

  const TermStore& terms_;
  SolverLimits limits_;
  Arithmetic arithmetic_;
  std::shared_ptr<SolverContext> shared_;
  Z3Context& context_;
  z3::context& ctx_;
  Z3Terms z3_;
  z3::solver solver_;
  z3::expr_vector assumptions_;
  z3::expr_vector plain_;  // the axioms without their guards
  std::vector<TermId> formulas_;
  std::map<std::string, z3::expr> guards_;
  std::unique_ptr<z3::model> model_;
  std::map<std::uint32_t, std::vector<z3::expr>> elements_;
  std::uint64_t model_number_ = 0;  // of the last check
  std::uint32_t computed_ = 0;
  std::string failed_;
  bool whole_ = false;  // the last answer came from the thorough solver
};

/// Hands out the model of a session that it keeps alive.
class KeptModel final : public SolverModel {
 public:
  explicit KeptModel(std::unique_ptr<Session> session) : session_(std::move(session)) {}
  std::uint64_t value(TermId term) override { return session_->model().value(term); }

 private:
  std::unique_ptr<Session> session_;
};

void finish(SolverResult& out, Answer answer, std::unique_ptr<Session> session,
            const SolverLimits& limits) {
  out.answer = answer;
  if (answer == Answer::kUnknown) out.reason = session->reason();
  if (answer == Answer::kUnsat && limits.want_core) out.core = session->core();
  if (answer == Answer::kSat) out.model = std::make_unique<KeptModel>(std::move(session));
}

constexpr std::size_t kMaxRefinements = 200;
constexpr std::size_t kMaxStrictly = 12;

}  // namespace

std::string z3_version() {
  unsigned major = 0, minor = 0, build = 0, revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return "Z3 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

std::shared_ptr<SolverContext> make_z3_context() {
  return std::make_shared<Z3Context>();
}

std::unique_ptr<Session> start_z3(const TermStore& terms, const SolverLimits& limits,
                                  std::shared_ptr<SolverContext> shared) {
  return std::make_unique<Z3Session>(terms, limits, Arithmetic::kBits, std::move(shared));
}

SolverResult ask_z3(const TermStore& terms, const std::vector<ir::smt::Axiom>& axioms,
                    const SolverLimits& limits) {
  SolverResult out;
  const double start = base::thread_seconds();
  auto session = start_z3(terms, limits);
  for (const ir::smt::Axiom& a : axioms)
    session->add(a);
  const Answer answer = session->check();
  finish(out, answer, std::move(session), limits);
  out.seconds = base::thread_seconds() - start;
  return out;
}

namespace {

/// Of the time for a query, what each reading of arithmetic may take.
double share(Arithmetic arithmetic) {
  switch (arithmetic) {
    case Arithmetic::kOpaque: return 0.1;
    case Arithmetic::kIntegers: return 0.4;
    case Arithmetic::kBits: break;
  }
  return 0.5;
}

/// What a query is decided with.
struct Means {
  const SolverLimits& limits;
  Arithmetic arithmetic;
  std::shared_ptr<SolverContext> context;

  std::unique_ptr<Z3Session> start(ir::smt::Encoder& enc) const {
    return std::make_unique<Z3Session>(enc.terms(), limits, arithmetic, context);
  }
};

/// Whether instances have cost what they may: by the solver's count, so that the answer does not
/// depend on the machine; by the clock only where most of the work is not the solver's.
class Patience {
 public:
  Patience(const Z3Session& session, double milliseconds)
      : steps_(session.steps()), milliseconds_(milliseconds) {}

  bool is_over(const Z3Session& session) const {
    constexpr double kSlowest = 4;
    constexpr double kStepsPerMillisecond = 3000;  // half of what is counted is not the solver's
    const std::uint32_t spent = session.steps() - steps_;
    return spent > milliseconds_ * kStepsPerMillisecond ||
           base::thread_seconds() - start_ > kSlowest * milliseconds_ / 1000;
  }

 private:
  std::uint32_t steps_;
  double milliseconds_;
  double start_ = base::thread_seconds();
};

/// Instances until the answer is no longer kSat or the model satisfies all of them. Where
/// strictness leads to ever new points, the answer is the model that satisfied them without it.
Answer settle(ir::smt::Encoder& enc, std::unique_ptr<Z3Session>& session, const Means& means,
              Decision& out) {
  std::size_t added = 0, strictly = 0;
  std::optional<ir::smt::Encoder> before;  // strictness asked for more
  const auto check = [&] {
    for (; added < enc.axioms().size(); ++added)
      session->add(enc.axioms()[added]);
    return session->check();
  };
  session = means.start(enc);
  const Patience patience(*session, share(means.arithmetic) * means.limits.milliseconds);
  for (std::size_t round = 0;; ++round) {
    const Answer answer = check();
    if (answer != Answer::kSat) return answer;
    ++out.rounds;
    const auto holds = [&](TermId t) { return session->value(t) != 0; };
    if (enc.refine(holds, false) == 0) {
      if (means.limits.strict && !before) before = enc;
      if (!means.limits.strict || enc.refine(holds, true) == 0)
        return session->is_exact() ? answer : Answer::kUnknown;
      ++strictly;
    }
    if (round < kMaxRefinements && strictly < kMaxStrictly && !patience.is_over(*session)) continue;
    out.complete = before.has_value();
    if (!before) return answer;
    enc = std::move(*before);
    session = means.start(enc);
    added = 0;
    const Answer again = check();
    return again == Answer::kSat && !session->is_exact() ? Answer::kUnknown : again;
  }
}

}  // namespace

Decision decide(ir::smt::Encoder& enc, const SolverLimits& limits,
                const std::shared_ptr<SolverContext>& given) {
  const std::shared_ptr<SolverContext> context = given != nullptr ? given : make_z3_context();
  const double start = base::thread_seconds();
  std::unique_ptr<Z3Session> session;
  const auto decided = [&](Decision out, Answer answer) {
    finish(out.result, answer, std::move(session), limits);
    out.result.seconds = base::thread_seconds() - start;
    return out;
  };
  for (const Arithmetic arithmetic : {Arithmetic::kOpaque, Arithmetic::kIntegers}) {
    // That nothing is known of sums proves much, but is no way to find a model.
    if (arithmetic == Arithmetic::kOpaque && limits.expect_model) continue;
    Decision out;
    // A trial's instances suit models that are none: they are kept only with its answer.
    ir::smt::Encoder trial = enc;
    const Answer answer = settle(trial, session, {limits, arithmetic, context}, out);
    if (answer == Answer::kUnknown || !out.complete) continue;
    enc = std::move(trial);
    return decided(std::move(out), answer);
  }
  Decision out;
  const Answer answer = settle(enc, session, {limits, Arithmetic::kBits, context}, out);
  return decided(std::move(out), answer);
}

}  // namespace gms::check
