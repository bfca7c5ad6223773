// The draws: noise by chi-square, subsampling by its formula, windows uniform, negatives never the target.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "trainer/piece.h"

namespace word2vec {
namespace {

// The upper 0.1 % point of chi-square with k degrees of freedom (Wilson and Hilferty 1931).
double chi_square_limit(double k) { return k * std::pow(1 - 2 / (9 * k) + 3.09 * std::sqrt(2 / (9 * k)), 3); }

double chi_square(const std::vector<double>& seen, const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) sum += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
  return sum;
}

TEST(AliasTable, DrawsByCountToTheThreeQuarters) {
  std::vector<std::uint64_t> counts;
  for (std::uint64_t i = 0; i < 200; ++i) counts.push_back(100000 / (i + 1) + 5);
  const AliasTable table = noise_table(counts);
  double sum = 0;
  for (const auto count : counts) sum += std::pow(static_cast<double>(count), 0.75);
  constexpr double draws = 4e6;
  std::vector<double> seen(counts.size()), expected;
  for (const auto count : counts) expected.push_back(draws * std::pow(static_cast<double>(count), 0.75) / sum);
  Random random(1);
  for (int i = 0; i < static_cast<int>(draws); ++i) ++seen[table.draw(random.next())];
  EXPECT_LT(chi_square(seen, expected), chi_square_limit(static_cast<double>(counts.size() - 1)));
}

TEST(AliasTable, DrawsInBatchesAreThoseOneByOne) {
  std::vector<double> weights;
  for (int i = 0; i < 1000; ++i) weights.push_back(1.0 / (i + 1));
  const AliasTable table(weights);
  Random random(3), same(3);
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 1000U}) {
    std::vector<WordId> words(size);
    table.draw(random, words);
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(words[i], table.draw(same.next())) << "draw " << i << " of " << size;
  }
}

TEST(AliasTable, OneWordAndEqualWords) {
  const std::vector<double> one = {3}, equal(7, 0.1);
  Random random(2);
  std::vector<double> seen(7);
  for (int i = 0; i < 70000; ++i) {
    EXPECT_EQ(AliasTable(one).draw(random.next()), 0U);
    if (i % 7 == 0) continue;
    ++seen[AliasTable(equal).draw(random.next())];
  }
  EXPECT_LT(chi_square(seen, std::vector<double>(7, 60000.0 / 7)), chi_square_limit(6));
}

TEST(Subsampling, KeepsByTheFormula) {
  const std::vector<std::uint64_t> counts = {500000, 300000, 150000, 49000, 900, 100};
  const double sample = 1e-3;
  const Subsampler subsampler(counts, sample);
  constexpr int trials = 200000;
  for (WordId word = 0; word < counts.size(); ++word) {
    const double f = static_cast<double>(counts[word]) / 1e6;
    const double keep = std::min(1.0, std::sqrt(sample / f) + sample / f);
    int kept = 0;
    for (std::uint64_t place = 0; place < trials; ++place) kept += subsampler.keeps(word, 42, place);
    EXPECT_NEAR(kept, trials * keep, 4 * std::sqrt(trials * keep * (1 - keep)) + 1e-9) << "word " << word;
  }
  const Subsampler off(counts, 0);
  for (std::uint64_t place = 0; place < 1000; ++place) EXPECT_TRUE(off.keeps(0, 42, place));
}

struct Made {
  std::vector<std::uint64_t> counts;
  Subsampler subsampler;
  AliasTable noise;
  explicit Made(std::vector<std::uint64_t> c, double sample = 0)
      : counts(std::move(c)), subsampler(counts, sample), noise(noise_table(counts)) {}
};

IdPiece piece_of(const std::vector<WordId>& ids, std::uint64_t number) {
  IdPiece piece;
  EXPECT_TRUE(piece.set(number, ids.size()));
  piece.ids = {ids, 0};
  return piece;
}

TEST(Windows, AreUniformFromOneToWindow) {
  const Made made({50, 50, 50, 50});
  std::vector<WordId> ids;
  for (int i = 0; i < 200000; ++i) ids.push_back(static_cast<WordId>(i % 4));
  ids.push_back(sentence_end);
  for (const std::uint32_t window : {2U, 4U, 5U, 8U}) {
    TrainOptions options;
    options.window = window;
    options.negative = 15;  // with which the original tool's generator draws one width for a whole sentence
    const PieceMaker maker(made.subsampler, made.noise, options);
    std::vector<double> seen(window);
    double pairs = 0, stays = 0, last = 0;
    Piece piece;
    for (std::size_t index = 1; index + 2 < IdPiece::count(ids.size()); ++index) {
      maker.make(piece_of(ids, index), 0, piece);
      for (const Centre& centre : piece.centres) {
        const std::uint32_t width = centre.index - centre.first_context;
        ASSERT_EQ(centre.last_context - centre.index - 1, width) << "cuts do not narrow a window";
        ++seen[width - 1];
        stays += width == last;
        last = width;
        ++pairs;
      }
    }
    EXPECT_LT(chi_square(seen, std::vector<double>(window, pairs / window)), chi_square_limit(window - 1)) << window;
    EXPECT_NEAR(stays / pairs, 1.0 / window, 0.01) << "one width says nothing of the next";
  }
}

// Words that are not the target, in the proportions of the noise: `seen[target][word]` draws.
void expect_noise(const Made& made, std::map<WordId, std::vector<double>>& seen) {
  const auto words = static_cast<WordId>(made.counts.size());
  for (auto& [target, counts] : seen) {
    double weight = 0, total = 0;
    for (WordId w = 0; w < words; ++w) weight += w == target ? 0 : std::pow(static_cast<double>(made.counts[w]), 0.75);
    for (const double count : counts) total += count;
    std::vector<double> others, expected;
    for (WordId w = 0; w < words; ++w) {
      if (w == target) continue;
      others.push_back(counts[w]);
      expected.push_back(total * std::pow(static_cast<double>(made.counts[w]), 0.75) / weight);
    }
    EXPECT_LT(chi_square(others, expected), chi_square_limit(words - 2)) << target;
  }
}

TEST(Negatives, AreNeverTheTargetAndFollowTheNoise) {
  const Made made({1000, 500, 100, 20, 5});
  std::vector<WordId> ids;
  for (int i = 0; i < 100000; ++i) ids.push_back(static_cast<WordId>(i % 5));
  ids.push_back(sentence_end);
  TrainOptions options;
  for (const NegativeSharing sharing : {NegativeSharing::none, NegativeSharing::window}) {
    options.sharing = sharing;
    const PieceMaker maker(made.subsampler, made.noise, options);
    std::map<WordId, std::vector<double>> seen;
    Piece piece;
    for (std::uint32_t epoch = 0; epoch < 30; ++epoch) {
      for (std::size_t index = 0; index < IdPiece::count(ids.size()); ++index) {
        maker.make(piece_of(ids, index), epoch, piece);
        std::size_t set = 0;
        for (std::size_t i = 0; i < piece.centres.size(); ++i) {
          const WordId target = piece.words[piece.centres[i].index];
          ASSERT_EQ(piece.negatives_of(i), &piece.negatives[set * options.negative]);
          const std::size_t sets = set + (sharing == NegativeSharing::none ? piece.centres[i].contexts() : 1);
          for (; set < sets; ++set) {
            for (std::size_t k = set * options.negative; k < (set + 1) * options.negative; ++k) {
              ASSERT_NE(piece.negatives[k], target);
              // A set's are independent, but sets near each other share some: only of those far apart each counts.
              if (set % 151 == epoch) seen.try_emplace(target, 5).first->second[piece.negatives[k]] += 1;
            }
          }
        }
        ASSERT_EQ(piece.negatives.size(), set * options.negative);
      }
    }
    EXPECT_EQ(seen.size(), 5U);
    expect_noise(made, seen);
  }
}

TEST(Negatives, OfASetAreIndependent) {
  const Made made({1000, 500, 100, 20, 20, 1});  // the last is the only target
  const std::vector<WordId> text(IdPiece::most_ids - 1, 5);
  std::vector<WordId> ids = text;
  ids.push_back(sentence_end);
  for (const NegativeSharing sharing : {NegativeSharing::none, NegativeSharing::window}) {
    TrainOptions options;
    options.sharing = sharing;
    const PieceMaker maker(made.subsampler, made.noise, options);
    std::vector<double> weights, expected, first_and_last(25);
    double total = 0, sets = 0;
    for (WordId word = 0; word < 5; ++word) {
      weights.push_back(std::pow(static_cast<double>(made.counts[word]), 0.75));
      total += weights.back();
    }
    Piece piece;
    for (std::uint32_t epoch = 0; epoch < 300; ++epoch) {
      maker.make(piece_of(ids, 0), epoch, piece);
      for (std::size_t set = epoch; (set + 1) * 5 <= piece.negatives.size(); set += 151, ++sets)
        ++first_and_last[piece.negatives[set * 5] * 5 + piece.negatives[set * 5 + 4]];
    }
    for (const double one : weights) {
      for (const double other : weights) expected.push_back(sets * one * other / (total * total));
    }
    EXPECT_LT(chi_square(first_and_last, expected), chi_square_limit(24));
  }
}

// What draws come back for, and what they must not do: a row fetched serves several sets, and those near each other differ.
TEST(Negatives, ComeBackOverThousandsOfSetsButNotNearby) {
  const Made made(std::vector<std::uint64_t>(2000000, 10));  // so many words that hardly one is drawn twice by chance
  std::vector<WordId> ids;
  Random random(5);
  for (int i = 0; i < 20000; ++i) ids.push_back(static_cast<WordId>(random.below(2000000)));
  ids.push_back(sentence_end);
  for (const std::uint32_t negative : {1U, 4U, 5U, 15U, 41U}) {
    for (const std::uint32_t window : {1U, 5U, 20U}) {
      TrainOptions options;
      options.negative = negative;
      options.window = window;
      const PieceMaker maker(made.subsampler, made.noise, options);
      Piece piece;
      maker.make(piece_of(ids, 0), 0, piece);
      const std::set<WordId> distinct(piece.negatives.begin(), piece.negatives.end());
      const double uses = static_cast<double>(piece.negatives.size()) / static_cast<double>(distinct.size());
      EXPECT_NEAR(uses, static_cast<double>(negative) / static_cast<double>(new_negatives(negative)), 0.3) << negative;
      const std::size_t nearby = (2 * window + 1) * negative;  // of the centres in whose windows a word can be
      for (std::size_t i = 0; i + nearby <= piece.negatives.size(); i += 97 * negative) {
        const auto first = piece.negatives.begin() + static_cast<std::ptrdiff_t>(i);
        const std::set<WordId> near(first, first + static_cast<std::ptrdiff_t>(nearby));
        ASSERT_GT(static_cast<double>(near.size()), 0.99 * static_cast<double>(nearby) - 1) << negative << ' ' << window;
      }
    }
  }
}

TEST(Negatives, WithoutSharingAreNewForEveryPair) {
  constexpr double words = 2000000;
  const Made made(std::vector<std::uint64_t>(static_cast<std::size_t>(words), 10));
  std::vector<WordId> ids;
  for (WordId i = 0; i < 8000; ++i) ids.push_back(i);
  ids.push_back(sentence_end);
  TrainOptions options;
  options.sharing = NegativeSharing::none;
  const PieceMaker maker(made.subsampler, made.noise, options);
  Piece piece;
  maker.make(piece_of(ids, 0), 0, piece);
  const std::set<WordId> distinct(piece.negatives.begin(), piece.negatives.end());
  const auto draws = static_cast<double>(piece.negatives.size());
  ASSERT_GT(draws, 100000);
  // As many as independent draws hit.
  EXPECT_NEAR(static_cast<double>(distinct.size()) / (words * (1 - std::exp(-draws / words))), 1, 0.01);
}

TEST(Negatives, TwoWordsOfWhichOneHoldsAllTheNoiseDoNotHang) {
  const Made made({1000000000000000, 1});
  const std::vector<WordId> ids = {0, 1, 0, 1, sentence_end};
  for (const NegativeSharing sharing : {NegativeSharing::none, NegativeSharing::window}) {
    TrainOptions options;
    options.sharing = sharing;
    const PieceMaker maker(made.subsampler, made.noise, options);
    Piece piece;
    maker.make(piece_of(ids, 0), 0, piece);
    std::size_t next = 0;
    for (const Centre& centre : piece.centres) {
      const std::uint32_t sets = sharing == NegativeSharing::none ? centre.contexts() : 1;
      for (std::uint32_t k = 0; k < sets * 5; ++k) EXPECT_NE(piece.negatives[next++], piece.words[centre.index]);
    }
    EXPECT_EQ(next, piece.negatives.size());
  }
}

// A sentence longer than a piece is trained as if it were not cut: the words that a cut's neighbours see are the same.
TEST(Pieces, CutsChangeNoNeighbourAndLoseNoToken) {
  std::vector<std::uint64_t> counts(50, 1000);
  counts[0] = 100000;
  const Made made(counts, 1e-3);
  std::vector<WordId> ids;
  Random random(3);
  std::uint64_t tokens = 0;
  for (int i = 0; i < 30000; ++i) {
    const bool end = i > 9000 && random.below(9) == 0;  // first one huge line, then short ones
    ids.push_back(end && ids.back() != sentence_end ? sentence_end : static_cast<WordId>(random.below(2) * random.below(50)));
    tokens += ids.back() != sentence_end;
  }
  if (ids.back() != sentence_end) ids.push_back(sentence_end);
  TrainOptions options;
  options.window = 6;
  const PieceMaker maker(made.subsampler, made.noise, options);
  // The whole corpus subsampled at once, without pieces: what each piece's words must be a stretch of.
  Piece piece;
  std::vector<WordId> joined;
  std::uint64_t visited = 0;
  std::vector<std::vector<WordId>> stretches;
  for (std::size_t index = 0; index < IdPiece::count(ids.size()); ++index) {
    maker.make(piece_of(ids, index), 2, piece);
    visited += piece.tokens;
    stretches.push_back(piece.words);
    const auto own = static_cast<std::ptrdiff_t>(piece.offsets.size());
    std::ptrdiff_t before = 0;  // neighbours ahead of the piece's own words
    if (!joined.empty() && joined.back() != sentence_end) {
      while (before < 6 && before < static_cast<std::ptrdiff_t>(joined.size()) &&
             joined[joined.size() - 1 - static_cast<std::size_t>(before)] != sentence_end)
        ++before;
    }
    ASSERT_TRUE(std::equal(piece.words.begin(), piece.words.begin() + before, joined.end() - before))
        << "left of piece " << index;
    joined.insert(joined.end(), piece.words.begin() + before, piece.words.begin() + before + own);
  }
  EXPECT_EQ(visited, tokens);
  for (std::size_t index = 0, at = 0; index < stretches.size(); ++index) {
    const auto found = std::search(joined.begin() + static_cast<std::ptrdiff_t>(at), joined.end(), stretches[index].begin(),
                                   stretches[index].end());
    ASSERT_NE(found, joined.end()) << "right of piece " << index;
    at = static_cast<std::size_t>(found - joined.begin());
  }
}

}  // namespace
}  // namespace word2vec
