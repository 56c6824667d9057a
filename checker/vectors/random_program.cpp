#include "checker/vectors/random_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>

#include "checker/explore/explore.h"
#include "checker/vectors/writer.h"
#include "ir/interp/interpreter.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

class Programmer {
 public:
  Programmer(const ir::Module& module, const RandomOptions& options)
      : m_(module),
        options_(options),
        writer_(module, options.not_given),
        in_(module, options.valuation),
        rng_(options.seed),
        args_(module.actions.size()) {
    learn();
  }

  std::vector<TestVector> run() {
    std::vector<TestVector> programs;
    std::size_t left = usable_.empty() ? 0 : options_.calls;
    while (left > 0) {
      TestVector one;
      one.name = fmt::format("random.{}.{}", options_.seed, programs.size() + 1);
      one.valuation = options_.valuation;
      write(one, std::min(left, options_.length));
      if (one.lines.empty()) break;
      left -= one.lines.size();
      programs.push_back(std::move(one));
    }
    return programs;
  }

 private:
  std::size_t pick(std::size_t size) { return rng_() % size; }
  bool chance(unsigned percent) { return rng_() % 100 < percent; }

  /// Arguments that lead to different ends, found by a search that is the same each time.
  void learn() {
    ExploreOptions exploring;
    exploring.seconds = 3600;
    exploring.max_calls = 150'000;
    exploring.valuations = {options_.valuation};
    exploring.shrink = false;
    exploring.may_call = [&](const Valuation&, const interp::State& state, ir::ActionId action,
                             std::span<const Datum> args) {
      return writer_.can_write(in_, state, action, args);
    };
    exploring.on_call = [&](const ExploreOptions::Made& made) {
      if (made.novel) args_[made.action].push_back(made.args);
    };
    explore(m_, all_goals(m_), exploring);
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a)
      if (!args_[a].empty()) usable_.push_back(a);
  }

  /// Known arguments with other live objects, and now and then another number.
  std::optional<std::vector<Datum>> draw(const interp::State& state, ir::ActionId action) {
    const ir::Action& declared = m_.actions[action];
    std::vector<Datum> args = args_[action][pick(args_[action].size())];
    const std::vector<Datum>& other = args_[action][pick(args_[action].size())];
    for (std::size_t i = 0; i < args.size(); ++i) {
      const ir::Type& type = declared.locals[declared.params[i]].type;
      if (type.kind == ir::TypeKind::kHandle) {
        if (is_none(args[i]) && type.optional && chance(50)) continue;
        const auto live = state.live(type.decl);
        if (live.empty()) {
          if (!type.optional) return std::nullopt;
          args[i] = Datum::none();
        } else {
          args[i] = Datum::known(live[pick(live.size())]);
        }
      } else if (chance(15)) {
        args[i] = other[i];
      }
    }
    return args;
  }

  bool is_small(ir::ActionId action, const std::vector<Datum>& args) const {
    const ir::Action& declared = m_.actions[action];
    for (std::size_t i = 0; i < args.size(); ++i) {
      const ir::Type& type = declared.locals[declared.params[i]].type;
      const bool number = type.kind == ir::TypeKind::kInt || type.kind == ir::TypeKind::kIndex;
      if (number && args[i].tag == Tag::kKnown && args[i].bits > options_.largest) return false;
    }
    return true;
  }

  void write(TestVector& program, std::size_t length) {
    interp::State state = in_.fresh();
    ObjectNames names;
    constexpr unsigned kTries = 4000;  // for one program
    for (unsigned tries = 0; program.lines.size() < length && tries < kTries; ++tries) {
      const ir::ActionId action = usable_[pick(usable_.size())];
      const auto args = draw(state, action);
      if (!args || !writer_.can_write(in_, state, action, *args)) continue;
      std::vector<WrittenEvent> ways = writer_.write(in_, state, names, action, *args);
      if (ways.size() != 1 || !ways.front().next.exact()) continue;
      WrittenEvent& way = ways.front();
      const bool succeeds = m_.clauses[way.clauses.back()].result == 0;
      const bool changes = !(way.next == state);
      if (!is_small(action, *args) && (succeeds || !chance(10))) continue;
      // What fails or does nothing is worth a try, now and then.
      if (!chance(succeeds ? (changes ? 100 : 40) : 15)) continue;
      program.lines.push_back({std::move(way.line), {}, std::move(way.clauses), way.free});
      state = std::move(way.next);
      names = std::move(way.names);
    }
  }

  const ir::Module& m_;
  const RandomOptions& options_;
  EventWriter writer_;
  interp::Interpreter in_;
  std::mt19937_64 rng_;
  std::vector<std::vector<std::vector<Datum>>> args_;  // by action
  std::vector<ir::ActionId> usable_;
};

}  // namespace

std::vector<TestVector> random_programs(const ir::Module& module, const RandomOptions& options) {
  return Programmer(module, options).run();
}

}  // namespace gms::check
