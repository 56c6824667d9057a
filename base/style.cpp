#include "base/style.h"

#include <unistd.h>

#include <cstdlib>

namespace gms::base {
namespace {

std::string_view sequence(Tone tone) {
  switch (tone) {
    case Tone::kError: return "\x1b[1;31m";
    case Tone::kWarning: return "\x1b[1;35m";
    case Tone::kNote: return "\x1b[1;36m";
    case Tone::kHint: return "\x1b[1;34m";
    case Tone::kGood: return "\x1b[1;32m";
    case Tone::kStrong: return "\x1b[1m";
    case Tone::kFaint: return "\x1b[2m";
  }
  return "";
}

bool environment_allows_color() {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return term == nullptr || std::string_view(term) != "dumb";
}

}  // namespace

std::string Style::paint(Tone tone, std::string_view text) const {
  if (!color_) return std::string(text);
  std::string out(sequence(tone));
  out += text;
  out += "\x1b[0m";
  return out;
}

Style style_for(int descriptor, ColorChoice choice) {
  switch (choice) {
    case ColorChoice::kAlways: return Style(true);
    case ColorChoice::kNever: return Style(false);
    case ColorChoice::kAuto: break;
  }
  return Style(isatty(descriptor) == 1 && environment_allows_color());
}

}  // namespace gms::base
