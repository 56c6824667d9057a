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

/// Reads a .jsonl file, plain or gzip, and checks that its lines are calls.
Vector read_vector(const std::string& path, base::SourceSet& sources, base::DiagSink& sink);

/// How else the call after this line may end: for each way the results that are not those of the
/// call's own line, null for what is not there then. A note holds them as texts
/// ("ret=-1 errno=ENOMEM"); other lines hold none.
std::vector<runner::Line> other_ways(const runner::Line& note);

/// The name of a file without its folder and without .jsonl or .jsonl.gz.
std::string vector_stem(const std::string& path);

}  // namespace gms::flow
