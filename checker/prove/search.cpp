#include "checker/prove/search.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "checker/prove/random_walk.h"
#include "ir/interp/interpreter.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using ir::interp::State;
using ir::interp::Value;

class Search {
 public:
  Search(const ir::Module& module, const SearchLimits& limits)
      : m_(module), limits_(limits), interpreter_(module), random_(limits.seed) {
    result_.clauses.resize(module.clauses.size());
    result_.exhausted = true;
  }

  SearchResult run() {
    visit(interpreter_.fresh());
    while (!queue_.empty()) {
      const State state = queue_.front();
      queue_.pop_front();
      for (ir::ActionId a = 0; a < m_.actions.size(); ++a)
        calls(state, a);
    }
    return std::move(result_);
  }

 private:
  void visit(const State& state) {
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      if (state.live(d).size() > limits_.handles) return;
    auto& same_hash = seen_[state.hash()];
    if (std::find(same_hash.begin(), same_hash.end(), state) != same_hash.end()) return;
    if (result_.states >= limits_.states) {
      result_.exhausted = false;
      return;
    }
    same_hash.push_back(state);
    ++result_.states;
    for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
      if (!m_.properties[p].is_invariant()) continue;
      if (dear_.count(p) > 0) continue;
      const Value v = interpreter_.holds(p, state);
      if (v.is_false()) result_.violated.insert(p);
      if (v.is_unknown()) dear_.insert(p);
    }
    queue_.push_back(state);
  }

  std::vector<Value> values(const State& state, const ir::Type& type) const {
    std::vector<Value> out;
    if (type.optional) out.push_back(Value::none());
    switch (type.kind) {
      case ir::TypeKind::kBool:
        out.push_back(Value::boolean(false));
        out.push_back(Value::boolean(true));
        break;
      case ir::TypeKind::kEnum:
        for (const ir::EnumMember& member : m_.enums[type.decl].members)
          out.push_back(Value::known(member.value));
        break;
      case ir::TypeKind::kHandle:
        for (const std::uint32_t h : state.live(type.decl))
          out.push_back(Value::known(h));
        break;
      case ir::TypeKind::kInt:
      case ir::TypeKind::kIndex:
        for (std::uint64_t v = 0; v < limits_.indices && v <= ir::mask_of(type.width); ++v)
          out.push_back(Value::known(v));
        break;
    }
    return out;
  }

  void calls(const State& state, ir::ActionId id) {
    const ir::Action& action = m_.actions[id];
    std::vector<std::vector<Value>> choices;
    std::uint64_t total = 1;
    for (const ir::VarId p : action.params) {
      choices.push_back(values(state, action.locals[p].type));
      total *= choices.back().size();
    }
    if (total == 0) return;
    if (total > limits_.calls) result_.exhausted = false;
    const std::uint64_t count = std::min<std::uint64_t>(total, limits_.calls);
    for (std::uint64_t i = 0; i < count; ++i) {
      std::uint64_t pick = total > limits_.calls ? random_.below(total) : i;
      std::vector<Value> args;
      for (const auto& some : choices) {
        args.push_back(some[pick % some.size()]);
        pick /= some.size();
      }
      call(state, id, args);
    }
  }

  void call(const State& state, ir::ActionId id, const std::vector<Value>& args) {
    ++result_.calls;
    ir::interp::RunOptions options;
    options.keep_locals = true;
    options.max_steps = 20000;
    for (const ir::interp::Outcome& o : interpreter_.outcomes(state, id, args, options)) {
      result_.clauses[o.clause] = true;
      for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
        const ir::Property& property = m_.properties[p];
        if (property.kind != ir::PropertyKind::kTwoState) continue;
        if (!property.actions.empty() && std::find(property.actions.begin(), property.actions.end(),
                                                   id) == property.actions.end())
          continue;
        if (dear_.count(p) > 0) continue;
        const Value v = interpreter_.holds(p, state, o);
        if (v.is_false()) result_.violated.insert(p);
        if (v.is_unknown()) dear_.insert(p);
      }
      visit(o.next);
    }
  }

  const ir::Module& m_;
  const SearchLimits& limits_;
  ir::interp::Interpreter interpreter_;
  Random random_;
  SearchResult result_;
  std::set<std::uint32_t> dear_;  // properties that cost too many steps
  std::deque<State> queue_;
  std::unordered_map<std::uint64_t, std::vector<State>> seen_;
};

}  // namespace

SearchResult search(const ir::Module& module, const SearchLimits& limits) {
  return Search(module, limits).run();
}

}  // namespace gms::check
