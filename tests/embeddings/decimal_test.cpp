// What is read fast is what the standard library reads, to the bit.
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
