// The words that are trained, their counts and ids. Knows text and integers; refuses to know floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/word_list.h"
#include "corpus/word_statistics.h"
#include "corpus/word_table.h"

namespace word2vec {

class EarlierVocabulary;
class OutputFile;

/// What the vocabulary keeps of the words counted. Unit of the cuts: occurrences, words.
struct VocabularyOptions {
  std::uint64_t min_count = 5;  ///< rarer words are dropped
  std::uint64_t max_words = 0;  ///< keeps the N most frequent words, counted exactly; 0: no limit
  WordList stopwords{};         ///< left out, however frequent
  WordList keep_words{};        ///< kept if they come at all; they count towards max_words, and are kept even past it
  /// Kept whether or not they come, as keep_words are, with their counts before added to those of the text; nullptr: none.
  std::shared_ptr<const EarlierVocabulary> earlier{};
};

/// Words dropped, by reason.
struct DroppedWords {
  std::uint64_t rare_words = 0, rare_tokens = 0;        ///< below min_count
  std::uint64_t cut_words = 0, cut_tokens = 0;          ///< beyond max_words
  std::uint64_t stop_words = 0, stop_tokens = 0;        ///< among the stopwords
  std::uint64_t invalid_words = 0, invalid_tokens = 0;  ///< not valid UTF-8, or with a NUL byte
  DroppedWords& operator+=(const DroppedWords& other);
  std::uint64_t words() const { return rare_words + cut_words + stop_words + invalid_words; }
  std::uint64_t tokens() const { return rare_tokens + cut_tokens + stop_tokens + invalid_tokens; }
};

/// The frozen vocabulary: V words, ids 0..V-1, by count descending, then bytes ascending. Immutable, so safe to share.
class Vocabulary {
 public:
  Vocabulary() = default;
  /// Sorts and takes over `words` with `counts` (the same length, each word once).
  Vocabulary(std::vector<std::string> words, std::vector<std::uint64_t> counts);

  std::size_t size() const { return words_.size(); }
  const std::string& word(WordId id) const { return words_[id]; }
  std::uint64_t count(WordId id) const { return counts_[id]; }
  const std::vector<std::string>& words() const { return words_; }
  const std::vector<std::uint64_t>& counts() const { return counts_; }
  /// The sum of the counts.
  std::uint64_t tokens() const { return tokens_; }

 private:
  friend struct VocabularySelection;
  std::vector<std::string> words_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t tokens_ = 0;
};

/// A vocabulary that new text extends. Immutable, so safe to share.
class EarlierVocabulary {
 public:
  /// Throws Error, with the name of the `source`, when a word comes twice.
  EarlierVocabulary(Vocabulary vocabulary, const std::string& source);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// The word's id, or `dropped_word`.
  WordId find(std::string_view word) const { return ids_.find(word); }

 private:
  Vocabulary vocabulary_;
  WordTable ids_;
};

/// Judges words by their final counts, and keeps those that may be in the vocabulary, numbered from 0 in the order of judging.
class WordSieve {
 public:
  explicit WordSieve(const VocabularyOptions& options) : options_(options) {}

  /// Room for words to be kept, here and from others.
  void reserve(std::size_t words);
  /// The word's number, or `dropped_word`. A word is judged once.
  WordId judge(const WordKey& key, std::string_view word, std::uint64_t count);
  /// Takes over what `other` kept and dropped. Returns the number that other's first word has here.
  WordId absorb(WordSieve&& other);

 private:
  friend struct VocabularySelection;
  WordId keep(std::string_view word, std::uint64_t count);
  /// The words of the earlier vocabulary that did not come.
  void keep_earlier();

  VocabularyOptions options_;
  std::vector<std::string> words_;
  std::vector<std::uint64_t> counts_;
  DroppedWords dropped_;
  WordStatistics statistics_;
  std::string most_frequent_;  // of the valid words that are not stopwords
  std::uint64_t most_frequent_count_ = 0;
};

/// A vocabulary chosen from counted words, and what was dropped.
struct VocabularySelection {
  /// Sorts what the sieve kept, and cuts it at `max_words`: the words to keep stay, and of the others the first that fit.
  explicit VocabularySelection(WordSieve&& sieve, std::uint32_t threads = 1);

  Vocabulary vocabulary;
  std::vector<WordId> final_id;  ///< where each word went, by its number in the sieve; `dropped_word` if nowhere
  DroppedWords dropped;
  WordStatistics statistics;  ///< of all words
  std::string most_frequent;  ///< of the valid words that are not stopwords, kept or not; empty: there is none
  std::uint64_t most_frequent_count = 0;
};

/// The vocabulary of one table. `final_id` is by the table's ids.
VocabularySelection select_vocabulary(const WordTable& table, const VocabularyOptions& options);

/// Writes `word count` lines, most frequent first (the original tool's format). When that word is `</s>`, or begins with a byte
/// order mark, a mark comes before it, so that read_vocabulary() leaves out that one. Throws Error. The second form commits a
/// file that was opened before the counting began.
void save_vocabulary(const Vocabulary& vocabulary, const std::string& path);
void save_vocabulary(const Vocabulary& vocabulary, OutputFile& file);

/// Of the bytes that save_vocabulary() writes.
std::string fingerprint(const Vocabulary& vocabulary);

/// Reads `word count` lines, keeping min_count and max_words as select_vocabulary does. The original tool's `</s>` (its
/// sentence mark) is left out when it is the first line; so are words that are not valid UTF-8. Throws Error naming the line
/// that is not a word and a count, a repeated word, an empty file, or a file that the cuts leave empty.
Vocabulary read_vocabulary(const std::string& path, const VocabularyOptions& options);

}  // namespace word2vec
