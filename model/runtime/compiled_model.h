// Everything of a compiled model that is the same for all specs. A generated model.cpp describes
// its spec by a class and instantiates this with it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "model/runtime/choice.h"
#include "model/runtime/engine.h"
#include "model/runtime/event_run.h"
#include "model/runtime/hash.h"
#include "model/runtime/names.h"
#include "model/runtime/undo.h"

namespace gms::model {

/// Calls fn with the tuple's element of that index, which is in range.
template <class Tuple, class Fn>
auto visit_at(Tuple&& tuple, std::size_t index, Fn&& fn) {
  using Result = decltype(fn(std::get<0>(tuple)));
  return [&]<std::size_t... kIndex>(std::index_sequence<kIndex...>) {
    Result result{};
    static_cast<void>(
        ((kIndex == index ? (result = fn(std::get<kIndex>(tuple)), true) : false) || ...));
    return result;
  }
  (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<Tuple>>>());
}

/// Spec has: State (made from Params), Params, kInfo, kStateWidths, kEventSlots (the slots that
/// each event may have), and
///   static Params params(std::span<const std::uint64_t>);
///   static Verdict event(EventRun<State>&, std::uint32_t event);
///   static Clause call(State&, Enumerate&, std::uint32_t action, std::span<const Datum> args,
///                      std::vector<Datum>& outputs);
template <class Spec>
class CompiledModel final : public Model {
  using State = typename Spec::State;

 public:
  explicit CompiledModel(const typename Spec::Params& params)
      : state_(params),
        names_(Spec::kInfo.domains.size()),
        coverage_(Spec::kInfo.clauses.size()),
        run_(state_, names_, coverage_) {
    state_.use_journal(&journal_);
    std::vector<std::uint16_t> own(Spec::kInfo.slots.size());
    for (std::size_t i = 0; i < own.size(); ++i)
      own[i] = static_cast<std::uint16_t>(i);
    CompiledModel::use_slots(own, own.size());
  }
  CompiledModel(const CompiledModel& other)
      : state_(other.state_),
        names_(other.names_),
        coverage_(other.coverage_),
        run_(state_, names_, coverage_),
        slot_of_(other.slot_of_),
        words_(other.words_),
        allowed_(other.allowed_) {
    state_.use_journal(&journal_);
  }
  CompiledModel& operator=(const CompiledModel&) = delete;
  ~CompiledModel() override = default;

  const ModelInfo& info() const override { return Spec::kInfo; }

  void use_slots(std::span<const std::uint16_t> slot_of, std::size_t slot_count) override {
    slot_of_.assign(slot_of.begin(), slot_of.end());
    words_ = (slot_count + 63) / 64;
    allowed_.assign(words_ * Spec::kInfo.events.size(), 0);
    for (std::size_t event = 0; event < Spec::kInfo.events.size(); ++event) {
      for (const std::uint16_t slot : Spec::kEventSlots[event]) {
        const std::uint16_t at = slot_of_[slot];
        allowed_[event * words_ + at / 64] |= std::uint64_t{1} << at % 64;
      }
    }
  }

  Verdict try_event(std::uint32_t event, const EventInput& input) override {
    if (input.has_unknown_fields) return Verdict::kUndecided;
    for (std::size_t i = 0; i < input.presence.size(); ++i) {
      const std::uint64_t allowed = i < words_ ? allowed_[event * words_ + i] : 0;
      if ((input.presence[i] & ~allowed) != 0) return Verdict::kUndecided;
    }
    run_.begin(input, slot_of_);
    start_ = journal_.mark();
    const Verdict verdict = Spec::event(run_, event);
    if (verdict != Verdict::kConforms) take_back();
    return verdict;
  }
  void commit() override {
    run_.commit(nullptr);
    journal_.clear();
  }
  void take_back() override { journal_.rollback(start_); }
  Mark mark() const override { return journal_.mark(); }
  void keep() override { run_.commit(&journal_); }
  void take_back_to(Mark mark) override { journal_.rollback(mark); }
  void settle_before(Mark mark) override { journal_.forget_before(mark); }
  bool is_exact() const override { return state_.is_exact(); }
  std::span<const std::uint64_t> coverage() const override { return coverage_; }

  std::unique_ptr<Model> clone() const override { return std::make_unique<CompiledModel>(*this); }
  bool equals(const Model& other) const override {
    const auto* same = dynamic_cast<const CompiledModel*>(&other);
    return same != nullptr && state_ == same->state_;
  }
  std::uint64_t hash() const override {
    Hasher hasher;
    std::apply([&](const auto&... table) { (hasher.add(table), ...); }, state_.tables());
    std::apply([&](const auto&... function) { (hasher.add(function), ...); }, state_.functions());
    return hasher.finish();
  }
  std::vector<Datum> handles(std::uint32_t domain) const override {
    return visit_at(state_.tables(), domain, [](const auto& table) {
      std::vector<Datum> result;
      for (const auto handle : table)
        result.push_back(to_datum(handle));
      return result;
    });
  }
  Datum read(std::uint32_t state, std::span<const Datum> keys) const override {
    return visit_at(state_.functions(), state, [&](const auto& function) {
      return function.read_datum(keys, Spec::kStateWidths[state]);
    });
  }

  bool outcomes(std::uint32_t action, std::span<const Datum> args, const Visitor& visit) override {
    enumerate_.start();
    std::vector<Datum> outputs;
    do {
      outputs.clear();
      const auto clause = Spec::call(state_, enumerate_, action, args, outputs);
      Visit next = Visit::kNext;
      if (is_exit(clause)) {
        next = visit({number_of(clause), static_cast<std::uint64_t>(result_of(clause)), outputs,
                      !enumerate_.has_next()});
      }
      if (next == Visit::kKeep) {
        journal_.clear();
        return enumerate_.is_complete();
      }
      journal_.rollback();
      if (next == Visit::kStop) break;
    } while (enumerate_.next());
    return enumerate_.is_complete();
  }

  std::vector<LiveHandle> live(std::uint32_t domain) const override {
    return visit_at(state_.tables(), domain, [](const auto& table) {
      std::vector<LiveHandle> result;
      for (const auto handle : table)
        result.push_back({handle.hash(), table.serial_of(handle)});
      return result;
    });
  }
  std::uint64_t created(std::uint32_t domain) const override {
    return visit_at(state_.tables(), domain, [](const auto& table) { return table.created(); });
  }
  void each_run(std::uint32_t state, const RunVisitor& visit) const override {
    visit_at(state_.functions(), state, [&](const auto& function) {
      function.each_run(visit);
      return true;
    });
  }
  const NameTable& names() const override { return names_; }
  std::uint64_t put_handle(std::uint32_t domain, std::uint64_t serial) override {
    return visit_at(state_.tables(), domain, [&](auto& table) {
      table.skip_to(serial);
      return table.create().hash();
    });
  }
  void put_created(std::uint32_t domain, std::uint64_t created) override {
    visit_at(state_.tables(), domain, [&](auto& table) {
      table.skip_to(created);
      return true;
    });
  }
  bool put_run(std::uint32_t state, std::span<const std::uint64_t> handles, std::uint64_t from,
               std::uint64_t last, const Datum& value) override {
    return visit_at(state_.functions(), state,
                    [&](auto& function) { return function.put_run(handles, from, last, value); });
  }
  NameTable& names() override { return names_; }

 private:
  Journal journal_;
  Journal::Mark start_ = 0;  // of the last event that was tried
  State state_;
  NameTable names_;
  std::vector<std::uint64_t> coverage_;
  EventRun<State> run_;
  Enumerate enumerate_;
  std::vector<std::uint16_t> slot_of_;
  std::size_t words_ = 0;               // of presence
  std::vector<std::uint64_t> allowed_;  // by event: what may be present
};

}  // namespace gms::model
