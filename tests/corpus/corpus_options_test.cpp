#include "corpus/cli/corpus_options.h"

#include <gtest/gtest.h>

#include "corpus/cli/vocabulary_options.h"
#include "corpus/io/error.h"

namespace word2vec {
namespace {

TEST(CorpusOptions, ReadsSizes) {
  EXPECT_EQ(parse_size("--memory", "512M"), 512ULL << 20);
  EXPECT_EQ(parse_size("--memory", "4G"), 4ULL << 30);
  EXPECT_EQ(parse_size("--memory", "2048K"), 2ULL << 20);
  EXPECT_EQ(parse_size("--memory", "1T"), 1ULL << 40);
  EXPECT_EQ(parse_size("--memory", "5000000"), 5'000'000U);
}

TEST(CorpusOptions, RefusesWhatIsNoSize) {
  for (const char* const text :
       {"", "M", "-1M", "1.5G", "12Q", "12MB", " 4G", "4 G", "0", "1023K", "99999999T", "20000000000000000000"}) {
    EXPECT_THROW(parse_size("--memory", text), UsageError) << text;
  }
}

TEST(CorpusOptions, SetsWhatItDeclares) {
  CorpusOptions options;
  CommandLine line({"vocab", "", ""});
  declare_vocabulary_options(line, &options.vocabulary);
  declare_counting_options(line, &options);
  declare_cache_option(line, &options);
  EXPECT_TRUE(line.parse({"--min-count", "3", "--max-vocab=9", "--threads", "4", "--memory", "64M", "--cache", "file"}));
  EXPECT_EQ(options.vocabulary.min_count, 3U);
  EXPECT_EQ(options.vocabulary.max_words, 9U);
  EXPECT_EQ(options.threads, 4U);
  EXPECT_EQ(options.memory_bytes, 64ULL << 20);
  EXPECT_EQ(options.cache, IdCache::file);
}

TEST(CorpusOptions, RefusesWhatIsOutOfRange) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"--threads", "0"}, {"--threads", "1025"}, {"--memory", "12"}, {"--cache", "disk"}}) {
    CorpusOptions options;
    CommandLine line({"vocab", "", ""});
    declare_counting_options(line, &options);
    declare_cache_option(line, &options);
    EXPECT_THROW(line.parse(words), UsageError) << words[0];
  }
}

TEST(CorpusOptions, RefusesMoreWordsThanThereAreIds) {
  VocabularyOptions options;
  CommandLine line({"vocab", "", ""});
  declare_vocabulary_options(line, &options);
  ASSERT_TRUE(line.parse({"--max-vocab", "4294967295"}));
  EXPECT_THROW(check_vocabulary_options(options), UsageError);
}

TEST(CorpusOptions, MemoryIsAGigabyteUnlessGiven) {
  CorpusOptions options;
  CommandLine line({"vocab", "", ""});
  declare_counting_options(line, &options);
  EXPECT_TRUE(line.parse({}));
  EXPECT_EQ(options.memory_bytes, CorpusOptions().memory_bytes);
  EXPECT_EQ(options.threads, 0U);
}

}  // namespace
}  // namespace word2vec
