// Text to the ids of a vocabulary that is already there, as for held-out text. Knows text; refuses to know floats.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/text/text_options.h"
#include "corpus/vocabulary.h"

namespace word2vec {

struct EncodedText {
  std::vector<WordId> ids;  ///< the words that the vocabulary holds, with `sentence_end` after each line that has one
  std::uint64_t tokens = 0, tokens_in_vocabulary = 0, invalid_tokens = 0;
};

/// `text`: what was done to the corpus, and is to be done to this text. Throws Error as read_corpus does: for a file that cannot
/// be read, has none of the words, or is mostly not UTF-8.
EncodedText encode_file(const std::string& path, const Vocabulary& vocabulary, const TextOptions& text = {});

}  // namespace word2vec
