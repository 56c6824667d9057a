#include "checker/linearize/one_order.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <queue>

#include "checker/conform/horizon.h"
#include "checker/conform/valuation.h"
#include "checker/linearize/order_builder.h"

namespace gms::check::linearize {
namespace {

/// What overlaps, as the judge of windows would count it. Takes intervals in any order that a trace
/// may have.
class WindowCounter {
 public:
  void add(std::uint64_t begin, std::uint64_t end) { open_.push({begin, end}); }
  /// What comes from now on begins at `from` or later.
  void count_before(std::uint64_t from) {
    for (; !open_.empty() && open_.top().first < from; open_.pop()) {
      const auto [begin, end] = open_.top();
      if (size_ == 0 || begin > end_) finish();
      ++size_;
      end_ = std::max(end_, end);
    }
  }
  /// The last window as well.
  WindowCounts finish() {
    if (size_ > 1) {
      ++counts_.windows;
      counts_.events += size_;
      counts_.longest = std::max(counts_.longest, size_);
      counts_.peak = 1;
    }
    size_ = 0;
    return counts_;
  }

 private:
  using Interval = std::pair<std::uint64_t, std::uint64_t>;
  std::priority_queue<Interval, std::vector<Interval>, std::greater<>> open_;
  std::uint64_t size_ = 0, end_ = 0;  // of the window so far
  WindowCounts counts_;
};

/// Valuations that no event so far tells apart.
struct Group {
  std::vector<Valuation> valuations;
  OrderBuilder builder;
};

/// One reading of the trace.
class Reading {
 public:
  enum class End : std::uint8_t {
    kFound,
    kGivenUp,
    kMoreParameters,  // an event reads one that tells valuations apart: begin again
  };

  /// `apart`: parameters that events read, to begin with.
  Reading(const TraceInput& input, const EventTable& table, const JudgeOptions& options,
          const std::vector<Valuation>& valuations, std::vector<bool>& apart)
      : table_(table),
        reader_(table.fields(), input.open()),
        reads_(parameters_read(table)),
        apart_(apart) {
    for (const Valuation& valuation : valuations) {
      const auto same = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
        return !differ(group.valuations.front(), valuation, apart);
      });
      if (same != groups_.end()) {
        same->valuations.push_back(valuation);
      } else {
        groups_.push_back({{valuation}, {options.models(valuation), table.fields().size()}});
      }
    }
  }

  End run(TraceRun& run) {
    for (;;) {
      const ReadStatus status = reader_.next();
      if (status == ReadStatus::kError) return End::kGivenUp;
      if (status == ReadStatus::kEnd) break;
      if (const auto end = take(reader_.record())) return *end;
    }
    if (!return_before(~std::uint64_t{0})) return End::kGivenUp;
    JudgeResult& judged = run.judged;
    judged.judged = judged_;
    judged.non_events = non_events_;
    judged.read = judged_ + non_events_;
    judged.not_judged = 0;
    judged.overlap.reset();
    counter_.count_before(~std::uint64_t{0});
    judged.windows = counter_.finish();
    const auto counts = groups_.front().builder.model().coverage();
    judged.coverage.assign(counts.begin(), counts.end());
    run.lines = reader_.counts();
    return End::kFound;
  }

 private:
  static bool differ(const Valuation& a, const Valuation& b, const std::vector<bool>& in) {
    for (std::size_t i = 0; i < in.size(); ++i)
      if (in[i] && a[i] != b[i]) return true;
    return false;
  }

  std::optional<std::uint64_t> number(const Record& record, FieldIndex slot) const {
    return slot == kNoField ? std::nullopt : record[slot].as_u64();
  }

  /// How it ends with that line, if it does.
  std::optional<End> take(const Record& record) {
    const EventPlan* const plan = table_.find(record.op);
    const std::optional<std::uint64_t> seq = number(record, table_.clock().seq);
    if (plan == nullptr || (seq && last_seq_ && *seq != *last_seq_ + 1)) return End::kGivenUp;
    if (seq) last_seq_ = seq;
    if (plan->event->ignored) {
      ++non_events_;
      return std::nullopt;
    }
    const auto event = static_cast<std::size_t>(plan - table_.events().data());
    if (tells_apart(event)) return End::kMoreParameters;
    const auto begin = number(record, table_.clock().begin);
    const auto end = number(record, table_.clock().end);
    if (!begin || !end || *end < *begin || (judged_ != 0 && *begin <= returned_to_))
      return End::kGivenUp;
    const std::uint64_t thread = number(record, table_.clock().tid).value_or(0);
    horizon_.note(thread, *end);
    open_.push_back(std::make_shared<KeptCall>(record, static_cast<std::uint32_t>(event), thread,
                                               *begin, *end));
    counter_.add(*begin, *end);
    counter_.count_before(horizon_.begin());
    return return_before(horizon_.begin()) ? std::nullopt : std::optional(End::kGivenUp);
  }

  /// Notes what an event reads; whether valuations of a group differ in that.
  bool tells_apart(std::size_t event) {
    const std::vector<bool>& read = reads_[event];
    if (read.empty()) return false;
    const bool apart = std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
      return std::any_of(group.valuations.begin(), group.valuations.end(), [&](const Valuation& v) {
        return differ(group.valuations.front(), v, read);
      });
    });
    if (apart) {
      for (std::size_t i = 0; i < read.size(); ++i)
        apart_[i] = apart_[i] || read[i];
    } else {
      reads_[event].clear();  // need not be asked again
    }
    return apart;
  }

  /// The calls that end before that instant return, by their ends.
  bool return_before(std::uint64_t instant) {
    for (;;) {
      const auto next =
          std::min_element(open_.begin(), open_.end(), [](const Call& a, const Call& b) {
            return a->end != b->end ? a->end < b->end : a->line < b->line;
          });
      if (next == open_.end() || (*next)->end >= instant) return true;
      const Call call = *next;
      open_.erase(next);
      std::vector<Call> pending;
      for (const Call& other : open_)
        if (other->begin <= call->end) pending.push_back(other);
      for (Group& group : groups_)
        if (!group.builder.returns(call, pending)) return false;
      ++judged_;
      returned_to_ = call->end;
    }
  }

  const EventTable& table_;
  TraceReader reader_;
  std::vector<std::vector<bool>> reads_;  // by event: parameters; empty: they do not tell apart
  std::vector<bool>& apart_;
  std::vector<Group> groups_;
  std::vector<Call> open_;  // have not returned
  Horizon horizon_;
  std::uint64_t returned_to_ = 0;  // the end of the last call that returned
  std::optional<std::uint64_t> last_seq_;
  std::uint64_t judged_ = 0, non_events_ = 0;
  WindowCounter counter_;
};

}  // namespace

bool find_one_order(const TraceInput& input, const EventTable& table, const JudgeOptions& options,
                    TraceRun& run) {
  const bool good_so_far = run.readable() && run.judged.violations == 0;
  if (!options.models || options.store_buffers || options.list_events || !good_so_far) return false;
  std::vector<bool> apart(table.module().params.size());
  for (;;) {
    Reading reading(input, table, options, run.judged.survivors, apart);
    switch (reading.run(run)) {
      case Reading::End::kFound: return true;
      case Reading::End::kGivenUp: return false;
      case Reading::End::kMoreParameters: break;
    }
  }
}

}  // namespace gms::check::linearize
