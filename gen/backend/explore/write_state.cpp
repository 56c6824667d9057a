#include "gen/backend/explore/parts.h"
#include "ir/type.h"

namespace gms::gen::explore {
namespace {

using ir::TypeKind;

std::string num(std::uint64_t n) {
  return std::to_string(n);
}

/// The point's number from variables k0, k1, ...; handles count from 1.
std::string point(const ir::State& state, const Field& f) {
  std::string out;
  for (std::size_t i = 0; i < f.sizes.size(); ++i) {
    std::string key = 'k' + num(i);
    if (state.keys[i].kind == TypeKind::kHandle) key = '(' + key + " - 1)";
    out = out.empty() ? key : '(' + out + ") * " + num(f.sizes[i]) + " + " + key;
  }
  return out.empty() ? "0" : out;
}

std::string params(const ir::State& state) {
  std::string out;
  for (std::size_t i = 0; i < state.keys.size(); ++i)
    out += ", u64 k" + num(i);
  return out;
}

void write_get(const Unit& u, ir::StateId id, base::TextWriter& out) {
  const ir::State& state = u.m.states[id];
  const Field& f = u.layout.fields[id];
  out.open("inline " + Unit::type(state.type) + " get_" + u.states[id] +
           "([[maybe_unused]] const State& s" + params(state) +
           (f.whole ? ", [[maybe_unused]] Context& cx" : "") + ") {");
  for (std::size_t i = 0; i < f.sizes.size(); ++i) {
    const std::string key = 'k' + num(i);
    const bool all = state.keys[i].kind == TypeKind::kBool || state.keys[i].kind == TypeKind::kEnum;
    if (state.keys[i].kind == TypeKind::kHandle)
      out.line("if (", key, " - 1 >= ", num(f.sizes[i]), ") return ", u.initial(state), ";");
    else if (!all)
      out.line("if (", key, " >= ", num(f.sizes[i]), ") ",
               f.whole
                   ? "{ cx.cut(" + num(u.reason("a look at " + state.name + " beyond the bound")) +
                         "); return " + u.initial(state) + "; }"
                   : "return " + u.initial(state) + ";");
  }
  if (f.bits == 0) {
    out.line("return ", u.initial(state), ";").close();
    return;
  }
  out.line("u64 code = F_", u.states[id], "::get(s, ", point(state, f), ")",
           f.initial != 0 ? " ^ " + num(f.initial) : "", ";");
  if (f.optional) {
    out.line("if (code == 0) return Opt{};");
    if (f.coding != Coding::kHandle) out.line("--code;");
  }
  std::string value = "code";
  if (f.coding == Coding::kBool && !f.optional) value = "code != 0";
  if (f.coding == Coding::kListed) {
    std::string list;
    for (const std::uint64_t v : f.listed)
      list += (list.empty() ? "" : ", ") + num(v) + 'u';
    out.line("static constexpr u64 kListed[] = {", list, "};");
    value = "kListed[code]";
  }
  out.line("return ", f.optional ? "some(" + value + ')' : value, ";").close();
}

void write_set(const Unit& u, ir::StateId id, base::TextWriter& out) {
  const ir::State& state = u.m.states[id];
  const Field& f = u.layout.fields[id];
  out.open("inline void set_" + u.states[id] + "([[maybe_unused]] State& s" + params(state) + ", " +
           Unit::type(state.type) + " v, [[maybe_unused]] Context& cx) {");
  std::string beyond;
  for (std::size_t i = 0; i < f.sizes.size(); ++i) {
    const ir::Type& key = state.keys[i];
    const std::string k = 'k' + num(i);
    if (key.kind == TypeKind::kHandle)
      out.line("if (!live_", u.domains[key.decl], "(s, ", k, ")) return;");
    if (key.kind == TypeKind::kIndex)
      beyond = "a write of " + state.name + " at a " + u.m.index_sorts[key.decl].name +
               " beyond the bound";
    if (key.kind == TypeKind::kInt && f.sizes[i] <= ir::mask_of(key.width))
      beyond = "a write of " + state.name + " at a number beyond the bound";
    if (key.kind == TypeKind::kIndex || key.kind == TypeKind::kInt) {
      out.open("if (" + k + " >= " + num(f.sizes[i]) + ") {");
      out.line("if (!(v == ", u.initial(state), ")) cx.cut(",
               num(u.reason(beyond.empty() ? state.name : beyond)), ");");
      out.line("return;").close();
    }
  }
  const std::string cut = "{ cx.cut(" +
                          num(u.reason("a value that " + state.name + " has no room for")) +
                          "); return; }";
  const std::string v = f.optional ? "v.v" : "v";
  std::string code = v;
  std::string guard = f.optional ? "v.has && " : "";
  switch (f.coding) {
    case Coding::kBool:
    case Coding::kMember: break;
    case Coding::kHandle:
      out.line("if (", guard, v, f.optional ? " - 1 >= " : " > ",
               num(f.optional ? f.codes : f.codes - 1), ") ", cut);
      if (f.optional) code = "v.v - 1";
      break;
    case Coding::kIndex: out.line("if (", guard, v, " > ", num(f.codes - 1), ") ", cut); break;
    case Coding::kNumber:
      if (f.codes - 1 < ir::mask_of(state.type.width))
        out.line("if (", guard, v, " > ", num(f.codes - 1), ") ", cut);
      break;
    case Coding::kListed:
      out.line("u64 c = 0;");
      out.open("switch (" + v + ") {");
      for (std::size_t i = 0; i < f.listed.size(); ++i)
        out.line("case ", num(f.listed[i]), "u: c = ", num(i), "; break;");
      out.line("default: if (", f.optional ? "v.has" : "true", ") ", cut).close();
      code = "c";
      break;
  }
  if (f.bits == 0) {
    out.close();
    return;
  }
  if (f.optional) code = "v.has ? u64{" + code + "} + 1 : 0";
  out.line("const u64 code = ", code, ";");
  out.line("F_", u.states[id], "::put(s, ", point(state, f), ", code",
           f.initial != 0 ? " ^ " + num(f.initial) : "", ");");
  out.close();
}

void write_domain(const Unit& u, ir::DomainId d, base::TextWriter& out) {
  const Pool& pool = u.layout.pools[d];
  const std::string& name = u.domains[d];
  const std::uint64_t n = u.b.handles[d];
  const bool fixed = !pool.created && !pool.destroyed;
  if (fixed) {
    out.line("inline bool live_", name, "(const State&, u64 h) { return h - 1 < ", num(n), "; }");
    out.line("inline u64 count_", name, "(const State&) { return ", num(n), "; }");
    return;
  }
  const std::string bits = "s.w[" + num(pool.word) + ']';
  out.line("inline bool live_", name, "(const State& s, u64 h) { return h - 1 < ", num(n), " && (",
           bits, " >> (", num(pool.live_shift), " + h - 1) & 1) != 0; }");
  if (pool.gone_bit)
    out.line("inline bool gone_", name, "(const State& s) { return (", bits, " >> ",
             num(pool.gone_shift), " & 1) != 0; }");
  out.line("inline u64 count_", name, "(const State& s) { return u64(__builtin_popcountll(", bits,
           " >> ", num(pool.live_shift), " & ones(", num(n), "))); }");
}

void write_create(const Unit& u, ir::DomainId d, base::TextWriter& out) {
  const Pool& pool = u.layout.pools[d];
  const std::string& name = u.domains[d];
  const std::uint64_t n = u.b.handles[d];
  const std::string bits = "s.w[" + num(pool.word) + ']';
  out.open("inline u64 nth_" + name + "(const State& s, u64 n) {");
  out.line("for (u64 h = 1;; ++h)");
  out.line("  if (live_", name, "(s, h) && n-- == 0) return h;").close();
  if (pool.destroyed) {
    out.line("/// Some function holds the handle, live or not.");
    out.open("inline bool referenced_" + name +
             "([[maybe_unused]] const State& s, [[maybe_unused]] u64 h) {");
    for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
      const Field& f = u.layout.fields[id];
      const ir::Type& type = u.m.states[id].type;
      if (!f.kept || f.bits == 0 || type.kind != TypeKind::kHandle || type.decl != d) continue;
      out.line("for (u64 i = 0; i < ", num(f.points), "; ++i)");
      out.line("  if (F_", u.states[id], "::get(s, i) == h) return true;");
    }
    out.line("return false;").close();
  }
  out.line("/// What a caller can name: what is live, and what is gone.");
  out.open("inline bool named_" + name + "(const State& s, u64 h) {");
  if (pool.gone_bit)
    out.line("return live_", name, "(s, h) || (h > ", num(n), " ? gone_", name, "(s) : referenced_",
             name, "(s, h));");
  else
    out.line("return live_", name, "(s, h);");
  out.close();
  if (pool.created) {
    out.open("inline u64 create_" + name +
             "(State& s, [[maybe_unused]] const State& before, Context& cx) {");
    out.open("for (u64 h = 1; h <= " + num(n) + "; ++h) {");
    out.line("if (live_", name, "(s, h)) continue;");
    if (pool.destroyed)
      out.line("if ((cx.used[", num(d), "] >> h & 1) != 0 || live_", name,
               "(before, h) || referenced_", name, "(before, h)) continue;");
    out.line(bits, " |= u64{1} << (", num(pool.live_shift), " + h - 1);");
    out.line("cx.used[", num(d), "] |= u64{1} << h;");
    out.line("if (cx.recording) cx.created.push_back({", num(d), ", h});");
    out.line("return h;").close();
    out.line("cx.cut(", num(u.reason("more objects of " + u.m.domains[d].name)), ");");
    out.line("return 0;").close();
  }
  if (pool.destroyed) {
    out.open("inline void destroy_" + name + "(State& s, u64 h, Context&) {");
    out.line("if (!live_", name, "(s, h)) return;");
    out.line(bits, " &= ~(u64{1} << (", num(pool.live_shift), " + h - 1));");
    if (pool.gone_bit) out.line(bits, " |= u64{1} << ", num(pool.gone_shift), ";");
    for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
      const ir::State& state = u.m.states[id];
      const Field& f = u.layout.fields[id];
      if (!f.kept || f.bits == 0) continue;
      for (std::size_t key = 0; key < state.keys.size(); ++key) {
        const ir::Type& type = state.keys[key];
        if (type.kind != TypeKind::kHandle || type.decl != d) continue;
        std::uint64_t inner = 1, outer = 1;
        for (std::size_t i = 0; i < f.sizes.size(); ++i) {
          if (i < key) outer *= f.sizes[i];
          if (i > key) inner *= f.sizes[i];
        }
        out.line("for (u64 i = 0; i < ", num(outer), "; ++i)");
        out.line("  for (u64 j = 0; j < ", num(inner), "; ++j)");
        out.line("    F_", u.states[id], "::put(s, (i * ", num(f.sizes[key]), " + h - 1) * ",
                 num(inner), " + j, 0);");
      }
    }
    out.close();
  }
}

}  // namespace

void write_state(const Unit& u, base::TextWriter& out) {
  for (std::size_t e = 0; e < u.m.enums.size(); ++e) {
    const ir::Enum& one = u.m.enums[e];
    if (one.members.empty()) continue;
    std::string list;
    for (const ir::EnumMember& member : one.members)
      list += (list.empty() ? "" : ", ") + num(member.value) + 'u';
    out.line("[[maybe_unused]] constexpr u64 ", u.enums[e], "[] = {", list, "};");
  }
  out.blank();
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    const Field& f = u.layout.fields[id];
    const ir::State& state = u.m.states[id];
    std::string keys;
    for (const ir::Type& key : state.keys)
      keys += (keys.empty() ? "" : ", ") + ir::type_text(u.m, key);
    const std::string head =
        "// " + state.name + " : [" + keys + "] -> " + ir::type_text(u.m, state.type);
    if (!f.kept) {
      out.line(head, "; left out: ", f.why_not);
      continue;
    }
    out.line(head, f.bits == 0 ? "; always as at first" : "");
    if (f.bits == 0) continue;
    out.line("using F_", u.states[id], " = Field<", num(f.word), ", ", num(f.shift), ", ",
             num(f.bits), ", ", num(f.per_word), ">;");
  }
  out.blank();
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d)
    write_domain(u, d, out);
  for (ir::StateId id = 0; id < u.m.states.size(); ++id) {
    if (!u.layout.fields[id].kept) continue;
    out.blank();
    write_get(u, id, out);
    write_set(u, id, out);
  }
  for (ir::DomainId d = 0; d < u.m.domains.size(); ++d) {
    out.blank();
    write_create(u, d, out);
  }
}

}  // namespace gms::gen::explore
