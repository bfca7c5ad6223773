// The choice of the instruction set, once a stretch of a piece; and the models' bodies compiled for what every machine has.
#include "trainer/models.h"

namespace word2vec {
namespace {

template <class Registers, Way way>
PieceResult train(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                  PieceRate rate, StepMemory& memory) {
  return train_so<Registers, way>(piece, stretch, options, input, output, rate, memory);
}

template <class Registers>
PieceResult train_with(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                       PieceRate rate, StepMemory& memory) {
  return with_way(way_of(options, input.has_sums()), [&](auto way) {
    return train<Registers, decltype(way)::value>(piece, stretch, options, input, output, rate, memory);
  });
}

}  // namespace

PieceResult train_piece(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                        PieceRate rate, StepMemory& memory) {
#if defined(__x86_64__)
  if (options.simd == SimdLevel::amx) return train_piece_amx(piece, stretch, options, input, output, rate, memory);
  if (options.simd == SimdLevel::avx512bf16) return train_piece_avx512bf16(piece, stretch, options, input, output, rate, memory);
  if (options.simd == SimdLevel::avx512) return train_piece_avx512(piece, stretch, options, input, output, rate, memory);
  if (options.simd == SimdLevel::avx2) return train_piece_avx2(piece, stretch, options, input, output, rate, memory);
#elif defined(__aarch64__)
  if (options.simd == SimdLevel::neon) return train_with<NeonRegisters>(piece, stretch, options, input, output, rate, memory);
#endif
  return train_with<BaselineRegisters>(piece, stretch, options, input, output, rate, memory);
}

}  // namespace word2vec
