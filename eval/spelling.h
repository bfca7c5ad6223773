// Words spelt nearly like one that is not there. Knows letters; refuses to know vectors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

/// Letters to insert, delete, replace, or swap with their neighbour to turn one word into the other (optimal string alignment).
/// A letter is a UTF-8 sequence; a byte that is in none counts as one.
std::size_t edit_distance(std::string_view left, std::string_view right);

/// Up to `most` of `words` that are few edits from `word`: fewest first, of those the first in `words`, the most
/// frequent.
std::vector<std::string> near_spellings(const std::vector<std::string>& words, std::string_view word, std::size_t most = 3);

/// "; did you mean king, kin or ring?", or what to do when nothing is near. For the end of a message.
std::string spelling_hint(const std::vector<std::string>& words, std::string_view word);

}  // namespace word2vec
