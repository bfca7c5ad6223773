// How much more often two words come together than by chance. Knows counts; refuses to know words.
#pragma once

#include <cstdint>

namespace word2vec {

/// `word2phrase` (Mikolov et al. 2013, arXiv 1310.4546, equation 6, times the number of tokens, as the original tool has it):
/// (count(ab) - min_count) / (count(a) count(b)) x tokens, which has no upper bound. `npmi` (Bouma 2009): the pointwise mutual
/// information ln(p(ab) / (p(a) p(b))), divided by -ln p(ab); from -1 to 1 where the words never come apart.
enum class PhraseScore { word2phrase, npmi };
inline constexpr const char* phrase_score_names[] = {"word2phrase", "npmi"};

/// Of two words, and of them side by side; and of all tokens.
struct BigramFrequency {
  std::uint64_t together, first, second, tokens;
};

/// With `npmi`, pairs that come fewer than `min_count` times have -1.
double phrase_score(PhraseScore score, const BigramFrequency& frequency, std::uint64_t min_count);

}  // namespace word2vec
