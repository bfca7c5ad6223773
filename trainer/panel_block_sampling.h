// The step of block_sampling.h where products are of pairs (bf16_products.h): each row is copied once a block, as factors, and
// tiles of registers multiply many by many. Knows the gradient of a block; refuses to know how its samples were drawn.
//
// Pairs are met by tiles of neighbours against all that any of them is paired with, zeros included: with products of pairs that
// costs no more than each pair for itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trainer/aligned_numbers.h"
#include "trainer/block_pairs.h"
#include "trainer/block_turns.h"
#include "trainer/block_weights.h"
#include "trainer/logistic.h"
#include "trainer/panel_products.h"
#include "trainer/piece.h"
#include "trainer/row_columns.h"
#include "trainer/rows.h"

namespace word2vec {

/// One thread's scratch for its steps, and the losses that they add up. The loss of a block is BlockSampling's.
template <MultipliesPairs Registers>
class PanelBlockSampling {
 public:
  using Real = typename Registers::Real;

  PanelBlockSampling(Rows<Real> input, Rows<Real> output, const TrainOptions& options)
      : input_(input),
        output_(output),
        shared_(options.block_negatives()),
        pitch_((shared_ + Registers::lanes - 1) / Registers::lanes * Registers::lanes),
        share_(static_cast<Real>(options.negative) / static_cast<Real>(shared_)),
        block_(shared_),
        contexts_panel_(input.columns),
        targets_panel_(input.columns),
        negatives_panel_(input.columns) {}

  /// Moves all rows by -alpha times their gradients, from the rows as they were. Returns the number of pairs.
  /// `ahead` is called as BlockSampling does.
  template <class Ahead>
  [[gnu::always_inline]] inline std::size_t step(const Piece& piece, std::size_t first, std::size_t last, Real alpha,
                                                 Ahead&& ahead) {
    block_.gather(piece, first, last, input_, output_);
    block_.list_pairs();
    BlockTurns<Ahead> turns{ahead, 0, 2 * block_.targets.size()};
    score(turns);
    if (ones_.size() < block_.count + lanes) ones_.resize(block_.count + lanes, Real(1));
    weigh_negatives(block_, piece, first, share_, pitch_, weights_);
    pull_of_scores<Registers>(scores_.data(), ones_.data(), block_.count, alpha, loss_);
    pull_of_scores<Registers, true>(negative_scores_.data(), weights_.data(), block_.contexts.size() * pitch_, alpha, loss_);
    spread_pulls();
    update(turns);
    turns.take(turns.all);
    return block_.count;
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take(); }

 private:
  static constexpr std::size_t lanes = Registers::lanes, depth = Factors<Registers>::depth;
  static_assert(lanes <= BlockPairs<Real>::pairs_behind);
  using Range = typename BlockPairs<Real>::Range;
  static constexpr std::size_t chunk = 6;  // rows between two turns: whole tiles of any shape

  template <class Turns>
  [[gnu::always_inline]] inline void score(Turns& turns) {
    contexts_panel_.take(block_.contexts.data(), block_.contexts.size());
    targets_panel_.take(block_.targets.data(), block_.targets.size());
    negatives_panel_.take(block_.negatives.data(), shared_);
    Number<Registers>* const panel = negatives_down_.room(negatives_panel_.registers() * lanes * pitch_);
    tiles::transpose_rows<Registers>(negatives_panel_, shared_, pitch_, panel);
    const std::size_t contexts = block_.contexts.size();
    Real* const negative_scores = negative_scores_.room((contexts + 1) * pitch_ + lanes);
    for (std::size_t c = 0; c < contexts; c += chunk) {
      turns.take(2);
      score_panel<Registers>(contexts_panel_, c, std::min(c + chunk, contexts), panel, pitch_, negative_scores);
    }
    Real* const scores = scores_.room(block_.count + 2 * lanes);
    for (std::size_t p = 0; p < block_.count; p += lanes) {
      turns.take(1);
      score_pairs<Registers>(contexts_panel_, targets_panel_, &block_.pairs[p], scores + p);
    }
  }

  /// The pulls as left factors.
  [[gnu::always_inline]] inline void spread_pulls() {
    negative_pulls_.make(negative_scores_.data(), block_.contexts.size(), pitch_);
    across_pitch_ = factors_of<Registers>(block_.targets.size());
    down_pitch_ = factors_of<Registers>(block_.contexts.size());
    Number<Registers>* const across = across_.room(block_.contexts.size() * across_pitch_);
    Number<Registers>* const down = down_.room(block_.targets.size() * down_pitch_);
    std::fill_n(across, block_.contexts.size() * across_pitch_, Number<Registers>());
    std::fill_n(down, block_.targets.size() * down_pitch_, Number<Registers>());
    const Real* const pulls = scores_.data();
    for (std::size_t p = 0; p < block_.count; ++p) {
      const auto [context, target] = block_.pairs[p];
      put(across + context * across_pitch_, target, pulls[p]);
      put(down + target * down_pitch_, context, pulls[p]);
    }
  }

  /// Moves all rows, a stretch of columns after the other, all stretches about as wide.
  template <class Turns>
  [[gnu::always_inline]] inline void update(Turns& turns) {
    const std::size_t registers = (input_.columns + lanes - 1) / lanes;
    constexpr std::size_t most = tiles::most_columns<Registers>;
    std::size_t stretches = (registers + most - 1) / most;
    for (std::size_t i = 0, some = 0; i < registers; --stretches, i += some) {
      some = (registers - i + stretches - 1) / stretches;
      const auto in_chunks = [&](std::size_t rows, std::size_t turns_of_chunk, auto&& move) __attribute__((always_inline)) {
        for (std::size_t r = 0; r < rows; r += chunk) {
          turns.take(turns_of_chunk);
          tiles::with_constant<most>(
              some, [&](auto columns) __attribute__((always_inline)) {
                tiles::over_rows<tiles::rows_of_tile(decltype(columns)::value)>(
                    r, std::min(r + chunk, rows), [&](std::size_t row, auto tile) __attribute__((always_inline)) {
                      move(row, i * lanes, tile, columns);
                    });
              });
        }
      };
      in_chunks(
          block_.contexts.size(), 3, [&](std::size_t c, std::size_t at, auto rows, auto columns) __attribute__((always_inline)) {
            move_contexts<decltype(rows)::value, decltype(columns)::value>(c, at);
          });
      in_chunks(
          block_.targets.size(), 1, [&](std::size_t t, std::size_t at, auto rows, auto columns) __attribute__((always_inline)) {
            move_targets<decltype(rows)::value, decltype(columns)::value>(t, at);
          });
      in_chunks(
          shared_, 4, [&](std::size_t k, std::size_t at, auto rows, auto columns) __attribute__((always_inline)) {
            move_negatives<decltype(rows)::value, decltype(columns)::value>(k, at);
          });
    }
  }

  template <std::size_t rows, std::size_t columns>
  [[gnu::always_inline]] inline void move_contexts(std::size_t c, std::size_t i) {
    typename Registers::Pack sum[rows * columns] = {};
    const std::size_t pitch = negatives_panel_.pitch();
    const Range band = factors_in(block_.targets_before[c - std::min<std::size_t>(c, block_.widest)],
                                  block_.targets_before[std::min(c + rows + block_.widest, block_.contexts.size())]);
    const tiles::Left<Registers, rows> left(across_.data() + c * across_pitch_ + band.first, across_pitch_, 1);
    tiles::add_tile<Registers, rows, columns>(sum, left, targets_panel_.across(band.first) + i, pitch, band.last - band.first);
    const tiles::Left<Registers, rows> left_negatives(negative_pulls_.across(c), negative_pulls_.across_pitch(), 1);
    tiles::add_tile<Registers, rows, columns>(sum, left_negatives, negatives_panel_.across(0) + i, pitch,
                                              factors_of<Registers>(shared_));
    tiles::add_to_rows<Registers, rows, columns>(sum, &block_.contexts[c], i);
  }

  template <std::size_t rows, std::size_t columns>
  [[gnu::always_inline]] inline void move_targets(std::size_t t, std::size_t i) {
    typename Registers::Pack sum[rows * columns] = {};
    Range all = block_.windows[t];
    unrolled<rows>([&](std::size_t r) __attribute__((always_inline)) {
      all = {std::min(all.first, block_.windows[t + r].first), std::max(all.last, block_.windows[t + r].last)};
    });
    const Range band = factors_in(all.first, all.last);
    const tiles::Left<Registers, rows> left(down_.data() + t * down_pitch_ + band.first, down_pitch_, 1);
    tiles::add_tile<Registers, rows, columns>(sum, left, contexts_panel_.across(band.first) + i, contexts_panel_.pitch(),
                                              band.last - band.first);
    tiles::add_to_rows<Registers, rows, columns>(sum, &block_.targets[t], i);
  }

  template <std::size_t rows, std::size_t columns>
  [[gnu::always_inline]] inline void move_negatives(std::size_t k, std::size_t i) {
    typename Registers::Pack sum[rows * columns] = {};
    const tiles::Left<Registers, rows> left(negative_pulls_.down() + k, 1, pitch_);
    tiles::add_tile<Registers, rows, columns>(sum, left, contexts_panel_.across(0) + i, contexts_panel_.pitch(),
                                              factors_of<Registers>(block_.contexts.size()));
    tiles::add_to_rows<Registers, rows, columns>(sum, &block_.negatives[k], i);
  }

  /// The factors that the numbers from `first` to the one before `last` are in.
  static Range factors_in(std::size_t first, std::size_t last) {
    return {static_cast<std::uint32_t>(first / depth), static_cast<std::uint32_t>(factors_of<Registers>(last))};
  }

  Rows<Real> input_, output_;
  std::size_t shared_, pitch_;  // negatives of a block, and of a context's scores with them, rounded up to registers
  Real share_;                  // of a negative, of a pair's K
  BlockPairs<Real> block_;
  std::size_t across_pitch_ = 0, down_pitch_ = 0;
  RowPanel<Registers> contexts_panel_, targets_panel_, negatives_panel_;
  AlignedNumbers<Number<Registers>> negatives_down_, across_, down_;
  AlignedNumbers<Real> scores_, negative_scores_, weights_;
  std::vector<Real> ones_;
  LeftFactors<Registers> negative_pulls_;
  LossSum<Registers> loss_;
};

}  // namespace word2vec
