// A checkpoint on disk: named sections, each with its length and its checksum. Knows the file's layout; refuses to know what a
// run is.
//
// Layout, all numbers little-endian: the magic "w2vckpt\n", a 32-bit version, then the sections run, words, counts, input,
// output, in-sums and out-sums, each an 8-byte name, a 64-bit length, so many bytes, and the XXH3 (64 bits) of name, length and
// bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/io/output_file.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/matrix.h"

namespace word2vec {

/// What a checkpoint holds. `run` is JSON of the trainer's (trainer/checkpoint.h).
struct CheckpointContent {
  std::string run;
  std::vector<std::string> words;              ///< V, without white space
  std::vector<std::uint64_t> counts;           ///< V
  Matrix input, output;                        ///< V x dim
  std::vector<float> input_sums, output_sums;  ///< V, or empty when all rows move at one rate
};

/// Whether a file that begins with `head` is a checkpoint, of whatever version.
bool is_checkpoint(std::string_view head);

/// Writes all of it; `file` is still to be committed. Throws Error as OutputFile does.
void write_checkpoint(OutputFile& file, const std::string& run, const std::vector<std::string>& words,
                      const std::vector<std::uint64_t>& counts, const Matrix& input, const Matrix& output,
                      const std::vector<float>& input_sums, const std::vector<float>& output_sums);

/// Reads and checks all of it. Throws Error (path, section, what was found) for a file that is no checkpoint, of another version,
/// cut short, damaged anywhere, or longer than it says; takes no more memory than the file's size justifies.
CheckpointContent read_checkpoint(const std::string& path);
CheckpointContent parse_checkpoint(std::string_view bytes, const std::string& path);

/// The vectors (input rows), and the run's options as notes.
Embeddings parse_checkpoint_vectors(std::string_view bytes, const std::string& path, VectorNotes* notes);

/// The `run` section alone, checked.
std::string read_checkpoint_run(const std::string& path);

/// Words and counts alone, checked.
std::pair<std::vector<std::string>, std::vector<std::uint64_t>> read_checkpoint_vocabulary(const std::string& path);

}  // namespace word2vec
