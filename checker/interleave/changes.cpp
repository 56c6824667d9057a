#include "checker/interleave/changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ir/calls.h"
#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

using Row = std::vector<std::tuple<std::uint64_t, std::uint64_t, Datum>>;  // from, last, value
using Rows = std::map<interp::HandleKey, Row>;

Rows rows_of(const interp::State& state, ir::StateId id) {
  Rows rows;
  state.for_each_run(id, [&](const interp::HandleKey& key, std::uint64_t from, std::uint64_t last,
                             const Datum& value) { rows[key].emplace_back(from, last, value); });
  return rows;
}

Datum at(const Row& row, std::uint64_t position, const Datum& initial) {
  for (const auto& [from, last, value] : row)
    if (from <= position && position <= last) return value;
  return initial;
}

/// Calls fn(from, last, before, after) where they differ, in as few parts as there are.
template <class Fn>
void each_difference(const Row& before, const Row& after, const Datum& initial, Fn&& fn) {
  std::set<std::uint64_t> starts{0};
  for (const Row* row : {&before, &after}) {
    for (const auto& [from, last, value] : *row) {
      starts.insert(from);
      if (last != ~std::uint64_t{0}) starts.insert(last + 1);
    }
  }
  struct Part {
    std::uint64_t from = 0;
    Datum before, after;
  };
  std::optional<Part> open;
  const auto close = [&](std::uint64_t end) {
    if (open && !(open->before == open->after)) fn(open->from, end, open->before, open->after);
  };
  for (const std::uint64_t start : starts) {
    const Part part{start, at(before, start, initial), at(after, start, initial)};
    if (open && open->before == part.before && open->after == part.after) continue;
    if (start > 0) close(start - 1);
    open = part;
  }
  close(~std::uint64_t{0});
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

Changes::Changes(const ir::Module& stepwise, Objects& objects)
    : m_(stepwise), objects_(objects), shape_(stepwise) {
  std::set<std::string> of_calls{"Call"};
  for (const ir::Action& action : m_.actions)
    if (action.name.find('.') != std::string::npos)
      of_calls.insert(action.name.substr(0, action.name.find('.')));
  for (const ir::State& state : m_.states) {
    const std::size_t dot = state.name.find('.');
    names_.push_back(state.name.substr(0, dot));
    if (dot == std::string::npos) {
      kinds_.push_back(Kind::kShared);
    } else if (of_calls.count(names_.back()) > 0) {
      kinds_.push_back(Kind::kOfCall);
    } else {
      kinds_.push_back(ends_with(state.name, ".reader") ? Kind::kReader : Kind::kWriter);
    }
  }
}

std::string Changes::point(ir::StateId id, const interp::HandleKey& key, std::uint64_t from,
                           std::uint64_t last, std::size_t skip) const {
  const ir::State& declared = m_.states[id];
  const interp::StateShape& shape = shape_.states[id];
  std::string text;
  std::size_t handle = 0, flat = 0;
  for (std::size_t i = 0; i < declared.keys.size(); ++i) {
    const ir::Type& type = declared.keys[i];
    std::string one;
    if (type.kind == ir::TypeKind::kHandle) {
      one = objects_.text(type, Datum::known(key.handles[handle++]));
    } else {
      const interp::StateShape::FlatKey& where = shape.flat[flat++];
      const auto part = [&](std::uint64_t position) {
        return position >> where.shift & ir::mask_of(where.width);
      };
      one = objects_.text(type, Datum::known(part(from)));
      if (part(from) != part(last))
        one = part(from) == 0 && part(last) == ir::mask_of(where.width)
                  ? "*"
                  : one + ".." + objects_.text(type, Datum::known(part(last)));
    }
    if (i >= skip) text += (text.empty() ? "" : ", ") + one;
  }
  return (kinds_[id] == Kind::kShared ? declared.name : names_[id]) +
         (text.empty() ? "" : '[' + text + ']');
}

std::string Changes::line(ir::StateId id, const interp::HandleKey& key, std::uint64_t from,
                          std::uint64_t last, const Datum& before, const Datum& after) const {
  const ir::Type& type = m_.states[id].type;
  if (kinds_[id] == Kind::kWriter) {
    const bool taken = !is_none(after);
    ir::Type call = type;
    call.optional = false;
    return objects_.text(call, Datum::known(taken ? after.bits : before.bits)) +
           (taken ? " holds " : " gives back ") + point(id, key, from, last, 0);
  }
  if (kinds_[id] == Kind::kReader)
    return objects_.text(m_.states[id].keys[0], Datum::known(key.handles[0])) +
           (after.is_true() ? " shares " : " gives back ") + point(id, key, from, last, 1);
  const std::string value =
      after.is_unknown() ? "what the environment chose" : objects_.text(type, after);
  return point(id, key, from, last, 0) + " = " + value;
}

std::vector<std::string> Changes::lines(const interp::State& before, const interp::State& after,
                                        std::uint32_t ended) const {
  std::vector<std::string> shared, locks;
  const ir::DomainId calls = ir::call_domain(m_);
  for (ir::StateId id = 0; id < m_.states.size(); ++id) {
    if (kinds_[id] == Kind::kOfCall) continue;
    Rows old_rows = rows_of(before, id);
    const Rows new_rows = rows_of(after, id);
    for (const auto& [key, row] : new_rows)
      old_rows.try_emplace(key);
    for (const auto& [key, row] : old_rows) {
      bool of_ended = false;
      std::size_t handle = 0;
      for (const ir::Type& type : m_.states[id].keys) {
        if (type.kind != ir::TypeKind::kHandle) continue;
        const std::uint32_t one = key.handles[handle++];
        of_ended = of_ended || (ended != 0 && type.decl == calls && one == ended);
      }
      if (of_ended && kinds_[id] == Kind::kShared) continue;
      const auto now = new_rows.find(key);
      each_difference(row, now == new_rows.end() ? Row{} : now->second, shape_.states[id].initial,
                      [&, &key = key](std::uint64_t from, std::uint64_t last, const Datum& was,
                                      const Datum& is) {
                        (kinds_[id] == Kind::kShared ? shared : locks)
                            .push_back(line(id, key, from, last, was, is));
                      });
    }
  }
  shared.insert(shared.end(), locks.begin(), locks.end());
  return shared;
}

}  // namespace gms::check
