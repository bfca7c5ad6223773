#include "corpus/text/escape.h"

#include <gtest/gtest.h>

namespace word2vec {
namespace {

using namespace std::literals;

TEST(Escape, ShowsTextAndEscapesTheRest) {
  EXPECT_EQ(escaped("caf\u00e9 \u4e2d \U0001F600"), "caf\u00e9 \u4e2d \U0001F600");
  EXPECT_EQ(escaped("caf\xE9\xFF"), "caf\\xE9\\xFF");
  EXPECT_EQ(escaped("a\0\n\x1b[31m\x7f\u0085\u2028\u202e"sv),
            "a\\x00\\x0A\\x1B[31m\\x7F\\xC2\\x85\\xE2\\x80\\xA8\\xE2\\x80\\xAE");
  EXPECT_EQ(escaped("\xE6\x9D"), "\\xE6\\x9D");
  EXPECT_EQ(escaped(""), "");
}

TEST(Escape, CutsBetweenCharacters) {
  EXPECT_EQ(escaped("abcdef", 6), "abcdef");
  EXPECT_EQ(escaped("abcdef", 5), "abcde...");
  EXPECT_EQ(escaped("abcd\u4e2d", 6), "abcd...");
  EXPECT_EQ(escaped("abcd\u4e2d", 7), "abcd\u4e2d");
}

}  // namespace
}  // namespace word2vec
