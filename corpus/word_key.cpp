#include "corpus/word_key.h"

#include <algorithm>
#include <bit>

namespace word2vec {

static_assert(std::endian::native == std::endian::little, "keys have a word's first byte lowest");

WordKey WordKey::of(std::string_view word) {
  if (word.size() > most_inline) return in_text(word.data(), static_cast<std::uint32_t>(word.size()));
  std::array<char, readable> padded{};
  std::ranges::copy(word, padded.begin());
  // No text has such a word, but a list may.
  if (word.find(' ') != std::string_view::npos) return of_long(hash_of_long(padded.data(), padded.size()) + word.size());
  return in_text(padded.data(), static_cast<std::uint32_t>(word.size()));
}

/// 16 bytes a step, and the last 16, perhaps some of them once more.
std::uint64_t WordKey::hash_of_long(const char* word, std::size_t length) {
  std::uint64_t hash = factor_a ^ length;
  for (std::size_t i = 0; i + 16 < length; i += 16) hash = mix(load(word + i) ^ factor_b, load(word + i + 8) ^ hash);
  return mix(mix(load(word + length - 16) ^ factor_b, load(word + length - 8) ^ hash), factor_a);
}

}  // namespace word2vec
