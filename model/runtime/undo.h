// An undo log: what a step changed, in order, so that the step can be taken back.
// Every mutation of the state containers takes a `Journal*`; with a null pointer nothing is kept
// and the only cost is one predictable branch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace gms::model {

/// Records are closures, run newest first by `rollback`. A record may hold the address of a
/// container: while records are held, the state that they speak of must not be moved or destroyed.
/// An undo closure must not itself record.
class Journal {
 public:
  /// A point in the log. Valid until the log is rolled back beyond it or cleared.
  using Mark = std::size_t;

  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal() { clear(); }

  Mark mark() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Keeps `undo`, to be called as `undo()` on rollback. Kept by value in one growing array, so it
  /// has to be trivially copyable: capture pointers and scalars. See record_owned for anything
  /// else.
  template <class F>
  void record(F undo) {
    static_assert(std::is_trivially_copyable_v<F> && alignof(F) <= alignof(std::uint64_t));
    push(&undo, sizeof(F), [](const void* bytes, bool run) {
      if (run) {
        Copy<F> copy(bytes);
        copy.get()();
      }
    });
  }

  /// Keeps `value` and `undo`; on rollback calls `undo(std::move(value))`. Allocates.
  template <class T, class F>
  void record_owned(T value, F undo) {
    struct Owned {
      T value;
      F undo;
    };
    auto owned = std::make_unique<Owned>(Owned{std::move(value), std::move(undo)});
    Owned* pointer = owned.get();
    push(&pointer, sizeof(void*), [](const void* bytes, bool run) {
      Owned* raw = nullptr;
      std::memcpy(&raw, bytes, sizeof(void*));
      std::unique_ptr<Owned> back(raw);
      if (run) back->undo(std::move(back->value));
    });
    static_cast<void>(owned.release());  // the log has it now
    ++owned_;
  }

  /// Takes back everything recorded since `mark`, newest first.
  void rollback(Mark mark = 0) { unwind(mark, true); }

  /// Forgets the whole log and keeps the changes. Forgetting the newest records alone would make an
  /// older mark roll back to a state that never was.
  void clear() {
    if (owned_ == 0) {
      size_ = 0;
    } else {
      unwind(0, false);
    }
  }

  /// Forgets what was recorded before the mark and keeps the changes. From then on later marks are
  /// less by it.
  void forget_before(Mark mark) {
    if (owned_ != 0) {
      for (Mark end = mark; end > 0;)
        end = visit_last(end, false);
    }
    std::copy(words_.get() + mark, words_.get() + size_, words_.get());
    size_ -= mark;
    if (size_ == 0) owned_ = 0;
  }

 private:
  using Run = void (*)(const void* bytes, bool run);

  /// A closure copied out of the array: it has no default constructor, and its bytes may be
  /// unaligned for the compiler's purposes.
  template <class F>
  class Copy {
   public:
    explicit Copy(const void* bytes) { std::memcpy(bytes_, bytes, sizeof(F)); }
    F& get() { return *std::launder(reinterpret_cast<F*>(bytes_)); }

   private:
    alignas(F) std::byte bytes_[sizeof(F)];
  };

  /// Layout of a record: the closure's words, its function, the number of its words.
  void push(const void* bytes, std::size_t size, Run run) {
    static_assert(sizeof(Run) == sizeof(std::uint64_t));
    const std::size_t length = (size + 7) / 8;
    if (capacity_ - size_ < length + 2) grow(length + 2);
    std::uint64_t* const at = words_.get() + size_;
    std::memcpy(at, bytes, size);
    std::memcpy(at + length, &run, sizeof run);
    at[length + 1] = length;
    size_ += length + 2;
  }

  void grow(std::size_t more) {
    const std::size_t capacity = std::max(capacity_ * 2, size_ + more);
    auto words = std::make_unique_for_overwrite<std::uint64_t[]>(capacity);
    std::copy_n(words_.get(), size_, words.get());
    words_ = std::move(words);
    capacity_ = capacity;
  }

  void unwind(Mark mark, bool run) {
    while (size_ > mark)
      size_ = visit_last(size_, run);
    if (size_ == 0) owned_ = 0;
  }
  /// The record that ends there: runs or drops it. Where it begins.
  Mark visit_last(Mark end, bool run) {
    const std::size_t length = words_[end - 1];
    const Mark begin = end - length - 2;
    Run function = nullptr;
    std::memcpy(&function, &words_[begin + length], sizeof function);
    function(&words_[begin], run);
    return begin;
  }

  // A vector would fill what is written at once.
  std::unique_ptr<std::uint64_t[]> words_;
  std::size_t size_ = 0, capacity_ = 0;
  std::size_t owned_ = 0;  // how many records own memory, at least
};

/// Tries something: what the journal records in this scope is rolled back at its end unless `keep`.
class Attempt {
 public:
  explicit Attempt(Journal& journal) : journal_(&journal), mark_(journal.mark()) {}
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt() {
    if (journal_ != nullptr) journal_->rollback(mark_);
  }
  void keep() { journal_ = nullptr; }

 private:
  Journal* journal_;
  Journal::Mark mark_;
};

}  // namespace gms::model
