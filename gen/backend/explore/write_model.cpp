#include "gen/backend/explore/parts.h"
#include "ir/type.h"

namespace gms::gen::explore {
namespace {

using ir::TypeKind;

std::string num(std::uint64_t n) {
  return std::to_string(n);
}

/// One call of the action for each tuple of arguments.
void write_all_calls(const Unit& u, ir::ActionId a, base::TextWriter& out) {
  const ir::Action& action = u.m.actions[a];
  cpp::Scope scope(std::set<std::string>{"s", "out", "u64", "h"});
  std::string args, recorded;
  std::size_t open = 0;
  out.open("{  // " + action.name);
  for (std::size_t i = 0; i < action.params.size(); ++i) {
    const ir::Type& type = action.locals[action.params[i]].type;
    const std::string v = scope.add(cpp::to_snake(action.locals[action.params[i]].name));
    std::string value = v;
    if (type.kind == TypeKind::kHandle) {
      const Pool& pool = u.layout.pools[type.decl];
      const std::uint64_t n = u.b.handles[type.decl] + (pool.gone_bit ? 1 : 0);
      std::string test;
      if (pool.created || pool.destroyed) test = "named_" + u.domains[type.decl] + "(s, " + v + ')';
      if (type.optional) {
        value = '(' + v + " == 0 ? Opt{} : some(" + v + "))";
        if (!test.empty()) test = v + " == 0 || " + test;
      }
      out.open("for (u64 " + v + " = " + (type.optional ? "0" : "1") + "; " + v + " <= " + num(n) +
               "; ++" + v + ") " + (test.empty() ? "" : "if (" + test + ") ") + '{');
      recorded += (recorded.empty() ? "" : ", ") + (type.optional ? value : "some(" + v + ')');
    } else {
      const auto& values = u.b.values[a][i];
      std::string list;
      for (const auto& one : values)
        list += (list.empty() ? "" : ", ") + u.none_or(type, one);
      const std::string element = Unit::type(type);
      if (values.empty()) {
        u.problems.push_back("no values for the argument " + action.locals[action.params[i]].name +
                             " of " + action.name);
        list = u.zero(type);
      }
      bool row = !type.optional && type.kind != TypeKind::kEnum && type.kind != TypeKind::kBool;
      for (std::size_t k = 0; k < values.size(); ++k)
        row = row && values[k] == values[0].value_or(0) + k;
      if (row && !values.empty())
        out.open("for (u64 " + v + " = " + num(*values[0]) + "u; " + v +
                 " <= " + num(*values.back()) + "u; ++" + v + ") {");
      else
        out.open("for (const " + element + ' ' + v + " : {" + list + "}) {");
      recorded += (recorded.empty() ? "" : ", ") + (type.optional ? v : "some(" + v + ')');
    }
    ++open;
    args += ", " + value;
  }
  out.open("if (out.cx.recording) {");
  out.line("out.call.action = ", num(a), ";");
  out.line("out.call.args = {", recorded, "};");
  out.line("out.cx.created.clear();");
  out.close();
  out.line(u.actions[a], "(s", args, ", out);");
  for (std::size_t i = 0; i < open; ++i)
    out.close();
  out.close();
}

void write_describe(const Unit& u, base::TextWriter& out) {
  out.blank();
  out.line("/// Every point that is not as at first.");
  out.open(
      "void describe([[maybe_unused]] const State& s, [[maybe_unused]] explore::Points& points) {");
  out.line("[[maybe_unused]] Context cx;  // no point is beyond a bound");
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    const Field& f = u.layout.fields[id];
    const ir::State& state = u.m.states[id];
    if (!f.kept || f.bits == 0) continue;
    std::string loops, keys, point;
    for (std::size_t i = 0; i < f.sizes.size(); ++i) {
      const std::string v = 'k' + num(i);
      const bool handle = state.keys[i].kind == TypeKind::kHandle;
      loops += "for (u64 " + v + " = " + (handle ? "1; " : "0; ") + v + (handle ? " <= " : " < ") +
               num(f.sizes[i]) + "; ++" + v + ") ";
      keys += ", " + v;
      point += (point.empty() ? "" : ", ") + v;
    }
    out.open(loops + "{");
    out.line("const ", Unit::type(state.type), " v = get_", u.states[id], "(s", keys,
             f.whole ? ", cx);" : ");");
    out.line("if (!(v == ", u.initial(state), ")) points.point(", num(id), ", {", point, "}, ",
             state.type.optional ? "v" : "some(v)", ");");
    out.close();
  }
  out.close();
}

}  // namespace

void write_model(const Unit& u, base::TextWriter& out) {
  out.blank();
  out.line("/// All calls with all arguments.");
  out.open("void successors([[maybe_unused]] const State& s, [[maybe_unused]] Sink& out) {");
  const bool in_steps = u.b.calls != ir::kNoId;
  for (ir::ActionId a = 0; a < u.m.actions.size(); ++a)
    if (u.b.actions[a] && !(in_steps && u.b.goes_on[a])) write_all_calls(u, a, out);
  if (in_steps) out.line("out.steps_follow();  // of calls that are under way");
  for (ir::ActionId a = 0; a < u.m.actions.size(); ++a)
    if (u.b.actions[a] && in_steps && u.b.goes_on[a]) write_all_calls(u, a, out);
  out.close();
  out.blank();
  out.open("void check([[maybe_unused]] const State& s, [[maybe_unused]] Context& cx) {");
  for (std::size_t i = 0; i < u.layout.checked.size(); ++i) {
    const ir::Property& p = u.m.properties[u.layout.checked[i]];
    if (is_of_calls(p)) continue;
    out.line("if (cx.open[", num(i), "]) cx.judge(", num(i), ", property_", num(i), "(s, cx), ",
             p.kind == ir::PropertyKind::kCover ? "true" : "false", ");  // ", p.name);
  }
  out.close();
  write_describe(u, out);
  out.blank();
  out.open("struct Model : Counts {");
  out.line("using State = spec::State;");
  out.line("static constexpr void (*kCanonical)(State&) = ",
           has_symmetry(u) ? "canonical" : "nullptr", ";");
  const std::size_t count = u.layout.checked.size();
  out.line("static constexpr unsigned kProperties = ", num(count),
           ", kClauses = ", num(u.m.clauses.size()), ";");
  out.line("static constexpr unsigned kReasons = ", num(u.reasons().size()), ";");
  std::string calls, ends;
  for (const std::uint32_t id : u.layout.checked) {
    const ir::Property& p = u.m.properties[id];
    calls += is_of_calls(p) ? "1, " : "0, ";
    ends += p.kind == ir::PropertyKind::kCover || p.expect_refuted ? "0, " : "1, ";
  }
  out.line("/// By property: whether it is of calls; whether the search ends where it is false.");
  out.line("static constexpr unsigned char kOfCalls[] = {", calls, "0};");
  out.line("static constexpr unsigned char kEndsSearch[] = {", ends, "1};");
  out.open("static State first() {");
  out.line("State s{};");
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d) {
    const Pool& pool = u.layout.pools[d];
    if ((!pool.created && !pool.destroyed) || u.b.at_start[d] == 0) continue;
    out.line("s.w[", num(pool.word), "] |= ones(", num(u.b.at_start[d]), ") << ",
             num(pool.live_shift), ";");
  }
  out.line("return s;").close();
  out.line("static void successors(const State& s, Sink& out) { spec::successors(s, out); }");
  out.line("static void check(const State& s, Context& cx) { spec::check(s, cx); }");
  out.line("static void describe(const State& s, explore::Points& p) { spec::describe(s, p); }");
  out.open("static bool is_live(const State& s, unsigned domain, u64 h) {");
  out.open("switch (domain) {");
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d)
    out.line("case ", num(d), ": return live_", u.domains[d], "(s, h);");
  out.line("default: return false;");
  out.close().close();
  out.line("/// It is a deadlock if what follows changes nothing.");
  out.open("static bool has_to_go_on([[maybe_unused]] const State& s) {");
  if (in_steps) {
    out.line("for (u64 h = 1; h <= ", num(u.b.handles[u.b.calls]), "; ++h)");
    out.line("  if (live_", u.domains[u.b.calls], "(s, h)) return true;");
  }
  out.line("return ", in_steps ? "false" : "true", ";").close();
  out.close("};");
}

}  // namespace gms::gen::explore
