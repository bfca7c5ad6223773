// The models' bodies compiled for AVX-512 beside the matrix registers of AMX.
#include "trainer/models.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

template <Way way>
WORD2VEC_AVX512_BF16 PieceResult train(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                       Rows<float> output, PieceRate rate, StepMemory& memory) {
  const PieceResult result = train_so<AmxRegisters, way>(piece, stretch, options, input, output, rate, memory);
  amx::release();
  return result;
}

}  // namespace

PieceResult train_piece_amx(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                            Rows<float> output, PieceRate rate, StepMemory& memory) {
  return with_way(way_of(options, input.has_sums()), [&](auto constant) {
    constexpr Way way = decltype(constant)::value;
    if constexpr (way == Way::cbow || way == Way::pairs || way == Way::pairs_at_row_rates) {  // meet too few rows at once
      return train_piece_avx512(piece, stretch, options, input, output, rate, memory);
    } else {
      const std::size_t most_pairs = 2 * std::size_t{options.window} * (options.negative + 1);
      if (way != Way::blocks && most_pairs < fewest_pairs_for_tiles)
        return train_piece_avx512(piece, stretch, options, input, output, rate, memory);
      return train<way>(piece, stretch, options, input, output, rate, memory);
    }
  });
}

}  // namespace word2vec
#endif
