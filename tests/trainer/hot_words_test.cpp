// Threads' copies of frequent rows: nothing learned is lost, and who sees what when.
#include "trainer/hot_words.h"

#include <gtest/gtest.h>

#include <thread>

namespace word2vec {
namespace {

struct TwoMatrices {
  Matrix input{8, 20}, output{8, 20};
  SharedWords shared;
  explicit TwoMatrices(std::size_t count)
      : shared({input.row(0), input.stride(), 20}, {output.row(0), output.stride(), 20}, count) {}
};

TEST(HotWords, CopiesBeginAsTheSharedRowsAndAddWhatTheyLearned) {
  TwoMatrices all(3);
  all.input.row(2)[19] = 5;
  all.output.row(2)[0] = 7;
  HotWords first(all.shared, 2), second(all.shared, 2);
  EXPECT_EQ(first.input().row(2)[19], 5);
  EXPECT_EQ(first.output().row(2)[0], 7);
  EXPECT_NE(first.input().row(2), second.input().row(2));
  EXPECT_EQ(first.input().row(3), all.input.row(3)) << "a word that is not hot is shared";

  first.input().row(2)[19] += 1;
  second.input().row(2)[19] += 2;
  second.output().row(2)[0] -= 4;
  EXPECT_EQ(all.input.row(2)[19], 5) << "its own until exchanged";
  first.trained(2);
  first.trained(7);
  first.trained(7);
  first.exchange_due();
  EXPECT_EQ(all.input.row(2)[19], 5);
  first.trained(2);
  first.trained(2);
  first.exchange_due();
  EXPECT_EQ(all.input.row(2)[19], 6) << "the second occurrence exchanges";
  first.exchange_due();
  EXPECT_EQ(all.input.row(2)[19], 6) << "and is counted once";
  second.exchange_all();
  EXPECT_EQ(all.input.row(2)[19], 8);
  EXPECT_EQ(all.output.row(2)[0], 3);
  EXPECT_EQ(second.input().row(2)[19], 8);
  EXPECT_EQ(first.input().row(2)[19], 6);
  first.exchange_all();
  EXPECT_EQ(first.input().row(2)[19], 8);
  EXPECT_EQ(all.input.row(2)[19], 8) << "what was added once is not added again";
}

TEST(HotWords, SumsOfPullsAreExchangedWithTheirRows) {
  for (const std::size_t columns : {20, 32}) {  // with room in the padding for sums, and without
    Matrix input(8, columns), output(8, columns);
    SummedRows of_input(input, true), of_output(output, true);
    of_output.put(std::vector<float>(8, 3));
    SharedWords shared(of_input.rows(), of_output.rows(), 3);
    HotWords first(shared, 2), second(shared, 2);
    EXPECT_EQ(*first.output().sum(2), 3);
    EXPECT_EQ(first.output().sum(3), of_output.rows().sum(3)) << "of a word that is not hot";
    *first.input().sum(1) += 2;
    *second.input().sum(1) += 5;
    *second.output().sum(2) += 1;
    EXPECT_EQ(*of_input.rows().sum(1), 0) << "its own until exchanged";
    first.exchange_all();
    second.exchange_all();
    first.exchange_all();
    std::vector<float> input_sums(8), output_sums(8);
    of_input.take(input_sums);
    of_output.take(output_sums);
    EXPECT_EQ(input_sums, (std::vector<float>{0, 7, 0, 0, 0, 0, 0, 0})) << columns;
    EXPECT_EQ(output_sums, (std::vector<float>{3, 3, 4, 3, 3, 3, 3, 3})) << columns;
    EXPECT_EQ(*first.input().sum(1), 7);
  }
}

TEST(HotWords, NothingIsLostBetweenThreads) {
  TwoMatrices all(2);
  constexpr int turns = 20000;
  const auto work = [&] {
    HotWords hot(all.shared, 3);
    for (int turn = 0; turn < turns; ++turn) {
      const WordId word = turn % 2 == 0 ? 0 : 1;
      for (std::size_t i = 0; i < 20; ++i) hot.input().row(word)[i] += 1;
      hot.output().row(word)[turn % 20] -= 1;
      hot.trained(word);
      if (turn % 5 == 0) hot.exchange_due();
    }
    hot.exchange_all();
  };
  std::thread one(work), two(work), three(work);
  one.join();
  two.join();
  three.join();
  for (std::size_t i = 0; i < 20; ++i) {
    for (const std::size_t word : {0, 1}) EXPECT_EQ(all.input.row(word)[i], 3 * turns / 2);
    EXPECT_EQ(all.output.row(i % 2)[i], -3 * turns / 20);
  }
}

TEST(HotWords, AreForAFewThreadsAndFewBytes) {
  for (const Model model : {Model::skipgram, Model::cbow}) {
    EXPECT_EQ(HotWords::exchange_after(1, model), 0U);
    EXPECT_GE(HotWords::exchange_after(2, model), HotWords::exchange_after(3, model));
    EXPECT_GT(HotWords::exchange_after(3, model), 0U);
    EXPECT_EQ(HotWords::exchange_after(8, model), 0U);
    EXPECT_EQ(HotWords::exchange_after(1024, model), 0U);
  }
  EXPECT_LE(HotWords::exchange_after(2, Model::cbow), HotWords::exchange_after(2, Model::skipgram));
  EXPECT_EQ(SharedWords::count_for(50, 112), 50U);
  EXPECT_LE(SharedWords::count_for(1000000, 4096) * 2 * 4096 * sizeof(float), 1U << 20);
}

}  // namespace
}  // namespace word2vec
