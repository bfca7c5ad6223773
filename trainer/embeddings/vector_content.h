// The whole of a vector file in memory, read on all threads. Knows files and memory; refuses to know formats.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace word2vec {

/// A file's bytes, unpacked if they were compressed. Copied and not mapped, so that a file which another program cuts meanwhile
/// is an Error and not the end of the process. Movable; immutable, so safe to share.
class VectorContent {
 public:
  /// `path` "-" is standard input. `check` sees the first 64 kB (or the whole of a shorter file) and may throw before more is
  /// read. Throws Error when the file is missing, unreadable, damaged, changes meanwhile, or does not fit into memory.
  VectorContent(const std::string& path, const std::function<void(std::string_view head, const std::string& name)>& check);

  std::string_view bytes() const { return {data_.get(), size_}; }
  /// The path, or "standard input".
  const std::string& name() const { return name_; }
  /// "gzip" or another compression's name; empty for none.
  const std::string& compression() const { return compression_; }

 private:
  struct Free {
    void operator()(char* data) const { std::free(data); }
  };

  void grow(std::size_t bytes);
  bool read_regular(const std::string& path, const std::function<void(std::string_view, const std::string&)>& check);
  void read_stream(const std::string& path, const std::function<void(std::string_view, const std::string&)>& check);

  std::unique_ptr<char, Free> data_;  // malloc's: a large block grows without being copied, and is not cleared first
  std::size_t size_ = 0;
  std::string name_, compression_;
};

}  // namespace word2vec
