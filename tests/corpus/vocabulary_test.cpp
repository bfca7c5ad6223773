#include "corpus/vocabulary.h"

#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Words = std::vector<std::string>;
using Counts = std::vector<std::uint64_t>;

class VocabularyTest : public Scratch {
 protected:
  VocabularyTest() {
    table_.add("rare", 1);
    table_.add("b", 7);
    table_.add("\xFF", 100);
    table_.add("a", 7);
    table_.add("\u00e9", 7);
    table_.add("often", 9);
    table_.add("few", 5);
  }
  WordTable table_;
};

TEST_F(VocabularyTest, SortsByCountThenBytes) {
  const auto chosen = select_vocabulary(table_, {.min_count = 1, .max_words = 0});
  EXPECT_EQ(chosen.vocabulary.words(), (Words{"often", "a", "b", "\u00e9", "few", "rare"}));
  EXPECT_EQ(chosen.vocabulary.counts(), (Counts{9, 7, 7, 7, 5, 1}));
  EXPECT_EQ(chosen.vocabulary.tokens(), 36U);
  EXPECT_EQ(chosen.final_id, (std::vector<WordId>{5, 2, dropped_word, 1, 3, 0, 4}));
}

TEST_F(VocabularyTest, StopwordsAreLeftOutHoweverFrequent) {
  VocabularyOptions options{.min_count = 5, .max_words = 0};
  options.stopwords = WordList(write("s", "often\nrare\nunseen\n"));
  const auto chosen = select_vocabulary(table_, options);
  EXPECT_EQ(chosen.vocabulary.words(), (Words{"a", "b", "\u00e9", "few"}));
  EXPECT_EQ(chosen.dropped.stop_words, 2U);
  EXPECT_EQ(chosen.dropped.stop_tokens, 10U);
  EXPECT_EQ(chosen.dropped.rare_words, 0U) << "a word is dropped for one reason";
  EXPECT_EQ(chosen.dropped.words(), 3U);
  EXPECT_EQ(chosen.dropped.tokens(), 110U);
  EXPECT_EQ(chosen.statistics.all().words, 7U) << "the statistics are of all that was read";
  EXPECT_EQ(chosen.statistics.all().tokens, 136U);
}

TEST_F(VocabularyTest, KeepWordsAreKeptPastEveryCut) {
  VocabularyOptions options{.min_count = 6, .max_words = 0};
  options.keep_words = WordList(write("k", "rare\nfew\nunseen\n\u00e9\n"));
  const auto at_most = [&](std::uint64_t words) {
    options.max_words = words;
    return select_vocabulary(table_, options).vocabulary.words();
  };
  EXPECT_EQ(at_most(0), (Words{"often", "a", "b", "\u00e9", "few", "rare"}));
  EXPECT_EQ(at_most(5), (Words{"often", "a", "\u00e9", "few", "rare"})) << "they count towards the most";
  EXPECT_EQ(at_most(4), (Words{"often", "\u00e9", "few", "rare"}));
  EXPECT_EQ(at_most(3), (Words{"\u00e9", "few", "rare"}));
  EXPECT_EQ(at_most(1), (Words{"\u00e9", "few", "rare"})) << "and go past it";
  const auto chosen = select_vocabulary(table_, options);
  EXPECT_EQ(chosen.dropped.cut_words, 3U);
  EXPECT_EQ(chosen.dropped.cut_tokens, 23U);
  EXPECT_EQ(chosen.dropped.rare_words, 0U);
  EXPECT_EQ(chosen.final_id, (std::vector<WordId>{2, dropped_word, dropped_word, dropped_word, 0, dropped_word, 1}));
}

TEST_F(VocabularyTest, NewTextExtendsAnEarlierVocabulary) {
  VocabularyOptions options{.min_count = 6, .max_words = 0};
  options.earlier = std::make_shared<EarlierVocabulary>(Vocabulary({"rare", "gone", "b"}, {8, 3, 20}), "run.ckpt");
  options.stopwords = WordList(write("s", "b\n\u00e9\n"));
  const auto at_most = [&](std::uint64_t words) {
    options.max_words = words;
    return select_vocabulary(table_, options);
  };
  const auto all = at_most(0);
  EXPECT_EQ(all.vocabulary.words(), (Words{"b", "often", "rare", "a", "gone"})) << "earlier words are kept whatever they are";
  EXPECT_EQ(all.vocabulary.counts(), (Counts{27, 9, 9, 7, 3})) << "and counts are summed";
  EXPECT_EQ(all.final_id, (std::vector<WordId>{2, 0, dropped_word, 3, dropped_word, 1, dropped_word}));
  EXPECT_EQ(at_most(4).vocabulary.words(), (Words{"b", "often", "rare", "gone"})) << "the cut is at new words";
  EXPECT_EQ(at_most(1).vocabulary.words(), (Words{"b", "rare", "gone"}));
  EXPECT_EQ(at_most(1).dropped.cut_words, 2U);
  expect_has(message_of<Error>([] { EarlierVocabulary(Vocabulary({"a", "a"}, {1, 2}), "run.ckpt"); }), "twice in run.ckpt");
}

TEST_F(VocabularyTest, AccountsForEveryDroppedWord) {
  const auto chosen = select_vocabulary(table_, {.min_count = 5, .max_words = 2});
  EXPECT_EQ(chosen.vocabulary.words(), (Words{"often", "a"}));
  EXPECT_EQ(chosen.dropped.invalid_words, 1U);
  EXPECT_EQ(chosen.dropped.invalid_tokens, 100U);
  EXPECT_EQ(chosen.dropped.rare_words, 1U);
  EXPECT_EQ(chosen.dropped.rare_tokens, 1U);
  EXPECT_EQ(chosen.dropped.cut_words, 3U);
  EXPECT_EQ(chosen.dropped.cut_tokens, 19U);
  EXPECT_EQ(chosen.vocabulary.tokens() + chosen.dropped.tokens(), 136U);
  EXPECT_EQ(chosen.vocabulary.size() + chosen.dropped.words(), table_.size());
}

TEST_F(VocabularyTest, MinCountKeepsTheCountItself) {
  EXPECT_EQ(select_vocabulary(table_, {.min_count = 7, .max_words = 0}).vocabulary.size(), 4U);
  EXPECT_EQ(select_vocabulary(table_, {.min_count = 8, .max_words = 0}).vocabulary.size(), 1U);
  EXPECT_EQ(select_vocabulary(table_, {.min_count = 10, .max_words = 0}).vocabulary.size(), 0U);
}

TEST_F(VocabularyTest, ConstructorSorts) {
  const Vocabulary vocabulary({"x", "z", "y"}, {1, 2, 2});
  EXPECT_EQ(vocabulary.words(), (Words{"y", "z", "x"}));
  EXPECT_EQ(vocabulary.counts(), (Counts{2, 2, 1}));
  EXPECT_EQ(vocabulary.tokens(), 5U);
}

TEST_F(VocabularyTest, ReadsWhatItSaved) {
  const auto chosen = select_vocabulary(table_, {.min_count = 5, .max_words = 0});
  save_vocabulary(chosen.vocabulary, path("v"));
  EXPECT_EQ(read(path("v")), "often 9\na 7\nb 7\n\u00e9 7\nfew 5\n");
  const Vocabulary again = read_vocabulary(path("v"), {.min_count = 5, .max_words = 0});
  EXPECT_EQ(again.words(), chosen.vocabulary.words());
  EXPECT_EQ(again.counts(), chosen.vocabulary.counts());
}

TEST_F(VocabularyTest, CutsWhatItReads) {
  write("v", "a 3\nb 9\nc 5\nd 1\n\xFF 50\n");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 3, .max_words = 2}).words(), (Words{"b", "c"}));
}

TEST_F(VocabularyTest, LeavesOutTheOriginalsSentenceMark) {
  write("v", "</s> 0\na 3\n");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 1, .max_words = 0}).words(), (Words{"a"}));
  write("v", "</s> 900\na 3\n");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 1, .max_words = 0}).words(), (Words{"a"}));
  write("v", "\xEF\xBB\xBF</s> 900\r\n\u00e9t\u00e9 7\r\na 3");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 1, .max_words = 0}).words(), (Words{"\u00e9t\u00e9", "a"}));
  write("v",
        "\xEF\xBB\xBF"
        "b 3\r\na 3\r\n");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 1, .max_words = 0}).words(), (Words{"a", "b"}));
  write("v", "a 3\n</s> 2\n");
  EXPECT_EQ(read_vocabulary(path("v"), {.min_count = 1, .max_words = 0}).words(), (Words{"a", "</s>"}));
}

TEST_F(VocabularyTest, AWordThatLooksLikeAMarkIsSavedAndReadAsAWord) {
  for (const std::string word : {"</s>",
                                 "\xEF\xBB\xBF"
                                 "b"}) {
    write("v", "a 3\n" + word + " 7\n");
    const Vocabulary read = read_vocabulary(path("v"), {.min_count = 1, .max_words = 0});
    save_vocabulary(read, path("saved"));
    const Vocabulary again = read_vocabulary(path("saved"), {.min_count = 1, .max_words = 0});
    EXPECT_EQ(again.words(), (Words{word, "a"}));
    EXPECT_EQ(again.counts(), (Counts{7, 3}));
  }
}

TEST_F(VocabularyTest, ReadsWindowsLinesTabsAndNoFinalNewline) {
  write("v", "a 3\r\nb\t2\r\nc 1");
  const Vocabulary vocabulary = read_vocabulary(path("v"), {.min_count = 1, .max_words = 0});
  EXPECT_EQ(vocabulary.words(), (Words{"a", "b", "c"}));
  EXPECT_EQ(vocabulary.counts(), (Counts{3, 2, 1}));
}

TEST_F(VocabularyTest, NamesTheBadLine) {
  for (const std::string bad :
       {"b", "b ", " 3", "b x", "b 3 4", "b -3", "b 3.5", "b 99999999999999999999", "", "3x 3x", "b c 3"}) {
    write("v", "a 3\n" + bad + "\nc 2\n");
    const std::string message = message_of<Error>([&] { read_vocabulary(path("v"), {}); });
    expect_has(message, path("v") + " line 2");
  }
}

TEST_F(VocabularyTest, RefusesRepeatedWordsAndEmptyFiles) {
  write("v", "a 3\nb 2\na 1\n");
  expect_has(message_of<Error>([&] { read_vocabulary(path("v"), {}); }), "'a' comes again in " + path("v") + " line 3");
  write("v", "");
  expect_has(message_of<Error>([&] { read_vocabulary(path("v"), {}); }), "no words in the vocabulary");
  write("v", "</s> 3\n");
  expect_has(message_of<Error>([&] { read_vocabulary(path("v"), {}); }), "no words in the vocabulary");
  write("v", "a 3\n");
  expect_has(message_of<Error>([&] { read_vocabulary(path("v"), {.min_count = 4, .max_words = 0}); }), "lower --min-count");
  expect_has(message_of<Error>([&] { read_vocabulary(path("none"), {}); }), path("none"));
}

}  // namespace
}  // namespace word2vec
