// The models' bodies compiled for AVX2 and FMA.
#include "trainer/models.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

template <Way way>
WORD2VEC_AVX2 PieceResult train(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                Rows<float> output, PieceRate rate, StepMemory& memory) {
  return train_so<Avx2Registers, way>(piece, stretch, options, input, output, rate, memory);
}

}  // namespace

PieceResult train_piece_avx2(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                             Rows<float> output, PieceRate rate, StepMemory& memory) {
  return with_way(way_of(options, input.has_sums()),
                  [&](auto way) { return train<decltype(way)::value>(piece, stretch, options, input, output, rate, memory); });
}

}  // namespace word2vec
#endif
