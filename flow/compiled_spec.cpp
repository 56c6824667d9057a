#include "flow/compiled_spec.h"

#include <charconv>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/fingerprint.h"
#include "ir/text/parse.h"
#include "ir/verify.h"

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

// Sixteen digits, a space, and what has that number.
std::string line_of(std::uint64_t number, const std::string& name) {
  return base::hex(number) + ' ' + name + '\n';
}

struct Line {
  std::uint64_t number = 0;
  std::string name;
};

// Empty if it is not the text of such lines.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t size = 0; !text.empty(); text.remove_prefix(size + 1)) {
    size = text.find('\n');
    if (size == std::string_view::npos || size < 18 || text[16] != ' ') return {};
    Line& line = lines.emplace_back();
    const auto [end, error] = std::from_chars(text.data(), text.data() + 16, line.number, 16);
    if (error != std::errc() || end != text.data() + 16) return {};
    line.name = text.substr(17, size - 17);
  }
  return lines;
}

std::optional<std::string> unchanged(const std::string& path, std::uint64_t fingerprint) {
  std::optional<std::string> text = base::read_file(path).text;
  if (text && base::fingerprint(*text) != fingerprint) return std::nullopt;
  return text;
}

std::optional<ir::Module> read_module(const std::string& text, base::FileId first_source) {
  // Its mistakes are not the user's: the spec is compiled instead.
  base::SourceSet sources;
  base::DiagSink sink;
  std::optional<ir::Module> module =
      ir::parse(text, sources.add("", ""), sink, static_cast<std::uint32_t>(first_source));
  if (!module || !ir::verify(*module, sink)) return std::nullopt;
  return module;
}

}  // namespace

std::optional<std::string> origin_of(const std::string& name, std::uint64_t digest,
                                     const std::string& gir, const std::string& path,
                                     const base::SourceSet& sources) {
  const fs::path folder = fs::path(path).parent_path().lexically_normal();
  std::string result = line_of(digest, name);
  result += line_of(base::fingerprint(gir), name + ".gir");
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const base::SourceFile& file = sources.file(static_cast<base::FileId>(i));
    const std::string inside =
        fs::path(file.name()).lexically_normal().lexically_relative(folder).generic_string();
    if (inside.empty() || inside.starts_with("..") || inside.find('\n') != std::string::npos)
      return std::nullopt;
    result += line_of(base::fingerprint(file.text()), inside);
  }
  return result;
}

std::optional<CompiledSpec> read_compiled(const std::string& path, base::SourceSet& sources) {
  constexpr std::size_t kFirstSource = 2;  // the spec's own file
  const std::string name = fs::path(path).stem().string();
  const std::string generated = std::string(GMS_GENERATED_FOLDER) + '/' + name + '/' + name;
  const std::optional<std::string> origin = base::read_file(generated + ".from").text;
  if (!origin) return std::nullopt;
  const std::vector<Line> lines = lines_of(*origin);
  if (lines.size() <= kFirstSource || lines[kFirstSource].name != name + ".gms")
    return std::nullopt;
  const std::optional<std::string> gir = unchanged(generated + ".gir", lines[1].number);
  if (!gir) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> files;
  for (std::size_t i = kFirstSource; i < lines.size(); ++i) {
    // Named as the compiler names them.
    std::string file =
        i == kFirstSource
            ? path
            : (fs::path(path).parent_path() / lines[i].name).lexically_normal().string();
    std::optional<std::string> text = unchanged(file, lines[i].number);
    if (!text) return std::nullopt;
    files.emplace_back(std::move(file), std::move(*text));
  }
  std::optional<ir::Module> module = read_module(*gir, static_cast<base::FileId>(sources.size()));
  if (!module) return std::nullopt;
  for (auto& [file, text] : files)
    sources.add(std::move(file), std::move(text));
  module->files.clear();
  for (std::size_t i = 0; i < sources.size(); ++i)
    module->files.push_back(sources.file(static_cast<base::FileId>(i)).name());
  return CompiledSpec{std::move(*module), lines.front().number};
}

}  // namespace gms::flow
