// The names of instruction sets, and that only one which this processor has is accepted.
#include "corpus/simd.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

TEST(Simd, AutoIsTheBestAndBaselineIsAlwaysThere) {
  EXPECT_EQ(parse_simd("auto"), best_simd());
  EXPECT_EQ(parse_simd("baseline"), SimdLevel::baseline);
}

TEST(Simd, LevelsThatTheMachineHasAreAcceptedAndNoOthers) {
  const std::vector<SimdLevel> here = simd_levels();
  for (const SimdLevel level :
       {SimdLevel::baseline, SimdLevel::neon, SimdLevel::avx2, SimdLevel::avx512, SimdLevel::avx512bf16, SimdLevel::amx}) {
    if (std::find(here.begin(), here.end(), level) != here.end()) {
      EXPECT_EQ(parse_simd(simd_name(level)), level);
    } else {
      EXPECT_THROW(parse_simd(simd_name(level)), UsageError) << simd_name(level);
    }
  }
}

TEST(Simd, ArmHasNeonAndNothingElseHas) {
#if defined(__aarch64__)
  EXPECT_EQ(best_simd(), SimdLevel::neon);
  EXPECT_STREQ(simd_name(best_simd()), "neon");
#else
  EXPECT_THROW(parse_simd("neon"), UsageError);
#endif
}

TEST(Simd, UnknownNamesAreRefused) {
  for (const char* const name : {"", "AVX2", "sse", "avx", "autox", "avx2 "}) EXPECT_THROW(parse_simd(name), UsageError) << name;
}

}  // namespace
}  // namespace word2vec
