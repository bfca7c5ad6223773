// Products of pairs: two multiply-adds a lane and instruction, of numbers cut down to bf16, a float's upper 16 bits
// (AVX512_BF16). Knows registers; refuses to know where rows come from and what is done with them.
//
// Rows stay float in memory, and so do all sums: only what goes into a product is cut, and so each product is off by less than
// 2^-6 of itself, towards zero, in the mean by half a hundredth, which is as if the learning rate were that much lower. Pulls are
// rounded to the nearest. To round rows too would take two more instructions a pair, and the pairs' making is what is dear:
// it shares the units with the products.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "corpus/simd.h"
#include "trainer/aligned_numbers.h"
#include "trainer/registers.h"

namespace word2vec {

/// Registers whose products are of pairs: `Registers::Pairs` has two bf16 in each lane.
template <class Registers>
concept MultipliesPairs = requires {
  typename Registers::Pairs;
};

#if defined(__x86_64__)
// Not always_inline, which compilers refuse into templates that have no target of their own; what these are in is flattened.
#define WORD2VEC_BF16_INLINE [[gnu::target("avx512bf16," WORD2VEC_AVX512_FEATURES)]] inline

/// In each lane `low` and `high`, cut.
WORD2VEC_BF16_INLINE void pair_up(Avx512Bf16Registers::Pairs& pairs, const Avx512Bf16Registers::Pack& low,
                                  const Avx512Bf16Registers::Pack& high) {
  const __m512i bits = __builtin_bit_cast(__m512i, __builtin_bit_cast(Avx512Bf16Registers::Pairs, low) >> 16U);
  pairs = __builtin_bit_cast(Avx512Bf16Registers::Pairs,
                             _mm512_mask_blend_epi16(0xAAAAAAAAU, bits, __builtin_bit_cast(__m512i, high)));
}
WORD2VEC_BF16_INLINE void pair_up(Avx512Bf16HalfRegisters::Pairs& pairs, const Avx512Bf16HalfRegisters::Pack& low,
                                  const Avx512Bf16HalfRegisters::Pack& high) {
  const __m256i bits = __builtin_bit_cast(__m256i, __builtin_bit_cast(Avx512Bf16HalfRegisters::Pairs, low) >> 16U);
  pairs = __builtin_bit_cast(Avx512Bf16HalfRegisters::Pairs,
                             _mm256_mask_blend_epi16(0xAAAAU, bits, __builtin_bit_cast(__m256i, high)));
}

/// Adds to each lane of `sum` the two products of a's and b's.
WORD2VEC_BF16_INLINE void add_products(Avx512Bf16Registers::Pack& sum, const Avx512Bf16Registers::Pairs& a,
                                       const Avx512Bf16Registers::Pairs& b) {
  sum = _mm512_dpbf16_ps(sum, __builtin_bit_cast(__m512bh, a), __builtin_bit_cast(__m512bh, b));
}
WORD2VEC_BF16_INLINE void add_products(Avx512Bf16HalfRegisters::Pack& sum, const Avx512Bf16HalfRegisters::Pairs& a,
                                       const Avx512Bf16HalfRegisters::Pairs& b) {
  sum = _mm256_dpbf16_ps(sum, __builtin_bit_cast(__m256bh, a), __builtin_bit_cast(__m256bh, b));
}
WORD2VEC_BF16_INLINE void to_all_lanes(Avx512Bf16Registers::Pairs& lanes, std::uint32_t pair) {
  lanes = Avx512Bf16Registers::Pairs{} + pair;
}
/// The same with one pair in all lanes of b.
WORD2VEC_BF16_INLINE void add_products(Avx512Bf16Registers::Pack& sum, const Avx512Bf16Registers::Pairs& a, std::uint32_t b) {
  add_products(sum, a, Avx512Bf16Registers::Pairs{} + b);
}
WORD2VEC_BF16_INLINE void add_products(Avx512Bf16HalfRegisters::Pack& sum, const Avx512Bf16HalfRegisters::Pairs& a,
                                       std::uint32_t b) {
  sum =
      _mm256_dpbf16_ps(sum, __builtin_bit_cast(__m256bh, a), __builtin_bit_cast(__m256bh, Avx512Bf16HalfRegisters::Pairs{} + b));
}

/// A register of each of two rows, rounded: each row's neighbours in pairs, which is half a register (the second row's nowhere
/// when that is nullptr), and both rows' numbers.
WORD2VEC_BF16_INLINE void round_two(const float* first, const float* second, void* first_pairs, void* second_pairs,
                                    std::uint32_t* both) {
  using Registers = Avx512Bf16Registers;
  using Cut [[gnu::vector_size(32)]] = std::uint16_t;
  Registers::Pairs low, high;
  load(low, first);
  load(high, second);
  low += 0x8000U;
  high += 0x8000U;
  store(first_pairs, __builtin_convertvector(low >> 16U, Cut));
  if (second_pairs != nullptr) store(second_pairs, __builtin_convertvector(high >> 16U, Cut));
  Registers::Pairs pairs;
  pair_up(pairs, __builtin_bit_cast(Registers::Pack, low), __builtin_bit_cast(Registers::Pack, high));
  store(both, pairs);
}
#endif

/// The pulls of a step, pulls[c * outputs + o], in pairs of neighbours; where products are not of pairs, nothing.
template <class Registers>
struct PullPairs {};
#if defined(__x86_64__)
template <MultipliesPairs Registers>
class PullPairs<Registers> {
 public:
  /// Reads up to a context's pulls and a register past the last pull.
  [[gnu::always_inline]] inline void make(const float* pulls, std::size_t contexts, std::size_t outputs) {
    const std::size_t count = contexts * outputs, room = count + Registers::lanes;
    std::uint16_t* const across = across_.room(room);
    std::uint32_t* const down = down_.room(room);
    for (std::size_t n = 0; n < count; n += Registers::lanes)
      round_two(pulls + n, pulls + n + outputs, across + n, nullptr, down + n);
  }
  const std::uint16_t* across() const { return across_.data(); }  ///< from c * outputs + o on: the pulls of outputs o and o + 1
  const std::uint32_t* down() const { return down_.data(); }      ///< at c * outputs + o: of contexts c and c + 1

 private:
  AlignedNumbers<std::uint16_t> across_;
  AlignedNumbers<std::uint32_t> down_;
};
#endif

}  // namespace word2vec
