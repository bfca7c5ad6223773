// A growing table of pairs of word ids, with a number to each. Knows numbers; refuses to know what is counted or stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/word_table.h"

namespace word2vec {

using WordPair = std::uint64_t;  ///< two ids, the first one in the high half

inline WordPair pair_of(WordId first, WordId second) { return WordPair{first} << 32U | second; }
inline WordId first_of(WordPair pair) { return static_cast<WordId>(pair >> 32U); }
inline WordId second_of(WordPair pair) { return static_cast<WordId>(pair); }

/// Every bit of the result depends on every bit of the pair.
inline std::uint64_t hash_of(WordPair pair) {
  constexpr std::uint64_t factor_a = 0x243F6A8885A308D3ULL, factor_b = 0x13198A2E03707345ULL;  // balanced, from the digits of pi
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{pair ^ factor_a} * factor_b;
  const std::uint64_t folded = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  return folded * factor_a;
}

/// A pair and its number.
struct NumberedPair {
  WordPair pair;
  std::uint64_t number;  ///< in a table: 0 where there is none
};

/// Open addressing with linear probing from the place that the hash's highest bits give; 16 bytes a slot, of which at most three
/// in four are taken. Finding is safe on any number of threads while nobody adds.
class PairTable {
 public:
  PairTable();

  /// Adds `number`, 1 or more, to that of the pair, which begins with 0.
  void add(WordPair pair, std::uint64_t number = 1) {
    NumberedPair* entry = slot_of(pair);
    if (entry->number == 0) {
      if (full()) {
        grow();
        entry = slot_of(pair);
      }
      entry->pair = pair;
      ++size_;
    }
    entry->number += number;
  }
  /// The pair's number; 0 when it was never added.
  std::uint64_t find(WordPair pair) const { return slot_of(pair)->number; }

  /// Brings the pair's place near.
  void prefetch(WordPair pair) const { __builtin_prefetch(slots_.data() + (hash_of(pair) >> shift_), 1); }

  std::size_t size() const { return size_; }
  /// The memory that it takes, in bytes.
  std::size_t bytes() const { return slots_.size() * sizeof(NumberedPair); }
  /// Whether a new pair makes it grow, to twice the size.
  bool full() const { return size_ >= slots_.size() / 4 * 3; }

  /// Takes all pairs out, in no order. The memory that they had is then free.
  std::vector<NumberedPair> take();

 private:
  NumberedPair* slot_of(WordPair pair) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash_of(pair) >> shift_;
    while (slots_[slot].number != 0 && slots_[slot].pair != pair) slot = (slot + 1) & mask;
    return const_cast<NumberedPair*>(slots_.data()) + slot;
  }
  void grow();

  std::vector<NumberedPair> slots_;
  unsigned shift_;  // brings down the bits that tell the slot
  std::size_t size_ = 0;
};

}  // namespace word2vec
