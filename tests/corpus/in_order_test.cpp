#include "corpus/in_order.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "corpus/parallel.h"

namespace word2vec {
namespace {

struct Item {
  std::uint64_t number = 0;
};

TEST(InOrder, TakesInOrderWhatThreadsBringInAny) {
  constexpr std::uint64_t items = 20000;
  for (const std::uint64_t most_ahead : {1U, 3U, 100U}) {
    std::vector<std::uint64_t> taken;
    InOrder<Item> order(most_ahead, [&](Item& item) { taken.push_back(item.number); });
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> failed{false};
    run_threads(5, failed, [&](std::uint32_t) {
      for (std::uint64_t i; (i = next.fetch_add(1)) < items;) {
        auto item = order.fresh();
        item->number = i;
        if (i % 7 == 0) std::this_thread::yield();
        ASSERT_TRUE(order.put(i, std::move(item)));
      }
    });
    ASSERT_EQ(taken.size(), items);
    for (std::uint64_t i = 0; i < items; ++i) ASSERT_EQ(taken[i], i);
  }
}

TEST(InOrder, FinishesEachItemOnceItIsTaken) {
  constexpr std::uint64_t items = 5000;
  std::vector<std::uint32_t> taken(items), finished(items);
  InOrder<Item> order(
      4, [&](Item& item) { ++taken[item.number]; }, [&](Item& item) { finished[item.number] += taken[item.number]; });
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> failed{false};
  run_threads(3, failed, [&](std::uint32_t) {
    for (std::uint64_t i; (i = next.fetch_add(1)) < items;) {
      auto item = order.fresh();
      item->number = i;
      ASSERT_TRUE(order.put(i, std::move(item)));
    }
  });
  EXPECT_EQ(finished, std::vector<std::uint32_t>(items, 1));
}

TEST(InOrder, LeavesWhatComesTooEarlyUntilTheMissingOneComes) {
  std::vector<std::uint64_t> taken;
  InOrder<Item> order(4, [&](Item& item) { taken.push_back(item.number); });
  for (const std::uint64_t number : {2U, 1U, 0U, 4U}) {
    auto item = order.fresh();
    item->number = number;
    EXPECT_TRUE(order.put(number, std::move(item)));
    EXPECT_EQ(taken.size(), number == 0 || number == 4 ? 3U : 0U);
  }
  EXPECT_EQ(taken, (std::vector<std::uint64_t>{0, 1, 2}));
}

TEST(InOrder, AThreadThatFailsWakesThoseThatWait) {
  for (const bool in_take : {false, true}) {
    InOrder<Item> order(1, [&](Item& item) {
      if (in_take && item.number == 50) throw std::runtime_error("50");
    });
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> failed{false};
    const auto run = [&] {
      run_threads(4, failed, [&](std::uint32_t) {
        const InOrder<Item>::Guard guard(order);
        for (std::uint64_t i; (i = next.fetch_add(1)) < 1'000'000;) {
          if (!in_take && i == 50) throw std::runtime_error("50");
          auto item = order.fresh();
          item->number = i;
          if (!order.put(i, std::move(item))) return;
        }
      });
    };
    EXPECT_THROW(run(), std::runtime_error);
    EXPECT_LT(next, 1000U);
  }
}

}  // namespace
}  // namespace word2vec
