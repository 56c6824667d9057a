#include "checker/vectors/random_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
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
      if (options_.threads == 0) {
        write(one, std::min(left, options_.length));
      } else {
        write_race(one);
      }
      if (one.lines.empty()) break;
      left -= std::min(left, one.lines.size());
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
    exploring.may_call = [&](const Valuation&, const interp::State& state, const RunCall* last,
                             ir::ActionId action, std::span<const Datum> args) {
      return !writer_.is_silent(action) && writer_.can_write(in_, state, last, action, args);
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

  /// Where a thread stands, by the model.
  struct Course {
    interp::State state;
    ObjectNames names;
  };
  /// Whether a call that was made up is wanted.
  using Wanted = std::function<bool(const interp::State& before, const WrittenEvent& way)>;

  void write(TestVector& program, std::size_t length) {
    Course course{in_.fresh(), {}};
    add(program.lines, course, length, 0, {});
  }

  /// Up to `length` more lines.
  void add(std::vector<VectorLine>& lines, Course& course, std::size_t length, int thread,
           const Wanted& wanted) {
    constexpr unsigned kTriesForCall = 100;
    const std::size_t end = lines.size() + length;
    for (unsigned tries = 0; lines.size() < end && tries < kTriesForCall * length; ++tries) {
      auto way = make_up(course);
      if (!way || (wanted && !wanted(course.state, *way))) continue;
      if (thread != 0) way->line["tid"] = thread;
      lines.push_back({std::move(way->line), {}, std::move(way->clauses), way->free});
      course = {std::move(way->next), std::move(way->names)};
    }
  }

  /// A call that has one end.
  std::optional<WrittenEvent> make_up(const Course& course) {
    const interp::State& state = course.state;
    const ir::ActionId action = usable_[pick(usable_.size())];
    const auto args = draw(state, action);
    if (!args || !writer_.can_write(in_, state, nullptr, action, *args)) return std::nullopt;
    std::vector<WrittenEvent> ways = writer_.write(in_, state, course.names, action, *args);
    if (ways.size() != 1 || !ways.front().next.exact()) return std::nullopt;
    WrittenEvent& way = ways.front();
    const bool succeeds = m_.clauses[way.clauses.back()].result == 0;
    const bool changes = !(way.next == state);
    if (!is_small(action, *args) && (succeeds || !chance(10))) return std::nullopt;
    // What fails or does nothing is worth a try, now and then.
    if (!chance(succeeds ? (changes ? 100 : 40) : 15)) return std::nullopt;
    return std::move(way);
  }

  // ---- Several threads ----

  /// Calls of one kind among a thread's: many of them would only repeat each other.
  static constexpr std::ptrdiff_t kOfOneKind = 2;
  static constexpr std::size_t kBefore = 12, kAfter = 6;

  void write_race(TestVector& program) {
    Course before = begin(program.lines);
    for (std::size_t t = 1; t <= options_.threads; ++t) {
      Course course = before;
      course.names.leave_out(kNamesOfThread * static_cast<unsigned>(t));
      add(program.lines, course, options_.thread_length, static_cast<int>(t),
          [&](const interp::State&, const WrittenEvent& way) {
            return can_be_made(program.lines, way.line, static_cast<int>(t));
          });
    }
    // By the model nothing has happened meanwhile: what is there to see is seen by the checker.
    add(program.lines, before, kAfter, 0, [&](const interp::State& now, const WrittenEvent& way) {
      return way.next == now && can_be_made(program.lines, way.line, 0);
    });
  }

  /// The beginning, of a few, after which there is most to meet at.
  Course begin(std::vector<VectorLine>& lines) {
    constexpr int kBeginnings = 8;
    Course best{in_.fresh(), {}};
    std::size_t most = 0;
    for (int i = 0; i < kBeginnings; ++i) {
      Course course{in_.fresh(), {}};
      std::vector<VectorLine> made;
      add(made, course, kBefore, 0, [&](const interp::State& now, const WrittenEvent& way) {
        return !(way.next == now) && can_be_made(made, way.line, 0);
      });
      std::size_t kinds = 0;
      for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
        kinds += course.state.live(d).empty() ? 0 : 1;
      if (kinds <= most) continue;
      most = kinds;
      best = std::move(course);
      lines = std::move(made);
    }
    return best;
  }

  /// More than a thread makes.
  static constexpr unsigned kNamesOfThread = 1000;

  bool can_be_made(const std::vector<VectorLine>& lines, const nlohmann::ordered_json& next,
                   int thread) const {
    const auto is_alike = [&](const VectorLine& line) {
      return line.event["op"] == next["op"] && line.event.value("tid", 0) == thread;
    };
    if (std::count_if(lines.begin(), lines.end(), is_alike) >= kOfOneKind) return false;
    if (!options_.can_be_made) return true;
    std::vector<nlohmann::ordered_json> all;
    for (const VectorLine& line : lines)
      all.push_back(line.event);
    all.push_back(next);
    if (thread != 0) all.back()["tid"] = thread;
    return options_.can_be_made(all);
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
