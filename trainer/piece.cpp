#include "trainer/piece.h"

#include <algorithm>

namespace word2vec {
namespace {

// What a stream of random numbers is for, so that no two share their numbers.
enum Purpose : std::uint64_t { subsampling_stream = 1, drawing_stream = 2 };

// A negative that equals the target is drawn again. Where the target holds almost all of the noise this could take for ever:
// after so many draws, which no ordinary vocabulary needs, any other word serves.
constexpr int max_draws = 1000;

// How many centres apart sets may share negatives (draw_centre_negatives): so many that no context meets a draw twice in its
// windows, up to some width.
constexpr std::uint32_t centres_apart = 41;

WordId draw_negative(const AliasTable& noise, WordId target, Random& random) {
  for (int i = 0; i < max_draws; ++i) {
    const WordId word = noise.draw(random.next());
    if (word != target) return word;
  }
  return static_cast<WordId>((target + 1 + random.below(noise.size() - 1)) % noise.size());
}

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
  append_kept(ids, reach.before(ids, from.begin), from.begin, reach, piece.words);
  first_word = piece.words.size();
  // Written whether kept or not, and then written over: no branch, which the processor could not foresee.
  piece.words.resize(first_word + from.end - from.begin);
  piece.offsets.resize(from.end - from.begin);
  piece.sentence_ends.resize(from.end - from.begin);
  WordId* const words = piece.words.data() + first_word;
  std::uint32_t *const offsets = piece.offsets.data(), *const sentence_ends = piece.sentence_ends.data();
  std::uint64_t kept = 0, ends = 0;
  for (std::uint64_t place = from.begin; place < from.end; ++place) {
    const WordId word = ids.at(place);
    words[kept] = word;
    offsets[kept] = static_cast<std::uint32_t>(place - from.begin);
    sentence_ends[ends] = static_cast<std::uint32_t>(first_word + kept);
    kept += reach.keeps(word, place);
    ends += word == sentence_end;
  }
  piece.tokens = from.end - from.begin - ends;
  piece.kept = kept - ends;
  piece.words.resize(first_word + kept);
  piece.offsets.resize(kept);
  piece.sentence_ends.resize(ends);
  append_kept(ids, from.end, reach.behind(ids, from.end), reach, piece.words);
}

void PieceMaker::draw_windows(std::size_t first_word, Random& random, Piece& piece) const {
  const std::size_t window = options_.window, last_word = first_word + piece.offsets.size();
  const std::uint32_t* const offsets = piece.offsets.data();
  Random numbers = random;  // in registers
  // As in gather: written, and written over where the word has no context.
  piece.centres.resize(piece.offsets.size());
  Centre* next = piece.centres.data();
  const auto draw = [&](std::size_t sentence_first, std::size_t sentence_last) {
    const std::size_t end = std::min(sentence_last, last_word);
    for (std::size_t i = std::max(sentence_first, first_word); i < end; ++i) {
      const std::size_t width = 1 + numbers.below(window);
      const std::size_t first = std::max(sentence_first + width, i) - width, last = std::min(i + width + 1, sentence_last);
      *next = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last),
               offsets[i - first_word]};
      next += last - first >= 2;
    }
  };
  std::size_t sentence_first = 0;
  for (const std::uint32_t end : piece.sentence_ends) {
    draw(sentence_first, end);
    sentence_first = end + 1;
  }
  draw(sentence_first, piece.words.size());
  random = numbers;
  piece.centres.resize(static_cast<std::size_t>(next - piece.centres.data()));
}

// A negative may be the centre of some of a block's pairs: it does not count in those (block_sampling.h).
void PieceMaker::draw_block_negatives(Random& random, Piece& piece) const {
  const std::size_t blocks = (piece.centres.size() + TrainOptions::block_centres - 1) / TrainOptions::block_centres;
  piece.negatives.resize(blocks * options_.block_negatives());
  noise_.draw(random, piece.negatives);
  piece.first_negative.resize(piece.centres.size());
  for (std::size_t i = 0; i < piece.centres.size(); ++i)
    piece.first_negative[i] = static_cast<std::uint32_t>(i / TrainOptions::block_centres * options_.block_negatives());
}

void PieceMaker::draw_pair_negatives(Random& random, Piece& piece) const {
  piece.first_negative.resize(piece.centres.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < piece.centres.size(); ++i) {
    piece.first_negative[i] = static_cast<std::uint32_t>(count);
    count += piece.centres[i].contexts() * std::size_t{options_.negative};
  }
  piece.negatives.resize(count);
  noise_.draw(random, piece.negatives);
  WordId* negative = piece.negatives.data();
  for (const Centre& centre : piece.centres) {
    const WordId target = piece.words[centre.index];
    for (const WordId* const end = negative + centre.contexts() * std::size_t{options_.negative}; negative != end; ++negative) {
      if (*negative == target) [[unlikely]]
        *negative = draw_negative(noise_, target, random);
    }
  }
}

// Centres' sets are of draws that are independent of each other and follow the noise as new ones do; but a draw is in several
// sets, new in one and back in others so many turns later. A row that was fetched serves them all, and is found in a near cache
// by all but the first. Two sets share a negative for every `uses_of_negative` of theirs when they are `apart` times 1, 2, 3, 4,
// 5, 7, 8, 9, 10 or 11 turns from each other, and nothing at any other distance.
template <std::size_t known_negative>
void PieceMaker::draw_centre_negatives(Random& random, Piece& piece) const {
  constexpr std::size_t turns[uses_of_negative] = {0, 1, 4, 9, 11};  // a Golomb ruler: no two differences are the same
  const std::size_t apart = std::min(2 * options_.window + 1, centres_apart);
  const std::size_t negative = known_negative != 0 ? known_negative : options_.negative, new_ones = new_negatives(negative);
  const std::size_t before = turns[uses_of_negative - 1] * apart * new_ones;  // draws that the first sets have back
  std::vector<std::size_t> place(negative);  // of each of a set among the draws, from the first that the first of sets has back
  for (std::size_t k = 0; k < negative; ++k) place[k] = before - turns[k / new_ones] * apart * new_ones + k % new_ones;
  piece.draws.resize(before + piece.centres.size() * new_ones);
  noise_.draw(random, piece.draws);
  piece.negatives.resize(piece.centres.size() * negative);
  piece.first_negative.resize(piece.centres.size());
  const WordId* draws = piece.draws.data();
  WordId* set = piece.negatives.data();
  for (std::size_t i = 0; i < piece.centres.size(); ++i, draws += new_ones, set += negative) {
    piece.first_negative[i] = static_cast<std::uint32_t>(i * negative);
    const WordId target = piece.words[piece.centres[i].index];
    bool met = false;
    for (std::size_t k = 0; k < negative; ++k) {
      set[k] = draws[place[k]];
      met |= set[k] == target;
    }
    if (!met) [[likely]]
      continue;
    for (std::size_t k = 0; k < negative; ++k) {
      if (set[k] == target) set[k] = draw_negative(noise_, target, random);
    }
  }
}

void PieceMaker::draw_negatives(Random& random, Piece& piece) const {
  const bool of_blocks = options_.sharing == NegativeSharing::block, of_pairs = options_.sharing == NegativeSharing::none;
  if (options_.model == Model::skipgram && of_blocks) return draw_block_negatives(random, piece);
  if (options_.model == Model::skipgram && of_pairs) return draw_pair_negatives(random, piece);
  constexpr std::size_t usual = TrainOptions().negative;  // for which the compiler leaves no loop
  if (options_.negative == usual) return draw_centre_negatives<usual>(random, piece);
  draw_centre_negatives<0>(random, piece);
}

}  // namespace word2vec
