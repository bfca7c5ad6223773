#include "corpus/text/text_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace word2vec {
namespace {

using namespace std::literals;

TextOptions unicode() {
  TextOptions options;
  options.breaks = WordBreaks::unicode;
  return options;
}

std::string filtered(std::string_view text, const TextOptions& options) { return std::string(TextFilter(options)(text)); }

TEST(TextFilter, WhiteSpaceAloneIsTidied) {
  EXPECT_EQ(filtered("  a \t b\r\n\n \v\f\nc.  d!\ne", TextOptions()), "a b\nc. d!\ne ");
  EXPECT_EQ(filtered("", TextOptions()), "");
  EXPECT_EQ(filtered(" \n\r\n", TextOptions()), "");
  EXPECT_TRUE(TextOptions().leave_text());
  EXPECT_FALSE(unicode().leave_text());
}

TEST(TextFilter, UnicodeWordsAndSentences) {
  EXPECT_EQ(filtered("\"It's 3.14.\" He said so.\r\nNa\u00efve \u2014 no?  Yes.\n\n...\n", unicode()),
            "It's 3.14\nHe said so\nNa\u00efve no\nYes\n");
  EXPECT_EQ(filtered("No end", unicode()), "No end ");
}

TEST(TextFilter, LowersAllScriptsWhateverTheLocale) {
  for (TextOptions options : {TextOptions(), unicode()}) {
    options.lowercase = true;
    EXPECT_EQ(filtered("ABC \u00c9T\u00c9 \u041c\u0418\u0420 \u039f\u0394\u039f\u03a3 I \u0130 \u01c4\n", options),
              "abc \u00e9t\u00e9 \u043c\u0438\u0440 \u03bf\u03b4\u03bf\u03c2 i i\u0307 \u01c6\n");
  }
}

TEST(TextFilter, NormalizesBeforeAndAfterTheLowerCase) {
  TextOptions options;
  options.normalization = Normalization::nfc;
  EXPECT_EQ(filtered("cafe\u0301 \ufb01 A\u030a\n", options), "caf\u00e9 \ufb01 \u00c5\n");
  options.normalization = Normalization::nfkc;
  EXPECT_EQ(filtered("\ufb01n\u2460 a\u00a0b \uff21\uff11\n", options), "fin1 a b A1\n")
      << "the no-break space is a space in NFKC";
  options.lowercase = true;
  EXPECT_EQ(filtered("H\u0331 \uff21\n", options), "\u1e96 a\n") << "the lower case has a code point of its own";
  options.breaks = WordBreaks::unicode;
  EXPECT_EQ(filtered("\uff28\uff29\uff0e \u00bd H\u0331\n", options), "hi\n1\u20442 \u1e96\n");
}

TEST(TextFilter, ZeroesDigits) {
  for (TextOptions options : {TextOptions(), unicode()}) {
    options.digits = Digits::zero;
    EXPECT_EQ(filtered("in 1984 B2B 3.14 \u0663\u0664 \uff15 \u00e9t\u00e97\n", options),
              "in 0000 B0B 0.00 00 0 \u00e9t\u00e90\n");
  }
}

TEST(TextFilter, SpellsDigits) {
  TextOptions options;
  options.digits = Digits::spell;
  EXPECT_EQ(filtered("42 a1b 0123456789\n3.5 \u00e97 9\n", options),
            "four two a one b zero one two three four five six seven eight nine\nthree . five \u00e9 seven nine\n");
  options.breaks = WordBreaks::unicode;
  EXPECT_EQ(filtered("Pi is 3.14. B2B x_1 3\ufe0f\u20e3 1,000\n", options),
            "Pi is three one four\nB two B x_ one three one zero zero zero\n")
      << "marks between digits are no words";
}

TEST(TextFilter, LeavesDocTagsOutWhenAsked) {
  const std::string text = "<doc id=\"1\" title=\"A > B\">\nA\n</doc>\r\n <doc>\nsee <doc x>\n</docs>\n<doc x\n</doc>";
  TextOptions options;
  EXPECT_EQ(filtered("<doc a>\n", options), "<doc a>\n");
  options.skip_doc_tags = true;
  TextFilter filter(options);
  EXPECT_EQ(filter(text), "A\nsee <doc x>\n</docs>\n<doc x\n");
  EXPECT_EQ(filter.account().doc_tag_lines, 4U);
  EXPECT_EQ(filter("</doc>\nb\n", true), "</doc>\nb\n") << "within a line";
  EXPECT_EQ(filter.account().doc_tag_lines, 4U);
}

TEST(TextFilter, CountsInvalidSequencesAndKeepsThemInTheirWords) {
  TextOptions lower;
  lower.lowercase = true;
  TextOptions all = unicode();
  all.lowercase = true;
  all.normalization = Normalization::nfkc;
  for (const TextOptions& options : {lower, all}) {
    TextFilter filter(options);
    const std::string damaged = "good\na Caf\xE9 b \xF0\x9F\x98 \xED\xA0\x80 N\0L"s;
    EXPECT_EQ(filter("Good\nA Caf\xE9 B \xF0\x9F\x98 \xED\xA0\x80 N\0L \ufffd\n"sv),
              damaged + (options.breaks == WordBreaks::unicode ? "\n" : " \ufffd\n"))
        << "a damaged word is left as it was";
    EXPECT_EQ(filter.account().invalid_sequences, 6U) << "one, one, three and one";
    EXPECT_EQ(filter.first_invalid(), 10U);
    filter("fine\n");
    EXPECT_EQ(filter.first_invalid(), std::string::npos);
    EXPECT_EQ(filter.account().invalid_sequences, 6U);
  }
}

class TextFilterCuts : public ::testing::TestWithParam<int> {
 protected:
  static TextOptions options(int number) {
    TextOptions chosen;
    chosen.breaks = number % 2 == 0 ? WordBreaks::whitespace : WordBreaks::unicode;
    chosen.lowercase = number >= 2;
    chosen.digits = static_cast<Digits>(number % 3);
    chosen.normalization = number >= 4 ? Normalization::nfkc : Normalization::none;
    chosen.skip_doc_tags = number % 2 == 1;
    return chosen;
  }
  static std::string random_text(std::mt19937& random) {
    const std::string_view parts[] = {"a",      "Bc",         " ",      " ",           "\n",     "\r\n",   ".",   "! ",
                                      "42",     "'",          "\xFF",   "\u00e9",      "\u4e2d", "\u56fd", "\t",  "\0"sv,
                                      "\u0301", "\U0001F600", "</doc>", "\n<doc x>\n", "\u2028", "\u00a0", "\n\n"};
    std::string text;
    for (std::size_t i = random() % 60; i > 0; --i) text += parts[random() % std::size(parts)];
    return text;
  }
};

TEST_P(TextFilterCuts, BlocksOfWholeLinesGiveTheSame) {
  std::mt19937 random(17);
  TextFilter whole(options(GetParam())), parts(options(GetParam()));
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    const std::string expected(whole(text));
    std::string joined;
    std::size_t from = 0;
    while (from < text.size()) {
      std::size_t end = text.find('\n', from + random() % (text.size() - from));
      end = end == std::string::npos ? text.size() : end + 1;
      joined += parts(std::string_view(text).substr(from, end - from));
      from = end;
    }
    ASSERT_EQ(joined, expected) << round;
  }
  EXPECT_EQ(parts.account().invalid_sequences, whole.account().invalid_sequences);
  EXPECT_EQ(parts.account().doc_tag_lines, whole.account().doc_tag_lines);
  EXPECT_GT(whole.account().invalid_sequences, 1000U);
}

INSTANTIATE_TEST_SUITE_P(Options, TextFilterCuts, ::testing::Range(0, 6));

TEST(TextFilter, LinesCutAtWhiteSpaceGiveTheSameWords) {
  TextOptions options;
  options.lowercase = true;
  options.digits = Digits::spell;
  options.normalization = Normalization::nfc;
  const std::string text = "Abc 12 d3f  e\u0301\u4e2d\xFF\n \n g\n\nH 4\n";
  const std::string expected = filtered(text, options);
  EXPECT_EQ(expected, "abc one two d three f \u00e9\u4e2d\xFF\ng\nh four\n");
  TextFilter filter(options);
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    const char before = text[cut - 1];
    if (before != ' ' && before != '\n') continue;
    std::string joined(filter(std::string_view(text).substr(0, cut)));
    const std::string_view rest = filter(std::string_view(text).substr(cut), before == ' ');
    if (rest.starts_with('\n') && !joined.empty()) joined.pop_back();  // the space before a line's end
    const bool empty_line = rest.starts_with('\n') && (joined.empty() || joined.back() == '\n');
    joined += rest.substr(empty_line ? 1 : 0);
    EXPECT_EQ(joined, expected) << cut;
  }
}

TEST(TextFilter, ALineThatGoesOnKeepsItsSentenceOpen) {
  TextFilter filter(unicode());
  EXPECT_EQ(filter("one two "), "one two ");
  EXPECT_EQ(filter("three\nfour", true), "three\nfour ");
  EXPECT_EQ(filter("\nfive\n", true), "\nfive\n") << "its end counts, though no word is before it";
  EXPECT_EQ(filter("\nfive\n"), "five\n");
}

TEST(TextFilter, LongLinesLoseNothing) {
  std::string words, letters;
  for (std::size_t i = 0; words.size() < 1'500'000; ++i) words.append("w").append(std::to_string(i * i % 1000003)).append(" ");
  words.back() = '\n';
  TextOptions lower;
  lower.lowercase = true;
  EXPECT_TRUE(filtered(words, lower) == words);
  EXPECT_TRUE(filtered(words, unicode()) == words);

  while (letters.size() < 1'500'000) letters += "\u4e2d\u56fd\u4eba\u6c11";
  EXPECT_TRUE(filtered(letters + "\n", lower) == letters + "\n");
  std::string parted = filtered(letters + "\n", unicode());
  EXPECT_EQ(std::ranges::count(parted, '\n'), 1);
  std::erase(parted, ' ');
  EXPECT_TRUE(parted == letters + "\n");

  const std::string damage(1'500'000, '\xFF');
  TextFilter filter(unicode());
  std::string kept(filter(damage));
  std::erase(kept, ' ');
  EXPECT_TRUE(kept == damage);
  EXPECT_EQ(filter.account().invalid_sequences, damage.size());
}

}  // namespace
}  // namespace word2vec
