#include "corpus/block_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/raw_file.h"
#include "corpus/tokenizer.h"

namespace word2vec {
namespace {

std::uint64_t size_of_all(const std::vector<std::string>& paths) {
  std::uint64_t bytes = 0;
  bool known = true;
  for (const std::string& path : paths) {
    if (is_stream(path)) {
      known = false;
    } else {
      bytes += InputFile(path).size();
    }
  }
  return known ? bytes : 0;
}

/// The last character may lack bytes, so it goes to the next block; what has no first byte for long is no UTF-8.
std::size_t before_last_character(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(4, text.size()); ++back) {
    if ((static_cast<unsigned char>(text[text.size() - back]) & 0xC0U) != 0x80U) return text.size() - back;
  }
  return text.size();
}

void make_room(SourceBlock& block, std::size_t bytes) {
  const std::size_t room = bytes + 1 + SourceBlock::padding;  // 1: for a line end
  if (block.bytes.size() < room) block.bytes.resize(room);
}

}  // namespace

BlockReader::BlockReader(std::vector<std::string> paths, std::size_t block_bytes, BlockCut cut)
    : paths_(std::move(paths)),
      block_bytes_(std::clamp<std::size_t>(block_bytes, 1, SourceBlock::most_bytes)),
      cut_(cut),
      bytes_to_come_(size_of_all(paths_)) {}

bool BlockReader::next(SourceBlock& block) {
  const std::lock_guard guard(lock_);
  for (;;) {
    if (!file_) {
      if (next_path_ == paths_.size()) return false;
      open();
    }
    if (fill(block)) return true;
  }
}

void BlockReader::open() {
  file_.emplace(paths_[next_path_++]);
  rest_.clear();
  start_ = 0;
  continues_ = false;
  if (!file_->skip_byte_order_mark()) return;
  ++byte_order_marks_;
  start_ = 3;
}

bool BlockReader::fill(SourceBlock& block) {
  std::size_t size = rest_.size(), wanted = std::max(block_bytes_, size + 1), searched = 0;
  make_room(block, wanted);
  std::ranges::copy(rest_, block.bytes.begin());
  std::size_t cut = 0;
  while (cut == 0) {
    const std::size_t got = file_->read(std::span(block.bytes).subspan(size, wanted - size));
    if (fingerprint_) fingerprint_->add({block.bytes.data() + size, got});
    size += got;
    block.size = size;
    if (size < wanted) {
      finish_file(block);
      return block.size != 0;
    }
    cut = place_to_cut(block.text(), searched);
    searched = size;
    if (cut == 0) {
      if (wanted == SourceBlock::most_bytes) {
        throw Error(fmt::format("16 MiB without a space in {} at byte {}; give it text whose words are split by white space",
                                file_->name(), start_));
      }
      wanted = std::min(2 * wanted, SourceBlock::most_bytes);
      make_room(block, wanted);
    }
  }
  rest_.assign(block.bytes.data() + cut, block.bytes.data() + size);
  block.size = cut;
  describe(block, cut);
  return true;
}

/// What is left of the file is its last block, if anything is: if only the last line end that it lacks.
void BlockReader::finish_file(SourceBlock& block) {
  const bool ended = block.size == 0 ? !continues_ : block.bytes[block.size - 1] == '\n';
  const std::uint64_t read_bytes = block.size;
  if (!ended) block.bytes[block.size++] = '\n';
  if (block.size != 0) describe(block, read_bytes);
  file_bytes_ += file_->position();
  file_.reset();
}

void BlockReader::describe(SourceBlock& block, std::uint64_t read_bytes) {
  block.read_bytes = read_bytes;
  block.number = number_++;
  block.start = start_;
  block.file = next_path_ - 1;
  block.came_through = file_bytes_ + file_->position();
  block.continues = continues_;
  start_ += read_bytes;
  continues_ = block.bytes[block.size - 1] != '\n';
}

/// How much of `text` may go; 0 when it cannot be cut, of which the first `searched` bytes are known to have no white space.
std::size_t BlockReader::place_to_cut(std::string_view text, std::size_t searched) const {
  if (cut_ != BlockCut::word) {
    const std::size_t line_end = text.substr(searched).rfind('\n');
    if (line_end != std::string_view::npos) return searched + line_end + 1;
  }
  std::size_t cut = text.size();
  while (cut > searched && !Tokenizer::is_space(text[cut - 1])) --cut;
  if (cut > searched) return cut;
  return cut_ == BlockCut::character ? before_last_character(text) : 0;
}

}  // namespace word2vec
