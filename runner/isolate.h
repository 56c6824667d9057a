// Runs something in a process of its own, so that it starts afresh, nothing of it survives, and a
// crash or a call that never returns ends that process only.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gms::runner {

/// The way back from the process. What was sent arrives even if the process dies right after.
class Channel {
 public:
  explicit Channel(int fd) : fd_(fd) {}
  /// `message` holds no line feed. Blocks while the reader is behind.
  void send(std::string_view message);

 private:
  int fd_;
};

enum class Ending {
  kDone,
  kHung,  // nothing came for so long; the process was killed
  kDied,  // by a signal, or it could not be started
};
struct Isolated {
  Ending ending = Ending::kDone;
  std::string reason;  // of kDied: "signal 11 (Segmentation fault)"
};

/// Runs `body` in a child with no descriptors but the channel and the standard ones, of which input
/// is empty. `receive` gets the messages in order. `patience`: how long the child may be silent.
/// Only for processes with one thread.
Isolated isolate(const std::function<void(Channel&)>& body,
                 const std::function<void(std::string_view)>& receive,
                 std::chrono::milliseconds patience);

}  // namespace gms::runner
