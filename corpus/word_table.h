// A growing table of distinct words with exact 64-bit counts, ids in order of first sight. Knows bytes; drops nothing.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "corpus/io/pages.h"
#include "corpus/word_key.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

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
  WordId add(const WordKey& key, std::string_view word, std::uint64_t times = 1) {
    Entry* const entry = find_entry(key, word);
    if (entry->length == 0) [[unlikely]]
      return insert(entry, key, word, times);
    entry->count += times;
    return entry->id;
  }
  WordId add(std::string_view word, std::uint64_t times = 1) { return add(WordKey::of(word), word, times); }

  /// The word's id, or `dropped_word` when it is not here.
  WordId find(const WordKey& key, std::string_view word) const {
    const Entry* const entry = find_entry(key, word);
    return entry->length == 0 ? dropped_word : entry->id;
  }
  WordId find(std::string_view word) const { return find(WordKey::of(word), word); }

  /// A word's id and its count, which may be changed; as made, when the word is not here.
  struct Counted {
    WordId id = dropped_word;
    std::uint64_t* count = nullptr;
  };
  Counted find_counted(const WordKey& key, std::string_view word) {
    Entry* const entry = find_entry(key, word);
    return entry->length == 0 ? Counted{} : Counted{entry->id, &entry->count};
  }

  /// Where words are looked for first, in bytes from the table's start: what a loop over many words keeps in registers.
  class Places {
   public:
    explicit Places(const WordTable& table)
        : entries_(table.pages_.data()),
          mask_((table.slots() - 1) * sizeof(Entry)),
          shift_(table.shift_ - static_cast<unsigned>(std::countr_zero(sizeof(Entry)))) {}
    std::size_t of(const WordKey& key) const { return key.hash() >> shift_ & mask_; }
    /// The same, and brings the place near, for when the word is added or looked for.
    std::size_t ask_for(const WordKey& key) const {
      const std::size_t place = of(key);
      __builtin_prefetch(static_cast<const char*>(entries_) + place, 1);
      return place;
    }

   private:
    const void* entries_;
    std::size_t mask_;
    unsigned shift_;
  };
  Places places() const { return Places(*this); }

  /// Counts words of a text, one after the other, and writes their ids. `places`: the keys', from places() of now or of before
  /// the table grew, when they are merely wrong. `word(i)`: a word's bytes; `note_new(i)` is called for each that was not here.
  template <class Word, class NoteNew>
  void add_all(std::span<const WordKey> keys, const std::size_t* places, WordId* ids, Word&& word, NoteNew&& note_new);

  std::size_t size() const { return size_; }
  /// The memory that it has taken, in bytes.
  std::size_t bytes() const { return pages_.size() + arena_.capacity(); }
  /// Whether it may soon grow, which for a moment takes three times the memory.
  bool nearly_full() const { return size_ > slots() / 2; }
  /// Takes all words out. The memory stays.
  void clear();

  /// Calls `visit(key, word, count, id)` for every word whose hash is from `first` to `last`, in no order. `word` stays as long
  /// as the call.
  template <class Visit>
  void for_each(Visit&& visit, std::uint64_t first = 0, std::uint64_t last = ~std::uint64_t{0}) const {
    const std::size_t first_slot = slot_of(first), last_slot = slot_of(last);
    // Those that found their slots taken are behind the last one, before the next that is empty.
    for (std::size_t i = 0; i < slots(); ++i) {
      const Entry& entry = entries()[(first_slot + i) & (slots() - 1)];
      if (entry.length == 0) {
        if (first_slot + i >= last_slot) return;
        continue;
      }
      const WordKey key = key_of(entry);
      const std::uint64_t hash = key.hash();
      if (hash < first || hash > last) continue;
      std::array<char, WordKey::most_inline> bytes;
      if (!key.is_long()) key.write_bytes(bytes.data());
      const char* const word = key.is_long() ? arena_.data() + arena_place(entry) : bytes.data();
      visit(key, std::string_view(word, entry.length), entry.count, entry.id);
    }
  }

 private:
  struct Entry {
    std::uint64_t low, high;  // the key, but of a longer word for `high` a mark and where its bytes are in the arena
    std::uint64_t count;
    std::uint32_t length;  // 0: empty
    WordId id;
  };

  // What is compared at once.
  static_assert(offsetof(Entry, low) == offsetof(WordKey, low) && offsetof(Entry, high) == offsetof(WordKey, high));

  /// Whether it is the short word's of this key: by registers of both where the processor has them.
  static bool holds(const Entry& entry, const WordKey& key) {
#if defined(__x86_64__)
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&entry));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(here, _mm_loadu_si128(reinterpret_cast<const __m128i*>(&key)))) == 0xFFFF;
#else
    return std::memcmp(&entry, &key, sizeof(key)) == 0;
#endif
  }
  Entry* entries() const { return static_cast<Entry*>(pages_.data()); }
  std::size_t slot_of(std::uint64_t hash) const { return hash >> shift_ & (slots() - 1); }
  std::size_t slots() const { return pages_.size() / sizeof(Entry); }
  static bool is_long(const Entry& entry) { return entry.high >> 48U == long_mark >> 48U; }
  static std::uint64_t arena_place(const Entry& entry) { return entry.high ^ long_mark; }
  static WordKey key_of(const Entry& entry) {
    return is_long(entry) ? WordKey::of_long(entry.low) : WordKey{entry.low, entry.high};
  }
  WordId insert(Entry* entry, const WordKey& key, std::string_view word, std::uint64_t times);
  void grow();

  /// The word's entry, or the empty one that it would take.
  Entry* find_entry(const WordKey& key, std::string_view word) const {
    const std::size_t mask = slots() - 1;
    std::size_t slot = slot_of(key.hash());
    if (!key.is_long()) [[likely]] {
      for (;; slot = (slot + 1) & mask) {
        Entry& entry = entries()[slot];
        if (entry.low == key.low && entry.high == key.high) return &entry;
        if (entry.length == 0) return &entry;
      }
    }
    for (;; slot = (slot + 1) & mask) {
      Entry& entry = entries()[slot];
      if (entry.length == 0) return &entry;
      if (entry.low == key.low && is_long(entry) && entry.length == word.size() &&
          std::memcmp(arena_.data() + arena_place(entry), word.data(), word.size()) == 0) {
        return &entry;
      }
    }
  }

  // A byte behind a zero, as no short word's key has it, and other than a longer word's: so an entry's first 16 bytes equal a
  // short word's key only where it is that word's.
  static constexpr std::uint64_t long_mark = std::uint64_t{1} << 56U;

  Pages pages_;
  unsigned shift_;  // brings down the bits that tell the slot
  std::size_t size_ = 0;
  std::vector<char> arena_;
};

template <class Word, class NoteNew>
void WordTable::add_all(std::span<const WordKey> keys, const std::size_t* places, WordId* ids, Word&& word, NoteNew&& note_new) {
  char* table = static_cast<char*>(pages_.data());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const WordKey& key = keys[i];
    Entry& entry = *reinterpret_cast<Entry*>(table + places[i]);
    // Most words are short, and in the first place that is looked at.
    if (holds(entry, key)) [[likely]] {
      ++entry.count;
      ids[i] = entry.id;
      continue;
    }
    const std::size_t known = size_;
    ids[i] = add(key, word(i));
    if (size_ == known) continue;
    note_new(i);
    table = static_cast<char*>(pages_.data());
  }
}

}  // namespace word2vec
