#include "gen/backend/cpp/names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace gms::gen::cpp {
namespace {

// Keywords, and macros of the standard headers in lower case.
constexpr auto kKeywords = std::to_array<std::string_view>({
    "alignas",  "alignof",   "and",     "and_eq",   "asm",      "assert",    "auto",
    "bitand",   "bitor",     "bool",    "break",    "case",     "catch",     "char",
    "class",    "compl",     "concept", "const",    "continue", "decltype",  "default",
    "delete",   "do",        "double",  "else",     "enum",     "errno",     "explicit",
    "export",   "extern",    "false",   "float",    "for",      "friend",    "goto",
    "if",       "inline",    "int",     "long",     "mutable",  "namespace", "new",
    "noexcept", "not",       "not_eq",  "nullptr",  "operator", "or",        "or_eq",
    "private",  "protected", "public",  "register", "requires", "return",    "short",
    "signed",   "sizeof",    "static",  "stderr",   "stdin",    "stdout",    "struct",
    "switch",   "template",  "this",    "throw",    "true",     "try",       "typedef",
    "typeid",   "typename",  "union",   "unsigned", "using",    "virtual",   "void",
    "volatile", "while",     "xor",     "xor_eq",
});

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

std::string to_pascal(std::string_view name) {
  std::string result;
  bool start = true;
  for (const char c : name) {
    if (!is_word(c) || c == '_') {
      start = true;
      continue;
    }
    result += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    start = false;
  }
  return result;
}

std::string to_snake(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    const bool after_lower = i > 0 && std::islower(static_cast<unsigned char>(name[i - 1])) != 0;
    if (upper && after_lower) result += '_';
    result += is_word(c) ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  }
  if (result.empty() || std::isdigit(static_cast<unsigned char>(result[0])) != 0)
    result.insert(0, "n");
  return result;
}

std::string Scope::add(std::string wanted) {
  if (std::find(kKeywords.begin(), kKeywords.end(), wanted) != kKeywords.end()) wanted += '_';
  std::string name = wanted;
  for (int n = 2; taken_.contains(name); ++n)
    name = wanted + (wanted.back() == '_' ? "" : "_") + std::to_string(n);
  taken_.insert(name);
  order_.push_back(name);
  return name;
}

void Scope::back_to(Mark mark) {
  while (order_.size() > mark) {
    taken_.erase(order_.back());
    order_.pop_back();
  }
}

bool mentions(std::string_view text, std::string_view identifier) {
  for (std::size_t at = text.find(identifier); at != std::string_view::npos;
       at = text.find(identifier, at + 1)) {
    const std::size_t end = at + identifier.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end])))
      return true;
  }
  return false;
}

}  // namespace gms::gen::cpp
