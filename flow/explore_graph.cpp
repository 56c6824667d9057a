#include "flow/explore_graph.h"

#include <unistd.h>

#include <filesystem>

#include "base/file_system.h"
#include "base/messages.h"
#include "base/run_program.h"
#include "gen/backend/messages.h"

namespace gms::flow {
namespace {

namespace diag = gen::backend::diag;

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\l";
    else
      out += c;
  }
  return out + '"';
}

}  // namespace

std::string graph_dot(const Explored& e) {
  const ir::Module& m = *e.module;
  std::string out = "digraph " + in_quotes(m.name) +
                    " {\n  rankdir=TB;\n  node [shape=box, fontname=\"monospace\"];\n";
  for (std::size_t i = 0; i < e.found.seen.size(); ++i) {
    std::string text = check::packed_text(m, e.found.seen[i]);
    for (ir::DomainId d = 0; d < m.domains.size(); ++d)
      if (!e.found.seen[i].live[d].empty() && e.bounds.at_start[d] == 0)
        text =
            m.domains[d].name + ": " + std::to_string(e.found.seen[i].live[d].size()) + '\n' + text;
    if (text.empty()) text = "as at first\n";
    out += "  s" + std::to_string(i) + " [label=" + in_quotes(text) +
           (i == 0 ? ", penwidth=2" : "") + "];\n";
  }
  for (const auto& edge : e.found.edges)
    out += "  s" + std::to_string(edge.from) + " -> s" + std::to_string(edge.to) +
           " [label=" + in_quotes(check::packed_call_text(m, edge.action, edge.clause, edge.args)) +
           "];\n";
  return out + "}\n";
}

bool write_graph(const std::string& path, const Explored& e, base::DiagSink& sink) {
  if (e.found.seen.empty()) {
    sink.report(diag::graph_too_large, {}, e.found.states, kMostGraphStates);
    return false;
  }
  const std::string dot = graph_dot(e);
  const bool svg = path.size() > 4 && path.compare(path.size() - 4, 4, ".svg") == 0;
  std::string target = path;
  if (svg)
    target =
        (std::filesystem::temp_directory_path() / ("gmemspec-" + std::to_string(getpid()) + ".dot"))
            .string();
  if (const auto why = base::write_file(target, dot)) {
    sink.report(base::diag::unwritable_file, {}, target, *why);
    return false;
  }
  if (!svg) return true;
  const auto drawn =
      base::run_program({"dot", "-Tsvg", "-o", path, target}, base::ErrorOutput::kKept);
  std::error_code ignored;
  std::filesystem::remove(target, ignored);
  if (!drawn || drawn->status != 0) {
    sink.report(diag::no_dot, {}, path).with_hint("install graphviz, or write a .dot file");
    return false;
  }
  return true;
}

}  // namespace gms::flow
