// The result of `gmemspec diff` as data: what the writers print. Everything in it is text of the
// spec's words.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/exit_status.h"
#include "base/source.h"
#include "checker/diff/diff.h"

namespace gms::diff {

struct SideHeading {
  std::string name;      // of the spec, as it was given
  std::string hash;      // of its compiled form, 16 hexadecimal digits
  std::string revision;  // of the repository; empty: a file as it is
  std::vector<std::string> links;
};

struct ClauseText {
  std::string label, function, place, evidence;
};

struct CallText {
  std::string call;   // fd1 = create_vm(type=1)
  std::string full;   // with all arguments
  std::string ended;  // of a call that both end alike: empty if it is ok and shows nothing else
  std::vector<std::string> old_ends, new_ends;
  bool is_cause = false;
};

struct FindingText {
  std::string rule, level, who, direction, kind;
  std::string subject, class_name, sentence, detail, fingerprint, waived;
  std::vector<ClauseText> old_clauses, new_clauses;
  std::vector<CallText> calls;
  std::vector<std::string> run;  // of the new version, where calls overlap
  std::size_t seen = 0;
};

/// How a property fares: "gained", "lost", "weakened", "kept", "open", "new", "dropped", with the
/// verdicts of both sides.
struct PropertyText {
  std::string name, change, old_verdict, new_verdict, why;
  std::vector<std::string> run;  // of one that is lost
};

/// What the new spec's file says that the comparison finds (`expect finding`), and whether it does.
struct ExpectationText {
  std::string what, why, place;
  bool met = false;
};

struct DiffText {
  SideHeading old, now;
  std::vector<std::pair<std::string, std::string>>
      params;            // name, value; "old / new" where they differ
  std::string verdict;   // break, risk, compatible, equivalent, unknown
  std::string sentence;  // the verdict with its granularity
  bool sequential = false, concurrent = false;
  std::vector<FindingText> findings;
  struct Action {
    std::string name, verdict, reason;
    bool same_steps = false;
  };
  std::vector<Action> actions;
  std::vector<std::string> not_compared, apart;
  std::vector<PropertyText> properties;
  bool properties_asked = false;
  std::vector<ExpectationText> expectations;
  std::uint64_t calls = 0, states = 0;
  std::uint64_t steps = 0;  // of calls that overlap
  unsigned depth = 0;
  std::size_t queries = 0;
  double look_seconds = 0, prove_seconds = 0;
  std::string command;

  std::size_t count(std::string_view level) const;  // findings that are not waived
};

/// `place_of`: "spec/x.gms:12".
DiffText make_text(const DiffReport& report,
                   const std::function<std::string(base::Span)>& place_of);

struct Rendering {
  bool times = true;
  bool details = false;  // all clauses, and the verdict of each action
};
std::string render_text(const DiffText& diff, const Rendering& how);
std::string render_json(const DiffText& diff, const Rendering& how);
std::string render_markdown(const DiffText& diff, const Rendering& how);
std::string render_sarif(const DiffText& diff);
std::string render_junit(const DiffText& diff);
std::string render_html(const DiffText& diff);

}  // namespace gms::diff
