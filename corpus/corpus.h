// A corpus, read and tokenised once: vocabulary plus ids over which every epoch runs. Knows text; refuses to know floats.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corpus/id_store.h"
#include "corpus/text/text_filter.h"
#include "corpus/text_pass.h"
#include "corpus/vocabulary.h"

namespace word2vec {

class PhraseTables;

/// Where the ids are while the epochs run: in memory as long as `memory_bytes` hold them, or wherever the user says; or nowhere.
enum class IdCache { automatic, memory, file, none };
inline constexpr const char* id_cache_names[] = {"auto", "memory", "file", "none"};

struct CorpusOptions : TextPassOptions {
  TextOptions text{};  ///< what is done to the text before it is split at white space; makes make_filter
  std::shared_ptr<const PhraseTables> phrases{};  ///< joined in that text; nullptr: none
  VocabularyOptions vocabulary;
  bool may_be_empty = false;                                  ///< a vocabulary that is counted and without words is no Error
  std::string vocabulary_file;                                ///< fixed vocabulary to use instead of counting; empty: count
  std::shared_ptr<const EarlierVocabulary> fixed_vocabulary;  ///< the same, at hand, and `vocabulary_file` its name in messages
  std::string spill_folder = ".";                             ///< where what memory does not hold goes, in files without a name
  /// Of the ids and the tables of words together; a table past its part of half of this goes to the disk.
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  IdCache cache = IdCache::automatic;
};

/// What was read. `tokens` are all tokens, whether or not in the vocabulary. With a fixed vocabulary, `dropped` counts the
/// tokens outside it (as invalid, or else as cut) but not the different words among them: only counting would tell.
struct CorpusAccount : TextPassAccount {
  std::vector<std::string> files;
  std::uint64_t tokens_in_vocabulary = 0;
  std::uint64_t longest_word_bytes = 0;
  std::string longest_word_place;  ///< of the first such word: "byte N of FILE"
  DroppedWords dropped;
  WordStatistics statistics;         ///< of all words; empty with a `vocabulary_file`
  TextAccount text;                  ///< all 0 when TextOptions::leave_text
  std::uint32_t spilled_tables = 0;  ///< tables of words that went to the disk
};

struct Corpus {
  Vocabulary vocabulary;
  IdStore ids;  ///< ids in corpus order; `sentence_end` after each sentence that kept a word; none with IdCache::none
  CorpusAccount account;
};

/// Counts words without keeping ids: the vocabulary pass alone.
struct CountedCorpus {
  Vocabulary vocabulary;
  CorpusAccount account;
};

/// Reads every file once, on all threads; the result does not depend on how many there are. Throws Error: a file that cannot be
/// read or unpacked, a corpus without words, more than half of its tokens not valid UTF-8, a vocabulary that is empty after
/// the cuts, no word of the vocabulary file in it, no room on the disk.
Corpus read_corpus(const CorpusOptions& options, const ReadProgress& progress = {});
CountedCorpus count_corpus(const CorpusOptions& options, const ReadProgress& progress = {});

}  // namespace word2vec
