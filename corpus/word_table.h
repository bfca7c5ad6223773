// A growing table of distinct words with exact 64-bit counts, ids in order of first sight. Knows bytes; drops nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

using WordId = std::uint32_t;  ///< a word's row; ids stay below `sentence_end`

inline constexpr WordId sentence_end = 0xFFFFFFFFU;  ///< in a stream of ids: the end of a sentence
inline constexpr WordId dropped_word = 0xFFFFFFFEU;  ///< in a map of ids: not in the vocabulary

/// Open addressing over an arena of bytes. Not thread-safe while adding.
class WordTable {
 public:
  WordTable();
  /// Counts one occurrence (`times` of them) and returns the word's id. Throws Error past 2^32 - 2 distinct words.
  WordId add(std::string_view word, std::uint64_t times = 1);
  /// The word's id, or `dropped_word` when it is not here.
  WordId find(std::string_view word) const;

  std::size_t size() const { return entries_.size(); }
  std::string_view word(WordId id) const { return {arena_.data() + entries_[id].offset, entries_[id].length}; }
  std::uint64_t count(WordId id) const { return entries_[id].count; }

 private:
  struct Entry {
    std::uint64_t hash, offset, length, count;
  };
  std::size_t slot_of(std::string_view word, std::uint64_t hash) const;
  void grow();

  std::vector<char> arena_;
  std::vector<Entry> entries_;
  std::vector<WordId> slots_;  // power of two; `dropped_word` marks an empty one
};

}  // namespace word2vec
