#include "base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace gms::base {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kNote: return "note";
  }
  return "";
}

std::string Diagnostic::message() const {
  std::string out;
  const std::string_view format = info.format;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const bool placeholder = i + 2 < format.size() && format[i] == '{' && format[i + 1] >= '0' &&
                             format[i + 1] <= '9' && format[i + 2] == '}';
    if (!placeholder) {
      out += format[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(format[i + 1] - '0');
    if (index < args.size()) out += args[index];
    i += 2;
  }
  return out;
}

Diagnostic& Diagnostic::note(Span where, std::string text) {
  notes.push_back({where, std::move(text)});
  return *this;
}

Diagnostic& Diagnostic::note(std::string text) {
  return note(Span{}, std::move(text));
}

Diagnostic& Diagnostic::with_hint(std::string text) {
  hint = std::move(text);
  return *this;
}

Diagnostic& DiagSink::add(Diagnostic diagnostic) {
  std::size_t* count = &others_;
  switch (diagnostic.info.severity) {
    case Severity::kError: count = &errors_; break;
    case Severity::kWarning: count = &warnings_; break;
    case Severity::kNote: break;
  }
  if (++*count > limit_) {
    ++dropped_;
    overflow_ = std::move(diagnostic);
    return overflow_;
  }
  kept_.push_back(std::move(diagnostic));
  return kept_.back();
}

std::vector<Diagnostic> DiagSink::sorted() const {
  std::vector<Diagnostic> result(kept_.begin(), kept_.end());
  // kNoFile is the greatest id; adding one wraps it round to the front.
  const auto place = [](const Diagnostic& d) {
    return std::tuple(static_cast<std::uint32_t>(d.span.file) + 1U, d.span.begin);
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  return result;
}

}  // namespace gms::base
