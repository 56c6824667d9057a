#include "base/text_writer.h"

#include <cassert>

namespace gms::base {

TextWriter& TextWriter::put(std::string_view text) {
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view part = text.substr(0, end);
    while (!part.empty() && (part.back() == ' ' || part.back() == '\t'))
      part.remove_suffix(1);
    if (!part.empty()) {
      out_.append(depth_ * indent_width_, ' ');
      out_ += part;
    }
    out_ += '\n';
    if (end == std::string_view::npos) return *this;
    text.remove_prefix(end + 1);
  }
}

TextWriter& TextWriter::blank() {
  if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  return *this;
}

TextWriter& TextWriter::open(std::string_view text) {
  put(text);
  return indent();
}

TextWriter& TextWriter::close(std::string_view text) {
  dedent();
  return put(text);
}

TextWriter& TextWriter::reopen(std::string_view text) {
  dedent();
  return open(text);
}

TextWriter& TextWriter::indent() {
  ++depth_;
  return *this;
}

TextWriter& TextWriter::dedent() {
  assert(depth_ > 0);
  --depth_;
  return *this;
}

TextWriter::Block TextWriter::block(std::string_view open_text, std::string close_text) {
  open(open_text);
  return {*this, std::move(close_text)};
}

}  // namespace gms::base
