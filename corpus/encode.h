// Text to the ids of a vocabulary that is already there, as for held-out text. Knows text; refuses to know floats.
#pragma once

#include <string>
#include <vector>

#include "corpus/vocabulary.h"

namespace word2vec {

/// The file's words that `vocabulary` holds, with `sentence_end` after each line that has one. Throws Error as read_corpus does.
std::vector<WordId> encode_file(const std::string& path, const Vocabulary& vocabulary);

}  // namespace word2vec
