#include "checker/conform/event_table.h"

#include <algorithm>
#include <set>

#include "checker/conform/reach.h"
#include "ir/walk.h"

namespace gms::check {
namespace {

bool plain(const ir::EventField& field) {
  return field.columns.size() == 1 && field.columns[0].empty();
}

/// The slot names of a field: itself, or the columns of an array of objects.
std::vector<std::string> slot_names(const ir::EventField& field) {
  if (field.kind != ir::FieldKind::kArray || plain(field)) return {field.name};
  std::vector<std::string> names;
  for (const std::string& column : field.columns)
    names.push_back(field.name + '.' + column);
  return names;
}

void allow(EventPlan& plan, const FieldTable& fields, FieldIndex slot) {
  plan.allowed[slot / 64] |= std::uint64_t{1} << (slot % 64);
  if (const FieldIndex parent = fields.container(slot); parent != kNoField)
    allow(plan, fields, parent);
}

EventPlan make_plan(const ir::Event& event, const ir::Module& module, const FieldTable& fields) {
  EventPlan plan;
  plan.event = &event;
  plan.allowed.assign((fields.size() + 63) / 64, event.ignored ? ~std::uint64_t{0} : 0);
  allow(plan, fields, fields.op());
  for (const std::string& name : module.common_fields)
    allow(plan, fields, fields.find(name));
  for (const ir::EventField& field : event.fields) {
    FieldPlan one{&field, fields.find(field.name), plain(field), false, {}};
    const std::vector<std::string> names = slot_names(field);
    for (const std::string& name : names)
      allow(plan, fields, fields.find(name));
    for (std::size_t i = 0; i < field.column_vars.size(); ++i)
      one.columns.push_back({fields.find(names[i]), field.column_vars[i]});
    plan.fields.push_back(std::move(one));
  }
  ir::for_each_call(event.body, [&](const ir::EventCall& call) {
    for (const ir::EventCall::Bind& bind : call.binds)
      plan.fields[bind.field].bound_here = true;
  });
  return plan;
}

void find_races(const ir::Module& module, std::vector<EventPlan>& plans) {
  std::vector<Reach> reached;
  for (const EventPlan& plan : plans) {
    reached.emplace_back(module);
    reached.back().add_event(*plan.event);
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].raced_by.resize(plans.size());
    for (std::size_t k = 0; reached[i].races() && k < plans.size(); ++k)
      for (std::size_t a = 0; a < module.actions.size(); ++a)
        if (reached[i].racers()[a] && reached[k].actions()[a]) plans[i].raced_by[k] = true;
  }
}

}  // namespace

WordTable::WordTable(const ir::Enum& words) {
  for (const ir::EnumMember& member : words.members)
    by_spelling_.emplace(member.spelling.empty() ? member.name : member.spelling, member.value);
}

const std::uint64_t* WordTable::find(std::string_view word) const {
  const auto found = by_spelling_.find(word);
  return found == by_spelling_.end() ? nullptr : &found->second;
}

std::variant<EventTable, std::string> EventTable::make(const ir::Module& module) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  const auto add = [&](const std::string& name) {
    if (name != "op" && seen.insert(name).second) names.push_back(name);
  };
  for (const std::string& name : module.common_fields)
    add(name);
  for (const ir::Event& event : module.events) {
    for (const ir::EventField& field : event.fields) {
      for (const std::string& name : slot_names(field))
        add(name);
    }
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  std::variant<FieldTable, std::string> made = FieldTable::make(views);
  if (std::string* message = std::get_if<std::string>(&made)) return std::move(*message);

  EventTable table;
  table.module_ = &module;
  table.field_table_.push_back(std::get<FieldTable>(std::move(made)));
  table.fields_ = table.field_table_.data();
  std::set<std::string_view> ops;
  std::vector<model::Spelling> numbers;
  for (const ir::Event& event : module.events) {
    if (!ops.insert(event.op).second) return "the event '" + event.op + "' is declared twice";
    numbers.push_back({event.op, table.events_.size()});
    table.events_.push_back(make_plan(event, module, *table.fields_));
  }
  table.by_op_ = model::WordTable(numbers);
  for (const ir::Enum& one : module.enums)
    table.words_.emplace_back(one);
  find_races(module, table.events_);
  table.raced_.resize(module.clauses.size());
  for (const ir::Stmt& stmt : module.stmts) {
    if (const auto* guard = std::get_if<ir::Guard>(&stmt.node); guard != nullptr && guard->raced)
      table.raced_[guard->clause] = true;
  }
  table.clock_ = {table.fields_->find("seq"), table.fields_->find("tid"),
                  table.fields_->find("t_begin"), table.fields_->find("t_end")};
  return table;
}

const EventPlan* EventTable::find(std::string_view op) const {
  const std::optional<std::uint64_t> number = by_op_.find(op);
  return number ? &events_[*number] : nullptr;
}

std::vector<std::string_view> EventTable::ops() const {
  std::vector<std::string_view> result;
  for (const EventPlan& plan : events_)
    result.push_back(plan.event->op);
  return result;
}

std::vector<std::string_view> EventTable::keys(const EventPlan& plan) const {
  std::vector<std::string_view> result;
  for (std::size_t i = 0; i < fields_->size(); ++i) {
    if (plan.allows(static_cast<FieldIndex>(i)))
      result.push_back(fields_->name(static_cast<FieldIndex>(i)));
  }
  return result;
}

}  // namespace gms::check
