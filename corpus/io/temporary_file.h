// A file without a name, which vanishes with the process. Knows the system's calls; refuses to know what is in it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace word2vec {

/// Where the temporary files of a run go that writes `output`: beside it, or where the system has its own when that is a device.
std::string folder_beside(const std::string& output);

/// Made when the first byte comes. Reading and writing at a place may run on any number of threads. Movable, not copyable.
/// Every call throws Error, with the folder and `what`, when the disk is full or fails.
class TemporaryFile {
 public:
  /// `what` is kept in it, for messages: "the corpus's word ids".
  TemporaryFile(std::string folder, std::string what);
  ~TemporaryFile();
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) noexcept;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Writes behind all that was appended before, and returns the place in bytes. Not thread-safe.
  std::uint64_t append(std::span<const char> bytes);
  void write(std::span<const char> bytes, std::uint64_t at);
  /// Reads all of `bytes`; that the file ends before is an Error.
  void read(std::span<char> bytes, std::uint64_t at) const;
  void truncate(std::uint64_t bytes);

  bool made() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }
  [[noreturn]] void fail() const;

 private:
  std::string folder_, what_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace word2vec
