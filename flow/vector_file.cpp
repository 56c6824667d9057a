#include "flow/vector_file.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/messages.h"
#include "flow/trace_files.h"
#include "flow/trace_text.h"
#include "runner/messages.h"

namespace gms::flow {
namespace {

using runner::Line;
namespace diag = runner::diag;

class Reader {
 public:
  Reader(Vector& vector, base::SourceSet& sources, base::DiagSink& sink)
      : vector_(vector), sources_(sources), sink_(sink) {}

  void read(const std::string& text) {
    std::size_t start = 0;
    while (start < text.size() && vector_.problem.empty()) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      texts_.push_back(text.substr(start, end - start));
      parse();
      start = end + 1;
    }
    if (!vector_.problem.empty()) return;
    const bool has_call =
        std::any_of(vector_.lines.begin(), vector_.lines.end(), [](const Line& line) {
          const auto op = line.is_object() ? line.find("op") : line.end();
          return op == line.end() || (*op != "meta" && *op != "note");
        });
    if (!has_call) {
      vector_.problem = "it holds no call";
      sink_.report(diag::bad_vector, {}, vector_.file, vector_.problem);
      return;
    }
    const auto stop = runner::check_sequence(vector_.lines);
    if (stop && stop->why == runner::Stop::Why::kLacking) {
      vector_.lacking = stop;
    } else if (stop) {
      bad(stop->index, stop->message, {});
    }
  }

 private:
  void parse() {
    try {
      vector_.lines.push_back(Line::parse(texts_.back()));
    } catch (const Line::parse_error& error) {
      bad(texts_.size() - 1, texts_.back().empty() ? "it is empty" : "it is no JSON", error.byte);
    }
  }

  /// `byte`: where in the line, from 1; 0: the whole line is meant.
  void bad(std::size_t index, const std::string& message, std::size_t byte) {
    const std::string& text = texts_[index];
    vector_.problem = message;
    vector_.bad_line = index + 1;
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto begin = byte == 0 ? 0 : std::min(size, static_cast<std::uint32_t>(byte - 1));
    const base::FileId file = sources_.add(vector_.file, text, vector_.bad_line);
    sink_.report(diag::bad_vector_line, {file, begin, begin}, message);
  }

  Vector& vector_;
  base::SourceSet& sources_;
  base::DiagSink& sink_;
  std::vector<std::string> texts_;
};

}  // namespace

std::vector<std::string> vector_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const std::vector<std::string> inside =
        std::filesystem::is_directory(path, error) ? traces_in(path) : std::vector<std::string>{};
    files.insert(files.end(), inside.begin(), inside.end());
    if (inside.empty()) files.push_back(path);  // reading it says why not
  }
  return files;
}

std::string vector_stem(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  for (const std::string_view ending : {".gz", ".jsonl"})
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  return name;
}

void report_bad_line(const Vector& vector, std::size_t index, const std::string& message,
                     base::SourceSet& sources, base::DiagSink& sink) {
  const base::FileId file =
      sources.add(vector.file, vector.lines[index].dump(), static_cast<std::uint32_t>(index + 1));
  sink.report(diag::bad_vector_line, {file, 0, 0}, message);
}

Vector read_vector(const std::string& path, base::SourceSet& sources, base::DiagSink& sink) {
  std::string problem;
  const std::optional<std::string> text = read_trace(path, problem);
  if (text) return parse_vector(path, *text, sources, sink);
  sink.report(base::diag::unreadable_file, {}, path, problem);
  Vector vector;
  vector.file = path;
  vector.name = vector_stem(path);
  vector.problem = problem;
  return vector;
}

Vector parse_vector(std::string file, const std::string& text, base::SourceSet& sources,
                    base::DiagSink& sink) {
  Vector vector;
  vector.name = vector_stem(file);
  vector.file = std::move(file);
  Reader(vector, sources, sink).read(text);
  if (!vector.problem.empty()) return vector;
  const Line& first = vector.lines.front();
  const auto name = first.find("vector");
  if (first["op"] == "meta" && name != first.end() && name->is_string())
    vector.name = name->get<std::string>();
  return vector;
}

}  // namespace gms::flow
