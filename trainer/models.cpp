// The models' one body compiled for each instruction set; the choice is made once a piece.
#include "trainer/models.h"

namespace word2vec {
namespace {

PieceResult train_baseline(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                           Rows<float> output, PieceRate rate) {
  return train_either<BaselineRegisters>(piece, stretch, options, input, output, rate);
}

WORD2VEC_AVX2 PieceResult train_avx2(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                     Rows<float> output, PieceRate rate) {
  return train_either<Avx2Registers>(piece, stretch, options, input, output, rate);
}

WORD2VEC_AVX512 PieceResult train_avx512(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                         Rows<float> output, PieceRate rate) {
  return train_either<Avx512Registers>(piece, stretch, options, input, output, rate);
}

}  // namespace

PieceResult train_piece(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                        PieceRate rate) {
  switch (options.simd) {
    case SimdLevel::avx512:
      return train_avx512(piece, stretch, options, input, output, rate);
    case SimdLevel::avx2:
      return train_avx2(piece, stretch, options, input, output, rate);
    case SimdLevel::baseline:
      break;
  }
  return train_baseline(piece, stretch, options, input, output, rate);
}

}  // namespace word2vec
