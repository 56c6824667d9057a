// What a proposal says about itself: how it differs from the spec that it extends.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/diff/report.h"

namespace gms::flow {

struct Expected {
  enum class Kind { kFinding, kVerdict, kProperty };
  Kind kind = Kind::kFinding;
  std::string what;  // the rule; the sentence of the verdict; "gained quiet_guest"
  std::string on;    // kFinding: the call or name; may be empty
  std::string why;
  base::Span span;
};

/// Of the file itself, not of what it includes or extends. False after a reported error.
bool read_expectations(const std::string& path, base::SourceSet& sources, base::DiagSink& sink,
                       std::vector<Expected>& out);

/// Fills `text.expectations`. True if all is as expected: each expected finding is there, and, if
/// any is expected, no other one that is not waived, the verdict is the one that is stated,
/// properties fare as stated.
bool hold_against(const std::vector<Expected>& expected, const base::SourceSet& sources,
                  diff::DiffText& text);

}  // namespace gms::flow
