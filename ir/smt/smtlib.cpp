#include "ir/smt/smtlib.h"

#include <unordered_map>
#include <unordered_set>

namespace gms::ir::smt {
namespace {

const char* name_of(TermOp op) {
  switch (op) {
    case TermOp::kTrue: return "true";
    case TermOp::kFalse: return "false";
    case TermOp::kNot: return "not";
    case TermOp::kAnd: return "and";
    case TermOp::kOr: return "or";
    case TermOp::kIte: return "ite";
    case TermOp::kEq: return "=";
    case TermOp::kUlt: return "bvult";
    case TermOp::kUle: return "bvule";
    case TermOp::kSlt: return "bvslt";
    case TermOp::kSle: return "bvsle";
    case TermOp::kAdd: return "bvadd";
    case TermOp::kSub: return "bvsub";
    case TermOp::kMul: return "bvmul";
    case TermOp::kUdiv: return "bvudiv";
    case TermOp::kSdiv: return "bvsdiv";
    case TermOp::kUrem: return "bvurem";
    case TermOp::kSrem: return "bvsrem";
    case TermOp::kBvAnd: return "bvand";
    case TermOp::kBvOr: return "bvor";
    case TermOp::kBvXor: return "bvxor";
    case TermOp::kShl: return "bvshl";
    case TermOp::kLshr: return "bvlshr";
    case TermOp::kAshr: return "bvashr";
    case TermOp::kNeg: return "bvneg";
    case TermOp::kBvNot: return "bvnot";
    case TermOp::kBits:
    case TermOp::kApply:
    case TermOp::kTruncate:
    case TermOp::kZeroExtend:
    case TermOp::kSignExtend: break;
  }
  return "";
}

std::string quoted(const std::string& name) {
  return "|" + name + "|";
}

class Writer {
 public:
  Writer(const TermStore& terms, const std::vector<std::string>& domains)
      : terms_(terms), domains_(domains) {}

  std::string run(const std::vector<Axiom>& axioms, const std::vector<std::string>& comments) {
    for (const Axiom& a : axioms)
      count(a.formula);
    std::string asserts;
    for (const Axiom& a : axioms) {
      std::string term = print(a.formula);
      if (!a.origin.empty()) asserts += "; from " + a.origin + "\n";
      asserts += "(assert " + term + ")\n";
    }
    std::string out;
    for (const std::string& c : comments)
      out += "; " + c + "\n";
    out += "(set-logic QF_UFBV)\n";
    for (const std::uint32_t d : used_domains_)
      out += "(declare-sort " + quoted(domains_[d]) + " 0)\n";
    return out + definitions_ + asserts + "(check-sat)\n";
  }

 private:
  std::string sort(const Sort& s) {
    switch (s.kind) {
      case SortKind::kBool: return "Bool";
      case SortKind::kBitVec: return "(_ BitVec " + std::to_string(s.width) + ")";
      case SortKind::kHandle:
        if (seen_domains_.insert(s.domain).second) used_domains_.push_back(s.domain);
        return quoted(domains_[s.domain]);
    }
    return "";
  }

  void count(TermId id) {
    if (++uses_[id] > 1) return;
    for (const TermId a : terms_[id].args)
      count(a);
  }

  /// Shared terms get a definition of their own, in the order in which they are first needed.
  std::string print(TermId id) {
    const auto named = names_.find(id);
    if (named != names_.end()) return named->second;
    const Term& t = terms_[id];
    std::string text;
    switch (t.op) {
      case TermOp::kBits:
        return "(_ bv" + std::to_string(t.bits) + " " + std::to_string(t.sort.width) + ")";
      case TermOp::kTrue:
      case TermOp::kFalse: return name_of(t.op);
      case TermOp::kApply: {
        const Symbol& s = terms_.symbol(t.symbol);
        if (declared_.insert(t.symbol).second) {
          std::string params;
          for (const Sort& p : s.params)
            params += (params.empty() ? "" : " ") + sort(p);
          const std::string result = sort(s.result);
          definitions_ += "(declare-fun " + quoted(s.name) + " (" + params + ") " + result + ")\n";
        }
        text = quoted(s.name);
        break;
      }
      case TermOp::kTruncate:
        text = "(_ extract " + std::to_string(t.sort.width - 1) + " 0)";
        break;
      case TermOp::kZeroExtend:
      case TermOp::kSignExtend:
        text = std::string("(_ ") + (t.op == TermOp::kZeroExtend ? "zero" : "sign") + "_extend " +
               std::to_string(t.sort.width - terms_[t.args[0]].sort.width) + ")";
        break;
      case TermOp::kNot:
      case TermOp::kAnd:
      case TermOp::kOr:
      case TermOp::kIte:
      case TermOp::kEq:
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
      case TermOp::kBvNot: text = name_of(t.op); break;
    }
    if (t.args.empty()) return text;
    std::string out = "(" + text;
    for (const TermId a : t.args)
      out += " " + print(a);
    out += ")";
    if (uses_[id] < 2) return out;
    const std::string name = "?" + std::to_string(names_.size());
    definitions_ += "(define-fun " + name + " () " + sort(t.sort) + " " + out + ")\n";
    names_[id] = name;
    return name;
  }

  const TermStore& terms_;
  const std::vector<std::string>& domains_;
  std::unordered_map<TermId, int> uses_;
  std::unordered_map<TermId, std::string> names_;
  std::unordered_set<SymbolId> declared_;
  std::unordered_set<std::uint32_t> seen_domains_;
  std::vector<std::uint32_t> used_domains_;
  std::string definitions_;
};

}  // namespace

std::string to_smtlib(const TermStore& terms, const std::vector<Axiom>& axioms,
                      const std::vector<std::string>& domain_names,
                      const std::vector<std::string>& comments) {
  return Writer(terms, domain_names).run(axioms, comments);
}

}  // namespace gms::ir::smt
