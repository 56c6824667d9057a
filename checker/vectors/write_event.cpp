// What the spec says that an event shows.
#include <algorithm>
#include <set>

#include "checker/explore/shown_value.h"
#include "checker/vectors/writer.h"
#include "ir/type.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;
using Json = nlohmann::ordered_json;

/// Longest array of what one call after the other shows.
constexpr std::size_t kMaxElements = 64;

struct Path {
  interp::State state;
  std::vector<Datum> locals;
  std::vector<ir::ClauseId> clauses;
  struct Made {
    ir::DomainId domain = ir::kNoId;
    std::uint64_t handle = 0;
  };
  std::map<std::uint32_t, Made> made;                             // by field: the new object
  std::map<std::uint32_t, std::vector<std::vector<Datum>>> rows;  // by field: of an array
  bool free = false;
  std::uint64_t chosen = 0;  // values by the environment, in the whole sequence
};
using Paths = std::vector<Path>;

class Teller {
 public:
  Teller(interp::Interpreter& in, const ir::Module& m, const ir::Event& event,
         const std::vector<bool>& input)
      : in_(in), m_(m), event_(event), input_(input) {}

  void run(const std::vector<ir::EventStmt>& body, Paths& paths) {
    for (const ir::EventStmt& stmt : body) {
      Paths out;
      for (Path& path : paths) {
        std::visit(ir::Overloaded{
                       [&](const ir::EventCall& call) { make(call, path, out); },
                       [&](const ir::EventStmt::Branch& branch) { decide(branch, path, out); },
                       [&](const ir::EventStmt::ForEach& loop) { repeat(loop, path, out); },
                       [&](const ir::EventStmt::Reject&) {},
                   },
                   stmt.node);
      }
      if (out.size() > EventWriter::kMaxWays)
        out.erase(out.begin() + EventWriter::kMaxWays, out.end());
      paths = std::move(out);
    }
  }

 private:
  Datum eval(const Path& path, ir::ExprId expr) { return in_.eval(path.state, expr, path.locals); }

  /// What is shown of one outcome; false if the event cannot show it.
  bool show(const ir::EventCall& call, const interp::Outcome& outcome, Path& path) {
    for (const bool results : {true, false}) {
      for (const ir::EventCall::Observe& observe : call.observes) {
        if ((observe.output == ir::kNoId) != results) continue;
        if (observe.when != ir::kNoId && !eval(path, observe.when).is_true()) continue;
        const Datum value =
            results ? Datum::known(outcome.result) : outcome.outputs[observe.output];
        if (!store(observe.value, is_none(value) ? Datum::none() : value, path)) return false;
      }
    }
    return true;
  }

  /// The expression gets the value, or has it.
  bool store(ir::ExprId id, const Datum& value, Path& path) {
    const ir::Expr* e = &m_.exprs[id];
    while (e->op == ir::Op::kCast || e->op == ir::Op::kSome || e->op == ir::Op::kUnwrap)
      e = &m_.exprs[e->args[0]];
    if (e->op == ir::Op::kVar && !input_[e->ref] && path.locals[e->ref].tag == Tag::kUnset) {
      if (value.tag == Tag::kNone && !e->type.optional) return false;
      path.locals[e->ref] = value;
      if (value.tag == Tag::kKnown) path.locals[e->ref].bits &= ir::mask_of(e->type.width);
    }
    const Datum now = eval(path, id);
    return is_none(now) == is_none(value) && (is_none(now) || now.bits == value.bits);
  }

  void make(const ir::EventCall& call, const Path& path, Paths& out) {
    std::vector<Datum> args;
    for (const ir::ExprId arg : call.args)
      args.push_back(arg == ir::kNoId ? Datum::known(0) : eval(path, arg));
    const ir::Action& action = m_.actions[call.action];
    for (interp::Outcome& outcome : in_.outcomes(path.state, call.action, args)) {
      Path next = path;
      if (!choose(args, call, outcome, next)) continue;
      if (!show(call, outcome, next)) continue;
      next.state = std::move(outcome.next);
      next.clauses.push_back(outcome.clause);
      for (const ir::EventCall::Bind& bind : call.binds) {
        const Datum& handle = outcome.outputs[bind.output];
        const ir::Type& type = action.locals[action.outputs[bind.output]].type;
        if (!is_none(handle) && handle.bits != 0) next.made[bind.field] = {type.decl, handle.bits};
      }
      out.push_back(std::move(next));
    }
  }

  /// Where an unknown value is shown, the environment is taken to have chosen a certain one.
  bool choose(const std::vector<Datum>& args, const ir::EventCall& call, interp::Outcome& outcome,
              Path& path) {
    std::vector<std::uint32_t> unknown;
    for (const ir::EventCall::Observe& observe : call.observes)
      if (observe.output != ir::kNoId && outcome.outputs[observe.output].is_unknown())
        unknown.push_back(observe.output);
    if (unknown.empty()) return true;
    path.free = true;
    const unsigned count =
        choose_shown_values(in_, path.state, call.action, args, unknown, path.chosen, {}, outcome);
    path.chosen += count;
    return count != 0;
  }

  /// A condition on something that is yet to be shown is tried both ways.
  void decide(const ir::EventStmt::Branch& branch, const Path& path, Paths& out) {
    const ir::VarId open = open_var(branch.cond, path);
    for (const bool side : {true, false}) {
      Path trial = path;
      if (open != ir::kNoId) {
        Path guess = path;
        guess.locals[open] = Datum::known(0);
        const bool present = eval(guess, branch.cond).is_true() == side;
        trial.locals[open] = {};
        Paths some{std::move(trial)};
        run(side ? branch.then_body : branch.else_body, some);
        for (Path& one : some)
          if (is_none(one.locals[open]) != present) out.push_back(std::move(one));
        continue;
      }
      if (eval(path, branch.cond).is_true() != side) continue;
      Paths some{std::move(trial)};
      run(side ? branch.then_body : branch.else_body, some);
      std::move(some.begin(), some.end(), std::back_inserter(out));
    }
  }

  ir::VarId open_var(ir::ExprId id, const Path& path) const {
    const ir::Expr& e = m_.exprs[id];
    if (e.op == ir::Op::kVar)
      return path.locals[e.ref].tag == Tag::kUnset && !input_[e.ref] ? e.ref : ir::kNoId;
    for (const ir::ExprId arg : e.args) {
      const ir::VarId open = open_var(arg, path);
      if (open != ir::kNoId) return open;
    }
    return ir::kNoId;
  }

  /// An array that the caller fills has one element; one that is shown goes on while calls end as
  /// the event says.
  void repeat(const ir::EventStmt::ForEach& loop, Path path, Paths& out) {
    const ir::EventField& field = event_.fields[loop.field];
    const bool given = std::any_of(field.column_vars.begin(), field.column_vars.end(),
                                   [&](ir::VarId var) { return input_[var]; });
    std::vector<Datum> given_row;
    for (const ir::VarId var : field.column_vars)
      given_row.push_back(path.locals[var]);
    path.rows[loop.field];
    for (std::size_t i = 0; i < (given ? 1 : kMaxElements); ++i) {
      Path next = path;
      if (loop.index != ir::kNoId) next.locals[loop.index] = Datum::known(i);
      for (std::size_t c = 0; c < field.column_vars.size(); ++c)
        next.locals[field.column_vars[c]] = given ? given_row[c] : Datum{};
      Paths some{std::move(next)};
      run(loop.body, some);
      if (some.empty()) break;
      path = std::move(some.front());
      std::vector<Datum> row;
      for (const ir::VarId var : field.column_vars)
        row.push_back(path.locals[var]);
      path.rows[loop.field].push_back(std::move(row));
    }
    out.push_back(std::move(path));
  }

  interp::Interpreter& in_;
  const ir::Module& m_;
  const ir::Event& event_;
  const std::vector<bool>& input_;
};

Json json_of(const ir::Module& m, const ir::Type& type, const Datum& value) {
  if (is_none(value)) return nullptr;
  switch (type.kind) {
    case ir::TypeKind::kBool: return value.bits != 0;
    case ir::TypeKind::kEnum: {
      if (type.decl == ir::kErrnoEnum && value.bits == 0) return nullptr;
      const ir::EnumMember* member = ir::find_member(m.enums[type.decl], value.bits);
      if (member == nullptr) return nullptr;
      return member->spelling.empty() ? member->name : member->spelling;
    }
    default: break;
  }
  if (type.is_signed) return ir::sign_extend(value.bits, type.width);
  return value.bits;
}

/// "fault.flags" stands in an object "fault".
void put(Json& line, const std::string& key, Json value) {
  const std::size_t dot = key.find('.');
  if (dot == std::string::npos) {
    line[key] = std::move(value);
  } else {
    line[key.substr(0, dot)][key.substr(dot + 1)] = std::move(value);
  }
}

}  // namespace

std::vector<WrittenEvent> EventWriter::write(interp::Interpreter& in, const interp::State& state,
                                             const ObjectNames& names, ir::ActionId action,
                                             std::span<const Datum> args) const {
  if (is_silent(action)) return make_silently(in, state, names, action, args);
  std::vector<WrittenEvent> all;
  const std::optional<Solution> solution = solve(in, state, action, args, names.unnamed(), &names);
  if (!solution) return all;
  const ir::Event& event = *solution->form->event;
  const EventFacts& facts = facts_.at(&event);
  Paths paths{{state, solution->locals, {}, {}, {}, false, names.chosen_values()}};
  Teller(in, m_, event, facts.input).run(event.body, paths);

  for (Path& path : paths) {
    Json line{{"op", event.op}};
    ObjectNames after = names;
    after.choose_values(path.chosen);
    after.leave_unnamed(std::nullopt);
    // Without a rule of its own, ret is what system calls return.
    std::uint64_t failed = 0;
    for (const ir::EventField& field : event.fields) {
      if (field.var == ir::kNoId || event.locals[field.var].type.decl != ir::kErrnoEnum ||
          event.locals[field.var].type.kind != ir::TypeKind::kEnum)
        continue;
      if (path.locals[field.var].tag == Tag::kUnset) path.locals[field.var] = Datum::known(0);
      failed |= path.locals[field.var].bits;
    }
    bool good = true;
    for (std::uint32_t f = 0; f < event.fields.size(); ++f) {
      const ir::EventField& field = event.fields[f];
      if (field.kind == ir::FieldKind::kArray) {
        Json rows = Json::array();
        for (const std::vector<Datum>& row : path.rows[f]) {
          Json one = Json::object();
          for (std::size_t c = 0; c < row.size(); ++c) {
            Json value = json_of(m_, event.locals[field.column_vars[c]].type, row[c]);
            if (field.columns[c].empty()) {
              one = std::move(value);
            } else {
              one[field.columns[c]] = std::move(value);
            }
          }
          rows.push_back(std::move(one));
        }
        put(line, field.name, std::move(rows));
        continue;
      }
      if (field.kind == ir::FieldKind::kName) {
        const Datum handle = field.var == ir::kNoId ? Datum{} : path.locals[field.var];
        if (field.word != ir::kNoId && path.locals[field.word].tag == Tag::kKnown) {
          put(line, field.name,
              json_of(m_, event.locals[field.word].type, path.locals[field.word]));
          continue;
        }
        std::string text;
        // The caller chooses what a new object is called, also if none is made then.
        const bool is_new = field.var == ir::kNoId || facts.names_new[f];
        const ir::DomainId domain = is_new ? ir::kNoId : event.locals[field.var].type.decl;
        if (is_new) {
          text = after.invent(field.name);
          if (const auto made = path.made.find(f); made != path.made.end())
            after.give(made->second.domain, made->second.handle, text);
        } else if (handle.tag == Tag::kKnown) {
          if (after.find(domain, handle.bits) == nullptr)  // names.unnamed()
            after.give(domain, handle.bits, after.invent(field.name));
          text = *after.find(domain, handle.bits);
        } else if (!field.required) {
          continue;
        } else {
          for (const auto& [number, name] : names.of(domain))
            if (!state.is_live(domain, number)) text = name;
          good = good && !text.empty();
        }
        if (field.offset != ir::kNoId && path.locals[field.offset].tag == Tag::kKnown &&
            path.locals[field.offset].bits != 0)
          text += "+" + std::to_string(path.locals[field.offset].bits);
        put(line, field.name, text);
        continue;
      }
      const ir::Type& type = event.locals[field.var].type;
      Datum value = path.locals[field.var];
      if (value.tag == Tag::kUnset) {
        if (field.default_value != ir::kNoId || field.unlogged_any || type.optional) continue;
        if (type.is_signed && field.name == "ret") {
          value = Datum::known(failed != 0 ? ir::mask_of(type.width) : 0);
        } else {
          value = Datum::known(
              type.kind == ir::TypeKind::kEnum ? m_.enums[type.decl].members.front().value : 0);
        }
      }
      if (is_none(value)) continue;
      if (facts.input[field.var] && field.default_value != ir::kNoId) {
        const Datum usual = in.eval(state, field.default_value, path.locals);
        if (usual.tag == Tag::kKnown && usual.bits == value.bits) continue;
      }
      put(line, field.name, json_of(m_, type, value));
    }
    if (!good) continue;
    all.push_back({std::move(line), std::move(path.clauses), std::move(path.state),
                   std::move(after), path.free});
  }
  return all;
}

}  // namespace gms::check
