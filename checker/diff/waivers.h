// Findings that somebody has accepted, by fingerprint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "checker/diff/finding.h"

namespace gms::diff {

struct Waiver {
  std::string fingerprint, reason, author, expires;  // expires: 2027-01-31
  base::Span span;
};

/// One in a line: fingerprint, expiry, author, and the reason, which is the rest. `#` starts a
/// remark.
///   828474c2ae89  2027-01-31  ada@example.org  The ioctl moves to the file; QEMU uses the new one.
/// Nothing after a reported error.
std::optional<std::vector<Waiver>> read_waivers(std::string_view text, base::FileId file,
                                                base::DiagSink& sink);

/// Marks what is waived. A waiver that fits nothing, or whose day is before `today`, is an error.
void apply_waivers(const std::vector<Waiver>& waivers, std::string_view today,
                   std::vector<Finding>& findings, base::DiagSink& sink);

}  // namespace gms::diff
