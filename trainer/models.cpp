// The models' one body compiled for each instruction set; the choice is made once a piece.
#include "trainer/models.h"

namespace word2vec {
namespace {

PieceResult train_baseline(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                           Rows<float> output, PieceRate rate) {
  return train_either<BaselineRegisters>(piece, stretch, options, input, output, rate);
}

#if defined(__x86_64__)
WORD2VEC_AVX2 PieceResult train_avx2(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                     Rows<float> output, PieceRate rate) {
  return train_either<Avx2Registers>(piece, stretch, options, input, output, rate);
}

WORD2VEC_AVX512 PieceResult train_avx512(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                         Rows<float> output, PieceRate rate) {
  return train_either<Avx512Registers>(piece, stretch, options, input, output, rate);
}
#elif defined(__aarch64__)
PieceResult train_neon(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                       PieceRate rate) {
  return train_either<NeonRegisters>(piece, stretch, options, input, output, rate);
}
#endif

}  // namespace

PieceResult train_piece(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                        PieceRate rate) {
#if defined(__x86_64__)
  if (options.simd == SimdLevel::avx512) return train_avx512(piece, stretch, options, input, output, rate);
  if (options.simd == SimdLevel::avx2) return train_avx2(piece, stretch, options, input, output, rate);
#elif defined(__aarch64__)
  if (options.simd == SimdLevel::neon) return train_neon(piece, stretch, options, input, output, rate);
#endif
  return train_baseline(piece, stretch, options, input, output, rate);
}

}  // namespace word2vec
