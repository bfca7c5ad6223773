// The models' one body compiled for each instruction set; the choice is made once a piece.
#include "trainer/models.h"

namespace word2vec {
namespace {

inline PieceResult train_body(const Piece& piece, const TrainOptions& options, Rows<float> input, Rows<float> output,
                              PieceRate rate, Scratch<float>& scratch) {
  if (options.model == Model::cbow) {
    return train_cbow<float>(piece, options.negative, options.cbow_update, input, output, rate, scratch);
  }
  return train_skipgram<float>(piece, options.negative, input, output, rate, scratch);
}

WORD2VEC_AVX2 PieceResult train_avx2(const Piece& piece, const TrainOptions& options, Rows<float> input, Rows<float> output,
                                     PieceRate rate, Scratch<float>& scratch) {
  return train_body(piece, options, input, output, rate, scratch);
}

WORD2VEC_AVX512 PieceResult train_avx512(const Piece& piece, const TrainOptions& options, Rows<float> input, Rows<float> output,
                                         PieceRate rate, Scratch<float>& scratch) {
  return train_body(piece, options, input, output, rate, scratch);
}

}  // namespace

PieceResult train_piece(const Piece& piece, const TrainOptions& options, Rows<float> input, Rows<float> output, PieceRate rate,
                        Scratch<float>& scratch) {
  switch (options.simd) {
    case SimdLevel::avx512:
      return train_avx512(piece, options, input, output, rate, scratch);
    case SimdLevel::avx2:
      return train_avx2(piece, options, input, output, rate, scratch);
    case SimdLevel::baseline:
      break;
  }
  return train_body(piece, options, input, output, rate, scratch);
}

}  // namespace word2vec
