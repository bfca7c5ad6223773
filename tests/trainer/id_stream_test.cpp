#include "trainer/id_stream.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace word2vec {
namespace {

/// Ids of which subsampling keeps nearly none of word 0, in sentences so long that neighbours are many pieces away.
struct Text {
  std::vector<std::uint64_t> counts = {1'000'000'000, 10, 10, 10};
  Subsampler subsampler{counts, 1e-7};
  Reach reach{subsampler, 5, 77};
  std::vector<WordId> ids;

  explicit Text(std::size_t size) {
    Random random(9);
    while (ids.size() + 1 < size) {
      const bool end = random.below(150'000) == 0 && !ids.empty() && ids.back() != sentence_end;
      const auto word = static_cast<WordId>(random.below(20000) == 0 ? 1 + random.below(3) : 0);
      ids.push_back(end ? sentence_end : word);
    }
    ids.push_back(sentence_end);
  }
  void bring(IdStream& stream, std::size_t at_once) const {
    const std::span<const WordId> all = ids;
    for (std::size_t i = 0; i < all.size(); i += at_once) {
      if (!stream.put(all.subspan(i, std::min(at_once, all.size() - i)))) return;
    }
    stream.end();
  }
  /// The piece holds what it needs, at the right places.
  void check(const IdPiece& piece) const {
    const IdStretch all{ids, 0};
    ASSERT_EQ(piece.begin, piece.number * IdPiece::most_ids);
    ASSERT_EQ(piece.end, std::min<std::uint64_t>(piece.begin + IdPiece::most_ids, ids.size()));
    ASSERT_EQ(piece.ids.first, reach.before(all, piece.begin)) << piece.number;
    ASSERT_EQ(piece.ids.end(), reach.behind(all, piece.end)) << piece.number;
    ASSERT_TRUE(std::ranges::equal(piece.ids.ids, all.ids.subspan(piece.ids.first, piece.ids.ids.size()))) << piece.number;
  }
};

TEST(IdStream, GivesEachPieceOnceWithItsNeighbours) {
  const Text text(400'000);
  std::uint64_t furthest = 0;
  for (const std::size_t at_once : {100UL, 8192UL, 100'000UL}) {
    for (const std::uint64_t first : {0UL, 1UL, 20UL, 48UL}) {
      IdStream stream(text.ids.size(), first, text.reach);
      std::thread bringer([&] { text.bring(stream, at_once); });
      IdPiece piece;
      std::uint64_t number = first;
      for (; stream.take(piece); ++number) {
        ASSERT_EQ(piece.number, number);
        text.check(piece);
        furthest = std::max(furthest, piece.begin - piece.ids.first);
      }
      EXPECT_EQ(number, IdPiece::count(text.ids.size()));
      EXPECT_EQ(stream.next_piece(), number);
      bringer.join();
    }
  }
  EXPECT_GT(furthest, 2 * IdPiece::most_ids) << "no neighbour was far: the text shows nothing";
}

TEST(IdStream, ThreadsShareThePieces) {
  const Text text(600'000);
  IdStream stream(text.ids.size(), 0, text.reach);
  std::vector<std::atomic<int>> taken(IdPiece::count(text.ids.size()));
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&] {
      for (IdPiece piece; stream.take(piece);) {
        text.check(piece);
        ++taken[piece.number];
      }
    });
  }
  text.bring(stream, 3000);
  for (std::thread& thread : threads) thread.join();
  for (const auto& times : taken) ASSERT_EQ(times, 1);
}

TEST(IdStream, WaitsWhenNobodyTakes) {
  std::vector<std::uint64_t> counts(4, 10);
  const Subsampler subsampler(counts, 0);
  IdStream stream(10'000'000, 0, Reach(subsampler, 5, 1));
  std::atomic<std::uint64_t> put{0};
  std::thread bringer([&] {
    const std::vector<WordId> some(10'000, 1);
    while (stream.put(some)) put += some.size();
  });
  while (put < 1'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LT(put, 1'100'000U) << "all is brought, whether or not it is taken";
  IdPiece piece;
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(stream.take(piece)) << "it goes on";
  stream.cancel();
  bringer.join();
  EXPECT_LT(put, 4'000'000U);
}

TEST(IdStream, AFailureReachesWhoWaits) {
  const Text text(100'000);
  IdStream stream(text.ids.size(), 0, text.reach);
  std::thread waiting([&] {
    IdPiece piece;
    EXPECT_THROW(while (stream.take(piece)){}, std::runtime_error);
  });
  stream.put(text.ids);
  stream.end(std::make_exception_ptr(std::runtime_error("the disk")));
  waiting.join();
}

}  // namespace
}  // namespace word2vec
