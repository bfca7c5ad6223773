// The input rows of a stretch's contexts, found once a word and not once a window. Knows places of words and rows; refuses to
// know what is done with them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "trainer/piece.h"
#include "trainer/rows.h"

namespace word2vec {

/// The rows of the words in and around a stretch, one after the other but for the current centre's own, which is kept aside: so
/// the contexts of a centre lie in one array without being copied. With `row_rates` their sums too.
template <bool row_rates, class Real>
class ContextRows {
 public:
  /// `stretch`: not empty.
  ContextRows(const Piece& piece, Stretch stretch, std::uint32_t window, Rows<Real> input) {
    const std::uint32_t centre = piece.centres[stretch.first].index;
    first_ = own_ = centre - std::min(centre, window);
    const std::size_t last = std::min<std::size_t>(piece.centres[stretch.last - 1].index + window + 1, piece.words.size());
    rows_.resize(last - first_);
    if constexpr (row_rates) sums_.resize(last - first_);
    for (std::size_t place = first_; place < last; ++place) {
      const WordId word = piece.words[place] == sentence_end ? 0 : piece.words[place];  // there is none in a window
      const std::size_t i = place == first_ ? last - first_ - 1 : place - first_ - 1;   // the first is aside
      rows_[i] = input.row(word);
      if constexpr (row_rates) sums_[i] = input.sum(word);
    }
  }

  /// Makes `centre`, which is not before the last one, the current one.
  void move_to(const Centre& centre) {
    for (; own_ < centre.index; ++own_) {
      std::swap(rows_[own_ - first_], rows_.back());
      if constexpr (row_rates) std::swap(sums_[own_ - first_], sums_.back());
    }
  }
  /// Of the current centre's contexts, in their order.
  Real* const* rows(const Centre& centre) const { return rows_.data() + (centre.first_context - first_); }
  Real* const* sums(const Centre& centre) const { return row_rates ? sums_.data() + (centre.first_context - first_) : nullptr; }

 private:
  std::uint32_t first_, own_;       // places in Piece::words: of the first row, and of the current centre
  std::vector<Real*> rows_, sums_;  // the current centre's is the last
};

}  // namespace word2vec
