// One list of .gir text while it is read: a cursor over its items that remembers the first mistake.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "ir/messages.h"
#include "ir/text/sexpr.h"

namespace gms::ir {

/// Reports the first mistake of one top-level form; the rest of the form is then read without harm
/// and without effect.
class FormErrors {
 public:
  explicit FormErrors(base::DiagSink& sink) : sink_(sink) {}

  void fail(const Sexpr& at, std::string_view why) {
    if (!failed_) sink_.report(diag::gir_syntax, at.span, why);
    failed_ = any_ = true;
  }
  void unknown(const Sexpr& at, std::string_view kind, std::string_view name) {
    if (!failed_) sink_.report(diag::gir_unknown_name, at.span, kind, name);
    failed_ = any_ = true;
  }
  bool failed() const { return failed_; }
  bool any() const { return any_; }
  void next_form() { failed_ = false; }

 private:
  base::DiagSink& sink_;
  bool failed_ = false;
  bool any_ = false;
};

class Form {
 public:
  /// `form` must outlive this; a form that is no list counts as an empty one, and is a mistake.
  Form(const Sexpr& form, FormErrors& errors) : form_(form), errors_(errors) {
    if (!form.is_list()) errors_.fail(form, "a list is expected here");
  }

  const Sexpr& sexpr() const { return form_; }
  bool at_end() const { return errors_.failed() || at_ >= form_.items.size(); }
  /// The next item, which must exist.
  const Sexpr& peek() const { return form_.items[at_]; }

  const Sexpr& take() {
    if (at_ < form_.items.size()) return form_.items[at_++];
    errors_.fail(form_, "something is missing in this list");
    return form_;
  }
  std::string take_word() {
    const Sexpr& item = take();
    if (item.kind != Sexpr::Kind::kWord) errors_.fail(item, "a word is expected here");
    return item.text;
  }
  /// A name: a word, or a quoted text.
  std::string take_name() {
    const Sexpr& item = take();
    if (item.is_list()) errors_.fail(item, "a name is expected here");
    return item.text;
  }
  std::string take_text() {
    const Sexpr& item = take();
    if (item.kind != Sexpr::Kind::kText) errors_.fail(item, "a quoted text is expected here");
    return item.text;
  }
  std::uint64_t take_number(std::uint64_t max) {
    const Sexpr& item = take();
    std::uint64_t value = 0;
    const char* end = item.text.data() + item.text.size();
    const auto [stop, error] = std::from_chars(item.text.data(), end, value);
    if (item.kind != Sexpr::Kind::kWord || error != std::errc() || stop != end || value > max) {
      errors_.fail(item, "a number up to " + std::to_string(max) + " is expected here");
      return 0;
    }
    return value;
  }

  /// Takes the next item if it is this word.
  bool accept(std::string_view text) {
    if (at_end() || peek().kind != Sexpr::Kind::kWord || peek().text != text) return false;
    ++at_;
    return true;
  }
  /// Whether the next item is a list with this head.
  bool next_is(std::string_view head) const {
    return !at_end() && peek().kind == Sexpr::Kind::kRound && !peek().items.empty() &&
           peek().items.front().kind == Sexpr::Kind::kWord && peek().items.front().text == head;
  }
  /// Whether the next item is a word that starts with `@`: a place.
  bool next_is_place() const {
    return !at_end() && peek().kind == Sexpr::Kind::kWord && peek().text.starts_with('@');
  }
  void finish() {
    if (!at_end()) errors_.fail(peek(), "nothing more is expected in this list");
  }

 private:
  const Sexpr& form_;
  FormErrors& errors_;
  std::size_t at_ = 0;
};

}  // namespace gms::ir
