// Vectors as files: a trace's lines, of which the results may be left out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "runner/sequence.h"

namespace gms::flow {

struct Vector {
  std::string file;
  std::string name;  // what its first line says, or the file's name without endings
  std::vector<runner::Line> lines;
  std::string problem;                  // why nothing of it can be run; it was reported
  std::size_t bad_line = 0;             // with a problem: counted from 1; 0: no single line
  std::optional<runner::Stop> lacking;  // what it asks for that no host is asked to do
};

/// Files stay; a folder becomes the vectors that are directly in it.
std::vector<std::string> vector_files(const std::vector<std::string>& paths);

/// Reads a .jsonl file, plain or gzip, and checks that its lines are calls.
Vector read_vector(const std::string& path, base::SourceSet& sources, base::DiagSink& sink);

/// The same from a text at hand.
Vector parse_vector(std::string file, const std::string& text, base::SourceSet& sources,
                    base::DiagSink& sink);

/// A mistake that is found later.
void report_bad_line(const Vector& vector, std::size_t index, const std::string& message,
                     base::SourceSet& sources, base::DiagSink& sink);

/// The name of a file without its folder and without .jsonl or .jsonl.gz.
std::string vector_stem(const std::string& path);

}  // namespace gms::flow
