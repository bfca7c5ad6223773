// A compressed file's text, unpacked by a thread of its own. Knows the thread and its ring of blocks; refuses to know what is
// unpacked, and how.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "corpus/io/compression.h"
#include "corpus/io/raw_file.h"

namespace word2vec {

/// Unpacks ahead of its reader, by four blocks at most. One thread reads. It may be destroyed at any point of the text, even
/// while a pipe has nothing to give.
class Decompressor {
 public:
  /// `head` is what has been read of `file` already; the rest of `file`, which outlives this, is left to this alone.
  Decompressor(RawFile& file, Compression compression, std::span<const char> head);
  ~Decompressor();
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  /// Fills as much of `buffer` as there is text; less only at the end. Throws Error as Members does, and at every later call too.
  std::size_t read(std::span<char> buffer);

  /// Bytes of the file that the text given so far was made from, rounded up to a block of text.
  std::uint64_t position() const { return position_; }

 private:
  struct Block {
    std::vector<char> text;
    std::size_t size = 0;
    std::uint64_t position = 0;  // in the file, behind this text
  };

  void unpack(RawFile& file, Compression compression, std::span<const char> head);
  Block* wait_for_free();
  bool wait_for_text();

  std::array<Block, 4> ring_;
  // The reader's own.
  Block* block_ = nullptr;  // being read; nullptr between two
  std::size_t given_ = 0;   // bytes of it
  std::uint64_t position_ = 0;
  // Under the mutex: blocks filled and blocks read to their end, and how it ended.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t filled_ = 0, read_ = 0;
  bool ended_ = false, stopped_ = false;
  std::exception_ptr failure_;

  int interrupt_;  // an event that wakes the thread out of waiting for a pipe
  std::thread thread_;
};

}  // namespace word2vec
