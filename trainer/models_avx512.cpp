// The models' bodies compiled for AVX-512.
#include "trainer/models.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

template <Way way>
WORD2VEC_AVX512 PieceResult train(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                  Rows<float> output, PieceRate rate, StepMemory& memory) {
  return train_so<Avx512Registers, way>(piece, stretch, options, input, output, rate, memory);
}

// Where a whole register takes two turns, halves leave less of the last one empty, and add up their lanes sooner.
WORD2VEC_AVX512 PieceResult train_cbow_in_halves(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                 Rows<float> input, Rows<float> output, PieceRate rate, StepMemory& memory) {
  return train_so<Avx512HalfRegisters, Way::cbow>(piece, stretch, options, input, output, rate, memory);
}

}  // namespace

PieceResult train_piece_avx512(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                               Rows<float> output, PieceRate rate, StepMemory& memory) {
  if (options.model == Model::cbow && halves_wide_registers())
    return train_cbow_in_halves(piece, stretch, options, input, output, rate, memory);
  return with_way(way_of(options, input.has_sums()),
                  [&](auto way) { return train<decltype(way)::value>(piece, stretch, options, input, output, rate, memory); });
}

}  // namespace word2vec
#endif
