// Reads a file, a pipe or standard input from front to back. Knows bytes and errors; refuses to know what the bytes mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace word2vec {

/// A byte source opened for one sequential pass. Not thread-safe; movable, not copyable.
class InputFile {
 public:
  /// `path` "-" is standard input. Throws Error (with path and remedy) when it is missing, unreadable or a directory.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  InputFile& operator=(InputFile&&) = delete;

  /// Fills as much of `buffer` as the source has; 0 only at the end. Retries EINTR and short reads; throws Error on failure.
  std::size_t read(std::span<char> buffer);

  /// Bytes of a regular file when it was opened; 0 for pipes, devices and standard input.
  std::uint64_t size() const { return size_; }
  /// The path, or "standard input".
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// The whole of a source as one string. Throws Error as InputFile does.
std::string read_whole(const std::string& path);

/// Names the compression whose magic number `head` starts with ("gzip", "bzip2", "xz", "zstd", "zip"), or nullptr.
const char* compression_name(std::span<const char> head);

/// Throws Error, with the command that unpacks it, when `head` (the first bytes of `name`) starts a compressed file.
void refuse_compressed(std::span<const char> head, const std::string& name);

}  // namespace word2vec
