// The fixed words of .gir text that print and parse share.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ir/ir.h"

namespace gms::ir {

inline constexpr std::array<std::string_view, 4> kEvidenceWords = {"trace", "source", "patch",
                                                                   "inferred"};
inline constexpr std::array<std::string_view, 5> kPropertyWords = {"invariant", "lemma",
                                                                   "two_state", "law", "cover"};
inline constexpr std::array<std::string_view, 3> kFieldWords = {"value", "name", "array"};

/// How text refers to each local: by its name, with `#id` where several have the name.
std::vector<std::string> local_words(const std::vector<Local>& locals);

/// True for a name that can stand as a word: letters, digits, `_` and `.`, not starting with a
/// digit.
bool is_plain_name(std::string_view name);

}  // namespace gms::ir
