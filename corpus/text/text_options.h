// What is done to raw text before it is split at white space. Knows the choices and their defaults; does nothing.
#pragma once

namespace word2vec {

enum class WordBreaks { whitespace, unicode };
inline constexpr const char* word_breaks_names[] = {"whitespace", "unicode"};

enum class Digits { keep, zero, spell };
inline constexpr const char* digits_names[] = {"keep", "zero", "spell"};

enum class Normalization { none, nfc, nfkc };
inline constexpr const char* normalization_names[] = {"none", "nfc", "nfkc"};

struct TextOptions {
  /// `unicode`: words and sentences by UAX #29 as ICU has it, with dictionaries for Chinese, Japanese, Thai and their like.
  WordBreaks breaks = WordBreaks::whitespace;
  bool lowercase = false;        ///< Unicode's full lower case, word by word, whatever the locale
  Digits digits = Digits::keep;  ///< `zero`: every decimal digit is 0; `spell`: ASCII digits are words ("four two")
  Normalization normalization = Normalization::none;  ///< Unicode's NFC or NFKC, before all else
  bool skip_doc_tags = false;                         ///< leaves lines out that are `<doc ...>` or `</doc>`

  /// Nothing to do: text may go straight to the tokenizer.
  bool leave_text() const {
    return breaks == WordBreaks::whitespace && !lowercase && digits == Digits::keep && normalization == Normalization::none &&
           !skip_doc_tags;
  }
};

}  // namespace word2vec
