// The form that a word takes in the text: lower case, digits. Knows one word at a time; refuses to know where words end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "corpus/text/normalizer.h"
#include "corpus/text/text_options.h"

namespace word2vec {

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Not thread-safe.
class WordForm {
 public:
  /// Throws Error when ICU's data is not installed.
  explicit WordForm(const TextOptions& options);

  /// Appends the form of `word`, which is valid UTF-8, to `out`. It has spaces in it where digits are spelled.
  void append(std::string_view word, bool ascii, std::string& out);

 private:
  void append_other(std::string_view word, std::string& out);
  void spell_digits(std::size_t from, std::string& out);

  TextOptions options_;
  Normalizer normalizer_;
  std::string lower_, normal_;
};

}  // namespace word2vec
