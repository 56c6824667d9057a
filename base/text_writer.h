// Builds indented text line by line; what every text back end writes with. No line ends in a blank.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gms::base {

class TextWriter {
 public:
  explicit TextWriter(std::size_t indent_width = 2) : indent_width_(indent_width) {}

  // One line from its pieces (strings and characters). Line ends inside start new lines of the same
  // indent; an empty line stays empty.
  template <typename... Pieces>
  requires(sizeof...(Pieces) > 0) TextWriter& line(const Pieces&... pieces) {
    std::string whole;
    ((whole += pieces), ...);
    return put(whole);
  }

  // An empty line; two in a row, or one at the start, are written once or not at all.
  TextWriter& blank();

  // A line after which the indent grows, and the line before which it shrinks.
  TextWriter& open(std::string_view text);
  TextWriter& close(std::string_view text = "}");
  // `} else {`
  TextWriter& reopen(std::string_view text);

  TextWriter& indent();
  TextWriter& dedent();

  // open() now, close() at the end of the scope.
  class Block {
   public:
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() { writer_.close(close_); }

   private:
    friend class TextWriter;
    Block(TextWriter& writer, std::string close) : writer_(writer), close_(std::move(close)) {}
    TextWriter& writer_;
    std::string close_;
  };
  [[nodiscard]] Block block(std::string_view open_text, std::string close_text = "}");

  const std::string& str() const { return out_; }
  std::string take() { return std::exchange(out_, {}); }

 private:
  TextWriter& put(std::string_view text);

  std::size_t indent_width_;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace gms::base
