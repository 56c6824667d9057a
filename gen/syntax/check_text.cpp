#include "gen/syntax/check_text.h"

#include <algorithm>
#include <string_view>

#include "base/utf8.h"
#include "gen/syntax/messages.h"
#include "gen/syntax/parse.h"

namespace gms::gen {

namespace diag = syntax::diag;

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::optional<CheckedText> check_text(base::FileId file, const base::SourceSet& sources,
                                      base::DiagSink& sink) {
  std::string_view all = sources.file(file).text();
  if (all.size() > kMaxSpecBytes) {
    sink.report(diag::file_too_large, base::Span{file, 0, 0}, all.size(), kMaxSpecBytes)
        .with_hint("split it with `include`");
    return std::nullopt;
  }
  CheckedText result;
  if (all.starts_with(kByteOrderMark)) {
    sink.report(diag::byte_order_mark, base::Span{file, 0, 3})
        .with_hint("save the file as UTF-8 without a mark");
    all.remove_prefix(kByteOrderMark.size());
    result.skipped = 3;
  }
  result.text = std::string(all);
  if (!is_ascii(all)) {
    std::size_t broken = 0;
    std::size_t first = 0;
    for (std::size_t at = 0; at < all.size();) {
      const base::CodePoint point = base::decode_utf8(all, at);
      if (!point.valid) {
        if (broken++ == 0) first = at;
        result.text[at] = ' ';
      }
      result.offsets.push_back(static_cast<std::uint32_t>(at));
      at += point.length;
    }
    result.offsets.push_back(static_cast<std::uint32_t>(all.size()));
    if (broken > 0) {
      const auto where = static_cast<std::uint32_t>(first) + result.skipped;
      sink.report(diag::not_utf8, base::Span{file, where, where + 1}, broken, where)
          .with_hint("convert the file, for instance with iconv");
    }
  }
  return result;
}

}  // namespace gms::gen
