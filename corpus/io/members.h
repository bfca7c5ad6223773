// The members of a compressed file, one behind the other, as one text. Knows positions and padding; refuses to know threads,
// and the compressions themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "corpus/io/compression.h"
#include "corpus/io/decoder.h"
#include "corpus/io/raw_file.h"

namespace word2vec {

/// Unpacks to the end of the file. Zeros between members and behind the last are padding, as on tapes and in xz files.
/// Not thread-safe.
class Members {
 public:
  /// `head` is what has been read of `file` already. Both outlive this. `interrupt` as for RawFile::read_some.
  Members(RawFile& file, Compression compression, std::span<const char> head, int interrupt = -1);

  /// Fills as much of `out` as there is text; less only at the end. Throws Error, with the byte of the file and the remedy, when
  /// the data is damaged or cut, wants more than `largest_window`, or is followed by something else.
  std::size_t read(std::span<char> out);

  /// Bytes of the file that have been unpacked.
  std::uint64_t position() const { return file_.position() - rest_.size(); }

 private:
  void refill();
  bool begin_member();
  std::string tool() const { return compression_name(compression_); }

  RawFile& file_;
  Compression compression_;
  std::unique_ptr<Decoder> decoder_;
  std::vector<char> buffer_;
  std::span<const char> rest_;  // read and not yet unpacked: in `head`, then in buffer_
  int interrupt_;
  bool ended_ = false;   // the file
  bool inside_ = false;  // a member
  bool first_ = true;    // no member has begun
};

}  // namespace word2vec
