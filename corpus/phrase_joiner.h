// Joins the phrases of a text. Knows words and where they end; refuses to know how phrases were found, and files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/pair_table.h"
#include "corpus/tokenizer.h"
#include "corpus/word_table.h"

namespace word2vec {

struct Phrases;

/// Phrases made ready to be looked up. Immutable, so safe to share between threads.
class PhraseTables {
 public:
  explicit PhraseTables(const Phrases& phrases);

  const std::string& join() const { return join_; }

 private:
  friend class PhraseJoiner;
  void add_pass(const Phrases& phrases, std::size_t pass);

  std::string join_;
  WordTable words_;  // all that is a part of a phrase, joined by an earlier pass or not
  /// By pass: of two words that it joins, the id of the joined word, plus one; `dropped_word` when it is no part of a phrase.
  std::vector<PairTable> joined_;
  /// Words of the text, before any pass, between which some pass may join: the last of one part and the first of the other.
  PairTable crossing_;
  std::vector<std::vector<WordId>> first_words_, last_words_;  // of each word: itself and, if it is joined, of its parts
};

/// Goes through each line from left to right, pass after pass: of words that could be joined with either neighbour, the left one
/// wins, and a joined word is joined again by the next pass at the earliest. Not thread-safe: one a thread.
class PhraseJoiner {
 public:
  explicit PhraseJoiner(std::shared_ptr<const PhraseTables> tables) : tables_(std::move(tables)) {}

  /// The text with its phrases joined; words parted by one space, as many lines as it had. `text` ends in white space, has less
  /// than 2^32 - 64 bytes, and Tokenizer::readable_behind bytes behind it are readable. Without its line end the last line ends
  /// in a space. Valid until the next call.
  std::string_view operator()(std::string_view text);
  /// How often words were joined in all calls.
  std::uint64_t joined() const { return joined_; }

  /// The last place where the text, a part of a line or more, can be cut so that joining the parts is joining the whole: a
  /// line's or a word's first byte, between which and the word before it no pass joins. 0: there is none.
  std::size_t place_to_cut(std::string_view text) const;

 private:
  /// A word of the text, or a line end, whose id is `sentence_end`.
  struct Token {
    std::uint32_t begin, length;
    WordId id;    // `dropped_word`: no part of a phrase
    bool joined;  // with the one before it
  };
  /// What a pass sees as one word.
  struct Unit {
    WordId id;
    std::uint32_t token;  // the first of it
  };

  void find_tokens(std::string_view text);
  void join(const PairTable& pass);
  void write(std::string_view text);

  std::shared_ptr<const PhraseTables> tables_;
  Tokenizer tokenizer_;
  std::vector<Token> tokens_;
  std::vector<Unit> units_;
  std::vector<char> out_;
  std::size_t out_size_ = 0;
  std::uint64_t joined_ = 0;
};

}  // namespace word2vec
