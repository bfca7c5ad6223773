// Blocks are taken in order and split at once, numbered one after the other, and used at once again.
#include "trainer/embeddings/text_blocks.h"

#include <algorithm>
#include <atomic>

#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/part_turns.h"

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;  // stays in the cache while it is parsed

std::size_t count_blocks(const VectorContent& content, std::size_t start) {
  return (content.size() - start + block_bytes - 1) / block_bytes;
}

/// The lines that begin in a block of what stands behind `start`, whole and with their newlines.
std::string_view read_lines(const VectorContent& content, std::size_t start, std::size_t block, std::vector<char>& buffer) {
  const std::size_t begin = start + block * block_bytes, end = std::min(content.size(), begin + block_bytes);
  // The byte before tells whether a line begins with the block.
  const std::size_t before = block == 0 ? begin : begin - 1;
  for (std::size_t tail = block_bytes / 16;; tail *= 4) {
    const std::size_t stop = std::min(content.size(), end + tail);
    const std::string_view text = content.read(before, stop, buffer);
    const std::size_t last = text.find('\n', end - 1 - before);
    if (last == std::string_view::npos && stop != content.size()) continue;
    const std::string_view lines = text.substr(0, last == std::string_view::npos ? last : last + 1);
    const std::size_t newline = lines.find('\n');
    if (block == 0) return lines;
    return newline == std::string_view::npos ? std::string_view() : lines.substr(newline + 1);
  }
}

/// Lines up to an empty one.
struct Split {
  bool ended = false;    // an empty line follows
  bool resumed = false;  // and one behind it that is not
};

Split split_lines(std::string_view text, std::vector<std::string_view>& lines) {
  Split split;
  lines.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed_end(text.substr(at, newline - at));
    at = newline + 1;
    if (line.empty()) {
      split.ended = true;
    } else if (split.ended) {
      split.resumed = true;
      break;
    } else {
      lines.push_back(line);
    }
  }
  return split;
}

/// What a thread keeps for its blocks.
struct Scratch {
  std::vector<char> buffer;
  LineBlock block{};
  Split split;
};

}  // namespace

std::size_t for_line_blocks(const VectorContent& content, std::size_t start, const std::function<void(const LineBlock&)>& use,
                            const std::function<void(std::size_t)>& empty_line) {
  std::size_t lines = 0, empty = PartTurns::none;  // of the part whose turn it is
  for_parts<Scratch>(
      count_blocks(content, start),
      [&](std::size_t part, Scratch& scratch) {
        const std::string_view text = read_lines(content, start, part, scratch.buffer);
        scratch.split = split_lines(text, scratch.block.lines);
        scratch.block.end = text.data() + text.size();
      },
      [&](std::size_t, Scratch& scratch) {
        scratch.block.first = lines;
        lines += scratch.block.lines.size();
        if (!scratch.block.lines.empty() && empty != PartTurns::none) empty_line(empty);
        if (scratch.split.ended && empty == PartTurns::none) empty = lines;
      },
      [&](std::size_t, Scratch& scratch) {
        use(scratch.block);
        if (scratch.split.resumed) empty_line(scratch.block.first + scratch.block.lines.size());
      });
  return lines;
}

std::size_t count_newlines(const VectorContent& content, std::size_t start) {
  std::atomic<std::size_t> newlines{0};
  for_rows(count_blocks(content, start), [&](std::size_t block) {
    std::vector<char> buffer;
    const std::size_t begin = start + block * block_bytes;
    const std::string_view text = content.read(begin, std::min(content.size(), begin + block_bytes), buffer);
    newlines += static_cast<std::size_t>(std::ranges::count(text, '\n'));
  });
  return newlines;
}

}  // namespace word2vec
