#include "trainer/text_ids.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <random>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class TextIdsTest : public Scratch {
 protected:
  TextIdsTest() {
    std::mt19937_64 random(3);
    for (int i = 0; i < 60'000; ++i) {
      text_ += "Word" + std::to_string(random() % (1 + random() % 500));
      text_ += random() % 12 == 0 ? "\n" : random() % 50 == 0 ? " \xFF " : " ";
    }
    options_.files = {write("1", text_), write("2", "rare and rarer\n\n" + text_)};
    options_.threads = 2;
    options_.block_bytes = 1000;
  }
  Corpus cached() const {
    CorpusOptions options = options_;
    options.cache = IdCache::memory;
    return read_corpus(options);
  }
  TextIds text_ids(const Corpus& corpus) const { return TextIds(options_, corpus.vocabulary, corpus.account); }

  /// Takes all pieces from `first` on; each must be a part of `ids` that reaches as far as it needs to.
  static void expect_pieces(IdSource& source, std::uint64_t first, std::span<const WordId> ids, const Reach& reach) {
    const IdStretch all{ids, 0};
    IdPiece piece;
    std::uint64_t number = first;
    for (; source.next(piece); ++number) {
      ASSERT_EQ(piece.number, number);
      ASSERT_LE(piece.ids.first, reach.before(all, piece.begin));
      ASSERT_GE(piece.ids.end(), reach.behind(all, piece.end));
      ASSERT_TRUE(std::ranges::equal(piece.ids.ids, ids.subspan(piece.ids.first, piece.ids.ids.size())));
    }
    EXPECT_EQ(number, IdPiece::count(ids.size()));
  }

  std::string text_;
  CorpusOptions options_;
};

TEST_F(TextIdsTest, AreThoseThatWouldBeCached) {
  options_.text.lowercase = true;
  for (const bool fixed : {false, true}) {
    if (fixed) options_.vocabulary_file = write("v", "word1 10\nword2 9\nword77 7\n");
    const Corpus corpus = cached();
    CachedIds expected(corpus.ids.ids());
    const Subsampler subsampler(corpus.vocabulary.counts(), 1e-3);
    const auto source = text_ids(corpus);
    EXPECT_EQ(source.size(), expected.size());
    EXPECT_EQ(source.hash(), expected.hash());
  }
}

TEST_F(TextIdsTest, EachEpochGivesAllPiecesFromAnyOn) {
  const Corpus corpus = cached();
  const Subsampler subsampler(corpus.vocabulary.counts(), 1e-3);
  for (const std::uint32_t threads : {1U, 7U}) {
    options_.threads = threads;
    TextIds source = text_ids(corpus);
    ASSERT_GT(source.pieces(), 12U);
    std::uint64_t first = 0;
    for (std::uint32_t epoch = 0; epoch < 4; ++epoch, first = 5 * epoch % source.pieces()) {
      const Reach reach(subsampler, 5, epoch);
      source.start(epoch, first, reach);
      expect_pieces(source, first, corpus.ids.ids(), reach);
    }
  }
}

TEST_F(TextIdsTest, GoesOnAfterARestAndEndsInTheMidst) {
  const Corpus corpus = cached();
  const Subsampler subsampler(corpus.vocabulary.counts(), 1e-3);
  const Reach reach(subsampler, 5, 1);
  TextIds source = text_ids(corpus);
  source.start(0, 0, reach);
  IdPiece piece;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(source.next(piece));
  source.start(0, 4, reach);
  expect_pieces(source, 4, corpus.ids.ids(), reach);
  source.start(1, 0, reach);
  ASSERT_TRUE(source.next(piece));  // and is destroyed with most of the text unread
}

TEST_F(TextIdsTest, ATextThatChangesIsAnError) {
  const Corpus corpus = cached();
  const Subsampler subsampler(corpus.vocabulary.counts(), 1e-3);
  const Reach reach(subsampler, 5, 1);
  const auto run = [&](TextIds& source) {
    source.start(0, 0, reach);
    for (IdPiece piece; source.next(piece);) {
    }
  };
  const std::string changed = "the text of " + path("1");
  {
    TextIds source = text_ids(corpus);
    write("1", text_ + "more");
    expect_has(message_of<Error>([&] { run(source); }), changed);
    expect_has(message_of<Error>([&] { text_ids(corpus); }), changed);
    write("1", text_);
  }
  // The same size and time, and other ids: more of them, fewer, or as many in another order.
  struct stat before {};
  for (const int change : {0, 1, 2}) {
    TextIds source = text_ids(corpus);
    ASSERT_EQ(::stat(path("1").c_str(), &before), 0);
    std::string other = text_;
    std::string::size_type at = 0;
    for (int i = 0; i < 100 && change < 2; ++i) {
      at = other.find(change == 0 ? '\xFF' : 'W', at);
      other[at] = change == 0 ? '\n' : '\xFF';
    }
    if (change == 2) {
      const auto cut = static_cast<std::ptrdiff_t>(other.find('\n') + 1);
      std::rotate(other.begin(), other.begin() + cut, other.end() - 100);
    }
    ASSERT_NE(other, text_);
    write("1", other);
    const timespec times[] = {before.st_atim, before.st_mtim};
    ASSERT_EQ(::utimensat(AT_FDCWD, path("1").c_str(), times, 0), 0);
    expect_has(message_of<Error>([&] { run(source); }), changed);
    write("1", text_);
  }
  TextIds source = text_ids(corpus);
  source.start(0, 0, reach);
  std::filesystem::remove(path("2"));
  expect_has(message_of<Error>([&] { source.start(1, 0, reach); }), path("2"));
}

TEST_F(TextIdsTest, RefusesWhatIsReadOnlyOnce) {
  EXPECT_NO_THROW(TextIds::check(options_.files));
  expect_has(message_of<UsageError>([&] { TextIds::check({path("1"), "-"}); }), "standard input");
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  expect_has(message_of<UsageError>([&] { TextIds::check({path("pipe")}); }), path("pipe"));
}

}  // namespace
}  // namespace word2vec
