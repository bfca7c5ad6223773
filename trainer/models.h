// The two models: which rows of a piece make a hidden row, and where its gradient goes. Knows Skip-gram and CBOW; refuses to
// know threads, files and how samples were drawn. Templates on the registers, as negative_sampling.h is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "corpus/simd.h"
#include "trainer/amx_block_sampling.h"
#include "trainer/block_sampling.h"
#include "trainer/cbow_step.h"
#include "trainer/context_rows.h"
#include "trainer/negative_sampling.h"
#include "trainer/pair_step.h"
#include "trainer/panel_block_sampling.h"
#include "trainer/piece.h"

namespace word2vec {

/// What training a piece came to.
struct PieceResult {
  double loss = 0;          ///< summed over the examples, in nats
  std::uint64_t pairs = 0;  ///< examples: (context, centre) pairs in Skip-gram, centres in CBOW
};

/// The learning rate within a piece: `first` at its first place, falling by `slope` a place.
struct PieceRate {
  double first, slope;
  double at(std::uint32_t offset) const { return first - slope * offset; }
};

/// What one thread's steps work in, where it is worth keeping from stretch to stretch of one training. Taken and put back, not
/// worked in where it is: what is a function's own, the compiler knows nobody else to change.
class StepMemory {
 public:
  /// The `Step` that was kept, or one made of `arguments`, which are the same each time.
  template <class Step, class... Arguments>
  Step take(const Arguments&... arguments) {
    return kept_ ? std::move(*static_cast<Step*>(kept_.get())) : Step(arguments...);
  }
  template <class Step>
  void keep(Step step) {
    if (kept_)
      *static_cast<Step*>(kept_.get()) = std::move(step);
    else
      kept_ = std::make_shared<Step>(std::move(step));
  }

 private:
  std::shared_ptr<void> kept_;
};

/// Asks for the context's row that a centre is the first to need: of the word that enters the widest window.
template <bool row_rates, class Real>
[[gnu::always_inline]] inline void prefetch_entering_input(const Piece& piece, std::size_t index, const TrainOptions& options,
                                                           Rows<Real> input, Cache cache) {
  const std::size_t entering = piece.centres[index].index + options.window;
  if (entering < piece.words.size() && piece.words[entering] != sentence_end)
    prefetch_row<row_rates>(input, piece.words[entering], cache);
}

/// The same, and for its own row.
template <bool row_rates, class Real>
[[gnu::always_inline]] inline void prefetch_inputs_and_target(const Piece& piece, std::size_t index, const TrainOptions& options,
                                                              Rows<Real> input, Rows<Real> output, Cache cache) {
  if (index >= piece.centres.size()) return;
  prefetch_entering_input<row_rates>(piece, index, options, input, cache);
  prefetch_row<row_rates>(output, piece.words[piece.centres[index].index], cache);
}

/// Asks for the rows of half of the first `count` of a set of negatives. In halves, between the parts of a step: the first-level
/// cache waits for some ten lines at once, and past those the processor does too.
template <bool row_rates, class Real>
[[gnu::always_inline]] inline void prefetch_negatives(const WordId* set, std::size_t count, Half half, Rows<Real> output,
                                                      Cache cache) {
  const std::size_t middle = count / 2;
  for (std::size_t k = half == Half::first ? 0 : middle; k < (half == Half::first ? middle : count); ++k)
    prefetch_row<row_rates>(output, set[k], cache);
}

// How many centres ahead rows are asked for: far enough for memory to answer, near enough for the first-level cache to hold.
constexpr std::size_t centres_ahead = 2;

/// Skip-gram: each context's input row predicts the centre (the original tool's direction; the pairs are the same either way).
/// Here all pairs of a centre share a set of negatives.
template <class Registers, bool row_rates>
[[gnu::always_inline]] inline PieceResult train_skipgram_windows(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                                 Rows<typename Registers::Real> input,
                                                                 Rows<typename Registers::Real> output, PieceRate rate) {
  using Real = typename Registers::Real;
  NegativeSampling<Registers> sampling(output, options.negative);
  ContextRows<row_rates, Real> contexts(piece, stretch, options.window, input);
  const Cache cache = cache_for(options.negative + 2, output);
  const std::size_t asked_negatives = new_negatives(options.negative);  // the others are in the second-level cache
  PieceResult result;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    const std::size_t ahead = i + centres_ahead;
    prefetch_inputs_and_target<row_rates>(piece, ahead, options, input, output, cache);
    const Centre& centre = piece.centres[i];
    contexts.move_to(centre);
    sampling.template choose<row_rates>(piece.words[centre.index], piece.negatives_of(i));
    sampling.template step<row_rates>(
        contexts.rows(centre), contexts.sums(centre), centre.contexts(),
        static_cast<Real>(rate.at(centre.offset)), [&](Half half) __attribute__((always_inline)) {
          if (ahead < piece.centres.size())
            prefetch_negatives<row_rates>(piece.negatives_of(ahead), asked_negatives, half, output, cache);
        });
    result.pairs += centre.contexts();
  }
  result.loss = sampling.take_loss();
  return result;
}

/// Skip-gram with a set of negatives for each pair.
template <class Registers, bool row_rates>
[[gnu::always_inline]] inline PieceResult train_skipgram_pairs(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                               Rows<typename Registers::Real> input,
                                                               Rows<typename Registers::Real> output, PieceRate rate) {
  using Real = typename Registers::Real;
  PairStep<Registers, row_rates> pairs(output, options.negative);
  ContextRows<row_rates, Real> contexts(piece, stretch, options.window, input);
  const WordId* const end = piece.negatives.data() + piece.negatives.size();
  const Cache cache = cache_for(pairs_at_once * options.negative, output);
  PieceResult result;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    prefetch_inputs_and_target<row_rates>(piece, i + centres_ahead, options, input, output, cache);
    const Centre& centre = piece.centres[i];
    contexts.move_to(centre);
    const WordId* const negatives = piece.negatives_of(i);
    const WordId* const ahead = negatives + pairs_at_once * options.negative;
    pairs.step(
        contexts.rows(centre), contexts.sums(centre), centre.contexts(), piece.words[centre.index], negatives,
        static_cast<Real>(rate.at(centre.offset)), [&](std::size_t pair) __attribute__((always_inline)) {
          // The others of the set were in one not long ago.
          const WordId* const set = ahead + pair * options.negative;
          for (std::size_t k = 0; set < end && k < options.negative; ++k) prefetch_row<row_rates>(output, set[k], cache);
        });
    result.pairs += centre.contexts();
  }
  result.loss = pairs.take_loss();
  return result;
}

/// How blocks are trained.
template <class Registers>
struct BlockStep {
  using Type = BlockSampling<Registers>;
};
template <MultipliesPairs Registers>
struct BlockStep<Registers> {
  using Type = PanelBlockSampling<Registers>;
};

#if defined(__x86_64__)
template <BesideTiles Registers>
struct BlockStep<Registers> {
  using Type = AmxBlockSampling;
};
#endif

/// Skip-gram by blocks of centres: block_sampling.h, panel_block_sampling.h or amx_block_sampling.h.
template <class Registers>
[[gnu::always_inline]] inline PieceResult train_skipgram_blocks(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                                Rows<typename Registers::Real> input,
                                                                Rows<typename Registers::Real> output, PieceRate rate,
                                                                StepMemory& memory) {
  using Real = typename Registers::Real;
  constexpr std::size_t block = TrainOptions::block_centres;
  // A block's rows are more than the first-level cache holds; but into the second-level one they come to be read, and what
  // another core has written would be taken from it twice.
  const Cache cache = options.threads > 1 ? Cache::first_level : Cache::second_level;
  auto sampling = memory.take<typename BlockStep<Registers>::Type>(input, output, options);
  PieceResult result;
  for (std::size_t first = stretch.first; first < stretch.last; first += block) {
    const std::size_t last = std::min(first + block, stretch.last);
    const auto ahead = [&](std::size_t part) __attribute__((always_inline)) {
      const std::size_t i = part / 2, next = first + block + i;
      if (next >= piece.centres.size()) return;
      if (part % 2 == 0) {
        prefetch_entering_input<false>(piece, next, options, input, cache);
        if (i < options.block_negatives()) prefetch_row<false>(output, piece.negatives_of(next)[i], cache);
      } else {
        prefetch_row<false>(output, piece.words[piece.centres[next].index], cache);
      }
    };
    result.pairs += sampling.step(piece, first, last, static_cast<Real>(rate.at(piece.centres[first].offset)), ahead);
  }
  result.loss = sampling.take_loss();
  memory.keep(std::move(sampling));
  return result;
}

/// CBOW: the mean of the contexts' input rows predicts the centre (cbow_step.h).
template <class Registers>
[[gnu::always_inline]] inline PieceResult train_cbow(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                     Rows<typename Registers::Real> input, Rows<typename Registers::Real> output,
                                                     PieceRate rate) {
  using Real = typename Registers::Real;
  CbowStep<Registers> cbow(output, options.negative);
  ContextRows<false, Real> contexts(piece, stretch, options.window, input);
  const Cache cache = cache_for(options.negative + 2, output);
  // The others are in the second-level cache; but a step is short, and would wait for them.
  const std::size_t asked_negatives = cache == Cache::first_level ? options.negative : new_negatives(options.negative);
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    const std::size_t ahead = i + centres_ahead;
    prefetch_inputs_and_target<false>(piece, ahead, options, input, output, cache);
    const Centre& centre = piece.centres[i];
    const std::size_t count = centre.contexts();
    contexts.move_to(centre);
    const Real scale = options.cbow_update == CbowUpdate::exact ? Real(1) / static_cast<Real>(count) : Real(1);
    cbow.step(
        contexts.rows(centre), count, piece.words[centre.index], piece.negatives_of(i), static_cast<Real>(rate.at(centre.offset)),
        scale, [&](Half half) __attribute__((always_inline)) {
          if (ahead < piece.centres.size())
            prefetch_negatives<false>(piece.negatives_of(ahead), asked_negatives, half, output, cache);
        });
  }
  return {cbow.take_loss(), stretch.last - stretch.first};
}

/// The ways to train a piece, each compiled to a function of its own: in one that holds several, the compiler loses hold of what
/// matters, and takes minutes.
enum class Way { cbow, blocks, pairs, windows, pairs_at_row_rates, windows_at_row_rates };

inline Way way_of(const TrainOptions& options, bool row_rates) {
  if (options.model == Model::cbow) return Way::cbow;
  if (options.sharing == NegativeSharing::block) return Way::blocks;
  if (options.sharing == NegativeSharing::window) return row_rates ? Way::windows_at_row_rates : Way::windows;
  return row_rates ? Way::pairs_at_row_rates : Way::pairs;
}

template <class Registers, Way way>
[[gnu::always_inline]] inline PieceResult train_so(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                   Rows<typename Registers::Real> input, Rows<typename Registers::Real> output,
                                                   PieceRate rate, StepMemory& memory) {
  if constexpr (way == Way::cbow) return train_cbow<Registers>(piece, stretch, options, input, output, rate);
  if constexpr (way == Way::blocks) return train_skipgram_blocks<Registers>(piece, stretch, options, input, output, rate, memory);
  if constexpr (way == Way::pairs) return train_skipgram_pairs<Registers, false>(piece, stretch, options, input, output, rate);
  if constexpr (way == Way::windows)
    return train_skipgram_windows<Registers, false>(piece, stretch, options, input, output, rate);
  if constexpr (way == Way::pairs_at_row_rates)
    return train_skipgram_pairs<Registers, true>(piece, stretch, options, input, output, rate);
  if constexpr (way == Way::windows_at_row_rates)
    return train_skipgram_windows<Registers, true>(piece, stretch, options, input, output, rate);
}

/// Calls train(std::integral_constant<Way, way>).
template <class Train>
PieceResult with_way(Way way, Train&& train) {
  switch (way) {
    case Way::cbow:
      return train(std::integral_constant<Way, Way::cbow>());
    case Way::blocks:
      return train(std::integral_constant<Way, Way::blocks>());
    case Way::pairs:
      return train(std::integral_constant<Way, Way::pairs>());
    case Way::windows:
      return train(std::integral_constant<Way, Way::windows>());
    case Way::pairs_at_row_rates:
      return train(std::integral_constant<Way, Way::pairs_at_row_rates>());
    case Way::windows_at_row_rates:
      break;
  }
  return train(std::integral_constant<Way, Way::windows_at_row_rates>());
}

/// Trains a stretch of a piece, from the start of a block on, with the code compiled for `options.simd`. `memory`: the thread's
/// own, for stretches of the same training. Thread-safe in Hogwild's sense (rows.h).
PieceResult train_piece(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                        PieceRate rate, StepMemory& memory);

/// The same for one level each; in sources of their own, since each takes the compiler half a minute.
PieceResult train_piece_avx2(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                             Rows<float> output, PieceRate rate, StepMemory& memory);
PieceResult train_piece_avx512(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                               Rows<float> output, PieceRate rate, StepMemory& memory);
PieceResult train_piece_avx512bf16(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                                   Rows<float> output, PieceRate rate, StepMemory& memory);
PieceResult train_piece_amx(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input,
                            Rows<float> output, PieceRate rate, StepMemory& memory);

}  // namespace word2vec
