#include "runner/race.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <optional>
#include <thread>

#include "runner/line_run.h"

namespace gms::runner {
namespace {

struct Racer {
  int thread = 0;
  std::vector<std::size_t> lines;              // indices
  Objects objects;                             // as all threads knew them, and what this one does
  std::vector<std::unique_ptr<LineRun>> runs;  // of the lines
  std::string problem;                         // why it could not even begin
};

struct Stopped {
  std::size_t line = 0;
  Step::Kind kind = Step::Kind::kBroken;
  std::string message;
};

class Race {
 public:
  Race(std::span<const Line> lines, Objects& objects, const Traits& traits, bool perform)
      : lines_(lines), objects_(objects), traits_(traits), perform_(perform) {
    for (std::size_t i = 0; i < lines.size(); ++i)
      add(racer(thread_of(lines[i])), i);
  }

  std::vector<Step> run(std::uint64_t& seq) {
    if (perform_) {
      if (auto stopped = prepare()) return {told(*stopped)};
      run_threads();
    } else {
      for (const auto& racer : racers_)
        make_all(*racer);
      if (auto stopped = rules_broken()) return {told(*stopped)};
    }
    std::vector<Step> steps = made_and_not(seq);
    merge();
    return steps;
  }

 private:
  Racer& racer(int thread) {
    for (const auto& one : racers_)
      if (one->thread == thread) return *one;
    racers_.push_back(std::make_unique<Racer>());
    racers_.back()->thread = thread;
    racers_.back()->objects = objects_;
    return *racers_.back();
  }

  void add(Racer& racer, std::size_t i) {
    racer.lines.push_back(i);
    racer.runs.push_back(
        std::make_unique<LineRun>(lines_[i], racer.objects, perform_, racer.thread));
  }

  static Step told(const Stopped& stopped) {
    Step step{stopped.kind, {}, {}, stopped.message};
    step.index = stopped.line;
    return step;
  }

  /// A thread that runs guest code has a vCPU before the others begin.
  std::optional<Stopped> prepare() {
    for (const auto& racer : racers_) {
      for (const std::size_t i : racer->lines) {
        if (!is_of_guest(lines_[i].value("op", ""))) continue;
        if (traits_.guest_uses_userspace_addr)
          return Stopped{i, Step::Kind::kLacking,
                         "guest accesses go through userspace_addr on this host: beside other "
                         "calls they cannot be judged"};
        if (objects_.newest_vm == nullptr) continue;
        if (std::string why = open_vcpu(*objects_.newest_vm, racer->thread); !why.empty())
          return Stopped{i, Step::Kind::kLacking, std::move(why)};
      }
    }
    return std::nullopt;
  }

  static void make_all(Racer& racer) {
    for (const auto& run : racer.runs)
      run->make();
  }

  /// The first call of a thread would be far slower than the others: memory that is touched for the
  /// first time, code that no cache has.
  void warm_up(const Racer& racer) const {
    Objects scratch = racer.objects;
    for (const std::size_t i : racer.lines)
      LineRun(lines_[i], scratch, false, racer.thread).make();
  }

  /// Calls take a microsecond or so: each race shall meet them at other places.
  static void wait_a_little(int thread) {
    constexpr std::uint64_t kAtMost = 3000;  // ns
    const std::uint64_t until =
        gm_now() + (gm_now() * (2 * static_cast<std::uint64_t>(thread) + 1) >> 4) % kAtMost;
    while (gm_now() < until) {
    }
  }

  void run_threads() {
    std::atomic<std::size_t> ready = 0, done = 0;
    const bool each_has_a_processor = racers_.size() <= std::thread::hardware_concurrency();
    // Whoever sleeps wakes up too late to meet anybody.
    const auto wait_for_all = [&](std::atomic<std::size_t>& count) {
      ++count;
      while (count < racers_.size())
        if (!each_has_a_processor) sched_yield();
    };
    std::vector<std::jthread> threads;
    for (const auto& one : racers_)
      threads.emplace_back([&, racer = one.get()] {
        const bool opened = gm_thread_open() == 0;
        if (!opened) racer->problem = "a thread cannot prepare its calls";
        warm_up(*racer);
        wait_for_all(ready);
        wait_a_little(racer->thread);
        if (opened) make_all(*racer);
        // What is closed now could be opened by those who are still at it.
        wait_for_all(done);
        if (opened) gm_thread_close();
      });
  }

  /// What cannot be told from a trace, or would not mean what the lines say.
  std::optional<Stopped> rules_broken() const {
    for (const auto& closing : racers_) {
      for (std::size_t k = 0; k < closing->runs.size(); ++k) {
        const std::string closes = closing->runs[k]->use().closes;
        if (closes.empty() || !objects_.by_name.contains(closes)) continue;
        for (const auto& other : racers_) {
          for (const auto& run : other->runs) {
            const char* const does =
                run->use().opens     ? " opens something: its number could come to "
                                       "mean another file"
                : run->use().unnamed ? " names no descriptor: it could be meant"
                                     : nullptr;
            if (does == nullptr) continue;
            return Stopped{closing->lines[k], Step::Kind::kBroken,
                           "thread " + std::to_string(closing->thread) + " closes '" + closes +
                               "' while thread " + std::to_string(other->thread) + does};
          }
        }
      }
    }
    for (std::size_t a = 0; a < racers_.size(); ++a)
      for (std::size_t b = a + 1; b < racers_.size(); ++b)
        for (const auto& [name, object] : racers_[a]->objects.by_name)
          if (!objects_.by_name.contains(name) && racers_[b]->objects.by_name.contains(name))
            return Stopped{racers_[b]->lines.front(), Step::Kind::kBroken,
                           "threads " + std::to_string(racers_[a]->thread) + " and " +
                               std::to_string(racers_[b]->thread) + " both make '" + name + "'"};
    return std::nullopt;
  }

  std::vector<Step> made_and_not(std::uint64_t& seq) const {
    struct Known {
      const LineRun* run = nullptr;
      std::size_t index = 0;
    };
    std::vector<Known> lines;
    for (const auto& racer : racers_) {
      if (!racer->problem.empty()) continue;  // it made no call
      for (std::size_t k = 0; k < racer->runs.size(); ++k)
        lines.push_back({racer->runs[k].get(), racer->lines[k]});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Known& a, const Known& b) {
      return a.run->begin() < b.run->begin();
    });
    std::vector<Step> made, not_made;
    for (const Known& line : lines) {
      Step step = line.run->step(seq, traits_);
      step.index = line.index;
      const bool is_made = step.kind == Step::Kind::kRecorded;
      step.left_out = perform_ && !is_made;
      seq += is_made ? 1 : 0;
      (is_made ? made : not_made).push_back(std::move(step));
    }
    for (const auto& racer : racers_)
      if (!racer->problem.empty())
        not_made.push_back(told({0, Step::Kind::kLacking, racer->problem}));
    std::move(not_made.begin(), not_made.end(), std::back_inserter(made));
    return made;
  }

  /// What each thread has changed is known to all from now on.
  void merge() {
    const Objects before = objects_;
    for (const auto& racer : racers_) {
      const Objects& after = racer->objects;
      for (const auto& [name, object] : after.by_name) {
        const auto old = before.by_name.find(name);
        const bool changed = old == before.by_name.end() || old->second.state != object.state;
        if (changed) objects_.by_name[name] = object;
      }
      objects_.memory += after.memory - before.memory;
      if (after.newest_gmem != before.newest_gmem) objects_.newest_gmem = after.newest_gmem;
      if (after.newest_mapping != before.newest_mapping)
        objects_.newest_mapping = after.newest_mapping;
    }
  }

  std::span<const Line> lines_;
  Objects& objects_;
  const Traits& traits_;
  bool perform_;
  std::vector<std::unique_ptr<Racer>> racers_;
};

}  // namespace

std::vector<Step> race(std::span<const Line> lines, Objects& objects, const Traits& traits,
                       bool perform, std::uint64_t& seq) {
  return Race(lines, objects, traits, perform).run(seq);
}

}  // namespace gms::runner
