// Breadth-first search of all states that a generated model reaches, level by level, on several
// threads. A run to a state is found afterwards by going back through the levels, so that nothing
// but the states is kept.
#pragma once

#include "model/explore_rt/out.h"

namespace gms::explore {

struct Options {
  unsigned jobs = 1;
  u64 memory = u64{2048} << 20;  // bytes
  bool deadlocks = false;
  bool progress = false;  // on the standard error output
  bool keep_edges = false;
};

enum class Ending : std::uint8_t { kComplete, kViolation, kMemory };

/// A property that is false: of the state, or of a call from it.
template <class State>
struct Wrong {
  bool found = false;
  u64 level = 0;
  State state{};
};

/// What is left of a level, handed out to the threads.
class Ranges {
 public:
  struct Range {
    u64 from, to;
  };
  Ranges(u64 from, u64 to) : left_{{from, to}} {}
  bool empty() const { return left_.empty(); }
  /// At most `count`; an empty range: nothing is left.
  Range take(u64 count) {
    mutex_.lock();
    Range out{0, 0};
    if (!left_.empty()) {
      Range& r = left_.back();
      out = {r.from, r.to - r.from > count ? r.from + count : r.to};
      r.from = out.to;
      if (r.from == r.to) left_.pop_back();
    }
    mutex_.unlock();
    return out;
  }
  void put_back(u64 from, u64 to) {
    mutex_.lock();
    left_.push_back({from, to});
    mutex_.unlock();
  }

 private:
  Mutex mutex_;
  std::vector<Range> left_;
};

template <class Model>
class Search {
 public:
  using State = typename Model::State;
  using Sink = Out<State>;

  explicit Search(const Options& options)
      : o_(options), table_(options.memory), wrong_(Model::kProperties + 1) {
    for (unsigned i = 0; i < o_.jobs; ++i) {
      workers_.push_back(new Worker());
      Worker& w = *workers_.back();
      w.search = this;
      w.wrong.resize(wrong_.size());
      prepare(w.out);
      w.out.search = &w;
      w.out.drain = [](Sink& out) { worker_of(out).drain(); };
      w.out.wrong_call = [](Sink& out) { worker_of(out).wrong_calls(); };
    }
  }

  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  ~Search() {
    for (Worker* w : workers_)
      delete w;
  }

  Ending run() {
    Worker& first = *workers_[0];
    State s = Model::first();
    if (Model::kCanonical != nullptr) Model::kCanonical(s);
    table_.insert(s, hash_of(s), first.block, false);
    table_.count(1);
    levels_ = {0, 1};
    first.level = 0;
    first.look_at(s);
    Ending ending = gather() ? Ending::kViolation : Ending::kComplete;
    while (ending == Ending::kComplete && levels_.back() > levels_[levels_.size() - 2]) {
      if (!expand_level()) return Ending::kMemory;
      const bool stop = gather();
      levels_.push_back(table_.log_end());
      if (stop) ending = Ending::kViolation;
    }
    if (levels_.back() == levels_[levels_.size() - 2]) levels_.pop_back();
    return ending;
  }

  // ---- What came of it ----
  u64 states() const { return table_.size(); }
  const State& state(u64 i) const { return table_[i]; }
  u64 depth() const { return levels_.size() - 2; }
  const std::vector<u64>& levels() const { return levels_; }
  u64 bytes() const { return table_.peak_bytes(); }
  const Wrong<State>& wrong(unsigned property) const { return wrong_[property]; }
  template <class Fn>
  void for_each_sink(Fn&& fn) const {
    for (Worker* w : workers_)
      fn(w->out);
  }
  bool undetermined(unsigned property) const {
    bool any = false;
    for (Worker* w : workers_)
      any = any || w->out.cx.undetermined[property] != 0;
    return any;
  }

  /// Calls from the first state that show the property false, and the states after them.
  struct Run {
    std::vector<Call> calls;
    std::vector<State> states;
  };
  Run run_to(unsigned property) {
    const Wrong<State>& w = wrong_[property];
    std::vector<State> path{w.state};
    for (u64 level = w.level; level > 0; --level)
      path.push_back(predecessor(path.back(), level - 1));
    Run out;
    State now = Model::first();
    for (std::size_t i = path.size() - 1; i > 0; --i)
      now = step(now, out, [&](Sink&, const State& next) { return same(next, path[i - 1]); });
    if (property < Model::kProperties && Model::kOfCalls[property] != 0) {
      step(now, out, [&](Sink& sink, const State&) {
        for (const unsigned p : sink.cx.falses)
          if (p == property) return true;
        return false;
      });
    }
    return out;
  }

 private:
  struct Worker {
    Search* search = nullptr;
    Sink out;
    typename Table<State>::Block block;
    std::vector<Wrong<State>> wrong;
    u64 level = 0;
    const State* at = nullptr;
    bool shared = false;

    void drain() {
      // Only a state with more new successors than the table has room for gets here.
      if (search->table_.is_crowded(search->o_.jobs * Sink::kPending)) {
        __atomic_store_n(&search->overflow_, true, __ATOMIC_RELAXED);
        out.count = 0;
        return;
      }
      u64 added = 0;
      for (std::size_t i = 0; i < out.count; ++i) {
        typename Sink::Pending& p = out.pending[i];
        if (!search->table_.insert(p.state, p.hash, block, shared)) continue;
        ++added;
        ++level;
        look_at(p.state);
        --level;
      }
      out.count = 0;
      search->table_.count(added);
    }
    /// Invariants of a new state.
    void look_at(const State& s) {
      Model::check(s, out.cx);
      take_falses(s);
    }
    void wrong_calls() { take_falses(*at); }
    void take_falses(const State& s) {
      for (const unsigned p : out.cx.falses)
        note(p, s);
      out.cx.falses.clear();
    }
    void note(unsigned p, const State& s) {
      Wrong<State>& w = wrong[p];
      if (!w.found || level < w.level || (level == w.level && s < w.state)) w = {true, level, s};
    }
  };
  static Worker& worker_of(Sink& out) { return *static_cast<Worker*>(out.search); }

  void prepare(Sink& out) {
    out.table = &table_;
    out.canonical = Model::kCanonical;
    out.fired.resize(Model::kClauses + 1);
    out.cut_by.resize(Model::kReasons);
    out.cx.open.assign(Model::kProperties, 1);
    out.cx.undetermined.resize(Model::kProperties);
    out.cx.used.resize(Model::kDomains + 1);
  }

  /// All states of the last level; false: out of memory.
  bool expand_level() {
    const u64 from = levels_[levels_.size() - 2], to = levels_.back();
    const u64 level = levels_.size() - 2;
    Ranges left(from, to);
    while (!left.empty()) {
      if (table_.is_full() && !table_.grow()) return false;
      const unsigned jobs = to - from < 1024 ? 1 : o_.jobs;
      const auto work = [&](unsigned job) {
        Worker& w = *workers_[job];
        w.level = level;
        w.shared = jobs > 1;
        for (;;) {
          auto [begin, end] = left.take(jobs > 1 ? 64 : 1024);
          if (begin == end) break;
          while (begin < end && !table_.is_full())
            expand(w, table_[begin++]);
          w.drain();
          if (begin < end) {
            left.put_back(begin, end);
            break;
          }
          if (job == 0) show();
          if (table_.out_of_memory()) break;
        }
      };
      in_threads(jobs, work);
      close_blocks();
      if (table_.out_of_memory() || overflow_) return false;
    }
    return true;
  }
  void close_blocks() {
    std::vector<typename Table<State>::Block> blocks;
    for (Worker* w : workers_) {
      blocks.push_back(w->block);
      w->block = {};
    }
    table_.close_blocks(blocks);
  }

  void expand(Worker& w, const State& state) {
    const State s = state;
    w.at = &s;
    w.out.steps_follow();  // of all calls, unless the model says more
    Model::successors(s, w.out);
    if (o_.deadlocks && w.out.changing() == w.out.changed_before && Model::has_to_go_on(s))
      w.note(Model::kProperties, s);
  }

  /// Collects what the workers found wrong; true: the search ends here.
  bool gather() {
    bool stop = false;
    for (unsigned p = 0; p < wrong_.size(); ++p) {
      if (wrong_[p].found) continue;
      for (Worker* w : workers_) {
        const Wrong<State>& here = w->wrong[p];
        if (!here.found) continue;
        Wrong<State>& best = wrong_[p];
        if (!best.found || here.level < best.level ||
            (here.level == best.level && here.state < best.state))
          best = here;
      }
      if (!wrong_[p].found) continue;
      if (p == Model::kProperties || Model::kEndsSearch[p] != 0) stop = true;
      if (p < Model::kProperties) {
        for (Worker* w : workers_)
          w->out.cx.open[p] = 0;
      }
    }
    return stop;
  }

  static bool same(State next, const State& wanted) {
    if (Model::kCanonical != nullptr) Model::kCanonical(next);
    return next == wanted;
  }

  /// A sink that gives each outcome to `test` and remembers the first for which it is true.
  template <class Test>
  struct Finder {
    Search& search;
    Test test;
    bool found = false;
    Call call;
    State next{};
    Sink sink;

    Finder(Search& s, Test t) : search(s), test(t) {
      s.prepare(sink);
      sink.cx.recording = true;
      sink.search = this;
      sink.outcome = [](Sink& out, const State& state) {
        Finder& f = *static_cast<Finder*>(out.search);
        if (f.found || !f.test(out, state)) return;
        f.found = true;
        f.call = out.call;
        f.next = state;
      };
    }
    bool look(const State& from) {
      found = false;
      Model::successors(from, sink);
      return found;
    }
  };

  /// The least state of a level with a call that leads to `target`.
  State predecessor(const State& target, u64 level) {
    const u64 from = levels_[level], to = levels_[level + 1];
    const unsigned jobs = to - from < 1024 ? 1 : o_.jobs;
    std::vector<Wrong<State>> best(jobs);
    Shared next(from);
    const auto work = [&](unsigned job) {
      const auto test = [&](Sink&, const State& state) { return same(state, target); };
      Finder<decltype(test)> finder(*this, test);
      Wrong<State>& mine = best[job];
      for (u64 i = next.add(1); i < to; i = next.add(1)) {
        const State s = table_[i];
        if (mine.found && !(s < mine.state)) continue;
        if (finder.look(s)) mine = {true, level, s};
      }
    };
    in_threads(jobs, work);
    Wrong<State> least;
    for (const Wrong<State>& one : best)
      if (one.found && (!least.found || one.state < least.state)) least = one;
    return least.state;
  }

  template <class Test>
  State step(const State& from, Run& run, Test test) {
    Finder<Test> finder(*this, test);
    finder.look(from);
    run.calls.push_back(finder.call);
    run.states.push_back(finder.next);
    return finder.next;
  }

  void show() {
    if (!o_.progress) return;
    const double now = wall_seconds();
    if (now < next_show_) return;
    next_show_ = now + 0.5;
    fprintf(stderr, "\r\x1b[Kexploring: %llu states, depth %llu, %llu MB",
            static_cast<unsigned long long>(states()),
            static_cast<unsigned long long>(levels_.size() - 2),
            static_cast<unsigned long long>(table_.bytes() >> 20));
    fflush(stderr);
  }

  Options o_;
  Table<State> table_;
  std::vector<Worker*> workers_;
  std::vector<Wrong<State>> wrong_;
  std::vector<u64> levels_;
  bool overflow_ = false;  // only ever set
  double next_show_ = 0;
};

}  // namespace gms::explore
