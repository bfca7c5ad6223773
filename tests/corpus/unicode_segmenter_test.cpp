#include "corpus/text/unicode_segmenter.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace word2vec {
namespace {

using namespace std::literals;

/// The words by " ", sentences by " / ", an invalid word in "<>".
std::string split(std::string_view line) {
  static UnicodeSegmenter segmenter;
  std::vector<Segment> words;
  segmenter.split(line, words);
  std::string text;
  for (const Segment& word : words) {
    if (!text.empty()) text += word.starts_sentence ? " / " : " ";
    const std::string bytes(line.substr(word.begin, word.end - word.begin));
    text += word.valid ? bytes : "<" + bytes + ">";
  }
  return text;
}

TEST(UnicodeSegmenter, KeepsWhatHasLettersOrNumbers) {
  EXPECT_EQ(split("Don't stop: the \u201cquick\u201d (brown) fox\u2019s well-known \u2014 no?"),
            "Don't stop the quick brown fox\u2019s well known no");
  EXPECT_EQ(split("3.14 and 1,000, or 50% of $9.99"), "3.14 and 1,000 or 50 of 9.99");
  EXPECT_EQ(split("www.example.com a_b x+y"), "www.example.com a_b x y");
  EXPECT_EQ(split("... -- !? @ \u2026 \u00ab \u00bb \u3001 _ __ \u20ac \u2192"), "");
  EXPECT_EQ(split(""), "");
  EXPECT_EQ(split("a\u00a0b\u2028c\u3000d\u200be"), "a b / c d e") << "spaces of other kinds; U+2028 ends a sentence";
}

TEST(UnicodeSegmenter, KeepsMarksWithTheirLetters) {
  EXPECT_EQ(split("cafe\u0301 \u0301a n\u0303o"), "cafe\u0301 a n\u0303o");
  EXPECT_EQ(split("co\u00adoperate"), "co\u00adoperate") << "the soft hyphen";
  EXPECT_EQ(split("\ufeffThe a\ufeffb"), "The a\ufeffb") << "the byte order mark: none at the start of a word";
  EXPECT_EQ(split("\u0645\u0650\u0635\u0652\u0631 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
            "\u0645\u0650\u0635\u0652\u0631 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
      << "Arabic vowels, and the joiner inside a Persian word";
}

TEST(UnicodeSegmenter, KeepsEmojiThatAreShownAsPictures) {
  EXPECT_EQ(split("hi \U0001F600!"), "hi \U0001F600");
  EXPECT_EQ(split("\U0001F468\u200d\U0001F469\u200d\U0001F467\U0001F44D\U0001F3FD"),
            "\U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F44D\U0001F3FD")
      << "a family is one word; a hand has its colour";
  EXPECT_EQ(split("\u2764\ufe0f \u2764 \u00a9 \U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7"),
            "\u2764\ufe0f \U0001F1E9\U0001F1EA \U0001F1EB\U0001F1F7")
      << "symbols that are shown as text are none; two letters make a flag";
}

TEST(UnicodeSegmenter, SplitsByDictionary) {
  EXPECT_EQ(split("\u4e2d\u56fd\u4eba\u6c11\u94f6\u884c\u6210\u7acb\u4e86\u3002\u4f60\u597d\u5417\uff1f"),
            "\u4e2d\u56fd \u4eba\u6c11 \u94f6\u884c \u6210\u7acb \u4e86 / \u4f60\u597d \u5417");
  EXPECT_EQ(split("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01"),
            "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0e0a\u0e32\u0e27 \u0e42\u0e25\u0e01");
}

TEST(UnicodeSegmenter, EndsSentences) {
  EXPECT_EQ(split("One. Two? (Three!) four, e.g. five. Version 2.0 of U.S. law"),
            "One / Two / Three / four e.g five / Version 2.0 of U.S law");
  EXPECT_EQ(split("\u05d0.\u05d1 \u05d2"), "\u05d0.\u05d1 / \u05d2") << "a sentence that ends inside a word ends after it";
}

TEST(UnicodeSegmenter, MakesNoWordOfHalfADamagedOne) {
  EXPECT_EQ(split("ok caf\xE9 fin"), "ok <caf\xE9> fin");
  EXPECT_EQ(split("na\xEFve"), "<na\xEFve>");
  EXPECT_EQ(split("\xFF"), "<\xFF>");
  EXPECT_EQ(split("a\0b"sv), "<a\0b>"s);
  EXPECT_EQ(split("a, \xFF\xFE b"), "a <\xFF\xFE> b");
  EXPECT_EQ(split("x. \xC3"), "x / <\xC3>");
  EXPECT_EQ(split("\u4e2d\u56fd\u4eba\u6c11\xFF\u94f6\u884c\u6210\u7acb"),
            "\u4e2d\u56fd <\u4eba\u6c11\xFF\u94f6\u884c> \u6210\u7acb")
      << "only the words that touch it";
  EXPECT_EQ(split("a \ufffd b"), "a b") << "U+FFFD itself is a symbol";
}

TEST(UnicodeSegmenter, MarksEveryMalformedClass) {
  for (const auto bad :
       {"\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xF0\x80\x80\xAF"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xF4\x90\x80\x80"sv,
        "\xF8\x88\x80\x80\x80"sv, "\xFF"sv, "\x80"sv, "\xC3"sv, "\xE6\x9D"sv, "\xF0\x9F\x98"sv, "\0"sv}) {
    const std::string word = "x" + std::string(bad) + "y";
    EXPECT_EQ(split("a " + word + " b"), "a <" + word + "> b");
    EXPECT_EQ(split(bad), "<" + std::string(bad) + ">");
  }
}

/// The same by ICU alone, over its own string class.
std::string by_icu(const std::string& line) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const std::unique_ptr<icu::BreakIterator> sentences(icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);
  words->setText(text);
  sentences->setText(text);
  std::string expected;
  std::int32_t last = 0;
  for (std::int32_t begin = 0, end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
    const icu::UnicodeString word = text.tempSubStringBetween(begin, end);
    bool only_marks = true;
    for (std::int32_t i = 0; i < word.length(); ++i)
      only_marks &= u"_\u0301\u00ad\u200d\ufeff"s.find(word[i]) != std::u16string::npos;
    if (words->getRuleStatus() < UBRK_WORD_NONE_LIMIT || only_marks) continue;
    bool new_sentence = false;
    for (std::int32_t i = last; i <= begin; ++i) new_sentence |= i > last && sentences->isBoundary(i) != 0;
    last = begin;
    if (!expected.empty()) expected += new_sentence ? " / " : " ";
    word.toUTF8String(expected);
  }
  return expected;
}

TEST(UnicodeSegmenter, FindsWhatIcuFinds) {
  // No emoji: they are kept by a rule of ours.
  const std::u32string alphabet =
      U"aZ\u00e9\u0301'\u2019.,:;-_!?\"() \t\r\u0085\u00a0\u00ad\u200b\u200d\u2028\u20293\u0663"
      U"\u05d0\u0628\u0430\u0410\u4e2d\u56fd\u3042\u30ab\u30fc\ud55c\u0e01\u0e32\u3002\uff0e\uff1f\uffe5\ufeff\ufffd\U00020000";
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    icu::UnicodeString text;
    const std::size_t length = 1 + random() % 24;
    for (std::size_t i = 0; i < length; ++i) text.append(static_cast<UChar32>(alphabet[random() % alphabet.size()]));
    std::string line;
    text.toUTF8String(line);
    ASSERT_EQ(split(line), by_icu(line)) << line;
  }
}

}  // namespace
}  // namespace word2vec
