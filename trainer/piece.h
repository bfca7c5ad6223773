// A piece of the corpus made ready for training: the words kept, their windows and their negatives, all drawn before a row is
// touched. Knows ids and places; refuses to know floats of any row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trainer/alias_table.h"
#include "trainer/id_source.h"
#include "trainer/random.h"
#include "trainer/subsampling.h"
#include "trainer/train_options.h"

namespace word2vec {

/// A word that is trained, with the contexts that its window holds: words[first_context..last_context) but itself.
struct Centre {
  std::uint32_t index;          ///< into Piece::words
  std::uint32_t first_context;  ///< into Piece::words
  std::uint32_t last_context;
  std::uint32_t offset;  ///< of the token from the piece's first place, for the learning rate
  std::uint32_t contexts() const { return last_context - first_context - 1; }
};

/// A piece's centres from number `first` to before `last`.
struct Stretch {
  std::size_t first, last;
};

/// One thread's scratch, filled anew for each piece.
struct Piece {
  std::vector<WordId> words;                  ///< those kept, with `window` neighbours outside the piece; `sentence_end` between
  std::vector<std::uint32_t> offsets;         ///< of each of `words` that lies in the piece
  std::vector<std::uint32_t> sentence_ends;   ///< where among `words` these are
  std::vector<Centre> centres;                ///< of the words in the piece that have a context
  std::vector<WordId> draws;                  ///< what the centres' sets are made of
  std::vector<WordId> negatives;              ///< the centres' sets, one after the other, each of `negative`
  std::vector<std::uint32_t> first_negative;  ///< of each centre, into `negatives`
  std::uint64_t tokens = 0;                   ///< visited in the piece, kept or not
  std::uint64_t kept = 0;                     ///< of those, the ones that subsampling kept

  Stretch all() const { return {0, centres.size()}; }
  /// The centre's set; in Skip-gram without sharing its sets, one for each context; by blocks the set of its block.
  const WordId* negatives_of(std::size_t centre) const { return negatives.data() + first_negative[centre]; }
};

/// In how many sets of negatives a draw may be: in one it is new, in the others it comes back.
constexpr std::size_t uses_of_negative = 5;
/// How many of a set of `negative` are new; they come first.
constexpr std::size_t new_negatives(std::size_t negative) { return (negative + uses_of_negative - 1) / uses_of_negative; }

/// Makes pieces of ids ready. Immutable, so safe to share; `subsampler` and `noise` must outlive it.
class PieceMaker {
 public:
  PieceMaker(const Subsampler& subsampler, const AliasTable& noise, const TrainOptions& options);

  /// Which words around the ids of a piece must be there to make it.
  Reach reach(std::uint32_t epoch) const;
  /// Fills `piece` with what `ids` are in the epoch. A word at the edge sees the same neighbours as if there were no cut.
  void make(const IdPiece& ids, std::uint32_t epoch, Piece& piece) const;

 private:
  static void gather(const IdPiece& ids, const Reach& reach, Piece& piece, std::size_t& first_word);
  void draw_windows(std::size_t first_word, Random& random, Piece& piece) const;
  void draw_block_negatives(Random& random, Piece& piece) const;
  void draw_pair_negatives(Random& random, Piece& piece) const;
  /// `known_negative`: their number, where it is a constant; or 0.
  template <std::size_t known_negative>
  void draw_centre_negatives(Random& random, Piece& piece) const;
  void draw_negatives(Random& random, Piece& piece) const;

  const Subsampler& subsampler_;
  const AliasTable& noise_;
  TrainOptions options_;
};

}  // namespace word2vec
