// Which queries a panel of rows can matter to, told from 8-bit integers at a quarter of the cost of the scores. Knows floats and
// their bytes; refuses to know words and ranks.
//
// Rows x and queries y are rounded to x' = s i and y' = t j: i and j are vectors of integers from -127 to 127, and s and t the
// largest number of the panel and of the query, over 127. The integers' product is exact, x'.y' = s t i.j, and
//   x.y - x'.y' = (x - x').y + x'.(y - y'),  so  |x.y - x'.y'| <= |x - x'| |y| + |x'| |y - y'|     (Cauchy and Schwarz),
// where |x'| <= |x| + |x - x'|. The float score in turn is off the true one by at most gamma |x| |y|, gamma = dim / 2^24 and a
// little (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1). So a score can reach a bar only where
//   i.j >= (bar - |x - x'| |y| - (|x| + |x - x'|) |y - y'| - gamma |x| |y|) / (s t),
// and panels where that holds for any row are scored as floats: what is passed over is never among the best, and what is found
// has the same bits as without the filter. Distances, |x|^2 + |y|^2 - 2 x.y, are bounded likewise, with each row's |x|^2.
// Where numbers are so large or small that this arithmetic would overflow or vanish, nothing is passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "eval/row_panels.h"

namespace word2vec {

/// Whether the filter pays at this level, and sums over `dim` products of bytes fit in 32 bits.
bool can_filter(SimdLevel level, std::size_t dim);

/// Queries as signed bytes. Immutable once made.
class ByteQueries {
 public:
  static constexpr std::size_t tile = 8;  ///< queries that share a load of the rows: 16 registers of sums

  /// Each of `queries` has `dim` numbers.
  ByteQueries(std::span<const float* const> queries, std::size_t dim);

  std::size_t count() const { return norms_.size(); }

 private:
  friend class ByteFilter;
  void add(std::span<const float> query);

  std::size_t groups_;                  // of 4 numbers
  std::vector<std::uint32_t> numbers_;  // tiles x groups x tile: 4 bytes of a query
  std::vector<std::int32_t> starts_;    // -128 sum(j), since the rows' bytes are i + 128
  // Of each query, over its t: 1, |y|, |y - y'|, |y|^2 / 2. And a little less than 1 / t.
  std::vector<double> inverses_, norms_, errors_, half_squares_;
  std::vector<float> factors_;
  double largest_norm_ = 0;
};

/// 64 bytes on a boundary of 64: 4 numbers, as bytes, of each of 16 rows.
struct alignas(64) ByteLine {
  std::uint32_t numbers[16];
};

/// A panel as bytes, with what the bound wants of it.
struct BytePanel {
  std::vector<ByteLine> lines;                  ///< groups of 4 numbers x (RowPanels::width / 16)
  float scale = 1;                              ///< s
  float largest_square = 0, largest_error = 0;  ///< of the rows, |x|^2 and |x - x'|^2
  float half_squares[RowPanels::width] = {};    ///< of each row, |x|^2 / (2 s) or a little less
};

/// Filters one panel after the other, each rounded anew while its floats are in the cache, so that nothing is kept beside the
/// matrix. For one thread at a time.
class ByteFilter {
 public:
  /// For panels of this dimension and up to `most_queries` queries. Takes all its memory now: nothing below throws.
  ByteFilter(std::size_t dim, std::size_t most_queries);

  /// The next panel, dim x RowPanels::width. Of the processor it wants has_byte_products(), if that is an x86-64.
  void take(std::span<const float> panel);

  /// The places of the queries whose score with some row of the panel, negated for distances, may be `bars[place]` or more,
  /// ascending. They are valid until the next call. A score that is not a number reaches no bar but minus infinity.
  std::span<const std::uint32_t> may_reach(const ByteQueries& queries, Score kind, std::span<const float> bars);

 private:
  std::size_t dim_;
  double gamma_;
  BytePanel panel_;
  std::vector<float> bounds_;  // of each query: i.j >= bound, for distances bound + factor * half_square
  std::vector<std::uint32_t> found_;
};

}  // namespace word2vec
