// A file as blocks of whole lines, for filters. Knows line ends; refuses to know words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "corpus/io/input_file.h"

namespace word2vec {

struct TextBlock {
  std::string bytes;
  bool continues = false;   ///< it starts within a line that is longer than a block
  std::uint64_t start = 0;  ///< its place in the file, in bytes, unpacked
};

/// Not thread-safe.
class TextBlocks {
 public:
  /// Blocks of `block_bytes` (1 or more), less the start of a line that the next block has. Throws Error as InputFile does, and
  /// for a compressed file.
  TextBlocks(const std::string& path, std::size_t block_bytes);

  /// Sets `block` to the next one; false at the end of the file. A line without its end within a block is cut after its last
  /// white space there, or if it has none, before the first byte of a character.
  bool next(TextBlock& block);

  const InputFile& file() const { return file_; }
  bool had_byte_order_mark() const { return marked_; }

 private:
  InputFile file_;
  std::size_t block_bytes_;
  std::string rest_;  // read, and not yet given
  bool marked_;
  std::uint64_t start_;
  bool continues_ = false;
};

}  // namespace word2vec
