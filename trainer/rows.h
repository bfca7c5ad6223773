// The rows of a matrix that several threads read and write without locks, and the contract under which they do: what kernels do
// with rows (row_scores.h, row_update.h, paired_update.h, cbow_step.h, pair_step.h, panels.h, panel_products.h, amx_products.h)
// may race, as may their sums (row_rates.h), and nothing else.
//
// The contract (Hogwild, Recht et al. 2011): rows are aligned floats, each read and written whole by the processor; an update
// may be lost when two threads meet in a row; nothing depends on two floats of a row being of the same moment. Every other
// shared variable of the trainer is an atomic or is not written while threads run.
//
// `length` is how much of a row there is to do: its columns, rounded up to whole registers or a half one at the end. What lies
// past the columns is zero, and kernels keep it so.
#pragma once

#include <cstddef>
#include <type_traits>

#include "trainer/registers.h"
#include "trainer/row_columns.h"

namespace word2vec {

/// One matrix as the trainer sees it: V rows of `columns` numbers, `stride` (a multiple of 16) apart, addressed in 64 bits; the
/// first of them may be elsewhere (hot_words.h), and each may have a sum of squared pulls (row_rates.h).
template <class Real>
struct Rows {
  /// Where rows have sums, no kernel reads past the columns, rounded up to a multiple of this.
  static constexpr std::size_t widest_grain = 8;
  /// Of row 0, or where it would be.
  struct Place {
    Real *row = nullptr, *sum = nullptr;
  };

  Rows(Real* data, std::size_t the_stride, std::size_t the_columns) : stride(the_stride), columns(the_columns) {
    places[0].row = data;
  }

  std::size_t stride, columns;
  std::size_t hot_rows = 0;  ///< how many rows are elsewhere
  /// Of all rows, and of those `hot_rows`. A table, so that the choice is no branch: no processor could foresee which word comes.
  Place places[2];
  std::size_t sum_stride = 1;

  bool has_sums() const { return places[0].sum != nullptr; }
  template <class Registers>
  std::size_t length() const {
    static_assert(grain<Registers>() <= widest_grain || !std::is_same_v<Real, float>);
    return (columns + grain<Registers>() - 1) / grain<Registers>() * grain<Registers>();
  }
  Real* row(std::size_t index) const { return places[index < hot_rows].row + index * stride; }
  Real* sum(std::size_t index) const { return places[index < hot_rows].sum + index * sum_stride; }
};

/// How many times a row's part of a step counts, by row (row_rates.h).
template <class Real>
struct Rates {
  const Real *hidden = nullptr, *output = nullptr;
};

/// Which cache a row is asked into. Into the first-level one it comes to be written, taken from other cores at once; but that
/// one waits for few lines at a time, and while it does, what a step loads from the second-level one waits too.
enum class Cache { first_level, second_level };

/// For rows of which so many are asked for in a step: where the first-level cache would have to wait for too many lines, which
/// it was measured to do from some 56 on, the second-level one.
template <class Real>
Cache cache_for(std::size_t asked_rows, const Rows<Real>& rows) {
  constexpr std::size_t most_lines = 52, line = 64 / sizeof(Real);
  return asked_rows * ((rows.columns + line - 1) / line) <= most_lines ? Cache::first_level : Cache::second_level;
}

template <Cache cache, class Real>
[[gnu::always_inline]] inline void prefetch_lines(const Real* row, std::size_t lines) {
  constexpr std::size_t line = 64 / sizeof(Real), most = 8;
  const auto ask = [&](auto count) __attribute__((always_inline)) {
    unrolled<decltype(count)::value>([&](std::size_t i) __attribute__((always_inline)) {
      if constexpr (cache == Cache::first_level)
        __builtin_prefetch(row + i * line, 1);
      else
        __builtin_prefetch(row + i * line, 0, 2);
    });
  };
  for (; lines > most; lines -= most, row += most * line) ask(std::integral_constant<std::size_t, most>());
  tiles::with_constant<most>(lines, ask);
}

/// Asks for a whole row ahead of its use, and for its sum where it lies apart.
template <bool row_rates, class Real>
[[gnu::always_inline]] inline void prefetch_row(const Rows<Real>& rows, std::size_t index, Cache cache) {
  constexpr std::size_t line = 64 / sizeof(Real);
  const std::size_t lines = (rows.columns + line - 1) / line;
  if (cache == Cache::first_level)
    prefetch_lines<Cache::first_level>(rows.row(index), lines);
  else
    prefetch_lines<Cache::second_level>(rows.row(index), lines);
  if (row_rates && rows.sum_stride != rows.stride) __builtin_prefetch(rows.sum(index), 1);
}

}  // namespace word2vec
