// The speed of training pieces, by mode, dimension, window, negatives, vocabulary and instruction set, on a generated Zipf
// corpus; and the arithmetic peak of each instruction set, to compare with.
// Counters: tokens/s before subsampling; GFLOP/s of the rows' arithmetic, for each pair of rows met 2 * dim to score and
// 4 * dim to update (padding, samples, logistic and loss come on top, and are not counted).
#include <benchmark/benchmark.h>

#include <map>

#include "trainer/embeddings/matrix.h"
#include "trainer/models.h"

namespace word2vec {
namespace {

struct ZipfCorpus {
  std::vector<std::uint64_t> counts;
  std::vector<WordId> ids;
};

// Word r comes with probability near 1/r; sentences of 20.
const ZipfCorpus& zipf_corpus(std::size_t words) {
  static std::map<std::size_t, ZipfCorpus> made_before;
  ZipfCorpus& made = made_before[words];
  if (!made.ids.empty()) return made;
  constexpr std::size_t tokens = 1 << 20;
  std::vector<double> weights;
  for (std::size_t r = 1; r <= words; ++r) weights.push_back(1.0 / static_cast<double>(r));
  const AliasTable zipf(weights);
  Random random(1);
  made.counts.assign(words, 1);
  for (std::size_t i = 0; i < tokens; ++i) {
    made.ids.push_back(i % 21 == 20 ? sentence_end : zipf.draw(random.next()));
    if (made.ids.back() != sentence_end) ++made.counts[made.ids.back()];
  }
  made.ids.push_back(sentence_end);
  return made;
}

template <class Registers>
[[gnu::always_inline]] inline void multiply_add(typename Registers::Real* values, std::size_t times) {
  using Pack = typename Registers::Pack;
  constexpr std::size_t chains = 12;  // more than latency times units
  Pack sum[chains], factor, term;
  load(factor, values);
  load(term, values + 1);
#pragma GCC unroll 12
  for (std::size_t c = 0; c < chains; ++c) load(sum[c], values + c);
  for (std::size_t i = 0; i < times; ++i) {
#pragma GCC unroll 12
    for (std::size_t c = 0; c < chains; ++c) sum[c] = sum[c] * factor + term;
  }
#pragma GCC unroll 12
  for (std::size_t c = 0; c < chains; ++c) store(values + c * Registers::lanes, sum[c]);
}

void peak_baseline(float* values, std::size_t times) { multiply_add<BaselineRegisters>(values, times); }
WORD2VEC_AVX2 void peak_avx2(float* values, std::size_t times) { multiply_add<Avx2Registers>(values, times); }
WORD2VEC_AVX512 void peak_avx512(float* values, std::size_t times) { multiply_add<Avx512Registers>(values, times); }

// Argument: instruction set. Multiplications and additions of independent registers, nothing else.
void peak(benchmark::State& state) {
  const auto simd = static_cast<SimdLevel>(state.range(0));
  if (simd > best_simd()) return state.SkipWithError("this machine lacks the instruction set");
  constexpr std::size_t times = 1 << 16;
  std::vector<float> values(12 * 16 + 16, 0.5F);
  for (auto _ : state) {
    if (simd == SimdLevel::avx512) {
      peak_avx512(values.data(), times);
    } else if (simd == SimdLevel::avx2) {
      peak_avx2(values.data(), times);
    } else {
      peak_baseline(values.data(), times);
    }
    benchmark::DoNotOptimize(values.data());
    benchmark::ClobberMemory();
  }
  const double lanes = simd == SimdLevel::avx512 ? 16 : simd == SimdLevel::avx2 ? 8 : 4;
  state.SetLabel(simd_name(simd));
  state.counters["tokens/s"] = 0;  // a table's rows all have the same columns
  state.counters["GFLOP/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * times * 12 * lanes * 2e-9, benchmark::Counter::kIsRate);
}
BENCHMARK(peak)->ArgsProduct({{0, 1, 2}})->ArgNames({"simd"});

constexpr const char* mode_names[] = {"cbow", "skipgram none", "skipgram window", "skipgram block"};

TrainOptions options_of(std::int64_t mode) {
  TrainOptions options;
  options.model = mode == 0 ? Model::cbow : Model::skipgram;
  options.sharing = mode == 1 ? NegativeSharing::none : mode == 3 ? NegativeSharing::block : NegativeSharing::window;
  return options;
}

// Pairs of rows that meet in a piece.
double meetings(const Piece& piece, const TrainOptions& options, std::uint64_t pairs) {
  if (options.model == Model::cbow || options.sharing != NegativeSharing::block)
    return static_cast<double>(pairs) * (options.negative + 1);
  const double contexts = static_cast<double>(piece.centres.size()) * (1 + (options.window + 1.0) / TrainOptions::block_centres);
  return static_cast<double>(pairs) + contexts * options.block_negatives();
}

// Arguments: mode (above), dim, window, negative, words of the vocabulary, instruction set.
void train_pieces(benchmark::State& state) {
  TrainOptions options = options_of(state.range(0));
  options.dim = static_cast<std::uint32_t>(state.range(1));
  options.window = static_cast<std::uint32_t>(state.range(2));
  options.negative = static_cast<std::uint32_t>(state.range(3));
  options.simd = static_cast<SimdLevel>(state.range(5));
  if (options.simd > best_simd()) return state.SkipWithError("this machine lacks the instruction set");
  const ZipfCorpus& corpus = zipf_corpus(static_cast<std::size_t>(state.range(4)));
  const Subsampler subsampler(corpus.counts, options.sample);
  const AliasTable noise = noise_table(corpus.counts);
  const PieceMaker maker(corpus.ids, subsampler, noise, options);
  Matrix input(corpus.counts.size(), options.dim), output(corpus.counts.size(), options.dim);
  for (std::size_t row = 0; row < input.rows(); ++row) {
    Random random(row);
    for (float& value : input.values(row)) value = static_cast<float>((random.uniform() - 0.5) / options.dim);
  }
  Piece piece;
  std::size_t index = 0;
  double tokens = 0, met = 0;
  for (auto _ : state) {
    maker.make(index++ % maker.pieces(), 0, piece);
    const PieceResult result = train_piece(piece, piece.all(), options, {input.row(0), input.stride(), options.dim},
                                           {output.row(0), output.stride(), options.dim}, {0.025, 0});
    benchmark::DoNotOptimize(result.loss);
    tokens += static_cast<double>(piece.tokens);
    met += meetings(piece, options, result.pairs);
  }
  state.SetLabel(std::string(simd_name(options.simd)) + " " + mode_names[state.range(0)]);
  state.counters["tokens/s"] = benchmark::Counter(tokens, benchmark::Counter::kIsRate);
  state.counters["GFLOP/s"] = benchmark::Counter(met * 6e-9 * options.dim, benchmark::Counter::kIsRate);
}

const std::vector<std::string> names = {"mode", "dim", "window", "negative", "words", "simd"};
BENCHMARK(train_pieces)->ArgsProduct({{0, 1, 2, 3}, {100}, {5}, {5}, {40000}, {0, 1, 2}})->ArgNames(names);
BENCHMARK(train_pieces)
    ->ArgsProduct({{0, 2, 3}, {50, 64, 99, 101, 128, 200, 256, 300, 301}, {5}, {5}, {40000}, {2}})
    ->ArgNames(names);
BENCHMARK(train_pieces)->ArgsProduct({{0, 2, 3}, {100}, {1, 10, 20}, {5, 15}, {40000}, {2}})->ArgNames(names);
BENCHMARK(train_pieces)->ArgsProduct({{0, 1, 2, 3}, {100}, {5}, {5}, {10000, 100000, 1000000, 3000000}, {2}})->ArgNames(names);

}  // namespace
}  // namespace word2vec

BENCHMARK_MAIN();
