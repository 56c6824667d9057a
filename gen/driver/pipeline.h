// The stages of the compiler in a row: text -> tree -> module, and the text of each stage.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "gen/ast/ast.h"
#include "ir/ir.h"

namespace gms::gen {

/// All stages, from the spec with the files it includes and the specs it extends. Nothing comes out
/// after an error. Warnings come only with a module. `shipped`: the folder in which `extends` looks
/// for what is not beside the spec.
std::optional<ir::Module> compile(const std::string& path, base::SourceSet& sources,
                                  base::DiagSink& sink, const std::string& shipped = {});

enum class Stage { kAst, kTypes, kIr, kStepwise };

/// The text of one stage; nothing after an error before it.
std::optional<std::string> dump(const std::string& path, Stage stage, base::SourceSet& sources,
                                base::DiagSink& sink, const std::string& shipped = {});

/// One line for each declaration of the module, with its resolved types; the clauses of actions
/// with their results.
std::string print_types(const ir::Module& module);

}  // namespace gms::gen
