#include "gen/backend/explore/parts.h"
#include "ir/type.h"

namespace gms::gen::explore {
namespace {

using ir::TypeKind;

std::string num(std::uint64_t n) {
  return std::to_string(n);
}

bool touches_handles(const Unit& u, ir::StateId id) {
  const ir::State& state = u.m.states[id];
  const Field& f = u.layout.fields[id];
  if (!f.kept || f.bits == 0) return false;
  bool handles = state.type.kind == TypeKind::kHandle;
  for (const ir::Type& key : state.keys)
    handles = handles || key.kind == TypeKind::kHandle;
  return handles;
}

/// Loops over the points of a function: `i0`, `i1`, ... count from 0, `at` is the point.
std::string loops(const Field& f) {
  std::string out;
  for (std::size_t i = 0; i < f.sizes.size(); ++i) {
    const std::string v = 'i' + num(i);
    out += "for (u64 " + v + " = 0; " + v + " < " + num(f.sizes[i]) + "; ++" + v + ") ";
  }
  return out;
}

std::string point(const Field& f, const std::vector<std::string>& keys) {
  std::string out;
  for (std::size_t i = 0; i < keys.size(); ++i)
    out = out.empty() ? keys[i] : '(' + out + ") * " + num(f.sizes[i]) + " + " + keys[i];
  return out.empty() ? "0" : out;
}

std::vector<std::string> plain_keys(const Field& f) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < f.sizes.size(); ++i)
    keys.push_back('i' + num(i));
  return keys;
}

}  // namespace

bool has_symmetry(const Unit& u) {
  if (!u.b.symmetry) return false;
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d)
    if (u.b.handles[d] >= 2) return true;
  return false;
}

void write_symmetry(const Unit& u, base::TextWriter& out) {
  if (!has_symmetry(u)) return;
  out.blank();
  out.line(
      "/// What is stored at and about each handle, whatever the names of the others: the same");
  out.line("/// for handles that can be exchanged. `marks`: by domain and handle.");
  out.open(
      "inline void mark(const State& s, Marks<Counts>& marks, [[maybe_unused]] const "
      "Marks<Counts>* others) {");
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d) {
    const Pool& pool = u.layout.pools[d];
    if (!pool.created && !pool.destroyed) continue;
    out.line("for (u64 h = 1; h <= ", num(u.b.handles[d]), "; ++h)");
    out.line("  if (live_", u.domains[d], "(s, h)) marks.of[", num(d), "][h] += 0x51ed270b;");
  }
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    if (!touches_handles(u, id)) continue;
    const ir::State& state = u.m.states[id];
    const Field& f = u.layout.fields[id];
    out.open(loops(f) + "{  // " + state.name);
    out.line("const u64 code = F_", u.states[id], "::get(s, ", point(f, plain_keys(f)), ");");
    out.open("if (code != 0) {");
    const bool to_handle = state.type.kind == TypeKind::kHandle;
    std::string what = "mix(" + num(id + 1) + ", " + (to_handle ? "1" : "code") + ')';
    std::vector<std::string> marks;
    for (std::size_t i = 0; i < f.sizes.size(); ++i) {
      if (state.keys[i].kind == TypeKind::kHandle)
        marks.push_back("of[" + num(state.keys[i].decl) + "][i" + num(i) + " + 1]");
      else
        what = "mix(" + what + ", i" + num(i) + ')';
    }
    if (to_handle) marks.push_back("of[" + num(state.type.decl) + "][code]");
    out.line(marks.size() > 1 ? "u64 what = " : "const u64 what = ", what, ";");
    if (marks.size() > 1) {
      std::string all = "what";
      for (const std::string& m : marks)
        all = "mix(" + all + ", others->" + m + ')';
      out.line("if (others != nullptr) what = ", all, ";");
    }
    for (std::size_t i = 0; i < marks.size(); ++i)
      out.line("marks.", marks[i], " += mix(what, ", num(i), ");");
    out.close().close();
  }
  out.close();
  out.blank();
  out.line("/// The state with other names for its handles.");
  out.open("inline State renamed(const State& s, const Names<Counts>& names) {");
  out.line("State r = s;");
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    if (!touches_handles(u, id)) continue;
    const ir::State& state = u.m.states[id];
    const Field& f = u.layout.fields[id];
    out.open(loops(f) + "{  // " + state.name);
    std::string code = "F_" + u.states[id] + "::get(s, " + point(f, plain_keys(f)) + ')';
    if (state.type.kind == TypeKind::kHandle)
      code = "names.of[" + num(state.type.decl) + "][" + code + ']';
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < f.sizes.size(); ++i) {
      const bool handle = state.keys[i].kind == TypeKind::kHandle;
      keys.push_back(handle
                         ? "(names.of[" + num(state.keys[i].decl) + "][i" + num(i) + " + 1] - 1u)"
                         : 'i' + num(i));
    }
    out.line("F_", u.states[id], "::put(r, ", point(f, keys), ", ", code, ");");
    out.close();
  }
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d) {
    const Pool& pool = u.layout.pools[d];
    if (!pool.created && !pool.destroyed) continue;
    out.open("for (u64 h = 1; h <= " + num(u.b.handles[d]) + "; ++h) {");
    out.line("const u64 bit = u64{1} << (", num(pool.live_shift), " + names.of[", num(d),
             "][h] - 1);");
    out.line("u64& word = r.w[", num(pool.word), "];");
    out.line("word = live_", u.domains[d], "(s, h) ? word | bit : word & ~bit;");
    out.close();
  }
  out.line("return r;").close();
  out.blank();
  out.open("struct Symmetry {");
  out.line("using Handles = Counts;");
  std::string links = "false";
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    if (!touches_handles(u, id)) continue;
    std::size_t handles = u.m.states[id].type.kind == TypeKind::kHandle ? 1 : 0;
    for (const ir::Type& key : u.m.states[id].keys)
      handles += key.kind == TypeKind::kHandle ? 1 : 0;
    if (handles > 1) links = "true";
  }
  out.line("static constexpr bool kLinks = ", links, ";  // functions relate handles");
  out.line(
      "static void mark(const State& s, Marks<Counts>& m, const Marks<Counts>* o) { "
      "spec::mark(s, m, o); }");
  out.line(
      "static State renamed(const State& s, const Names<Counts>& n) { return "
      "spec::renamed(s, n); }");
  out.close("};");
  out.line("void canonical(State& s) { explore::make_canonical<Symmetry>(s); }");
}

}  // namespace gms::gen::explore
