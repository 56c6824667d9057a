// The only file that knows Z3.
#include <z3++.h>

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

/// Translates terms into one context.
class Translator {
 public:
  Translator(const TermStore& terms, z3::context& ctx) : terms_(terms), ctx_(ctx) {}

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
    const auto it = handles_.find(s.domain);
    if (it != handles_.end()) return it->second;
    return handles_
        .emplace(s.domain, ctx_.uninterpreted_sort(("D" + std::to_string(s.domain)).c_str()))
        .first->second;
  }

 private:
  z3::expr make(const Term& t) {
    const auto a = [&](std::size_t i) { return expr(t.args[i]); };
    switch (t.op) {
      case TermOp::kTrue: return ctx_.bool_val(true);
      case TermOp::kFalse: return ctx_.bool_val(false);
      case TermOp::kBits: return ctx_.bv_val(static_cast<std::uint64_t>(t.bits), t.sort.width);
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

  const TermStore& terms_;
  z3::context& ctx_;
  std::unordered_map<TermId, z3::expr> memo_;
  std::unordered_map<ir::smt::SymbolId, z3::func_decl> functions_;
  std::map<std::uint32_t, z3::sort> handles_;
};

/// Everything that a model needs to stay alive.
class Z3Model final : public SolverModel {
 public:
  explicit Z3Model(const TermStore& terms)
      : terms_(terms), ctx_(std::make_unique<z3::context>()), translator_(terms, *ctx_) {}

  std::uint64_t value(TermId id) override {
    const z3::expr e = model_->eval(translator_.expr(id), true);
    if (terms_[id].sort.kind == SortKind::kBool) return e.is_true() ? 1 : 0;
    if (terms_[id].sort.kind == SortKind::kBitVec) {
      std::uint64_t out = 0;
      return e.is_numeral_u64(out) ? out : 0;
    }
    auto& ids = elements_[terms_[id].sort.domain];
    return ids.try_emplace(e.to_string(), ids.size()).first->second;
  }

  const TermStore& terms_;
  std::unique_ptr<z3::context> ctx_;
  Translator translator_;
  std::unique_ptr<z3::model> model_;
  std::map<std::uint32_t, std::map<std::string, std::uint64_t>> elements_;
};

}  // namespace

std::string z3_version() {
  unsigned major = 0, minor = 0, build = 0, revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return "Z3 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

SolverResult ask_z3(const TermStore& terms, const std::vector<ir::smt::Axiom>& axioms,
                    const SolverLimits& limits) {
  SolverResult out;
  const auto start = std::chrono::steady_clock::now();
  auto holder = std::make_unique<Z3Model>(terms);
  z3::context& ctx = *holder->ctx_;
  try {
    z3::solver solver(ctx, z3::solver::simple());
    z3::params params(ctx);
    params.set("timeout", limits.milliseconds);
    solver.set(params);
    std::map<std::string, z3::expr> guards;  // one for each origin
    z3::expr_vector assumptions(ctx);
    for (const ir::smt::Axiom& a : axioms) {
      z3::expr formula = holder->translator_.expr(a.formula);
      if (limits.want_core && !a.origin.empty()) {
        auto it = guards.find(a.origin);
        if (it == guards.end()) {
          it = guards.emplace(a.origin, ctx.bool_const(("use:" + a.origin).c_str())).first;
          assumptions.push_back(it->second);
        }
        formula = z3::implies(it->second, formula);
      }
      solver.add(formula);
    }
    switch (assumptions.empty() ? solver.check() : solver.check(assumptions)) {
      case z3::sat:
        out.answer = Answer::kSat;
        holder->model_ = std::make_unique<z3::model>(solver.get_model());
        break;
      case z3::unsat: {
        out.answer = Answer::kUnsat;
        const z3::expr_vector core = solver.unsat_core();
        for (unsigned i = 0; i < core.size(); ++i)
          out.core.push_back(core[static_cast<int>(i)].decl().name().str().substr(4));
        break;
      }
      case z3::unknown: out.reason = solver.reason_unknown(); break;
    }
  } catch (const z3::exception& e) {
    out.answer = Answer::kUnknown;
    out.reason = e.msg();
  }
  if (out.answer == Answer::kSat) out.model = std::move(holder);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

}  // namespace gms::check
