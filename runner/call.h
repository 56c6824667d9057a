// One line while it is made into a call: its fields with their types, and the objects that they
// name.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "runner/executor.h"

// C has no namespaces and no name mangling.
extern "C" {
#include "runner/ops.h"
}

namespace gms::runner {

/// Where a slot's userspace_addr points, if that is a mapping with a name.
struct SlotView {
  std::uint64_t gpa = 0, size = 0;
  std::string map;
  std::uint64_t map_offset = 0;
};

/// Threads share it.
struct Vm {
  std::map<int, gm_vcpu> vcpus;  // by thread; none is made while threads race
  std::atomic<int> fd = -1;      // -1: closed
  std::mutex slots_mutex;
  std::map<std::uint32_t, SlotView> slots;
};

struct Object {
  enum class Kind { kDescriptor, kMapping, kPin };
  enum class State {
    kLive,
    kGone,      // closed, unpinned
    kNotMade,   // its call failed
    kDeclared,  // only checked
  };
  Kind kind = Kind::kDescriptor;
  State state = State::kLive;
  std::string failure;  // kNotMade: "mmap: ENODEV"
  int fd = -1;
  std::shared_ptr<Vm> vm;  // of a descriptor that is a VM's
  gm_mapping mapping{nullptr, 0, 0};
  gm_pin pin{-1};
  std::uint64_t file_size = 0;  // of a guest_memfd, as it was asked for
};

struct Objects {
  std::map<std::string, Object, std::less<>> by_name;
  std::shared_ptr<Vm> newest_vm;
  std::string newest_gmem, newest_mapping;
  bool declared_vm = false, declared_child = false;
  std::uint64_t memory = 0;  // bytes of the host that the calls so far may have taken
};

/// What a call does to the numbers of descriptors, which are the process's and not a thread's.
struct DescriptorUse {
  bool opens = false;
  bool unnamed = false;  // means the newest of its kind, or another one if that is closed
  std::string closes;    // the object; empty: none
};

/// Descriptors that no call made.
enum class FdWord { kNone, kDevice, kVm, kOther };
std::optional<FdWord> fd_word(std::string_view text);

template <class T>
struct Word {
  std::string_view text;
  T value;
};

class Call {
 public:
  /// `thread`: 0 for the first one of the process.
  Call(const Line& line, Objects& objects, bool perform, int thread = 0)
      : tid(thread), line_(line), objects_(objects), perform_(perform), thread_(thread) {}
  int thread() const { return thread_; }

  // ---- Fields. The first thing that is wrong is kept, and what comes back then means nothing.
  // ----

  bool has(std::string_view field) const { return line_.contains(field); }
  template <class T>
  T number(std::string_view field) {
    const Line* value = find(field);
    return value != nullptr ? convert<T>(field, *value) : T{};
  }
  /// A field that is missing is written into the trace.
  template <class T>
  T number(std::string_view field, T fallback) {
    if (has(field)) return number<T>(field);
    filled[std::string(field)] = fallback;
    return fallback;
  }
  bool flag(std::string_view field, bool fallback);
  std::string text(std::string_view field);
  template <class T>
  T word(std::string_view field, std::span<const Word<T>> words, std::string_view what) {
    const std::string given = text(field);
    if (broken()) return words.front().value;
    for (const Word<T>& one : words)
      if (one.text == given) return one.value;
    fail("field '" + std::string(field) + "': '" + given + "' is no " + std::string(what));
    return words.front().value;
  }
  gm_place place(std::string_view field);

  // ---- Objects ----

  /// A name that this call gives to what it makes.
  std::string new_name(std::string_view field, Object::Kind kind);
  Object* object(std::string_view field, Object::Kind kind);
  Object* vm(std::string_view field);
  /// The VM that is meant where none is named; null if there is none yet.
  std::shared_ptr<Vm> newest_vm();
  /// Its descriptor; a duplicate if it is closed.
  int newest_vm_fd();
  /// The number behind a name or a word such as "vm-fd"; -1 for what is closed.
  int descriptor(std::string_view field, bool words_too = false);
  /// A mapping, if all of the pages are addresses that belong to it alone.
  const gm_mapping* pages(std::string_view field, std::uint64_t first, std::uint64_t count);
  Object* named(const std::string& name) { return find_object(name); }

  // ---- Outcome ----

  void fail(std::string message);
  void lack(std::string message);
  /// The call may take so many bytes of the host's memory: lacking if that is more than a test may.
  void take_memory(std::uint64_t bytes);
  /// KVM keeps something for each page of so many bytes.
  void take_tables(std::uint64_t bytes);
  /// How much of the range lies in a file: 0 for what is no guest_memfd.
  std::uint64_t bytes_in_file(std::string_view field, std::uint64_t offset, std::uint64_t length);
  bool broken() const { return !broken_.empty() || !lacking_.empty(); }
  const std::string& broken_message() const { return broken_; }
  const std::string& lacking_message() const { return lacking_; }
  /// Whether the call is to be made: all fields were read, and it is not only being checked.
  bool ready() const { return perform_ && !broken(); }
  bool performs() const { return perform_; }
  bool ok() const { return result.ret >= 0; }
  /// After the call: the name now means what was made, or that it could not be made.
  Object& bind(const std::string& name, Object::Kind kind);

  Objects& objects() { return objects_; }
  DescriptorUse use;
  gm_result result{};
  Line filled = Line::object();   // inputs that the line left out
  Line outputs = Line::object();  // results beside ret and errno
  int tid;                        // as the trace says

 private:
  const Line* find(std::string_view field);
  Object* find_object(const std::string& name);
  Object* usable(std::string_view field, const std::string& name, Object::Kind kind);
  void bad_type(std::string_view field, std::string_view expected);
  std::optional<std::pair<bool, std::uint64_t>> integer(std::string_view field, const Line& value);

  template <class T>
  T convert(std::string_view field, const Line& value) {
    const auto number = integer(field, value);
    if (!number) return T{};
    const auto [negative, bits] = *number;
    const auto as_signed = static_cast<std::int64_t>(bits);
    const bool fits = negative ? std::in_range<T>(as_signed) : std::in_range<T>(bits);
    if (!fits)
      fail("field '" + std::string(field) + "': " + value.dump() + " is not between " +
           std::to_string(std::numeric_limits<T>::min()) + " and " +
           std::to_string(std::numeric_limits<T>::max()));
    return static_cast<T>(bits);
  }

  const Line& line_;
  Objects& objects_;
  bool perform_;
  int thread_;
  std::string broken_, lacking_;
};

}  // namespace gms::runner
