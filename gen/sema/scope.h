// What names mean: the spec's declarations (one table for each space of names), and the locals of
// the body that is being elaborated, block by block.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gen/ast/ast.h"
#include "gen/sema/types.h"
#include "ir/ir.h"

namespace gms::gen::sema {

enum class SymbolKind : std::uint8_t {
  kConst,   // id: of the AST item, elaborated on demand
  kFlag,    // a member of a flags type: id of the enum, member
  kMember,  // a member of an enum: id of the enum, member
  kEnum,    // the type
  kFlags,   // the type
  kStruct,
  kDomain,
  kIndexSort,
  kParam,
  kState,
  kFn,    // id: of the AST item
  kProc,  // id: of the AST item
  kAction,
  kLock,
  kProperty,
  kEvent,
};
std::string_view kind_noun(SymbolKind kind);  // "a constant", "an enum member"

struct Symbol {
  SymbolKind kind = SymbolKind::kConst;
  std::uint32_t id = ir::kNoId;
  std::uint32_t member = 0;  // kFlag, kMember
  base::Span span;
  bool builtin = false;
  bool used = false;
};

/// One space of names. Members of different enums may have one name; everything else is unique.
class SymbolTable {
 public:
  /// Null when the name is free and was added; else what stands in the way.
  const Symbol* add(const std::string& name, const Symbol& symbol);
  std::vector<Symbol>* find(const std::string& name);
  /// The only symbol of the name, unless it is an enum's member.
  Symbol* find_one(const std::string& name);
  std::vector<std::string> names() const;
  const std::map<std::string, std::vector<Symbol>>& all() const { return symbols_; }

 private:
  std::map<std::string, std::vector<Symbol>> symbols_;
};

struct StructField {
  std::string name;
  ir::Type type;
};
struct Struct {
  std::string name;
  std::vector<StructField> fields;
};

struct Globals {
  SymbolTable names;      // types, values and functions
  SymbolTable callables;  // procedures and actions
  SymbolTable locks;
  SymbolTable properties;
  SymbolTable events;
  std::vector<Struct> structs;
};

enum class LocalKind : std::uint8_t { kParam, kOutput, kLet, kBinder, kCreated, kField, kHidden };

struct LocalName {
  std::string name;
  Type type;
  std::vector<ir::VarId> vars;  // one; kRange: lo, hi; kStruct: one for each field
  base::Span span;
  LocalKind kind = LocalKind::kLet;
  bool unwrap = false;  // the variable is optional, the name stands for what is in it
  bool used = false;
  bool assigned = false;
};

/// The names that are visible at one point of a body; inner ones hide outer ones.
class LocalScopes {
 public:
  LocalScopes() { push(); }
  void push() { marks_.push_back(names_.size()); }
  /// Hands every name of the innermost block to `leave`, then forgets it.
  void pop(const std::function<void(const LocalName&)>& leave);
  void add(LocalName name) { names_.push_back(std::move(name)); }
  LocalName* find(std::string_view name);
  std::vector<std::string> names() const;
  const std::vector<LocalName>& all() const { return names_; }

 private:
  std::vector<LocalName> names_;
  std::vector<std::size_t> marks_;
};

/// Which constructs an expression may use.
enum class Place : std::uint8_t {
  kConst,  // constants only
  kFn,     // the current state
  kBody,   // procedures and actions
  kEvent,
  kInvariant,  // one state
  kTwoState,   // before and after, result, exit(label)
  kAssume,     // a law's first state
  kThen,       // a law's end: both states
};

/// The body being elaborated.
struct Frame {
  explicit Frame(Place where) : place(where) {}
  Place place;
  std::vector<ir::Local> locals;  // becomes the callable's
  LocalScopes scopes;
  std::vector<ir::ActionId> actions;  // kTwoState: of which actions exit(label) speaks
  bool warn_shadowing = true;

  ir::VarId new_var(std::string name, const ir::Type& type);
};

/// The candidate that `name` is most likely a misspelling of.
std::optional<std::string> suggest(std::string_view name,
                                   const std::vector<std::string>& candidates);

}  // namespace gms::gen::sema
