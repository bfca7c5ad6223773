// Provisional ids to final ones, in place or elsewhere, from the front or from the back. Knows ids as numbers; refuses to know
// where they are kept.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "corpus/simd.h"
#include "corpus/word_table.h"

namespace word2vec {

/// What was written.
struct MappedIds {
  WordId *begin, *end;
  std::uint64_t words = 0;    ///< ids that are no sentence end
  bool any_end = false;       ///< forward: a sentence end came, kept or not
  bool first_is_end = false;  ///< forward: it came before any word
};

/// Writes to `to` and behind it what `from` becomes by the map (by id: the new one, or `dropped_word`; nullptr: they stay),
/// without those that are dropped, and without the ends of sentences that have no word. `to`: where `from` begins, or before, or
/// elsewhere. `behind_end`: what comes before is a sentence end, or nothing. `level`: the instructions to use; the result is the
/// same with any.
MappedIds map_forward(std::span<const WordId> from, const std::vector<WordId>* map, WordId* to, bool behind_end, SimdLevel level);

/// The same from the last id to the first, each written before the one that came last, the first of all before `to`, which is
/// where `from` ends, or behind that, or elsewhere. Of sentence ends side by side, it leaves out all but one: `before_end`: what
/// follows is a sentence end.
MappedIds map_backward(std::span<const WordId> from, const std::vector<WordId>* map, WordId* to, bool before_end,
                       SimdLevel level);

}  // namespace word2vec
