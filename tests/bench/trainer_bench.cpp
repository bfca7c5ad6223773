// The speed of training a piece, by model, dimension and instruction set, on a generated Zipf corpus that fits no cache.
// Counters: tokens/s before subsampling, GFLOP/s of the rows' arithmetic (two dots' worth to score, four to update).
#include <benchmark/benchmark.h>

#include <cmath>

#include "trainer/engine.h"
#include "trainer/models.h"

namespace word2vec {
namespace {

struct ZipfCorpus {
  std::vector<std::uint64_t> counts;
  std::vector<WordId> ids;
};

// Word r comes with probability near 1/r; sentences of 20.
const ZipfCorpus& zipf_corpus() {
  static const ZipfCorpus corpus = [] {
    ZipfCorpus made;
    constexpr std::size_t words = 40000, tokens = 1 << 20;
    std::vector<double> weights;
    for (std::size_t r = 1; r <= words; ++r) weights.push_back(1.0 / static_cast<double>(r));
    const AliasTable zipf(weights);
    Random random(1);
    made.counts.assign(words, 1);
    for (std::size_t i = 0; i < tokens; ++i) {
      made.ids.push_back(i % 21 == 20 ? sentence_end : zipf.draw(random.next()));
      if (made.ids.back() != sentence_end) ++made.counts[made.ids.back()];
    }
    if (made.ids.back() != sentence_end) made.ids.push_back(sentence_end);
    return made;
  }();
  return corpus;
}

// Arguments: model (0 Skip-gram, 1 CBOW), dim, instruction set.
void train_pieces(benchmark::State& state) {
  TrainOptions options;
  options.model = state.range(0) == 0 ? Model::skipgram : Model::cbow;
  options.dim = static_cast<std::uint32_t>(state.range(1));
  options.simd = static_cast<SimdLevel>(state.range(2));
  if (options.simd > best_simd()) return state.SkipWithError("this machine lacks the instruction set");
  const ZipfCorpus& corpus = zipf_corpus();
  const Subsampler subsampler(corpus.counts, options.sample);
  const AliasTable noise = noise_table(corpus.counts);
  const PieceMaker maker(corpus.ids, subsampler, noise, options);
  Matrix input(corpus.counts.size(), options.dim), output(corpus.counts.size(), options.dim);
  for (std::size_t row = 0; row < input.rows(); ++row) {
    Random random(row);
    for (float& value : input.values(row)) value = static_cast<float>((random.uniform() - 0.5) / options.dim);
  }
  Scratch<float> scratch(input.stride(), options.negative);
  Piece piece;
  std::size_t index = 0;
  double tokens = 0, examples = 0;
  for (auto _ : state) {
    maker.make(index++ % maker.pieces(), 0, piece);
    const PieceResult result =
        train_piece(piece, options, {input.row(0), input.stride()}, {output.row(0), output.stride()}, {0.025, 0}, scratch);
    benchmark::DoNotOptimize(result.loss);
    tokens += static_cast<double>(piece.tokens);
    examples += static_cast<double>(result.pairs);
  }
  state.SetLabel(std::string(simd_name(options.simd)) + (options.model == Model::cbow ? " cbow" : " skipgram"));
  state.counters["tokens/s"] = benchmark::Counter(tokens, benchmark::Counter::kIsRate);
  state.counters["GFLOP/s"] =
      benchmark::Counter(examples * (options.negative + 1) * 6e-9 * options.dim, benchmark::Counter::kIsRate);
}
BENCHMARK(train_pieces)->ArgsProduct({{0, 1}, {100, 128, 200, 300}, {0, 1, 2}})->ArgNames({"cbow", "dim", "simd"});

}  // namespace
}  // namespace word2vec

BENCHMARK_MAIN();
