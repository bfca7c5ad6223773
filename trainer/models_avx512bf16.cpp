// The models' bodies compiled for AVX-512 with products of bf16 (AVX512_BF16).
#include "trainer/models.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

template <class Registers, Way way>
WORD2VEC_AVX512_BF16 PieceResult train(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                       Rows<float> output, PieceRate rate, StepMemory& memory) {
  return train_so<Registers, way>(piece, stretch, options, input, output, rate, memory);
}

}  // namespace

PieceResult train_piece_avx512bf16(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                   Rows<float> output, PieceRate rate, StepMemory& memory) {
  return with_way(way_of(options, input.has_sums()), [&](auto constant) {
    constexpr Way way = decltype(constant)::value;
    if constexpr (way == Way::cbow) {  // has no products of pairs
      return train_piece_avx512(piece, stretch, options, input, output, rate, memory);
    } else {
      if constexpr (way == Way::windows || way == Way::windows_at_row_rates) {
        if (halves_wide_registers())
          return train<Avx512Bf16InTurnsRegisters, way>(piece, stretch, options, input, output, rate, memory);
      }
      return train<Avx512Bf16Registers, way>(piece, stretch, options, input, output, rate, memory);
    }
  });
}

}  // namespace word2vec
#endif
