// The step of block_sampling.h by the matrix registers of AMX (amx_products.h): all of a block's contexts by all of its centres
// and negatives, though not all are pairs. Knows the gradient of a block; refuses to know how its samples were drawn.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trainer/aligned_numbers.h"
#include "trainer/amx_products.h"
#include "trainer/block_pairs.h"
#include "trainer/block_turns.h"
#include "trainer/block_weights.h"
#include "trainer/logistic.h"
#include "trainer/piece.h"
#include "trainer/rows.h"

#if defined(__x86_64__)
namespace word2vec {

/// Of a context's scores with a register of targets those of no pair become so right that they cost nothing, and pull by less
/// than shows: where the context is not from `first` to the one before `last`, or is the target's own place, `self`.
WORD2VEC_BF16_INLINE void keep_pairs(AmxRegisters::Pack& scores, std::int32_t context, const std::int32_t* first,
                                     const std::int32_t* last, const std::int32_t* self) {
  // By hand, because compilers take conditions on wide registers apart into lanes.
  const __m512i place = _mm512_set1_epi32(context);
  __mmask16 pairs = _mm512_cmpge_epi32_mask(place, _mm512_loadu_si512(first));
  pairs = _mm512_mask_cmplt_epi32_mask(pairs, place, _mm512_loadu_si512(last));
  pairs = _mm512_mask_cmpneq_epi32_mask(pairs, place, _mm512_loadu_si512(self));
  const AmxRegisters::Pack right = AmxRegisters::Pack{} + 40;
  scores = __builtin_bit_cast(AmxRegisters::Pack,
                              _mm512_mask_blend_ps(pairs, __builtin_bit_cast(__m512, right), __builtin_bit_cast(__m512, scores)));
}

/// One thread's scratch for its steps, and the losses that they add up. The loss of a block is BlockSampling's.
class AmxBlockSampling {
 public:
  using Registers = AmxRegisters;
  using Real = Registers::Real;

  AmxBlockSampling(Rows<Real> input, Rows<Real> output, const TrainOptions& options)
      : input_(input),
        output_(output),
        shared_(options.block_negatives()),
        pitch_((shared_ + lanes - 1) / lanes * lanes),
        share_(static_cast<Real>(options.negative) / static_cast<Real>(shared_)),
        block_(shared_) {}

  /// Moves all rows by -alpha times their gradients, from the rows as they were. Returns the number of pairs.
  /// `ahead` is called as BlockSampling does.
  template <class Ahead>
  [[gnu::always_inline]] inline std::size_t step(const Piece& piece, std::size_t first, std::size_t last, Real alpha,
                                                 Ahead&& ahead) {
    block_.gather(piece, first, last, input_, output_);
    outputs_.assign(block_.targets.begin(), block_.targets.end());
    outputs_.insert(outputs_.end(), block_.negatives.begin(), block_.negatives.end());
    const std::size_t length = input_.length<Registers>();
    constexpr std::size_t parts_at_once = 6;
    BlockTurns<Ahead> turns{ahead, 0, 2 * block_.targets.size()};
    const auto between = [&]() __attribute__((always_inline)) { turns.take(parts_at_once); };
    products_.take(block_.contexts.data(), block_.contexts.size(), outputs_.data(), outputs_.size(), length);
    const std::size_t pitch = (block_.targets.size() + lanes - 1) / lanes * lanes + pitch_;
    Real* const scores = scores_.room(AmxProducts::rows_of_scores(block_.contexts.size()) * pitch + lanes);
    products_.score(scores, pitch, between);
    weigh_negatives(block_, piece, first, share_, pitch_, weights_);
    pull(scores, pitch, alpha);
    products_.template update<false>(scores, pitch, {}, between);
    turns.take(turns.all);
    return block_.count;
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take(); }

 private:
  static constexpr std::size_t lanes = Registers::lanes;
  using Pack = Registers::Pack;

  /// Scores to pulls, in place: of pairs, and of contexts with the negatives. What is neither comes to nothing.
  [[gnu::always_inline]] inline void pull(Real* scores, std::size_t pitch, Real alpha) {
    const std::size_t contexts = block_.contexts.size(), targets = block_.targets.size();
    find_windows();
    const std::size_t room = contexts * (targets / lanes + 2) * lanes;
    Real *const of_pairs = pair_scores_.room(room), *const of_negatives = negative_scores_.room(contexts * pitch_ + lanes);
    if (ones_.size() < room) ones_.resize(room, Real(1));
    std::size_t count = 0;
    over_bands([&](std::size_t c, std::size_t target) __attribute__((always_inline)) {
      Pack score;
      load(score, scores + c * pitch + target);
      keep_pairs(score, static_cast<std::int32_t>(c), &first_[target], &last_[target], &self_[target]);
      store(of_pairs + count, score);
      count += lanes;
    });
    over_negatives([&](std::size_t c, std::size_t k)
                       __attribute__((always_inline)) { move(of_negatives + c * pitch_ + k, scores + c * pitch + targets + k); });
    pull_of_scores<Registers>(of_pairs, ones_.data(), count, alpha, loss_);
    pull_of_scores<Registers, true>(of_negatives, weights_.data(), contexts * pitch_, alpha, loss_);
    std::fill_n(scores, contexts * pitch, Real(0));
    count = 0;
    over_bands([&](std::size_t c, std::size_t target) __attribute__((always_inline)) {
      move(scores + c * pitch + target, of_pairs + count);
      count += lanes;
    });
    over_negatives([&](std::size_t c, std::size_t k)
                       __attribute__((always_inline)) { move(scores + c * pitch + targets + k, of_negatives + c * pitch_ + k); });
  }
  /// A register's worth.
  [[gnu::always_inline]] static inline void move(Real* to, const Real* from) {
    Pack numbers;
    load(numbers, from);
    store(to, numbers);
  }
  /// Calls visit(context, negative) for registers of negatives.
  template <class Visit>
  [[gnu::always_inline]] inline void over_negatives(Visit&& visit) const {
    for (std::size_t c = 0; c < block_.contexts.size(); ++c) {
      for (std::size_t k = 0; k < shared_; k += lanes) visit(c, k);
    }
  }
  /// Calls visit(context, target) for registers of targets that have all of the context's pairs.
  template <class Visit>
  [[gnu::always_inline]] inline void over_bands(Visit&& visit) {
    const std::size_t contexts = block_.contexts.size();
    for (std::size_t c = 0; c < contexts; ++c) {
      const std::uint32_t end = block_.targets_before[std::min<std::size_t>(c + 1 + block_.widest, contexts)];
      for (std::uint32_t t = block_.targets_before[c - std::min<std::size_t>(c, block_.widest)]; t < end; t += lanes) visit(c, t);
    }
  }
  /// Each target's contexts, and a register of targets more that have none.
  void find_windows() {
    const std::size_t targets = block_.targets.size();
    for (std::vector<std::int32_t>* const places : {&first_, &last_, &self_}) places->assign(targets + lanes, 0);
    for (std::size_t t = 0; t < targets; ++t) {
      first_[t] = static_cast<std::int32_t>(block_.windows[t].first);
      last_[t] = static_cast<std::int32_t>(block_.windows[t].last);
      self_[t] = static_cast<std::int32_t>(block_.self[t]);
    }
  }

  Rows<Real> input_, output_;
  std::size_t shared_, pitch_;  // negatives of a block, and of a context's scores with them, rounded up to registers
  Real share_;                  // of a negative, of a pair's K
  BlockPairs<Real> block_;
  std::vector<Real*> outputs_;  // the targets' rows, and the negatives'
  AmxProducts products_;
  AlignedNumbers<Real> scores_, pair_scores_, negative_scores_, weights_;
  std::vector<Real> ones_;
  std::vector<std::int32_t> first_, last_, self_;
  LossSum<Registers> loss_;
};

}  // namespace word2vec
#endif
