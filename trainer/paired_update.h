// The update of a group of rows by products of pairs (bf16_products.h): two contexts at once, and two outputs. Knows a group's
// part in an update; refuses to know the rest of it (row_update.h). May race, as rows.h says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "trainer/bf16_products.h"
#include "trainer/registers.h"

namespace word2vec::tiles {

/// A group of outputs in an update, as update_group of row_update.h takes it, from number `i` of the rows on.
template <class Registers>
struct Group {
  using Real = typename Registers::Real;
  Real *const *hidden, *const *output;
  const Real *pulls, *hidden_rates, *output_rates;
  const std::uint16_t* across;  ///< of PullPairs, from the group's first output on
  const std::uint32_t* down;    ///< the same
  std::size_t pitch, i;
  Real* carry;
  bool first, last;
};

/// `outputs` rows' part of `columns` registers: in pairs, the last without a partner as float, and what is added to each.
template <class Registers, std::size_t outputs, std::size_t columns>
struct PairedOutputs {
  static constexpr std::size_t pairs = outputs / 2;
  typename Registers::Pairs before[(pairs + 1) * columns];
  typename Registers::Pack lone[columns], sum[outputs * columns];
};

/// The products of `contexts` (one, or two of different rows) contexts, from number c on, with the outputs; two as pairs, one as
/// float.
template <std::size_t contexts, bool row_rates, class Registers, std::size_t outputs, std::size_t columns>
[[gnu::always_inline]] inline void meet(const Group<Registers>& group, std::size_t c,
                                        PairedOutputs<Registers, outputs, columns>& rows) {
  using Pack = typename Registers::Pack;
  constexpr std::size_t lanes = Registers::lanes, pairs = outputs / 2;
  Pack number[contexts * columns], change[contexts * columns];
  unrolled<contexts * columns>([&](std::size_t n) __attribute__((always_inline)) {
    load(number[n], group.hidden[c + n / columns] + group.i + n % columns * lanes);
    change[n] = group.first && group.last && !row_rates ? number[n] : Pack{};
    if (!group.first) load(change[n], group.carry + (c * columns + n) * lanes);
  });
  if constexpr (contexts == 2) {
    typename Registers::Pairs both[columns];
    unrolled<columns>([&](std::size_t k) __attribute__((always_inline)) { pair_up(both[k], number[k], number[columns + k]); });
    unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
      add_products(rows.sum[n], both[n % columns], group.down[c * group.pitch + n / columns]);
    });
  } else {
    unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
      rows.sum[n] += group.pulls[c * group.pitch + n / columns] * number[n % columns];
    });
  }
  unrolled<contexts>([&](std::size_t r) __attribute__((always_inline)) {
    const std::size_t pull = (c + r) * group.pitch;
    unrolled<pairs * columns>([&](std::size_t n) __attribute__((always_inline)) {
      std::uint32_t both;
      std::memcpy(&both, group.across + pull + n / columns * 2, sizeof both);
      add_products(change[r * columns + n % columns], rows.before[n], both);
    });
    if constexpr (outputs % 2 != 0) {
      unrolled<columns>([&](std::size_t k) __attribute__((always_inline)) {
        change[r * columns + k] += group.pulls[pull + outputs - 1] * rows.lone[k];
      });
    }
  });
  unrolled<contexts * columns>([&](std::size_t n) __attribute__((always_inline)) {
    if (!group.last) {
      store(group.carry + (c * columns + n) * lanes, change[n]);
      return;
    }
    typename Registers::Real* const at = group.hidden[c + n / columns] + group.i + n % columns * lanes;
    if constexpr (row_rates) change[n] *= group.hidden_rates[c + n / columns];
    if (row_rates || !group.first) {
      load(number[n], at);  // anew: the same word may have been a context before
      change[n] += number[n];
    }
    store(at, change[n]);
  });
}

/// What update_group does, for at least two contexts.
template <class Registers, std::size_t outputs, std::size_t columns, bool row_rates>
[[gnu::always_inline]] inline void update_paired_group(const Group<Registers>& group, std::size_t contexts) {
  using Pack = typename Registers::Pack;
  constexpr std::size_t lanes = Registers::lanes, pairs = outputs / 2;
  PairedOutputs<Registers, outputs, columns> rows;
  const auto at = [&](std::size_t n) __attribute__((always_inline)) {
    return group.output[n / columns] + group.i + n % columns * lanes;
  };
  unrolled<pairs * columns>([&](std::size_t n) __attribute__((always_inline)) {
    const std::size_t low = n / columns * 2 * columns + n % columns, high = low + columns;
    Pack low_row, high_row;
    load(low_row, at(low));
    load(high_row, at(high));
    pair_up(rows.before[n], low_row, high_row);
    rows.sum[low] = row_rates ? Pack{} : low_row;
    rows.sum[high] = row_rates ? Pack{} : high_row;
  });
  if constexpr (outputs % 2 != 0) {
    unrolled<columns>([&](std::size_t k) __attribute__((always_inline)) {
      constexpr std::size_t last = (outputs - 1) * columns;
      load(rows.lone[k], at(last + k));
      rows.sum[last + k] = row_rates ? Pack{} : rows.lone[k];
    });
  }
  std::size_t c = 0;
  for (; c + 2 <= contexts; c += 2) {
    if (group.hidden[c] != group.hidden[c + 1]) [[likely]] {
      meet<2, row_rates>(group, c, rows);
    } else {  // twice the same word: the second time as the first left it
      meet<1, row_rates>(group, c, rows);
      meet<1, row_rates>(group, c + 1, rows);
    }
  }
  if (c < contexts) meet<1, row_rates>(group, c, rows);
  unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
    if constexpr (row_rates) {
      Pack before;
      load(before, at(n));
      rows.sum[n] = rows.sum[n] * group.output_rates[n / columns] + before;
    }
    store(at(n), rows.sum[n]);
  });
}

}  // namespace word2vec::tiles
