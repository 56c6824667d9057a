// A concrete state of the interpreter as the base state of the solver's formulas. Handles become
// constants that differ from one another; unknown values become arbitrary ones.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
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

  /// The constant that stands for a handle, live or not; 0: what unwrapping `none` gives.
  ir::smt::TermId handle(ir::DomainId domain, std::uint64_t number) const;
  /// One of the numbers that have a constant, live or not.
  std::uint64_t some_handle(ir::DomainId domain, std::uint64_t choice) const;
  /// A value that is known.
  ir::smt::SymValue value(const ir::Type& type, const ir::interp::Value& v) const;

  /// Adds what makes the formulas exact: the handles named so far differ, and the places at which a
  /// state function changes, with 0 ..< `indices` of every sort, are candidates for binders. After
  /// the last call of handle() and before instantiate().
  void close(ir::smt::Encoder& enc, std::uint64_t indices) const;

 private:
  ir::smt::TermId same(ir::smt::Encoder& enc, ir::DomainId domain, ir::smt::TermId a,
                       std::uint64_t number) const;
  ir::smt::SymValue unknown(ir::smt::Encoder& enc, ir::StateId f, const ir::interp::Value& v,
                            std::uint64_t place, const std::vector<ir::smt::TermId>& keys) const;

  ir::smt::Encoder& enc_;
  const ir::interp::State& state_;
  // By domain: the constant of each number, and back.
  mutable std::vector<std::map<std::uint64_t, ir::smt::TermId>> handles_;
  mutable std::vector<std::map<ir::smt::TermId, std::uint64_t>> numbers_;
  struct Arbitrary {
    ir::smt::SymbolId value = 0, present = 0;
  };
  mutable std::map<std::tuple<ir::StateId, std::uint64_t, std::uint64_t>, Arbitrary> arbitrary_;
};

}  // namespace gms::check
