// Which of many small changes of a spec a set of vectors notices, and runs that notice the others.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "checker/explore/explore.h"
#include "checker/vectors/call_args.h"
#include "checker/vectors/generate.h"
#include "checker/vectors/step_book.h"
#include "checker/vectors/writer.h"
#include "ir/ir.h"
#include "ir/mutate.h"

namespace gms::check {

struct NoticeInputs {
  const ir::Module& module;
  const EventWriter& writer;
  const VectorOptions& options;
  std::map<ir::ParamId, std::uint64_t> fixed;  // parameters that have one value
  const std::vector<TestVector>& vectors;
  const std::vector<const Run*>& runs;  // of the vectors
  const StepBook& steps;
  const KnownArgs& args;
};

/// The first two: one of them, or neither.
struct NoticeAnswer {
  std::optional<std::size_t> vector;  // the first that notices the change
  std::optional<Run> run;
  std::set<ir::StateId> apart;  // functions in which it was seen to make a difference
};

/// In step with the changes. `progress` is called after each, by one thread at a time.
std::vector<NoticeAnswer> notice_all(const NoticeInputs& inputs,
                                     const std::vector<const ir::Mutation*>& changes,
                                     const std::function<void()>& progress);

/// For changes that this has not found anything for, the same behind calls at random. `answers` are
/// the ones that it has given.
void notice_at_random(const NoticeInputs& inputs, const std::vector<const ir::Mutation*>& changes,
                      std::vector<NoticeAnswer>& answers, const std::function<void()>& progress);

}  // namespace gms::check
