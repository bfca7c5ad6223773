// A thread's own copies of the most frequent words' rows. Knows rows and their exchange; refuses to know what is learned.
//
// Two threads that write to the same row take its cache lines from each other at every turn, and the frequent words are in
// everyone's window. So each thread trains copies of those rows, and now and then adds what it has learned to the rows that
// all share (after Vuurens et al. 2016, arXiv 1606.07822, who do so for the nodes nearest the root of a softmax tree).
// What several threads learn apart adds up to too long a step when they are many: `exchange_after` says for how many it pays.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/embeddings/matrix.h"
#include "trainer/row_operations.h"

namespace word2vec {

/// The rows that all threads share. Thread-safe.
struct SharedWords {
  /// Of both matrices of `columns` numbers a row, as many first rows as fill 1 MB: what a core's second-level cache holds
  /// besides the rest.
  static std::size_t count_for(std::size_t words, std::size_t stride);

  SharedWords(Rows<float> input_rows, Rows<float> output_rows, std::size_t count)
      : input(input_rows), output(output_rows), busy(count) {}

  Rows<float> input, output;
  std::vector<std::atomic<bool>> busy;  ///< of each word: a thread is exchanging its rows
};

/// One thread's copies; not thread-safe.
class HotWords {
 public:
  /// After how many occurrences of a word its rows are exchanged; 0: with so many threads copies do not pay.
  static std::uint32_t exchange_after(std::uint32_t threads);

  HotWords(SharedWords& shared, std::uint32_t exchange_after);
  /// The matrices as this thread is to see them: copies in place of the first rows.
  Rows<float> input() { return seen(shared_.input, copies_[0]); }
  Rows<float> output() { return seen(shared_.output, copies_[1]); }
  /// Counts an occurrence of a word, and exchanges its rows when they are due.
  void trained(WordId word) {
    if (word >= occurrences_.size() || ++occurrences_[word] < exchange_after_) return;
    occurrences_[word] = 0;
    exchange(word);
  }
  /// Adds to the shared rows what the copies have learned since they were last the same, and makes them the same.
  void exchange_all() {
    for (std::size_t word = 0; word < occurrences_.size(); ++word) exchange(word);
  }

 private:
  struct Copies {
    Matrix own, base;  // as trained, and as it was when last the same as the shared row
    std::vector<float> own_sums, base_sums;
  };
  Rows<float> seen(Rows<float> shared, Copies& copies) const;
  void exchange(std::size_t word);

  SharedWords& shared_;
  std::uint32_t exchange_after_;
  std::vector<std::uint32_t> occurrences_;
  Copies copies_[2];
};

}  // namespace word2vec
