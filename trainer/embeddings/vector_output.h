// The file or files that vectors are written to. Knows which files a format is made of; refuses to know what stands in them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/packed_file.h"

namespace word2vec {

/// Opens all files of a format at once, so that a folder that is missing is an Error before hours of work, and gives them their
/// names together at the end. Each is compressed when `path` ends in `.gz` or `.zst`. Not thread-safe.
class VectorOutput {
 public:
  /// Throws UsageError when two files are wanted and `path` is not a name for one, Error as OutputFile does.
  VectorOutput(const std::string& path, VectorFormat format);

  /// Throws Error when the format cannot hold one of `words` (VectorFormat): to be told before they are trained.
  void check(const std::vector<std::string>& words) const;

  /// Writes row i of `vectors` as `words[i]`; `words.size()` is the number of rows written. `notes` go into formats that have
  /// them. Throws Error as check() does, and when a number is not finite. Call once.
  void write(const std::vector<std::string>& words, const Matrix& vectors, const VectorNotes& notes = {});

  /// Throws Error; unless the very last step fails, a renaming, the old files are then all untouched. Call once, last.
  void commit();

 private:
  VectorFormat format_;
  std::vector<std::unique_ptr<PackedFile>> files_;
};

/// The files that VectorOutput writes, that of the numbers first. `npy` has its words in `x.vocab.txt` beside `x.npy`.
/// `projector` has them in `metadata.tsv` beside `vectors.tsv`, both in the folder that `path` is, or else in `path` and, beside
/// it, the same name with `metadata` for its last `vectors`, or, if it has none, `.metadata.tsv` for `.tsv`.
std::vector<std::string> vector_files(const std::string& path, VectorFormat format);

}  // namespace word2vec
