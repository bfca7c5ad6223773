// Reads a file, a pipe or standard input from front to back, compressed or not. Knows the ways in; refuses to know what the text
// means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "corpus/io/compression.h"

namespace word2vec {

class RawFile;
class Decompressor;

/// A byte source opened for one sequential pass. What is compressed by gzip, bzip2, xz or zstd, by its content and whatever its
/// name, is unpacked by a thread of its own, which ends with this. A regular file is read to the size that it had when it was
/// opened. Not thread-safe; movable, not copyable.
class InputFile {
 public:
  /// `path` "-" is standard input. Throws Error (with path and remedy) when it is missing, unreadable or a directory, and when
  /// it is a regular file that is an archive (zip, 7z, tar, ...). A pipe is looked at by the first read.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  InputFile& operator=(InputFile&&) = delete;

  /// Fills as much of `buffer` as the source has; less only at the end, 0 behind it. Throws Error on failure: the file became
  /// shorter, or is compressed and damaged or cut, with the byte of the file.
  std::size_t read(std::span<char> buffer);

  /// For text, before the first read: leaves out a UTF-8 byte order mark, and says whether there was one. Throws Error, with the
  /// command that converts, when the text begins with the mark of UTF-16 or UTF-32.
  bool skip_byte_order_mark();

  /// Bytes of a regular file, as they are on the disk, when it was opened; 0 for pipes, devices and standard input.
  std::uint64_t size() const;
  /// Of those bytes, how many the reading has come through: progress towards size(), whether or not the file is compressed.
  std::uint64_t position() const;
  /// Of the file; known once something has been read.
  Compression compression() const { return compression_; }
  /// The path, or "standard input".
  const std::string& name() const;

 private:
  void look();
  void start();

  std::unique_ptr<RawFile> file_;
  std::unique_ptr<Decompressor> decompressor_;  // none: the file is text as it is
  Compression compression_ = Compression::none;
  bool looked_ = false, started_ = false;
  std::vector<char> head_;  // the first bytes of the file, and once started of the text
  std::size_t given_ = 0;   // bytes of head_
};

/// The whole of a source as one string. Throws Error as InputFile does.
std::string read_whole(const std::string& path);
/// The same of a text, without the byte order mark that it may begin with. Throws Error as skip_byte_order_mark() does.
std::string read_whole_text(const std::string& path);

}  // namespace word2vec
