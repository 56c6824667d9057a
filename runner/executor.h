// Makes the calls of a sequence on the real kernel, one line at a time, and says what came of each
// in the form of a trace. One program of calls for one process: names, VMs and mappings live as
// long as the process, so whoever wants to start afresh forks (isolate.h).
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gms::runner {

/// Threads beside the first one.
constexpr int kMaxThreads = 64;

/// A line of a vector or of a trace; the fields keep their order.
using Line = nlohmann::ordered_json;

/// What makes some results of a host mean less than they say.
struct Traits {
  bool guest_uses_userspace_addr = false;  // KVM emulates the guest's accesses, past guest_memfd
  bool frames_hidden = false;              // pagemap shows no frame numbers to this user
};

struct Step {
  enum class Kind {
    kRecorded,  // `line` is what happened
    kBroken,    // the line asks for something that is no call; `message` says why
    kLacking,   // this host cannot make the call, `message` says why
  };
  Kind kind = Kind::kBroken;
  Line line;
  /// What a checker may be shown instead of `line`, because of the host's traits; else null.
  Line judged;
  std::string message;
  std::size_t index = 0;  // of the line among those that were given
  bool left_out = false;  // only because an earlier call beside others has failed; others go on
};

class Executor {
 public:
  enum class Mode {
    kPerform,
    kCheck,  // nothing is called: finds what is wrong with a vector, on any machine
  };
  explicit Executor(Mode mode = Mode::kPerform, Traits traits = {});
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  ~Executor();

  /// Empty, or why nothing can be performed here. To be asked before the first call.
  std::string open();
  /// Fields of results in the line are ignored. A line with the op "meta" comes back as it is, a
  /// "note" with its number and time. Mode::kCheck: kRecorded means that nothing is wrong, and
  /// `line` is empty; kLacking, that no host is asked to do this.
  Step call(const Line& line);

  /// How many of the lines, from the first on, are calls of other threads than the first one.
  static std::size_t race_length(std::span<const Line> lines);
  /// Makes the calls of such lines at the same time: what was recorded, X
  std::vector<Step> race(std::span<const Line> lines);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What an op is given and what comes of it, beside `ret` and `errno`.
struct OpFields {
  std::string_view op;
  std::string_view inputs, outputs;  // names with spaces between them
  std::string_view alone = {};       // why only thread 0 makes such calls; empty: others do, too
};
/// Null if the executor does not know the op.
const OpFields* find_op(std::string_view op);
std::span<const OpFields> all_ops();
/// What the guest does, or is done to its page tables, through a vCPU.
bool is_of_guest(std::string_view op);
/// Whether `name` is one of the `names` with spaces between them.
bool lists(std::string_view names, std::string_view name);

/// Errors below 4096 by their names, as traces spell them.
std::string error_name(int error);

}  // namespace gms::runner
