#include "trainer/piece.h"

#include <algorithm>
#include <array>

namespace word2vec {
namespace {

// What a stream of random numbers is for, so that no two share their numbers.
enum Purpose : std::uint64_t { subsampling_stream = 1, drawing_stream = 2 };

// A negative that equals the target is drawn again. Where the target holds almost all of the noise this could take for ever:
// after so many draws, which no ordinary vocabulary needs, any other word serves.
constexpr int max_draws = 1000;

// How many ids ahead of its turn a word is asked for: since the last piece the table of the subsampler has left the near caches.
constexpr std::uint64_t ids_ahead = 32;

WordId draw_negative(Draws& draws, const AliasTable& noise, WordId target, Random& random) {
  for (int i = 0; i < max_draws; ++i) {
    const WordId word = draws.next();
    if (word != target) return word;
  }
  return static_cast<WordId>((target + 1 + random.below(noise.size() - 1)) % noise.size());
}

// A small working set of the noise: sets of negatives are picked among a few hundred words, of which the oldest makes way for
// a new draw now and then. A pick follows the noise as a fresh draw does, and within a window's width sets share next to
// nothing; but a row that is fetched serves about `uses` sets before it leaves, and is found in a near cache by all but the
// first.
class WorkingSet {
 public:
  static constexpr std::uint32_t most_in_set = 32;  // more would meet each other too often

  WorkingSet(const AliasTable& noise, Random& random) : noise_(noise), random_(random), draws_(noise, random) {
    for (WordId& word : words_) word = draws_.next();
  }

  /// Makes room for one more set of `count` picks.
  void renew(std::size_t count) {
    for (std::size_t i = 0; i < count; i += uses) words_[oldest_++ % size] = draws_.next();
  }
  WordId pick(WordId target) {
    for (int picks = 0; picks < max_picks; ++picks) {
      if (bits_ < size) bits_ = random_.next() | 1ULL << 63;  // the highest bit says how many are left
      const WordId word = words_[bits_ % size];
      bits_ /= size;
      if (word != target) return word;
    }
    return draw_negative(draws_, noise_, target, random_);
  }

 private:
  static constexpr std::size_t size = 512, uses = 5;
  static constexpr int max_picks = 20;
  const AliasTable& noise_;
  Random& random_;
  Draws draws_;
  std::array<WordId, size> words_;
  std::size_t oldest_ = 0;
  std::uint64_t bits_ = 0;
};

/// Appends those of the words at the places from `begin` to before `end` that subsampling keeps.
void append_kept(const IdStretch& ids, std::uint64_t begin, std::uint64_t end, const Reach& reach, std::vector<WordId>& words) {
  for (std::uint64_t place = begin; place < end; ++place) {
    if (reach.keeps(ids, place)) words.push_back(ids.at(place));
  }
}

}  // namespace

PieceMaker::PieceMaker(const Subsampler& subsampler, const AliasTable& noise, const TrainOptions& options)
    : subsampler_(subsampler), noise_(noise), options_(options) {}

Reach PieceMaker::reach(std::uint32_t epoch) const {
  return {subsampler_, options_.window, stream_key(options_.seed, subsampling_stream, epoch)};
}

void PieceMaker::make(const IdPiece& ids, std::uint32_t epoch, Piece& piece) const {
  std::size_t first_word = 0;
  gather(ids, reach(epoch), piece, first_word);
  Random random(stream_key(stream_key(options_.seed, drawing_stream, epoch), drawing_stream, ids.number));
  draw_windows(first_word, random, piece);
  draw_negatives(random, piece);
}

void PieceMaker::gather(const IdPiece& from, const Reach& reach, Piece& piece, std::size_t& first_word) {
  const IdStretch ids = from.ids;
  piece.words.clear();
  piece.offsets.clear();
  piece.tokens = piece.kept = 0;
  append_kept(ids, reach.before(ids, from.begin), from.begin, reach, piece.words);
  first_word = piece.words.size();
  // Written whether kept or not, and then written over: no branch, which the processor could not foresee.
  piece.words.resize(first_word + from.end - from.begin);
  piece.offsets.resize(from.end - from.begin);
  std::size_t kept = 0;
  for (std::uint64_t place = from.begin; place < from.end; ++place) {
    if (place + ids_ahead < from.end) reach.ask_for(ids, place + ids_ahead);
    const WordId word = ids.at(place);
    const bool is_word = word != sentence_end, keep = !is_word | reach.keeps(is_word ? word : 0, place);
    piece.words[first_word + kept] = word;
    piece.offsets[kept] = static_cast<std::uint32_t>(place - from.begin);
    piece.tokens += is_word;
    piece.kept += is_word & keep;
    kept += keep;
  }
  piece.words.resize(first_word + kept);
  piece.offsets.resize(kept);
  append_kept(ids, from.end, reach.behind(ids, from.end), reach, piece.words);
}

void PieceMaker::draw_windows(std::size_t first_word, Random& random, Piece& piece) const {
  piece.centres.clear();
  const std::size_t window = options_.window, last_word = first_word + piece.offsets.size();
  std::size_t sentence_first = 0, sentence_last = 0;
  for (std::size_t i = first_word; i < last_word; ++i) {
    if (piece.words[i] == sentence_end) {
      sentence_first = i + 1;
      continue;
    }
    if (sentence_last <= i) {
      sentence_last = i + 1;
      while (sentence_last < piece.words.size() && piece.words[sentence_last] != sentence_end) ++sentence_last;
    }
    const std::size_t width = 1 + random.below(window);
    const std::size_t first = std::max(sentence_first + width, i) - width, last = std::min(i + width + 1, sentence_last);
    if (last - first < 2) continue;
    piece.centres.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last),
                             piece.offsets[i - first_word]});
  }
}

void PieceMaker::draw_negatives(Random& random, Piece& piece) const {
  piece.negatives.clear();
  piece.first_negative.clear();
  Draws draws(noise_, random);
  if (options_.model == Model::skipgram && options_.sharing == NegativeSharing::block) {
    // A negative may be the centre of some of a block's pairs: it does not count in those (block_sampling.h).
    for (std::size_t centre = 0; centre < piece.centres.size(); ++centre) {
      if (centre % TrainOptions::block_centres == 0) {
        for (std::uint32_t i = options_.block_negatives(); i > 0; --i) piece.negatives.push_back(draws.next());
      }
      piece.first_negative.push_back(static_cast<std::uint32_t>(piece.negatives.size() - options_.block_negatives()));
    }
    return;
  }
  if (options_.sharing == NegativeSharing::none || options_.negative > WorkingSet::most_in_set) {
    const bool a_set_a_pair = options_.model == Model::skipgram && options_.sharing == NegativeSharing::none;
    for (const Centre& centre : piece.centres) {
      piece.first_negative.push_back(static_cast<std::uint32_t>(piece.negatives.size()));
      for (std::size_t i = (a_set_a_pair ? centre.contexts() : 1) * std::size_t{options_.negative}; i > 0; --i)
        piece.negatives.push_back(draw_negative(draws, noise_, piece.words[centre.index], random));
    }
    return;
  }
  WorkingSet set(noise_, random);
  piece.negatives.resize(piece.centres.size() * options_.negative);
  WordId* next = piece.negatives.data();
  for (const Centre& centre : piece.centres) {
    piece.first_negative.push_back(static_cast<std::uint32_t>(next - piece.negatives.data()));
    set.renew(options_.negative);
    for (WordId* const end = next + options_.negative; next < end; ++next) *next = set.pick(piece.words[centre.index]);
  }
}

}  // namespace word2vec
