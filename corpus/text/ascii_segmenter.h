// Words and sentences of lines in plain ASCII, several times as fast as ICU and with the same result. Knows the rules of UAX #29
// as far as ASCII needs them; refuses to know other text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "corpus/text/segment.h"

namespace word2vec {

class UnicodeSegmenter;

/// What each character does is asked of the ICU that is installed: versions differ in whether a colon or an at sign joins
/// letters. Immutable once made, so safe to share.
class AsciiSegmenter {
 public:
  /// Throws Error when ICU's data is not installed.
  explicit AsciiSegmenter(UnicodeSegmenter& unicode);

  /// Whether split() may have the line: nothing but ASCII in it, and no NUL.
  static bool takes(std::string_view line);
  /// Sets `words` to what UnicodeSegmenter::split finds in `line`.
  void split(std::string_view line, std::vector<Segment>& words) const;

 private:
  struct Character {
    std::uint8_t sentence = 0;                             ///< one of ICU's USentenceBreak
    bool in_word = false;                                  ///< joins letters, digits and all others of its kind
    bool like_letter = false, like_digit = false;          ///< in the rules
    bool makes_word = false;                               ///< a letter or digit indeed
    bool between_letters = false, between_digits = false;  ///< joins two of them
  };
  const Character& at(std::string_view line, std::size_t place) const {
    return characters_[static_cast<unsigned char>(line[place])];
  }
  struct Word {
    std::size_t end, sentence_end;  ///< 0: no sentence ends in the word
    bool makes_word;                ///< it has a letter or digit
  };
  Word word_at(std::string_view line, std::size_t begin) const;
  std::size_t sentence_end(std::string_view line, std::size_t place) const;

  std::array<Character, 128> characters_;
};

}  // namespace word2vec
