// The bytes of a vector file, from any place in it. Knows files and memory; refuses to know formats.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

class InputFile;

/// A file's bytes, unpacked if they were compressed. A regular file that is not is read where and when it is asked for; anything
/// else is in memory. Copied and not mapped, so that a file which another program cuts meanwhile is an Error and not the end of
/// the process. Not movable. Distinct threads may call read() at once.
class VectorContent {
 public:
  /// Opens the file, or standard input for "-", and reads its beginning: 64 kB, or a longer first line up to 1 MB. Throws Error
  /// when it is missing, unreadable, damaged, or an archive.
  explicit VectorContent(const std::string& path);
  ~VectorContent();
  VectorContent(const VectorContent&) = delete;
  VectorContent& operator=(const VectorContent&) = delete;

  std::string_view head() const { return head_; }
  /// Reads what is compressed or a pipe to its end, which only the whole of tells the size. Throws Error.
  void finish();
  /// Of all bytes; after finish().
  std::size_t size() const { return size_; }
  /// The bytes from `offset` to before `end` (at most size()), in `buffer` or, good for as long as this is, in memory. After
  /// finish(). Throws Error when the file has become shorter.
  std::string_view read(std::size_t offset, std::size_t end, std::vector<char>& buffer) const;
  /// All bytes, read on all threads; good for as long as this is. After finish().
  std::string_view bytes();

  /// The path, or "standard input".
  const std::string& name() const { return name_; }
  /// "gzip" or another compression's name; empty for none.
  const std::string& compression() const { return compression_; }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  void grow(std::size_t bytes);
  bool open_regular(const std::string& path);
  void open_stream(const std::string& path);
  void read_part(std::size_t offset, char* to, std::size_t bytes) const;

  int descriptor_ = -1;                // of a regular file
  std::unique_ptr<InputFile> stream_;  // of anything else
  std::unique_ptr<char, Free> data_;   // malloc's: a large block grows without being copied, and is not cleared first
  std::size_t size_ = 0;
  std::string head_, name_, compression_;
};

}  // namespace word2vec
