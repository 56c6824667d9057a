// What all parts of elaboration share: the tree that is read, the module that is written, the
// tables of names, and the sink of messages.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "gen/ast/ast.h"
#include "gen/sema/builder.h"
#include "gen/sema/messages.h"
#include "gen/sema/scope.h"
#include "ir/ir.h"

namespace gms::gen::sema {

/// Declarations are elaborated when their first user needs them, so that their order in the file
/// does not matter. Each function answers kNoId or nothing after a reported error or a cycle.
class OnDemand {
 public:
  virtual ~OnDemand() = default;
  virtual std::optional<ir::Const> constant(std::uint32_t item, base::Span user) = 0;
  virtual ir::FnId function(std::uint32_t item, base::Span user) = 0;
  virtual ir::ProcId procedure(std::uint32_t item, base::Span user) = 0;
};

/// The parameters of a function, procedure or action as they were declared.
struct Signature {
  struct Param {
    std::string name;
    Type type;
    base::Span span;
  };
  std::string name;
  std::vector<Param> params;
  base::Span span;
};

struct Context {
  Context(const ast::File& tree, ir::Module& result, base::DiagSink& sink)
      : file(tree), module(result), diags(sink), build(result) {}

  const ast::File& file;
  ir::Module& module;
  base::DiagSink& diags;
  Builder build;
  Globals globals;
  OnDemand* on_demand = nullptr;
  std::deque<Signature> fns, procs, actions;  // by the ids of the module; stable while they grow
  /// What properties on an action may name: its parameters, outputs and lets.
  std::vector<std::vector<LocalName>> action_names;
  struct AnyWrite {
    ir::StateId state;
    base::Span span;
  };
  std::vector<AnyWrite> any_writes;  // `f[..] = any`: f must turn out to decide nothing

  std::string name_of(const ir::Type& type) const { return ir::type_text(module, type); }
  std::string name_of(const Type& type) const;

  /// A warning waits: after an error it would be noise, so it is reported only if there is none.
  template <int kArgs, typename... Args>
  base::Diagnostic& warn(const base::Message<kArgs>& message, base::Span span,
                         const Args&... args) {
    return warnings.emplace_back(base::make_diagnostic(message, span, args...));
  }
  std::deque<base::Diagnostic> warnings;

  /// Declared, but what they are is wrong and reported: uses of them are poison.
  std::set<ir::StateId> bad_states;
  std::set<ir::ParamId> bad_params;

  /// The type that is written there; poison after an error.
  Type resolve(const ast::TypeRef& ref);
  /// The same for names without `?` and `range`: domains, enums, integers, index sorts.
  std::optional<ir::Type> resolve_scalar(const ast::Name& name);

  /// Reports a name that is declared nowhere, with what was probably meant.
  void report_unknown(const base::Message<1>& message, const ast::Name& name,
                      const std::vector<std::string>& candidates);
};

}  // namespace gms::gen::sema
