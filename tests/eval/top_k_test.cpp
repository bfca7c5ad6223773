#include "eval/top_k.h"

#include <gtest/gtest.h>

#include <cmath>

namespace word2vec {
namespace {

std::vector<std::size_t> rows_of(const std::vector<Neighbor>& neighbors) {
  std::vector<std::size_t> rows;
  for (const Neighbor& neighbor : neighbors) rows.push_back(neighbor.row);
  return rows;
}

TEST(TopKTest, KeepsTheBestWithTiesToTheLowerRowInAnyOrder) {
  for (const bool backwards : {false, true}) {
    TopK best(3, {});
    const std::vector<float> scores = {1, 2, 2, 0, 2, 2};
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const std::size_t row = backwards ? scores.size() - 1 - i : i;
      best.offer(row, scores[row]);
    }
    EXPECT_EQ(best.bar(), 2);
    EXPECT_EQ(rows_of(best.take()), (std::vector<std::size_t>{1, 2, 4}));
  }
}

TEST(TopKTest, LeavesOutTheExcludedAndTakesWhatThereIs) {
  TopK best(10, {0, 2});
  for (std::size_t row = 0; row < 4; ++row) best.offer(row, static_cast<float>(row));
  EXPECT_EQ(rows_of(best.take()), (std::vector<std::size_t>{3, 1}));
  TopK none(0, {});
  none.offer(1, 1);
  EXPECT_TRUE(none.take().empty());
}

TEST(TopKTest, NoNumberIsTheWorst) {
  TopK best(2, {});
  best.offer(0, NAN);
  best.offer(1, -5);
  best.offer(2, NAN);
  EXPECT_EQ(rows_of(best.take()), (std::vector<std::size_t>{1, 0}));
}

}  // namespace
}  // namespace word2vec
