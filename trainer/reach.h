// How far around a piece of the corpus its words look. Knows places and what subsampling keeps; refuses to know where ids are
// from.
#pragma once

#include <cstdint>
#include <span>

#include "trainer/subsampling.h"

namespace word2vec {

/// Consecutive ids of a corpus, `first` the place of ids[0] among all of them.
struct IdStretch {
  WordId at(std::uint64_t place) const { return ids[place - first]; }
  std::uint64_t end() const { return first + ids.size(); }

  std::span<const WordId> ids;
  std::uint64_t first = 0;
};

/// A word's neighbours are `window` words that subsampling keeps in an epoch, or those up to the end of its sentence.
class Reach {
 public:
  /// `key`: what the epoch's subsampling is drawn with. `subsampler` must outlive it.
  Reach(const Subsampler& subsampler, std::uint32_t window, std::uint64_t key)
      : subsampler_(&subsampler), window_(window), key_(key) {}

  bool keeps(WordId word, std::uint64_t place) const { return subsampler_->keeps(word, key_, place); }
  bool keeps(const IdStretch& ids, std::uint64_t place) const { return keeps(ids.at(place), place); }

  /// From which place on there are neighbours of the word at `place`; no lower than where `ids` begin.
  std::uint64_t before(const IdStretch& ids, std::uint64_t place) const {
    std::uint32_t neighbours = 0;
    while (place > ids.first && neighbours < window_ && ids.at(place - 1) != sentence_end) neighbours += keeps(ids, --place);
    return place;
  }
  /// Up to which place there are neighbours of the word before `place`; no higher than where `ids` end.
  std::uint64_t behind(const IdStretch& ids, std::uint64_t place) const {
    if (place > ids.first && ids.at(place - 1) == sentence_end) return place;
    std::uint32_t neighbours = 0;
    while (place < ids.end() && neighbours < window_ && ids.at(place) != sentence_end) neighbours += keeps(ids, place++);
    return place;
  }

 private:
  const Subsampler* subsampler_;
  std::uint32_t window_;
  std::uint64_t key_;
};

}  // namespace word2vec
