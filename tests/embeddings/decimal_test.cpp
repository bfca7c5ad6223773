// The fast decimals are those of the standard library, to the character and to the bit.
#include "trainer/embeddings/decimal.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

namespace word2vec {
namespace {

std::string ours(float value) {
  char text[decimal_room];
  return {text, print_decimal(text, value)};
}

std::string theirs(float value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// Reading goes on past the decimal's end: what follows must not matter.
void expect_read(const std::string& decimal, bool by_the_library_is_fine) {
  float expected = 0, found = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), expected);
  for (const char* const behind : {"", " ", "\n123456789", " 99999999 99999999"}) {
    const std::string text = decimal + behind;
    const char* const end = read_decimal(text.data(), text.data() + text.size(), &found);
    if (end == nullptr && by_the_library_is_fine) continue;
    ASSERT_EQ(end, text.data() + decimal.size()) << decimal;
    ASSERT_EQ(std::bit_cast<std::uint32_t>(found), std::bit_cast<std::uint32_t>(expected)) << decimal;
  }
}

TEST(Decimal, PrintsAsTheLibraryEveryExponentAndItsEdges) {
  std::mt19937 random(5);
  std::size_t different = 0;
  for (std::uint32_t exponent = 0; exponent < 255; ++exponent) {
    for (int i = 0; i < 2000; ++i) {
      const std::uint32_t fraction = i < 20   ? static_cast<std::uint32_t>(i)
                                     : i < 40 ? 0x7FFFFFU - static_cast<std::uint32_t>(i - 20)
                                              : static_cast<std::uint32_t>(random()) & 0x7FFFFFU;
      const float value = std::bit_cast<float>((i % 2 == 0 ? 0 : 0x80000000U) | exponent << 23 | fraction);
      if (ours(value) != theirs(value) && different++ == 0) ADD_FAILURE() << ours(value) << " for " << theirs(value);
    }
  }
  EXPECT_EQ(different, 0U);
}

TEST(Decimal, PrintsAsTheLibraryWhatPeopleWrite) {
  for (int i = -200000; i <= 200000; ++i) {
    for (const float unit : {1.0F, 10.0F, 1000.0F, 1e5F}) {
      const float value = static_cast<float>(i) / unit;
      ASSERT_EQ(ours(value), theirs(value));
    }
  }
}

TEST(Decimal, ReadsBackWhatItPrints) {
  std::mt19937 random(6);
  std::normal_distribution<float> usual(0, 0.3F);
  std::size_t by_the_library = 0;
  for (int i = 0; i < 100000; ++i) {
    const float value = usual(random);
    const std::string text = ours(value) + " ";
    float back = 0;
    const char* const end = read_decimal(text.data(), text.data() + text.size(), &back);
    by_the_library += end == nullptr;
    if (end == nullptr) continue;
    ASSERT_EQ(std::bit_cast<std::uint32_t>(back), std::bit_cast<std::uint32_t>(value)) << text;
  }
  EXPECT_LT(by_the_library, 100U);  // else it reads nothing fast
}

TEST(Decimal, ReadsAsTheLibrary) {
  for (const char* const text : {"0",
                                 "-0",
                                 "0.0",
                                 "1",
                                 "-1",
                                 "00012",
                                 "5.",
                                 ".5",
                                 "-.5",
                                 "1e5",
                                 "1E-5",
                                 "1e+5",
                                 "12345678",
                                 "123456789",
                                 "0.12345678",
                                 "0.123456789",
                                 "16777217",
                                 "16777216.5",
                                 "1.00000011920928955078125",
                                 "9007199254740993",
                                 "3.4028235e38",
                                 "1e22",
                                 "1e23",
                                 "1e-22",
                                 "1.1754944e-38",
                                 "1e-45",
                                 "1e-60",
                                 "0e99",
                                 "0.00000000000000000001",
                                 "12345678901234567890123"}) {
    expect_read(text, true);
  }
  std::mt19937_64 random(7);
  for (int i = 0; i < 200000; ++i) {
    // All lengths of digits, the point anywhere.
    std::string digits = std::to_string(random() >> (random() % 64));
    digits.insert(random() % (digits.size() + 1), ".");
    expect_read((i % 2 == 0 ? "-" : "") + digits + (i % 8 == 0 ? "e-" + std::to_string(random() % 20) : ""), true);
  }
}

TEST(Decimal, HalfwayBetweenTwoFloatsGoesToTheEvenOne) {
  std::mt19937 random(8);
  for (int i = 0; i < 10000; ++i) {
    const double low = std::ldexp(static_cast<double>((random() & 0x7FFFFFU) | 0x800000U), -20);
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, low + std::ldexp(0.5, -20), std::chars_format::fixed);
    expect_read({text, end.ptr}, true);
  }
}

TEST(Decimal, LeavesToTheLibraryWhatIsNoDecimal) {
  for (const std::string text : {"", "-", ".", "x", "+1", "--1", "e5", "nan", "inf", "1e", "1e+", "-e", " 1"}) {
    float value = 0;
    EXPECT_EQ(read_decimal(text.data(), text.data() + text.size(), &value), nullptr) << text;
  }
}

}  // namespace
}  // namespace word2vec
