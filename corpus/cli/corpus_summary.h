// What a pass over a corpus tells the user, alike in all commands. Knows accounts; prints nothing itself.
#pragma once

#include <cstddef>
#include <string>

#include "corpus/cli/progress_line.h"
#include "corpus/corpus.h"

namespace word2vec {

/// Lines, each with its end: what was read, kept and dropped, and why. `words`: the vocabulary's size.
std::string summary_of(const CorpusAccount& account, std::size_t words);
/// Those of what was read alone.
std::string reading_summary_of(const CorpusAccount& account);

/// Shows a pass's progress on `line`, which must outlive it. `what` it does: "reading", or a word as long.
ReadProgress shown_on(ProgressLine& line, const char* what = "reading");

}  // namespace word2vec
