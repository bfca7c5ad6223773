// Reads, trains, writes and tells: what `train` and the original tool's command line have in common.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <memory>
#include <utility>

#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/cli/phrase_options.h"
#include "corpus/cli/progress_line.h"
#include "corpus/encode.h"
#include "corpus/io/error.h"
#include "corpus/io/temporary_file.h"
#include "corpus/page/page.h"
#include "corpus/text/text_filters.h"
#include "trainer/embeddings/vector_meta.h"
#include "trainer/embeddings/vector_output.h"
#include "trainer/run_report.h"
#include "trainer/text_ids.h"
#include "trainer/train_run.h"
#include "trainer/watched_training_command.h"

namespace word2vec {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::unique_ptr<OutputFile> open_output(const std::string& path) {
  return path.empty() ? nullptr : std::make_unique<OutputFile>(path);
}

std::unique_ptr<VectorOutput> open_vectors(const std::string& path, VectorFormat format) {
  return path.empty() ? nullptr : std::make_unique<VectorOutput>(path, format);
}

void tell_epochs(const TrainResult& result) {
  for (const EpochResult& epoch : result.epochs) {
    tell("epoch {:3}: loss {:.4f}", epoch.epoch, epoch.loss);
    if (epoch.validation_loss >= 0) tell(", held-out {:.4f}", epoch.validation_loss);
    tell(", {} tokens, {:.1f} s\n", epoch.tokens, epoch.seconds);
  }
}

/// Of both matrices; some formats take two files each.
std::vector<std::string> all_vector_files(const TrainRun& run) {
  std::vector<std::string> all;
  for (const std::string& path : {run.output, run.context_output}) {
    if (path.empty()) continue;
    const std::vector<std::string> files = vector_files(path, run.format);
    all.insert(all.end(), files.begin(), files.end());
  }
  return all;
}

/// A slip such as `train text -o text` would replace the corpus by vectors, or one result by another. The vocabulary that is read
/// may be saved over itself: it is the same; and so may a checkpoint that the run goes on from.
void refuse_replacing(const TrainRun& run) {
  const auto refuse = [](const std::string& output, const std::vector<std::string>& others) {
    for (const std::string& other : others) {
      if (would_replace(output, other))
        throw UsageError(fmt::format("{} is named for an output and for another file of this run; name another output", output));
    }
  };
  std::vector<std::string> taken = run.corpus.files;
  const VocabularyOptions& chosen = run.corpus.vocabulary;
  taken.insert(taken.end(), {run.validate, chosen.stopwords.path(), chosen.keep_words.path()});
  refuse(run.save_vocabulary, taken);
  refuse(run.save_vocabulary, {run.resume});
  taken.insert(taken.end(), {run.save_vocabulary, run.corpus.vocabulary_file});
  refuse(run.checkpoint, taken);
  taken.insert(taken.end(), {run.checkpoint, run.resume});
  std::vector<std::string> outputs = all_vector_files(run);
  outputs.insert(outputs.end(), {run.save_phrases, run.report, meta_path_of(run)});
  for (const std::string& output : outputs) {
    refuse(output, taken);
    taken.push_back(output);
  }
}

/// Folders become their files.
std::vector<std::string> find_files(const TrainRun& run) {
  const VocabularyOptions& chosen = run.corpus.vocabulary;
  std::vector<std::string> own = all_vector_files(run);
  own.insert(own.end(), {run.save_vocabulary, run.save_phrases, run.report, run.validate, run.corpus.vocabulary_file,
                         run.checkpoint, run.resume, meta_path_of(run), chosen.stopwords.path(), chosen.keep_words.path()});
  return find_told(run.corpus.files, own, run.quiet);
}

/// The words that the saved run had.
std::shared_ptr<const EarlierVocabulary> saved_vocabulary(const TrainRun& run) {
  auto [words, counts] = read_checkpoint_vocabulary(run.resume);
  return std::make_shared<EarlierVocabulary>(Vocabulary(std::move(words), std::move(counts)), run.resume);
}

/// Finds the phrases first, if there are to be any, and leaves them in `run` for all text that is read later.
Corpus read_told(TrainRun& run, std::optional<FoundPhrases>& phrases) {
  CorpusOptions options = run.corpus;
  options.fingerprint = run.meta || !run.report.empty();
  if (!run.added.empty()) {
    options.vocabulary.earlier = saved_vocabulary(run);
  } else if (run.train.earlier_tokens > 0) {
    options.fixed_vocabulary = saved_vocabulary(run);
    options.vocabulary_file = run.resume;
  }
  options.spill_folder = folder_beside(run.output.empty() ? run.save_vocabulary : run.output);
  if (run.phrases) phrases = find_phrases_told(options, *run.phrases, run.quiet);
  run.corpus.phrases = options.phrases;
  ProgressLine line(!run.quiet);
  Corpus corpus = read_corpus(options, shown_on(line));
  corpus.account.files = run.corpus.files;
  line.clear();
  if (!run.quiet) {
    if (phrases) tell("joined    words {} times\n", phrases->phrases.account.tokens - corpus.account.tokens);
    tell("{}", summary_of(corpus.account, corpus.vocabulary.size()));
    if (options.vocabulary.earlier) {
      const std::size_t before = options.vocabulary.earlier->vocabulary().size();
      tell("added     {} words to the {} of {}; trains on the new text alone\n", corpus.vocabulary.size() - before, before,
           run.resume);
    }
  }
  return corpus;
}

std::unique_ptr<IdSource> ids_told(const TrainRun& run, const Corpus& corpus) {
  if (run.corpus.cache == IdCache::none) {
    ProgressLine line(!run.quiet);
    auto ids = std::make_unique<TextIds>(run.corpus, corpus.vocabulary, corpus.account, shown_on(line));
    line.clear();
    if (!run.quiet) tell("ids       {}, not kept: the text is read again in each epoch\n", ids->size());
    return ids;
  }
  const std::span<const WordId> ids = corpus.ids.ids();
  if (!run.quiet) {
    tell("ids       {:.1f} MB {}\n", static_cast<double>(ids.size_bytes()) * 1e-6,
         corpus.ids.spilled() ? "in a file" : "in memory");
  }
  return std::make_unique<CachedIds>(ids);
}

/// Text that nothing is learnt from; empty when none is asked for.
std::vector<WordId> read_held_out(const TrainRun& run, const Vocabulary& vocabulary) {
  if (run.validate.empty()) return {};
  TextFilters filters(run.corpus.text, run.corpus.phrases);
  EncodedText text = encode_text(filters.filtered({.files = {run.validate}, .threads = run.train.threads}), vocabulary);
  if (!run.quiet) {
    tell("held-out  {} tokens, {} in the vocabulary ({:.2f} %), {} not valid UTF-8\n", text.tokens, text.tokens_in_vocabulary,
         100.0 * static_cast<double>(text.tokens_in_vocabulary) / static_cast<double>(text.tokens), text.invalid_tokens);
  }
  return std::move(text.ids);
}

/// What the loss did not show, since it is looked at before a step: no file should be made of it.
void refuse_divergence(const TrainResult& result, double alpha) {
  const std::size_t row = first_row_not_finite(result.input);
  if (row != result.input.rows())
    throw Error(fmt::format("training diverged: row {} is not finite at alpha {}; give a lower --alpha", row, alpha));
}

/// What the defaults turned into stands in the report in their place.
void put_effective_options(TrainRun& run) {
  const TrainOptions& train = run.train;
  for (auto& [name, value] : run.options) {
    if (name == "alpha") value = fmt::format("{}", train.alpha);
    if (name == "row-rates") value = row_rates_names[static_cast<std::size_t>(train.row_rates)];
    if (name == "min-alpha") value = fmt::format("{}", train.min_alpha);
    if (name == "negative-sharing") value = negative_sharing_names[static_cast<std::size_t>(train.sharing)];
    if (name == "epochs") value = fmt::format("{}", train.epochs);
    if (name == "threads") value = fmt::format("{}", train.threads);
    if (name == "simd") value = simd_name(train.simd);
    if (!run.phrases || !value.empty()) continue;
    if (name == "phrase-threshold") value = fmt::format("{}", run.phrases->thresholds[0]);
    if (name == "phrase-passes") value = fmt::format("{}", run.phrases->thresholds.size());
  }
}

void add_fingerprints(RunReport& report, const Vocabulary& vocabulary, const TrainResult& result, bool with_context) {
  report.vocabulary_hash = fingerprint(vocabulary);
  report.vectors = fingerprints(vocabulary.words(), result.input);
  if (with_context) report.context_hash = fingerprints(vocabulary.words(), result.output).vectors_hash;
}

/// What a file of vectors may say of how they were made: what shaped them, and no names of this machine's files.
VectorNotes training_notes(const TrainRun& run) {
  constexpr std::string_view told[] = {
      "model",       "dim",      "window",    "negative",  "sample",    "min-count",     "max-vocab",
      "epochs",      "alpha",    "min-alpha", "row-rates", "threads",   "seed",          "negative-sharing",
      "cbow-update", "tokenize", "lowercase", "digits",    "normalize", "skip-doc-tags", "phrases"};
  VectorNotes notes = {{"trainer", "word2vec " WORD2VEC_VERSION}};
  std::ranges::copy_if(run.options, std::back_inserter(notes), [&](const auto& option) {
    if (option.first.starts_with("phrase-")) return run.phrases.has_value();
    return std::ranges::find(told, option.first) != std::end(told);
  });
  return notes;
}

}  // namespace

std::string meta_path_of(const TrainRun& run) {
  if (!run.meta || run.output.empty()) return "";
  const std::string vectors = vector_files(run.output, run.format).front();
  std::error_code ignored;
  const auto kind = std::filesystem::status(vectors, ignored).type();
  using enum std::filesystem::file_type;
  if (vectors == "-" || (kind != regular && kind != not_found))
    throw UsageError(fmt::format("--meta writes a file beside the vectors, and {} is none; give -o the name of a file", vectors));
  return meta_path(vectors);
}

void run_training(const TrainRun& asked) {
  TrainRun run = asked;
  const Clock::time_point start = Clock::now();
  refuse_replacing(run);
  run.corpus.files = find_files(run);
  if (run.corpus.cache == IdCache::none) TextIds::check(run.corpus.files);
  // All outputs are opened first: a folder that is not there is told now, not after hours.
  const auto vectors = open_vectors(run.output, run.format), context = open_vectors(run.context_output, run.format);
  const auto vocabulary_file = open_output(run.save_vocabulary), report_file = open_output(run.report),
             phrases_file = open_output(run.save_phrases), meta_file = open_output(meta_path_of(run));
  std::optional<FoundPhrases> phrases;
  const Corpus corpus = read_told(run, phrases);
  const std::unique_ptr<IdSource> ids = ids_told(run, corpus);
  run.train = resolve(run.train, ids->size());
  put_effective_options(run);
  for (const VectorOutput* const output : {vectors.get(), context.get()}) {
    if (output != nullptr) output->check(corpus.vocabulary.words());
  }
  const std::vector<WordId> held_out = read_held_out(run, corpus.vocabulary);
  RunReport report{.version = WORD2VEC_VERSION,
                   .options = run.options,
                   .corpus = corpus.account,
                   .epochs = {},
                   .curve = {},
                   .simd = simd_name(run.train.simd),
                   .vocabulary_hash = {},
                   .vectors = {},
                   .context_hash = {}};
  report.vocabulary_size = corpus.vocabulary.size();
  report.min_count = run.corpus.vocabulary.min_count;
  report.threads = run.train.threads;
  if (phrases) report.phrases = &phrases->phrases;
  report.vocabulary_seconds = seconds_since(start);
  if (phrases_file) save_phrases(phrases->phrases, *phrases_file);
  if (vocabulary_file) save_vocabulary(corpus.vocabulary, *vocabulary_file);
  if (run.output.empty()) return;

  RunCurve curve;
  const auto [result, checkpoint_failure] = train_watched(run, corpus, *ids, held_out, curve);
  if (!run.quiet) tell_epochs(result);
  refuse_divergence(result, run.train.alpha);
  report.curve = curve.points();
  report.epochs = result.epochs;
  report.train_seconds = result.seconds;
  report.words_per_second = result.words_per_second();
  const Clock::time_point write_start = Clock::now();
  const VectorNotes notes = training_notes(run);
  vectors->write(corpus.vocabulary.words(), result.input, notes);
  if (context) context->write(corpus.vocabulary.words(), result.output, notes);
  report.seed = run.train.seed;
  if (report_file || meta_file) add_fingerprints(report, corpus.vocabulary, result, context != nullptr);
  report.write_seconds = seconds_since(write_start);
  report.total_seconds = seconds_since(start);
  // The vectors last: when another file fails, those that were there still are.
  if (context) context->commit();
  if (report_file) {
    report_file->write(is_html_name(run.report) ? to_page(report) : to_json(report));
    report_file->commit();
  }
  vectors->commit();
  // Of vectors that are there; until it is, the one before is seen to be of others.
  if (meta_file) {
    meta_file->write(to_meta(report));
    meta_file->commit();
  }
  if (!run.quiet) {
    tell("wrote     {}: {} vectors of {}, {:.0f}k words/s, {:.1f} s in all, peak memory {:.0f} MB\n", run.output,
         corpus.vocabulary.size(), run.train.dim, result.words_per_second() * 1e-3, report.total_seconds,
         static_cast<double>(peak_rss_bytes()) * 1e-6);
  }
  if (checkpoint_failure) std::rethrow_exception(checkpoint_failure);
}

}  // namespace word2vec
