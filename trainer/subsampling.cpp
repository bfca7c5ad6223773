#include "trainer/subsampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace word2vec {

double keep_probability(std::uint64_t count, std::uint64_t tokens, double sample) {
  if (sample <= 0 || count == 0) return 1;
  const double ratio = sample * static_cast<double>(tokens) / static_cast<double>(count);
  return std::min(1.0, std::sqrt(ratio) + ratio);
}

Subsampler::Subsampler(std::span<const std::uint64_t> counts, double sample) {
  const std::uint64_t tokens = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  thresholds_.reserve(counts.size());
  for (const std::uint64_t count : counts) {
    const double keep = keep_probability(count, tokens, sample);
    thresholds_.push_back(keep >= 1 ? UINT32_MAX : static_cast<std::uint32_t>(std::min(keep * 0x1.0p32, 0x1.0p32 - 2)));
  }
  while (!thresholds_.empty() && thresholds_.back() == UINT32_MAX) thresholds_.pop_back();
  thresholds_.push_back(UINT32_MAX);
}

}  // namespace word2vec
