// Arithmetic on rows that several threads read and write without locks: the one file that may race (and
// row_rates.h, for the rows' sums, in the same way).
//
// The contract (Hogwild, Recht et al. 2011): rows are aligned floats, each read and written whole by the processor; an update
// may be lost when two threads meet in a row; nothing depends on two floats of a row being of the same moment. Every other
// shared variable of the trainer is an atomic or is not written while threads run.
//
// `length` is how much of a row there is to do: its columns, rounded up to whole registers or a half one at the end. What lies
// past the columns is zero, and these operations keep it so. The kernels hold a tile of sums or of rows' columns in registers
// (registers.h), so that each number loaded is used several times: a context's row meets six output rows, an output row several
// contexts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

#include "trainer/paired_update.h"
#include "trainer/registers.h"

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

/// Asks for a whole row ahead of its use, and for its sum where it lies apart.
template <bool row_rates, class Real>
[[gnu::always_inline]] inline void prefetch_row(const Rows<Real>& rows, std::size_t index) {
  const Real* const row = rows.row(index);
  for (std::size_t i = 0; i < rows.columns; i += 64 / sizeof(Real)) __builtin_prefetch(row + i, 1);
  if (row_rates && rows.sum_stride != rows.stride) __builtin_prefetch(rows.sum(index), 1);
}

namespace tiles {

/// A register of a row's numbers; two, in pairs: a sum over all of them takes them in any order.
template <class Pack, class Real>
[[gnu::always_inline]] inline void take(Pack& number, const Real* from) {
  load(number, from);
}
#if defined(__x86_64__)
[[gnu::always_inline]] inline void take(Avx512Bf16Registers::Pairs& number, const float* from) {
  Avx512Bf16Registers::Pack low, high;
  load(low, from);
  load(high, from + Avx512Bf16Registers::lanes);
  pair_up(number, low, high);
}
#endif

/// Calls visit(c * outputs + o, number, column) for the products of all pairs of rows, what `take` takes of each from number i
/// on.
template <class Taken, std::size_t contexts, std::size_t outputs, class Real, class Visit>
[[gnu::always_inline]] inline void over_pairs(const Real* const* hidden, const Real* const* output, std::size_t i,
                                              Visit&& visit) {
  Taken column[outputs];
  unrolled<outputs>([&](std::size_t o) __attribute__((always_inline)) { take(column[o], output[o] + i); });
  unrolled<contexts>([&](std::size_t c) __attribute__((always_inline)) {
    Taken number;
    take(number, hidden[c] + i);
    unrolled<outputs>([&](std::size_t o) __attribute__((always_inline)) { visit(c * outputs + o, number, column[o]); });
  });
}

/// sums[c * outputs + o] = hidden[c] . output[o]
template <class Registers, std::size_t contexts, std::size_t outputs>
[[gnu::always_inline]] inline void dots(const typename Registers::Real* const* hidden,
                                        const typename Registers::Real* const* output, std::size_t length,
                                        typename Registers::Real* sums) {
  using Pack = typename Registers::Pack;
  constexpr std::size_t width = Registers::lanes;
  Pack sum[contexts * outputs] = {};
  if constexpr (HasHalf<Registers>) {
    // First, since what is half of a register can begin a sum, but not be added to one.
    if (length % width != 0) {
      using Half = typename Registers::Half;
      over_pairs<typename Half::Pack, contexts, outputs>(
          hidden, output, length / width * width,
          [&](std::size_t n, const typename Half::Pack& number, const typename Half::Pack& column)
              __attribute__((always_inline)) { lanes::widen(sum[n], number * column, std::make_index_sequence<width>()); });
    }
  }
  std::size_t i = 0;
  if constexpr (MultipliesPairs<Registers> && contexts > 1 && outputs > 1) {
    using Pairs = typename Registers::Pairs;
    for (; i + 2 * width <= length; i += 2 * width) {
      over_pairs<Pairs, contexts, outputs>(
          hidden, output, i, [&](std::size_t n, const Pairs& number, const Pairs& column) __attribute__((always_inline)) {
            add_products(sum[n], number, column);
          });
    }
  }
  for (; i + width <= length; i += width) {
    over_pairs<Pack, contexts, outputs>(
        hidden, output, i, [&](std::size_t n, const Pack& number, const Pack& column) __attribute__((always_inline)) {
          sum[n] += number * column;
        });
  }
  sum_lanes<Registers, contexts * outputs>(sum, sums);
}

/// All contexts against `outputs` rows; row c of the sums starts at scores + c * pitch.
template <class Registers, std::size_t outputs, std::size_t contexts = Registers::tile_contexts>
[[gnu::always_inline]] inline void dots_of_all(const typename Registers::Real* const* hidden, std::size_t count,
                                               const typename Registers::Real* const* output, std::size_t length,
                                               typename Registers::Real* scores, std::size_t pitch) {
  using Real = typename Registers::Real;
  std::size_t c = 0;
  for (; c + contexts <= count; c += contexts) {
    if (pitch == outputs) {  // the sums of a tile lie as they shall; what is written past them comes next, or is past the end
      dots<Registers, contexts, outputs>(hidden + c, output, length, scores + c * pitch);
      continue;
    }
    Real sums[contexts * outputs + Registers::lanes];
    dots<Registers, contexts, outputs>(hidden + c, output, length, sums);
    for (std::size_t r = 0; r < contexts; ++r) std::copy_n(sums + r * outputs, outputs, scores + (c + r) * pitch);
  }
  if constexpr (contexts > 1) {
    if (c < count)
      dots_of_all<Registers, outputs, contexts - 1>(hidden + c, count - c, output, length, scores + c * pitch, pitch);
  }
}

/// `columns` registers' worth of every row, from number `i` on: the contexts' change, and the outputs' new values.
/// What a group of outputs gives to the contexts is carried to the next group in `carry`; the last one adds it to them.
template <class Registers, std::size_t outputs, std::size_t columns, bool row_rates>
[[gnu::always_inline]] inline void update_group(typename Registers::Real* const* hidden, std::size_t count,
                                                typename Registers::Real* const* output, const typename Registers::Real* pulls,
                                                Rates<typename Registers::Real> rates, std::size_t pitch, std::size_t i,
                                                typename Registers::Real* carry, bool first, bool last) {
  using Pack = typename Registers::Pack;
  constexpr std::size_t lanes = Registers::lanes;
  Pack before[outputs * columns], after[outputs * columns];
  unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
    load(before[n], output[n / columns] + i + n % columns * lanes);
    after[n] = row_rates ? Pack{} : before[n];
  });
  for (std::size_t c = 0; c < count; ++c) {
    Pack number[columns], change[columns];
    unrolled<columns>([&](std::size_t n) __attribute__((always_inline)) {
      load(number[n], hidden[c] + i + n * lanes);
      if (first) {
        change[n] = last && !row_rates ? number[n] : Pack{};
      } else {
        load(change[n], carry + (c * columns + n) * lanes);
      }
    });
    unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
      const auto pull = pulls[c * pitch + n / columns];
      change[n % columns] += pull * before[n];
      after[n] += pull * number[n % columns];
    });
    unrolled<columns>([&](std::size_t n) __attribute__((always_inline)) {
      if (!last) {
        store(carry + (c * columns + n) * lanes, change[n]);
        return;
      }
      if constexpr (row_rates) change[n] *= rates.hidden[c];
      if (!first) load(number[n], hidden[c] + i + n * lanes);  // anew: the same word may have been a context before
      if (row_rates || !first) change[n] += number[n];
      store(hidden[c] + i + n * lanes, change[n]);
    });
  }
  unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
    if constexpr (row_rates) after[n] = after[n] * rates.output[n / columns] + before[n];
    store(output[n / columns] + i + n % columns * lanes, after[n]);
  });
}

/// Calls visit(std::integral_constant<std::size_t, n>) for the n from 1 to `most` that `count` is.
template <std::size_t most, class Visit>
[[gnu::always_inline]] inline void with_constant(std::size_t count, Visit&& visit) {
  if constexpr (most > 1) {
    if (count < most) return with_constant<most - 1>(count, visit);
  }
  visit(std::integral_constant<std::size_t, most>());
}

/// Calls visit(i, std::integral_constant<std::size_t, n>) for stretches of n registers from number i of a row on, n being `most`
/// but for the last; `length` is whole registers.
template <class Registers, std::size_t most, class Visit>
[[gnu::always_inline]] inline void over_whole_columns(std::size_t length, Visit&& visit) {
  constexpr std::size_t lanes = Registers::lanes;
  std::size_t i = 0;
  for (; i + most * lanes <= length; i += most * lanes) visit(i, std::integral_constant<std::size_t, most>());
  if constexpr (most > 1) {
    if (i < length) {
      with_constant<most - 1>((length - i) / lanes, [&](auto columns) __attribute__((always_inline)) { visit(i, columns); });
    }
  }
}

/// Calls visit(i, std::integral_constant<std::size_t, n>, registers) in the same way; at the end there may be half a register.
template <class Registers, std::size_t most, class Visit>
[[gnu::always_inline]] inline void over_columns(std::size_t length, Visit&& visit) {
  const std::size_t whole = length / Registers::lanes * Registers::lanes;
  over_whole_columns<Registers, most>(
      whole, [&](std::size_t i, auto columns) __attribute__((always_inline)) { visit(i, columns, Registers()); });
  if constexpr (HasHalf<Registers>) {
    if (whole < length) visit(whole, std::integral_constant<std::size_t, 1>(), typename Registers::Half());
  }
}

/// How many registers' worth of a row to hold at once while `outputs` of them are updated: two of each, and two of a context;
/// with pairs, one and a half of each, and two of two contexts.
template <class Registers>
constexpr std::size_t columns_of(std::size_t outputs, bool paired) {
  const std::size_t held = paired ? outputs + (outputs + 1) / 2 + 4 : 2 * outputs + 2;
  return std::clamp<std::size_t>((Registers::registers - 2) / held, 1, 8);
}

}  // namespace tiles

/// scores[c * outputs + o] = hidden[c] . output[o], for `contexts` hidden rows and `outputs` output rows; writes up to a
/// register past the last.
template <class Registers>
[[gnu::always_inline]] inline void score_rows(const typename Registers::Real* const* hidden, std::size_t contexts,
                                              const typename Registers::Real* const* output, std::size_t outputs,
                                              std::size_t length, typename Registers::Real* scores) {
  constexpr std::size_t most = Registers::tile_outputs;
  for (std::size_t o = 0; o < outputs; o += most) {
    tiles::with_constant<most>(
        std::min(most, outputs - o), [&](auto group) __attribute__((always_inline)) {
          tiles::dots_of_all<Registers, decltype(group)::value>(hidden, contexts, output + o, length, scores + o, outputs);
        });
  }
}

/// The most contexts of an update.
constexpr std::size_t most_contexts = 32;

namespace tiles {

/// update_rows, by products of pairs or not.
template <class Registers, bool row_rates, bool paired>
[[gnu::always_inline]] inline void update_in_groups(typename Registers::Real* const* hidden, std::size_t contexts,
                                                    typename Registers::Real* const* output, std::size_t outputs,
                                                    std::span<const std::uint32_t> group_ends,
                                                    const typename Registers::Real* pulls, const PullPairs<Registers>& pairs,
                                                    std::size_t length, Rates<typename Registers::Real> rates) {
  constexpr std::size_t most = Registers::tile_outputs, wide = columns_of<Registers>(most, paired);
  const auto update = [&](std::size_t o, std::size_t i, auto group, auto columns, auto registers, typename Registers::Real* carry,
                          bool first, bool last) __attribute__((always_inline)) {
    constexpr std::size_t size = decltype(group)::value, count = decltype(columns)::value;
    const Rates<typename Registers::Real> of_group{rates.hidden, rates.output + (row_rates ? o : 0)};
    if constexpr (paired) {
      update_paired_group<decltype(registers), size, count, row_rates>(
          {hidden, output + o, pulls + o, of_group.hidden, of_group.output, pairs.across() + o, pairs.down() + o, outputs, i,
           carry, first, last},
          contexts);
    } else {
      update_group<decltype(registers), size, count, row_rates>(hidden, contexts, output + o, pulls + o, of_group, outputs, i,
                                                                carry, first, last);
    }
  };
  if (group_ends.size() == 1) {
    with_constant<most>(
        outputs, [&](auto group) __attribute__((always_inline)) {
          over_columns<Registers, columns_of<Registers>(decltype(group)::value, paired)>(
              length, [&](std::size_t i, auto columns, auto registers)
                          __attribute__((always_inline)) { update(0, i, group, columns, registers, nullptr, true, true); });
        });
    return;
  }
  alignas(64) typename Registers::Real carry[most_contexts * wide * Registers::lanes];
  over_columns<Registers, wide>(
      length, [&](std::size_t i, auto columns, auto registers) __attribute__((always_inline)) {
        std::size_t first = 0;
        for (const std::uint32_t end : group_ends) {
          with_constant<most>(
              end - first, [&](auto group) __attribute__((always_inline)) {
                update(first, i, group, columns, registers, carry, first == 0, end == outputs);
              });
          first = end;
        }
      });
}

}  // namespace tiles

/// hidden[c] += sum over o of pull[c][o] * output[o], and output[o] += sum over c of pull[c][o] * hidden[c], all from the rows
/// as they were, pull[c][o] being pulls[c * outputs + o].
/// With rates of the rows' own each row's sum counts so many times.
/// `group_ends` cuts the outputs into groups of at most Registers::tile_outputs, each of distinct rows; a row of two groups is
/// met by the second as the first left it. At most `most_contexts` contexts. `pairs` is scratch of the caller's, and up to a
/// register past the last pull is read.
template <class Registers, bool row_rates = false>
[[gnu::always_inline]] inline void update_rows(typename Registers::Real* const* hidden, std::size_t contexts,
                                               typename Registers::Real* const* output, std::size_t outputs,
                                               std::span<const std::uint32_t> group_ends, const typename Registers::Real* pulls,
                                               PullPairs<Registers>& pairs, std::size_t length,
                                               Rates<typename Registers::Real> rates = {}) {
  if constexpr (MultipliesPairs<Registers>) {
    if (contexts > 1 && outputs > 1) {  // or else making pairs costs more than it saves
      pairs.make(pulls, contexts, outputs);
      tiles::update_in_groups<Registers, row_rates, true>(hidden, contexts, output, outputs, group_ends, pulls, pairs, length,
                                                          rates);
      return;
    }
  }
  tiles::update_in_groups<Registers, row_rates, false>(hidden, contexts, output, outputs, group_ends, pulls, pairs, length,
                                                       rates);
}

}  // namespace word2vec
