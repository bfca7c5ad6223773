// Words and sentences of a line by ICU. Knows Unicode's boundaries; refuses to know what becomes of the words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/text/segment.h"

namespace word2vec {

/// Word and sentence boundaries are those of UAX #29, in ICU's root locale; ICU's dictionaries split Chinese, Japanese, Thai,
/// Lao, Khmer and Burmese. A segment between word boundaries is a word when it is one to ICU and has a letter, number or
/// ideograph ("don't", "3.14", "example.com"), or when it is an emoji shown as a picture, with its modifiers. All else is left
/// out: punctuation, other symbols, spaces. Nothing is taken out of a word, such as its soft hyphens. A sentence that ends
/// inside a word ends after it. Versions of ICU differ a little, as in whether an at sign joins letters.
///
/// Bytes that are not UTF-8, and NUL, make the words that touch them one invalid word, so that no half of a damaged word passes
/// for a whole one.
///
/// Not thread-safe: one object a thread. Making one costs about a millisecond.
class UnicodeSegmenter {
 public:
  /// Throws Error when ICU's data is not installed.
  UnicodeSegmenter();
  ~UnicodeSegmenter();
  UnicodeSegmenter(const UnicodeSegmenter&) = delete;
  UnicodeSegmenter& operator=(const UnicodeSegmenter&) = delete;

  /// Sets `words` to those of `line`, in order. A line has less than 2^30 bytes.
  void split(std::string_view line, std::vector<Segment>& words);

 private:
  struct Breaks;
  void decode(std::string_view line);
  bool is_word(std::int32_t begin, std::int32_t end) const;

  std::unique_ptr<Breaks> breaks_;
  std::u16string units_;                // the line in UTF-16, U+FFFD for what is not UTF-8
  std::vector<std::uint32_t> offsets_;  // the byte of each unit, and of the end
  std::vector<std::uint32_t> damage_;   // the units that stand for what is not UTF-8, ascending
};

}  // namespace word2vec
