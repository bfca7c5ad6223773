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
struct Avx512HalfRegisters {  // for rows' ends, and for CBOW where a wide register takes two turns
  using Real = float;
  using Pack [[gnu::vector_size(32)]] = float;
  using Integers [[gnu::vector_size(32)]] = std::int32_t;
  static constexpr std::size_t lanes = 8, registers = 32, tile_contexts = 4, tile_outputs = 6;
};
// For rows' ends: 8 numbers in a wide register, since beside wide ones Intel's processors have one unit for half ones, not two.
struct Avx512EndRegisters {
  using Real = float;
  using Pack [[gnu::vector_size(64)]] = float;
  using Stored [[gnu::vector_size(32)]] = float;
  static constexpr std::size_t lanes = 8, registers = 32;
};
struct Avx512Registers {
  using Real = float;
  using Pack [[gnu::vector_size(64)]] = float;
  using Integers [[gnu::vector_size(64)]] = std::int32_t;
  using Half = Avx512EndRegisters;
  using Few = Avx512HalfRegisters;  // for as few numbers, which it divides in half the time
  static constexpr std::size_t lanes = 16, registers = 32, tile_contexts = 4, tile_outputs = 6;
};
struct Avx512Bf16HalfRegisters : Avx512HalfRegisters {
  using Pairs [[gnu::vector_size(32)]] = std::uint32_t;
};
struct Avx512Bf16Registers : Avx512Registers {
  using Pairs [[gnu::vector_size(64)]] = std::uint32_t;  // for products of pairs (bf16_products.h)
  using Half = Avx512Bf16HalfRegisters;                  // processors that take a wide register in two turns need one for an end
};
/// The same for such processors: scores in halves, which add up their lanes sooner.
struct Avx512Bf16InTurnsRegisters : Avx512Bf16Registers {
  using ScoreRegisters = Avx512Bf16HalfRegisters;
};
/// Beside which there are matrix registers (amx.h).
struct AmxRegisters : Avx512Registers {
  static constexpr bool beside_tiles = true;
};
struct DoubleRegisters {  // for the tests, which check the gradient of the very code that trains
  using Real = double;
  using Pack [[gnu::vector_size(16)]] = double;
  using Integers [[gnu::vector_size(16)]] = std::int64_t;
  static constexpr std::size_t lanes = 2, registers = 16, tile_contexts = 2, tile_outputs = 3;
};

template <class Registers>
concept HasHalf = requires {
  typename Registers::Half;
};

template <class Registers>
concept BesideTiles = requires {
  Registers::beside_tiles;
};

/// The registers that a level has for a purpose, as Its<Registers> names them, or else its own.
template <class Registers, template <class> class Its>
struct RegistersFor {
  using Type = Registers;
};
template <class Registers, template <class> class Its>
requires requires { typename Its<Registers>; }
struct RegistersFor<Registers, Its> {
  using Type = Its<Registers>;
};
template <class Registers>
using ItsScoreRegisters = typename Registers::ScoreRegisters;
template <class Registers>
using ItsFew = typename Registers::Few;
/// What a step's scores are worked out in.
template <class Registers>
using RegistersOfScores = typename RegistersFor<Registers, ItsScoreRegisters>::Type;
/// What few numbers are worked on in.
template <class Registers>
using RegistersOfFew = typename RegistersFor<Registers, ItsFew>::Type;

/// What a row is rounded up to, in numbers.
template <class Registers>
constexpr std::size_t grain() {
  return HasHalf<Registers> ? Registers::lanes / 2 : Registers::lanes;
}

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

template <class Pack, class Part, std::size_t... lane>
[[gnu::always_inline]] inline void widen(Pack& pack, const Part& part, std::index_sequence<lane...>) {
  const Part zero{};
  pack = __builtin_shufflevector(part, zero, static_cast<int>(lane)...);
}
template <class Part, class Pack, std::size_t... lane>
[[gnu::always_inline]] inline void narrow(Part& part, const Pack& pack, std::index_sequence<lane...>) {
  part = __builtin_shufflevector(pack, pack, static_cast<int>(lane)...);
}

/// Puts `part` in the lower lanes of `pack` and zero in the others.
template <class Registers, class Part>
[[gnu::always_inline]] inline void widen(typename Registers::Pack& pack, const Part& part) {
  if constexpr (sizeof part == sizeof pack) {
    pack = part;
  } else {
    widen(pack, part, std::make_index_sequence<Registers::lanes>());
  }
}

/// Registers::lanes numbers, with zero in the lanes past those.
template <class Registers>
[[gnu::always_inline]] inline void load_lanes(typename Registers::Pack& pack, const typename Registers::Real* from) {
  if constexpr (requires { typename Registers::Stored; }) {
    typename Registers::Stored part;
    load(part, from);
    widen(pack, part, std::make_index_sequence<sizeof pack / sizeof *from>());
  } else {
    load(pack, from);
  }
}
template <class Registers>
[[gnu::always_inline]] inline void store_lanes(typename Registers::Real* to, const typename Registers::Pack& pack) {
  if constexpr (requires { typename Registers::Stored; }) {
    typename Registers::Stored part;
    narrow(part, pack, std::make_index_sequence<Registers::lanes>());
    store(to, part);
  } else {
    store(to, pack);
  }
}

/// Has a loaded pack in a register, for several uses: compilers rather load it anew for each, and loads are what row kernels
/// wait for.
template <class Pack>
[[gnu::always_inline]] inline void hold([[maybe_unused]] Pack& pack) {
#if defined(__clang__)  // wants the register in the attributes of this function, which has none
#elif defined(__x86_64__)
  asm("" : "+v"(pack));
#elif defined(__aarch64__)
  asm("" : "+w"(pack));
#endif
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

// Packs are merged in pairs, until one stands for all: each time lanes are added that are two apart within 16 bytes, and then,
// when every 16 bytes are of four packs, neighbouring 16 bytes. In this order most of the shuffles stay within 16 bytes, where
// they cost least, and the sums come out in the order of the packs.

/// Which lane a merge's lane `lane` adds up, first and second: of the first pack, or, from `count` on, of the second.
constexpr int merged_from(std::size_t count, std::size_t stage, std::size_t lane, std::size_t second) {
  const std::size_t near = lane % 4, block = lane - near;
  if (count >= 4 && stage == 0) return static_cast<int>(near % 2 * count + block + near / 2 + 2 * second);
  if (count >= 4 && stage == 1) return static_cast<int>(near / 2 * count + block + near % 2 + 2 * second);
  const std::size_t unit = std::min<std::size_t>(count, 4) == 4 ? 4 : 1, place = lane / unit, half = count / unit / 2;
  return static_cast<int>(place / half * count + (place % half * 2 + second) * unit + lane % unit);
}

template <std::size_t stage, class Pack, std::size_t... lane>
[[gnu::always_inline]] inline void merge(Pack& result, const Pack& a, const Pack& b, std::index_sequence<lane...>) {
  constexpr std::size_t count = sizeof...(lane);
  result = __builtin_shufflevector(a, b, merged_from(count, stage, lane, 0)...) +
           __builtin_shufflevector(a, b, merged_from(count, stage, lane, 1)...);
}

/// Makes the first of `left` packs stand for all; a pack without a partner is its own.
template <std::size_t lanes, std::size_t left, std::size_t stage, class Pack>
[[gnu::always_inline]] inline void reduce(Pack* packs) {
  if constexpr (lanes >> stage > 1) {
    unrolled<(left + 1) / 2>([&](std::size_t i) __attribute__((always_inline)) {
      merge<stage>(packs[i], packs[2 * i], packs[std::min(2 * i + 1, left - 1)], std::make_index_sequence<lanes>());
    });
    reduce<lanes, (left + 1) / 2, stage + 1>(packs);
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
    lanes::reduce<Registers::lanes, count, 0>(packs);
    store(sums, packs[0]);
  }
}

}  // namespace word2vec
