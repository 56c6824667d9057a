#include "gen/backend/explore/layout.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <set>

#include "gen/backend/explore/flow.h"
#include "gen/backend/explore/value_sets.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::gen::explore {
namespace {

using ir::kNoId;
using ir::Op;

// A function that decides nothing is kept for a property that reads it if it is no larger.
constexpr std::uint64_t kMostBitsBeside = 256;

class Maker {
 public:
  Maker(const ir::Module& module, const Bounds& bounds) : m_(module), b_(bounds) {}

  Layout make() {
    const auto sets = value_sets(m_, b_);
    for (ir::StateId s = 0; s < m_.states.size(); ++s)
      out_.fields.push_back(field(m_.states[s], s, sets[s]));
    find_whole();
    choose_kept();
    pools();
    place();
    return std::move(out_);
  }

 private:
  Field field(const ir::State& state, ir::StateId id,
              const std::optional<std::set<std::uint64_t>>& set) const {
    Field f;
    for (const ir::Type& key : state.keys) {
      f.sizes.push_back(size_of(key));
      f.points = f.points > kMostBits ? f.points : f.points * f.sizes.back();
    }
    f.optional = state.type.optional;
    switch (state.type.kind) {
      case ir::TypeKind::kBool: break;
      case ir::TypeKind::kEnum:
        f.coding = Coding::kMember;
        f.codes = m_.enums[state.type.decl].members.size();
        break;
      case ir::TypeKind::kHandle:
        f.coding = Coding::kHandle;
        f.codes = b_.handles[state.type.decl] + (f.optional ? 0 : 1);
        break;
      case ir::TypeKind::kIndex:
        f.coding = Coding::kIndex;
        f.codes = b_.sorts[state.type.decl] + 1;
        break;
      case ir::TypeKind::kInt:
        if (b_.largest[id] || !set) {
          f.coding = Coding::kNumber;
          const std::uint64_t most = ir::mask_of(state.type.width);
          const std::uint64_t largest = std::min(b_.largest[id].value_or(most), most);
          f.codes = largest == ~std::uint64_t{0} ? largest : largest + 1;
        } else {
          f.coding = Coding::kListed;
          f.listed.assign(set->begin(), set->end());
          f.codes = f.listed.size();
        }
        break;
    }
    if (!state.initial_none) {
      f.initial = state.initial;
      if (f.coding == Coding::kMember)
        f.initial = member_of(m_.enums[state.type.decl], state.initial);
      if (f.coding == Coding::kListed)
        f.initial = static_cast<std::uint64_t>(
            std::find(f.listed.begin(), f.listed.end(), state.initial) - f.listed.begin());
      if (f.optional) ++f.initial;
    }
    const std::uint64_t all = std::max(f.codes + (f.optional ? 1 : 0), f.initial + 1);
    f.bits = all == 0 ? 64 : static_cast<unsigned>(std::bit_width(all - 1));
    return f;
  }

  std::uint64_t size_of(const ir::Type& key) const {
    switch (key.kind) {
      case ir::TypeKind::kBool: return 2;
      case ir::TypeKind::kEnum: return m_.enums[key.decl].members.size();
      case ir::TypeKind::kHandle: return b_.handles[key.decl];
      case ir::TypeKind::kIndex: return b_.sorts[key.decl];
      case ir::TypeKind::kInt: break;
    }
    return key.width <= 4 ? std::uint64_t{1} << key.width : b_.int_keys;
  }

  void find_whole() {
    for (const ir::Stmt& stmt : m_.stmts) {
      const auto* update = std::get_if<ir::Update>(&stmt.node);
      if (update == nullptr) continue;
      for (const ir::Update::One& one : update->assigns) {
        const ir::State& state = m_.states[one.state];
        const ir::Expr* value = one.value == kNoId ? nullptr : &m_.exprs[one.value];
        const bool initial =
            value != nullptr &&
            (state.initial_none ? value->op == Op::kNone
                                : value->op == Op::kConst && value->value == state.initial);
        if (initial) continue;
        for (const ir::ExprId key : one.keys) {
          const ir::Expr& e = m_.exprs[key];
          if (e.op != Op::kVar || !ir::is_number(e.type)) continue;
          for (const ir::Binder& binder : update->binders)
            if (binder.var == e.ref && binder.lo == kNoId) out_.fields[one.state].whole = true;
        }
      }
    }
  }

  bool is_any(ir::StateId s) const {
    bool any = false;
    for (const ir::Stmt& stmt : m_.stmts) {
      const auto* update = std::get_if<ir::Update>(&stmt.node);
      if (update == nullptr) continue;
      for (const ir::Update::One& one : update->assigns)
        any = any || (one.state == s && one.value == kNoId);
    }
    return any;
  }

  /// Why the property cannot be looked at; empty: it can. `lost`: functions without true values.
  std::string why_unchecked(const ir::Property& p, const std::vector<bool>& lost) const {
    if (p.kind == ir::PropertyKind::kLaw) return "laws are not explored";
    bool called = p.actions.empty();
    for (const ir::ActionId a : p.actions)
      called = called || b_.actions[a];
    if (!called) return "none of its calls is made";
    std::vector<bool> read(m_.states.size());
    mark_reads(m_, p.expr, read);
    for (ir::StateId s = 0; s < m_.states.size(); ++s)
      if (read[s] && lost[s]) return "it reads " + m_.states[s].name + ", which is left out";
    return "";
  }

  /// What decides something is kept; of the rest, what a property reads, if that is affordable and
  /// gets no values from something that is not.
  void choose_kept() {
    const std::size_t count = m_.states.size();
    const ValueFlow flow(m_);
    std::vector<bool> lost(count), wanted(count);
    for (ir::StateId s = 0; s < count; ++s) {
      Field& f = out_.fields[s];
      f.kept = !m_.states[s].observe_only;
      lost[s] =
          !f.kept && (f.points > kMostBits || f.points * f.bits > kMostBitsBeside || is_any(s));
    }
    flow.spread(lost);
    for (const std::uint32_t p : b_.properties) {
      std::string why = why_unchecked(m_.properties[p], lost);
      if (!why.empty()) {
        out_.unchecked.emplace_back(p, std::move(why));
        continue;
      }
      out_.checked.push_back(p);
      mark_reads(m_, m_.properties[p].expr, wanted);
    }
    flow.gather(wanted);
    for (ir::StateId s = 0; s < count; ++s) {
      Field& f = out_.fields[s];
      f.kept = f.kept || wanted[s];
      if (!f.kept) f.why_not = "decides nothing";
    }
  }

  void pools() {
    out_.pools.resize(m_.domains.size());
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
      if (!b_.actions[a]) continue;
      const std::function<void(const ir::Callable&)> look = [&](const ir::Callable& one) {
        ir::for_each_stmt(m_, one.body, [&](ir::StmtId, const ir::Stmt& stmt) {
          if (const auto* create = std::get_if<ir::Create>(&stmt.node))
            out_.pools[one.locals[create->var].type.decl].created = true;
          if (const auto* destroy = std::get_if<ir::Destroy>(&stmt.node))
            out_.pools[m_.exprs[destroy->handle].type.decl].destroyed = true;
          if (const auto* call = std::get_if<ir::Call>(&stmt.node)) look(m_.procs[call->proc]);
        });
      };
      look(m_.actions[a]);
    }
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
      if (!b_.actions[a]) continue;
      for (const ir::VarId v : m_.actions[a].params) {
        const ir::Type& type = m_.actions[a].locals[v].type;
        if (type.kind == ir::TypeKind::kHandle && out_.pools[type.decl].destroyed &&
            b_.handles[type.decl] != 0)
          out_.pools[type.decl].gone_bit = true;
      }
    }
  }

  void place() {
    struct Item {
      unsigned bits;
      std::uint64_t points;
      std::function<void(unsigned word, unsigned shift, unsigned per_word)> put;
    };
    std::vector<Item> items;
    std::uint64_t total = 0;
    for (ir::StateId s = 0; s < m_.states.size(); ++s) {
      Field& f = out_.fields[s];
      if (!f.kept || f.bits == 0 || f.points == 0) {
        f.bits = f.points == 0 ? 0 : f.bits;
        continue;
      }
      total += f.points * f.bits;
      if (f.points > kMostBits || total > kMostBits) {
        out_.problems.push_back("the state function " + m_.states[s].name + " needs " +
                                std::to_string(f.points) + " times " + std::to_string(f.bits) +
                                " bits");
        continue;
      }
      items.push_back({f.bits, f.points, [&f](unsigned word, unsigned shift, unsigned per_word) {
                         f.word = word;
                         f.shift = shift;
                         f.per_word = per_word;
                       }});
    }
    for (std::size_t d = 0; d < out_.pools.size(); ++d) {
      Pool& pool = out_.pools[d];
      const unsigned n = b_.handles[d];
      if ((!pool.created && !pool.destroyed) || n == 0) continue;
      if (n > 62) {
        out_.problems.push_back("more than 62 handles of the domain " + m_.domains[d].name);
        continue;
      }
      const bool gone = pool.gone_bit;
      total += n + (gone ? 1 : 0);
      items.push_back({n + (gone ? 1 : 0), 1, [&pool, n](unsigned word, unsigned shift, unsigned) {
                         pool.word = word;
                         pool.live_shift = shift;
                         pool.gone_shift = shift + n;
                       }});
    }
    if (!out_.problems.empty()) return;
    out_.bits = static_cast<unsigned>(total);
    // One word keeps its highest bit for the table (model/explore_rt/table.h).
    std::vector<unsigned> used(1);
    const unsigned room = total <= 63 ? 63 : 64;
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
      return a.bits * a.points > b.bits * b.points;
    });
    for (const Item& item : items) {
      const std::uint64_t bits = item.bits * item.points;
      if (bits <= room) {
        unsigned word = 0;
        while (word < used.size() && used[word] + bits > room)
          ++word;
        if (word == used.size()) used.push_back(0);
        item.put(word, used[word], 0);
        used[word] += static_cast<unsigned>(bits);
        continue;
      }
      // Whole words of its own; a word that was begun may not be in between.
      const unsigned per_word = 64 / item.bits;
      const std::uint64_t words = (item.points + per_word - 1) / per_word;
      if (used.size() == 1 && used[0] == 0) used.clear();
      item.put(static_cast<unsigned>(used.size()), 0, per_word);
      for (std::uint64_t w = 0; w + 1 < words; ++w)
        used.push_back(64);
      used.push_back(static_cast<unsigned>((item.points - (words - 1) * per_word) * item.bits));
    }
    out_.words = static_cast<unsigned>(used.size());
  }

  const ir::Module& m_;
  const Bounds& b_;
  Layout out_;
};

}  // namespace

std::uint64_t member_of(const ir::Enum& the_enum, std::uint64_t value) {
  std::uint64_t i = 0;
  while (i < the_enum.members.size() && the_enum.members[i].value != value)
    ++i;
  return i;
}

Layout make_layout(const ir::Module& module, const Bounds& bounds) {
  return Maker(module, bounds).make();
}

}  // namespace gms::gen::explore
