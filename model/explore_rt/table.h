// The set of states that were reached, in the order in which they were: at most 50 bytes for each
// state of one word. States of one word stand in the hash table themselves; of longer ones the
// table holds 32 bits of the hash and a 32-bit number, and the state stands in the log alone.
#pragma once

#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>

#include "model/explore_rt/system.h"

namespace gms::explore {

/// Zeroed memory straight from the system, which gives pages when they are first touched.
template <class T>
class Pages {
 public:
  explicit Pages(std::size_t count) : bytes_(count * sizeof(T)) {
    void* at = mmap(nullptr, bytes_ == 0 ? 1 : bytes_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
      fprintf(stderr, "no memory for %zu bytes\n", bytes_);
      exit(3);
    }
    madvise(at, bytes_, MADV_HUGEPAGE);
    at_ = static_cast<T*>(at);
  }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  ~Pages() { munmap(at_, bytes_ == 0 ? 1 : bytes_); }
  void swap(Pages& other) {
    T* at = at_;
    at_ = other.at_;
    other.at_ = at;
    const std::size_t bytes = bytes_;
    bytes_ = other.bytes_;
    other.bytes_ = bytes;
  }
  T& operator[](std::size_t i) const { return at_[i]; }

 private:
  T* at_ = nullptr;
  std::size_t bytes_;
};

template <class State>
u64 hash_of(const State& s) {
  if constexpr (State::kCount == 1) {
    const u64 x = s.w[0];
    return (x ^ x >> 31) * 0x9e3779b97f4a7c15;
  } else {
    u64 h = 0;
    for (unsigned i = 0; i < State::kCount; ++i) {
      h = (h ^ s.w[i]) * 0x9e3779b97f4a7c15;
      h ^= h >> 32;
    }
    return h * 0xd6e8feb86659fd93;
  }
}

template <class State>
class Table {
 public:
  static constexpr bool kDirect = State::kCount == 1;
  static constexpr u64 kPresent = u64{1} << 63;  // a state of one word has at most 63 bits

  /// At most so many bytes for table and log, the old table included while the new one is filled.
  explicit Table(u64 memory)
      : memory_(memory),
        log_(memory / sizeof(State) + kSlack),
        slots_(std::size_t{1} << kFirstBits) {}

  u64 size() const { return count_.get(); }
  const State& operator[](u64 i) const { return log_[i]; }
  u64 log_end() const { return end_.get(); }
  u64 bytes() const { return (u64{8} << bits_) + log_end() * sizeof(State); }
  u64 peak_bytes() const { return peak_ > bytes() ? peak_ : bytes(); }

  void prefetch(u64 hash) const { __builtin_prefetch(&slots_[hash >> (64 - bits_)]); }

  /// A block of the log that one thread fills.
  struct Block {
    u64 at = 0, end = 0;
  };

  /// Whether the state is new. Several threads may insert if `shared`.
  bool insert(const State& s, u64 hash, Block& block, bool shared) {
    const u64 mask = ones(bits_);
    u64 entry;
    u64 place = 0;  // of the state in the log, once it is written there
    if constexpr (kDirect) {
      entry = s.w[0] | kPresent;
    } else {
      entry = 0;
    }
    for (u64 i = hash >> (64 - bits_);; i = (i + 1) & mask) {
      u64 found = __atomic_load_n(&slots_[i], __ATOMIC_ACQUIRE);
      if (found == 0) {
        if constexpr (!kDirect) {
          if (entry == 0) {
            place = take(block, shared);
            log_[place] = s;
            entry = (hash << 32) | (place + 1);
          }
        }
        if (!shared) {
          slots_[i] = entry;
        } else if (!__atomic_compare_exchange_n(&slots_[i], &found, entry, false, __ATOMIC_RELEASE,
                                                __ATOMIC_ACQUIRE)) {
          if (same(found, entry, s, hash)) {
            if constexpr (!kDirect) --block.at;
            return false;
          }
          continue;
        }
        if constexpr (kDirect) log_[take(block, shared)] = s;
        return true;
      }
      if (same(found, entry, s, hash)) {
        if constexpr (!kDirect) {
          if (entry != 0) --block.at;
        }
        return false;
      }
    }
  }
  void count(u64 more) { count_.add(more); }

  /// Before a level goes on: whether there is room for many more.
  bool is_full() const { return size() * 10 > (u64{1} << bits_) * 7; }
  bool is_crowded(u64 more) const { return size() + 2 * more > u64{1} << bits_; }
  bool out_of_memory() const { return log_end() * sizeof(State) + (u64{8} << bits_) > memory_; }
  /// False: the memory does not suffice.
  bool grow() {
    const u64 both = (u64{8} << bits_) * 3 + log_end() * sizeof(State);
    const u64 room = ~u64{0} >> 32;
    if (both > memory_ || (!kDirect && log_end() >= room)) return false;
    if (both > peak_) peak_ = both;
    Pages<u64> bigger(std::size_t{2} << bits_);
    slots_.swap(bigger);
    ++bits_;
    const u64 mask = ones(bits_);
    for (u64 n = 0; n < log_end(); ++n) {
      const u64 hash = hash_of(log_[n]);
      u64 i = hash >> (64 - bits_);
      while (slots_[i] != 0)
        i = (i + 1) & mask;
      slots_[i] = kDirect ? log_[n].w[0] | kPresent : (hash << 32) | (n + 1);
    }
    return true;
  }

  /// Fills what the blocks left free at the end of a level, so that the log has no holes. `blocks`
  /// are given back.
  template <class Blocks>
  void close_blocks(Blocks& blocks) {
    // From the last hole to the first: the last state moves into it.
    for (;;) {
      Block* last = nullptr;
      for (Block& b : blocks)
        if (b.at < b.end && (last == nullptr || b.end > last->end)) last = &b;
      if (last == nullptr) return;
      const u64 end = log_end();
      if (last->end == end) {
        end_.set(last->at);
        last->at = last->end = 0;
        continue;
      }
      move(end - 1, last->at);
      end_.set(end - 1);
      ++last->at;
      if (last->at == last->end) last->at = last->end = 0;
    }
  }

 private:
  static constexpr unsigned kFirstBits = 18;
  static constexpr u64 kBlock = 64;
  static constexpr u64 kSlack = u64{1} << 20;  // what one state may add after the last look

  bool same(u64 found, [[maybe_unused]] u64 entry, const State& s, u64 hash) const {
    if constexpr (kDirect) {
      return found == entry;
    } else {
      return found >> 32 == (hash & 0xffffffff) && log_[(found & 0xffffffff) - 1] == s;
    }
  }
  u64 take(Block& block, bool shared) {
    if (!shared) {
      const u64 at = end_.get();
      end_.set(at + 1);
      block.at = block.end = at + 1;
      return at;
    }
    if (block.at == block.end) {
      block.at = end_.add(kBlock);
      block.end = block.at + kBlock;
    }
    return block.at++;
  }
  void move(u64 from, u64 to) {
    log_[to] = log_[from];
    if constexpr (!kDirect) {
      const u64 hash = hash_of(log_[to]);
      u64 i = hash >> (64 - bits_);
      while ((slots_[i] & 0xffffffff) != from + 1)
        i = (i + 1) & ones(bits_);
      slots_[i] = (hash << 32) | (to + 1);
    }
  }

  u64 memory_;
  u64 peak_ = 0;
  Pages<State> log_;
  unsigned bits_ = kFirstBits;
  Pages<u64> slots_;
  Shared count_, end_;
};

}  // namespace gms::explore
