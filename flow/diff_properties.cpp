#include "flow/diff_properties.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "checker/diff/canonical.h"
#include "checker/explore/explore.h"
#include "checker/prove/prove.h"
#include "ir/text/print.h"

namespace gms::flow {
namespace {

using check::Verdict;

const char* word(const std::optional<Verdict>& v) {
  if (!v) return "absent";
  return *v == Verdict::kProved ? "proved" : *v == Verdict::kRefuted ? "refuted" : "unknown";
}

/// By name: what is claimed, and of which actions.
std::map<std::string, std::string> claims(const ir::Module& m) {
  std::map<std::string, std::string> out;
  for (const ir::Property& p : m.properties) {
    std::string text = std::to_string(static_cast<int>(p.kind));
    for (const ir::ActionId a : p.actions)
      text += ' ' + m.actions[a].name;
    if (p.expr != ir::kNoId) text += ' ' + ir::print_expr(m, p.locals, p.expr);
    out[p.name] = text;
  }
  return out;
}

struct Answers {
  std::map<std::string, Verdict> verdicts;
  check::ProveReport report;
};

Answers ask(const diff::Version& side, const std::set<std::string>& names) {
  Answers out;
  check::ProveOptions options;
  for (ir::ParamId p = 0; p < side.values.size(); ++p)
    options.fixed[p] = side.values[p];
  for (const ir::Property& p : side.atomic->properties)
    if (names.count(p.name) > 0) options.properties.push_back(p.name);
  if (options.properties.empty()) return out;
  options.clauses = false;
  out.report = check::prove(*side.atomic, options);
  for (const check::PropertyVerdict& v : out.report.properties)
    out.verdicts[side.atomic->properties[v.property].name] = v.verdict;
  return out;
}

/// The shortest run that was found, a call in a line.
std::vector<std::string> run_of(const diff::Version& side, const std::string& name,
                                const check::ProveReport& report) {
  std::uint32_t property = 0;
  while (side.atomic->properties[property].name != name)
    ++property;
  const check::Obligation* refuted = nullptr;
  for (const check::Obligation& o : report.obligations)
    if (o.property == property && o.verdict == Verdict::kRefuted) refuted = &o;
  check::ExploreOptions options;
  options.valuations = {side.values};
  options.seconds = 10;
  options.max_calls = 400'000;
  const check::Refutation found = check::refute(*side.atomic, property, refuted, nullptr, options);
  std::vector<std::string> lines;
  std::istringstream in(found.run ? check::run_text(*side.atomic, *found.run) : found.text);
  for (std::string one; std::getline(in, one);)
    lines.push_back(one);
  return lines;
}

}  // namespace

void compare_properties(const diff::Version& old, const diff::Version& now, diff::DiffText& text) {
  text.properties_asked = true;
  diff::Canonical old_text(*old.atomic, old.values), new_text(*now.atomic, now.values);
  std::map<std::string, std::string> before;
  for (ir::ActionId a = 0; a < old.atomic->actions.size(); ++a)
    before[old.atomic->actions[a].name] = old_text.action(a);
  std::set<ir::ActionId> changed;
  for (ir::ActionId a = 0; a < now.atomic->actions.size(); ++a) {
    const auto at = before.find(now.atomic->actions[a].name);
    if (at == before.end() || at->second != new_text.action(a)) changed.insert(a);
  }
  const auto old_claims = claims(*old.atomic), new_claims = claims(*now.atomic);
  std::set<std::string> names;
  for (const ir::Property& p : now.atomic->properties) {
    if (p.kind == ir::PropertyKind::kCover || p.kind == ir::PropertyKind::kLemma) continue;
    const auto at = old_claims.find(p.name);
    bool touched = at == old_claims.end() || at->second != new_claims.at(p.name);
    touched = touched || (!changed.empty() && (p.is_invariant() || p.actions.empty()));
    for (const ir::ActionId a : p.actions)
      touched = touched || changed.count(a) > 0;
    if (touched) names.insert(p.name);
  }
  for (const ir::Property& p : old.atomic->properties)
    if (p.kind != ir::PropertyKind::kCover && p.kind != ir::PropertyKind::kLemma &&
        new_claims.count(p.name) == 0)
      names.insert(p.name);
  const Answers a = ask(old, names), b = ask(now, names);
  for (const std::string& name : names) {
    const auto find = [&](const Answers& all) -> std::optional<Verdict> {
      const auto at = all.verdicts.find(name);
      return at == all.verdicts.end() ? std::nullopt : std::optional(at->second);
    };
    const std::optional<Verdict> was = find(a), is = find(b);
    diff::PropertyText p{name, "kept", word(was), word(is), "", {}};
    const auto old_claim = old_claims.find(name), new_claim = new_claims.find(name);
    const bool same_claim = old_claim != old_claims.end() && new_claim != new_claims.end() &&
                            old_claim->second == new_claim->second;
    if (!was) {
      p.change = "new";
    } else if (!is) {
      p.change = "dropped";
    } else if (*was == Verdict::kUnknown || *is == Verdict::kUnknown) {
      p.change = "open";
    } else if (*was != *is) {
      p.change = *is == Verdict::kProved ? "gained" : "lost";
    } else if (!same_claim) {
      p.change = "restated";
    }
    if (p.change == "gained" && !same_claim) p.change = "restated";
    if (p.change == "lost") p.run = run_of(now, name, b.report);
    if (p.change == "restated") p.why = "it says something else now";
    text.properties.push_back(std::move(p));
  }
}

}  // namespace gms::flow
