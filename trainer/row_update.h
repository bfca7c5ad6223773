// What pulls move: several rows along several others, all from the rows as they were. May race, as rows.h says.
//
// A tile of rows' columns stays in registers, so that a context's row meets several output rows for one load and one store, and
// an output row all contexts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "trainer/paired_update.h"
#include "trainer/registers.h"
#include "trainer/row_columns.h"
#include "trainer/rows.h"

namespace word2vec {

namespace tiles {

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
    load_lanes<Registers>(before[n], output[n / columns] + i + n % columns * lanes);
    after[n] = row_rates ? Pack{} : before[n];
  });
  for (std::size_t c = 0; c < count; ++c) {
    Pack number[columns], change[columns];
    unrolled<columns>([&](std::size_t n) __attribute__((always_inline)) {
      load_lanes<Registers>(number[n], hidden[c] + i + n * lanes);
      if (first) {
        change[n] = last && !row_rates ? number[n] : Pack{};
      } else {
        load_lanes<Registers>(change[n], carry + (c * columns + n) * lanes);
      }
    });
    unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
      const auto pull = pulls[c * pitch + n / columns];
      change[n % columns] += pull * before[n];
      after[n] += pull * number[n % columns];
    });
    unrolled<columns>([&](std::size_t n) __attribute__((always_inline)) {
      if (!last) {
        store_lanes<Registers>(carry + (c * columns + n) * lanes, change[n]);
        return;
      }
      if constexpr (row_rates) change[n] *= rates.hidden[c];
      if (!first)
        load_lanes<Registers>(number[n], hidden[c] + i + n * lanes);  // anew: the same word may have been a context before
      if (row_rates || !first) change[n] += number[n];
      store_lanes<Registers>(hidden[c] + i + n * lanes, change[n]);
    });
  }
  unrolled<outputs * columns>([&](std::size_t n) __attribute__((always_inline)) {
    if constexpr (row_rates) after[n] = after[n] * rates.output[n / columns] + before[n];
    store_lanes<Registers>(output[n / columns] + i + n % columns * lanes, after[n]);
  });
}

/// How many registers' worth of a row to hold at once while `outputs` of them are updated: two of each, and two of a context;
/// with pairs, one and a half of each, and two of two contexts.
template <class Registers>
constexpr std::size_t columns_of(std::size_t outputs, bool paired) {
  const std::size_t held = paired ? outputs + (outputs + 1) / 2 + 4 : 2 * outputs + 2;
  return std::clamp<std::size_t>((Registers::registers - 2) / held, 1, 8);
}

}  // namespace tiles

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
/// context's pulls and a register past the last pull are read.
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
