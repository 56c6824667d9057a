#include "gen/backend/explore/emit.h"

#include <algorithm>

#include "gen/backend/explore/parts.h"

namespace gms::gen::explore {
namespace {

std::string num(std::uint64_t n) {
  return std::to_string(n);
}

void write_counts(const Unit& u, base::TextWriter& out) {
  std::string list;
  std::uint64_t most = 1;
  for (const std::uint32_t n : u.b.handles) {
    list += num(n) + ", ";
    most = std::max<std::uint64_t>(most, n);
  }
  out.line("/// The handles of each domain.");
  out.open("struct Counts {");
  out.line("static constexpr unsigned kDomains = ", num(u.m.domains.size()),
           ", kMost = ", num(most), ";");
  out.line("static constexpr u64 kHandles[] = {", list, "0};");
  out.close("};");
}

}  // namespace

Emitted emit(const ir::Module& module, const Bounds& bounds, const Places& places) {
  const Unit unit(module, bounds);
  Emitted out;
  out.layout = unit.layout;
  out.problems = unit.problems;
  if (!out.problems.empty()) return out;
  base::TextWriter text;
  text.line("// All states of ", module.name, " within bounds. Written by gmemspec explore.");
  text.line("#include \"model/explore_rt/report.h\"");
  text.line("#include \"model/explore_rt/symmetry.h\"");
  text.blank();
  text.line("namespace spec {");
  text.line("namespace explore = gms::explore;");
  text.line("using namespace gms::explore;");
  text.line("using State = Words<", num(unit.layout.words), ">;  // ", num(unit.layout.bits),
            " bits");
  text.line("using Sink = Out<State>;");
  text.blank();
  write_counts(unit, text);
  text.blank();
  write_state(unit, text);
  write_symmetry(unit, text);
  write_calls(unit, places, text);
  write_model(unit, text);
  text.blank();
  text.line("}  // namespace spec");
  text.blank();
  text.line("int main(int argc, char** argv) {");
  text.line("  return gms::explore::run<spec::Model>(argc, argv);");
  text.line("}");
  out.text = text.take();
  out.reasons = unit.reasons();
  out.problems = unit.problems;
  return out;
}

}  // namespace gms::gen::explore
