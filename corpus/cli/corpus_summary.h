// What a pass over a corpus tells the user, alike in all commands. Knows accounts; prints nothing itself.
#pragma once

#include <cstddef>
#include <string>

#include "corpus/cli/progress_line.h"
#include "corpus/corpus.h"

namespace word2vec {

/// Lines, each with its end: what was read, kept and dropped, and why. `words`: the vocabulary's size.
std::string summary_of(const CorpusAccount& account, std::size_t words);

/// Shows a pass's progress on `line`, which must outlive it.
ReadProgress shown_on(ProgressLine& line);

}  // namespace word2vec
