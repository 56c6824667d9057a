// A picture of a small state space: a node for each state, an edge for each call that leads to
// another one.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "flow/explore.h"

namespace gms::flow {

/// Larger state spaces are not drawn.
inline constexpr std::uint64_t kMostGraphStates = 400;

std::string graph_dot(const Explored& explored);

/// Writes FILE.dot, or FILE.svg by `dot`. False after a reported error.
bool write_graph(const std::string& path, const Explored& explored, base::DiagSink& sink);

}  // namespace gms::flow
