#include "corpus/corpus.h"

#include <fmt/format.h>

#include <atomic>
#include <cctype>
#include <chrono>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "corpus/io/error.h"
#include "corpus/unicode.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class CorpusTest : public Scratch {
 protected:
  CorpusOptions options(std::vector<std::string> files, std::uint64_t min_count = 1) const {
    CorpusOptions chosen;
    chosen.files = std::move(files);
    chosen.vocabulary.min_count = min_count;
    chosen.spill_folder = folder_;
    return chosen;
  }
  /// The stream of ids as text again: words by a space, sentences by a newline.
  static std::string text_of(const Corpus& corpus) {
    std::string text;
    for (const WordId id : corpus.ids.ids()) text += id == sentence_end ? "\n" : corpus.vocabulary.word(id) + " ";
    return text;
  }
  /// `words` draws over a Zipf-like vocabulary in lines, with all six white spaces and empty lines.
  static std::string random_text(std::size_t words) {
    std::mt19937_64 random(11);
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
      const std::uint64_t range = 1 + random() % 3000;
      text.append("w").append(std::to_string(random() % range)).append(random() % 50 == 0 ? "\u00e9\u6771" : "");
      text += " \t\v\f\r\n"[random() % 6];
      if (random() % 20 == 0) text += "\n\n";
    }
    return text;
  }
};

TEST_F(CorpusTest, CountsAsAMapDoes) {
  const std::string text = random_text(100000);
  std::map<std::string, std::uint64_t> expected;
  std::istringstream stream(text);
  std::uint64_t tokens = 0;
  for (std::string word; stream >> word; ++tokens) ++expected[word];
  const Corpus corpus = read_corpus(options({write("t", text)}));
  ASSERT_EQ(corpus.vocabulary.size(), expected.size());
  for (WordId id = 0; id < corpus.vocabulary.size(); ++id) {
    ASSERT_EQ(corpus.vocabulary.count(id), expected[corpus.vocabulary.word(id)]) << corpus.vocabulary.word(id);
  }
  EXPECT_EQ(corpus.account.tokens, tokens);
  EXPECT_EQ(corpus.account.tokens_in_vocabulary, tokens);
  EXPECT_EQ(corpus.account.bytes, text.size());
}

TEST_F(CorpusTest, CountsAndOrdersAsSortAndUniqDo) {
  const std::string file = write("t", random_text(50000));
  const std::string expected =
      output_of("tr -s ' \\t\\v\\f\\r' '\\n' < " + file +
                " | grep -v '^$' | LC_ALL=C sort | uniq -c | LC_ALL=C sort -k1,1nr -k2,2 | awk '{print $2, $1}'");
  save_vocabulary(count_corpus(options({file})).vocabulary, path("v"));
  EXPECT_GT(expected.size(), 1000U);
  EXPECT_EQ(read(path("v")), expected);
}

/// Words as any program would count them, one byte at a time.
struct Counted {
  std::map<std::string, std::uint64_t> words;
  std::vector<std::string> stream;  ///< words, and "" behind each line that has one
  std::uint64_t longest_line = 0, longest_word = 0;
};

Counted counted_slowly(const std::string& text) {
  Counted counted;
  std::string word;
  std::uint64_t line = 0;
  for (const char c : text + (text.ends_with('\n') ? "" : "\n")) {
    if (" \t\n\v\f\r"s.find(c) == std::string::npos) {
      word += c;
    } else if (!word.empty()) {
      ++counted.words[word];
      counted.longest_word = std::max<std::uint64_t>(counted.longest_word, word.size());
      counted.stream.push_back(std::exchange(word, {}));
    }
    line = c == '\n' ? 0 : line + 1;
    counted.longest_line = std::max(counted.longest_line, line);
    if (c == '\n' && !counted.stream.empty() && !counted.stream.back().empty()) counted.stream.emplace_back();
  }
  return counted;
}

/// Everything that text may be: a byte order mark, NULs, bytes that are not UTF-8, all six white spaces, words and lines of any
/// length.
std::string difficult_text(std::size_t words, unsigned seed) {
  std::mt19937_64 random(seed);
  std::string text = "x \xEF\xBB\xBF";  // at the very beginning it would be left out
  for (std::size_t i = 0; i < words; ++i) {
    const std::uint64_t range = 1 + random() % 400;
    std::string word = std::to_string(random() % range);
    if (random() % 7 == 0) word += "\u6771\u4eac"s;
    if (random() % 31 == 0) word += "\0"s + std::string(random() % 3, '\0');
    if (random() % 37 == 0) word += static_cast<char>(0x80 + random() % 0x80);
    if (random() % 11 == 0) word.insert(0, random() % 90, 'l');
    text += word + " \t\v\f\r\n"[random() % 6];
    while (random() % 4 == 0) text += " \t\v\f\r\n"[random() % 6];
  }
  return text;
}

TEST_F(CorpusTest, ThreadsBlocksAndMemoryChangeNothing) {
  const std::string text = difficult_text(4000, 1) + std::string(3000, 'x') + "\n" + difficult_text(300, 2) + "end ";
  const Counted expected = counted_slowly(text);
  const std::string file = write("t", text);
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    for (const std::size_t block : {1UL, 2UL, 7UL, 63UL, 64UL, 65UL, 1000UL, 1UL << 18}) {
      for (const std::uint64_t memory : {std::uint64_t{64}, std::uint64_t{1} << 30}) {
        if (memory == 64 && block < 63) continue;  // a table for every word, which takes long
        CorpusOptions chosen = options({file});
        chosen.threads = threads;
        chosen.block_bytes = block;
        chosen.cut = BlockCut::line;
        chosen.memory_bytes = memory;
        const std::string what = fmt::format("{} threads, blocks of {}, memory {}", threads, block, memory);
        const Corpus corpus = read_corpus(chosen);
        ASSERT_EQ(corpus.account.spilled_tables > 0, memory == 64) << what;
        // The words that are valid, with their counts, and the others' counts together.
        std::uint64_t invalid_words = 0, invalid_tokens = 0, tokens = 0;
        for (const auto& [word, count] : expected.words) {
          tokens += count;
          if (is_valid_word(word)) continue;
          ++invalid_words;
          invalid_tokens += count;
        }
        ASSERT_GT(invalid_words, 100U);
        ASSERT_EQ(corpus.vocabulary.size() + invalid_words, expected.words.size()) << what;
        for (WordId id = 0; id < corpus.vocabulary.size(); ++id) {
          ASSERT_EQ(corpus.vocabulary.count(id), expected.words.at(corpus.vocabulary.word(id))) << what;
        }
        ASSERT_EQ(corpus.account.tokens, tokens);
        ASSERT_EQ(corpus.account.bytes, text.size());
        ASSERT_EQ(corpus.account.dropped.invalid_words, invalid_words);
        ASSERT_EQ(corpus.account.dropped.invalid_tokens, invalid_tokens);
        ASSERT_EQ(corpus.account.longest_line_bytes, expected.longest_line) << what;
        ASSERT_EQ(corpus.account.longest_word_bytes, expected.longest_word);
        ASSERT_EQ(corpus.account.longest_word_place, fmt::format("byte {} of {}", text.find(std::string(3000, 'x')), file));
        ASSERT_EQ(corpus.account.sentences, static_cast<std::uint64_t>(std::ranges::count(expected.stream, "")));
        // The ids in order, without the sentences that keep no word.
        std::string kept;
        bool in_sentence = false;
        for (const std::string& word : expected.stream) {
          if (word.empty() ? in_sentence : is_valid_word(word)) kept += word.empty() ? "\n" : word + " ";
          in_sentence = !word.empty() && (in_sentence || is_valid_word(word));
        }
        ASSERT_TRUE(text_of(corpus) == kept) << what;
      }
    }
  }
  EXPECT_EQ(names(), std::vector<std::string>{"t"}) << "something stays in the folder";
}

TEST_F(CorpusTest, AVocabularyOfAFileIsFoundAlikeByAnyThreads) {
  const std::string file = write("t", difficult_text(3000, 3));
  CorpusOptions chosen = options({file}, 3);
  chosen.threads = 1;
  const Corpus counted = read_corpus(chosen);
  save_vocabulary(counted.vocabulary, path("v"));
  chosen.vocabulary_file = path("v");
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    for (const std::size_t block : {1UL, 100UL, 1UL << 18}) {
      chosen.threads = threads;
      chosen.block_bytes = block;
      const Corpus corpus = read_corpus(chosen);
      ASSERT_EQ(corpus.vocabulary.words(), counted.vocabulary.words());
      ASSERT_TRUE(text_of(corpus) == text_of(counted)) << threads << " " << block;
      ASSERT_EQ(corpus.account.tokens_in_vocabulary, counted.account.tokens_in_vocabulary);
      ASSERT_EQ(corpus.account.dropped.tokens(), counted.account.dropped.tokens());
    }
  }
}

TEST_F(CorpusTest, CachesIdsWhereItIsTold) {
  CorpusOptions chosen = options({write("t", random_text(2000))});
  chosen.cache = IdCache::file;
  const Corpus in_file = read_corpus(chosen);
  chosen.cache = IdCache::memory;
  chosen.memory_bytes = 64;
  const Corpus in_memory = read_corpus(chosen);
  EXPECT_TRUE(in_file.ids.spilled());
  EXPECT_FALSE(in_memory.ids.spilled());
  EXPECT_TRUE(std::ranges::equal(in_file.ids.ids(), in_memory.ids.ids()));
}

TEST_F(CorpusTest, FiltersBlocksOfWholeLines) {
  const std::string text = "One two,Three\nfour\n\nFIVE " + std::string(500, 'L') + " six\nlast";
  const std::string expected = "one two three \nfour \nfive " + std::string(500, 'l') + " six \nlast \n";
  for (const std::uint32_t threads : {1U, 3U}) {
    for (const std::size_t block : {1UL, 3UL, 30UL, 1UL << 18}) {
      CorpusOptions chosen = options({write("t", text)});
      chosen.threads = threads;
      chosen.block_bytes = block;
      std::atomic<int> filters{0};
      chosen.make_filter = [&] {
        ++filters;
        return [lower = std::string()](const SourceBlock& lines) mutable -> std::string_view {
          lower.clear();
          for (const char c : lines.text()) lower += c == ',' ? ' ' : static_cast<char>(std::tolower(c));
          return lower;
        };
      };
      const Corpus corpus = read_corpus(chosen);
      EXPECT_EQ(text_of(corpus), expected) << block;
      EXPECT_EQ(corpus.account.bytes, text.size());
      EXPECT_EQ(filters, static_cast<int>(threads));
    }
  }
}

TEST_F(CorpusTest, AnErrorOfOneThreadEndsThePass) {
  CorpusOptions chosen = options({write("t", random_text(20000))});
  chosen.threads = 4;
  chosen.block_bytes = 100;
  std::atomic<int> calls{0}, fatal{-1};
  chosen.make_filter = [&] {
    return [&](const SourceBlock& block) {
      const int call = ++calls;
      if (call == fatal) throw Error("the fiftieth");
      // The others shall not get far while the one that throws waits for a processor.
      if (fatal > 0 && call > fatal) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return block.text();
    };
  };
  EXPECT_NO_THROW(read_corpus(chosen));
  const int all = calls.exchange(0);
  ASSERT_GT(all, 500);
  fatal = 50;
  EXPECT_EQ(message_of<Error>([&] { read_corpus(chosen); }), "the fiftieth");
  EXPECT_LT(calls, all / 2);
  chosen.make_filter = nullptr;
  chosen.memory_bytes = 64;
  chosen.spill_folder = path("none");
  expect_has(message_of<Error>([&] { read_corpus(chosen); }), path("none"));
}

TEST_F(CorpusTest, BlockSizeAndSpillingChangeNothing) {
  const std::string file = write("t", random_text(5000) + std::string(5000, 'x') + " end");
  const Corpus whole = read_corpus(options({file}, 2));
  for (const std::size_t block : {1UL, 2UL, 3UL, 7UL, 15UL, 16UL, 17UL, 64UL, 4096UL, 1UL << 20}) {
    CorpusOptions chosen = options({file}, 2);
    chosen.block_bytes = block;
    chosen.cache = IdCache::file;
    const Corpus corpus = read_corpus(chosen);
    EXPECT_TRUE(corpus.ids.spilled());
    ASSERT_TRUE(std::ranges::equal(corpus.ids.ids(), whole.ids.ids())) << block;
    ASSERT_EQ(corpus.vocabulary.words(), whole.vocabulary.words()) << block;
    ASSERT_EQ(corpus.vocabulary.counts(), whole.vocabulary.counts()) << block;
    EXPECT_EQ(corpus.account.sentences, whole.account.sentences);
    EXPECT_EQ(corpus.account.longest_word_bytes, 5000U);
  }
  EXPECT_EQ(names(), std::vector<std::string>{"t"}) << "something stays in the folder";
}

TEST_F(CorpusTest, KeepsOrderAndSentences) {
  const std::string file = write("t", "a b a\r\n\n  \nb c\n c");
  const Corpus corpus = read_corpus(options({file}));
  EXPECT_EQ(text_of(corpus), "a b a \nb c \nc \n");
  EXPECT_EQ(corpus.account.sentences, 3U);
  EXPECT_EQ(corpus.account.tokens, 6U);
}

TEST_F(CorpusTest, DropsRareWordsAndTheSentencesLeftEmpty) {
  const Corpus corpus = read_corpus(options({write("t", "a x a\ny z\na b b\n")}, 2));
  EXPECT_EQ(text_of(corpus), "a a \na b b \n");
  EXPECT_EQ(corpus.account.tokens, 8U);
  EXPECT_EQ(corpus.account.tokens_in_vocabulary, 5U);
  EXPECT_EQ(corpus.account.sentences, 3U);
  EXPECT_EQ(corpus.account.dropped.rare_words, 3U);
  EXPECT_EQ(corpus.account.dropped.rare_tokens, 3U);
}

TEST_F(CorpusTest, CutsAfterExactCounting) {
  CorpusOptions chosen = options({write("t", "c c b b a a a\n")});
  chosen.vocabulary.max_words = 2;
  const Corpus corpus = read_corpus(chosen);
  EXPECT_EQ(corpus.vocabulary.words(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(corpus.account.dropped.cut_words, 1U);
  EXPECT_EQ(corpus.account.dropped.cut_tokens, 2U);
}

TEST_F(CorpusTest, NeitherWordsNorSentencesCrossFiles) {
  const Corpus corpus = read_corpus(options({write("1", "a b"), write("2", ""), write("3", "c\nd")}));
  EXPECT_EQ(text_of(corpus), "a b \nc \nd \n");
  EXPECT_EQ(corpus.account.files.size(), 3U);
}

TEST_F(CorpusTest, OneHugeLineIsOneSentence) {
  std::string text;
  for (int i = 0; i < 500000; ++i) text.append("w").append(std::to_string(i % 1000)).append(" ");
  const Corpus corpus = read_corpus(options({write("t", text)}));
  EXPECT_EQ(corpus.account.sentences, 1U);
  EXPECT_EQ(corpus.account.tokens, 500000U);
  EXPECT_EQ(corpus.ids.ids().size(), 500001U);
}

TEST_F(CorpusTest, CountingAloneTellsTheSame) {
  const CorpusOptions chosen = options({write("t", random_text(20000))}, 3);
  const Corpus corpus = read_corpus(chosen);
  const CountedCorpus counted = count_corpus(chosen);
  EXPECT_EQ(counted.vocabulary.words(), corpus.vocabulary.words());
  EXPECT_EQ(counted.vocabulary.counts(), corpus.vocabulary.counts());
  EXPECT_EQ(counted.account.tokens_in_vocabulary, corpus.account.tokens_in_vocabulary);
  const auto ids = corpus.ids.ids();
  EXPECT_EQ(static_cast<std::uint64_t>(std::ranges::count_if(ids, [](WordId id) { return id != sentence_end; })),
            corpus.account.tokens_in_vocabulary);
}

TEST_F(CorpusTest, TakesAFixedVocabulary) {
  CorpusOptions chosen = options({write("t", "a b x\nx y\nc a \xFF\n")});
  chosen.vocabulary_file = write("v", "c 9\nb 8\na 7\nunseen 6\n");
  for (const std::uint64_t memory : {4U, 4000U}) {
    chosen.memory_bytes = memory;
    const Corpus corpus = read_corpus(chosen);
    EXPECT_EQ(corpus.vocabulary.words(), (std::vector<std::string>{"c", "b", "a", "unseen"}));
    EXPECT_EQ(corpus.vocabulary.count(0), 9U);
    EXPECT_EQ(text_of(corpus), "a b \nc a \n");
    EXPECT_EQ(corpus.account.tokens, 8U);
    EXPECT_EQ(corpus.account.tokens_in_vocabulary, 4U);
    EXPECT_EQ(corpus.account.dropped.cut_tokens, 3U);
    EXPECT_EQ(corpus.account.dropped.invalid_tokens, 1U);
  }
  chosen.files = {write("u", "nothing known")};
  expect_has(message_of<Error>([&] { read_corpus(chosen); }), chosen.vocabulary_file);
}

TEST_F(CorpusTest, InvalidWordsAreCountedAndLeftOut) {
  const Corpus corpus = read_corpus(options({write("t", "a caf\xE9 a\na\0b caf\xE9 c d e\n"s)}));
  EXPECT_EQ(text_of(corpus), "a a \nc d e \n");
  EXPECT_EQ(corpus.account.dropped.invalid_words, 2U);
  EXPECT_EQ(corpus.account.dropped.invalid_tokens, 3U);
}

TEST_F(CorpusTest, RefusesWhatIsMostlyNotText) {
  const std::string good = write("good", "a b ");
  const std::string bad = write("bad", "good \xFF\xFE \xFF x\xE9 y\xE9 z\xE9\n");
  for (const std::size_t block : {1UL, 2UL, 3UL, 5UL, 7UL, 1UL << 20}) {
    CorpusOptions chosen = options({good, bad});
    chosen.block_bytes = block;
    const std::string message = message_of<Error>([&] { read_corpus(chosen); });
    expect_has(message, "5 of 8 words are not valid, first at byte 5 of " + bad);
  }
  const std::string last = write("last", "a\n\n  b\xFF\xFF");
  CorpusOptions chosen = options({write("worse", ""), last}, 1);
  EXPECT_NO_THROW(read_corpus(chosen)) << "half is not more than half";
  chosen.files = {write("end", "  \xFF\xFF")};
  expect_has(message_of<Error>([&] { read_corpus(chosen); }), "first at byte 2 of ");
}

TEST_F(CorpusTest, RefusesWhatHoldsNoWords) {
  expect_has(message_of<Error>([&] { read_corpus(options({write("t", "")})); }), "no words in " + path("t"));
  expect_has(message_of<Error>([&] { count_corpus(options({write("t", " \n\r\n\t")})); }), "no words in " + path("t"));
  const std::string message = message_of<Error>([&] { read_corpus(options({write("t", "a b b b \xFF")}, 4)); });
  expect_has(message, "the most frequent, 'b', comes 3 times; lower --min-count to 3 or less");
}

TEST_F(CorpusTest, ReadsCompressedFilesAtAnyBlockSizeAndCountsBothKindsOfBytes) {
  const std::string text = random_text(3000), packed = compressed(Compression::zstd, text);
  const std::string plain = text_of(read_corpus(options({write("t", text)})));
  const std::string file = write("t.zst", packed);
  for (const std::size_t block : {1UL, 1UL << 20}) {
    CorpusOptions chosen = options({file});
    chosen.block_bytes = block;
    std::uint64_t came = 0, of = 0;
    const Corpus corpus = read_corpus(chosen, [&](std::uint64_t b, std::uint64_t o, std::uint64_t) { came = b, of = o; });
    EXPECT_EQ(text_of(corpus), plain);
    EXPECT_EQ(corpus.account.bytes, text.size());
    EXPECT_EQ(corpus.account.file_bytes, packed.size());
    EXPECT_TRUE(corpus.account.unpacked());
    EXPECT_EQ(came, packed.size());
    EXPECT_EQ(of, packed.size());
  }
}

TEST_F(CorpusTest, NeitherAWordNorABadWordsPlaceSuffersFromAByteOrderMark) {
  const std::string mark = "\xEF\xBB\xBF";
  const Corpus corpus = read_corpus(options({write("1", mark + "a b"), write("2", "c"), write("3", mark + "d")}));
  EXPECT_EQ(text_of(corpus), "a b \nc \nd \n");
  EXPECT_EQ(corpus.account.byte_order_marks, 2U);
  EXPECT_EQ(corpus.account.bytes, 5U);
  EXPECT_FALSE(corpus.account.unpacked());
  expect_has(message_of<Error>([&] { read_corpus(options({write("4", mark + "\xFF")})); }), "first at byte 3 of " + path("4"));
  expect_has(message_of<Error>([&] {
               read_corpus(options({write("5",
                                          "\xFF\xFE"
                                          "a\0"s)}));
             }),
             "iconv -f UTF-16 -t UTF-8");
}

TEST_F(CorpusTest, FindsTheMissingFileBeforeReadingTheFirst) {
  int calls = 0;
  const std::string message = message_of<Error>([&] {
    read_corpus(options({write("t", "a"), path("none")}), [&](std::uint64_t, std::uint64_t, std::uint64_t) { ++calls; });
  });
  expect_has(message, path("none"));
  EXPECT_EQ(calls, 0);
}

TEST_F(CorpusTest, RawTextPassesTheFilterAtAnyBlockSize) {
  const std::string file = write("t", "<doc id=\"1\">\nDon't PANIC. It's \u00c9T\u00c9!\n</doc>\nCaf\xE9 it's 4\n");
  const std::string second = write("u", "don't\n");
  CorpusOptions chosen = options({file, second});
  chosen.text.breaks = WordBreaks::unicode;
  chosen.text.lowercase = true;
  chosen.text.digits = Digits::spell;
  chosen.text.skip_doc_tags = true;
  for (const std::size_t block : {32UL, 40UL, 64UL, 1UL << 20}) {
    chosen.block_bytes = block;
    const Corpus corpus = read_corpus(chosen);
    EXPECT_EQ(text_of(corpus), "don't panic \nit's \u00e9t\u00e9 \nit's four \ndon't \n") << block;
    EXPECT_EQ(corpus.account.bytes, std::filesystem::file_size(file) + std::filesystem::file_size(second));
    EXPECT_EQ(corpus.account.sentences, 4U);
    EXPECT_EQ(corpus.account.text.doc_tag_lines, 2U);
    EXPECT_EQ(corpus.account.text.invalid_sequences, 1U);
    EXPECT_EQ(corpus.account.dropped.invalid_tokens, 1U);
  }
}

TEST_F(CorpusTest, FilteredBytesAreNamedByTheirPlaceInTheFile) {
  CorpusOptions chosen = options({write("good", "A.\n"), write("bad", "....... \xFF\xFE x\xE9 ok\n")});
  chosen.text.breaks = WordBreaks::unicode;
  for (const std::size_t block : {16UL, 1UL << 20}) {
    chosen.block_bytes = block;
    chosen.files.resize(2);
    EXPECT_NO_THROW(read_corpus(chosen)) << "half is not more than half";
    chosen.files.push_back(write("worse", "\xFF\n"));
    expect_has(message_of<Error>([&] { read_corpus(chosen); }), "3 of 5 words are not valid, first at byte 8 of " + path("bad"));
  }
}

TEST_F(CorpusTest, TellsItsProgress) {
  CorpusOptions chosen = options({write("1", random_text(3000)), write("2", "a b")});
  chosen.block_bytes = 1000;
  std::uint64_t bytes = 0, of = 0, tokens = 0, calls = 0;
  const Corpus corpus = read_corpus(chosen, [&](std::uint64_t b, std::uint64_t o, std::uint64_t t) {
    EXPECT_GT(b, bytes);
    EXPECT_GE(t, tokens);
    bytes = b, of = o, tokens = t, ++calls;
  });
  EXPECT_EQ(bytes, corpus.account.bytes);
  EXPECT_EQ(of, corpus.account.bytes);
  EXPECT_GT(calls, 10U);
}

}  // namespace
}  // namespace word2vec
