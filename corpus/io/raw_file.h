// A file, a pipe or standard input as the system gives it. Knows descriptors; refuses to know what the bytes mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace word2vec {

/// Whether a path is read only once: standard input, a pipe or a device.
bool is_stream(const std::string& path);

/// One sequential pass over a descriptor. A regular file is read to the size that it had when it was opened: what is appended
/// later is left, and ending earlier is an Error. Not thread-safe; neither copyable nor movable.
class RawFile {
 public:
  /// `path` "-" is standard input. Throws Error (with path and remedy) when it is missing, unreadable or a directory.
  explicit RawFile(const std::string& path);
  ~RawFile();
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  /// Fills as much of `buffer` as the source has; less only at the end. Throws Error on failure.
  std::size_t read(std::span<char> buffer);

  /// What is there now, at least a byte unless it is the end. Returns 0 also once the descriptor `interrupt` (-1: none) is
  /// readable, even while a pipe has nothing to give.
  std::size_t read_some(std::span<char> buffer, int interrupt = -1);

  /// Bytes of a regular file when it was opened; 0 for pipes, devices and standard input.
  std::uint64_t size() const { return size_; }
  /// Bytes read.
  std::uint64_t position() const { return position_; }
  /// The path, or "standard input".
  const std::string& name() const { return name_; }

 private:
  /// False when `interrupt` came first.
  bool wait(int interrupt) const;

  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0, position_ = 0;
  bool ended_ = false;  // a terminal would be asked again
};

}  // namespace word2vec
