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

class Lanes {
 public:
  Lanes(const ir::Stepwise& stepwise, const Run& run)
      : m_(stepwise.module),
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
          out_ += fmt::format("{}. {} = {}\n", ++number_, call_of(call), end_of(run_.calls[i]));
        continue;
      }
      if (!side_by_side_) open_lanes();
      step_line(i, call, lane_of_[r_.call_of[i]]);
    }
    return std::move(out_);
  }

 private:
  void assign_lanes() {
    for (std::size_t number = 0; number < r_.calls.size(); ++number) {
      lane_of_.push_back(width_.size());
      if (r_.calls[number].alone) continue;
      std::size_t width = 1;
      for (std::size_t i = 0; i < r_.call_of.size(); ++i)
        if (r_.call_of[i] == number) width = std::max(width, place(run_.calls[i]).size());
      width_.push_back(width + 2);
    }
  }

  static std::string letter(std::size_t lane) { return std::string(1, static_cast<char>('A' + lane)); }

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
      out_ += fmt::format("   {}: {}\n", name, call_of(call));
    }
    std::string heads = "   ";
    for (std::size_t lane = 0; lane < width_.size(); ++lane)
      heads += fmt::format("{:<{}}", letter(lane), width_[lane]);
    out_ += heads.substr(0, heads.find_last_not_of(' ') + 1) + '\n';
  }

  void step_line(std::size_t i, const CallInRun& call, std::size_t own) {
    std::string line = "   ";
    for (std::size_t lane = 0; lane < width_.size(); ++lane)
      line += fmt::format("{:<{}}", lane == own ? place(run_.calls[i]) : "", width_[lane]);
    const bool ends = call.ended && i == call.last;
    std::vector<std::string> news =
        changes_.lines(r_.states[i], r_.states[i + 1], ends ? call.handle : 0);
    if (news.size() > kMaxChanges) {
      const std::size_t more = news.size() - kMaxChanges + 1;
      news.resize(kMaxChanges - 1);
      news.push_back(fmt::format("and {} more changes", more));
    }
    if (ends) news.push_back(letter(own) + " ends: " + end_of(run_.calls[i]));
    if (news.empty()) news.emplace_back();
    for (const std::string& one : news) {
      line += one;
      out_ += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
      line.assign(3, ' ');
      for (const std::size_t width : width_)
        line.append(width, ' ');
    }
  }

  const ir::Module& m_;
  const ir::Stepwise& s_;
  const Steps steps_;
  const Run& run_;
  interp::Interpreter in_;
  const ReplayedSteps r_;
  Objects objects_;
  Changes changes_;
  std::vector<std::size_t> lane_of_;  // by call of the run
  std::vector<std::size_t> width_;  // by lane
  std::size_t number_ = 0;
  bool side_by_side_ = false;
  std::string out_;
};

}  // namespace

std::string lanes_text(const ir::Stepwise& stepwise, const Run& run) {
  return Lanes(stepwise, run).text();
}

}  // namespace gms::check
