// What a run read, dropped, used and reached, as JSON and as a page, and what of it goes beside the vectors. Knows the report's
// shape; refuses to know how anything was computed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "corpus/corpus.h"
#include "corpus/phrases.h"
#include "trainer/embeddings/vector_meta.h"
#include "trainer/engine.h"
#include "trainer/run_curve.h"

namespace word2vec {

struct RunReport {
  std::string version;
  std::vector<std::pair<std::string, std::string>> options;  ///< all, as they took effect
  CorpusAccount corpus;
  const Phrases* phrases = nullptr;  ///< that were joined in it; nullptr: none were to be
  std::uint64_t vocabulary_size = 0, min_count = 0;
  std::vector<EpochResult> epochs;
  std::vector<RunPoint> curve;
  double vocabulary_seconds = 0, train_seconds = 0, write_seconds = 0, total_seconds = 0, words_per_second = 0;
  std::uint32_t threads = 0;
  std::string simd;
  std::uint64_t seed = 1;
  std::string vocabulary_hash;  ///< of the vocabulary as `word count` lines
  VectorFingerprints vectors;
  std::string context_hash;  ///< of the context vectors' floats; empty: not written
};

/// The peak resident memory of this process, in bytes.
std::uint64_t peak_rss_bytes();

/// One JSON object with the keys that the interface promises, indented.
std::string to_json(const RunReport& report);

/// The .meta.json beside the vectors: of the report what the run was, without what it took, so that a run which is repeated with
/// one thread writes the same bytes.
std::string to_meta(const RunReport& report);

/// The whole report as an HTML page with curves.
std::string to_page(const RunReport& report);

}  // namespace word2vec
