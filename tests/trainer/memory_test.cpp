// A corpus four times the memory that the process may have is trained on, and its words are all there.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class Memory : public Scratch {
 protected:
  /// What the program says, and its status, when it may have so much address space.
  std::string train_within(std::uint64_t kilobytes, const std::string& options) const {
    return output_of("cd " + folder_ + " && ulimit -v " + std::to_string(kilobytes) + " && " + WORD2VEC_PROGRAM +
                     " train corpus.gz -o v.txt --threads 1 --dim 8 --sample 1e-9 --epochs 1 --memory 1M --quiet " + options +
                     " 2>&1; echo $?");
  }
};

TEST_F(Memory, ACorpusOfFourTimesTheMemoryIsTrainedOn) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's memory is many times the program's";
#endif
  constexpr std::uint64_t bound = 96 << 20, words_a_part = 1 << 20, parts = 48;
  std::string text;
  for (std::uint64_t i = 0; i < words_a_part; ++i) text += std::to_string(1'000'000 + i * i % 997) + (i % 20 == 19 ? "\n" : " ");
  write("part", text);
  // gzip's parts one after the other are a file, too: little on the disk, and as long a text as one likes.
  ASSERT_EQ(output_of("cd " + folder_ + " && gzip -1 part && for i in $(seq " + std::to_string(parts) +
                      "); do cat part.gz; done >corpus.gz; echo $?"),
            "0\n");
  ASSERT_GE(text.size() * parts, 4 * bound);
  EXPECT_EQ(train_within(bound >> 10, "--cache none --report r.json"), "0\n");
  EXPECT_NE(read(path("r.json")).find("\"tokens\": " + std::to_string(words_a_part * parts)), std::string::npos);
  const std::string refused = train_within(bound >> 10, "--cache memory");
  EXPECT_TRUE(refused.starts_with("word2vec: error: out of memory") && refused.ends_with("\n1\n")) << refused;
}

}  // namespace
}  // namespace word2vec
