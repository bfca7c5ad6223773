#include "corpus/unicode.h"

#include <gtest/gtest.h>

#include <string>

namespace word2vec {
namespace {

using namespace std::literals;

TEST(Unicode, AcceptsWellFormed) {
  for (const auto word : {"a"sv, "z\u00fcrich"sv, "\u6771\u4eac"sv, "\U0001F600"sv, "\uFFFF"sv, "\U0010FFFF"sv, "\u007f\x01"sv}) {
    EXPECT_TRUE(is_valid_word(word)) << word;
  }
}

TEST(Unicode, RefusesEveryMalformedClass) {
  EXPECT_FALSE(is_valid_word("\xC0\xAF")) << "overlong, two bytes";
  EXPECT_FALSE(is_valid_word("\xE0\x80\xAF")) << "overlong, three bytes";
  EXPECT_FALSE(is_valid_word("\xF0\x80\x80\xAF")) << "overlong, four bytes";
  EXPECT_FALSE(is_valid_word("\xED\xA0\x80")) << "high surrogate";
  EXPECT_FALSE(is_valid_word("\xED\xBF\xBF")) << "low surrogate";
  EXPECT_FALSE(is_valid_word("\xF4\x90\x80\x80")) << "past U+10FFFF";
  EXPECT_FALSE(is_valid_word("\xF8\x88\x80\x80\x80")) << "five bytes";
  EXPECT_FALSE(is_valid_word("\xFF")) << "never a byte of UTF-8";
  EXPECT_FALSE(is_valid_word("\x80")) << "lone continuation";
  EXPECT_FALSE(is_valid_word("ab\xC3")) << "truncated at the end";
  EXPECT_FALSE(is_valid_word("\xE6\x9D")) << "truncated at the end";
  EXPECT_FALSE(is_valid_word("\xE6\x9Dx")) << "truncated by another character";
  EXPECT_FALSE(is_valid_word("a\0b"sv)) << "NUL";
  EXPECT_FALSE(is_valid_word("caf\xE9")) << "Latin-1";
}

TEST(Unicode, FindsOneBadByteInAWordOfAnyLength) {
  for (std::size_t size = 1; size <= 40; ++size) {
    const std::string good(size, '\x01');
    EXPECT_TRUE(is_valid_word(good)) << size;
    for (std::size_t place = 0; place < size; ++place) {
      for (const char bad : {'\0', '\x80', '\xFF'}) {
        std::string word = good;
        word[place] = bad;
        EXPECT_FALSE(is_valid_word(word)) << size << " bytes, number " << place;
      }
    }
  }
}

TEST(Unicode, FoldsFully) {
  EXPECT_EQ(case_folded("Stra\u00dfe"), "strasse");
  EXPECT_EQ(case_folded("\u00c9T\u00c9"), "\u00e9t\u00e9");
  EXPECT_EQ(case_folded("\u03a3\u03c2\u03c3"), "\u03c3\u03c3\u03c3");
  EXPECT_EQ(case_folded(""), "");
  EXPECT_EQ(case_folded("I"), "i") << "whatever the locale";
}

TEST(Unicode, LeavesMalformedAlone) { EXPECT_EQ(case_folded("ABC\xFF"), "ABC\xFF"); }

}  // namespace
}  // namespace word2vec
