// A word made ready to be looked for in a table: its bytes if it is short, and its hash. Knows bytes.
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

  /// The key of a word of 1 to 2^32 - 1 bytes.
  static WordKey of(std::string_view word);
  /// The same where `readable` bytes may be read, which is faster.
  static WordKey in_text(const char* word, std::uint32_t length);
  /// Of the words of a table.
  static WordKey of_short(std::uint64_t low, std::uint64_t high, std::uint32_t length);

  // The hash is between the halves so that compilers leave these in general registers, where the product wants them.
  std::uint64_t low;  ///< the first bytes, padded with zeros; of a longer word `hash`
  std::uint64_t hash;
  std::uint64_t high;  ///< the bytes from the ninth on; of a longer word what equals no entry's
  std::uint32_t length;

 private:
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

inline WordKey WordKey::of_short(std::uint64_t low, std::uint64_t high, std::uint32_t length) {
  return {low, (low + 8 * high) * factor_a, high, length};
}

/// What is a word's in the 8 bytes from number `first` on, by its length.
constexpr std::array<std::uint64_t, WordKey::most_inline + 1> word_bytes_masks(unsigned first) {
  std::array<std::uint64_t, WordKey::most_inline + 1> masks{};
  for (unsigned length = 0; length <= WordKey::most_inline; ++length) {
    for (unsigned byte = 0; byte < 8 && first + byte < length; ++byte) masks[length] |= std::uint64_t{0xFF} << (8 * byte);
  }
  return masks;
}

inline constexpr auto first_bytes_masks = word_bytes_masks(0), last_bytes_masks = word_bytes_masks(8);

inline WordKey WordKey::in_text(const char* word, std::uint32_t length) {
  if (length <= most_inline) [[likely]] {
    return of_short(load(word) & first_bytes_masks[length], load(word + 8) & last_bytes_masks[length], length);
  }
  const std::uint64_t hash = hash_of_long(word, length);
  return {hash, hash, ~std::uint64_t{0}, length};
}

}  // namespace word2vec
