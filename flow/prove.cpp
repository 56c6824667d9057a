#include "flow/prove.h"

#include <algorithm>
#include <filesystem>

#include "base/file_system.h"
#include "base/progress.h"
#include "base/spelling.h"
#include "checker/conform/messages.h"
#include "checker/conform/valuation.h"
#include "checker/prove/messages.h"

namespace gms::flow {
namespace {

using check::ProveOptions;

/// name=value and quirks -> values of parameters. False after a reported error.
bool fix_parameters(const flow::ProveOptions& options, const ir::Module& m, base::DiagSink& sink,
                    std::map<ir::ParamId, std::uint64_t>& fixed) {
  check::KernelChoice choice{options.spec, {}, options.quirks};
  for (const std::string& text : options.params) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      sink.report(check::diag::bad_option, {}, "--param", text, "name=value");
      return false;
    }
    choice.params.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  const auto values = check::valuations(m, choice, false, sink);
  if (values.empty()) return false;
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const bool given = std::any_of(choice.params.begin(), choice.params.end(),
                                   [&](const auto& one) { return one.first == m.params[p].name; });
    if (given || m.params[p].is_quirk) fixed[p] = values.front()[p];
  }
  return true;
}

/// "for files of any size ...; vm_memory_attributes: both; folio_order = 0"
std::string scope_text(const ir::Module& m, const std::map<ir::ParamId, std::uint64_t>& fixed) {
  std::string out = "the spec's atomic reading, files of any size, any number of objects";
  for (ir::ParamId p = 0; p < m.params.size(); ++p) {
    const ir::Param& param = m.params[p];
    const auto it = fixed.find(p);
    if (param.is_quirk) {
      if (it->second != 0) out += "; quirk " + param.name;
    } else if (it == fixed.end() && param.type.kind != ir::TypeKind::kInt) {
      out += "; " + param.name + ": every value";
    } else {
      const std::uint64_t value = it == fixed.end() ? param.default_value : it->second;
      out += "; " + param.name + " = " +
             (param.type.kind == ir::TypeKind::kBool ? (value != 0 ? "true" : "false")
                                                     : std::to_string(value));
    }
  }
  return out;
}

bool known_properties(const std::vector<std::string>& names, const ir::Module& m,
                      base::DiagSink& sink) {
  bool ok = true;
  for (const std::string& name : names) {
    std::vector<std::string> all;
    for (const ir::Property& p : m.properties)
      all.push_back(p.name);
    if (std::find(all.begin(), all.end(), name) != all.end()) continue;
    sink.report(check::diag::unknown_property, {}, m.name, name);
    ok = false;
  }
  return ok;
}

std::string file_name_of(std::string obligation) {
  for (char& c : obligation)
    if (c == '/' || c == ' ' || c == ';') c = c == '/' ? '.' : '_';
  return obligation + ".smt2";
}

}  // namespace

std::optional<Proofs> prove_spec(const flow::ProveOptions& options, base::SourceSet& sources,
                                 base::DiagSink& sink) {
  Proofs out;
  out.store = std::make_unique<SpecStore>(sources, sink);
  const LoadedSpec* spec = out.store->load(options.spec);
  if (spec == nullptr) return std::nullopt;
  out.module = &spec->module;
  check::ProveOptions prove;
  if (!fix_parameters(options, *out.module, sink, prove.fixed)) return std::nullopt;
  if (!known_properties(options.properties, *out.module, sink)) return std::nullopt;
  prove.properties = options.properties;
  prove.clauses = options.clauses && options.properties.empty();
  prove.z3 = prove.cvc5 = false;
  for (const std::string& solver : options.solvers) {
    const auto version = solver == "z3" ? check::z3_version() : check::program_version(solver);
    if ((solver != "z3" && solver != "cvc5") || !version) {
      sink.report(check::diag::no_solver, {}, solver);
      return std::nullopt;
    }
    (solver == "z3" ? prove.z3 : prove.cvc5) = true;
    out.solvers.push_back(*version);
  }
  if (!options.emit_folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.emit_folder, error);
    if (error) {
      sink.report(check::diag::cannot_emit, {}, options.emit_folder, error.message());
      return std::nullopt;
    }
    prove.emit = [&](const check::Obligation& o, const std::string& text) {
      const auto failed = base::write_file(options.emit_folder + "/" + file_name_of(o.name), text);
      if (failed && !sink.has_errors())
        sink.report(check::diag::cannot_emit, {}, options.emit_folder, *failed);
    };
  }
  base::Progress progress("proving " + out.module->name);
  prove.progress = [&](const std::string& what) { progress.advance(1, what); };
  out.report = check::prove(*out.module, prove);
  out.scope = scope_text(*out.module, prove.fixed);
  if (sink.has_errors()) return std::nullopt;
  return out;
}

}  // namespace gms::flow
