// Panels: rows copied side by side as the factors of products, so that many of them meet many others in whole tiles of registers
// (panel_products.h). Knows copies; refuses to know what the rows are. Copying may race, as rows.h says.
//
// Where products are of pairs (bf16_products.h), a factor is a pair, made once and used by a whole tile.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "trainer/aligned_numbers.h"
#include "trainer/bf16_products.h"
#include "trainer/registers.h"

namespace word2vec {

/// What is multiplied: on the left a number, on the right a register of them; each stands for `depth` numbers.
template <class Registers>
struct Factors {
  using Number = typename Registers::Real;
  using Pack = typename Registers::Pack;
  using InAllLanes = Number;  // which a multiplication makes of it
  static constexpr std::size_t depth = 1;
};
template <MultipliesPairs Registers>
struct Factors<Registers> {
  using Number = std::uint32_t;
  using Pack = typename Registers::Pairs;
  using InAllLanes = Pack;
  static constexpr std::size_t depth = 2;
};
template <class Registers>
using Number = typename Factors<Registers>::Number;

/// How many factors `count` numbers make.
template <class Registers>
constexpr std::size_t factors_of(std::size_t count) {
  return (count + Factors<Registers>::depth - 1) / Factors<Registers>::depth;
}

/// Makes `value`, rounded to the nearest, number `i` of a row of pairs.
[[gnu::always_inline]] inline void put(std::uint32_t* row, std::size_t i, float value) {
  const auto rounded = static_cast<std::uint16_t>((std::bit_cast<std::uint32_t>(value) + 0x8000U) >> 16U);
  std::memcpy(reinterpret_cast<char*>(row) + i * sizeof rounded, &rounded, sizeof rounded);
}

/// A matrix of `pitch` (whole registers) columns as the left factor of sums over its columns, and of sums over its rows: in
/// pairs, rounded to the nearest.
template <MultipliesPairs Registers>
class LeftFactors {
 public:
  using Real = typename Registers::Real;

  /// Reads a row past the last, whose numbers meet zeros.
  [[gnu::always_inline]] inline void make(const Real* matrix, std::size_t rows, std::size_t pitch) {
    pitch_ = pitch;
    Number<Registers>* across = across_.room((rows + 1) * pitch / 2);
    Number<Registers>* down = down_.room((rows + 1) * pitch / 2);
    for (std::size_t r = 0; r < rows; r += 2, across += pitch, down += pitch) {
      for (std::size_t n = 0; n < pitch; n += Registers::lanes)
        round_two(matrix + r * pitch + n, matrix + (r + 1) * pitch + n, across + n / 2, across + (pitch + n) / 2, down + n);
    }
  }
  /// Of row `row`; `across_pitch` further is that of the next.
  const Number<Registers>* across(std::size_t row) const { return across_.data() + row * across_pitch(); }
  std::size_t across_pitch() const { return pitch_ / 2; }
  /// Of column 0, beside those of the other columns; `pitch` further is the next factor.
  const Number<Registers>* down() const { return down_.data(); }

 private:
  std::size_t pitch_ = 0;
  AlignedNumbers<Number<Registers>> across_, down_;
};

/// Rows as factors, copied: of sums over their own numbers, each row for itself, and of sums over rows.
template <class Registers>
class RowPanel {
 public:
  using Real = typename Registers::Real;

  explicit RowPanel(std::size_t columns)
      : registers_((columns + lanes - 1) / lanes), half_(factors_of<Registers>(registers_)), pitch_((half_ * depth | 1) * lanes) {
    // A last register that has no partner leaves pairs of nothing behind.
    const std::size_t whole = columns / (depth * lanes) * lanes;
    factors_ = whole + std::min(columns - whole * depth, lanes);
  }

  /// Takes the rows for the calls that follow. Reads whole registers of them.
  [[gnu::always_inline]] inline void take(Real* const* rows, std::size_t count) {
    Number<Registers>* across = across_.room(factors_of<Registers>(count) * pitch_);
    if constexpr (depth == 1) {
      for (std::size_t r = 0; r < count; ++r, across += pitch_) {
        for (std::size_t i = 0; i < registers_ * lanes; i += lanes) {
          typename Registers::Pack numbers;
          load(numbers, rows[r] + i);
          store(across + i, numbers);
        }
      }
    } else {
      Number<Registers>* row = rows_.room((count + 1) * row_pitch());
      for (std::size_t r = 0; r < count; r += 2, across += pitch_, row += 2 * row_pitch())
        pair_up_two(rows[r], r + 1 < count ? rows[r + 1] : nullptr, row, across);
    }
  }

  /// The factors of a row; what is past them up to whole registers is zero.
  const Number<Registers>* row(std::size_t r) const { return (depth == 1 ? across_ : rows_).data() + r * row_pitch(); }
  std::size_t row_pitch() const { return depth == 1 ? pitch_ : half_ * lanes; }
  std::size_t factors() const { return factors_; }
  std::size_t registers() const { return half_; }  ///< that a row's factors take
  /// Factor k of the sums over rows, in lanes of the rows' columns: of row k, or of rows 2k and 2k + 1 in pairs.
  const Number<Registers>* across(std::size_t k) const { return across_.data() + k * pitch_; }
  std::size_t pitch() const { return pitch_; }

 private:
  static constexpr std::size_t lanes = Registers::lanes, depth = Factors<Registers>::depth;

  [[gnu::always_inline]] inline void pair_up_two(const Real* first, const Real* second, Number<Registers>* row,
                                                 Number<Registers>* across) const {
    using Pack = typename Registers::Pack;
    typename Registers::Pairs pairs;
    for (std::size_t n = 0; n < half_; ++n) {
      const std::size_t at = 2 * n * lanes;
      const bool both = 2 * n + 1 < registers_;
      Pack low{}, low_next{}, high{}, high_next{};
      load(low, first + at);
      if (both) load(low_next, first + at + lanes);
      if (second != nullptr) load(high, second + at);
      if (second != nullptr && both) load(high_next, second + at + lanes);
      pair_up(pairs, low, low_next);
      store(row + n * lanes, pairs);
      pair_up(pairs, high, high_next);
      store(row + (half_ + n) * lanes, pairs);
      pair_up(pairs, low, high);
      store(across + at, pairs);
      pair_up(pairs, low_next, high_next);
      store(across + at + lanes, pairs);
    }
  }

  std::size_t registers_, half_, pitch_, factors_;  // an odd number of registers apart: rows do not share the cache's sets
  AlignedNumbers<Number<Registers>> rows_, across_;
};

}  // namespace word2vec
