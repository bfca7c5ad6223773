// Adding new words, and growing.
#include "corpus/word_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t least_slots = 16;

}  // namespace

WordTable::WordTable(std::size_t words, unsigned common_bits)
    : pages_(std::bit_ceil(std::max(least_slots, words + words / 2)) * sizeof(Entry)),
      shift_(64 - common_bits - static_cast<unsigned>(std::countr_zero(slots()))) {}

WordId WordTable::insert(Entry* entry, const WordKey& key, std::string_view word, std::uint64_t times) {
  if (size_ >= dropped_word) {
    throw Error(
        fmt::format("more than {} different words, at '{:.40}'; split the corpus or check that it is text", dropped_word, word));
  }
  ++size_;
  *entry = {key.low, key.high, times, static_cast<std::uint32_t>(word.size()), static_cast<WordId>(size_ - 1)};
  if (key.is_long()) {
    entry->high = long_mark | arena_.size();
    arena_.insert(arena_.end(), word.begin(), word.end());
  }
  if (size_ > slots() - slots() / 4) grow();
  return static_cast<WordId>(size_ - 1);
}

void WordTable::grow() {
  const Pages old = std::exchange(pages_, Pages(2 * pages_.size()));
  --shift_;
  const std::span from(static_cast<const Entry*>(old.data()), old.size() / sizeof(Entry));
  for (Entry moved : from) {
    if (moved.length == 0) continue;
    // The more frequent of two words is in the place that is looked at first, as it was when it came early.
    for (std::size_t slot = slot_of(key_of(moved).hash()); moved.length != 0; slot = (slot + 1) & (slots() - 1)) {
      if (entries()[slot].count < moved.count || entries()[slot].length == 0) std::swap(entries()[slot], moved);
    }
  }
}

void WordTable::clear() {
  std::fill_n(entries(), slots(), Entry{});
  arena_.clear();
  size_ = 0;
}

}  // namespace word2vec
