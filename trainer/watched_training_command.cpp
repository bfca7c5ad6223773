#include "trainer/watched_training_command.h"

#include <fmt/format.h>

#include <new>
#include <optional>

#include "corpus/cli/interruption.h"
#include "corpus/cli/message.h"
#include "corpus/cli/progress_line.h"
#include "corpus/io/error.h"
#include "trainer/checkpointer.h"
#include "trainer/embeddings/checkpoint_file.h"

namespace word2vec {
namespace {

/// The state of the run that the checkpoint holds.
TrainResult restore(const TrainRun& run, const Corpus& corpus, std::uint64_t pieces, const CorpusFingerprint& found) {
  if (!run.added.empty()) return extend(read_checkpoint(run.resume), corpus.vocabulary, run.train.seed);
  const CorpusFingerprint& expected = run.resumed->fingerprint;
  if (found != expected) {
    throw Error(
        fmt::format("the corpus is not the one that {} was trained on: {} words and {} tokens of them, expected {} and {}{}; "
                    "give the same files and options, or train anew",
                    run.resume, found.words, found.tokens, expected.words, expected.tokens,
                    found.words == expected.words && found.tokens == expected.tokens ? ", in another order" : ""));
  }
  CheckpointContent content = read_checkpoint(run.resume);
  if (run.resumed->position.next_piece > pieces)
    throw Error(fmt::format("{}: it stands behind the end of its corpus; use an earlier checkpoint", run.resume));
  if (content.words != corpus.vocabulary.words() || content.input.columns() != run.train.dim)
    throw Error(fmt::format("{}: its words or its dimensions are not those of its run; use an earlier checkpoint", run.resume));
  TrainResult state{run.resumed->position, std::move(content.input), std::move(content.output), std::move(content.input_sums),
                    std::move(content.output_sums)};
  return state;
}

std::optional<Checkpointer> checkpointer_of(const TrainRun& run, const Corpus& corpus, const CorpusFingerprint& print) {
  if (run.checkpoint.empty()) return std::nullopt;
  return std::optional<Checkpointer>(std::in_place, run.checkpoint, run.checkpoint_every,
                                     CheckpointRun{.version = WORD2VEC_VERSION,
                                                   .options = run.options,
                                                   .corpus = run.corpus.files,
                                                   .earlier_tokens = run.train.earlier_tokens,
                                                   .fingerprint = print,
                                                   .epochs = run.train.epochs,
                                                   .rate_from_epoch = run.train.rate_from_epoch,
                                                   .position = {}},
                                     corpus.vocabulary);
}

[[noreturn]] void end_interrupted(int signal, double fraction, const TrainRun& run) {
  const std::string remedy = run.checkpoint.empty() ? "nothing was kept: no --checkpoint was given"
                                                    : fmt::format("go on with word2vec train --resume {}", run.checkpoint);
  throw Interrupted(signal,
                    fmt::format("stopped by {} after {:.1f} % of the run; {}", signal_name(signal), 100 * fraction, remedy));
}

/// Hours of training do not end because a disk is full.
void tell_failure(Checkpointer& checkpoints) try {
  if (const std::exception_ptr failure = checkpoints.failure()) std::rethrow_exception(failure);
} catch (const std::bad_alloc&) {
  tell("word2vec: warning: no memory for a checkpoint; the run goes on, and tries again\n");
} catch (const std::exception& error) {
  tell("word2vec: warning: {}; the run goes on, and tries again\n", error.what());
}

/// Of a run that is through.
std::exception_ptr save_last(Checkpointer& checkpoints, const TrainResult& result) {
  checkpoints.save(result);
  try {
    checkpoints.finish();
  } catch (...) {
    return std::current_exception();
  }
  return nullptr;
}

}  // namespace

WatchedResult train_watched(const TrainRun& run, const Corpus& corpus, IdSource& ids, const std::vector<WordId>& held_out,
                            RunCurve& curve) {
  if (!run.quiet) {
    tell("training  {} threads, {}, seed {}, alpha {:.4g} to {:.4g}{}\n", run.train.threads, simd_name(run.train.simd),
         run.train.seed, run.train.alpha, run.train.min_alpha,
         run.train.row_rates == RowRateChoice::on ? ", a rate for each row" : "");
  }
  const bool keeps = run.resumed.has_value() || !run.checkpoint.empty();
  const CorpusFingerprint print = keeps ? fingerprint(corpus.vocabulary, ids.hash()) : CorpusFingerprint{};
  TrainResult from = run.resumed ? restore(run, corpus, ids.pieces(), print) : TrainResult{};
  std::optional<Checkpointer> checkpoints = checkpointer_of(run, corpus, print);
  const SignalWatch watch;
  ProgressLine line(!run.quiet);
  double fraction = 0;
  TrainHooks hooks;
  hooks.progress = [&](const TrainProgress& now) {
    fraction = now.fraction;
    curve.add(now);
    if (checkpoints) tell_failure(*checkpoints);
    const auto text = [&] {
      return fmt::format("training  {:5.1f} %  {:.0f}k words/s  alpha {:.5f}  loss {:.4f}  {:.0f} s left", 100 * now.fraction,
                         now.words_per_second * 1e-3, now.alpha, now.loss, now.seconds_left);
    };
    if (SignalWatch::progress_wanted()) return line.show_now(text());
    line.show(text);
  };
  hooks.wants_rest = [&] { return SignalWatch::signal() != 0 || (checkpoints && checkpoints->due()); };
  hooks.at_rest = [&](const TrainResult& state) {
    const bool stop = SignalWatch::signal() != 0;
    if (checkpoints && (stop || checkpoints->due())) checkpoints->save(state);
    return !stop;
  };
  TrainResult result = train(corpus.vocabulary, ids, held_out, run.train, hooks, std::move(from));
  line.clear();
  if (result.epochs.size() == run.train.epochs) {
    const std::exception_ptr failure = checkpoints ? save_last(*checkpoints, result) : nullptr;
    return {std::move(result), failure};
  }
  if (checkpoints) checkpoints->finish();
  end_interrupted(SignalWatch::signal(), fraction, run);
}

}  // namespace word2vec
