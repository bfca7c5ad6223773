// What a saved run becomes when new text brings words: rows and their sums go with their words.
#include "trainer/checkpoint.h"

#include <gtest/gtest.h>

#include "trainer/embeddings/checkpoint_file.h"

namespace word2vec {
namespace {

CheckpointContent two_words(std::vector<float> input_sums, std::vector<float> output_sums) {
  CheckpointContent content{
      "{}", {"old", "older"}, {5, 4}, Matrix(2, 3), Matrix(2, 3), std::move(input_sums), std::move(output_sums)};
  content.input.row(0)[2] = 7;
  content.output.row(1)[0] = -2;
  return content;
}

TEST(Checkpoint, AnExtendedRunKeepsRowsAndSumsByTheirWords) {
  const Vocabulary vocabulary({"new", "older", "old"}, {9, 6, 5});
  const TrainResult run = extend(two_words({1, 2}, {30, 40}), vocabulary, 1);
  EXPECT_EQ(run.input.row(2)[2], 7);
  EXPECT_EQ(run.output.row(1)[0], -2);
  EXPECT_EQ(run.output.row(0)[0], 0);
  EXPECT_EQ(run.input_sums, (std::vector<float>{0, 2, 1})) << "a new word was never pulled";
  EXPECT_EQ(run.output_sums, (std::vector<float>{0, 40, 30}));
  EXPECT_TRUE(extend(two_words({}, {}), vocabulary, 1).input_sums.empty());
}

}  // namespace
}  // namespace word2vec
