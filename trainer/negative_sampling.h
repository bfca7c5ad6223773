// One step of negative sampling: hidden rows, each against one positive and K negative output rows (Mikolov et al. 2013,
// arXiv 1310.4546, equation 4). Knows the gradient; refuses to know where rows and samples come from. Written once for float,
// which trains, and double, in which the tests check the gradient of this very code.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/aligned_numbers.h"
#include "trainer/amx_products.h"
#include "trainer/logistic.h"
#include "trainer/row_rates.h"
#include "trainer/row_scores.h"
#include "trainer/row_update.h"

namespace word2vec {

/// Output rows that meet the same hidden rows, in groups such as row_update.h wants them.
template <class Real>
struct OutputRows {
  std::vector<Real*> rows, sums;  ///< the sums when each row has a rate of its own
  std::vector<std::uint32_t> group_ends;

  /// Makes room for `count` rows.
  explicit OutputRows(std::size_t count) : rows(count), sums(count) { group_ends.reserve(count); }

  /// The rows of words `word(i)`, i below rows.size(); a word may come twice, and then begins a new group.
  template <bool row_rates, std::size_t most_in_group, class Word>
  [[gnu::always_inline]] inline void choose(Rows<Real> output, Word&& word) {
    const std::size_t count = rows.size();
    const auto find = [&](std::size_t i) __attribute__((always_inline)) {
      if constexpr (row_rates) sums[i] = output.sum(word(i));
      return rows[i] = output.row(word(i));
    };
    if (count > most_in_group) {
      for (std::size_t i = 0; i < count; ++i) find(i);
      return cut_into_groups(most_in_group);
    }
    // All are distinct as a rule; so in one sweep over as many as fit into registers, without a branch for each.
    bool distinct = true;
    tiles::with_constant<most_in_group>(
        count, [&](auto number) __attribute__((always_inline)) {
          Real* row[decltype(number)::value];
          unrolled<decltype(number)::value>([&](std::size_t i) __attribute__((always_inline)) {
            row[i] = find(i);
            for (std::size_t other = 0; other < i; ++other) distinct &= row[other] != row[i];
          });
        });
    if (!distinct) return cut_into_groups(most_in_group);
    group_ends.clear();
    group_ends.push_back(static_cast<std::uint32_t>(count));
  }

 private:
  void cut_into_groups(std::size_t most_in_group) {
    group_ends.clear();
    std::size_t first = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      bool cut = i - first == most_in_group;
      for (std::size_t other = first; other < i; ++other) cut |= rows[other] == rows[i];
      if (!cut) continue;
      group_ends.push_back(static_cast<std::uint32_t>(i));
      first = i;
    }
    group_ends.push_back(static_cast<std::uint32_t>(rows.size()));
  }
};

enum class Half { first, second };

/// One thread's scratch for the steps of a piece, and the losses that they add up.
template <class Registers>
class NegativeSampling {
 public:
  using Real = typename Registers::Real;

  NegativeSampling(Rows<Real> output, std::size_t negative)
      : output_(output),
        outputs_(negative + 1),
        scores_((most_contexts + 1) * (negative + 1) + 2 * Registers::lanes),
        weights_(scores_.size()) {
    std::fill_n(weights_.data(), weights_.size(), Real(-1));
    for (std::size_t c = 0; c < most_contexts; ++c) weights_.data()[c * (negative + 1)] = 1;
  }

  /// Takes the target's row and its negatives' for the steps that follow.
  template <bool row_rates>
  [[gnu::always_inline]] inline void choose(WordId target, const WordId* negatives) {
    outputs_.template choose<row_rates, Registers::tile_outputs>(
        output_, [=](std::size_t i) { return i == 0 ? target : negatives[i - 1]; });
  }

  /// The loss of hidden row h is -log s(h.o_0) - sum_k log s(-h.o_k), with o_0 the target's output row and o_k the negatives';
  /// that of a step, its sum over `contexts` hidden rows. Moves all rows by -alpha times their gradients, from the scores
  /// before the step. With rates of the rows' own alpha is what row_rates.h says, and `sums` are the hidden rows'. A negative
  /// that came twice counts twice; its second turn meets the row where the first left it, off the gradient by the order of alpha
  /// squared.
  /// `ahead` is called between the parts of the step, first and second, to ask for rows of steps to come.
  template <bool row_rates, class Ahead>
  [[gnu::always_inline]] inline void step(Real* const* hidden, Real* const* sums, std::size_t contexts, Real alpha,
                                          Ahead&& ahead) {
    const std::size_t count = outputs_.rows.size(), length = output_.template length<Registers>();
    for (std::size_t first = 0; first < contexts; first += most_contexts) {
      const std::size_t some = std::min(contexts - first, most_contexts), scores = some * count;
      if constexpr (row_rates) rates_.load_sums(sums + first, some, outputs_.sums.data(), count);
      if (by_tiles(scores)) {
        if constexpr (BesideTiles<Registers>) {
          tiles_.take(hidden + first, some, outputs_.rows.data(), count, length);
          tiles_.score(scores_.data(), count, [] {});
        }
      } else {
        score_rows<RegistersOfScores<Registers>>(hidden + first, some, outputs_.rows.data(), count, length, scores_.data());
      }
      if (first == 0) ahead(Half::first);
      if constexpr (row_rates) rates_.find_rates(alpha);
      pull_of_scores<Registers>(scores_.data(), weights_.data(), scores, row_rates ? Real(1) : alpha, loss_);
      if (first == 0) ahead(Half::second);
      const Rates<Real> rates{rates_.of_contexts(), rates_.of_outputs()};
      if (by_tiles(scores)) {
        if constexpr (BesideTiles<Registers>) tiles_.template update<row_rates>(scores_.data(), count, rates, [] {});
      } else {
        update_rows<Registers, row_rates>(hidden + first, some, outputs_.rows.data(), count, outputs_.group_ends, scores_.data(),
                                          pairs_, length, rates);
      }
      if constexpr (row_rates) rates_.add_squares(scores_.data(), sums + first, outputs_.sums.data());
    }
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take(); }

 private:
  static constexpr bool by_tiles(std::size_t pairs) { return BesideTiles<Registers> && pairs >= fewest_pairs_for_tiles; }

  Rows<Real> output_;
  OutputRows<Real> outputs_;
  AlignedNumbers<Real> scores_, weights_;
  PullPairs<Registers> pairs_;
  [[no_unique_address]] TileProducts<Registers> tiles_;
  RowRates<Registers> rates_;
  LossSum<Registers> loss_;
};

}  // namespace word2vec
