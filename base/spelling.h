// "Did you mean": the known name that a misspelt one is closest to.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace gms::base {

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other, in
// bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate with the smallest distance, the first of equals; nothing if none is close enough to
// be a likely slip (a third of the word's length, at least one). Names over 100 bytes are never
// close.
std::optional<std::string_view> closest_name(std::string_view word,
                                             std::span<const std::string_view> candidates);

}  // namespace gms::base
