// `word2vec train`: turns its options into a run.
#include "trainer/train_command.h"

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_options.h"
#include "corpus/cli/phrase_options.h"
#include "corpus/cli/text_options.h"
#include "corpus/cli/vocabulary_options.h"
#include "corpus/io/error.h"
#include "trainer/resume_command.h"
#include "trainer/train_run.h"

namespace word2vec {
namespace {

namespace po = boost::program_options;

// The options as they are typed; the run's own types come after the checks.
struct Typed {
  std::string format = "text", model = "skipgram", alpha = "auto", sharing = "window", cbow_update = "word2vec", simd = "auto",
              row_rates = "auto";
  TypedPhraseOptions phrases;
};

void declare_model(CommandLine& line, TrainRun& run, Typed& typed) {
  TrainOptions& train = run.train;
  line.add()("output,o", po::value(&run.output)->value_name("FILE"), "the vectors (required)")(
      "format", po::value(&typed.format)->default_value(typed.format)->value_name("NAME"), vector_format_list)(
      "model", po::value(&typed.model)->default_value(typed.model)->value_name("NAME"), "skipgram or cbow")(
      "dim", po::value(&train.dim)->default_value(train.dim)->value_name("N"), "numbers a vector, 1 to 4096")(
      "window", po::value(&train.window)->default_value(train.window)->value_name("N"),
      "words on each side, drawn uniformly from 1 to this; 1 to 1000")(
      "negative", po::value(&train.negative)->default_value(train.negative)->value_name("N"), "negative samples, 1 to 1000")(
      "sample", po::value(&train.sample)->default_value(train.sample, "1e-3")->value_name("X"),
      "subsampling threshold, 0 to 1; 0 turns it off")(
      "epochs", po::value(&train.epochs)->default_value(train.epochs)->value_name("N"), "passes over the corpus, 1 to 100000");
}

void declare_run(CommandLine& line, TrainRun& run, Typed& typed) {
  TrainOptions& train = run.train;
  line.add()("alpha", po::value(&typed.alpha)->default_value(typed.alpha)->value_name("X"),
             "first learning rate, above 0 to 10; auto: by the model, --row-rates, --cbow-update and the tokens of all epochs")(
      "row-rates", po::value(&typed.row_rates)->default_value(typed.row_rates)->value_name("NAME"),
      "on: a learning rate for each row, lower the more it was pulled, and --alpha that of a new one (Skip-gram only, by "
      "window or none; more accurate after little text, and slower); off: one for all; auto: on up to 40 million tokens in all "
      "epochs, unless --alpha is given")("min-alpha", po::value(&train.min_alpha)->value_name("X"),
                                         "last learning rate (default 1e-4 of alpha)")(
      "seed", po::value(&train.seed)->default_value(train.seed)->value_name("N"), "of every random number")(
      "negative-sharing", po::value(&typed.sharing)->default_value(typed.sharing)->value_name("NAME"),
      "window (one set for all pairs of a centre, picked from a few hundred draws that are renewed slowly), "
      "block (16 for 32 centres, weighted: faster, less accurate; Skip-gram only) or "
      "none (new draws for every pair, in CBOW for every centre: the textbook algorithm)")(
      "cbow-update", po::value(&typed.cbow_update)->default_value(typed.cbow_update)->value_name("NAME"),
      "word2vec (each context takes the whole error: more accurate) or exact (the mean's gradient)")(
      "simd", po::value(&typed.simd)->default_value(typed.simd)->value_name("NAME"),
      "auto (the best this machine has), baseline, avx2, avx512, avx512bf16, amx or neon")(
      "save-phrases", po::value(&run.save_phrases)->value_name("FILE"),
      "writes what --phrases found, most frequent first: phrase, count, score and pass, parted by tabs")(
      "save-vocab", po::value(&run.save_vocabulary)->value_name("FILE"), "writes the vocabulary, `word count` lines")(
      "read-vocab", po::value(&run.corpus.vocabulary_file)->value_name("FILE"),
      "takes the vocabulary from here instead of counting")("context-output", po::value(&run.context_output)->value_name("FILE"),
                                                            "writes the output (context) vectors too")(
      "validate", po::value(&run.validate)->value_name("FILE"), "held-out text: its mean loss after every epoch")(
      "report", po::value(&run.report)->value_name("FILE"),
      "what was read, dropped, used and reached: JSON, or a page to look at when the name ends in .html")(
      "meta", po::bool_switch(&run.meta),
      "writes OUTPUT.meta.json: version, options, seed, and hashes of corpus, vocabulary and vectors, which info checks")(
      "quiet,q", po::bool_switch(&run.quiet), "no progress");
}

void check(TrainRun& run, const Typed& typed, const CommandLine& line) {
  TrainOptions& train = run.train;
  take_added_corpus(line, run);
  if (run.corpus.files.empty()) throw UsageError("train needs a CORPUS: a text file, a folder of them, or - for standard input");
  if (run.output.empty()) throw UsageError("train needs -o FILE for the vectors");
  require_range("--dim", train.dim, 1, 4096);
  require_range("--window", train.window, 1, 1000);
  require_range("--negative", train.negative, 1, 1000);
  require_range("--sample", train.sample, 0, 1);
  check_vocabulary_options(run.corpus.vocabulary);
  run.phrases = checked_phrase_options(line, PhraseOptionNames::prefixed, typed.phrases);
  if (run.phrases && !run.added.empty()) {
    throw UsageError(
        "--phrases cannot go with --add-corpus: other phrases would be found in the new text; train anew over both texts");
  }
  if (!run.phrases && !run.save_phrases.empty())
    throw UsageError("--save-phrases is given without --phrases; add that, or leave it out");
  require_range("--epochs", train.epochs, 1, 100000);
  run.format = parse_format(typed.format);
  train.model = require_choice("--model", typed.model, {"skipgram", "cbow"}) == 0 ? Model::skipgram : Model::cbow;
  train.cbow_update =
      require_choice("--cbow-update", typed.cbow_update, {"word2vec", "exact"}) == 0 ? CbowUpdate::word2vec : CbowUpdate::exact;
  train.sharing = static_cast<NegativeSharing>(require_choice(
      "--negative-sharing", typed.sharing, {std::begin(negative_sharing_names), std::end(negative_sharing_names)}));
  train.row_rates = static_cast<RowRateChoice>(
      require_choice("--row-rates", typed.row_rates, {std::begin(row_rates_names), std::end(row_rates_names)}));
  if (typed.alpha != "auto") {
    char* end = nullptr;
    train.alpha = std::strtod(typed.alpha.c_str(), &end);
    if (typed.alpha.empty() || *end != '\0')
      throw UsageError("--alpha is " + typed.alpha + ": wants auto or a number such as 0.025");
    require_range("--alpha", train.alpha, 1e-12, 10);
  }
  if (line.given("min-alpha")) require_range("--min-alpha", train.min_alpha, 0, 10);
  check_resumed(line, run);
  if (train.row_rates == RowRateChoice::on && !train.row_rates_fit())
    throw UsageError("--row-rates on is for --model skipgram with --negative-sharing window or none: leave it out");
  train.threads = run.corpus.threads;
  train.simd = parse_simd(typed.simd);
}

}  // namespace

int train_command(const std::vector<std::string>& words) {
  TrainRun run;
  Typed typed;
  CommandLine line(
      {"train CORPUS... -o VECTORS [OPTIONS]",
       "Counts the vocabulary, trains Skip-gram or CBOW vectors with negative sampling, and writes them.\n"
       "CORPUS is a text file, plain or compressed (gzip, bzip2, xz, zstd), a folder of them, or - for standard input.\n"
       "Memory: two matrices of vocabulary x dim floats, the vocabulary, what --memory allows, and some MB a thread.\n"
       "SIGINT or SIGTERM ends a run in good order, a second one at once; SIGUSR1 shows the progress.",
       "word2vec train corpus.txt -o vectors.txt --model skipgram --dim 100 --epochs 5"});
  line.positional("corpus", &run.corpus.files);
  declare_model(line, run, typed);
  declare_vocabulary_options(line, &run.corpus.vocabulary);
  declare_counting_options(line, &run.corpus);
  declare_cache_option(line, &run.corpus);
  declare_text_options(line, &run.corpus.text);
  declare_phrase_options(line, PhraseOptionNames::prefixed, &typed.phrases);
  declare_run(line, run, typed);
  line.allow_config();
  declare_checkpoint_options(line, run);
  if (!line.parse(words)) return 0;
  check(run, typed, line);
  run.options = line.effective();
  run_training(run);
  return 0;
}

}  // namespace word2vec
