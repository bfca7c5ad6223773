// The products of several rows with several others. May race, as rows.h says.
//
// A tile of sums stays in registers (registers.h), so that each number loaded is used several times: a context's row meets six
// output rows, an output row several contexts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "trainer/bf16_products.h"
#include "trainer/registers.h"
#include "trainer/row_columns.h"

namespace word2vec {

namespace tiles {

/// A register of a row's numbers; two, in pairs: a sum over all of them takes them in any order.
template <class Registers>
[[gnu::always_inline]] inline void take(typename Registers::Pack& number, const typename Registers::Real* from) {
  load_lanes<Registers>(number, from);
}
template <MultipliesPairs Registers>
[[gnu::always_inline]] inline void take(typename Registers::Pairs& number, const typename Registers::Real* from) {
  typename Registers::Pack low, high;
  load(low, from);
  load(high, from + Registers::lanes);
  pair_up(number, low, high);
}

/// Calls visit(c * outputs + o, number, column) for the products of all pairs of rows, what `take` takes of each from number i
/// on.
template <class Registers, class Taken, std::size_t contexts, std::size_t outputs, class Real, class Visit>
[[gnu::always_inline]] inline void over_pairs(const Real* const* hidden, const Real* const* output, std::size_t i,
                                              Visit&& visit) {
  Taken column[outputs];
  unrolled<outputs>([&](std::size_t o) __attribute__((always_inline)) { take<Registers>(column[o], output[o] + i); });
  unrolled<contexts>([&](std::size_t c) __attribute__((always_inline)) {
    Taken number;
    take<Registers>(number, hidden[c] + i);
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
      over_pairs<Half, typename Half::Pack, contexts, outputs>(
          hidden, output, length / width * width,
          [&](std::size_t n, const typename Half::Pack& number, const typename Half::Pack& column)
              __attribute__((always_inline)) { widen<Registers>(sum[n], number * column); });
    }
  }
  std::size_t i = 0;
  if constexpr (MultipliesPairs<Registers> && contexts > 1 && outputs > 1) {
    using Pairs = typename Registers::Pairs;
    for (; i + 2 * width <= length; i += 2 * width) {
      over_pairs<Registers, Pairs, contexts, outputs>(
          hidden, output, i, [&](std::size_t n, const Pairs& number, const Pairs& column) __attribute__((always_inline)) {
            add_products(sum[n], number, column);
          });
    }
  }
  for (; i + width <= length; i += width) {
    over_pairs<Registers, Pack, contexts, outputs>(
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

}  // namespace word2vec
