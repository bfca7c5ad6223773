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

WordId WordTable::insert(Entry* entry, const WordKey& key, const char* word, std::uint64_t times) {
  if (size_ >= dropped_word) {
    throw Error(fmt::format("more than {} different words, at '{:.40}'; split the corpus or check that it is text", dropped_word,
                            std::string_view(word, key.length)));
  }
  ++size_;
  *entry = {key.low, key.high, times, key.length, static_cast<WordId>(size_ - 1)};
  if (key.length > WordKey::most_inline) {
    entry->high = arena_.size();
    arena_.insert(arena_.end(), word, word + key.length);
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
    for (std::size_t slot = slot_of(key_of(moved).hash); moved.length != 0; slot = (slot + 1) & (slots() - 1)) {
      if (entries()[slot].count < moved.count || entries()[slot].length == 0) std::swap(entries()[slot], moved);
    }
  }
}

void WordTable::clear() {
  std::fill_n(entries(), slots(), Entry{});
  arena_.clear();
  size_ = 0;
}

WordKey WordTable::key_of(const Entry& entry) {
  if (entry.length > WordKey::most_inline) return {entry.low, entry.low, ~std::uint64_t{0}, entry.length};
  return WordKey::of_short(entry.low, entry.high, entry.length);
}

std::string_view WordTable::bytes_of(const Entry& entry) const {
  if (entry.length > WordKey::most_inline) return {arena_.data() + entry.high, entry.length};
  return {reinterpret_cast<const char*>(&entry), entry.length};
}

}  // namespace word2vec
