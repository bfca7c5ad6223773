// The products of panels' factors (panels.h). Knows tiles of registers; refuses to know what the rows are. Adding to rows may
// race, as rows.h says.
//
// All three products of a step are one: sum[r][n] += left[r][k] * right[k][n], a number of the left in all lanes times a register
// of the right.
#pragma once

#include <cstddef>
#include <utility>

#include "trainer/bf16_products.h"
#include "trainer/panels.h"
#include "trainer/registers.h"
#include "trainer/row_columns.h"

namespace word2vec {

namespace tiles {

template <class Pack, class Real>
[[gnu::always_inline]] inline void add_products(Pack& sum, const Pack& a, Real b) {
  sum += a * b;
}
template <class Pack>
[[gnu::always_inline]] inline void add_products(Pack& sum, const Pack& a, const Pack& b) {
  sum += a * b;
}
template <class Real>
[[gnu::always_inline]] inline void to_all_lanes(Real& lanes, Real number) {
  lanes = number;
}
#if defined(__x86_64__)
using word2vec::add_products;
using word2vec::to_all_lanes;
#endif

/// How many rows of a tile of `columns` registers: sums enough that none waits for the one before, and few, since where only a
/// band of the left is not zero a tile takes what any of its rows does.
constexpr std::size_t rows_of_tile(std::size_t columns) { return columns > 4 ? 3 : 6; }
/// The most registers of a row that a tile has room for.
template <class Registers>
constexpr std::size_t most_columns = Registers::registers >= 32 ? 7 : 2;

/// The left factor of a tile: left[r][k] is at row[r] + k * step.
template <class Registers, std::size_t rows>
struct Left {
  const Number<Registers>* row[rows];
  std::size_t step;

  [[gnu::always_inline]] inline Left(const Number<Registers>* first, std::size_t pitch, std::size_t the_step) : step(the_step) {
    unrolled<rows>([&](std::size_t r) __attribute__((always_inline)) { row[r] = first + r * pitch; });
  }
};

/// sum[r * columns + n] += left[r][k] * right[k][n] over k < count, where right[k] has `columns` registers, `pitch` apart.
template <class Registers, std::size_t rows, std::size_t columns>
[[gnu::always_inline]] inline void add_tile(typename Registers::Pack (&sum)[rows * columns], const Left<Registers, rows>& left,
                                            const Number<Registers>* right, std::size_t pitch, std::size_t count) {
  using Pack = typename Factors<Registers>::Pack;
  for (std::size_t k = 0; k < count; ++k) {
    // The fewer are held in registers, the others loaded one by one.
    if constexpr (rows < columns) {
      typename Factors<Registers>::InAllLanes number[rows];
      unrolled<rows>([&](std::size_t r) __attribute__((always_inline)) { to_all_lanes(number[r], left.row[r][k * left.step]); });
      unrolled<columns>([&](std::size_t n) __attribute__((always_inline)) {
        Pack column;
        load(column, right + k * pitch + n * Registers::lanes);
        unrolled<rows>([&](std::size_t r)
                           __attribute__((always_inline)) { add_products(sum[r * columns + n], column, number[r]); });
      });
    } else {
      Pack column[columns];
      unrolled<columns>([&](std::size_t n)
                            __attribute__((always_inline)) { load(column[n], right + k * pitch + n * Registers::lanes); });
      unrolled<rows>([&](std::size_t r) __attribute__((always_inline)) {
        typename Factors<Registers>::InAllLanes number;
        to_all_lanes(number, left.row[r][k * left.step]);
        unrolled<columns>([&](std::size_t n)
                              __attribute__((always_inline)) { add_products(sum[r * columns + n], column[n], number); });
      });
    }
  }
}

/// Calls visit(r, std::integral_constant<std::size_t, n>) for stretches of at most `most` of the rows from `first` to `last`.
template <std::size_t most, class Visit>
[[gnu::always_inline]] inline void over_rows(std::size_t first, std::size_t last, Visit&& visit) {
  for (; first + most <= last; first += most) visit(first, std::integral_constant<std::size_t, most>());
  if constexpr (most > 1) {
    if (first < last)
      with_constant<most - 1>(
          last - first, [&](auto rows) __attribute__((always_inline)) { visit(first, rows); });
  }
}

/// rows[r][i ...] += sum[r ...], one row after the other: the same row may be there twice.
template <class Registers, std::size_t rows, std::size_t columns>
[[gnu::always_inline]] inline void add_to_rows(const typename Registers::Pack (&sum)[rows * columns],
                                               typename Registers::Real* const* row, std::size_t i) {
  unrolled<rows * columns>([&](std::size_t n) __attribute__((always_inline)) {
    typename Registers::Real* const at = row[n / columns] + i + n % columns * Registers::lanes;
    typename Registers::Pack number;
    load(number, at);
    number += sum[n];
    store(at, number);
  });
}

}  // namespace tiles

namespace tiles {

/// Of a block of lanes x lanes the lanes that differ from their register in one bit: what a transposition exchanges.
template <std::size_t distance, bool upper, class Pack, std::size_t... lane>
[[gnu::always_inline]] inline void exchange(Pack& result, const Pack& a, const Pack& b, std::index_sequence<lane...>) {
  constexpr std::size_t lanes = sizeof...(lane);
  result = __builtin_shufflevector(a, b,
                                   static_cast<int>(upper ? ((lane & distance) ? lanes + lane : lane + distance)
                                                          : ((lane & distance) ? lanes + lane - distance : lane))...);
}

/// packs[r][n] becomes packs[n][r].
template <std::size_t lanes, std::size_t distance = 1, class Pack>
[[gnu::always_inline]] inline void transpose(Pack* packs) {
  if constexpr (distance < lanes) {
    unrolled<lanes / 2>([&](std::size_t n) __attribute__((always_inline)) {
      const std::size_t first = n / distance * 2 * distance + n % distance, second = first + distance;
      Pack low, high;
      exchange<distance, false>(low, packs[first], packs[second], std::make_index_sequence<lanes>());
      exchange<distance, true>(high, packs[first], packs[second], std::make_index_sequence<lanes>());
      packs[first] = low;
      packs[second] = high;
    });
    transpose<lanes, 2 * distance>(packs);
  }
}

/// The right factor of scores: panel[k * pitch + r] is factor k of row r; `pitch`, whole registers, is at least the rows' count,
/// and what is past that is zero.
template <class Registers>
[[gnu::always_inline]] inline void transpose_rows(const RowPanel<Registers>& rows, std::size_t count, std::size_t pitch,
                                                  Number<Registers>* panel) {
  constexpr std::size_t lanes = Registers::lanes;
  for (std::size_t first = 0; first < pitch; first += lanes) {
    for (std::size_t i = 0; i < rows.registers(); ++i) {
      typename Registers::Pack packs[lanes];
      unrolled<lanes>([&](std::size_t r) __attribute__((always_inline)) {
        packs[r] = typename Registers::Pack{};
        if (first + r < count) load(packs[r], rows.row(first + r) + i * lanes);
      });
      transpose<lanes>(packs);
      unrolled<lanes>([&](std::size_t k)
                          __attribute__((always_inline)) { store(panel + (i * lanes + k) * pitch + first, packs[k]); });
    }
  }
}

}  // namespace tiles

/// scores[l * pitch + r] = left[l] . right[r], the rows of the right being transposed to a panel.
template <class Registers>
[[gnu::always_inline]] inline void score_panel(const RowPanel<Registers>& left, std::size_t from, std::size_t to,
                                               const Number<Registers>* panel, std::size_t pitch,
                                               typename Registers::Real* scores) {
  constexpr std::size_t lanes = Registers::lanes;
  tiles::over_whole_columns<Registers, 2>(
      pitch, [&](std::size_t first, auto registers) __attribute__((always_inline)) {
        constexpr std::size_t columns = decltype(registers)::value;
        tiles::over_rows<tiles::rows_of_tile(columns)>(
            from, to, [&](std::size_t l, auto height) __attribute__((always_inline)) {
              constexpr std::size_t rows = decltype(height)::value;
              const tiles::Left<Registers, rows> tile(left.row(l), left.row_pitch(), 1);
              typename Registers::Pack sum[rows * columns] = {};
              tiles::add_tile<Registers, rows, columns>(sum, tile, panel + first, pitch, left.factors());
              unrolled<rows * columns>([&](std::size_t n) __attribute__((always_inline)) {
                store(scores + (l + n / columns) * pitch + first + n % columns * lanes, sum[n]);
              });
            });
      });
}

/// scores[p] = left[pairs[p].context] . right[pairs[p].target] for a register of pairs.
template <class Registers, class Pair>
[[gnu::always_inline]] inline void score_pairs(const RowPanel<Registers>& left, const RowPanel<Registers>& right,
                                               const Pair* pairs, typename Registers::Real* scores) {
  constexpr std::size_t lanes = Registers::lanes;
  typename Registers::Pack sum[lanes] = {};
  tiles::over_whole_columns<Registers, 4>(
      left.registers() * lanes, [&](std::size_t i, auto columns) __attribute__((always_inline)) {
        unrolled<lanes>([&](std::size_t p) __attribute__((always_inline)) {
          const Number<Registers>*const a = left.row(pairs[p].context) + i, *const b = right.row(pairs[p].target) + i;
          unrolled<decltype(columns)::value>([&](std::size_t n) __attribute__((always_inline)) {
            typename Factors<Registers>::Pack x, y;
            load(x, a + n * lanes);
            load(y, b + n * lanes);
            tiles::add_products(sum[p], x, y);
          });
        });
      });
  sum_lanes<Registers, lanes>(sum, scores);
}

}  // namespace word2vec
