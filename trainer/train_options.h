// What a training run is asked to do, with the one default of each option.
#pragma once

#include <algorithm>
#include <cstdint>

#include "corpus/simd.h"

namespace word2vec {

enum class Model { skipgram, cbow };
/// How CBOW shares the error among the context rows (Irsoy et al. 2020): `word2vec` adds all of it to each; `exact` adds
/// 1/|context| of it, the gradient of the mean.
enum class CbowUpdate { word2vec, exact };

/// Which Skip-gram pairs share a set of negatives: no two (the textbook), all pairs of a centre, or all of a block of centres,
/// weighted. CBOW has one set a centre in any case. Without sharing, sets are new draws; of those of centres, each draw is in a
/// few (piece.cpp).
enum class NegativeSharing { none, window, block };
inline constexpr const char* negative_sharing_names[] = {"none", "window", "block"};

/// Whether each row has a learning rate of its own (row_rates.h). `automatic`: where the first rate is automatic too and the
/// text is short enough that it pays (automatic_row_rates() of schedule.h).
enum class RowRateChoice { automatic, off, on };
inline constexpr const char* row_rates_names[] = {"auto", "off", "on"};

struct TrainOptions {
  Model model = Model::skipgram;
  std::uint32_t dim = 100;     ///< 1 to 4096
  std::uint32_t window = 5;    ///< words on each side, drawn uniformly from 1 to this; 1 to 1000
  std::uint32_t negative = 5;  ///< negative samples a pair; 1 to 1000
  double sample = 1e-3;        ///< subsampling threshold; 0: off
  std::uint32_t epochs = 5;
  std::uint32_t rate_from_epoch = 0;  ///< the learning rate falls from alpha to min_alpha over the epochs from this one on
  std::uint64_t earlier_tokens = 0;   ///< trained before this run, over other text
  double alpha = 0;                   ///< first learning rate; 0: automatic_alpha() of schedule.h
  RowRateChoice row_rates = RowRateChoice::automatic;  ///< on: where row_rates_fit()
  double min_alpha = -1;                               ///< last learning rate; negative: 1e-4 of alpha
  std::uint32_t threads = 0;                           ///< 0: all cores
  std::uint64_t seed = 1;
  NegativeSharing sharing = NegativeSharing::window;
  CbowUpdate cbow_update = CbowUpdate::word2vec;
  SimdLevel simd = SimdLevel::baseline;

  bool row_rates_fit() const { return model == Model::skipgram && sharing != NegativeSharing::block; }

  /// Of NegativeSharing::block. Accuracy falls when a context meets fewer than about 20 distinct negatives a pass: it meets
  /// those of its own block, and at the edges of its neighbour's. And a negative should not weigh much more than two fresh
  /// ones, or the step is too long: a context has about window + 1 pairs.
  static constexpr std::uint32_t block_centres = 32;
  std::uint32_t block_negatives() const { return std::max(16U, ((window + 1) * negative + 1) / 2); }
  /// With more than these a block is no faster than windows, which are used then.
  static constexpr std::uint32_t most_block_negatives = 96;
};

}  // namespace word2vec
