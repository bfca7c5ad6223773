// An output file whose name says whether it is compressed. Knows the compression libraries; refuses to know formats.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "corpus/io/output_file.h"

namespace word2vec {

/// Turns a stream of bytes into a compressed one.
class Compressor {
 public:
  Compressor() = default;
  virtual ~Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  /// Takes `bytes` and writes what is ready to `output`; with `last`, all of it.
  virtual void put(std::string_view bytes, bool last, OutputFile& output) = 0;
};

/// An OutputFile that gzip packs when its name ends in `.gz`, and Zstandard when it ends in `.zst`. Not thread-safe.
class PackedFile {
 public:
  /// Throws UsageError for the ending of a compression that is only read (`.bz2`, `.xz`), Error as OutputFile does.
  explicit PackedFile(const std::string& path);

  void write(std::string_view bytes);
  /// All but the renaming (see OutputFile::prepare).
  void prepare();
  /// prepare() unless it was called, and the renaming.
  void commit();

  const std::string& path() const { return file_.path(); }

 private:
  OutputFile file_;
  std::unique_ptr<Compressor> compressor_;
  bool prepared_ = false;
};

/// ".gz", ".zst", or nothing: the ending of `path` that names a compression.
std::string_view packed_ending(std::string_view path);

}  // namespace word2vec
