// The one reader of all passes: files in order -> blocks that threads take in turn, none of which cuts a word. Knows white
// space and places; refuses to know what a word means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/io/fingerprint.h"
#include "corpus/io/input_file.h"

namespace word2vec {

/// A block's bytes and where they come from. Its memory serves from block to block.
struct SourceBlock {
  /// So many bytes behind the text may be read, whatever is there.
  static constexpr std::size_t padding = 64;
  /// Of the text: no more, however long its words and lines are.
  static constexpr std::size_t most_bytes = std::size_t{1} << 24;

  std::string_view text() const { return {bytes.data(), size}; }

  std::vector<char> bytes;
  std::size_t size = 0;            ///< of the text, which ends in white space but when it is cut between characters
  std::uint64_t read_bytes = 0;    ///< of the file that are in it: without the line end that a file's last line lacked
  std::uint64_t number = 0;        ///< 0, 1, ... in the order of the corpus
  std::uint64_t start = 0;         ///< its place in the file, in bytes
  std::size_t file = 0;            ///< which of the paths
  std::uint64_t came_through = 0;  ///< of all files, as they are on the disk: bytes read up to here
  bool continues = false;          ///< it begins within a line
};

/// Where blocks are cut: behind the last white space (`word`); behind the last line end, or else as `word` (`line`); or where a
/// block has no white space either, between two characters of UTF-8 (`character`), for text whose words have none between them.
enum class BlockCut { word, line, character };

/// Neither a word nor a line goes from one file into the next. A word longer than a block makes its block longer, unless it may
/// be cut between characters: then no block is longer than `block_bytes`, but for those of a few bytes.
class BlockReader {
 public:
  /// Opens what can be opened twice, so that a missing last file is found before the first is read. Throws Error.
  BlockReader(std::vector<std::string> paths, std::size_t block_bytes, BlockCut cut = BlockCut::word);

  /// Fills `block` with the next one; false behind the last. Thread-safe. Throws Error as InputFile does, and for a word longer
  /// than any block.
  bool next(SourceBlock& block);

  /// Bytes of all files as they are on the disk; 0 when a pipe is among them.
  std::uint64_t bytes_to_come() const { return bytes_to_come_; }
  const std::vector<std::string>& paths() const { return paths_; }
  /// Behind the last block: bytes of the files, and the files that began with a byte order mark, which is in no block.
  std::uint64_t file_bytes() const { return file_bytes_; }
  std::uint64_t byte_order_marks() const { return byte_order_marks_; }
  /// Before the first block: makes a fingerprint of all text as it is read, unpacked and without byte order marks, one file after
  /// the other. It costs some percent of counting words.
  void keep_fingerprint() { fingerprint_.emplace(); }
  /// Behind the last block; "" when none is kept.
  std::string fingerprint() const { return fingerprint_ ? fingerprint_->hex() : ""; }

 private:
  void open();
  bool fill(SourceBlock& block);
  void finish_file(SourceBlock& block);
  void describe(SourceBlock& block, std::uint64_t read_bytes);
  std::size_t place_to_cut(std::string_view text, std::size_t searched) const;

  std::vector<std::string> paths_;
  std::size_t block_bytes_;
  BlockCut cut_;
  std::uint64_t bytes_to_come_ = 0;

  std::mutex lock_;  // of all that follows
  std::optional<InputFile> file_;
  std::size_t next_path_ = 0;
  std::vector<char> rest_;  // read, and not yet given
  std::uint64_t start_ = 0, number_ = 0;
  std::uint64_t file_bytes_ = 0, byte_order_marks_ = 0;  // bytes: of the files that are finished
  std::optional<Fingerprint> fingerprint_;
  bool continues_ = false;
};

}  // namespace word2vec
