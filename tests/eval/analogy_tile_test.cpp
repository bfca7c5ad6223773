#include "eval/analogy_tile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

TEST(AnalogyTileTest, ScoresAndCountsAsTheFormulasDo) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> cosine(-1, 1);
  for (const SimdLevel level : simd_levels()) {
    for (const std::size_t count : {16, 48, 256}) {
      std::vector<float> a(count), b(count), c(count), scores(count);
      for (auto* line : {&a, &b, &c}) std::generate(line->begin(), line->end(), [&] { return cosine(random); });
      for (const AnalogyMethod method : {AnalogyMethod::cos_add, AnalogyMethod::cos_mul}) {
        const OverBars over = score_tile(method, a.data(), b.data(), c.data(), count, 0.25F, 0.5F, scores.data(), level);
        std::size_t first = 0, second = 0;
        for (std::size_t r = 0; r < count; ++r) {
          const double x = a[r], y = b[r], z = c[r];
          const double want = method == AnalogyMethod::cos_add ? y - x + z : (y + 1) / 2 * ((z + 1) / 2) / ((x + 1) / 2 + 0.001);
          EXPECT_NEAR(scores[r], want, 1e-5 * std::max(1.0, want));
          first += scores[r] > 0.25F ? 1 : 0;
          second += scores[r] > 0.5F ? 1 : 0;
        }
        EXPECT_EQ(over.first, first);
        EXPECT_EQ(over.second, second);
      }
    }
  }
}

TEST(AnalogyTileTest, AScoreHasTheSameBitsInAnyPlaceAndABarIsNotAboveItself) {
  const std::vector<float> a(64, 0.3F), b(64, -0.7F), c(64, 0.11F);
  for (const SimdLevel level : simd_levels()) {
    for (const AnalogyMethod method : {AnalogyMethod::cos_add, AnalogyMethod::cos_mul}) {
      std::vector<float> scores(64);
      const float lowest = -std::numeric_limits<float>::infinity();
      EXPECT_EQ(score_tile(method, a.data(), b.data(), c.data(), 64, lowest, lowest, scores.data(), level).first, 64U);
      for (const float score : scores) EXPECT_EQ(std::memcmp(&score, scores.data(), sizeof score), 0);
      const OverBars over = score_tile(method, a.data(), b.data(), c.data(), 64, scores[0], lowest, scores.data(), level);
      EXPECT_EQ(over.first, 0U);
      EXPECT_EQ(over.second, 64U);
    }
  }
}

}  // namespace
}  // namespace word2vec
