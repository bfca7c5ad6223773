// Words to rows. Knows exact matches only.
#include "trainer/embeddings/embeddings.h"

#include <fmt/format.h>

#include <bit>
#include <functional>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {

namespace {

std::uint64_t hash(std::string_view word) { return std::hash<std::string_view>()(word); }

// A slot: the row's number from 1 on, 0 when it is free, and above it some of the hash, so that hardly another word is looked at.
constexpr unsigned row_bits = 40;
constexpr std::uint64_t row_part = (std::uint64_t{1} << row_bits) - 1;

}  // namespace

Embeddings::Embeddings(std::vector<std::string> words, Matrix vectors) : words_(std::move(words)), vectors_(std::move(vectors)) {
  if (words_.size() != vectors_.rows() || words_.size() > row_part) {
    throw Error(fmt::format("{} words for {} rows of numbers; each row needs one word", words_.size(), vectors_.rows()));
  }
  slots_.resize(std::bit_ceil(2 * words_.size() + 1));
  for (std::size_t row = 0; row < words_.size(); ++row) {
    std::uint64_t& slot = slots_[slot_of(words_[row])];
    if (slot != 0) {
      throw Error(
          fmt::format("the word {} comes twice, in rows {} and {}; remove one", shown(words_[row]), slot & row_part, row + 1));
    }
    slot = (row + 1) | (hash(words_[row]) & ~row_part);
  }
}

std::size_t Embeddings::slot_of(std::string_view word) const {
  const std::uint64_t wanted = hash(word);
  std::size_t at = static_cast<std::size_t>(wanted) & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    if ((slots_[at] ^ wanted) >> row_bits == 0 && words_[static_cast<std::size_t>((slots_[at] & row_part) - 1)] == word) break;
  }
  return at;
}

std::optional<std::size_t> Embeddings::find(std::string_view word) const {
  const std::uint64_t slot = slots_[slot_of(word)];
  return slot == 0 ? std::nullopt : std::optional(static_cast<std::size_t>((slot & row_part) - 1));
}

}  // namespace word2vec
