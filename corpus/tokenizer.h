// The one tokenizer: bytes in blocks of any size -> tokens and sentence ends. Knows ASCII white space; refuses to know what
// a word means, how often it came or whether it is valid text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace word2vec {

/// A token is a maximal run of bytes other than ASCII white space (space, \t, \n, \v, \f, \r); '\n' ends a sentence.
/// Feed blocks in order, then finish(): a token may span any number of blocks. Not thread-safe.
class Tokenizer {
 public:
  /// Calls `token(std::string_view)` for each token and `end_sentence()` for each line that had one.
  template <class Token, class SentenceEnd>
  void feed(std::string_view block, Token&& token, SentenceEnd&& end_sentence) {
    const char* position = block.data();
    const char* const end = position + block.size();
    while (position != end) {
      const char* start = position;
      while (position != end && !is_space(*position)) ++position;
      if (position == end) {
        carry_.append(start, position);
        return;
      }
      if (!carry_.empty()) {
        carry_.append(start, position);
        token(std::string_view(carry_));
        carry_.clear();
        in_sentence_ = true;
      } else if (position != start) {
        token(std::string_view(start, static_cast<std::size_t>(position - start)));
        in_sentence_ = true;
      }
      if (*position == '\n' && in_sentence_) {
        end_sentence();
        in_sentence_ = false;
      }
      ++position;
    }
  }

  /// The end of a file: ends the token and the sentence in hand, so that neither crosses into the next file.
  template <class Token, class SentenceEnd>
  void finish(Token&& token, SentenceEnd&& end_sentence) {
    feed("\n", token, end_sentence);
  }

  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

 private:
  std::string carry_;  // the head of a token whose end is in a later block
  bool in_sentence_ = false;
};

}  // namespace word2vec
