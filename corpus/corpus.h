// A corpus, read and tokenised once: vocabulary plus ids over which every epoch runs. Knows text; refuses to know floats.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "corpus/id_store.h"
#include "corpus/text/text_filter.h"
#include "corpus/vocabulary.h"

namespace word2vec {

struct CorpusOptions {
  std::vector<std::string> files;  ///< in order; "-" is standard input
  TextOptions text;                ///< what is done to the text before it is split at white space
  VocabularyOptions vocabulary;
  std::string vocabulary_file;                          ///< fixed vocabulary to use instead of counting; empty: count
  std::string spill_folder = ".";                       ///< where ids beyond `memory_bytes` go, in a file without a name
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  ///< ids kept in memory before they go to that file
  std::size_t block_bytes = 1 << 20;                    ///< bytes per read
};

/// What was read. `tokens` are all tokens, whether or not in the vocabulary. With a `vocabulary_file`, `dropped` counts the
/// tokens outside it (as invalid, or else as cut) but not the different words among them: only counting would tell.
struct CorpusAccount {
  std::vector<std::string> files;
  std::uint64_t bytes = 0, sentences = 0, tokens = 0, tokens_in_vocabulary = 0;
  std::uint64_t longest_word_bytes = 0;
  std::uint64_t file_bytes = 0;        ///< as the files hold them, compressed where they are
  std::uint64_t byte_order_marks = 0;  ///< files that began with one, which is no part of the text
  DroppedWords dropped;
  WordStatistics statistics;  ///< of all words; empty with a `vocabulary_file`
  TextAccount text;           ///< all 0 when TextOptions::leave_text

  /// Whether a file was compressed.
  bool unpacked() const { return file_bytes != bytes + 3 * byte_order_marks; }
};

/// Bytes of the files read so far (compressed ones where they are), and how many there will be (0: unknown, as for a pipe).
using ReadProgress = std::function<void(std::uint64_t bytes, std::uint64_t of, std::uint64_t tokens)>;

struct Corpus {
  Vocabulary vocabulary;
  IdStore ids;  ///< ids in corpus order; `sentence_end` after each sentence that kept a word
  CorpusAccount account;
};

/// Counts words without keeping ids: the vocabulary pass alone.
struct CountedCorpus {
  Vocabulary vocabulary;
  CorpusAccount account;
};

/// Reads every file once. Throws Error: a file that cannot be read or unpacked, a corpus without words, more than half
/// of its tokens not valid UTF-8, a vocabulary that is empty after the cuts, no word of the vocabulary file in it.
Corpus read_corpus(const CorpusOptions& options, const ReadProgress& progress = {});
CountedCorpus count_corpus(const CorpusOptions& options, const ReadProgress& progress = {});

}  // namespace word2vec
