#include "ir/text/words.h"

#include <unordered_map>

namespace gms::ir {

std::vector<std::string> local_words(const std::vector<Local>& locals) {
  std::unordered_map<std::string_view, int> uses;
  for (const Local& local : locals)
    ++uses[local.name];
  std::vector<std::string> words;
  words.reserve(locals.size());
  for (std::size_t i = 0; i < locals.size(); ++i) {
    const std::string& name = locals[i].name;
    const bool plain =
        is_plain_name(name) && name != "true" && name != "false" && name != "any" && name != "_";
    if (plain && uses[name] == 1) {
      words.push_back(name);
    } else {
      words.push_back((plain ? name : "") + "#" + std::to_string(i));
    }
  }
  return words;
}

bool is_plain_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (name.empty() || !letter(name.front())) return false;
  for (char c : name) {
    if (!letter(c) && !(c >= '0' && c <= '9') && c != '.') return false;
  }
  return true;
}

}  // namespace gms::ir
