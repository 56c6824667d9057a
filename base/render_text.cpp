#include "base/render_text.h"

#include <algorithm>
#include <string_view>

#include "base/utf8.h"

namespace gms::base {
namespace {

constexpr std::size_t kTabWidth = 8;
// Of a longer line a window is shown: so many bytes before and after the start of the mark.
constexpr std::size_t kWholeLine = 160;
constexpr std::size_t kBefore = 60;
constexpr std::size_t kAfter = 80;
constexpr std::string_view kCut = "...";

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// The part [begin, end) of a line that is shown, on character boundaries.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Window choose_window(std::string_view line, std::size_t mark) {
  if (line.size() <= kWholeLine) return {0, line.size()};
  Window window{mark > kBefore ? mark - kBefore : 0, std::min(line.size(), mark + kAfter)};
  // Broken UTF-8 may consist of continuation bytes only, so neither search goes far.
  for (int i = 0; i < 3 && window.begin > 0 && is_continuation(line[window.begin]); ++i) {
    --window.begin;
  }
  for (int i = 0; i < 3 && window.end < line.size() && is_continuation(line[window.end]); ++i) {
    ++window.end;
  }
  return window;
}

// A line as shown, and the columns between which the mark stands in it.
struct Excerpt {
  std::string shown;
  std::size_t mark_begin = 0;
  std::size_t mark_end = 0;
};

// `begin` and `end` are offsets into the line; they may be its length (a mark after the last
// character).
Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end) {
  const Window window = choose_window(line, begin);
  Excerpt result;
  std::size_t column = 0;
  if (window.begin > 0) {
    result.shown = kCut;
    column = kCut.size();
  }

  bool begun = false;
  for (std::size_t at = window.begin; at < window.end;) {
    if (!begun && at >= begin) {
      result.mark_begin = column;
      begun = true;
    }
    const CodePoint point = decode_utf8(line, at);
    if (point.valid && point.value == '\t') {
      const std::size_t spaces = kTabWidth - column % kTabWidth;
      result.shown.append(spaces, ' ');
      column += spaces;
    } else if (std::string escaped = escape_unprintable(line, at, point); !escaped.empty()) {
      result.shown += escaped;
      column += escaped.size();
    } else {
      result.shown += line.substr(at, point.length);
      column += static_cast<std::size_t>(display_width(point.value));
    }
    at += point.length;
    if (at <= end || (at > end && at - point.length < end)) result.mark_end = column;
  }
  if (!begun) result.mark_begin = column;
  result.mark_end = std::max(result.mark_end, result.mark_begin + 1);
  if (window.end < line.size()) result.shown += kCut;
  return result;
}

std::string padded_number(std::string number) {
  constexpr std::size_t kGutter = 5;
  if (number.size() < kGutter) number.insert(0, kGutter - number.size(), ' ');
  return number;
}

// The source line and the mark under it. `head` is the first character of the mark.
std::string render_excerpt(Span span, const SourceSet& sources, char head, Tone tone, Style style) {
  const SourceFile& file = sources.file(span.file);
  const std::uint32_t at = std::min(span.begin, file.size());
  const std::string_view line = file.line_at(at);
  const std::uint32_t line_begin = file.line_begin(at);
  const std::size_t begin = std::min<std::size_t>(at - line_begin, line.size());
  const std::size_t end = std::min<std::size_t>(std::max(span.end, at) - line_begin, line.size());

  const Excerpt shown = excerpt(line, begin, end);
  const std::string number = padded_number(std::to_string(file.position(at).line));
  std::string mark(1, head);
  mark.append(shown.mark_end - shown.mark_begin - 1, '~');

  std::string out = style.paint(Tone::kFaint, number + " |");
  if (!shown.shown.empty()) out += ' ' + shown.shown;
  out += '\n';
  out += style.paint(Tone::kFaint, std::string(number.size(), ' ') + " |");
  out += ' ' + std::string(shown.mark_begin, ' ') + style.paint(tone, mark) + '\n';
  return out;
}

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::kError: return Tone::kError;
    case Severity::kWarning: return Tone::kWarning;
    case Severity::kNote: return Tone::kNote;
  }
  return Tone::kNote;
}

std::string render_note(const Note& note, const SourceSet& sources, Style style) {
  std::string out;
  if (note.span.has_place()) {
    out += style.paint(Tone::kStrong, render_place(note.span, sources) + ':') + ' ';
  }
  out += style.paint(Tone::kNote, "note:") + ' ' + printable(note.text) + '\n';
  if (note.span.has_place()) {
    out += render_excerpt(note.span, sources, '~', Tone::kNote, style);
  }
  return out;
}

}  // namespace

std::string render_place(Span span, const SourceSet& sources) {
  if (!span.has_place()) return "<no place>";
  const SourceFile& file = sources.file(span.file);
  const Position position = file.position(span.begin);
  return printable(file.name()) + ':' + std::to_string(position.line) + ':' +
         std::to_string(position.column);
}

std::string render_text(const Diagnostic& diagnostic, const SourceSet& sources, Style style) {
  const Tone tone = tone_of(diagnostic.info.severity);
  std::string out;
  if (diagnostic.span.has_place()) {
    out += style.paint(Tone::kStrong, render_place(diagnostic.span, sources) + ':') + ' ';
  }
  std::string label(severity_name(diagnostic.info.severity));
  label += '[';
  label += diagnostic.info.code;
  label += "]:";
  out += style.paint(tone, label) + ' ' + printable(diagnostic.message()) + '\n';
  if (diagnostic.span.has_place()) {
    out += render_excerpt(diagnostic.span, sources, '^', tone, style);
  }
  for (const Note& note : diagnostic.notes)
    out += render_note(note, sources, style);
  if (!diagnostic.hint.empty()) {
    out += style.paint(Tone::kHint, "hint:") + ' ' + printable(diagnostic.hint) + '\n';
  }
  return out;
}

std::string render_text(const DiagSink& sink, const SourceSet& sources, Style style) {
  std::string out;
  for (const Diagnostic& diagnostic : sink.sorted()) {
    out += render_text(diagnostic, sources, style);
  }
  if (sink.dropped() > 0) {
    out += style.paint(Tone::kNote, "note:") + ' ' + std::to_string(sink.dropped()) +
           " more diagnostics are not shown\n";
  }
  return out;
}

}  // namespace gms::base
