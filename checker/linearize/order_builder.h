// One order of calls, built on a compiled model as the calls return. Each takes effect when it
// returns if the model allows that; else the calls that took effect last are moved about, or one
// that is pending is taken first, or two of long ago that overlapped change places. The order that
// results explains every call. Where none is found there may still be one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "checker/linearize/kept_call.h"
#include "model/runtime/engine.h"

namespace gms::check::linearize {

class OrderBuilder {
 public:
  /// `slots`: fields of a line, as the model was told.
  OrderBuilder(std::unique_ptr<model::Model> model, std::size_t slots)
      : model_(std::move(model)), slots_(slots) {}

  /// The next call by its end. `pending`: those that began before it ended and end later. False: no
  /// place for it was found, and nothing more can be asked.
  bool returns(const Call& call, std::span<const Call> pending);

  const model::Model& model() const { return *model_; }

 private:
  struct Placed {
    Call call;
    model::Model::Mark before = 0;
  };

  bool place(const Call& call);
  bool place_all(std::span<const Call> calls);
  std::vector<Call> take_back(std::size_t count);
  bool try_instead(std::span<const Call> calls, std::span<const Call> former);
  bool insert(const Call& call, const Call* then);
  bool postpone(const Call& call);
  std::vector<Call> free_of(const Call& call, std::span<const Call> pending) const;
  bool take_first(const Call& call, std::span<const Call> pending);
  bool blame_for_pending(const Call& call, std::span<const Call> pending);
  bool blame(const Call& call);
  bool matters(const Call& moved, const Call& call);
  bool move_earlier(const Call& moved, std::span<const Call> later);
  std::size_t overlapped_by(const Call& moved) const;
  bool fits(const Call& call);
  void settle();

  std::unique_ptr<model::Model> model_;
  std::vector<Value> slots_;
  std::vector<Placed> placed_;        // the last ones
  std::vector<std::uint64_t> early_;  // lines of pending calls that have taken effect
  std::uint64_t tried_ = 0, returned_ = 0;
};

}  // namespace gms::check::linearize
