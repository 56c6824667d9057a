#include "flow/trace_files.h"

#include <algorithm>

namespace gms::flow {
namespace {

namespace fs = std::filesystem;

bool is_trace(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".jsonl") || name.ends_with(".jsonl.gz");
}

}  // namespace

std::vector<std::string> traces_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (is_trace(it->path())) out.push_back(it->path().string());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace gms::flow
