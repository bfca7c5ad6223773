// Reads a block and cuts it where a line, a word or at least a character ends.
#include "corpus/text/text_blocks.h"

#include <algorithm>
#include <string_view>

#include "corpus/tokenizer.h"

namespace word2vec {
namespace {

/// Where to cut text that has no line end: more than 0 and no more than its size.
std::size_t cut_within_line(std::string_view text) {
  const auto space = std::find_if(text.rbegin(), text.rend(), Tokenizer::is_space);
  if (space != text.rend()) return static_cast<std::size_t>(text.rend() - space);
  const auto starts_character = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U; };
  // The last character may lack bytes, so it goes to the next block; what has no first byte for long is no UTF-8.
  for (std::size_t back = 1; back < std::min<std::size_t>(4, text.size()); ++back) {
    if (starts_character(text.size() - back)) return text.size() - back;
  }
  return text.size();
}

}  // namespace

TextBlocks::TextBlocks(const std::string& path, std::size_t block_bytes)
    : file_(path),
      block_bytes_(std::max<std::size_t>(1, block_bytes)),
      marked_(file_.skip_byte_order_mark()),
      start_(marked_ ? 3 : 0) {}

bool TextBlocks::next(TextBlock& block) {
  block.continues = continues_;
  block.start = start_;
  block.bytes.swap(rest_);
  const std::size_t had = block.bytes.size();
  block.bytes.resize(std::max(had, block_bytes_));
  block.bytes.resize(had + file_.read(std::span(block.bytes).subspan(had)));
  rest_.clear();
  if (block.bytes.empty()) return false;
  std::size_t end = block.bytes.size();
  if (end >= block_bytes_) {
    const std::size_t line_end = block.bytes.rfind('\n');
    end = line_end != std::string::npos ? line_end + 1 : cut_within_line(block.bytes);
  }
  rest_.assign(block.bytes, end);
  block.bytes.resize(end);
  start_ += end;
  continues_ = block.bytes.back() != '\n';
  return true;
}

}  // namespace word2vec
