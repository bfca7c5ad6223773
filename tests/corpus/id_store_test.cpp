#include "corpus/id_store.h"

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
    for (const WordId id : ids) store.append(id);
    EXPECT_EQ(store.spilled(), ids.size() > std::max<std::uint64_t>(1, memory_bytes / 4));
    kept_ = store.remap(map);
    EXPECT_TRUE(names().empty()) << "the file has a name";
    return {store.ids().begin(), store.ids().end()};
  }
  std::uint64_t kept_ = 0;
};

TEST_F(IdStoreTest, RemapsDropsAndClosesUp) {
  const std::vector<WordId> ids{0, 1, 2, S, 1, S, 1, 1, 2, S, 0, S, 2};
  const std::vector<WordId> map{5, X, 0};
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

TEST_F(IdStoreTest, SpilledEqualsInMemoryOverManyChunks) {
  std::mt19937_64 random(3);
  std::vector<WordId> ids(1'500'000), map(1000);
  for (WordId& id : ids) id = random() % 9 == 0 ? S : static_cast<WordId>(random() % map.size());
  for (WordId& id : map) id = random() % 3 == 0 ? X : static_cast<WordId>(random() % 700);
  const auto in_memory = through(ids, map, 1 << 30);
  const std::uint64_t kept = kept_;
  EXPECT_EQ(through(ids, map, 4 << 20), in_memory);
  EXPECT_EQ(kept_, kept);
  EXPECT_EQ(through(ids, map, 40), in_memory);
  EXPECT_EQ(kept,
            static_cast<std::uint64_t>(std::count_if(in_memory.begin(), in_memory.end(), [](WordId id) { return id != S; })));
}

TEST_F(IdStoreTest, MovesItsFile) {
  IdStore store(folder_, 4);
  for (WordId id = 0; id < 10; ++id) store.append(id);
  store.remap({});
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
    for (WordId id = 0; id < 10; ++id) store.append(id);
  });
  expect_has(message, path("none"));
}

}  // namespace
}  // namespace word2vec
