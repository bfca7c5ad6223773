// Rows of decimals are those of the standard library, to the character, whatever the registers.
#include "trainer/embeddings/decimal_row.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "trainer/embeddings/decimal.h"

namespace word2vec {
namespace {

class DecimalRow : public testing::TestWithParam<SimdLevel> {
 protected:
  static std::string ours(const std::vector<float>& values, char separator = ' ') {
    std::string text(values.size() * decimal_room, '?');
    text.resize(static_cast<std::size_t>(print_decimals(text.data(), values, separator, GetParam()) - text.data()));
    return text;
  }

  static std::string theirs(const std::vector<float>& values, char separator = ' ') {
    std::string all;
    for (const float value : values) {
      char text[32];
      all.append(1, separator).append(text, std::to_chars(text, text + sizeof text, value).ptr);
    }
    return all;
  }
};

TEST_P(DecimalRow, IsAsTheLibraryPrintsEveryExponentAndItsEdges) {
  std::mt19937 random(5);
  for (std::uint32_t exponent = 0; exponent < 255; ++exponent) {
    std::vector<float> values;
    for (int i = 0; i < 2000; ++i) {
      const std::uint32_t fraction = i < 20   ? static_cast<std::uint32_t>(i)
                                     : i < 40 ? 0x7FFFFFU - static_cast<std::uint32_t>(i - 20)
                                              : static_cast<std::uint32_t>(random()) & 0x7FFFFFU;
      values.push_back(std::bit_cast<float>((i % 2 == 0 ? 0 : 0x80000000U) | exponent << 23 | fraction));
    }
    ASSERT_EQ(ours(values), theirs(values)) << exponent;
  }
}

TEST_P(DecimalRow, IsAsTheLibraryPrintsWhatPeopleWrite) {
  for (const float unit : {1.0F, 10.0F, 1000.0F, 1e5F, 1e7F}) {
    std::vector<float> values;
    for (int i = -200000; i <= 200000; ++i) values.push_back(static_cast<float>(i) / unit);
    ASSERT_EQ(ours(values), theirs(values)) << unit;
  }
}

TEST_P(DecimalRow, IsAsTheLibraryPrintsTrainedNumbersInRowsOfAllLengths) {
  std::mt19937 random(9);
  std::normal_distribution<float> usual(0, 0.2F);
  for (std::size_t length = 0; length < 300; ++length) {
    std::vector<float> values(length);
    for (float& value : values) value = usual(random);
    ASSERT_EQ(ours(values, '\t'), theirs(values, '\t')) << length;
  }
}

/// All floats in steps of a prime, so that what only some fractions show is met in one of the exponents.
TEST_P(DecimalRow, IsAsTheLibraryPrintsFloatsFromTheWholeRange) {
  std::vector<float> values;
  for (std::uint64_t bits = 0; bits < 0x7F800000U; bits += 1009)
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  ASSERT_EQ(ours(values), theirs(values));
}

TEST_P(DecimalRow, TouchesNoMoreThanItsRoom) {
  for (const float value : {-1.17549435e-38F, -0.00012345679F, -16383.999F, 0.1F, 0.0F, 3e38F}) {
    for (std::size_t count = 1; count < 20; ++count) {
      std::string text(count * decimal_room + 1, '#');
      print_decimals(text.data(), std::vector<float>(count, value), ' ', GetParam());
      EXPECT_EQ(text.back(), '#') << value << ' ' << count;
    }
  }
}

TEST_P(DecimalRow, IsReadBack) {
  std::mt19937 random(6);
  std::normal_distribution<float> usual(0, 0.3F);
  std::size_t by_the_library = 0;
  for (int i = 0; i < 100000; ++i) {
    const float value = usual(random);
    const std::string text = ours({value}) + " ";
    float back = 0;
    const char* const end = read_decimal(text.data() + 1, text.data() + text.size(), &back);
    by_the_library += end == nullptr;
    if (end == nullptr) continue;
    ASSERT_EQ(std::bit_cast<std::uint32_t>(back), std::bit_cast<std::uint32_t>(value)) << text;
  }
  EXPECT_LT(by_the_library, 100U);  // else it reads nothing fast
}

INSTANTIATE_TEST_SUITE_P(Levels, DecimalRow, testing::ValuesIn(simd_levels()),
                         [](const auto& tested) { return std::string(simd_name(tested.param)); });

}  // namespace
}  // namespace word2vec
