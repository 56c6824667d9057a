// Whether declarations are well-formed: names, types, keys, signatures.
#include "ir/text/words.h"
#include "ir/verifier.h"

namespace gms::ir {

void Verifier::names(std::string_view what,
                     const std::vector<std::pair<std::string, base::Span>>& all) {
  std::unordered_set<std::string> seen;
  for (const auto& [name, span] : all) {
    if (!is_plain_name(name)) report(what, span, "'" + name + "' is not a name");
    if (!seen.insert(name).second) report(what, span, "'" + name + "' is declared twice");
  }
}

bool Verifier::sound(const Type& t) const {
  switch (t.kind) {
    case TypeKind::kBool: return value_of(t) == bool_type();
    case TypeKind::kInt: return t.width >= 1 && t.width <= 64 && t.decl == kNoId;
    case TypeKind::kEnum:
      return t.decl < m_.enums.size() && !m_.enums[t.decl].is_flags &&
             value_of(t) == enum_type(m_, t.decl);
    case TypeKind::kHandle: return t.decl < m_.domains.size() && value_of(t) == handle_type(t.decl);
    case TypeKind::kIndex:
      return t.decl < m_.index_sorts.size() && value_of(t) == index_type(m_, t.decl);
  }
  return false;
}

void Verifier::state(const State& s) {
  const std::string where = "state " + s.name;
  if (!sound(s.type)) return report(where, s.span, "a type that does not exist");
  int stage = 0;  // 0 handles, 1 indices, 2 scalars
  unsigned handles = 0, bits = 0;
  for (const Type& key : s.keys) {
    if (!sound(key) || key.optional) return report(where, s.span, "a key of a strange type");
    int kind = 2;
    if (key.kind == TypeKind::kHandle) {
      kind = 0;
      ++handles;
    } else {
      bits += key.width;
      if (key.kind == TypeKind::kIndex) kind = 1;
    }
    if (kind < stage) {
      return report(where, s.span, "keys are handles, then indices, then small scalars");
    }
    stage = kind;
  }
  if (handles > 4) report(where, s.span, "more than 4 handles as keys");
  if (s.keys.size() - handles > 8) report(where, s.span, "more than 8 indices and scalars as keys");
  if (bits > 64) report(where, s.span, "indices and scalars of more than 64 bits as keys");
  if (s.initial_none ? !s.type.optional : !is_value_of(m_, s.type, s.initial)) {
    report(where, s.span, "an initial value that is none of its type");
  }
  if (!s.initial_none && s.type.kind == TypeKind::kHandle && s.initial != 0) {
    report(where, s.span, "an initial value that is a handle");
  }
}

void Verifier::locals_of(std::string_view where, const std::vector<Local>& locals) {
  for (const Local& local : locals) {
    if (!sound(local.type)) report(where, {}, "the local '" + local.name + "' has a strange type");
  }
}

void Verifier::declarations() {
  std::vector<std::pair<std::string, base::Span>> list;
  const auto check = [&](std::string_view what, const auto& items) {
    list.clear();
    for (const auto& item : items)
      list.emplace_back(item.name, item.span);
    names(what, list);
  };
  check("parameters", m_.params);
  check("locks", m_.locks);
  check("states", m_.states);
  check("functions", m_.fns);
  check("procedures", m_.procs);
  check("actions", m_.actions);
  check("properties", m_.properties);
  // One space of type names.
  list = {{"bool", {}}};
  for (unsigned i = 1; i <= 64; ++i) {
    list.emplace_back("u" + std::to_string(i), base::Span{});
    list.emplace_back("i" + std::to_string(i), base::Span{});
  }
  for (const Enum& e : m_.enums)
    list.emplace_back(e.name, e.span);
  for (const Domain& d : m_.domains)
    list.emplace_back(d.name, d.span);
  for (const IndexSort& s : m_.index_sorts)
    list.emplace_back(s.name, s.span);
  names("types", list);

  for (const Enum& e : m_.enums) {
    list.clear();
    std::unordered_set<std::uint64_t> values;
    for (const EnumMember& member : e.members) {
      list.emplace_back(member.name, e.span);
      if (!values.insert(member.value).second && !e.is_flags) {
        report("enum " + e.name, e.span, "two members have one value");
      }
    }
    names("enum " + e.name, list);
    if (e.members.empty()) report("enum " + e.name, e.span, "no members");
  }
  if (m_.enums.empty() || m_.enums[0].is_flags || find_member(m_.enums[0], 0) == nullptr ||
      find_member(m_.enums[0], 0)->name != "ok") {
    report("enums", {}, "the first is not that of results, with ok = 0");
  }
  for (const IndexSort& s : m_.index_sorts) {
    if (s.width < 1 || s.width > 64) report("index " + s.name, s.span, "a strange width");
  }
  for (const Const& c : m_.consts) {
    if (!sound(c.type) || c.type.optional || !is_value_of(m_, c.type, c.value)) {
      report("const " + c.name, c.span, "no value of its type");
    }
  }
  for (const Param& p : m_.params) {
    const bool kind = sound(p.type) && !p.type.optional && p.type.kind != TypeKind::kHandle &&
                      p.type.kind != TypeKind::kIndex;
    if (!kind || (p.is_quirk && !is_bool(p.type))) {
      report("param " + p.name, p.span, "a strange type");
      continue;
    }
    bool ok = is_value_of(m_, p.type, p.default_value);
    for (std::uint64_t value : p.values)
      ok = ok && is_value_of(m_, p.type, value);
    if (!ok) report("param " + p.name, p.span, "a value that is none of its type");
  }
  for (const Lock& l : m_.locks) {
    for (const Type& key : l.keys) {
      if (!sound(key) || key.optional) report("lock " + l.name, l.span, "a strange key");
    }
  }
  for (const State& s : m_.states)
    state(s);

  std::unordered_set<std::string> labels;
  for (const Clause& c : m_.clauses) {
    const bool in_action = c.action < m_.actions.size() && c.proc == kNoId;
    const bool in_proc = c.action == kNoId && c.proc < m_.procs.size();
    if (!in_action && !in_proc) {
      report("clause " + c.label, c.span, "it belongs to no action or procedure");
      continue;
    }
    const std::string owner =
        in_action ? "a" + std::to_string(c.action) : "p" + std::to_string(c.proc);
    if (!labels.insert(owner + "." + c.label).second) {
      report("clause " + c.label, c.span, "its label is not unique");
    }
    if (m_.enums.empty() || find_member(m_.enums[0], c.result) == nullptr) {
      report("clause " + c.label, c.span, "its result is no member of the enum of results");
    }
  }
  const auto signature = [&](std::string_view kind, const Callable& c) {
    const std::string where = std::string(kind) + " " + c.name;
    locals_of(where, c.locals);
    if (!vars_ok(c.locals, c.params) || !vars_ok(c.locals, c.outputs)) {
      report(where, c.span, "parameters or outputs that are no locals, or twice");
    }
  };
  for (const Callable& c : m_.fns)
    signature("fn", c);
  for (const Callable& c : m_.procs)
    signature("procedure", c);
  for (const Action& a : m_.actions)
    signature("action", a);
  for (const Property& p : m_.properties)
    locals_of("property " + p.name, p.locals);
  for (const Event& e : m_.events)
    locals_of("event " + e.op, e.locals);
}

}  // namespace gms::ir
