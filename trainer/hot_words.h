// A thread's own copies of the most frequent words' rows. Knows rows and their exchange; refuses to know what is learned.
//
// Two threads that write to the same row take its cache lines from each other at every turn, and the frequent words are in
// everyone's window. So each thread trains copies of those rows, and now and then adds what it has learned to the rows that
// all share (after Vuurens et al. 2016, arXiv 1606.07822, who do so for the nodes nearest the root of a softmax tree).
// What several threads learn apart adds up to too long a step when they are many: `exchange_after` says for how many it pays.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/embeddings/matrix.h"
#include "trainer/rows.h"
#include "trainer/summed_rows.h"
#include "trainer/train_options.h"

namespace word2vec {

/// The rows that all threads share. Thread-safe.
struct SharedWords {
  /// Of both matrices of `columns` numbers a row, as many first rows as fill 1 MB: what a core's second-level cache holds
  /// besides the rest.
  static std::size_t count_for(std::size_t words, std::size_t stride);

  SharedWords(Rows<float> input_rows, Rows<float> output_rows, std::size_t count)
      : input(input_rows), output(output_rows), locks(count) {}

  struct alignas(64) Lock {  // a cache line each, or threads at two words would wait for each other
    std::atomic<bool> taken;
  };
  Rows<float> input, output;
  std::vector<Lock> locks;  ///< of each word: held by the thread that exchanges its rows
};

/// One thread's copies; not thread-safe.
class HotWords {
 public:
  /// After how many occurrences of a word its rows are exchanged; 0: with so many threads copies do not pay.
  static std::uint32_t exchange_after(std::uint32_t threads, Model model);

  HotWords(SharedWords& shared, std::uint32_t exchange_after);
  /// Whether there are copies.
  bool any() const { return !shared_.locks.empty(); }
  /// The matrices as this thread is to see them: copies in place of the first rows.
  Rows<float> input() const { return seen(shared_.input, input_); }
  Rows<float> output() const { return seen(shared_.output, output_); }
  /// Counts an occurrence of a word. Without a branch: no processor could foresee which word comes.
  void trained(WordId word) {
    const std::size_t others = shared_.locks.size();  // the count of words that have no copies
    due_[due_words_] = word;
    due_words_ += (++occurrences_[std::min<std::size_t>(word, others)] == exchange_after_) & (word < others);
  }
  /// Exchanges the rows of the words that have occurred often enough since they were last exchanged.
  void exchange_due();
  /// Adds to the shared rows what the copies have learned since they were last the same, and makes them the same.
  void exchange_all() {
    for (std::size_t word = 0; word < shared_.locks.size(); ++word) exchange(word);
  }

 private:
  struct Copies {
    Rows<float> own, base;  // as trained, and as it was when last the same as the shared row
  };
  Copies copies_from(std::size_t row) const;
  Rows<float> seen(Rows<float> shared, const Copies& copies) const;
  void ask_for(std::size_t word) const;
  void exchange(std::size_t word);

  SharedWords& shared_;
  std::uint32_t exchange_after_;
  std::vector<std::uint32_t> occurrences_;  // since the last exchange; the last is the other words'
  std::vector<WordId> due_;                 // the first `due_words_`
  std::size_t due_words_ = 0;
  Matrix memory_;  // of all copies: in one, which is a huge page
  SummedRows rows_;
  Copies input_, output_;
};

}  // namespace word2vec
