// The intermediate representation of a spec: what every back end (interpreter, SMT encoder, C++
// emitter, checker) reads, and nothing else. Its meaning is defined in docs/semantics.md; its text
// form is in ir/text/print.h; ir/verify.h says what a well-formed module is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "ir/op.h"

namespace gms::ir {

// ---- Identities ----
// Dense indices into the vectors of Module
// (variables: of the enclosing Callable, Property or Event).
using EnumId = std::uint32_t;
using DomainId = std::uint32_t;
using IndexSortId = std::uint32_t;
using ParamId = std::uint32_t;
using LockId = std::uint32_t;
using StateId = std::uint32_t;
using FnId = std::uint32_t;
using ProcId = std::uint32_t;
using ActionId = std::uint32_t;
using ClauseId = std::uint32_t;
using ExprId = std::uint32_t;
using StmtId = std::uint32_t;
using VarId = std::uint32_t;
inline constexpr std::uint32_t kNoId = 0xffffffff;

// ---- Types ----
enum class TypeKind : std::uint8_t {
  kBool,
  kInt,     // fixed width 1..64, wraps; is_signed: two's complement
  kEnum,    // decl: EnumId; a value is one of the members' values
  kHandle,  // decl: DomainId; an identity made by `create`, never reused
  kIndex,   // decl: IndexSortId; an unsigned position, distinct from every other sort
};

struct Type {
  TypeKind kind = TypeKind::kBool;
  bool is_signed = false;
  bool optional = false;  // the value may be `none`
  // Bits: kBool 1; kInt, kIndex as declared; kEnum of the largest member, at least 1; kHandle 32.
  std::uint8_t width = 1;
  std::uint32_t decl = kNoId;
  friend bool operator==(const Type&, const Type&) = default;
};

// Enum 0 of every module is the built-in Errno (member ok = 0, then Linux's names and numbers).
inline constexpr EnumId kErrnoEnum = 0;

struct EnumMember {
  std::string name;
  std::uint64_t value = 0;
  std::string spelling;  // how traces write it; equals name unless the spec says otherwise
};
struct Enum {
  std::string name;
  std::vector<EnumMember> members;  // distinct values, in declaration order
  bool is_flags = false;   // members are bits of an integer: only for printing; typed as kInt
  std::uint8_t width = 0;  // flags: of the integer
  std::string doc;
  base::Span span;
};
struct Domain {
  std::string name;
  std::string doc;
  base::Span span;
};
struct IndexSort {
  std::string name;
  std::uint8_t width = 64;  // values 0 .. 2^width - 1
  std::string doc;
  base::Span span;
};
struct Const {  // kept for printing and documentation; uses are folded
  std::string name;
  Type type;
  std::uint64_t value = 0;
  std::string doc;
  base::Span span;
};

/// What the kernel at hand is: fixed for a run. A quirk is a known defect: a bool that is off in
/// the intended ABI.
struct Param {
  std::string name;
  Type type;  // bool, enum or integer
  std::uint64_t default_value = 0;
  bool is_quirk = false;
  std::vector<std::uint64_t> values;  // the valuations that `check` may try; bool and enum: all
  std::string doc;
  base::Span span;
};

enum class Evidence : std::uint8_t { kTrace, kSource, kPatch, kInferred };  // strongest first
struct Citation {
  Evidence evidence = Evidence::kInferred;
  std::string function;  // the kernel function, may be empty
  std::string note;      // the trace file, commit or mail, may be empty
};

// ---- Expressions: pure and total ----
/// One node; the operands' number and types are fixed by its Op (ir/op.h). Nodes live in
/// Module::exprs and are never shared between callables; the ids of operands and of binders' bounds
/// are smaller than their user's.
struct Expr {
  Op op = Op::kConst;
  Type type;
  std::vector<ExprId> args;
  // kConst: the bits, zero-extended; kState, kLive: 1 for the state after the action (primed).
  std::uint64_t value = 0;
  // kVar: VarId; kState: StateId; kParam: ParamId; kCall: FnId; kExit: ClauseId; kLive: DomainId.
  std::uint32_t ref = kNoId;
  std::uint32_t binders = kNoId;  // quantifiers: index into Module::binder_lists
  base::Span span;
};

/// `p in lo ..< hi`, `p of Page` (no bounds), `h of Domain` (live handles), `e of Enum`. Only
/// indices and integers have bounds. A variable is a binder once, and then nothing else.
struct Binder {
  VarId var = kNoId;
  Type type;
  ExprId lo = kNoId, hi = kNoId;  // both or neither; may mention earlier binders of the list
};

struct Local {  // parameter, output, let, binder
  std::string name;
  Type type;
};

// ---- Statements ----
using Block = std::vector<StmtId>;

struct Let {
  VarId var = kNoId;
  ExprId value = kNoId;
};  // evaluated where it stands
struct Assign {
  VarId var = kNoId;
  ExprId value = kNoId;
};  // an output, or a local that a call's branches set

/// Simultaneous pointwise update: for all values of the binders that satisfy `where`, state[keys] =
/// value, every right-hand side read in the state before the statement. A key is a binder's
/// variable itself, or free of binders; each binder occurs as a key in each assignment, or is
/// unused there (then the assignment's targets must not clash). Points with a key that is no live
/// handle are left alone.
struct Update {
  struct One {
    StateId state = kNoId;
    std::vector<ExprId> keys;
    ExprId value = kNoId;  // kNoId: arbitrary, chosen by the environment for each point (only for
                           // observe-only state)
  };
  std::vector<Binder> binders;
  ExprId where = kNoId;  // kNoId: true
  std::vector<One> assigns;
};

/// `label: fail E with x = e if cond`, `succeed if cond`, `may fail E if cond`: leaves the action
/// here. `may`: the environment may choose to, when cond holds. In a procedure it leaves the
/// calling action as well.
/// A call that overlaps in time, for an exit `when raced`.
struct Racer {
  ActionId action = kNoId;
  std::vector<VarId> vars;  // locals that get its arguments, by parameter; kNoId: not looked at
  ExprId cond = kNoId;      // over them and the other locals; kNoId: any such call
};
struct Guard {
  ClauseId clause = kNoId;
  ExprId cond = kNoId;  // kNoId: always
  bool may = false;
  bool raced =
      false;  // only when a named call on the same object overlaps in time: never taken alone
  std::vector<Assign> with;
  std::vector<Racer> racers;  // of which one has to overlap; none: any call
};
struct Return {  // procedures only: leaves the procedure when cond holds
  ExprId cond = kNoId;
  std::vector<ExprId> values;
};
struct Call {
  ProcId proc = kNoId;
  std::vector<ExprId> args;
  std::vector<VarId> results;
};
struct If {
  ExprId cond = kNoId;
  Block then_block, else_block;
};
struct Choose {  // the environment picks var such that cond holds; lo <= var < hi where given
  VarId var = kNoId;
  ExprId lo = kNoId, hi = kNoId, cond = kNoId;
};
struct Require {
  ExprId cond = kNoId;
};  // runs in which it is false do not exist
struct Create {
  VarId var = kNoId;
};  // a new live handle of the variable's domain; its state has the default values
struct Destroy {
  ExprId handle = kNoId;
};  // no longer live; its state is forgotten

// Stepwise structure. The atomic reading (ir/atomic.h) removes these nodes; what each means when
// other threads run is kept here for the stepwise reading.
struct Step {
  std::string label;
  bool linearize = false;
  Block body;
};
struct Acquire {
  LockId lock = kNoId;
  std::vector<ExprId> keys;
  bool exclusive = true;
};
struct Release {
  LockId lock = kNoId;
  std::vector<ExprId> keys;
};
struct Scan {
  std::string label;
  Binder binder;
  Block body;
};  // ascending cursor; alone: `first`. The body: one Guard
struct Each {
  std::string label;
  Binder binder;
  ExprId where = kNoId;
  Block body;
};  // in any order; the body: Steps
struct Await {
  ExprId cond = kNoId;
};  // true when alone (proved)
// The local, a bool, becomes true once the counter moves on; only Retry conditions read it.
struct Sample {
  VarId var = kNoId;
  std::string counter;
};
struct Retry {
  ExprId cond = kNoId;
};  // start over; unreachable when alone (proved)

struct Stmt {
  std::variant<Let, Assign, Update, Guard, Return, Call, If, Choose, Require, Create, Destroy, Step,
               Acquire, Release, Scan, Each, Await, Sample, Retry>
      node;
  base::Span span;
};

// ---- Declarations ----
struct Lock {
  std::string name;
  std::vector<Type> keys;
  bool shared_mode = false;  // a read-write lock
  std::string doc;
  base::Span span;
};

/// state name : [K1, K2] -> V = initial
struct State {
  std::string name;
  // Never optional; handles (at most 4), then indices, then small scalars; these two have at most
  // 64 bits together.
  std::vector<Type> keys;
  Type type;
  std::uint64_t initial = 0;  // value at every point of the fresh system and of a fresh handle
  bool initial_none = false;  // optional types: none
  bool ghost = false;         // history only: no clause's condition reads it
  bool observe_only =
      false;  // computed (ir/taint.h): never decides a branch, so it may hold arbitrary values
  std::string doc;
  base::Span span;
};

/// A way out of an action. Names key every report, coverage figure, mutation and waiver.
struct Clause {
  ActionId action = kNoId;  // kNoId: in a procedure
  ProcId proc = kNoId;
  std::string
      label;  // unique within its action or procedure; default ERRNO.n, `ok` for the final success
  std::uint64_t result = 0;  // member value of Errno
  Citation cite;
  std::string doc;
  base::Span span;
};

/// A pure function, a procedure (effects, returns values, may fail the caller), or an action.
struct Callable {
  std::string name;
  std::vector<Local> locals;  // indexed by VarId
  std::vector<VarId> params;  // in declaration order
  // Procedures: the returned values; actions: the observable outputs. An action's output that is a
  // parameter too is `inout`: it keeps the argument where nothing is assigned.
  std::vector<VarId> outputs;
  ExprId expr = kNoId;  // functions: the value
  Block body;           // procedures, actions
  Citation cite;        // default of its clauses
  std::string doc;
  base::Span span;
};
struct Action : Callable {
  ClauseId ok_clause = kNoId;  // reached when the body ends
  bool hidden = false;         // a trace need not show it
  std::uint32_t budget = 0;    // hidden: how often one gap between events may use it
  // For each parameter: it never decides a branch, so its value may be unknown. Computed, as
  // State::observe_only.
  std::vector<bool> may_be_unlogged;
};

// ---- Properties ----
enum class PropertyKind : std::uint8_t {
  kInvariant,  // over one state
  kLemma,      // an invariant that only supports others
  kTwoState,   // over each execution of the named actions: state before and after, parameters,
               // outputs, lets, result
  kLaw,        // two sequences of calls from one state
  kCover,      // must be reachable
};
struct LawCall {
  ActionId action = kNoId;
  std::vector<ExprId> args;
  std::optional<std::uint64_t> result;  // demanded Errno value
  std::vector<VarId> outputs;           // locals that receive the outputs; kNoId: ignored
};
struct Property {
  PropertyKind kind = PropertyKind::kInvariant;
  std::string name;
  // kTwoState: empty means every action. kCover: empty means over one state.
  std::vector<ActionId> actions;
  std::vector<Local>
      locals;  // kTwoState and kCover on one action: a copy of the action's locals comes first
  ExprId expr = kNoId;               // kLaw: what is assumed of the first state (kNoId: nothing)
  std::vector<LawCall> left, right;  // kLaw
  std::vector<StateId> agree;  // kLaw: the state functions that must agree at the end; empty: all
  ExprId then = kNoId;         // kLaw without a right side: what must hold after left
  bool expect_refuted = false;
  std::string reason;  // of the expectation
  std::string doc;
  base::Span span;

  /// Holds in every reachable state.
  bool is_invariant() const {
    return kind == PropertyKind::kInvariant || kind == PropertyKind::kLemma;
  }
};

// ---- Events: how a line of a trace becomes actions ----
enum class FieldKind : std::uint8_t {
  kValue,  // an integer, a bool, or a word of an enum, as the type says; null or absent: none for
           // optional types
  kName,   // a string that names a handle (`g2`)
  kArray,  // an array: one Local for each column
};
struct EventField {
  std::string name;  // JSON key; nested objects are flattened with a dot
  FieldKind kind = FieldKind::kValue;
  VarId var = kNoId;     // kValue, kName: the field's value; kName: optional handle
  VarId offset = kNoId;  // kName: n of `m3+n`, if the declaration allows it
  VarId word =
      kNoId;  // kName: optional enum member when the string is a fixed word instead of a name
  std::vector<std::string>
      columns;                     // kArray: keys of the elements (one empty string: plain scalars)
  std::vector<VarId> column_vars;  // kArray
  ActionId on_missing =
      kNoId;  // kName: run first when no event has made the name; its first output is the handle
  std::vector<ExprId> on_missing_args;
  bool required = false;         // absent is an error
  bool unlogged_any = false;     // absent means: the log lacks it, any value
  ExprId default_value = kNoId;  // absent means this
};
struct EventCall {
  ActionId action = kNoId;
  std::vector<ExprId> args;  // kNoId: any value (unlogged)
  struct Observe {
    std::uint32_t output = kNoId;  // index into the action's outputs; kNoId: the result
    ExprId value = kNoId;
    ExprId when = kNoId;  // kNoId: always
  };
  std::vector<Observe> observes;
  struct Bind {
    std::uint32_t output = 0;  // of handle type
    std::uint32_t field = 0;   // index into Event::fields: its string names the handle from now on
  };
  std::vector<Bind> binds;
};
struct EventStmt {
  struct Branch {
    ExprId cond = kNoId;
    std::vector<EventStmt> then_body, else_body;
  };
  struct ForEach {
    std::uint32_t field = 0;
    VarId index = kNoId;
    std::vector<EventStmt> body;
  };
  struct Reject {
    std::string why;
  };  // a form that the spec refuses to judge: reported as an error, never skipped
  std::variant<EventCall, Branch, ForEach, Reject> node;
  base::Span span;
};
struct Event {
  std::string op;
  bool ignored = false;  // a declared non-event (meta, note)
  std::vector<EventField> fields;
  std::vector<Local> locals;
  std::vector<EventStmt> body;
  std::string doc;
  base::Span span;
};

struct Module {
  std::string name;
  std::string extends;
  std::vector<std::string> links;
  std::vector<Enum> enums;
  std::vector<Domain> domains;
  std::vector<IndexSort> index_sorts;
  std::vector<Const> consts;
  std::vector<Param> params;
  std::vector<Lock> locks;
  std::vector<State> states;
  std::vector<Callable> fns;
  std::vector<Callable> procs;  // a procedure calls only earlier ones
  std::vector<Action> actions;
  std::vector<Clause> clauses;
  std::vector<Property> properties;
  std::vector<Event> events;
  std::vector<std::string>
      common_fields;  // fields that every event may carry and no rule reads (seq, tid, ...)
  std::vector<Expr> exprs;
  std::vector<Stmt> stmts;
  std::vector<std::vector<Binder>> binder_lists;
  std::vector<std::string> files;  // Span::file indexes this
  std::string doc;
};

}  // namespace gms::ir
