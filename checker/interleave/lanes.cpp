#include "checker/interleave/lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checker/explore/text.h"
#include "checker/interleave/changes.h"
#include "checker/interleave/steps.h"
#include "ir/calls.h"
#include "ir/type.h"

namespace gms::check {
namespace {

namespace interp = ir::interp;

constexpr std::size_t kMaxChanges = 4;  // of one step: the rest is counted
constexpr std::size_t kMaxColumn = 28;  // longer steps have a line of their own

class Lanes {
 public:
  Lanes(const ir::Stepwise& stepwise, const Run& run, bool brief)
      : brief_(brief),
        m_(stepwise.module),
        s_(stepwise),
        steps_(stepwise),
        run_(run),
        in_(stepwise.module, run.valuation),
        r_(steps_.replay(in_, run)),
        objects_(stepwise.module),
        changes_(stepwise.module, objects_) {}

  std::string text() {
    const std::string params = valuation_text(m_, run_.valuation);
    if (!params.empty()) out_ += "with " + params + '\n';
    assign_lanes();
    for (std::size_t i = 0; i < r_.call_of.size(); ++i) {
      const CallInRun& call = r_.calls[r_.call_of[i]];
      if (call.alone) {
        if (i == call.last)
          out_ += fmt::format(
              "{}. {}\n", ++number_,
              brief_ ? brief_call(call) : call_of(call) + " = " + end_of(run_.calls[i]));
        continue;
      }
      if (!side_by_side_) open_lanes();
      step_line(i, call);
    }
    return std::move(out_);
  }

 private:
  void assign_lanes() {
    for (std::size_t number = 0; number < r_.calls.size(); ++number) {
      lane_of_.push_back(lanes_);
      if (r_.calls[number].alone) continue;
      for (std::size_t i = 0; i < r_.call_of.size(); ++i)
        if (r_.call_of[i] == number) column_ = std::max(column_, step(i).size() + 2);
      ++lanes_;
    }
    column_ = std::min(column_, kMaxColumn);
  }

  /// "    B find_folio"
  std::string step(std::size_t i) const {
    const std::size_t lane = lane_of_[r_.call_of[i]];
    return std::string(3 + 4 * lane, ' ') + letter(lane) + ' ' + place(run_.calls[i]);
  }

  static std::string letter(std::size_t lane) {
    return std::string(1, static_cast<char>('A' + lane));
  }

  std::string place(const RunCall& call) const {
    const std::string& name = m_.actions[call.action].name;
    return s_.origins[call.action].whole ? name : name.substr(name.find('.') + 1);
  }

  /// With the arguments of its first step.
  std::string call_of(const CallInRun& call) {
    const RunCall& first = run_.calls[call.first];
    std::string text = call_text(m_, objects_, first.action, first.args);
    if (!s_.origins[first.action].whole) {
      const std::size_t dot = text.find('.'), open = text.find('(');
      text.erase(dot, open - dot);
    }
    return text;
  }
  /// set_memory_attributes2(process1, fd1, size=0x1000): without what is zero, none or the first of
  /// its kind.
  std::string brief_name(const CallInRun& call) {
    const RunCall& first = run_.calls[call.first];
    const ir::Action& action = m_.actions[first.action];
    const std::string name = call_name(action);
    std::string args;
    for (std::size_t i = 0; i < first.args.size(); ++i) {
      const ir::Local& param = action.locals[action.params[i]];
      const Datum& value = first.args[i];
      const bool handle = param.type.kind == ir::TypeKind::kHandle;
      if (is_none(value) || (!handle && !param.type.optional && value.is_known() &&
                             value.bits == ir::zero_bits(m_, param.type)))
        continue;
      args += (args.empty() ? "" : ", ") + (handle ? "" : param.name + '=') +
              objects_.text(param.type, value, param.name, name);
    }
    return name + '(' + args + ')';
  }
  /// vm1, fd1 = create_vm(), or with what it failed.
  std::string brief_call(const CallInRun& call) {
    const RunCall& last = run_.calls[call.last];
    const ir::Action& action = m_.actions[last.action];
    std::string made;
    for (std::size_t i = 0; i < last.outputs.size(); ++i) {
      const ir::Type& type = action.locals[action.outputs[i]].type;
      if (type.kind == ir::TypeKind::kHandle && !is_none(last.outputs[i]))
        made += (made.empty() ? "" : ", ") + objects_.text(type, last.outputs[i]);
    }
    return (made.empty() ? "" : made + " = ") + brief_name(call) +
           (last.result == 0 ? "" : " = " + objects_.printer().errno_name(last.result));
  }

  std::string end_of(const RunCall& last) {
    const ir::Action& action = m_.actions[last.action];
    for (std::size_t i = 0; i < last.outputs.size(); ++i)
      objects_.meet(action.locals[action.outputs[i]].type, last.outputs[i]);
    std::string text = objects_.printer().outcome(last.action, last.result, last.outputs);
    const std::string& label = m_.clauses[last.clause].label;
    if (label.substr(0, label.find('.')) != "ok") text += "  [" + label + ']';
    return text;
  }

  void open_lanes() {
    side_by_side_ = true;
    out_ += fmt::format("{}. at the same time:\n", ++number_);
    for (std::size_t number = 0; number < r_.calls.size(); ++number) {
      const CallInRun& call = r_.calls[number];
      if (call.alone) continue;
      const std::string name = letter(lane_of_[number]);
      if (call.handle != 0)
        objects_.name(ir::handle_type(ir::call_domain(m_)), Datum::known(call.handle), name);
      out_ += fmt::format("   {}: {}\n", name, brief_ ? brief_name(call) : call_of(call));
    }
  }

  void step_line(std::size_t i, const CallInRun& call) {
    const bool ends = call.ended && i == call.last;
    std::vector<std::string> news =
        changes_.lines(r_.states[i], r_.states[i + 1], ends ? call.handle : 0);
    if (news.size() > kMaxChanges) {
      const std::size_t more = news.size() - kMaxChanges + 1;
      news.resize(kMaxChanges - 1);
      news.push_back(fmt::format("and {} more changes", more));
    }
    if (ends) news.push_back(letter(lane_of_[r_.call_of[i]]) + " ends: " + end_of(run_.calls[i]));
    std::string line = step(i);
    if (line.size() + 2 > column_ && !news.empty()) {
      out_ += line + '\n';
      line.clear();
    }
    for (const std::string& one : news) {
      out_ += fmt::format("{:<{}}{}\n", line, column_, one);
      line.clear();
    }
    if (news.empty()) out_ += line + '\n';
  }

  const bool brief_;
  const ir::Module& m_;
  const ir::Stepwise& s_;
  const Steps steps_;
  const Run& run_;
  interp::Interpreter in_;
  const ReplayedSteps r_;
  Objects objects_;
  Changes changes_;
  std::vector<std::size_t> lane_of_;  // by call of the run
  std::size_t lanes_ = 0;
  std::size_t column_ = 0;  // where changes begin
  std::size_t number_ = 0;
  bool side_by_side_ = false;
  std::string out_;
};

}  // namespace

std::string lanes_text(const ir::Stepwise& stepwise, const Run& run, bool brief) {
  return Lanes(stepwise, run, brief).text();
}

}  // namespace gms::check
