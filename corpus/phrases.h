// Collocations: pairs of words that come together more often than by chance, found pass by pass. Knows words and counts; refuses
// to know how they are joined in a text (phrase_joiner.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corpus/corpus.h"
#include "corpus/phrase_score.h"

namespace word2vec {

class OutputFile;

struct PhraseOptions {
  PhraseScore score = PhraseScore::word2phrase;
  std::vector<double> thresholds{100};  ///< of each pass, at least one: pairs that score higher are joined
  std::uint64_t min_count = 5;          ///< pairs with a rarer word are never joined; and see phrase_score()
  std::string join = "_";               ///< between the words of a phrase; without white space
};

/// What scored above a pass's threshold.
struct Phrase {
  std::string first, second;  ///< as they stand in the text of that pass: each may be a phrase of an earlier one
  std::uint64_t count = 0;    ///< how often they come side by side in a line
  double score = 0;
};

struct PhrasePass {
  double threshold = 0;
  std::uint64_t tokens = 0;                 ///< of its text
  std::uint64_t bigrams = 0, distinct = 0;  ///< pairs of words side by side in a line, both as frequent as min_count
  std::uint64_t spilled = 0;                ///< runs of counts that went to the disk
  std::vector<Phrase> phrases;              ///< by count descending, then first and second ascending
};

struct Phrases {
  PhraseOptions options;
  std::vector<PhrasePass> passes;
  CorpusAccount account;  ///< of the text before anything is joined

  /// Of all passes.
  std::uint64_t size() const;
};

/// Reads the text two times a pass, so that files must not be pipes. `options` says of which corpus, by how many threads, and in
/// how much memory the counting is done: an exact count goes to the disk past half of `memory_bytes`. The result does not depend
/// on threads and memory. Each pass sees the text as the passes before it have joined it. Throws Error as count_corpus does, but
/// for a text that has no frequent words, in which there are no phrases.
Phrases find_phrases(const CorpusOptions& options, const PhraseOptions& phrases, const ReadProgress& progress = {});

/// Writes the phrases, most frequent first, and commits: phrase, count, score and pass, parted by tabs. Throws Error.
void save_phrases(const Phrases& phrases, OutputFile& file);

}  // namespace word2vec
