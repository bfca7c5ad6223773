// The .meta.json beside vectors, by which anyone can say later which run made them. Knows what ties it to the vectors; refuses to
// know what else stands in it, which is the trainer's (trainer/run_report.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// The same after any conversion that loses nothing.
struct VectorFingerprints {
  std::uint64_t words = 0, dim = 0;
  std::string words_hash;    ///< of the words, each with a newline
  std::string vectors_hash;  ///< of the rows' floats, little-endian, one after the other: of what npy holds behind its header
};
VectorFingerprints fingerprints(const std::vector<std::string>& words, const Matrix& vectors);

/// "v.txt.meta.json" for "v.txt".
std::string meta_path(const std::string& vectors);

/// Reads the JSON at `path`, and checks that it is of the vectors in the file `name`. Returns it as it is. Throws Error: it is
/// damaged, or of other words or vectors.
std::string read_meta(const std::string& path, const std::string& name, const Embeddings& embeddings);

}  // namespace word2vec
