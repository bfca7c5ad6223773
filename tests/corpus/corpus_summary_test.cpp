#include "corpus/cli/corpus_summary.h"

#include <gtest/gtest.h>

namespace word2vec {
namespace {

CorpusAccount small_account() {
  CorpusAccount account;
  account.bytes = account.file_bytes = 1000;
  account.sentences = 20;
  account.tokens = 200;
  account.tokens_in_vocabulary = 150;
  account.longest_line_bytes = 70;
  account.longest_word_bytes = 12;
  account.longest_word_place = "byte 8 of t";
  return account;
}

TEST(CorpusSummary, TellsWhatWasReadAndKept) {
  EXPECT_EQ(summary_of(small_account(), 30),
            "read      1000 bytes, 20 sentences, 200 tokens\n"
            "longest   line 70 bytes, word 12 bytes (at byte 8 of t)\n"
            "kept      30 words, 150 tokens (75.00 %)\n");
}

TEST(CorpusSummary, TellsWhatWasLeftOutAndWhy) {
  CorpusAccount account = small_account();
  account.file_bytes = 300;
  account.byte_order_marks = 2;
  account.dropped = {
      .rare_words = 9, .rare_tokens = 10, .cut_words = 0, .cut_tokens = 25, .invalid_words = 3, .invalid_tokens = 15};
  account.spilled_tables = 4;
  const std::string summary = summary_of(account, 30);
  for (const char* const line :
       {"unpacked  from 300 bytes\n", "skipped   the byte order marks of 2 files\n",
        "dropped   9 words rarer than --min-count, 10 tokens\n", "dropped   25 tokens outside the vocabulary\n",
        "dropped   3 words that are not valid UTF-8, 15 tokens\n", "disk      4 tables of words did not fit into --memory"}) {
    EXPECT_NE(summary.find(line), std::string::npos) << line << summary;
  }
}

}  // namespace
}  // namespace word2vec
