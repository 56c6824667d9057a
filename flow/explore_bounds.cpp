#include "flow/explore_bounds.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "checker/conform/messages.h"
#include "checker/explore/arg_pool.h"
#include "checker/prove/messages.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::flow {
namespace {

using gen::explore::Bounds;
using Values = std::vector<std::optional<std::uint64_t>>;

template <class Row>
std::optional<std::uint32_t> find(const std::vector<Row>& rows, std::string_view name) {
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    if (rows[i].name == name) return i;
  return std::nullopt;
}

/// "NAME=TEXT"
std::optional<std::pair<std::string, std::string>> split(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) return std::nullopt;
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

std::optional<std::uint64_t> number(const std::string& text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

class Reader {
 public:
  Reader(const ExploreOptions& options, const ir::Module& module, const check::Valuation& valuation,
         std::uint32_t handles, base::DiagSink& sink)
      : o_(options), m_(module), default_handles_(handles), sink_(sink), pools_(module) {
    b_.params = valuation;
    b_.symmetry = options.symmetry;
  }

  std::optional<Bounds> read() {
    b_.handles.assign(m_.domains.size(), default_handles_);
    b_.at_start.assign(m_.domains.size(), 0);
    b_.sorts.assign(m_.index_sorts.size(), kDefaultIndices);
    b_.largest.resize(m_.states.size());
    read_only();
    for (const std::string& text : o_.bounds)
      bound(text);
    // What nothing creates is there from the start.
    const std::vector<bool> ever = created_by(std::vector<bool>(m_.actions.size(), true));
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      if (!ever[d]) b_.at_start[d] = b_.handles[d];
    for (const std::string& text : o_.start)
      start(text);
    const std::vector<bool> created = created_by(b_.actions);
    for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
      if (!created[d]) b_.handles[d] = b_.at_start[d];
    read_properties();
    default_values();
    for (const std::string& text : o_.values)
      given_values(text);
    if (bad_) return std::nullopt;
    return std::move(b_);
  }

 private:
  void refuse(const char* option, const std::string& text, const std::string& expected) {
    sink_.report(check::diag::bad_option, {}, option, text, expected);
    bad_ = true;
  }

  void read_only() {
    b_.actions.assign(m_.actions.size(), o_.only.empty());
    for (const std::string& name : o_.only) {
      bool found = false;
      for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
        const std::string& action = m_.actions[a].name;
        if (action != name && action.rfind(name + '.', 0) != 0) continue;  // or one of its steps
        b_.actions[a] = found = true;
      }
      if (!found) refuse("--only", name, "an action of the spec");
    }
  }

  void bound(const std::string& text) {
    const auto parts = split(text);
    const auto n = parts ? number(parts->second) : std::nullopt;
    if (!n)
      return refuse("--bound", text,
                    "a domain, an index sort or an integer function, =, and a number");
    const std::string& name = parts->first;
    if (const auto d = find(m_.domains, name)) {
      if (*n > 62) return refuse("--bound", text, "at most 62 objects");
      b_.handles[*d] = static_cast<std::uint32_t>(*n);
      return;
    }
    if (const auto s = find(m_.index_sorts, name)) {
      if (*n == 0 || *n > 4096) return refuse("--bound", text, "1 to 4096 values");
      b_.sorts[*s] = *n;
      return;
    }
    const auto s = find(m_.states, name);
    if (s && m_.states[*s].type.kind == ir::TypeKind::kInt) {
      b_.largest[*s] = *n;
      return;
    }
    refuse("--bound", text, "a domain, an index sort or an integer function of the spec");
  }

  void start(const std::string& text) {
    const auto parts = split(text);
    const auto n = parts ? number(parts->second) : std::nullopt;
    const auto d = parts ? find(m_.domains, parts->first) : std::nullopt;
    if (!n || !d || *n > 62)
      return refuse("--start", text, "a domain of the spec, =, and a number");
    b_.at_start[*d] = static_cast<std::uint32_t>(*n);
    b_.handles[*d] = std::max(b_.handles[*d], b_.at_start[*d]);
  }

  /// By domain: whether one of the actions creates its objects.
  std::vector<bool> created_by(const std::vector<bool>& actions) const {
    std::vector<bool> created(m_.domains.size(), false);
    const std::function<void(const ir::Callable&)> look = [&](const ir::Callable& one) {
      ir::for_each_stmt(m_, one.body, [&](ir::StmtId, const ir::Stmt& stmt) {
        if (const auto* create = std::get_if<ir::Create>(&stmt.node))
          created[one.locals[create->var].type.decl] = true;
        if (const auto* call = std::get_if<ir::Call>(&stmt.node)) look(m_.procs[call->proc]);
      });
    };
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a)
      if (actions[a]) look(m_.actions[a]);
    return created;
  }

  void read_properties() {
    for (std::uint32_t p = 0; p < m_.properties.size(); ++p) {
      const bool named = std::find(o_.properties.begin(), o_.properties.end(),
                                   m_.properties[p].name) != o_.properties.end();
      if (o_.properties.empty() || named) b_.properties.push_back(p);
    }
    for (const std::string& name : o_.properties) {
      if (find(m_.properties, name)) continue;
      sink_.report(check::diag::unknown_property, {}, m_.name, name);
      bad_ = true;
    }
  }

  // ---- Values of arguments ----

  bool reads_quiet_state(ir::ExprId id) const {
    if (id == ir::kNoId) return false;
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kState && m_.states[e.ref].observe_only) return true;
    if (e.op == ir::Op::kCall && reads_quiet_state(m_.fns[e.ref].expr)) return true;
    bool any = false;
    ir::for_each_operand(m_, e, [&](ir::ExprId arg) { any = any || reads_quiet_state(arg); });
    return any;
  }

  Values numbers(const check::ParamPool& pool, unsigned width) const {
    Values out;
    const auto add = [&](std::uint64_t v) {
      v &= ir::mask_of(width);
      if (std::find(out.begin(), out.end(), v) == out.end()) out.emplace_back(v);
    };
    if (width <= 2) {
      for (std::uint64_t v = 0; v <= ir::mask_of(width); ++v)
        add(v);
      return out;
    }
    if (pool.unit > 1) {
      const std::uint64_t most =
          b_.sorts.empty() ? kDefaultIndices : *std::max_element(b_.sorts.begin(), b_.sorts.end());
      for (std::uint64_t i = 0; i <= std::min<std::uint64_t>(most, 4); ++i)
        add(i * pool.unit);
      return out;
    }
    add(0);
    if (!pool.masks.empty()) {
      for (std::size_t i = 0; i < pool.masks.size() && i < 4; ++i)
        add(pool.masks[i]);
      return out;
    }
    add(1);
    // Behind 0, 1, 2 and 3 come those that conditions compare with.
    for (std::size_t i = 4; i < pool.values.size() && out.size() < 4; ++i)
      if (pool.values[i] <= 4096) add(pool.values[i]);
    return out;
  }

  void default_values() {
    bool quiet = false;
    for (const std::uint32_t p : b_.properties)
      quiet = quiet || reads_quiet_state(m_.properties[p].expr);
    b_.values.resize(m_.actions.size());
    for (ir::ActionId a = 0; a < m_.actions.size(); ++a) {
      const ir::Action& action = m_.actions[a];
      for (std::size_t i = 0; i < action.params.size(); ++i) {
        const ir::Type& type = action.locals[action.params[i]].type;
        const check::ParamPool& pool = pools_.of(a)[i];
        Values values;
        const bool decides = i >= action.may_be_unlogged.size() || !action.may_be_unlogged[i];
        switch (type.kind) {
          case ir::TypeKind::kHandle: break;
          case ir::TypeKind::kBool:
          case ir::TypeKind::kEnum:
            for (const std::uint64_t v : pool.values)
              values.emplace_back(v);
            break;
          case ir::TypeKind::kIndex:
            for (std::uint64_t v = 0; v < b_.sorts[type.decl]; ++v)
              values.emplace_back(v);
            break;
          case ir::TypeKind::kInt: values = numbers(pool, type.width); break;
        }
        if (!decides && !quiet && type.kind != ir::TypeKind::kHandle)
          values.resize(std::min<std::size_t>(values.size(), 1));
        if (type.optional && type.kind != ir::TypeKind::kHandle)
          values.insert(values.begin(), std::nullopt);
        b_.values[a].push_back(std::move(values));
      }
      limit_tuples(a);
    }
  }

  /// Takes values from the end of the longest lists, until the tuples are few.
  void limit_tuples(ir::ActionId a) {
    const ir::Action& action = m_.actions[a];
    for (;;) {
      std::uint64_t tuples = 1;
      Values* longest = nullptr;
      for (std::size_t i = 0; i < action.params.size(); ++i) {
        const ir::Type& type = action.locals[action.params[i]].type;
        Values& values = b_.values[a][i];
        tuples *= type.kind == ir::TypeKind::kHandle
                      ? b_.handles[type.decl] + (type.optional ? 1 : 0)
                      : values.size();
        if (longest == nullptr || values.size() >= longest->size()) longest = &values;
      }
      if (tuples <= kMostTuples || longest == nullptr || longest->size() <= 1) return;
      longest->pop_back();
    }
  }

  void given_values(const std::string& text) {
    const auto parts = split(text);
    const std::size_t dot = parts ? parts->first.find('.') : std::string::npos;
    if (dot == std::string::npos) return refuse("--values", text, "action.argument=value,value");
    const std::string of = parts->first.substr(0, dot);
    auto a = find(m_.actions, of);
    if (!a) a = find(m_.actions, of + ".begin");  // the step that has the call's arguments
    if (!a) return refuse("--values", text, "an action of the spec");
    const ir::Action& action = m_.actions[*a];
    const std::string name = parts->first.substr(dot + 1);
    for (std::size_t i = 0; i < action.params.size(); ++i) {
      const ir::Local& param = action.locals[action.params[i]];
      if (param.name != name) continue;
      if (param.type.kind == ir::TypeKind::kHandle)
        return refuse("--values", text, "an argument that is no object: all objects are tried");
      Values values;
      std::size_t at = 0;
      while (at <= parts->second.size()) {
        const std::size_t comma = std::min(parts->second.find(',', at), parts->second.size());
        const std::string one = parts->second.substr(at, comma - at);
        at = comma + 1;
        if (one == "none" && param.type.optional) {
          values.emplace_back(std::nullopt);
          continue;
        }
        const auto bits = check::parse_value(m_, ir::value_of(param.type), one);
        if (!bits) return refuse("--values", text, "values of " + ir::type_text(m_, param.type));
        if (std::find(values.begin(), values.end(), bits) == values.end()) values.push_back(bits);
      }
      b_.values[*a][i] = std::move(values);
      return;
    }
    refuse("--values", text, "an argument of " + action.name);
  }

  const ExploreOptions& o_;
  const ir::Module& m_;
  std::uint32_t default_handles_;
  base::DiagSink& sink_;
  check::ArgPools pools_;
  Bounds b_;
  bool bad_ = false;
};

}  // namespace

std::optional<Bounds> explore_bounds(const ExploreOptions& options, const ir::Module& module,
                                     const check::Valuation& valuation, std::uint32_t handles,
                                     base::DiagSink& sink) {
  return Reader(options, module, valuation, handles, sink).read();
}

}  // namespace gms::flow
