// The speed of the whole engine, by model, sharing, instruction set, dimension, window, negatives, threads and vocabulary.
//
//     engine_bench [Google Benchmark's flags] [CORPUS]
//
// Over CORPUS, or else over words that follow Zipf's law; the rows on vocabulary sizes are over such words in any case. The
// settings are columns of the table beside the results: words/s as trainers print it (tokens before subsampling by the clock),
// and for Skip-gram without blocks the rows' arithmetic, 6 operations a column for each pair of rows that meets, as a share of
// the threads' peak measured just before.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>

#include "corpus/corpus.h"
#include "peak.h"
#include "trainer/alias_table.h"
#include "trainer/engine.h"
#include "trainer/random.h"

namespace word2vec {
namespace {

struct Text {
  Vocabulary vocabulary;
  std::vector<WordId> ids;
};

// A stretch of a long text in sentences of 20: word number r comes with probability near 1/r, the rarest 5 times in the whole.
std::shared_ptr<const Text> zipf_text(std::size_t words) {
  static std::map<std::size_t, std::weak_ptr<const Text>> made_before;
  if (auto text = made_before[words].lock()) return text;
  constexpr std::size_t tokens = std::size_t{1} << 21, sentence = 20;
  std::vector<std::string> names;
  std::vector<std::uint64_t> counts;
  for (std::size_t r = 1; r <= words; ++r) {
    names.push_back("w" + std::to_string(r));
    counts.push_back(5 * words / r);
  }
  auto text = std::make_shared<Text>();
  text->vocabulary = Vocabulary(std::move(names), std::move(counts));
  std::vector<double> weights(text->vocabulary.counts().begin(), text->vocabulary.counts().end());
  const AliasTable draws(weights);
  Random random(1);
  for (std::size_t i = 1; i <= tokens; ++i) {
    text->ids.push_back(draws.draw(random.next()));
    if (i % sentence == 0) text->ids.push_back(sentence_end);
  }
  made_before[words] = text;
  return text;
}

std::shared_ptr<const Text> text_of(const std::string& file) {
  static std::shared_ptr<const Text> text;
  if (text) return text;
  CorpusOptions options;
  options.files = {file};
  Corpus corpus = read_corpus(options);
  auto read = std::make_shared<Text>();
  read->ids.assign(corpus.ids.ids().begin(), corpus.ids.ids().end());
  read->vocabulary = std::move(corpus.vocabulary);
  return text = read;
}

struct Setting {
  std::string model = "window";  // cbow, or Skip-gram's negative sharing
  std::uint32_t dim = 100, window = 5, negative = 5, threads = 1;
  SimdLevel simd = best_simd();
  std::size_t words = 0;  // of generated text; 0: the corpus, if there is one
};

TrainOptions options_of(const Setting& setting) {
  TrainOptions options;
  options.model = setting.model == "cbow" ? Model::cbow : Model::skipgram;
  options.sharing = setting.model == "none"    ? NegativeSharing::none
                    : setting.model == "block" ? NegativeSharing::block
                                               : NegativeSharing::window;
  options.dim = setting.dim;
  options.window = setting.window;
  options.negative = setting.negative;
  options.threads = setting.threads;
  options.simd = setting.simd;
  options.epochs = 1;
  options.alpha = setting.model == "cbow" ? 0.05 : 0.025;
  return options;
}

void measure(benchmark::State& state, const Setting& setting, const std::string& corpus) {
  const bool own_text = setting.words == 0 && !corpus.empty();
  const std::shared_ptr<const Text> text = own_text ? text_of(corpus) : zipf_text(setting.words == 0 ? 40000 : setting.words);
  const TrainOptions options = options_of(setting);
  const double peak = measured_peak(options.simd) * options.threads;
  double seconds = 0, tokens = 0, pairs = 0;
  for (auto _ : state) {
    const TrainResult result = train(text->vocabulary, text->ids, {}, options);
    state.SetIterationTime(result.seconds);
    seconds += result.seconds;
    tokens += static_cast<double>(result.epochs[0].tokens);
    pairs += static_cast<double>(result.epochs[0].pairs);
  }
  state.counters["words/s"] = tokens / seconds;
  const bool all_pairs_meet = setting.model == "window" || setting.model == "none";
  const double speed = all_pairs_meet ? pairs * (options.negative + 1) * 6e-9 * options.dim / seconds : 0;
  state.counters["GFLOP/s"] = speed;
  state.counters["of_peak"] = speed / peak;
  state.counters["V"] = static_cast<double>(text->vocabulary.size());
  state.counters["dim"] = setting.dim;
  state.counters["window"] = setting.window;
  state.counters["negative"] = setting.negative;
  state.counters["threads"] = setting.threads;
}

void declare(const Setting& setting, const std::string& corpus, const std::string& varied) {
  const std::string name = setting.model + "/" + simd_name(setting.simd) + varied;
  benchmark::RegisterBenchmark(name.c_str(), measure, setting, corpus)->UseManualTime()->Iterations(1)->Unit(benchmark::kSecond);
}

// The default setting, and what differs from it in one thing at a time; both together only where that is what users do.
void declare_all(const std::string& corpus) {
  for (const char* const model : {"window", "block", "none", "cbow"}) {
    const Setting usual{.model = model};
    for (const SimdLevel simd : simd_levels()) {
      Setting at_level = usual;
      at_level.simd = simd;
      declare(at_level, corpus, "");
    }
    const auto vary = [&](std::uint32_t Setting::*what, const char* name, std::initializer_list<std::uint32_t> values) {
      for (const std::uint32_t value : values) {
        Setting varied = usual;
        varied.*what = value;
        declare(varied, corpus, "/" + std::string(name) + ":" + std::to_string(value));
      }
    };
    vary(&Setting::threads, "threads", {2, 4});
    vary(&Setting::dim, "dim", {50, 99, 128, 200, 300, 301});
    vary(&Setting::window, "window", {2, 10, 20});
    vary(&Setting::negative, "negative", {2, 10, 15});
    declare({.model = model, .dim = 300, .window = 10, .negative = 15}, corpus, "/dim:300/window:10/negative:15");
    for (const std::size_t words : {10000, 100000, 1000000, 3000000}) {
      declare({.model = model, .words = words}, corpus, "/V:" + std::to_string(words));
    }
    declare({.model = model, .dim = 300, .words = 1000000}, corpus, "/dim:300/V:1000000");
  }
}

}  // namespace
}  // namespace word2vec

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const bool with_corpus = argc > 1 && argv[1][0] != '-';
  if (benchmark::ReportUnrecognizedArguments(argc - with_corpus, argv + with_corpus)) return 2;
  word2vec::declare_all(with_corpus ? argv[1] : "");
  benchmark::RunSpecifiedBenchmarks();
}
