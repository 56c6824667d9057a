// A plain recursive descent with one function for each kind of value; the depth is bounded by the
// shape of a line.
#include "checker/trace/line_check.h"

#include <charconv>
#include <set>
#include <utility>

#include "checker/trace/json_text.h"

namespace gms::check {
namespace {

using Kind = LineProblem::Kind;

class LineChecker {
 public:
  explicit LineChecker(std::string_view text) : text_(text) {}

  std::optional<LineProblem> run() {
    line();
    return std::move(problem_);
  }

 private:
  enum class Place { kField, kElement, kMember };  // of the line, of an array, of a nested object
  enum class ElementKind { kNone, kScalar, kObject };

  // All of these return false once problem_ is set.
  bool line();
  bool object(Place members, std::set<std::string>& names, bool once);
  bool name(std::string& key);
  bool value(Place place, ElementKind* element);
  bool array();
  bool string(std::string& result);
  bool number();
  bool word(std::string_view expected);

  bool fail(Kind kind, std::size_t at, std::string message) {
    problem_ = LineProblem{kind, at + 1, std::move(message)};
    return false;
  }
  bool unexpected(const std::string& wanted) {
    if (at_ == text_.size())
      return fail(Kind::kCut, at_, "the line ends where " + wanted + " is expected");
    // A character that is cut in two by the end of the text.
    if (cut_character()) return fail(Kind::kCut, at_, "the line ends inside a character");
    return fail(Kind::kSyntax, at_,
                wanted + " is expected, found " + describe_character(text_.substr(at_)));
  }
  bool cut_character() const;
  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<std::size_t> op_at_;  // where the value of "op" starts
  std::optional<LineProblem> problem_;
};

// Whether the text ends inside a UTF-8 character that starts at at_ and is right as far as it goes.
bool LineChecker::cut_character() const {
  const std::string_view rest = text_.substr(at_);
  if (rest.empty() || rest.size() > 3 || utf8_length(rest) != 0) return false;
  // Some continuation is right exactly when one of the extreme ones is.
  for (const char filler : {'\x80', '\x90', '\xa0', '\xbf'}) {
    std::string completed(rest);
    while (completed.size() < 4) {
      completed += filler;
      if (utf8_length(completed) == completed.size()) return true;
    }
  }
  return false;
}

bool LineChecker::line() {
  skip_space();
  if (at_ == text_.size())
    return fail(Kind::kSyntax, 0, "an empty line, where a JSON object is expected");
  if (text_.substr(at_).starts_with("\xef\xbb\xbf"))
    return fail(Kind::kSyntax, at_, "a byte order mark, which JSON lines must not have");
  if (!next_is('{')) {
    const char c = text_[at_];
    if (c == '[' || c == '"' || c == '-' || (c >= '0' && c <= '9'))
      return fail(
          Kind::kShape, at_,
          "a line must be one JSON object, this one is " + std::string(c == '['   ? "an array"
                                                                       : c == '"' ? "a string"
                                                                                  : "a number"));
    return unexpected("a JSON object");
  }
  std::set<std::string> names;
  if (!object(Place::kField, names, true)) return false;
  skip_space();
  if (at_ != text_.size())
    return fail(Kind::kSyntax, at_,
                "nothing may follow the object, found " + describe_character(text_.substr(at_)));
  if (!names.contains("op")) return fail(Kind::kShape, 0, "the field 'op' is missing");
  if (op_at_) return fail(Kind::kShape, *op_at_, "the field 'op' must be a string");
  return true;
}

// `names` collects the names of one object, or of all objects of an array; `once`: a name there
// already is there twice.
bool LineChecker::object(Place members, std::set<std::string>& names, bool once) {
  ++at_;
  skip_space();
  if (next_is('}')) {
    ++at_;
    return true;
  }
  std::set<std::string> own;
  for (;;) {
    skip_space();
    const std::size_t key_at = at_;
    if (!next_is('"')) return unexpected("a field name in quotes");
    std::string key;
    if (!string(key)) return false;
    const bool seen =
        once ? !names.insert(key).second : (names.insert(key), !own.insert(key).second);
    if (seen)
      return fail(Kind::kShape, key_at,
                  "the field " + quote_name(key) + " stands twice in one object");
    if (names.size() > kMaxFieldNames)
      return fail(Kind::kShape, key_at,
                  "more than " + std::to_string(kMaxFieldNames) + " different field names");
    skip_space();
    if (!next_is(':')) return unexpected("':'");
    ++at_;
    skip_space();
    if (members == Place::kField && key == "op" && at_ < text_.size() && text_[at_] != '"')
      op_at_ = at_;
    if (!value(members, nullptr)) return false;
    skip_space();
    if (next_is('}')) {
      ++at_;
      return true;
    }
    if (!next_is(',')) return unexpected("',' or '}'");
    ++at_;
  }
}

bool LineChecker::value(Place place, ElementKind* element) {
  if (at_ == text_.size()) return unexpected("a value");
  if (element != nullptr) *element = ElementKind::kScalar;
  const std::size_t start = at_;
  switch (text_[at_]) {
    case '"': {
      std::string ignored;
      return string(ignored);
    }
    case '{': {
      if (place == Place::kMember) return fail(Kind::kShape, start, "objects are nested too deep");
      if (element != nullptr) return *element = ElementKind::kObject, true;  // the array reads it
      std::set<std::string> names;
      return object(Place::kMember, names, true);
    }
    case '[':
      if (place != Place::kField)
        return fail(Kind::kShape, start, "an array inside an array or an object");
      return array();
    case 't': return word("true");
    case 'f': return word("false");
    case 'n': return word("null");
    default:
      if (text_[at_] == '-' || (text_[at_] >= '0' && text_[at_] <= '9')) return number();
      return unexpected("a value");
  }
}

bool LineChecker::array() {
  ++at_;
  skip_space();
  if (next_is(']')) {
    ++at_;
    return true;
  }
  ElementKind kind = ElementKind::kNone;
  std::set<std::string> columns;
  for (std::size_t count = 1;; ++count) {
    skip_space();
    if (count > kMaxElements)
      return fail(Kind::kShape, at_,
                  "an array of more than " + std::to_string(kMaxElements) + " elements");
    const std::size_t start = at_;
    ElementKind found = ElementKind::kNone;
    if (!value(Place::kElement, &found)) return false;
    if (kind != ElementKind::kNone && kind != found)
      return fail(Kind::kShape, start, "an array mixes objects with other values");
    kind = found;
    if (kind == ElementKind::kObject && !object(Place::kMember, columns, false)) return false;
    skip_space();
    if (next_is(']')) {
      ++at_;
      return true;
    }
    if (!next_is(',')) return unexpected("',' or ']'");
    ++at_;
  }
}

bool LineChecker::string(std::string& result) {
  const std::size_t opening = at_++;
  const std::size_t start = at_;
  for (;;) {
    if (at_ == text_.size())
      return fail(Kind::kCut, opening, "a string is not closed before the line ends");
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c == '"') break;
    if (c < 0x20)
      return fail(Kind::kSyntax, at_,
                  describe_character(text_.substr(at_)) +
                      " inside a string; control characters must be escaped");
    if (c == '\\') {
      at_ += at_ + 1 < text_.size() ? 2 : 1;
      continue;
    }
    const std::size_t length = utf8_length(text_.substr(at_));
    if (length == 0) {
      if (cut_character()) return fail(Kind::kCut, at_, "the line ends inside a character");
      return fail(Kind::kSyntax, at_, "in a string: " + describe_character(text_.substr(at_)));
    }
    at_ += length;
  }
  result.resize(at_ - start);
  std::size_t size = 0;
  EscapeProblem problem;
  if (!unescape(text_.substr(start, at_ - start), result.data(), size, &problem))
    return fail(Kind::kSyntax, start + problem.at, std::move(problem.message));
  result.resize(size);
  ++at_;
  return true;
}

bool LineChecker::number() {
  const std::size_t start = at_;
  const bool negative = text_[at_] == '-';
  if (negative) ++at_;
  const auto digit = [this] {
    return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
  };
  if (!digit()) return unexpected("a digit");
  const bool zero = text_[at_] == '0';
  const std::size_t first = at_;
  while (digit())
    ++at_;
  if (zero && at_ - first > 1)
    return fail(Kind::kSyntax, first, "a number must not start with a zero");
  if (next_is('.') || next_is('e') || next_is('E'))
    return fail(Kind::kShape, start,
                "a number with a fraction or an exponent; fields hold integers only");
  std::uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text_.data() + first, text_.data() + at_, magnitude);
  const std::uint64_t lowest = std::uint64_t{1} << 63;
  if (error != std::errc() || (negative && magnitude > lowest))
    return fail(Kind::kShape, start, negative ? "a number below -2^63" : "a number above 2^64-1");
  return true;
}

bool LineChecker::word(std::string_view expected) {
  const std::string_view rest = text_.substr(at_);
  if (!rest.starts_with(expected)) {
    if (expected.starts_with(rest)) return fail(Kind::kCut, at_, "the line ends inside a value");
    return fail(Kind::kSyntax, at_,
                "a value is expected; is '" + std::string(expected) + "' meant?");
  }
  at_ += expected.size();
  return true;
}

}  // namespace

std::optional<LineProblem> check_line(std::string_view text) {
  return LineChecker(text).run();
}

}  // namespace gms::check
