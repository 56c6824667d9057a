// Vectors judged by a changed spec, as `gmemspec check` judges traces.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "checker/conform/event_table.h"
#include "checker/conform/judge.h"
#include "checker/conform/valuation.h"
#include "checker/vectors/generate.h"
#include "checker/vectors/writer.h"
#include "ir/ir.h"

namespace gms::check {

/// The lines of a vector, without a first one that says what it is for.
std::string lines_text(const TestVector& vector);

class ChangedJudge {
 public:
  /// Both must outlive it. `not_given` as VectorOptions.
  ChangedJudge(const ir::Module& original, const ir::Module& changed,
               const std::vector<std::string>& not_given);

  /// Whether the change shows in the vector: the changed spec does not explain its lines. Or, where
  /// the calls are known, a system that is as the changed spec says may answer one of them in a way
  /// that the vector does not allow and the original does not explain.
  bool notices(const TestVector& vector, const std::string& lines) const;
  bool notices(const TestVector& vector, const std::string& lines, const Run& calls);

 private:
  using Events = std::variant<EventTable, std::string>;
  static bool rejects(const Events& events, const EngineFactory& engines,
                      const Valuation& valuation, const std::string& lines);

  const ir::Module& original_;
  const ir::Module& changed_;
  Events events_, original_events_;
  EngineFactory engines_, original_engines_;
  EventWriter writer_;  // of the changed spec
};

}  // namespace gms::check
