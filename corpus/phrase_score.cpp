#include "corpus/phrase_score.h"

#include <algorithm>
#include <cmath>

namespace word2vec {

double phrase_score(PhraseScore score, const BigramFrequency& frequency, std::uint64_t min_count) {
  const auto together = static_cast<double>(frequency.together), first = static_cast<double>(frequency.first),
             second = static_cast<double>(frequency.second), tokens = static_cast<double>(frequency.tokens);
  if (score == PhraseScore::word2phrase) return (together - static_cast<double>(min_count)) / first / second * tokens;
  if (frequency.together < std::max<std::uint64_t>(min_count, 1)) return -1;
  if (frequency.together >= frequency.tokens) return 1;
  return std::clamp(std::log(together * tokens / first / second) / std::log(tokens / together), -1.0, 1.0);
}

}  // namespace word2vec
