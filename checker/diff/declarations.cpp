#include "checker/diff/declarations.h"

#include <algorithm>
#include <map>

#include "ir/type.h"

namespace gms::diff {
namespace {

using namespace ir;

class Declarations {
 public:
  Declarations(const Module& old, const Module& now) : old_(old), now_(now) {}

  std::vector<Finding> run() {
    actions();
    constants();
    params();
    return std::move(out_);
  }

 private:
  void add(RuleId id, std::string subject, std::string detail) {
    Finding f;
    f.rule = id;
    f.level = rule(id).level;
    f.subject = std::move(subject);
    f.detail = std::move(detail);
    out_.push_back(std::move(f));
  }

  template <class T>
  static const T* named(const std::vector<T>& all, const std::string& name) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const T& x) { return x.name == name; });
    return at == all.end() ? nullptr : &*at;
  }

  /// Name to type, as texts.
  static std::map<std::string, std::string> locals(const Module& m, const Action& a,
                                                   const std::vector<VarId>& vars) {
    std::map<std::string, std::string> out;
    for (const VarId v : vars)
      out[a.locals[v].name] = type_text(m, a.locals[v].type);
    return out;
  }
  static std::string without(const std::map<std::string, std::string>& some,
                             const std::map<std::string, std::string>& others) {
    std::string text;
    for (const auto& [name, type] : some)
      if (others.count(name) == 0) text += (text.empty() ? "" : ", ") + name;
    return text;
  }
  void locals_differ(const std::string& action, const std::map<std::string, std::string>& old,
                     const std::map<std::string, std::string>& now, RuleId added, RuleId removed) {
    if (const std::string names = without(now, old); !names.empty()) add(added, action, names);
    if (const std::string names = without(old, now); !names.empty()) add(removed, action, names);
    for (const auto& [name, type] : old) {
      const auto at = now.find(name);
      if (at != now.end() && at->second != type)
        add(RuleId::kTypeChanged, action, name + ": " + type + " became " + at->second);
    }
  }

  void actions() {
    for (const Action& now : now_.actions)
      if (named(old_.actions, now.name) == nullptr) add(RuleId::kActionAdded, now.name, "");
    for (const Action& old : old_.actions) {
      const Action* now = named(now_.actions, old.name);
      if (now == nullptr) {
        add(RuleId::kActionRemoved, old.name, "");
        continue;
      }
      locals_differ(old.name, locals(old_, old, old.params), locals(now_, *now, now->params),
                    RuleId::kArgumentAdded, RuleId::kArgumentRemoved);
      // An output that is an argument as well is listed there.
      const auto only = [](const Action& a) {
        std::vector<VarId> vars;
        for (const VarId v : a.outputs)
          if (std::find(a.params.begin(), a.params.end(), v) == a.params.end()) vars.push_back(v);
        return vars;
      };
      locals_differ(old.name, locals(old_, old, only(old)), locals(now_, *now, only(*now)),
                    RuleId::kOutputAdded, RuleId::kOutputRemoved);
    }
  }

  struct Named {
    std::string type;
    std::uint64_t value = 0;
    std::string text;
  };
  static std::map<std::string, Named> constants_of(const Module& m) {
    std::map<std::string, Named> out;
    for (const Const& c : m.consts)
      out[c.name] = {type_text(m, c.type), c.value, value_text(m, c.type, c.value)};
    for (const Enum& e : m.enums) {
      if (&e == &m.enums.front()) continue;  // Errno, the same in all specs
      for (const EnumMember& member : e.members)
        out[e.name + '.' + member.name] = {e.name, member.value, std::to_string(member.value)};
    }
    // Members of flags are constants, too.
    for (const Enum& e : m.enums)
      if (e.is_flags)
        for (const EnumMember& member : e.members)
          out.erase(member.name);
    return out;
  }
  void constants() {
    const auto old = constants_of(old_), now = constants_of(now_);
    for (const auto& [name, c] : now) {
      const auto at = old.find(name);
      if (at == old.end()) {
        add(RuleId::kConstantAdded, name, c.text);
      } else if (at->second.value != c.value) {
        add(RuleId::kConstantChanged, name, at->second.text + " became " + c.text);
      } else if (at->second.type != c.type) {
        add(RuleId::kTypeChanged, name, at->second.type + " became " + c.type);
      }
    }
    for (const auto& [name, c] : old)
      if (now.count(name) == 0) add(RuleId::kConstantRemoved, name, c.text);
  }

  void params() {
    for (const Param& p : now_.params)
      if (named(old_.params, p.name) == nullptr)
        add(p.is_quirk ? RuleId::kQuirkAdded : RuleId::kParameterAdded, p.name, "");
    for (const Param& p : old_.params)
      if (named(now_.params, p.name) == nullptr)
        add(p.is_quirk ? RuleId::kQuirkRemoved : RuleId::kParameterRemoved, p.name, "");
  }

  const Module &old_, &now_;
  std::vector<Finding> out_;
};

}  // namespace

std::vector<Finding> compare_declarations(const Module& old, const Module& now) {
  return Declarations(old, now).run();
}

}  // namespace gms::diff
