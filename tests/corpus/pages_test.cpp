#include "corpus/io/pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <span>
#include <utility>

namespace word2vec {
namespace {

std::span<char> content(const Pages& pages) { return {static_cast<char*>(pages.data()), pages.size()}; }

TEST(Pages, AreZeroAndKeepTheirContentWhenTheyGrow) {
  Pages pages(100);
  EXPECT_TRUE(std::ranges::all_of(content(pages), [](char c) { return c == 0; }));
  std::ranges::fill(content(pages), 'x');
  for (const std::size_t size : {5000UL, 10'000'000UL, 50'000'000UL}) {
    const std::size_t before = pages.size();
    pages.resize(size);
    EXPECT_EQ(pages.size(), size);
    EXPECT_TRUE(std::ranges::all_of(content(pages).first(before), [](char c) { return c == 'x'; }));
    EXPECT_TRUE(std::ranges::all_of(content(pages).subspan(before), [](char c) { return c == 0; }));
    std::ranges::fill(content(pages), 'x');
  }
  pages.resize(10);
  EXPECT_EQ(content(pages)[9], 'x');
  pages.resize(0);
  EXPECT_EQ(pages.size(), 0U);
}

TEST(Pages, GiveBackOnlyWhatIsInFront) {
  constexpr std::size_t huge_page = std::size_t{1} << 21;
  Pages pages(4 * huge_page);
  std::ranges::fill(content(pages), 'x');
  pages.give_back(huge_page - 1);
  EXPECT_EQ(content(pages)[0], 'x');
  pages.give_back(2 * huge_page + 5);
  EXPECT_TRUE(std::ranges::all_of(content(pages).first(2 * huge_page), [](char c) { return c == 0; }));
  EXPECT_TRUE(std::ranges::all_of(content(pages).subspan(2 * huge_page), [](char c) { return c == 'x'; }));
}

TEST(Pages, Move) {
  Pages pages(100);
  content(pages)[7] = 'x';
  Pages moved(std::move(pages));
  EXPECT_EQ(content(moved)[7], 'x');
  Pages assigned;
  assigned = std::move(moved);
  EXPECT_EQ(content(assigned)[7], 'x');
}

TEST(Pages, MoreThanThereCanBeIsAnException) {
  EXPECT_THROW(Pages(std::size_t{1} << 62), std::bad_alloc);
  Pages pages(10);
  EXPECT_THROW(pages.resize(std::size_t{1} << 62), std::bad_alloc);
  EXPECT_EQ(pages.size(), 10U);
}

}  // namespace
}  // namespace word2vec
