// The stretches of registers in which kernels go through rows, with loops' bounds made constants. Knows how many registers a row
// takes; refuses to know what is done with them.
#pragma once

#include <cstddef>
#include <type_traits>

#include "trainer/registers.h"

namespace word2vec::tiles {

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

}  // namespace word2vec::tiles
