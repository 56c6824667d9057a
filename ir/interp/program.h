// A module prepared for execution: expressions as flat nodes, parameters folded, updates planned.
// Made once; shared by all evaluation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/interp/state.h"
#include "ir/ir.h"

namespace gms::ir::interp {

/// Values for Module::params, by ParamId.
using Valuation = std::vector<std::uint64_t>;
Valuation default_valuation(const Module& module);

/// A binder with what it ranges over resolved.
struct Range {
  enum class Kind : std::uint8_t { kHandles, kMembers, kNumbers };
  Kind kind = Kind::kNumbers;
  VarId var = kNoId;
  bool is_signed = false;
  std::uint64_t sign = 0;   // the sign bit of a signed number, else 0: `bits ^ sign` is ordered
  std::uint64_t max = 0;    // kNumbers: largest bit pattern
  DomainId domain = kNoId;  // kHandles
  ExprId lo = kNoId, hi = kNoId;       // kNumbers: kNoId: the whole sort
  std::vector<std::uint64_t> members;  // kMembers: of an enum or bool
  bool may_move = false;  // the loop may go along with one around it (Evaluator::for_each)
};

struct Node {
  Op op = Op::kConst;
  bool is_signed = false;  // of the type that the operation works on
  bool primed = false;
  std::uint8_t width = 1;                         // of the result; comparisons: of the operands
  std::uint8_t from_width = 1;                    // kCast: of the operand
  std::uint32_t a = kNoId, b = kNoId, c = kNoId;  // the first operands
  std::uint32_t first_arg = 0, arg_count = 0;     // all operands, in Program::args
  std::uint32_t ref = kNoId;
  std::uint32_t binders = kNoId;  // in Program::ranges
  std::uint64_t mask = 1;         // of the width
  Value constant;                 // kConst, kNone; kVar, kUnwrap: the type's zero value
};

/// One assignment of an Update.
struct AssignPlan {
  struct Key {
    ExprId expr = kNoId;
    std::uint32_t binder = kNoId;  // the key is this binder of the update
  };
  StateId state = kNoId;
  std::vector<Key> keys;
  ExprId value = kNoId;
};
struct UpdatePlan {
  std::vector<Range> binders;
  ExprId where = kNoId;
  std::vector<AssignPlan> assigns;
};

struct Program {
  /// `module` must be well-formed, in the atomic reading, and outlive the program.
  Program(const Module& the_module, const Valuation& valuation);

  const Module& module;
  Shape shape;
  std::vector<Node> nodes;  // by ExprId
  std::vector<ExprId> args;
  std::vector<std::vector<Range>> ranges;  // by index into Module::binder_lists
  std::vector<UpdatePlan> updates;         // for the Update statements, by StmtId; others empty
  std::vector<Range> choices;              // for the Choose statements, by StmtId; others empty
  std::vector<bool> choice_optional;       // by StmtId: none is a candidate as well
};

}  // namespace gms::ir::interp
