// The lock of checker/tests/lock.gir, and judging a trace that a test writes down.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file_system.h"
#include "checker/conform/explain.h"
#include "checker/conform/interp_engine.h"
#include "checker/conform/trace_run.h"
#include "ir/atomic.h"
#include "ir/text/parse.h"
#include "ir/verify.h"

namespace gms::check::testing {

inline ir::Module load_gir(const std::string& path) {
  base::SourceSet sources;
  base::DiagSink sink;
  base::ReadResult read = base::read_file(path);
  if (!read.text) {
    ADD_FAILURE() << path << ": " << read.error;
    return {};
  }
  const base::FileId file = sources.add(path, *read.text);
  std::optional<ir::Module> module = ir::parse(*read.text, file, sink);
  if (!module || !ir::verify(*module, sink)) {
    for (const base::Diagnostic& one : sink.sorted())
      ADD_FAILURE() << path << " at " << one.span.begin << ": " << one.message();
    return {};
  }
  return ir::to_atomic(*module);
}

struct Lock {
  ir::Module module = load_gir("checker/tests/lock.gir");
  EventTable table = std::get<EventTable>(EventTable::make(module));
  EngineFactory engines = interpreter_engines();
  NameTable names;

  SpecAtHand at_hand() const { return {&table, engines}; }

  TraceRun judge(const std::vector<std::string>& lines, JudgeOptions options = {}) {
    if (options.valuations.empty()) options.valuations = {default_valuation(module)};
    input = {"t.jsonl", ""};
    for (const std::string& line : lines)
      *input.bytes += line + '\n';
    return judge_trace(input, table, names, engines, std::move(options));
  }
  TraceInput input;

  std::string clause(ir::ClauseId id) const { return module.clauses[id].label; }
};

inline std::string spawn(const std::string& name) {
  return R"({"op":"spawn","thread":")" + name + "\"}";
}
/// An op on a thread with an errno ("" is null).
inline std::string call(const std::string& op, const std::string& name,
                        const std::string& error = "") {
  return R"({"op":")" + op + R"(","thread":")" + name + R"(","errno":)" +
         (error.empty() ? "null" : '"' + error + '"') + '}';
}

}  // namespace gms::check::testing
