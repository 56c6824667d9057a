// Sixteen bytes of text compared at once. Where the processor has no instructions for it that every
// compiler knows, a loop does the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gms::check {

#ifdef __SSE2__

class ByteBlock {
 public:
  static constexpr std::size_t kSize = 16;

  explicit ByteBlock(const char* at)
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))) {}

  friend ByteBlock operator^(ByteBlock a, ByteBlock b) {
    return ByteBlock(_mm_xor_si128(a.bytes_, b.bytes_));
  }
  friend ByteBlock operator&(ByteBlock a, ByteBlock b) {
    return ByteBlock(_mm_and_si128(a.bytes_, b.bytes_));
  }
  friend ByteBlock operator|(ByteBlock a, ByteBlock b) {
    return ByteBlock(_mm_or_si128(a.bytes_, b.bytes_));
  }
  bool is_zero() const { return mask(_mm_cmpeq_epi8(bytes_, _mm_setzero_si128())) == 0xffff; }

  /// Bytes other than '0' to '9': bit i for byte i.
  std::uint32_t not_digits() const {
    const __m128i value = _mm_sub_epi8(bytes_, _mm_set1_epi8('0'));
    return mask(_mm_cmpeq_epi8(_mm_max_epu8(value, _mm_set1_epi8(10)), value));
  }
  /// Bytes that do not simply stand for themselves in a string: quotes, backslashes, control
  /// characters, and what is not ASCII. Likewise.
  std::uint32_t special() const {
    const __m128i quote = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes_, _mm_set1_epi8('\\'));
    // As signed numbers, control characters and bytes from 0x80 on are those below a space.
    const __m128i outside = _mm_cmplt_epi8(bytes_, _mm_set1_epi8(' '));
    return mask(_mm_or_si128(_mm_or_si128(quote, backslash), outside));
  }

 private:
  explicit ByteBlock(__m128i bytes) : bytes_(bytes) {}
  static std::uint32_t mask(__m128i marked) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(marked));
  }
  __m128i bytes_;
};

#else

class ByteBlock {
 public:
  static constexpr std::size_t kSize = 16;

  explicit ByteBlock(const char* at) { std::memcpy(words_, at, sizeof words_); }

  friend ByteBlock operator^(ByteBlock a, ByteBlock b) {
    return ByteBlock(a.words_[0] ^ b.words_[0], a.words_[1] ^ b.words_[1]);
  }
  friend ByteBlock operator&(ByteBlock a, ByteBlock b) {
    return ByteBlock(a.words_[0] & b.words_[0], a.words_[1] & b.words_[1]);
  }
  friend ByteBlock operator|(ByteBlock a, ByteBlock b) {
    return ByteBlock(a.words_[0] | b.words_[0], a.words_[1] | b.words_[1]);
  }
  bool is_zero() const { return (words_[0] | words_[1]) == 0; }

  std::uint32_t not_digits() const {
    return marks([](unsigned char byte) { return byte < '0' || byte > '9'; });
  }
  std::uint32_t special() const {
    return marks([](unsigned char byte) {
      return byte == '"' || byte == '\\' || byte < ' ' || byte >= 0x80;
    });
  }

 private:
  ByteBlock(std::uint64_t low, std::uint64_t high) : words_{low, high} {}
  template <class Marked>
  std::uint32_t marks(Marked marked) const {
    unsigned char bytes[kSize];
    std::memcpy(bytes, words_, sizeof bytes);
    std::uint32_t result = 0;
    for (unsigned i = 0; i < kSize; ++i)
      result |= static_cast<std::uint32_t>(marked(bytes[i])) << i;
    return result;
  }

  std::uint64_t words_[2];
};

#endif

}  // namespace gms::check
