// The names of instruction sets, and that only one which this processor has is accepted.
#include "corpus/simd.h"

#include <gtest/gtest.h>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

TEST(Simd, AutoIsTheBestAndBaselineIsAlwaysThere) {
  EXPECT_EQ(parse_simd("auto"), best_simd());
  EXPECT_EQ(parse_simd("baseline"), SimdLevel::baseline);
}

TEST(Simd, LevelsUpToTheBestAreAccepted) {
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
    if (level <= best_simd()) {
      EXPECT_EQ(parse_simd(simd_name(level)), level);
    } else {
      EXPECT_THROW(parse_simd(simd_name(level)), UsageError);
    }
  }
}

TEST(Simd, NeonIsTheBaselineOfArmAndNowhereElse) {
#if defined(__aarch64__)
  EXPECT_EQ(parse_simd("neon"), SimdLevel::baseline);
#else
  EXPECT_THROW(parse_simd("neon"), UsageError);
#endif
}

TEST(Simd, UnknownNamesAreRefused) {
  for (const char* const name : {"", "AVX2", "sse", "avx", "autox", "avx2 "}) EXPECT_THROW(parse_simd(name), UsageError) << name;
}

}  // namespace
}  // namespace word2vec
