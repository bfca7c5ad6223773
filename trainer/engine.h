// The training engine: ids in, two matrices out. Knows threads, epochs and rows; prints nothing, opens no file.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "corpus/vocabulary.h"
#include "trainer/embeddings/matrix.h"
#include "trainer/id_source.h"
#include "trainer/train_options.h"

namespace word2vec {

/// One epoch's account. `tokens`: those visited, before subsampling, counted by the threads that visited them.
struct EpochResult {
  std::uint32_t epoch = 0;  ///< from 1
  std::uint64_t tokens = 0, trained_tokens = 0, pairs = 0;
  double seconds = 0;
  double loss = 0;              ///< mean negative-sampling loss per positive pair, in nats
  double validation_loss = -1;  ///< the same over held-out text, without learning; negative: none asked for
};

struct TrainProgress {
  double fraction;      ///< of all token-epochs, 0 to 1
  std::uint32_t epoch;  ///< from 1
  double seconds;       ///< of training so far, without the passes over held-out text
  std::uint64_t words;  ///< visited in all epochs so far
  std::uint64_t pairs;  ///< trained in this epoch
  double loss;          ///< mean of those pairs
  double words_per_second, alpha, seconds_left;
};

/// Where a run stands between two pieces of the corpus.
struct TrainPosition {
  std::vector<EpochResult> epochs;  ///< those that are through
  EpochResult part;                 ///< of the epoch under way, what is trained; its epoch is 0 when there is none
  std::uint64_t next_piece = 0;     ///< of that epoch: all pieces before are trained, and none after
  double seconds = 0;               ///< of all epochs
};

/// A run between two pieces: as it ended, or as it stands.
struct TrainResult : TrainPosition {
  Matrix input;                                ///< V x dim, the vectors
  Matrix output;                               ///< V x dim, the context vectors
  std::vector<float> input_sums, output_sums;  ///< V each, of the rows' squared pulls (row_rates.h); empty: one rate for all
  /// In-vocabulary tokens, each as often as it was visited, by wall-clock seconds.
  double words_per_second() const;
};

/// What a run calls while it goes on. Each may be empty.
struct TrainHooks {
  /// On the first thread, after the first piece of an epoch that this thread trains and then about ten times a second.
  std::function<void(const TrainProgress&)> progress;
  /// Asked on the first thread after each of its pieces; true brings all threads to rest after the piece in hand.
  std::function<bool()> wants_rest;
  /// Called then, and after each epoch, with no thread at work; false ends the run.
  std::function<bool(const TrainResult&)> at_rest;
};

/// An input row before any training: uniform in +-0.5/dim, from the stream of its number alone. Output rows begin as zeros.
void set_initial_row(std::span<float> row, std::uint64_t seed, std::uint64_t number);

/// `options` with what was left open (threads, learning rates) filled in, for a corpus of so many ids.
TrainOptions resolve(const TrainOptions& options, std::uint64_t ids);

/// Trains over `ids` (word ids below vocabulary.size(), `sentence_end` between sentences). `validation`, held-out text, may be
/// empty; it makes no calls. `from`, when its matrices are not empty, is where an earlier run over the same ids with the same
/// options stood: with one thread the result is that of a run that was never interrupted, to the last bit. Hogwild (Recht et al.
/// 2011): with one thread the result depends on (ids, options, simd) alone, in CBOW with AVX-512 and by windows with bf16 on
/// halves_wide_registers() of simd.h too; with more, lost updates are accepted. Throws Error, among others when the loss is no
/// longer a number, and what `ids` throw.
TrainResult train(const Vocabulary& vocabulary, IdSource& ids, std::span<const WordId> validation, const TrainOptions& options,
                  const TrainHooks& hooks = {}, TrainResult from = {});
/// The same over ids that are in memory.
TrainResult train(const Vocabulary& vocabulary, std::span<const WordId> ids, std::span<const WordId> validation,
                  const TrainOptions& options, const TrainHooks& hooks = {}, TrainResult from = {});

}  // namespace word2vec
