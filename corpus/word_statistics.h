// What all the words counted amount to, whichever a vocabulary keeps. Knows counts; refuses to choose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

/// Words of a vocabulary, and how many tokens of the text they are.
struct Coverage {
  std::uint64_t words = 0, tokens = 0;
};

/// How many words come how often; valid words and others alike, since both are read. Takes memory by different counts, which are
/// few, not by words. Not thread-safe while adding.
class WordStatistics {
 public:
  static constexpr std::size_t most_examples = 3;

  /// A word of the text, once, with its count.
  void add(std::uint64_t count);
  /// The same for a word that is not valid UTF-8.
  void add_invalid(std::string_view word, std::uint64_t count);
  WordStatistics& operator+=(const WordStatistics& other);

  /// The valid words that come `count` times or more: what --min-count would keep.
  Coverage at_least(std::uint64_t count) const;
  /// The `words` most frequent valid words, or all: what --max-vocab would keep.
  Coverage most_frequent(std::uint64_t words) const;
  /// All words, with those that are not valid.
  Coverage all() const;
  Coverage invalid() const { return invalid_; }
  /// The most frequent words that are not valid UTF-8, most frequent first, up to `most_examples`.
  const std::vector<std::pair<std::string, std::uint64_t>>& invalid_examples() const { return examples_; }

 private:
  void keep_example(std::string_view word, std::uint64_t count);

  std::vector<std::uint64_t> small_;              // by count: words of that count
  std::map<std::uint64_t, std::uint64_t> large_;  // the same, for greater counts
  Coverage invalid_;
  std::vector<std::pair<std::string, std::uint64_t>> examples_;
};

/// A table to read: for the usual values of --min-count and --max-vocab the words kept, their tokens, and the share of all
/// tokens. Rows that keep nothing, or no less than the row before, are left out.
std::string coverage_table(const WordStatistics& statistics);

}  // namespace word2vec
