// The options that choose a vocabulary, declared alike for train and vocab. Knows their names and help; no command of ours.
#pragma once

#include "corpus/cli/command_line.h"
#include "corpus/vocabulary.h"

namespace word2vec {

/// Declares --min-count, --max-vocab, --stopwords and --keep-words on `line`, whose parse() sets `*options`, which must outlive
/// it. parse() then throws Error for a list that cannot be read.
void declare_vocabulary_options(CommandLine& line, VocabularyOptions* options);

/// After parse(): throws UsageError for a number out of range, Error for a word in both lists.
void check_vocabulary_options(const VocabularyOptions& options);

}  // namespace word2vec
