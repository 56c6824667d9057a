// The syntax tree of a spec: what was written, with places, before any name is resolved. Plain
// data, one struct for each production of gen/grammar/Gms.g4, closed variants, no sugar removed.
// What each construct means is decided in gen/sema.
//
// Expressions are immutable and shared, so that copying a tree (inheritance does) is cheap;
// everything else is a value. An ExprPtr is null only where this file says so. Trees made by the
// parser are at most kMaxDepth deep (gen/syntax/parse.h), so recursion over them is safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"

namespace gms::gen::ast {

using base::Span;

struct Name {
  std::string text;
  Span span;
};

// The text of the `///` lines before a thing, without the slashes and one blank, joined by '\n'.
using Doc = std::string;

// A string literal without its quotes, escapes replaced.
struct Text {
  std::string value;
  Span span;
};

// ---- Types ------------------------------------------------------------------------------------

// `u64`, `File?`, `range Page`
struct TypeRef {
  Name name;
  bool optional = false;  // never together with is_range
  bool is_range = false;
  Span span;
};

// ---- Expressions ------------------------------------------------------------------------------

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

// A call's argument. `value` is null for `any`.
struct Arg {
  std::optional<Name> name;
  ExprPtr value;
  Span span;
};

// `p in lo ..< hi` has a range; `k of Pin` has a sort. Exactly one of both.
struct Binder {
  Name name;
  ExprPtr range;
  std::optional<Name> sort;
  Span span;
};

enum class UnaryOp : std::uint8_t { kMinus, kTilde, kNot };
enum class BinaryOp : std::uint8_t {
  kMul,
  kDiv,
  kMod,
  kAdd,
  kSub,
  kShl,
  kShr,
  kBitAnd,
  kBitXor,
  kBitOr,  // value operators
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,  // comparisons
  kAnd,
  kOr,
  kImplies,
};
enum class QuantKind : std::uint8_t { kAll, kSome, kFirst };

struct IntLit {
  std::uint64_t value = 0;
  std::string spelling;  // as written: "0x1000", "4_096"
};
struct BoolLit {
  bool value = false;
};
struct NoneLit {};    // none
struct OkLit {};      // ok: the member 0 of Errno, or of the enum the context asks for
struct ResultLit {};  // result: in properties and events, the Errno the action returned
struct NameExpr {     // a local, constant, member, parameter, or state function without keys
  Name name;
  bool primed = false;
};
struct IndexExpr {  // f[a, b], f'[a, b]
  Name name;
  bool primed = false;
  std::vector<ExprPtr> keys;  // at least one
};
struct CallExpr {  // a function, conversion or builtin: u64(x), live'(h), exit(label), min(a, b)
  Name name;
  bool primed = false;
  std::vector<Arg> args;
};
struct UnwrapExpr {
  ExprPtr operand;
};                   // e!
struct MemberExpr {  // e.name
  ExprPtr operand;
  Name member;
};
struct UnaryExpr {
  UnaryOp op = UnaryOp::kNot;
  ExprPtr operand;
};
struct BinaryExpr {
  BinaryOp op = BinaryOp::kAnd;
  ExprPtr lhs, rhs;
  Span op_span;
};
struct RangeExpr {
  ExprPtr lo, hi;
};               // lo ..< hi
struct InExpr {  // value in range, value not in range
  ExprPtr value, range;
  bool negated = false;
};
struct IfExpr {
  ExprPtr cond, then_value, else_value;
};
struct QuantExpr {
  QuantKind kind = QuantKind::kAll;
  std::vector<Binder> binders;  // at least one
  ExprPtr body;
};

// Parentheses are not kept; `span` covers them.
struct Expr {
  std::variant<IntLit, BoolLit, NoneLit, OkLit, ResultLit, NameExpr, IndexExpr, CallExpr,
               UnwrapExpr, MemberExpr, UnaryExpr, BinaryExpr, RangeExpr, InExpr, IfExpr, QuantExpr>
      node;
  Span span;
};

// ---- Statements -------------------------------------------------------------------------------

enum class Evidence : std::uint8_t { kTrace, kSource, kPatch, kInferred };

// `[source, kvm_gmem_fault, "note"]`
struct Cite {
  Evidence evidence = Evidence::kInferred;
  std::optional<Name> function;
  std::optional<Text> note;
  Span span;
};

// `busy [trace]:` before a statement.
struct Label {
  Name name;
  std::optional<Cite> cite;  // only on exits and lets
};

struct With {  // output = value
  Name output;
  ExprPtr value;
};

// `convert(fd = f) if f == mine`: a call that overlaps, and what it is about
struct Racer {
  struct Param {  // the name here of the call's argument
    Name param, local;
  };
  Name action;
  std::vector<Param> params;
  ExprPtr cond;  // null: any
  Span span;
};

// `fail EAGAIN`, `may fail ENOMEM`, `succeed`
struct Exit {
  bool may = false;
  std::optional<Name> error;  // absent: succeed
  std::vector<With> withs;
  ExprPtr cond;  // null: always
  bool raced = false;
  std::vector<Racer> racers;  // none: any call
  Span span;
};

struct Key {  // null: `*`
  ExprPtr value;
  Span span;
};
struct Lvalue {
  Name name;
  std::vector<Key> keys;  // empty: a local, an output, or keyless state
  Span span;
};
struct PointAssign {
  Lvalue target;
  ExprPtr value;  // null: `any`
  Span span;
};

struct Stmt;
using Block = std::vector<Stmt>;

struct ExitStmt {
  Exit exit;
};
struct LetStmt {
  Name name;
  std::optional<TypeRef> type;
  ExprPtr value;
  std::optional<Exit> otherwise;  // `else fail E`: taken when the value is none
};
struct CallStmt {             // `call proc(..)`, `let (a, b) = proc(..)`
  std::vector<Name> results;  // empty: `call`
  Name proc;
  std::vector<Arg> args;
};
struct ReturnStmt {
  std::vector<ExprPtr> values;
  ExprPtr cond;  // null: always
};
struct AssignStmt {
  bool update = false;  // written with the word `update`
  PointAssign assign;
  std::vector<Binder> binders;  // empty: no `for`
  ExprPtr where;                // null: no `where`
};
struct ForStmt {
  std::vector<Binder> binders;
  ExprPtr where;  // null: no `where`
  std::vector<PointAssign> assigns;
};
struct IfStmt {
  ExprPtr cond;
  Block then_body;
  Block else_body;        // `else if` is a body of one IfStmt
  bool has_else = false;  // an empty `else {}` has one
};
struct ChooseStmt {
  Name name;
  TypeRef type;
  ExprPtr range;  // null: no `in`
  ExprPtr where;  // null: no `where`
};
struct RequireStmt {
  ExprPtr cond;
};
struct CreateStmt {
  Name name;
  Name domain;
};
struct DestroyStmt {
  ExprPtr handle;
};
struct StepStmt {
  std::optional<Name> name;
  Block body;
  bool linearize = false;
};
struct HoldStmt {
  bool exclusive = true;
  Name lock;
  std::vector<ExprPtr> keys;
  Block body;
};
struct AcquireStmt {
  bool exclusive = true;
  Name lock;
  std::vector<ExprPtr> keys;
};
struct ReleaseStmt {
  Name lock;
  std::vector<ExprPtr> keys;
};
struct ScanStmt {
  Binder binder;
  bool descending = false;
  Block body;
};
struct EachStmt {
  Binder binder;
  ExprPtr where;  // null: no `where`
  Block body;
};
struct AwaitStmt {
  ExprPtr cond;
};
struct SampleStmt {
  Name name;
  Name counter;
};
struct RetryStmt {
  ExprPtr cond;
};  // null: always

struct Stmt {
  Doc doc;
  std::optional<Label> label;
  std::variant<ExitStmt, LetStmt, CallStmt, ReturnStmt, AssignStmt, ForStmt, IfStmt, ChooseStmt,
               RequireStmt, CreateStmt, DestroyStmt, StepStmt, HoldStmt, AcquireStmt, ReleaseStmt,
               ScanStmt, EachStmt, AwaitStmt, SampleStmt, RetryStmt>
      node;
  Span span;
};

// ---- Items ------------------------------------------------------------------------------------
// `span` of an item covers all of it without its doc comment; its name has its own.

struct IncludeDecl {
  Text path;
};  // gone after gen/inherit
struct CommonFieldsDecl {
  std::vector<Name> names;
};
struct ConstDecl {
  Doc doc;
  Name name;
  TypeRef type;
  ExprPtr value;
};
struct EnumMember {
  Doc doc;
  Name name;
  ExprPtr value;                // null: the previous member's plus one, the first 0
  std::vector<Text> spellings;  // how traces write it; empty: as the name
};
struct EnumDecl {
  Doc doc;
  Name name;
  std::vector<EnumMember> members;
};
struct FlagMember {
  Doc doc;
  Name name;
  ExprPtr value;
};
struct FlagsDecl {
  Doc doc;
  Name name;
  TypeRef type;
  std::vector<FlagMember> members;
};
struct ParamDef {  // a parameter, an output, a field of a struct
  Doc doc;
  bool inout = false;
  Name name;
  TypeRef type;
  Span span;
};
struct StructDecl {
  Doc doc;
  Name name;
  std::vector<ParamDef> fields;
};
struct DomainDecl {
  Doc doc;
  std::vector<Name> names;
};
struct IndexDecl {
  Doc doc;
  Name name;
  TypeRef type;
};
struct ParamDecl {  // what the kernel at hand is
  Doc doc;
  Name name;
  TypeRef type;
  ExprPtr default_value;
  std::vector<ExprPtr> values;  // `in [..]`; empty: not given
};
struct QuirkDecl {
  Doc doc;
  Name name;
};
struct LockDecl {
  Doc doc;
  bool shared_mode = false;  // `rw lock`
  Name name;
  std::vector<TypeRef> keys;
};
struct StateDecl {
  Doc doc;
  bool ghost = false;
  Name name;
  std::vector<TypeRef> keys;
  TypeRef type;
  ExprPtr initial;  // null: the type's zero
};
struct FnDecl {
  Doc doc;
  Name name;
  std::vector<ParamDef> params;
  TypeRef type;
  ExprPtr value;
};
struct ProcDecl {
  Doc doc;
  Name name;
  std::vector<ParamDef> params;
  std::vector<ParamDef> returns;
  std::optional<Cite> cite;
  Block body;
};
struct ActionDecl {
  Doc doc;
  std::optional<std::uint64_t> hidden_budget;  // `hidden budget N`
  Name name;
  std::vector<ParamDef> params;
  std::vector<ParamDef> returns;
  std::optional<Cite> cite;
  Block body;
};

// Edits of an inherited action or procedure. Gone after gen/inherit.
enum class EditPlace : std::uint8_t { kBefore, kAfter, kFirst, kLast, kReplace };
struct EditInsert {
  EditPlace place = EditPlace::kAfter;
  std::optional<Name> at;  // absent: kFirst, kLast
  Block stmts;             // exactly one
};
struct EditDrop {
  Name label;
};
struct EditSwap {
  Name a, b;
};
struct Edit {
  Doc doc;
  std::variant<EditInsert, EditDrop, EditSwap> node;
  Span span;
};
struct EditDecl {
  Doc doc;
  Name target;
  std::vector<Edit> edits;
};

enum class DropKind : std::uint8_t { kInvariant, kLemma, kProperty, kLaw, kCover, kEvent, kAction };
struct DropDecl {  // gone after gen/inherit
  DropKind kind = DropKind::kInvariant;
  Name name;
};
struct ExpectDecl {  // gone after gen/inherit: becomes the property's Expectation
  bool refuted = true;
  Name name;
  std::optional<Text> reason;
};

/// `expect finding "call-accepted" on f "why"`, `expect verdict "equivalent"`: about the difference
/// to the spec that this one extends. Means nothing for what the spec says; gone after gen/inherit,
/// read by flow/expectations.h.
struct DiffExpectDecl {
  Name kind;
  Text what;
  std::optional<Name> on;
  std::optional<Text> reason;
};

struct Expectation {  // `[expect refuted "why"]`
  Text reason;
  Span span;
};
struct InvariantDecl {
  Doc doc;
  bool lemma = false;
  Name name;
  std::optional<Expectation> expectation;
  ExprPtr value;
};
struct PropertyDecl {
  Doc doc;
  Name name;
  bool on_all = false;
  std::vector<Name> actions;  // empty only with on_all
  std::optional<Expectation> expectation;
  ExprPtr value;
};
struct CoverDecl {
  Doc doc;
  Name name;
  std::optional<Name> action;
  ExprPtr value;
};
struct LawCall {
  std::vector<Name> results;  // `let (a, b) = ...`; empty: none
  Name action;
  std::vector<Arg> args;
  std::optional<Name> demanded;  // `-> ok` has the text "ok"
  Span span;
};
struct LawDecl {
  Doc doc;
  Name name;
  std::vector<ParamDef> params;
  std::optional<Expectation> expectation;
  ExprPtr assume;  // null: nothing
  std::vector<LawCall> left;
  bool has_same = false;  // whether there is a right side
  std::vector<LawCall> right;
  std::vector<Name> agree;  // empty: not given
  ExprPtr then;             // null: not given
};

// ---- Events -----------------------------------------------------------------------------------

struct ScalarField {  // `offset : u64`, `vm : Vm?`
  Name type;
  bool optional = false;
};
struct HandleField {  // `Fd or FdWord`, `Domain + u64 or Word`
  Name domain;
  std::optional<Name> offset_type;
  Name words;  // the enum of fixed words
};
struct ArrayColumn {
  Name name;
  Name type;
  bool optional = false;
};
struct ArrayField {
  std::vector<ArrayColumn> columns;
};
struct FieldMaker {  // `else maker(args)`: makes the handle of a name that no event made
  Name action;
  std::vector<Arg> args;
};
struct EventField {
  Doc doc;
  Name name;  // dotted for nested objects: "fault.flags"
  std::variant<ScalarField, HandleField, ArrayField> type;
  bool default_any = false;  // `= any`
  ExprPtr default_value;     // null: none given, or any
  std::optional<FieldMaker> maker;
  Span span;
};
struct Observe {               // `output = expr if cond`
  std::optional<Name> output;  // absent: `result`
  ExprPtr value;
  ExprPtr cond;  // null: always
  Span span;
};
struct ObserveNamed {  // `output named field`
  Name output;
  Name field;
  Span span;
};

struct EventStmt;
using EventBlock = std::vector<EventStmt>;
struct EventCall {
  Name action;
  std::vector<Arg> args;
  std::vector<std::variant<Observe, ObserveNamed>> observes;
};
struct EventIf {
  ExprPtr cond;
  EventBlock then_body;
  EventBlock else_body;  // `else if` is a body of one EventIf
  bool has_else = false;
};
struct EventFor {  // `for i in values { .. }`
  Name index;
  Name field;
  EventBlock body;
};
struct EventReject {
  Text why;
};
struct EventStmt {
  std::variant<EventCall, EventIf, EventFor, EventReject> node;
  Span span;
};
struct EventDecl {
  Doc doc;
  Name name;
  bool ignored = false;
  std::vector<EventField> fields;
  EventBlock body;
};

struct Item {
  std::variant<IncludeDecl, CommonFieldsDecl, ConstDecl, EnumDecl, FlagsDecl, StructDecl,
               DomainDecl, IndexDecl, ParamDecl, QuirkDecl, LockDecl, StateDecl, FnDecl, ProcDecl,
               ActionDecl, EditDecl, EventDecl, InvariantDecl, PropertyDecl, LawDecl, CoverDecl,
               DropDecl, ExpectDecl, DiffExpectDecl>
      node;
  Span span;
};

// One spec. After gen/inherit/compose.h: no IncludeDecl, EditDecl, DropDecl, ExpectDecl or
// DiffExpectDecl, and items of the whole `extends` chain, each name declared once, in an order in
// which bases come first.
struct File {
  Doc doc;
  Name name;
  std::optional<Name> extends;
  std::vector<Text> links;
  std::vector<Item> items;
  Span span;
};

}  // namespace gms::gen::ast
