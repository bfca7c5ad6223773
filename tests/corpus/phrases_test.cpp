#include "corpus/phrases.h"

#include <cmath>
#include <map>
#include <random>
#include <sstream>

#include "corpus/filter_pass.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/phrase_joiner.h"
#include "corpus/text/text_filters.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Line = std::vector<std::string>;

std::vector<Line> lines_of(const std::string& text) {
  std::vector<Line> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    lines.emplace_back();
    for (std::string word; words >> word;) lines.back().push_back(word);
  }
  return lines;
}

std::string text_of(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) text += (i == 0 ? "" : " ") + line[i];
    text += '\n';
  }
  return text;
}

/// The naive twin of all of it: one pass over lines of words, by maps, in double precision. Returns how many phrases there are.
std::size_t twin_pass(std::vector<Line>& lines, const PhraseOptions& options, double threshold) {
  std::map<std::string, double> words;
  std::map<std::pair<std::string, std::string>, double> pairs;
  double tokens = 0;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      ++tokens;
      ++words[line[i]];
      if (i > 0) ++pairs[{line[i - 1], line[i]}];
    }
  }
  const auto least = static_cast<double>(options.min_count);
  const auto wanted = [&](const std::string& first, const std::string& second) {
    const double a = words[first], b = words[second], ab = pairs[{first, second}];
    if (a < least || b < least) return false;
    if (options.score == PhraseScore::word2phrase) return (ab - least) / a / b * tokens > threshold;
    return ab >= least && std::log(ab / tokens / (a / tokens * (b / tokens))) / -std::log(ab / tokens) > threshold;
  };
  std::size_t phrases = 0;
  for (const auto& [pair, count] : std::map(pairs)) phrases += wanted(pair.first, pair.second) ? 1 : 0;
  for (Line& line : lines) {
    Line joined;
    for (std::size_t i = 0; i < line.size(); ++i) {
      joined.push_back(line[i]);
      if (i + 1 < line.size() && wanted(line[i], line[i + 1])) joined.back() += options.join + line[++i];
    }
    line = joined;
  }
  return phrases;
}

class PhrasesTest : public Scratch {
 protected:
  CorpusOptions options(const std::string& file) const {
    CorpusOptions chosen;
    chosen.files = {file};
    chosen.spill_folder = folder_;
    return chosen;
  }
  static std::string joined_text(CorpusOptions corpus, const Phrases& phrases) {
    corpus.phrases = std::make_shared<const PhraseTables>(phrases);
    TextFilters filters(corpus.text, corpus.phrases);
    std::string text;
    filter_text(filters.filtered(corpus), {}, [&](std::string_view piece) { text += piece; });
    std::uint64_t words = 0;
    for (const Line& line : lines_of(text)) words += line.size();
    EXPECT_EQ(words + filters.joined(), phrases.account.tokens);
    return text;
  }
  static std::string saved(const Phrases& phrases, const std::string& file) {
    OutputFile out(file);
    save_phrases(phrases, out);
    return read(file);
  }
  /// Words by Zipf's law, some of which like to follow some others, in lines of `line_words` on average.
  static std::string random_text(std::size_t words, std::uint64_t line_words, std::uint64_t seed = 5) {
    std::mt19937_64 random(seed);
    std::string text;
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < words; ++i) {
      const std::uint64_t word = random() % 3 == 0 ? last * 7 % 300 : random() % (1 + random() % 300);
      text += "w" + std::to_string(word);
      text += random() % line_words == 0 ? "\n" : random() % 9 == 0 ? " \t" : " ";
      last = word;
    }
    return text + "\n";
  }
};

TEST_F(PhrasesTest, AreThoseOfTheNaiveTwin) {
  for (const std::uint64_t line_words : {10ULL, 1ULL << 40}) {
    const std::string text = random_text(20000, line_words), file = write("t", text);
    for (const PhraseOptions& asked :
         {PhraseOptions{.thresholds = {3}}, PhraseOptions{.thresholds = {20, 10, 5}, .min_count = 3, .join = "+"},
          PhraseOptions{.thresholds = {0, 0}, .min_count = 0}, PhraseOptions{.score = PhraseScore::npmi, .thresholds = {.3, .2}},
          PhraseOptions{.thresholds = {1e9}}}) {
      std::vector<Line> lines = lines_of(text);
      const Phrases found = find_phrases(options(file), asked);
      ASSERT_EQ(found.passes.size(), asked.thresholds.size());
      for (std::size_t pass = 0; pass < asked.thresholds.size(); ++pass) {
        EXPECT_EQ(found.passes[pass].phrases.size(), twin_pass(lines, asked, asked.thresholds[pass]));
      }
      EXPECT_EQ(found.size() > 10, asked.thresholds[0] < 1e9) << "a test of nothing";
      EXPECT_TRUE(joined_text(options(file), found) == text_of(lines)) << asked.thresholds[0] << ' ' << line_words;
    }
  }
}

TEST_F(PhrasesTest, ThreadsBlocksAndMemoryChangeNothing) {
  for (const std::uint64_t line_words : {10ULL, 1ULL << 40}) {
    CorpusOptions corpus = options(write("t", random_text(20000, line_words)));
    const PhraseOptions asked{.thresholds = {5, 2}};
    const Phrases expected = find_phrases(corpus, asked);
    const std::string list = saved(expected, path("list")), text = joined_text(corpus, expected);
    EXPECT_EQ(expected.passes[0].spilled, 0U);
    for (const std::uint32_t threads : {1U, 2U, 7U}) {
      for (const std::size_t block : {1UL, 50UL, 4096UL}) {
        corpus.threads = threads;
        corpus.block_bytes = block;
        corpus.memory_bytes = block == 50 ? 1 << 19 : 1 << 30;
        const Phrases found = find_phrases(corpus, asked);
        EXPECT_EQ(found.passes[0].spilled != 0, block == 50);
        EXPECT_EQ(found.passes[0].bigrams, expected.passes[0].bigrams);
        EXPECT_EQ(found.passes[1].distinct, expected.passes[1].distinct);
        EXPECT_TRUE(saved(found, path("list")) == list) << threads << " threads, blocks of " << block;
        EXPECT_TRUE(joined_text(corpus, found) == text) << threads << " threads, blocks of " << block;
      }
    }
  }
}

TEST_F(PhrasesTest, PassesAreRunsOneAfterTheOther) {
  const std::string file = write("t", random_text(20000, 100));
  const Phrases both = find_phrases(options(file), {.thresholds = {10, 4}});
  const Phrases first = find_phrases(options(file), {.thresholds = {10}});
  const std::string between = write("between", joined_text(options(file), first));
  const Phrases second = find_phrases(options(between), {.thresholds = {4}});
  EXPECT_EQ(joined_text(options(file), both), joined_text(options(between), second));
  EXPECT_EQ(both.passes[1].tokens, second.passes[0].tokens);
  EXPECT_EQ(both.passes[1].distinct, second.passes[0].distinct);
}

TEST_F(PhrasesTest, CountsWithinLinesAndAcrossRareWords) {
  // Never side by side in a line: parted by line ends, by words of their own, by the end of a file.
  std::string text;
  for (int i = 0; i < 20; ++i) text += "b rare" + std::to_string(i) + " a\n";
  CorpusOptions corpus = options(write("1", text));
  corpus.files.push_back(write("2", text));
  Phrases found = find_phrases(corpus, {.thresholds = {0}, .min_count = 3});
  EXPECT_EQ(found.passes[0].bigrams, 0U);
  EXPECT_EQ(found.size(), 0U);
  found = find_phrases(corpus, {.thresholds = {0}, .min_count = 0});
  EXPECT_EQ(found.passes[0].bigrams, 80U);
  EXPECT_EQ(found.passes[0].distinct, 40U);
}

TEST_F(PhrasesTest, JoinsWhatTheOtherFiltersMakeOfTheText) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "\"New York\", " + std::to_string(i) + " new YORK! x" + std::to_string(i) + ' ';
  CorpusOptions corpus = options(write("t", text));
  corpus.text = {.breaks = WordBreaks::unicode, .lowercase = true};
  std::string expected;
  for (const std::size_t block : {1UL << 18, 40UL}) {
    corpus.block_bytes = block;
    const Phrases found = find_phrases(corpus, {.thresholds = {1}});
    ASSERT_EQ(found.size(), 1U) << block;
    EXPECT_EQ(found.passes[0].phrases[0].count, 60U);
    const std::string joined = joined_text(corpus, found);
    EXPECT_EQ(joined.find("york "), joined.find("new_york ") + 4);
    if (expected.empty()) expected = joined;
    EXPECT_EQ(lines_of(joined).front(), lines_of(expected).front());
  }
}

TEST_F(PhrasesTest, WordsThatAreNotUtf8AreLeftAlone) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "a b \xFF\xFE c\n";
  const std::string file = write("t", text);
  const Phrases found = find_phrases(options(file), {.thresholds = {1}});
  EXPECT_EQ(found.size(), 1U);
  EXPECT_TRUE(joined_text(options(file), found).starts_with("a_b \xFF\xFE c\n"));
}

TEST_F(PhrasesTest, TextWithoutFrequentWordsHasNone) {
  const std::string file = write("t", "a b c\n\nd e f");
  const Phrases found = find_phrases(options(file), {});
  EXPECT_EQ(found.size(), 0U);
  EXPECT_EQ(joined_text(options(file), found), "a b c\n\nd e f\n");
}

TEST_F(PhrasesTest, AreListedByFrequency) {
  std::string text;
  for (int i = 0; i < 9; ++i) text += "p q x" + std::to_string(i) + "\n";
  for (int i = 0; i < 30; ++i) text += "a b c y" + std::to_string(i) + "\n";
  const Phrases found = find_phrases(options(write("t", text)), {.thresholds = {4, 2}});
  EXPECT_EQ(saved(found, path("list")), "a_b\t30\t4.08333\t1\nb_c\t30\t4.08333\t1\na_b_c\t30\t3\t2\np_q\t9\t7.25926\t1\n");
}

TEST_F(PhrasesTest, AStretchThatIsJoinedThroughoutIsBounded) {
  const Phrases all = find_phrases(options(write("t", "a a a a")), {.thresholds = {0}, .min_count = 0});
  ASSERT_EQ(all.size(), 1U);
  std::string text;
  for (int i = 0; i < 40'000'000; ++i) text += "a ";
  CorpusOptions corpus = options(write("t", text));
  corpus.block_bytes = SourceBlock::most_bytes;
  expect_has(message_of<Error>([&] { joined_text(corpus, all); }), "64 MiB of a line without a place where no words are joined");
}

TEST_F(PhrasesTest, BadFilesAreErrors) {
  expect_has(message_of<Error>([&] { find_phrases(options(path("none")), {}); }), path("none"));
  expect_has(message_of<Error>([&] { find_phrases(options(write("t", " \n")), {}); }), "no words in");
  expect_has(message_of<Error>([&] { find_phrases(options(write("t", "\xFF \xFE \xFD a")), {}); }), "not UTF-8");
}

}  // namespace
}  // namespace word2vec
