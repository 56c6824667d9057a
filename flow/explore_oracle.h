// For tests: the states and transitions of a bounded system, counted by the reference interpreter,
// breadth-first and plainly. What an explorer is held against.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/exhaust/found.h"
#include "flow/explore.h"
#include "ir/type.h"

namespace gms::flow {

class ExploreOracle {
 public:
  explicit ExploreOracle(const Explored& e) : e_(e), m_(*e.module), in_(*e.module, e.valuation) {}

  std::uint64_t states = 0, transitions = 0;

  void run() {
    std::set<std::string> seen;
    std::deque<ir::interp::State> queue;
    const auto visit = [&](ir::interp::State s) {
      if (seen.insert(canonical(s)).second) queue.push_back(std::move(s));
    };
    visit(check::first_state(in_, e_.bounds.at_start));
    while (!queue.empty()) {
      const ir::interp::State s = queue.front();
      queue.pop_front();
      for (ir::ActionId a = 0; a < m_.actions.size(); ++a)
        if (e_.bounds.actions[a]) call(s, a, visit);
    }
    states = seen.size();
  }

 private:
  using State = ir::interp::State;
  using Value = ir::interp::Value;

  template <class Visit>
  void call(const State& s, ir::ActionId a, const Visit& visit) {
    const ir::Action& action = m_.actions[a];
    std::vector<std::vector<Value>> choices;
    for (std::size_t i = 0; i < action.params.size(); ++i) {
      const ir::Type& type = action.locals[action.params[i]].type;
      std::vector<Value>& values = choices.emplace_back();
      if (type.kind == ir::TypeKind::kHandle) {
        if (type.optional) values.push_back(Value::none());
        std::set<std::uint64_t> known = named(s, type.decl);
        for (const std::uint64_t h : known)
          values.push_back(Value::known(h));
        if (e_.layout.pools[type.decl].gone_bit && any_gone(s, type.decl))
          values.push_back(Value::known(0xffffffff));
      } else {
        for (const auto& v : e_.bounds.values[a][i])
          values.push_back(v ? Value::known(*v) : Value::none());
      }
    }
    std::vector<Value> args(choices.size());
    const std::function<void(std::size_t)> fill = [&](std::size_t i) {
      if (i < choices.size()) {
        for (const Value& v : choices[i]) {
          args[i] = v;
          fill(i + 1);
        }
        return;
      }
      for (auto& outcome : in_.outcomes(s, a, args)) {
        if (!inside(s, outcome.next)) continue;
        ++transitions;
        visit(std::move(outcome.next));
      }
    };
    fill(0);
  }

  /// Live, or stored in some function.
  std::set<std::uint64_t> named(const State& s, ir::DomainId d) const {
    std::set<std::uint64_t> out(s.live(d).begin(), s.live(d).end());
    for (ir::StateId f = 0; f < m_.states.size(); ++f) {
      const ir::Type& type = m_.states[f].type;
      if (!e_.layout.fields[f].kept || type.kind != ir::TypeKind::kHandle || type.decl != d)
        continue;
      s.for_each_run(f, [&](const auto&, std::uint64_t, std::uint64_t, const Value& v) {
        if (v.tag == ir::interp::Tag::kKnown && v.bits != 0) out.insert(v.bits);
      });
    }
    return out;
  }
  static bool any_gone(const State& s, ir::DomainId d) {
    return s.next_handle(d) - 1 > s.live(d).size();
  }

  /// Whether the call kept to the bounds: objects, numbers, and what is written where.
  bool inside(const State& before, const State& after) const {
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
      // Nobody takes the place of an object that the call knew.
      std::size_t count = named(before, d).size();
      count += after.next_handle(d) - before.next_handle(d);
      if (after.next_handle(d) != before.next_handle(d) && count > e_.bounds.handles[d])
        return false;
    }
    for (ir::StateId f = 0; f < m_.states.size(); ++f) {
      const gen::explore::Field& field = e_.layout.fields[f];
      if (!field.kept || field.whole) continue;
      bool good = true;
      after.for_each_run(
          f, [&](const auto&, std::uint64_t from, std::uint64_t last, const Value& v) {
            const auto& flat = after.shape().states[f].flat;
            for (const std::uint64_t position : {from, last}) {
              for (std::size_t k = 0; k < flat.size(); ++k) {
                const std::uint64_t key = position >> flat[k].shift & ir::mask_of(flat[k].width);
                const std::size_t at = m_.states[f].keys.size() - flat.size() + k;
                const bool number = ir::is_number(m_.states[f].keys[at]);
                good = good && (!number || key < field.sizes[at]);
              }
            }
            if (v.tag != ir::interp::Tag::kKnown) return;
            if (field.coding == gen::explore::Coding::kIndex ||
                field.coding == gen::explore::Coding::kNumber)
              good = good && (field.codes == 0 || v.bits < field.codes);
          });
      if (!good) return false;
    }
    return true;
  }

  /// The least text over all names of objects.
  std::string canonical(const State& s) const {
    std::vector<std::vector<std::uint64_t>> order;
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
      const std::set<std::uint64_t> all = named(s, d);
      order.emplace_back(all.begin(), all.end());
    }
    std::string least;
    const std::function<void(std::size_t)> permute = [&](std::size_t d) {
      if (d == order.size()) {
        std::string text = print(s, order);
        if (least.empty() || text < least) least = std::move(text);
        return;
      }
      std::sort(order[d].begin(), order[d].end());
      do {
        permute(d + 1);
      } while (std::next_permutation(order[d].begin(), order[d].end()));
    };
    permute(0);
    return least;
  }

  std::string print(const State& s, const std::vector<std::vector<std::uint64_t>>& order) const {
    std::string out = "s";
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
      for (const std::uint64_t h : order[d])
        out += s.is_live(d, h) ? '+' : '-';
      if (e_.layout.pools[d].gone_bit) out += any_gone(s, d) ? 'g' : ' ';
    }
    for (ir::StateId f = 0; f < m_.states.size(); ++f) {
      if (!e_.layout.fields[f].kept) continue;
      std::vector<std::uint64_t> keys;
      points(s, order, f, keys, out);
      out += ';';
    }
    return out;
  }
  void points(const State& s, const std::vector<std::vector<std::uint64_t>>& order, ir::StateId f,
              std::vector<std::uint64_t>& keys, std::string& out) const {
    const ir::State& declared = m_.states[f];
    if (keys.size() == declared.keys.size()) {
      const Value v = s.read(f, keys);
      if (v.tag == ir::interp::Tag::kNone) {
        out += "n,";
      } else if (declared.type.kind == ir::TypeKind::kHandle) {
        const auto& all = order[declared.type.decl];
        out += std::to_string(std::find(all.begin(), all.end(), v.bits) - all.begin()) + ',';
      } else {
        out += std::to_string(v.bits) + ',';
      }
      return;
    }
    const ir::Type& type = declared.keys[keys.size()];
    const auto each = [&](std::uint64_t key) {
      keys.push_back(key);
      points(s, order, f, keys, out);
      keys.pop_back();
    };
    if (type.kind == ir::TypeKind::kHandle) {
      for (const std::uint64_t h : order[type.decl])
        each(h);
    } else {
      const std::uint64_t n = e_.layout.fields[f].sizes[keys.size()];
      for (std::uint64_t i = 0; i < n; ++i)
        each(type.kind == ir::TypeKind::kEnum ? m_.enums[type.decl].members[i].value : i);
    }
  }

  const Explored& e_;
  const ir::Module& m_;
  ir::interp::Interpreter in_;
};

}  // namespace gms::flow
