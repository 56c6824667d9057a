// Text in XML attributes and elements.
#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"

namespace gms::check {

inline std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : base::printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace gms::check
