// A training run under watch: progress on standard error, checkpoints, signals. With the commands, prints.
#pragma once

#include <exception>
#include <vector>

#include "corpus/corpus.h"
#include "trainer/engine.h"
#include "trainer/run_curve.h"
#include "trainer/train_run.h"

namespace word2vec {

/// A run that is through, and what kept its last checkpoint from being written, to be thrown once the vectors are.
struct WatchedResult {
  TrainResult result;
  std::exception_ptr checkpoint_failure;
};

/// Trains over the corpus's `ids`, and notes in `curve` how it went; from where the checkpoint stands if `run` goes on from one.
/// SIGINT, SIGTERM and SIGHUP finish the pieces in hand, write the checkpoint if one was asked for, and throw Interrupted;
/// SIGUSR1 shows the progress at once. A checkpoint that cannot be written is told, and tried again at the next time. Throws
/// Error, among others when the checkpoint is of another corpus.
WatchedResult train_watched(const TrainRun& run, const Corpus& corpus, IdSource& ids, const std::vector<WordId>& held_out,
                            RunCurve& curve);

}  // namespace word2vec
