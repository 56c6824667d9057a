// Simultaneous updates: which binders need a loop, and whether writing at once could change what
// the rest of the statement reads.
#include <algorithm>
#include <set>

#include "gen/backend/cpp/stmt.h"
#include "ir/walk.h"

namespace gms::gen::cpp {
namespace {

using ir::kNoId;
using ir::Op;

class UpdateWriter {
 public:
  UpdateWriter(const ir::Update& update, ExprWriter& exprs, const LocalFacts& facts,
               base::TextWriter& out)
      : update_(update), e_(exprs), u_(exprs.unit()), facts_(facts), out_(out) {
    for (const ir::Update::One& one : update.assigns)
      written_.insert(one.state);
  }

  void write() {
    sort_binders();
    const bool many_stretches =
        std::count_if(loops_.begin(), loops_.end(),
                      [](const ir::Binder* binder) { return runs_by_stretches(binder->type); }) > 1;
    deferred_ = many_stretches || clashes();
    if (deferred_) {
      later_ = e_.scope().add("later");
      out_.line("// All right-hand sides are read before the first write.");
      out_.line("Deferred ", later_, ";");
    }
    loop(0);
    if (deferred_) out_.line(later_, ".run();");
    for (const ir::Binder& binder : update_.binders)
      e_.rename(binder.var, "");
  }

 private:
  bool uses(ir::ExprId id, ir::VarId var) const {
    if (id == kNoId) return false;
    const ir::Expr& e = u_.m.exprs[id];
    if (e.op == Op::kVar && e.ref == var) return true;
    bool found = false;
    ir::for_each_operand(u_.m, e, [&](ir::ExprId operand) { found = found || uses(operand, var); });
    return found;
  }
  bool in_keys(const ir::Update::One& one, ir::VarId var) const {
    return std::any_of(one.keys.begin(), one.keys.end(),
                       [&](ir::ExprId key) { return uses(key, var); });
  }

  /// A binder over numbers that only occurs as a key is written as a whole; the others are loops,
  /// those by stretches last, as their stretches are known when everything was read.
  void sort_binders() {
    for (const ir::Binder& binder : update_.binders) {
      bool looped = !runs_by_stretches(binder.type) &&
                    !(binder.type.kind == ir::TypeKind::kInt && !binder.type.is_signed);
      looped = looped || uses(update_.where, binder.var);
      for (const ir::Update::One& one : update_.assigns)
        looped = looped || uses(one.value, binder.var);
      for (const ir::Binder& other : update_.binders)
        looped = looped || uses(other.lo, binder.var) || uses(other.hi, binder.var);
      if (looped) {
        loops_.push_back(&binder);
      } else {
        spans_.push_back(&binder);
      }
    }
    std::stable_sort(loops_.begin(), loops_.end(), [](const ir::Binder* a, const ir::Binder* b) {
      return !runs_by_stretches(a->type) && runs_by_stretches(b->type);
    });
  }

  bool same(ir::ExprId a, ir::ExprId b) const {
    if ((a == kNoId) != (b == kNoId)) return false;
    if (a == kNoId || a == b) return true;
    const ir::Expr &x = u_.m.exprs[a], &y = u_.m.exprs[b];
    if (x.op != y.op || x.value != y.value || x.ref != y.ref || x.binders != kNoId ||
        y.binders != kNoId || x.args.size() != y.args.size() || !(x.type == y.type))
      return false;
    for (std::size_t i = 0; i < x.args.size(); ++i) {
      if (!same(x.args[i], y.args[i])) return false;
    }
    return true;
  }

  /// Whether the expression reads a written function elsewhere than where this iteration writes it.
  bool reads_elsewhere(ir::ExprId id, bool in_fn, bool& reads) const {
    if (id == kNoId) return false;
    const ir::Expr& e = u_.m.exprs[id];
    if (e.op == Op::kState && written_.contains(e.ref)) {
      reads = true;
      if (in_fn) return true;
      for (const ir::Update::One& one : update_.assigns) {
        if (one.state != e.ref) continue;
        for (std::size_t i = 0; i < one.keys.size(); ++i) {
          if (!same(one.keys[i], e.args[i])) return true;
        }
      }
    }
    bool found = e.op == Op::kCall && reads_elsewhere(u_.m.fns[e.ref].expr, true, reads);
    ir::for_each_operand(u_.m, e, [&](ir::ExprId operand) {
      found = found || reads_elsewhere(operand, in_fn, reads);
    });
    return found;
  }

  bool clashes() const {
    bool reads = false, found = reads_elsewhere(update_.where, false, reads);
    for (const ir::Binder& binder : update_.binders) {
      found = found || reads_elsewhere(binder.lo, true, reads) ||
              reads_elsewhere(binder.hi, true, reads);
    }
    for (const ir::Update::One& one : update_.assigns) {
      found = found || reads_elsewhere(one.value, false, reads);
      for (const ir::ExprId key : one.keys)
        found = found || reads_elsewhere(key, true, reads);
    }
    if (!reads) return false;
    // With two assignments to one function even its own point may have been written already.
    if (written_.size() != update_.assigns.size()) return true;
    // A point that is visited more than once would be read again after it was written.
    for (const ir::Update::One& one : update_.assigns) {
      for (const ir::Binder* binder : loops_)
        found = found || !in_keys(one, binder->var);
    }
    return found;
  }

  void loop(std::size_t depth) {
    if (depth == loops_.size()) return body();
    const ir::Binder& binder = *loops_[depth];
    const Scope::Mark mark = e_.scope().mark();
    const bool number =
        binder.type.kind == ir::TypeKind::kInt || binder.type.kind == ir::TypeKind::kIndex;
    const std::string type = u_.type(binder.type);
    if (runs_by_stretches(binder.type)) {
      const std::string range = e_.range(binder);
      const std::string variable = e_.name(binder.var);
      out_.open("for_each_stretch(" + range + ", [&](Cursor " + variable + ") {");
      loop(depth + 1);
      out_.close("});");
    } else {
      std::string values = e_.values(binder.type);
      if (number && binder.lo == kNoId) {
        values = "each_value<" + type + ">(" + std::to_string(binder.type.width) + ")";
      } else if (number) {
        values =
            "each_value<" + type + ">(" + e_.exact(binder.lo) + ", " + e_.exact(binder.hi) + ")";
      }
      const std::string variable = e_.name(binder.var);
      out_.open("for (const " + type + ' ' + variable + " : " + values + ") {");
      loop(depth + 1);
      out_.close();
    }
    e_.scope().back_to(mark);
  }

  std::string key(ir::ExprId id) {
    const ir::Expr& e = u_.m.exprs[id];
    if (e.type.is_signed) u_.problems.push_back("a signed key of a state function");
    if (e.op == Op::kVar) {
      for (std::size_t i = 0; i < spans_.size(); ++i) {
        if (spans_[i]->var == e.ref) return span_texts_[i];
      }
      if (facts_.cursor[e.ref]) return e_.name(e.ref) + ".covered()";
    }
    return e_.text(id);
  }

  std::string value(const ir::Update::One& one) {
    const ir::State& state = u_.m.states[one.state];
    if (one.value == kNoId) return u_.type(state.type, true) + "::unknown()";
    if (!e_.is_lazy(one.value)) return e_.loose(one.value, state.observe_only);
    const ir::Expr& e = u_.m.exprs[one.value];
    const bool once = e.op == Op::kVar && facts_.reads[e.ref] == 1 && update_.binders.empty();
    return once ? e_.text(one.value) : "s.copied(" + e_.text(one.value) + ")";
  }

  /// Whether the value must be computed before any of the writes.
  bool needs_temporary(ir::ExprId id) const {
    const ir::Op op = u_.m.exprs[id].op;
    if (op == Op::kConst || op == Op::kNone) return false;
    if (deferred_) return true;
    if (update_.assigns.size() == 1) return false;
    bool reads = false;
    reads_elsewhere(id, false, reads);
    return reads || std::any_of(loops_.begin(), loops_.end(), [&](const ir::Binder* binder) {
             return runs_by_stretches(binder->type) && uses(id, binder->var);
           });
  }

  void body() {
    const Scope::Mark mark = e_.scope().mark();
    std::size_t open = 0;
    if (update_.where != kNoId) {
      out_.open("if (" + e_.text(update_.where) + ") {");
      ++open;
    }
    // The ranges that are written as a whole.
    std::vector<std::string> names(spans_.size());
    span_texts_.clear();
    for (const ir::Binder* binder : spans_) {
      std::string text = e_.range(*binder);
      const auto elsewhere =
          std::count_if(update_.assigns.begin(), update_.assigns.end(),
                        [&](const ir::Update::One& one) { return !in_keys(one, binder->var); });
      if (binder->lo != kNoId && (update_.assigns.size() > 1 || elsewhere > 0)) {
        const std::string name = e_.name(binder->var);
        out_.line("const Stretch ", name, " = ", text, ";");
        text = name;
      }
      span_texts_.push_back(text);
    }
    // What a value asks of a cursor shortens its stretch, so all values come before all writes.
    std::vector<std::string> values;
    for (const ir::Update::One& one : update_.assigns) {
      std::string text = value(one);
      if (one.value != kNoId && needs_temporary(one.value)) {
        const ir::State& state = u_.m.states[one.state];
        const std::string name = e_.scope().add("new_" + u_.states[one.state]);
        out_.line("const ", u_.type(state.type, state.observe_only), ' ', name, " = ", text, ";");
        text = name;
      }
      values.push_back(text);
    }
    for (std::size_t i = 0; i < update_.assigns.size(); ++i) {
      const ir::Update::One& one = update_.assigns[i];
      std::string guard, keys;
      for (std::size_t k = 0; k < spans_.size(); ++k) {
        if (spans_[k]->lo != kNoId && !in_keys(one, spans_[k]->var))
          guard += (guard.empty() ? "!" : " && !") + span_texts_[k] + ".empty()";
      }
      for (const ir::ExprId id : one.keys)
        keys += (keys.empty() ? "" : ", ") + key(id);
      const std::string kept = deferred_ ? captures(keys) : "";
      std::string line = "s." + u_.states[one.state] + ".at(" + keys + ") = " + values[i] + ";";
      if (deferred_) line = later_ + ".add([=, &s" + kept + "] { " + line + " });";
      if (!guard.empty()) line = "if (" + guard + ") " + line;
      out_.line(line);
    }
    // Names declared at the level of the statement stay taken.
    if (open > 0 || !loops_.empty()) e_.scope().back_to(mark);
    while (open-- > 0)
      out_.close();
  }

  /// Stretches of cursors, which are only known now, and are kept by value.
  std::string captures(std::string& keys) {
    std::string result;
    for (const ir::Binder* binder : loops_) {
      if (!runs_by_stretches(binder->type)) continue;
      const std::string covered = e_.name(binder->var) + ".covered()";
      const std::size_t at = keys.find(covered);
      if (at == std::string::npos) continue;
      const std::string name = e_.name(binder->var) + "_covered";
      result += ", " + name + " = " + covered;
      keys.replace(at, covered.size(), name);
    }
    return result;
  }

  const ir::Update& update_;
  ExprWriter& e_;
  const Unit& u_;
  const LocalFacts& facts_;
  base::TextWriter& out_;
  std::set<ir::StateId> written_;
  std::vector<const ir::Binder*> loops_, spans_;
  std::vector<std::string> span_texts_;
  bool deferred_ = false;
  std::string later_;
};

}  // namespace

void write_update(const ir::Update& update, ExprWriter& exprs, const LocalFacts& facts,
                  base::TextWriter& out) {
  UpdateWriter(update, exprs, facts, out).write();
}

}  // namespace gms::gen::cpp
