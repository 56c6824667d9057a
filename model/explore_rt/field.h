// What a generated explorer computes with: a state as a few machine words, the fields packed in
// them, and the arithmetic of docs/semantics.md on bit patterns that are kept zero-extended.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gms::explore {

using u64 = std::uint64_t;

/// A state. All bits zero is the state in which every function has its initial value everywhere.
template <unsigned Count>
struct Words {
  static constexpr unsigned kCount = Count;
  u64 w[Count];
  friend bool operator==(const Words& a, const Words& b) {
    u64 differ = 0;
    for (unsigned i = 0; i < Count; ++i)
      differ |= a.w[i] ^ b.w[i];
    return differ == 0;
  }
  friend bool operator<(const Words& a, const Words& b) {
    for (unsigned i = 0; i < Count; ++i)
      if (a.w[i] != b.w[i]) return a.w[i] < b.w[i];
    return false;
  }
};

constexpr u64 ones(unsigned bits) {
  return bits >= 64 ? ~u64{0} : (u64{1} << bits) - 1;
}

/// An array of numbers of `Bits` bits each, from bit `Shift` of word `Word` on. `PerWord`: how many
/// stand in one word before the next one is used; 0: all stand in the first.
template <unsigned Word, unsigned Shift, unsigned Bits, unsigned PerWord>
struct Field {
  template <class State>
  static u64 get(const State& s, u64 i) {
    if constexpr (PerWord == 0) {
      return s.w[Word] >> (Shift + i * Bits) & ones(Bits);
    } else {
      return s.w[Word + i / PerWord] >> (i % PerWord * Bits) & ones(Bits);
    }
  }
  template <class State>
  static void put(State& s, u64 i, u64 code) {
    if constexpr (PerWord == 0) {
      const u64 shift = Shift + i * Bits;
      s.w[Word] = (s.w[Word] & ~(ones(Bits) << shift)) | code << shift;
    } else {
      const u64 shift = i % PerWord * Bits;
      u64& word = s.w[Word + i / PerWord];
      word = (word & ~(ones(Bits) << shift)) | code << shift;
    }
  }
};

/// A value that may be none.
struct Opt {
  bool has = false;
  u64 v = 0;
  friend bool operator==(const Opt& a, const Opt& b) {
    return a.has == b.has && (!a.has || a.v == b.v);
  }
};
inline Opt some(u64 v) {
  return {true, v};
}
inline u64 unwrap(const Opt& x, u64 zero = 0) {
  return x.has ? x.v : zero;
}

/// Two's complement of `Width` bits.
template <unsigned Width>
constexpr std::int64_t sx(u64 v) {
  return static_cast<std::int64_t>(v << (64 - Width)) >> (64 - Width);
}

template <unsigned Width, bool Signed>
constexpr u64 div(u64 a, u64 b) {
  if (b == 0) return Signed && sx<Width>(a) < 0 ? 1 : ones(Width);
  if (!Signed) return a / b;
  if (sx<Width>(b) == -1) return (0 - a) & ones(Width);
  return static_cast<u64>(sx<Width>(a) / sx<Width>(b)) & ones(Width);
}
template <unsigned Width, bool Signed>
constexpr u64 rem(u64 a, u64 b) {
  if (b == 0) return a;
  if (!Signed) return a % b;
  if (sx<Width>(b) == -1) return 0;
  return static_cast<u64>(sx<Width>(a) % sx<Width>(b)) & ones(Width);
}
template <unsigned Width>
constexpr u64 shl(u64 a, u64 b) {
  return b >= Width ? 0 : (a << b) & ones(Width);
}
template <unsigned Width, bool Signed>
constexpr u64 shr(u64 a, u64 b) {
  if (!Signed) return b >= Width ? 0 : a >> b;
  return static_cast<u64>(sx<Width>(a) >> (b >= Width ? Width - 1 : b)) & ones(Width);
}

/// For telling handles apart: see the generated mark(). Of small numbers it is never 0, which
/// stands for a handle of which nothing is known.
constexpr u64 mix(u64 h, u64 v) {
  h = (h * 0xbf58476d1ce4e5b9 + v + 0x94d049bb133111eb) * 0x9e3779b97f4a7c15;
  return h ^ h >> 29;
}

}  // namespace gms::explore
