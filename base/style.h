// Colour, and whether to use it. Nothing else writes escape sequences.
#pragma once

#include <string>
#include <string_view>

namespace gms::base {

enum class Tone { kError, kWarning, kNote, kHint, kGood, kStrong, kFaint };

// Passed to renderers; the default writes plain text.
class Style {
 public:
  Style() = default;
  explicit Style(bool color) : color_(color) {}

  bool color() const { return color_; }
  std::string paint(Tone tone, std::string_view text) const;

 private:
  bool color_ = false;
};

// `--color=WHEN`. kAuto: only on a terminal, not when NO_COLOR is set to something, not when
// TERM=dumb.
enum class ColorChoice { kAuto, kAlways, kNever };
Style style_for(int descriptor, ColorChoice choice = ColorChoice::kAuto);

}  // namespace gms::base
