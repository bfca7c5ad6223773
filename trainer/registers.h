// The vector registers of each instruction set, and what is done across their lanes. Knows registers; refuses to know rows.
//
// Written in the compilers' vector extension rather than with intrinsics or as loops for the compiler to widen: one source
// for all levels, and the sums stay in registers. Each level's code comes from a function with that level's attributes
// (simd.h) into which all of this is inlined; packs go by reference, since how they are passed by value depends on the level.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace word2vec {

/// A level: its number type, its register (`Pack`), and the tile that a kernel holds in registers at once.
struct BaselineRegisters {
  using Real = float;
  using Pack [[gnu::vector_size(16)]] = float;
  using Integers [[gnu::vector_size(16)]] = std::int32_t;
  static constexpr std::size_t lanes = 4, registers = 16, tile_contexts = 2, tile_outputs = 6;
};
struct NeonRegisters {
  using Real = float;
  using Pack [[gnu::vector_size(16)]] = float;
  using Integers [[gnu::vector_size(16)]] = std::int32_t;
  static constexpr std::size_t lanes = 4, registers = 32, tile_contexts = 4, tile_outputs = 6;
};
struct Avx2Registers {
  using Real = float;
  using Pack [[gnu::vector_size(32)]] = float;
  using Integers [[gnu::vector_size(32)]] = std::int32_t;
  static constexpr std::size_t lanes = 8, registers = 16, tile_contexts = 2, tile_outputs = 6;
};
struct Avx512Registers {
  using Real = float;
  using Pack [[gnu::vector_size(64)]] = float;
  using Integers [[gnu::vector_size(64)]] = std::int32_t;
  static constexpr std::size_t lanes = 16, registers = 32, tile_contexts = 4, tile_outputs = 6;
};
struct DoubleRegisters {  // for the tests, which check the gradient of the very code that trains
  using Real = double;
  using Pack [[gnu::vector_size(16)]] = double;
  using Integers [[gnu::vector_size(16)]] = std::int64_t;
  static constexpr std::size_t lanes = 2, registers = 16, tile_contexts = 2, tile_outputs = 3;
};

// memcpy, because a row read through a Pack* would have to be aligned, and an attribute that says otherwise is lost on a
// template's argument; it compiles to one load or store.
template <class Pack, class Real>
[[gnu::always_inline]] inline void load(Pack& pack, const Real* from) {
  std::memcpy(&pack, from, sizeof pack);
}
template <class Pack, class Real>
[[gnu::always_inline]] inline void store(Real* to, const Pack& pack) {
  std::memcpy(to, &pack, sizeof pack);
}

/// visit(0), visit(1), ... visit(count - 1), with no loop left: a loop that is unrolled late leaves its arrays in memory.
/// For the sanitizers it stays a loop, since to watch each of thousands of variables would take the compiler many minutes.
template <std::size_t count, class Visit>
[[gnu::always_inline]] inline void unrolled(Visit&& visit) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  for (std::size_t i = 0; i < count; ++i) visit(i);
#else
  [&]<std::size_t... i>(std::index_sequence<i...>) __attribute__((always_inline)) { (visit(i), ...); }
  (std::make_index_sequence<count>());
#endif
}

namespace lanes {

// Lane `lane` of a merge takes from `a` in the first half of each block of 2 * half lanes, from `b` (numbered from `count`)
// in the second.
constexpr int merged_from(std::size_t count, std::size_t half, std::size_t lane) {
  const std::size_t block = lane / (2 * half) * 2 * half, place = lane % (2 * half);
  return static_cast<int>(place < half ? block + place : count + block + place - half);
}
// Lane `lane` of a fold: the first halves of blocks of `block` lanes, side by side; what is past the middle is not used.
constexpr int folded_from(std::size_t count, std::size_t block, std::size_t lane) {
  const std::size_t half = block / 2;
  return lane < count / 2 ? static_cast<int>(lane / half * block + lane % half) : 0;
}

template <std::size_t half, class Pack, std::size_t... lane>
[[gnu::always_inline]] inline void merge(Pack& a, const Pack& b, std::index_sequence<lane...>) {
  constexpr std::size_t count = sizeof...(lane);
  a = __builtin_shufflevector(a, b, merged_from(count, half, lane)...) +
      __builtin_shufflevector(a, b, (merged_from(count, half, lane) + static_cast<int>(half))...);
}

template <std::size_t block, class Pack, std::size_t... lane>
[[gnu::always_inline]] inline void fold(Pack& a, std::index_sequence<lane...>) {
  constexpr std::size_t count = sizeof...(lane);
  a = __builtin_shufflevector(a, a, folded_from(count, block, lane)...) +
      __builtin_shufflevector(a, a, (folded_from(count, block, lane) + static_cast<int>(block / 2))...);
}

/// From `left` packs, of which each stands for several sums in blocks of lanes, to one.
template <std::size_t lanes, std::size_t left, std::size_t block, class Pack>
[[gnu::always_inline]] inline void reduce(Pack* packs) {
  if constexpr (left > 1) {
    unrolled<left / 2>([&](std::size_t i) __attribute__((always_inline)) {
      merge<block / 2>(packs[i], packs[i + left / 2], std::make_index_sequence<lanes>());
    });
    reduce<lanes, left / 2, block / 2>(packs);
  } else if constexpr (block > 1) {
    fold<block>(packs[0], std::make_index_sequence<lanes>());
    reduce<lanes, 1, block / 2>(packs);
  }
}

}  // namespace lanes

/// sums[i] = the sum of packs[i]'s lanes, for `count` packs, which are used up. Merging packs in pairs does `lanes` sums for
/// the price of about two. Writes up to one pack past sums[count - 1].
template <class Registers, std::size_t count>
[[gnu::always_inline]] inline void sum_lanes(typename Registers::Pack* packs, typename Registers::Real* sums) {
  if constexpr (count > Registers::lanes) {
    sum_lanes<Registers, Registers::lanes>(packs, sums);
    sum_lanes<Registers, count - Registers::lanes>(packs + Registers::lanes, sums + Registers::lanes);
  } else {
    constexpr std::size_t padded = std::bit_ceil(count);
    typename Registers::Pack work[padded];
    unrolled<padded>([&](std::size_t i) __attribute__((always_inline)) { work[i] = packs[i < count ? i : 0]; });
    lanes::reduce<Registers::lanes, padded, Registers::lanes>(work);
    store(sums, work[0]);
  }
}

}  // namespace word2vec
