// The only file that knows Z3.
#include <z3++.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <unordered_map>

#include "checker/prove/solver.h"

namespace gms::check {
namespace {

using ir::smt::Sort;
using ir::smt::SortKind;
using ir::smt::Term;
using ir::smt::TermId;
using ir::smt::TermOp;
using ir::smt::TermStore;

/// How much of arithmetic a solver is told: what follows without is found in a fraction of the
/// time, since nearly all that a proof needs is the order of a few sums, not what they are.
enum class Arithmetic : std::uint8_t { kExact, kOpaque };

bool is_arithmetic(TermOp op) {
  switch (op) {
    case TermOp::kAdd:
    case TermOp::kSub:
    case TermOp::kMul:
    case TermOp::kUdiv:
    case TermOp::kSdiv:
    case TermOp::kUrem:
    case TermOp::kSrem:
    case TermOp::kNeg: return true;
    default: return false;
  }
}

/// Translates terms into one context.
class Translator {
 public:
  Translator(const TermStore& terms, z3::context& ctx, Arithmetic arithmetic)
      : terms_(terms), ctx_(ctx), arithmetic_(arithmetic) {}

  /// The operation is a function that nothing is known of.
  bool is_opaque(TermOp op) const {
    return arithmetic_ == Arithmetic::kOpaque && is_arithmetic(op);
  }
  z3::func_decl opaque(const Term& t) {
    z3::sort_vector params(ctx_);
    for (const TermId a : t.args)
      params.push_back(sort(terms_[a].sort));
    const std::string name =
        "op" + std::to_string(static_cast<int>(t.op)) + "." + std::to_string(t.sort.width);
    return ctx_.function(ctx_.str_symbol(name.c_str()), params, sort(t.sort));
  }

  z3::expr expr(TermId id) {
    const auto it = memo_.find(id);
    if (it != memo_.end()) return it->second;
    z3::expr e = make(terms_[id]);
    memo_.emplace(id, e);
    return e;
  }

  z3::sort sort(const Sort& s) {
    switch (s.kind) {
      case SortKind::kBool: return ctx_.bool_sort();
      case SortKind::kBitVec: return ctx_.bv_sort(s.width);
      case SortKind::kHandle: break;
    }
    // Handles are only compared: as numbers, with more of them than a query has terms, the query
    // stays inside the theory that is decided as bits.
    return ctx_.bv_sort(kHandleBits);
  }

  z3::func_decl function(ir::smt::SymbolId id) {
    const auto it = functions_.find(id);
    if (it != functions_.end()) return it->second;
    const ir::smt::Symbol& s = terms_.symbol(id);
    z3::sort_vector params(ctx_);
    for (const Sort& p : s.params)
      params.push_back(sort(p));
    const z3::func_decl f = ctx_.function(ctx_.str_symbol(s.name.c_str()), params, sort(s.result));
    return functions_.emplace(id, f).first->second;
  }

 private:
  z3::expr make(const Term& t) {
    const auto a = [&](std::size_t i) { return expr(t.args[i]); };
    if (is_opaque(t.op)) {
      z3::expr_vector args(ctx_);
      for (const TermId i : t.args)
        args.push_back(expr(i));
      return opaque(t)(args);
    }
    switch (t.op) {
      case TermOp::kTrue: return ctx_.bool_val(true);
      case TermOp::kFalse: return ctx_.bool_val(false);
      case TermOp::kBits:
        return ctx_.bv_val(static_cast<std::uint64_t>(t.bits),
                           t.sort.kind == SortKind::kHandle ? kHandleBits : t.sort.width);
      case TermOp::kApply: {
        z3::expr_vector args(ctx_);
        for (const TermId i : t.args)
          args.push_back(expr(i));
        return function(t.symbol)(args);
      }
      case TermOp::kNot: return !a(0);
      case TermOp::kAnd:
      case TermOp::kOr: {
        z3::expr_vector args(ctx_);
        for (const TermId i : t.args)
          args.push_back(expr(i));
        return t.op == TermOp::kAnd ? z3::mk_and(args) : z3::mk_or(args);
      }
      case TermOp::kIte: return z3::ite(a(0), a(1), a(2));
      case TermOp::kEq: return a(0) == a(1);
      case TermOp::kUlt: return z3::ult(a(0), a(1));
      case TermOp::kUle: return z3::ule(a(0), a(1));
      case TermOp::kSlt: return z3::slt(a(0), a(1));
      case TermOp::kSle: return z3::sle(a(0), a(1));
      case TermOp::kAdd: return a(0) + a(1);
      case TermOp::kSub: return a(0) - a(1);
      case TermOp::kMul: return a(0) * a(1);
      case TermOp::kUdiv: return z3::udiv(a(0), a(1));
      case TermOp::kSdiv: return a(0) / a(1);
      case TermOp::kUrem: return z3::urem(a(0), a(1));
      case TermOp::kSrem: return z3::srem(a(0), a(1));
      case TermOp::kBvAnd: return a(0) & a(1);
      case TermOp::kBvOr: return a(0) | a(1);
      case TermOp::kBvXor: return a(0) ^ a(1);
      case TermOp::kShl: return z3::shl(a(0), a(1));
      case TermOp::kLshr: return z3::lshr(a(0), a(1));
      case TermOp::kAshr: return z3::ashr(a(0), a(1));
      case TermOp::kNeg: return -a(0);
      case TermOp::kBvNot: return ~a(0);
      case TermOp::kTruncate: return a(0).extract(t.sort.width - 1U, 0);
      case TermOp::kZeroExtend: return z3::zext(a(0), t.sort.width - terms_[t.args[0]].sort.width);
      case TermOp::kSignExtend: return z3::sext(a(0), t.sort.width - terms_[t.args[0]].sort.width);
    }
    return ctx_.bool_val(false);
  }

  static constexpr unsigned kHandleBits = 20;

  const TermStore& terms_;
  z3::context& ctx_;
  Arithmetic arithmetic_;
  std::unordered_map<TermId, z3::expr> memo_;
  std::unordered_map<ir::smt::SymbolId, z3::func_decl> functions_;
};

class Z3Context final : public SolverContext {
 public:
  z3::context ctx;
};

/// A context with a solver, and the last model. Values of terms are computed here from the solver's
/// values of function applications: the solver itself need not see a term that no axiom mentions.
class Z3Session final : public Session, public SolverModel {
 public:
  Z3Session(const TermStore& terms, const SolverLimits& limits, Arithmetic arithmetic,
            std::shared_ptr<SolverContext> shared = nullptr)
      : terms_(terms),
        limits_(limits),
        arithmetic_(arithmetic),
        shared_(shared != nullptr ? std::move(shared) : make_z3_context()),
        ctx_(static_cast<Z3Context&>(*shared_).ctx),
        translator_(terms, ctx_, arithmetic),
        solver_(ctx_, z3::solver::simple()),
        assumptions_(ctx_),
        plain_(ctx_) {
    z3::params params(ctx_);
    params.set("timeout", std::min(limits.milliseconds, kQuickMilliseconds));
    solver_.set(params);
  }

  void add(const ir::smt::Axiom& axiom) override {
    try {
      z3::expr formula = translator_.expr(axiom.formula);
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
    values_.clear();
    elements_.clear();
    whole_ = false;
    try {
      if (!failed_.empty()) return Answer::kUnknown;
      const Answer quick = answer(solver_, solver_.check(assumptions_));
      if (quick != Answer::kUnknown || arithmetic_ == Arithmetic::kOpaque) return quick;
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
    const auto it = values_.find(id);
    if (it != values_.end()) return it->second;
    const std::uint64_t v = compute(id);
    values_.emplace(id, v);
    return v;
  }

 private:
  static constexpr unsigned kQuickMilliseconds = 300;

  Answer ask_whole(z3::solver& solver) {
    z3::params params(ctx_);
    params.set("timeout", limits_.milliseconds / 2);
    solver.set(params);
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
    if (translator_.is_opaque(t.op)) return application(t, translator_.opaque(t));
    switch (t.op) {
      case TermOp::kTrue: return 1;
      case TermOp::kFalse: return 0;
      case TermOp::kBits:
        return t.sort.kind == SortKind::kHandle ? element(t.sort.domain, translator_.expr(id))
                                                : t.bits;
      case TermOp::kApply: return application(t, translator_.function(t.symbol));
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
      args.push_back(constant_of(terms_[a].sort, value(a)));
    const z3::expr e = model_->eval(function(args), true);
    if (t.sort.kind == SortKind::kBool) return e.is_true() ? 1 : 0;
    if (t.sort.kind == SortKind::kBitVec) {
      std::uint64_t out = 0;
      return e.is_numeral_u64(out) ? out : 0;
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

  z3::expr constant_of(const Sort& sort, std::uint64_t v) {
    switch (sort.kind) {
      case SortKind::kBool: return ctx_.bool_val(v != 0);
      case SortKind::kBitVec: return ctx_.bv_val(v, sort.width);
      case SortKind::kHandle: break;
    }
    return elements_[sort.domain][v];
  }

  const TermStore& terms_;
  SolverLimits limits_;
  Arithmetic arithmetic_;
  std::shared_ptr<SolverContext> shared_;
  z3::context& ctx_;
  Translator translator_;
  z3::solver solver_;
  z3::expr_vector assumptions_;
  z3::expr_vector plain_;  // the axioms without their guards
  std::map<std::string, z3::expr> guards_;
  std::unique_ptr<z3::model> model_;
  std::map<std::uint32_t, std::vector<z3::expr>> elements_;
  std::unordered_map<TermId, std::uint64_t> values_;
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

using Clock = std::chrono::steady_clock;
double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

constexpr std::size_t kMaxOpaqueRounds = 20;
constexpr std::size_t kMaxRefinements = 200;

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
  return std::make_unique<Z3Session>(terms, limits, Arithmetic::kExact, std::move(shared));
}

SolverResult ask_z3(const TermStore& terms, const std::vector<ir::smt::Axiom>& axioms,
                    const SolverLimits& limits) {
  SolverResult out;
  const auto start = Clock::now();
  auto session = start_z3(terms, limits);
  for (const ir::smt::Axiom& a : axioms)
    session->add(a);
  const Answer answer = session->check();
  finish(out, answer, std::move(session), limits);
  out.seconds = since(start);
  return out;
}

namespace {

/// Instances until the answer is no longer kSat or the model satisfies all of them.
Answer settle(ir::smt::Encoder& enc, Session& session, std::size_t max_rounds, Decision& out) {
  std::size_t added = 0;
  for (std::size_t round = 0;; ++round) {
    for (; added < enc.axioms().size(); ++added)
      session.add(enc.axioms()[added]);
    const Answer answer = session.check();
    if (answer != Answer::kSat) return answer;
    ++out.rounds;
    if (enc.refine([&](TermId t) { return session.model().value(t) != 0; }) == 0) return answer;
    if (round < max_rounds) continue;
    out.complete = false;
    return answer;
  }
}

}  // namespace

Decision decide(ir::smt::Encoder& enc, const SolverLimits& limits) {
  Decision out;
  const auto start = Clock::now();
  if (limits.want_core) {  // a proof is expected
    ir::smt::Encoder trial = enc;  // its instances suit models that are none: kept only if they do
    Z3Session session(enc.terms(), limits, Arithmetic::kOpaque);
    if (settle(trial, session, kMaxOpaqueRounds, out) == Answer::kUnsat) {
      out.result.answer = Answer::kUnsat;
      out.result.core = session.core();
      out.result.seconds = since(start);
      enc = std::move(trial);
      return out;
    }
    out = {};
  }
  auto session = start_z3(enc.terms(), limits);
  const Answer answer = settle(enc, *session, kMaxRefinements, out);
  finish(out.result, answer, std::move(session), limits);
  out.result.seconds = since(start);
  return out;
}

}  // namespace gms::check
