// A growing table of distinct words with exact 64-bit counts, ids in order of first sight. Knows bytes; drops nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "corpus/io/pages.h"
#include "corpus/word_key.h"

namespace word2vec {

using WordId = std::uint32_t;  ///< a word's row; ids stay below `sentence_end`

inline constexpr WordId sentence_end = 0xFFFFFFFFU;  ///< in a stream of ids: the end of a sentence
inline constexpr WordId dropped_word = 0xFFFFFFFEU;  ///< in a map of ids: not in the vocabulary

/// Open addressing with linear probing from the place that the hash's highest bits give, so that words lie nearly in the order
/// of their hashes. A short word and its count are one entry of 32 bytes; longer words' bytes lie one after another in an
/// arena. Reading is safe on any number of threads while nobody adds.
class WordTable {
 public:
  /// With room for `words` before it grows. `common_bits`: the words' hashes begin alike, in so many bits.
  explicit WordTable(std::size_t words = 0, unsigned common_bits = 0);

  /// Counts `times` occurrences and returns the word's id. `word`: its bytes, at least one. Throws Error past 2^32 - 2 words.
  WordId add(const WordKey& key, const char* word, std::uint64_t times = 1) {
    Entry* const entry = find_entry(key, word);
    if (entry->number == 0) [[unlikely]]
      return insert(entry, key, word, times);
    entry->count += times;
    return entry->number - 1;
  }
  WordId add(std::string_view word, std::uint64_t times = 1) { return add(WordKey::of(word), word.data(), times); }

  /// The word's id, or `dropped_word` when it is not here.
  WordId find(const WordKey& key, const char* word) const {
    const Entry* const entry = find_entry(key, word);
    return entry->number == 0 ? dropped_word : entry->number - 1;
  }
  WordId find(std::string_view word) const { return find(WordKey::of(word), word.data()); }

  /// Brings the word's place near, for an add() or find() some hundred instructions later.
  void prefetch(const WordKey& key) const { __builtin_prefetch(entries() + slot_of(key.hash), 1); }

  std::size_t size() const { return size_; }
  /// The memory that it has taken, in bytes.
  std::size_t bytes() const { return pages_.size() + arena_.capacity(); }
  /// Whether it may soon grow, which for a moment takes three times the memory.
  bool nearly_full() const { return size_ > slots() / 2; }
  /// Takes all words out. The memory stays.
  void clear();

  /// Calls `visit(key, word, count, id)` for every word whose hash is from `first` to `last`, in no order.
  template <class Visit>
  void for_each(Visit&& visit, std::uint64_t first = 0, std::uint64_t last = ~std::uint64_t{0}) const {
    const std::size_t first_slot = slot_of(first), last_slot = slot_of(last);
    // Those that found their slots taken are behind the last one, before the next that is empty.
    for (std::size_t i = 0; i < slots(); ++i) {
      const Entry& entry = entries()[(first_slot + i) & (slots() - 1)];
      if (entry.number == 0) {
        if (first_slot + i >= last_slot) return;
        continue;
      }
      const WordKey key = key_of(entry);
      if (key.hash >= first && key.hash <= last) visit(key, bytes_of(entry), entry.count, entry.number - 1);
    }
  }

 private:
  struct Entry {
    std::uint64_t low, high;  // of a longer word: its hash, and where its bytes are in the arena
    std::uint64_t count;
    std::uint32_t length;
    WordId number;  // the id and one; 0: empty
  };

  Entry* entries() const { return static_cast<Entry*>(pages_.data()); }
  std::size_t slot_of(std::uint64_t hash) const { return hash >> shift_ & (slots() - 1); }
  std::size_t slots() const { return pages_.size() / sizeof(Entry); }
  static WordKey key_of(const Entry& entry);
  std::string_view bytes_of(const Entry& entry) const;
  WordId insert(Entry* entry, const WordKey& key, const char* word, std::uint64_t times);
  void grow();

  /// The word's entry, or the empty one that it would take.
  Entry* find_entry(const WordKey& key, const char* word) const {
    const std::size_t mask = slots() - 1;
    std::size_t slot = slot_of(key.hash);
    if (key.length <= WordKey::most_inline) [[likely]] {
      for (;; slot = (slot + 1) & mask) {
        Entry& entry = entries()[slot];
        // No word is empty, so that an empty entry equals none.
        if (entry.low == key.low && entry.high == key.high && entry.length == key.length) return &entry;
        if (entry.number == 0) return &entry;
      }
    }
    for (;; slot = (slot + 1) & mask) {
      Entry& entry = entries()[slot];
      if (entry.number == 0) return &entry;
      if (entry.low == key.hash && entry.length == key.length && std::memcmp(arena_.data() + entry.high, word, key.length) == 0) {
        return &entry;
      }
    }
  }

  Pages pages_;
  unsigned shift_;  // brings down the bits that tell the slot
  std::size_t size_ = 0;
  std::vector<char> arena_;
};

}  // namespace word2vec
