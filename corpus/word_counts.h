// Exact counts of any number of words in bounded memory: each thread counts in a table of its own, and a table that is full goes
// to the disk and is begun anew. Knows words and counts; refuses to know where they came from.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "corpus/io/temporary_file.h"
#include "corpus/vocabulary.h"
#include "corpus/word_table.h"

namespace word2vec {

/// A word may be in many tables. At the end they are added up part by part, a part being the words whose hashes begin alike:
/// where they are, when none went to the disk; else all from there, so that neither the disk is read more than once, nor are all
/// words in memory together, but only those that the vocabulary keeps.
class WordCounts {
 public:
  /// `folder`: where tables go, in a file without a name.
  explicit WordCounts(std::string folder);
  ~WordCounts();
  WordCounts(const WordCounts&) = delete;
  WordCounts& operator=(const WordCounts&) = delete;

  /// The number of a new table of a thread's. Thread-safe, as the next two are.
  std::uint32_t begin_table(std::uint32_t thread);
  /// Writes the table to the disk and clears it. Throws Error when the disk is full.
  void spill(std::uint32_t number, WordTable& table);
  /// Takes a thread's last table over.
  void keep(std::uint32_t number, WordTable&& table);

  /// Tables written to the disk so far.
  std::uint32_t spilled() const { return spilled_; }

  /// Adds up all tables and chooses the vocabulary. Once; then map_of() tells where each table's words went. Throws Error.
  /// `final_id` of the result is empty.
  VocabularySelection select(const VocabularyOptions& options, std::uint32_t threads);
  /// By the table's ids: the final id, or `dropped_word`. Thread-safe. One map a thread of the counting is kept, and those of
  /// the tables that were never written.
  std::shared_ptr<const std::vector<WordId>> map_of(std::uint32_t number);

 private:
  struct Table;
  class Merge;

  TemporaryFile file_;
  std::mutex lock_;  // of the file's end, and of what follows
  std::deque<Table> tables_;
  std::uint32_t spilled_ = 0;
  std::vector<WordId> final_id_;  // by the words' numbers in the sieve
  std::vector<std::pair<std::uint32_t, std::shared_ptr<const std::vector<WordId>>>> latest_;  // by thread
};

}  // namespace word2vec
