// What is wrong with a user's input, as data. Everything that finds mistakes puts Diagnostics into
// a DiagSink and goes on; only the outermost layer renders them and chooses an exit code.
#pragma once

#include <concepts>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/catalog.h"
#include "base/source.h"

namespace gms::base {

std::string_view severity_name(Severity severity);  // "error", "warning", "note"

// A second place that explains the first, or a remark without a place.
struct Note {
  Span span;
  std::string text;
};

struct Diagnostic {
  DiagInfo info;
  Span span;
  std::vector<std::string> args;
  std::vector<Note> notes;
  std::string hint;  // what the user could do; empty if nothing useful can be said

  // The format with its arguments; as in the input, not yet made safe for a terminal.
  std::string message() const;

  Diagnostic& note(Span where, std::string text);
  Diagnostic& note(std::string text);
  Diagnostic& with_hint(std::string text);
};

// Arguments of a message become text here, so that callers need no conversions.
inline std::string to_arg(std::string_view text) {
  return std::string(text);
}
inline std::string to_arg(char text) {
  return std::string(1, text);
}
template <std::integral T>
requires(!std::same_as<T, char> && !std::same_as<T, bool>) std::string to_arg(T number) {
  return std::to_string(number);
}

template <int kArgs, typename... Args>
Diagnostic make_diagnostic(const Message<kArgs>& message, Span span, const Args&... args) {
  static_assert(sizeof...(Args) == kArgs, "the message's format has another number of arguments");
  return {message.info, span, {to_arg(args)...}, {}, {}};
}

// Collects the diagnostics of one run. Beyond `limit` of one severity they are counted, not kept,
// so that a hostile input cannot fill the memory.
class DiagSink {
 public:
  static constexpr std::size_t kDefaultLimit = 100;
  explicit DiagSink(std::size_t limit = kDefaultLimit) : limit_(limit) {}

  DiagSink(const DiagSink&) = delete;
  DiagSink& operator=(const DiagSink&) = delete;

  // The result stays valid as long as the sink; use it to add notes and a hint.
  template <int kArgs, typename... Args>
  Diagnostic& report(const Message<kArgs>& message, Span span, const Args&... args) {
    return add(make_diagnostic(message, span, args...));
  }
  Diagnostic& add(Diagnostic diagnostic);

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  std::size_t warning_count() const { return warnings_; }
  // How many were reported but not kept.
  std::size_t dropped() const { return dropped_; }

  // By file and place, first those without a place; equal places in the order of reporting.
  std::vector<Diagnostic> sorted() const;

 private:
  std::size_t limit_;
  std::deque<Diagnostic> kept_;
  Diagnostic overflow_;  // receives the notes of what is not kept
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t others_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace gms::base
