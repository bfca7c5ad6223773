// A word made ready to be looked for in a table: its bytes if it is short, else a hash of them. Knows bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace word2vec {

/// A short word is in its key whole; a longer one is recognised by its hash, and then by its bytes.
struct WordKey {
  static constexpr std::size_t most_inline = 16;  ///< bytes of a short word
  static constexpr std::size_t readable = 16;     ///< bytes from a word's first on that in_text() reads, whatever they are

  /// The key of a word of 1 to 2^32 - 1 bytes, whatever they are.
  static WordKey of(std::string_view word);
  /// The same for a word without a space where `readable` bytes may be read, which is faster.
  static WordKey in_text(const char* word, std::uint32_t length);
  /// Of a table's longer word, by its hash.
  static WordKey of_long(std::uint64_t hash_of_bytes) { return {hash_of_bytes, long_mark}; }

  bool is_long() const { return high == long_mark; }
  /// Whether it is a short word of ASCII without a NUL byte, as most are: then its bytes need not be looked at one by one.
  bool is_ascii() const {
    // A byte's highest bit is set if it is no ASCII, or if taking one away borrows from it, which a zero does.
    const std::uint64_t first = low ^ spaces, second = high ^ spaces;
    return ((first | (first - ones) | second | (second - ones)) & (ones << 7U)) == 0 && !is_long();
  }
  /// Of either kind by the same arithmetic, so that those of many words are worked out side by side.
  std::uint64_t hash() const { return (low + 8 * high) * factor_a; }
  /// Writes the `most_inline` first bytes of a short word, padded with spaces.
  void write_bytes(char* bytes) const {
    const std::array<std::uint64_t, 2> halves{low ^ spaces, high ^ spaces};
    std::memcpy(bytes, halves.data(), sizeof(halves));
  }

  // A short word's bytes, each but for the bit that makes a space 0, so that the zeros behind them are no word's bytes. A longer
  // word's hash, and a mark with a byte behind a zero, which no short word has.
  std::uint64_t low, high;

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101ULL, spaces = 0x20 * ones, long_mark = std::uint64_t{2} << 56U;
  // Odd numbers with balanced bits, from the digits of pi.
  static constexpr std::uint64_t factor_a = 0x243F6A8885A308D3ULL, factor_b = 0x13198A2E03707345ULL;

  /// Both halves of the 128-bit product: every bit of the result depends on every bit of both.
  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  }
  static std::uint64_t load(const char* bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof(value));
    return value;
  }
  static std::uint64_t hash_of_long(const char* word, std::size_t length);
};

/// What is a word's in its first 16 bytes.
struct alignas(16) WordBytesMask {
  std::uint64_t low = 0, high = 0;
};

/// By the word's length.
inline constexpr auto word_bytes_masks = [] {
  std::array<WordBytesMask, WordKey::most_inline + 1> masks{};
  for (unsigned length = 0; length <= WordKey::most_inline; ++length) {
    for (unsigned byte = 0; byte < length; ++byte) {
      (byte < 8 ? masks[length].low : masks[length].high) |= std::uint64_t{0xFF} << (8 * (byte % 8));
    }
  }
  return masks;
}();

inline WordKey WordKey::in_text(const char* word, std::uint32_t length) {
  if (length <= most_inline) [[likely]] {
    const WordBytesMask& mask = word_bytes_masks[length];
    return {(load(word) ^ spaces) & mask.low, (load(word + 8) ^ spaces) & mask.high};
  }
  return of_long(hash_of_long(word, length));
}

}  // namespace word2vec
