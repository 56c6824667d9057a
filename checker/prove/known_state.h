// A concrete state of the interpreter as the base state of the solver's formulas. Handles become
// their numbers; unknown values become arbitrary ones.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ir/interp/state.h"
#include "ir/smt/encode.h"

namespace gms::check {

/// For one encoder and its copies; both it and the state must outlive what is built on it.
class KnownState final : public ir::smt::BaseTable {
 public:
  KnownState(ir::smt::Encoder& enc, const ir::interp::State& state);

  ir::smt::SymValue read(ir::smt::Encoder& enc, ir::StateId f,
                         const std::vector<ir::smt::TermId>& keys) const override;
  ir::smt::TermId live(ir::smt::Encoder& enc, ir::DomainId domain,
                       ir::smt::TermId handle) const override;

  /// The term that stands for a handle, live or not; 0: what unwrapping `none` gives.
  ir::smt::TermId handle(ir::DomainId domain, std::uint64_t number) const;
  /// One of the numbers that have a constant, live or not.
  std::uint64_t some_handle(ir::DomainId domain, std::uint64_t choice) const;
  /// A value that is known.
  ir::smt::SymValue value(const ir::Type& type, const ir::interp::Value& v) const;

  /// Adds what makes the formulas exact: the handles named so far and the places at which a state
  /// function changes, with 0 ..< `indices` of every sort, are candidates for binders. After the
  /// last call of handle() and before instantiate(). `reads`, by StateId: of these functions only.
  void close(ir::smt::Encoder& enc, std::uint64_t indices,
             const std::vector<bool>* reads = nullptr) const;

 private:
  ir::smt::TermId same(ir::smt::Encoder& enc, ir::DomainId domain, ir::smt::TermId a,
                       std::uint64_t number) const;
  ir::smt::SymValue unknown(ir::smt::Encoder& enc, ir::StateId f, const ir::interp::Value& v,
                            const std::vector<ir::smt::TermId>& keys) const;
  /// By keys that are all constants; nothing if they are not, or the value is unknown.
  std::optional<ir::smt::SymValue> read_known(ir::smt::Encoder& enc, ir::StateId f,
                                              const std::vector<ir::smt::TermId>& keys) const;

  ir::smt::Encoder& enc_;
  const ir::interp::State& state_;
  mutable std::vector<std::map<std::uint64_t, ir::smt::TermId>> handles_;  // by domain and number
  struct Arbitrary {
    ir::smt::SymbolId value = 0, present = 0;
  };
  // By symbol where one stands for one value, else by state function.
  mutable std::map<std::pair<ir::StateId, std::uint32_t>, Arbitrary> arbitrary_;
};

}  // namespace gms::check
