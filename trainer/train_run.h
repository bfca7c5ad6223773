// One training run from options to files, whichever command line asked for it. With its commands, the only place here that
// prints.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "corpus/phrases.h"
#include "trainer/checkpoint.h"
#include "trainer/embeddings/formats.h"
#include "trainer/train_options.h"

namespace word2vec {

struct TrainRun {
  CorpusOptions corpus;
  TrainOptions train;
  VectorFormat format = VectorFormat::text;
  std::optional<PhraseOptions> phrases;  ///< to be found in the corpus and joined; none: it is read as it is
  std::string output, context_output, save_vocabulary, save_phrases, validate, report;  ///< files; empty: none
  std::string checkpoint, resume;        ///< files to save the run in and to go on from; empty: none
  double checkpoint_every = 0;           ///< seconds; 0: at the end, and when a signal stops the run
  std::optional<CheckpointRun> resumed;  ///< what `resume` holds
  std::vector<std::string> added;        ///< new text that the saved run goes on with, and the corpus then; empty: its own text
  bool meta = false;                     ///< a .meta.json beside the vectors
  bool quiet = false;
  std::vector<std::pair<std::string, std::string>> options;  ///< as given, for the report
};

/// Of the .meta.json; empty: none. Throws UsageError when the vectors go into no file of a name.
std::string meta_path_of(const TrainRun& run);

/// Reads, trains and writes. Progress and messages go to standard error. Throws Error; files that were there then still are.
void run_training(const TrainRun& run);

}  // namespace word2vec
