// Which files of a folder are traces.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gms::flow {

/// The paths of the traces directly in the folder, by name. None if it cannot be read.
std::vector<std::string> traces_in(const std::filesystem::path& folder);

}  // namespace gms::flow
