// A run as a checkpoint holds it: what is needed to go on, and to refuse to go on with something else. Knows runs and their JSON;
// refuses to know the file's layout (embeddings/checkpoint_file.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corpus/vocabulary.h"
#include "trainer/embeddings/checkpoint_file.h"
#include "trainer/engine.h"

namespace word2vec {

/// What a corpus came to after reading: two that agree in all of it are the same to a trainer.
struct CorpusFingerprint {
  std::uint64_t words = 0, tokens = 0;  ///< of the vocabulary, and in it
  std::uint64_t hash = 0;               ///< XXH3 of the words, their counts and the hash of all ids
  bool operator==(const CorpusFingerprint&) const = default;
};
/// `ids`: their IdSource::hash().
CorpusFingerprint fingerprint(const Vocabulary& vocabulary, std::uint64_t ids);

/// All of a run but its matrices and vocabulary.
struct CheckpointRun {
  std::string version;                                       ///< of the program
  std::vector<std::pair<std::string, std::string>> options;  ///< as they took effect
  std::vector<std::string> corpus;                           ///< the files, as the user named them
  /// Trained over other text before. If any, the vocabulary is an earlier one with the corpus's words added, and not counted
  /// anew.
  std::uint64_t earlier_tokens = 0;
  CorpusFingerprint fingerprint;
  std::uint32_t epochs = 0, rate_from_epoch = 0;  ///< of TrainOptions
  TrainPosition position;
};

/// In all epochs and runs so far.
std::uint64_t tokens_trained(const CheckpointRun& run);

std::string to_json(const CheckpointRun& run);
/// Throws Error naming `path` when it is not what to_json() wrote.
CheckpointRun parse_checkpoint_run(const std::string& json, const std::string& path);

/// A new run over `vocabulary`, which has all words of `earlier`: these keep their rows, and new words get fresh ones. Takes the
/// memory of both. Throws Error.
TrainResult extend(const CheckpointContent& earlier, const Vocabulary& vocabulary, std::uint64_t seed);

}  // namespace word2vec
