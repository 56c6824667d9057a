#include "checker/conform/abduce.h"

#include <algorithm>
#include <set>

#include "checker/conform/reach.h"
#include "ir/type.h"

namespace gms::check {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMaxArguments = 4096;  // combinations tried for one action

bool overlap(const std::vector<bool>& a, const std::vector<bool>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] && b[i]) return true;
  }
  return false;
}

class Search {
 public:
  Search(const EventTable& table, const Finding& finding, std::size_t limit,
         Clock::time_point deadline)
      : module_(table.module()), finding_(finding), limit_(limit), deadline_(deadline) {
    collect_numbers();
    Reach goal(module_);
    goal.add_action(finding.mismatch.call->action);
    for (ir::ActionId id = 0; id < module_.actions.size(); ++id) {
      Reach reach(module_);
      reach.add_action(id);
      if (id == finding.mismatch.call->action || !overlap(reach.writes(), goal.reads())) continue;
      (module_.actions[id].hidden ? hidden_ : seen_).push_back(id);
    }
  }

  std::vector<Abduction> run() {
    const EngineState& start = *finding_.mismatch.before.state;
    extend(start, hidden_, true, 1);
    if (found_.empty()) extend(start, hidden_, true, 2);
    if (found_.size() < limit_) extend(start, seen_, false, 1);
    return std::move(found_);
  }

 private:
  bool done() const { return found_.size() >= limit_ || Clock::now() > deadline_; }

  bool explains(const EngineState& state) const {
    bool explained = false;
    finding_.engine->outcomes(state, finding_.mismatch.call->action, finding_.mismatch.args,
                              &finding_.mismatch.observed, [&](Outcome&&) {
                                explained = true;
                                return false;
                              });
    return explained;
  }

  /// Tries each action with each argument list in `state`; `depth` actions in all.
  void extend(const EngineState& state, const std::vector<ir::ActionId>& actions, bool hidden,
              int depth) {
    for (const ir::ActionId id : actions) {
      std::vector<std::vector<Datum>> choices;
      std::size_t combinations = 1;
      for (const ir::VarId param : module_.actions[id].params) {
        choices.push_back(candidates(state, module_.actions[id].locals[param].type));
        combinations = std::min(kMaxArguments, combinations * choices.back().size());
      }
      for (std::size_t n = 0; n < combinations; ++n) {
        if (done()) return;
        std::vector<Datum> args;
        std::size_t rest = n;
        for (const std::vector<Datum>& some : choices) {
          args.push_back(some[rest % some.size()]);
          rest /= some.size();
        }
        chain_.push_back({id, args});
        finding_.engine->outcomes(state, id, args, nullptr, [&](Outcome&& outcome) {
          if (outcome.result != 0) return true;
          if (depth > 1) {
            extend(*outcome.next, actions, hidden, depth - 1);
          } else if (explains(*outcome.next)) {
            found_.push_back({chain_, hidden});
            return false;
          }
          return true;
        });
        chain_.pop_back();
        // One witness for each action is enough.
        if (depth == 1 && !found_.empty() && found_.back().actions.back().action == id) break;
      }
    }
  }

  void collect_numbers() {
    std::set<std::uint64_t> numbers{0};
    const auto add = [&](const Datum& value) {
      if (value.tag == Tag::kKnown) numbers.insert(value.bits);
    };
    const ir::Action& action = module_.actions[finding_.mismatch.call->action];
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < finding_.mismatch.args.size(); ++i) {
      const ir::Type& type = action.locals[action.params[i]].type;
      if (type.kind != ir::TypeKind::kInt && type.kind != ir::TypeKind::kIndex) continue;
      add(finding_.mismatch.args[i]);
      if (type.width > 32 && finding_.mismatch.args[i].tag == Tag::kKnown)
        sum += finding_.mismatch.args[i].bits;
    }
    numbers.insert(sum);
    for (const Seen& one : finding_.mismatch.observed) {
      if (one.output != ir::kNoId) add(one.value);
    }
    // Bytes as pages: by every constant of the spec that divides the number.
    std::set<std::uint64_t> all = numbers;
    for (const ir::Const& one : module_.consts) {
      if (one.value < 2) continue;
      for (const std::uint64_t number : numbers) {
        if (number % one.value == 0) all.insert(number / one.value);
      }
    }
    for (const std::uint64_t number : numbers)
      all.insert(number + 1);
    numbers_.assign(all.begin(), all.end());
    if (numbers_.size() > 24) numbers_.resize(24);
  }

  std::vector<Datum> candidates(const EngineState& state, const ir::Type& type) const {
    std::vector<Datum> result;
    switch (type.kind) {
      case ir::TypeKind::kBool: result = {Datum::known(0), Datum::known(1)}; break;
      case ir::TypeKind::kInt:
      case ir::TypeKind::kIndex:
        for (const std::uint64_t number : numbers_) {
          if (number <= ir::mask_of(type.width)) result.push_back(Datum::known(number));
        }
        break;
      case ir::TypeKind::kEnum:
        for (const ir::EnumMember& member : module_.enums[type.decl].members)
          result.push_back(Datum::known(member.value));
        break;
      case ir::TypeKind::kHandle: {
        const std::vector<std::uint32_t> handles = finding_.engine->handles(state, type.decl);
        // The call's own first, then the youngest.
        const ir::Action& action = module_.actions[finding_.mismatch.call->action];
        for (std::size_t i = 0; i < finding_.mismatch.args.size(); ++i) {
          const ir::Type& other = action.locals[action.params[i]].type;
          const Datum& arg = finding_.mismatch.args[i];
          if (other.kind == ir::TypeKind::kHandle && other.decl == type.decl &&
              arg.tag == Tag::kKnown)
            result.push_back(arg);
        }
        for (std::size_t i = handles.size(); i-- > 0 && result.size() < 8;) {
          const Datum handle = Datum::known(handles[i]);
          if (std::find(result.begin(), result.end(), handle) == result.end())
            result.push_back(handle);
        }
        break;
      }
    }
    if (type.optional) result.push_back(Datum::none());
    if (result.empty()) result.push_back(Datum::known(0));
    return result;
  }

  const ir::Module& module_;
  const Finding& finding_;
  std::size_t limit_;
  Clock::time_point deadline_;
  std::vector<std::uint64_t> numbers_;
  std::vector<ir::ActionId> hidden_, seen_;
  std::vector<UnseenAction> chain_;
  std::vector<Abduction> found_;
};

}  // namespace

std::vector<Abduction> abduce(const EventTable& table, const Finding& finding, std::size_t limit,
                              std::chrono::milliseconds budget) {
  if (finding.mismatch.call == nullptr) return {};
  return Search(table, finding, limit, Clock::now() + budget).run();
}

}  // namespace gms::check
