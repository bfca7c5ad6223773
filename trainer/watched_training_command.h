// A training run under watch: progress on standard error, checkpoints, signals. With the commands, prints.
#pragma once

#include <vector>

#include "corpus/corpus.h"
#include "trainer/engine.h"
#include "trainer/run_curve.h"
#include "trainer/train_run.h"

namespace word2vec {

/// Trains over the corpus's `ids`, and notes in `curve` how it went; from where the checkpoint stands if `run` goes on from one.
/// SIGINT, SIGTERM and SIGHUP finish the pieces in hand, write the checkpoint if one was asked for, and throw Interrupted;
/// SIGUSR1 shows the progress at once. Throws Error, among others when the checkpoint is of another corpus.
TrainResult train_watched(const TrainRun& run, const Corpus& corpus, IdSource& ids, const std::vector<WordId>& held_out,
                          RunCurve& curve);

}  // namespace word2vec
