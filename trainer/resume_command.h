// What a resumed run takes from its checkpoint, and what it may be given anew. Knows options by name; refuses to know training.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "corpus/cli/command_line.h"
#include "trainer/train_run.h"

namespace word2vec {

/// Declares --checkpoint, --checkpoint-every, --resume and --add-corpus. --resume makes `line` take all options and the corpus of
/// the run that was saved, but for those that are given.
void declare_checkpoint_options(CommandLine& line, TrainRun& run);

/// After `line` was parsed: makes the text of --add-corpus the corpus. Throws UsageError where it does not fit the other options.
void take_added_corpus(const CommandLine& line, TrainRun& run);

/// After `line` was parsed into `run`: how many epochs are still to go, and from which on the rate falls. Throws UsageError that
/// names every option given otherwise than the saved run has it and without which the run would be another.
void check_resumed(const CommandLine& line, TrainRun& run);

}  // namespace word2vec
