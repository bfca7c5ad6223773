#include "corpus/line_tails.h"

#include <gtest/gtest.h>

#include <thread>

namespace word2vec {
namespace {

TEST(LineTails, AreTakenByNumber) {
  LineTails tails;
  tails.put(2, "two");
  tails.put(1, "one");
  EXPECT_EQ(tails.take(1), "one");
  EXPECT_EQ(tails.take(2), "two");
}

TEST(LineTails, AreWaitedFor) {
  LineTails tails;
  std::thread later([&] { tails.put(5, "five"); });
  EXPECT_EQ(tails.take(5), "five");
  later.join();
}

TEST(LineTails, NobodyWaitsForOneWhoGaveUp) {
  LineTails tails;
  std::thread later([&] { tails.give_up(); });
  EXPECT_EQ(tails.take(5), "");
  later.join();
}

}  // namespace
}  // namespace word2vec
