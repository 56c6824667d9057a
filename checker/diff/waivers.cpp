#include "checker/diff/waivers.h"

#include <algorithm>
#include <cctype>

#include "checker/diff/messages.h"

namespace gms::diff {
namespace {

bool is_hex(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : std::isdigit(static_cast<unsigned char>(text[i])) == 0)
      return false;
  }
  const std::string_view month = text.substr(5, 2), day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

std::string_view word(std::string_view& rest) {
  const std::size_t start = std::min(rest.find_first_not_of(" \t"), rest.size());
  const std::size_t end = std::min(rest.find_first_of(" \t", start), rest.size());
  const std::string_view out = rest.substr(start, end - start);
  rest = rest.substr(std::min(rest.find_first_not_of(" \t", end), rest.size()));
  return out;
}

}  // namespace

std::optional<std::vector<Waiver>> read_waivers(std::string_view text, base::FileId file,
                                                base::DiagSink& sink) {
  std::vector<Waiver> out;
  bool good = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    const base::Span span{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    at = end + 1;
    if (const std::size_t remark = line.find('#'); remark != std::string_view::npos)
      line = line.substr(0, remark);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
      line.remove_suffix(1);
    std::string_view rest = line;
    const std::string_view fingerprint = word(rest);
    if (fingerprint.empty()) continue;
    const std::string_view expires = word(rest), author = word(rest);
    const auto bad = [&](const char* why) {
      sink.report(diag::bad_waiver, span, std::string(why));
      good = false;
    };
    if (!is_hex(fingerprint)) {
      bad("a waiver begins with a fingerprint: twelve hexadecimal digits");
    } else if (!is_day(expires)) {
      bad("after the fingerprint of a waiver comes the day on which it expires, as 2027-01-31");
    } else if (author.empty() || rest.empty()) {
      bad("a waiver names its author and a reason");
    } else {
      out.push_back({std::string(fingerprint), std::string(rest), std::string(author),
                     std::string(expires), span});
    }
  }
  if (!good) return std::nullopt;
  return out;
}

void apply_waivers(const std::vector<Waiver>& waivers, std::string_view today,
                   std::vector<Finding>& findings, base::DiagSink& sink) {
  for (const Waiver& w : waivers) {
    bool fits = false;
    for (Finding& f : findings) {
      if (f.fingerprint != w.fingerprint) continue;
      fits = true;
      if (w.expires >= today) f.waived = w.reason + " (" + w.author + ", until " + w.expires + ')';
    }
    if (!fits)
      sink.report(diag::stale_waiver, w.span, w.fingerprint).with_hint("delete the line");
    else if (w.expires < today)
      sink.report(diag::expired_waiver, w.span, w.fingerprint, w.expires)
          .with_hint("look at the finding again, and give it another day");
  }
}

}  // namespace gms::diff
