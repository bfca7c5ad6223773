#include "corpus/id_store.h"

#include <algorithm>
#include <random>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

constexpr WordId S = sentence_end, X = dropped_word;

class IdStoreTest : public Scratch {
 protected:
  std::vector<WordId> through(const std::vector<WordId>& ids, const std::vector<WordId>& map, std::uint64_t memory_bytes) {
    IdStore store(folder_, memory_bytes);
    for (std::size_t i = 0; i < ids.size(); i += at_once_) {
      store.append(std::span(ids).subspan(i, std::min(at_once_, ids.size() - i)));
    }
    EXPECT_EQ(store.spilled(), 4 * ids.size() > memory_bytes);
    const auto shared = map.empty() ? nullptr : std::make_shared<const std::vector<WordId>>(map);
    kept_ = store.remap([&](std::uint32_t) { return shared; }, threads_);
    EXPECT_TRUE(names().empty()) << "the file has a name";
    return {store.ids().begin(), store.ids().end()};
  }
  std::uint64_t kept_ = 0;
  std::size_t at_once_ = 3;
  std::uint32_t threads_ = 1;
};

TEST_F(IdStoreTest, RemapsDropsAndClosesUp) {
  const std::vector<WordId> ids{0, 1, 2, S, 1, S, 1, 1, 2, S, 0, S, 2};
  const std::vector<WordId> map{5, X, 0};
  threads_ = 2;
  for (const std::uint64_t memory : {1000U, 0U, 4U, 8U, 12U, 20U, 48U, 52U}) {
    EXPECT_EQ(through(ids, map, memory), (std::vector<WordId>{5, 0, S, 0, S, 5, S, 0})) << memory;
    EXPECT_EQ(kept_, 5U);
  }
}

TEST_F(IdStoreTest, AnEmptyMapOnlyDropsEmptySentences) {
  EXPECT_EQ(through({S, 3, S, S, 4}, {}, 8), (std::vector<WordId>{3, S, 4}));
  EXPECT_EQ(through({S, 3, S, S, 4}, {}, 800), (std::vector<WordId>{3, S, 4}));
}

TEST_F(IdStoreTest, NothingLeftIsNoError) {
  EXPECT_TRUE(through({}, {}, 8).empty());
  EXPECT_TRUE(through({0, S, 0, S}, {X}, 4).empty());
  EXPECT_TRUE(through({0, S, 0, S}, {X}, 400).empty());
}

TEST_F(IdStoreTest, TheMiddleFromWhereTwoThreadsGoMayBeAnywhere) {
  const std::vector<WordId> map{X, 7, 8};
  threads_ = 2;
  EXPECT_EQ(through({1, S, 2, S, 0, S, 0, S}, map, 800), (std::vector<WordId>{7, S, 8, S}));  // no word stays behind it
  EXPECT_EQ(through({0, S, 0, S, 1, S, 2, S}, map, 800), (std::vector<WordId>{7, S, 8, S}));  // nor before
  EXPECT_EQ(through({1, 2, 0, S, 0, S, 1, S}, map, 800), (std::vector<WordId>{7, 8, S, 7, S}));
  EXPECT_EQ(through({1, 0, 0, 0, 0, 0, S, S}, map, 800), (std::vector<WordId>{7, S}));
  EXPECT_EQ(through({S, 0, S, 1, 0, 2, 0, 0}, map, 800), (std::vector<WordId>{7, 8}));
  EXPECT_EQ(through({S, S, S}, map, 800), (std::vector<WordId>{}));
  EXPECT_EQ(through({2}, map, 800), (std::vector<WordId>{8}));
}

TEST_F(IdStoreTest, WhatIsInFrontOfTheIdsIsGivenBack) {
  // Of the first half, which fills several huge pages, one word in ten stays.
  std::vector<WordId> ids(8 << 20, 0);
  for (std::size_t i = 0; i < ids.size(); i += i < ids.size() / 2 ? 10 : 1) ids[i] = 1;
  threads_ = 2;
  const auto kept = through(ids, {X, 3}, 1 << 30);
  EXPECT_EQ(kept.size(), static_cast<std::size_t>(std::ranges::count(ids, 1U)));
  EXPECT_EQ(std::ranges::count(kept, 3U), static_cast<std::ptrdiff_t>(kept.size()));
}

TEST_F(IdStoreTest, SpilledEqualsInMemoryOverManyChunks) {
  std::mt19937_64 random(3);
  std::vector<WordId> ids(1'500'000), map(1000);
  for (WordId& id : ids) id = random() % 9 == 0 ? S : static_cast<WordId>(random() % map.size());
  for (WordId& id : map) id = random() % 3 == 0 ? X : static_cast<WordId>(random() % 700);
  at_once_ = 300'000;
  const auto in_memory = through(ids, map, 1 << 30);
  const std::uint64_t kept = kept_;
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    for (const std::size_t at_once : {500UL, 130'000UL, 131'072UL, 2'000'000UL}) {
      threads_ = threads;
      at_once_ = at_once;
      ASSERT_TRUE(through(ids, map, 1 << 30) == in_memory) << threads << " " << at_once;
      ASSERT_TRUE(through(ids, map, 4 << 20) == in_memory) << threads << " " << at_once;
      ASSERT_EQ(kept_, kept);
    }
  }
  ASSERT_TRUE(through(ids, map, 40) == in_memory);
  EXPECT_EQ(kept,
            static_cast<std::uint64_t>(std::count_if(in_memory.begin(), in_memory.end(), [](WordId id) { return id != S; })));
}

/// The same, with a list that is as simple as can be.
std::vector<WordId> slowly(const std::vector<std::pair<WordId, std::uint32_t>>& ids, const std::vector<IdStore::Map>& maps) {
  std::vector<WordId> left;
  for (const auto& [id, table] : ids) {
    const WordId mapped = id == S ? S : (*maps[table])[id];
    if (mapped == S ? !left.empty() && left.back() != S : mapped != X) left.push_back(mapped);
  }
  return left;
}

TEST_F(IdStoreTest, EachTableHasItsMapAndSentencesCrossThem) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 40; ++round) {
    std::vector<IdStore::Map> maps;
    for (int table = 0; table < 5; ++table) {
      std::vector<WordId> map(20);
      for (WordId& id : map) id = random() % 2 == 0 ? X : static_cast<WordId>(random() % 100);
      maps.push_back(std::make_shared<const std::vector<WordId>>(map));
    }
    std::vector<std::pair<WordId, std::uint32_t>> all;
    IdStore store(folder_, round % 2 == 0 ? 100 : 1 << 20);
    for (int block = 0; block < 60; ++block) {
      const auto table = static_cast<std::uint32_t>(random() % maps.size());
      std::vector<WordId> ids(random() % 6);
      for (WordId& id : ids) {
        id = random() % 3 == 0 ? S : static_cast<WordId>(random() % 20);
        all.emplace_back(id, table);
      }
      store.append(ids, table);
    }
    store.remap([&](std::uint32_t table) { return maps[table]; }, 1 + static_cast<std::uint32_t>(round) % 4);
    ASSERT_EQ(std::vector<WordId>(store.ids().begin(), store.ids().end()), slowly(all, maps)) << round;
  }
}

TEST_F(IdStoreTest, ASentenceGoesOnOverWordsThatAreDropped) {
  constexpr std::size_t size = 400'000;  // many segments
  std::mt19937_64 random(5);
  const auto map = std::make_shared<const std::vector<WordId>>(std::vector<WordId>{X, 7});
  for (int round = 0; round < 20; ++round) {
    // Almost all are dropped, so that what tells whether a sentence goes on is many segments away.
    std::vector<std::pair<WordId, std::uint32_t>> all(size, {0, 0});
    for (int few = 0; few < 8; ++few) all[random() % size].first = few % 2 == 0 ? S : 1;
    for (const std::uint32_t threads : {1U, 2U, 3U}) {
      IdStore store(folder_);
      for (const auto& [id, table] : all) store.append({&id, 1});
      store.remap([&](std::uint32_t) { return map; }, threads);
      ASSERT_EQ(std::vector<WordId>(store.ids().begin(), store.ids().end()), slowly(all, {map})) << round << " " << threads;
    }
  }
}

TEST_F(IdStoreTest, TheMapIsTheSameWithAnyInstructions) {
  std::mt19937_64 random(4);
  for (const unsigned rare : {2U, 9U, 400U}) {  // a sentence end in so many ids
    for (std::size_t size = 0; size < 70'000; size = 3 * size / 2 + 1 + random() % 3) {
      std::vector<std::pair<WordId, std::uint32_t>> all;
      const std::vector<IdStore::Map> maps{[&] {
        std::vector<WordId> map(1 + random() % 500);
        for (WordId& id : map) id = random() % 3 == 0 ? X : static_cast<WordId>(random());
        for (WordId& id : map) id = id == S ? X : id;
        return std::make_shared<const std::vector<WordId>>(map);
      }()};
      for (std::size_t i = 0; i < size; ++i)
        all.emplace_back(random() % rare == 0 ? S : static_cast<WordId>(random() % maps[0]->size()), 0);
      for (const SimdLevel level : simd_levels()) {
        for (const auto& [threads, in_order] : {std::pair(1U, false), {2U, false}, {2U, true}}) {
          IdStore store(folder_);
          for (const auto& [id, table] : all) store.append({&id, 1});
          store.remap([&](std::uint32_t table) { return maps[table]; }, threads, in_order, level);
          ASSERT_EQ(std::vector<WordId>(store.ids().begin(), store.ids().end()), slowly(all, maps)) << simd_name(level) << size;
        }
      }
    }
  }
}

TEST_F(IdStoreTest, WhatElseIsInMemoryCountsToo) {
  IdStore store(folder_, 1000);
  const std::vector<WordId> ids(10, 1);
  store.append(ids, 0, 900);
  EXPECT_FALSE(store.spilled());
  store.append(ids, 0, 950);
  EXPECT_TRUE(store.spilled());
}

TEST_F(IdStoreTest, AFailureInOneThreadEndsAll) {
  IdStore store(folder_, 1 << 20);
  const std::vector<WordId> ids(10, 0);
  for (std::uint32_t table = 0; table < 50; ++table) store.append(ids, table);
  const auto map = std::make_shared<const std::vector<WordId>>(1, WordId{0});
  EXPECT_THROW(store.remap(
                   [&](std::uint32_t table) {
                     if (table == 17) throw Error("17");
                     return map;
                   },
                   4),
               Error);
}

TEST_F(IdStoreTest, AFailureInOneOfTwoThreadsEndsBoth) {
  for (const std::uint32_t bad : {0U, 1U}) {
    IdStore store(folder_);
    const std::vector<WordId> ids(200'000, 0);
    for (const std::uint32_t table : {0U, 1U}) store.append(ids, table);
    const auto map = std::make_shared<const std::vector<WordId>>(1, WordId{0});
    EXPECT_THROW(store.remap(
                     [&](std::uint32_t table) {
                       if (table == bad) throw Error("bad");
                       return map;
                     },
                     2),
                 Error);
  }
}

TEST_F(IdStoreTest, MovesItsMemory) {
  IdStore store(folder_);
  std::vector<WordId> ids(500'000);
  for (WordId i = 0; i < ids.size(); ++i) ids[i] = i;
  store.append(ids);
  auto map = std::make_shared<std::vector<WordId>>(ids);
  for (WordId i = 0; i < 200'000; ++i) (*map)[i] = X;
  store.remap([&](std::uint32_t) { return map; }, 2);
  IdStore second;
  second = std::move(store);
  ASSERT_EQ(second.ids().size(), 300'000U);
  EXPECT_EQ(second.ids().front(), 200'000U);
  EXPECT_EQ(second.ids().back(), 499'999U);
}

TEST_F(IdStoreTest, MovesItsFile) {
  IdStore store(folder_, 4);
  for (WordId id = 0; id < 10; ++id) store.append({&id, 1});
  store.remap([](std::uint32_t) { return nullptr; });
  IdStore second(std::move(store));
  IdStore third;
  third = std::move(second);
  ASSERT_EQ(third.ids().size(), 10U);
  EXPECT_EQ(third.ids()[9], 9U);
  EXPECT_TRUE(third.spilled());
}

TEST_F(IdStoreTest, NamesTheFolderThatIsMissing) {
  IdStore store(path("none"), 4);
  const std::string message = message_of<Error>([&] {
    for (WordId id = 0; id < 10; ++id) store.append({&id, 1});
  });
  expect_has(message, path("none"));
}

}  // namespace
}  // namespace word2vec
