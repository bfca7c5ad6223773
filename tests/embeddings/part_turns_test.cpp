// Parts run on all threads, their steps in order, and the first failure is the one that comes out.
#include "trainer/embeddings/part_turns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

TEST(PartTurns, StepsComeInOrderAndEachPartOnce) {
  constexpr std::size_t parts = 2000;
  std::vector<std::size_t> order;
  std::vector<int> done(parts, 0);
  for_parts<int>(
      parts, [](std::size_t part, int& scratch) { scratch = static_cast<int>(part); },
      [&](std::size_t part, int& scratch) {
        EXPECT_EQ(scratch, static_cast<int>(part));
        order.push_back(part);
      },
      [&](std::size_t part, int&) { ++done[part]; });
  ASSERT_EQ(order.size(), parts);
  EXPECT_TRUE(std::ranges::is_sorted(order));
  EXPECT_EQ(done, std::vector<int>(parts, 1));
}

TEST(PartTurns, TheFirstFailureOfAnyKindAndNoStepBehindIt) {
  const auto fail_at = [](std::size_t wanted, std::size_t part, const char* what) {
    if (part == wanted) throw Error(what + std::to_string(part));
  };
  for (const char* const kind : {"before ", "step ", "after "}) {
    std::vector<std::size_t> steps;
    const auto run = [&] {
      for_parts<int>(
          100,
          [&](std::size_t part, int&) {
            // The later failure comes first.
            if (part == 10) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            fail_at(*kind == 'b' ? 10 : 1000, part, kind);
          },
          [&](std::size_t part, int&) {
            fail_at(*kind == 's' ? 10 : 1000, part, kind);
            steps.push_back(part);
          },
          [&](std::size_t part, int&) { fail_at(*kind == 'a' ? 10 : 1000, part, kind); });
    };
    EXPECT_EQ(message_of<Error>(run), kind + std::string("10"));
    EXPECT_TRUE(*kind == 'a' || steps.size() == 10) << kind;
  }
}

TEST(PartTurns, NoParts) {
  for_parts<int>(
      0, [](std::size_t, int&) { FAIL(); }, [](std::size_t, int&) { FAIL(); }, [](std::size_t, int&) { FAIL(); });
}

}  // namespace
}  // namespace word2vec
