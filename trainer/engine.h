// The training engine: ids in, two matrices out. Knows threads, epochs and rows; prints nothing, opens no file.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "corpus/vocabulary.h"
#include "trainer/embeddings/matrix.h"
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
  double fraction;  ///< of all token-epochs, 0 to 1
  double words_per_second, alpha, loss, seconds_left;
};

struct TrainResult {
  Matrix input;   ///< V x dim, the vectors
  Matrix output;  ///< V x dim, the context vectors
  std::vector<EpochResult> epochs;
  double seconds = 0;
  double words_per_second = 0;  ///< in-vocabulary tokens times epochs by wall-clock seconds
};

/// `options` with what was left open (threads, learning rates) filled in, for a corpus of so many ids.
TrainOptions resolve(const TrainOptions& options, std::uint64_t ids);

/// Trains over `ids` (word ids below vocabulary.size(), `sentence_end` between sentences). `validation` may be empty.
/// `progress`, when given, is called on the first thread, after the first piece of an epoch that this thread trains and then
/// about ten times a second; held-out text makes no calls. Hogwild (Recht et al. 2011): with one thread the
/// result depends on (ids, options, simd) alone; with more, lost updates are accepted. Throws Error.
TrainResult train(const Vocabulary& vocabulary, std::span<const WordId> ids, std::span<const WordId> validation,
                  const TrainOptions& options, const std::function<void(const TrainProgress&)>& progress = {});

}  // namespace word2vec
