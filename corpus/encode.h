// Text to the ids of a vocabulary that is already there. Knows text; refuses to know floats.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "corpus/text_pass.h"
#include "corpus/vocabulary.h"

namespace word2vec {

/// What a pass with a given vocabulary finds. Tokens outside the vocabulary are invalid (not UTF-8) or just not in it.
struct LookUpAccount {
  TextPassAccount text;
  std::uint64_t tokens_in_vocabulary = 0, invalid_tokens = 0, stop_tokens = 0;
  NotableWord invalid, longest;  ///< the first one that is not valid, and the longest; ranks: 1, and bytes
};

/// Looks all words up; those that are not found are counted apart when they are `stopwords`. `append` gets the ids of those found
/// in the order of the corpus, one call at a time, with `sentence_end`s of which some are of sentences that kept no word. Throws
/// Error as TextPass does, and for what is mostly not UTF-8.
LookUpAccount look_words_up(TextPassOptions options, const Vocabulary& vocabulary, const ReadProgress& progress,
                            const std::function<void(std::span<const WordId>)>& append, const WordList& stopwords = {});

/// Leaves out the `sentence_end`s of sentences that kept no word.
class SentenceEnds {
 public:
  /// Appends to `to` what is left of `ids`, which come after those of the call before.
  void append(std::span<const WordId> ids, std::vector<WordId>& to);

 private:
  bool open_ = false;  // a word came, and its sentence's end did not yet
};

struct EncodedText {
  std::vector<WordId> ids;  ///< the words that the vocabulary holds, with `sentence_end` after each line that has one
  std::uint64_t tokens = 0, tokens_in_vocabulary = 0, invalid_tokens = 0;
};

/// Throws Error as look_words_up does, and for a file that has none of the words.
EncodedText encode_text(const TextPassOptions& options, const Vocabulary& vocabulary);

/// Throws Error when most of the words are not valid: `source` is the text's name.
void refuse_invalid(const std::string& source, std::uint64_t tokens, std::uint64_t invalid_tokens,
                    const std::string& first_invalid);
/// The name of the text in messages: of one file, or of the first of several.
std::string name_of(const std::vector<std::string>& files);

}  // namespace word2vec
