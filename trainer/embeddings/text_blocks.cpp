// Blocks are taken in order and split at once, numbered one after the other, and used at once again.
#include "trainer/embeddings/text_blocks.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>

#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;  // stays in the cache while it is parsed
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

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

/// The blocks' turns: waits for that of `block`, and passes it on at the end whatever happens.
class Turn {
 public:
  Turn(std::atomic<std::size_t>& turns, std::size_t block) : turns_(turns), block_(block) {
    for (std::size_t now = 0; (now = turns.load(std::memory_order_acquire)) != block;) turns.wait(now);
  }
  ~Turn() {
    turns_.store(block_ + 1, std::memory_order_release);
    turns_.notify_all();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::atomic<std::size_t>& turns_;
  std::size_t block_;
};

/// What the threads share.
struct Run {
  const VectorContent& content;
  std::size_t start;
  const std::function<void(const LineBlock&)>& use;
  const std::function<void(std::size_t)>& empty_line;
  std::atomic<std::size_t> next{0}, turns{0};
  std::size_t lines = 0, empty = none;  // of the thread whose turn it is

  void work(std::size_t block, std::vector<char>& buffer, LineBlock& taken) {
    std::exception_ptr failure;
    Split split;
    try {
      const std::string_view text = read_lines(content, start, block, buffer);
      split = split_lines(text, taken.lines);
      taken.end = text.data() + text.size();
    } catch (...) {
      failure = std::current_exception();
      taken.lines.clear();
    }
    {
      const Turn turn(turns, block);
      taken.first = lines;
      lines += taken.lines.size();
      if (!taken.lines.empty() && empty != none) empty_line(empty);
      if (split.ended && empty == none) empty = lines;
    }
    if (failure) std::rethrow_exception(failure);
    use(taken);
    if (split.resumed) empty_line(taken.first + taken.lines.size());
  }
};

}  // namespace

std::size_t for_line_blocks(const VectorContent& content, std::size_t start, const std::function<void(const LineBlock&)>& use,
                            const std::function<void(std::size_t)>& empty_line) {
  const std::size_t blocks = count_blocks(content, start);
  Run run{content, start, use, empty_line};
  std::exception_ptr failure;
  std::atomic<std::size_t> failed{none};
  std::mutex failure_lock;
#pragma omp parallel if (blocks > 1)
  {
    std::vector<char> buffer;
    LineBlock taken{};
    std::size_t block = 0;
    // A block that is taken has its turn, or those behind it would wait for ever.
    while (failed == none && (block = run.next++) < blocks) {
      try {
        run.work(block, buffer, taken);
      } catch (...) {
        const std::lock_guard guard(failure_lock);
        if (block < failed) {
          failed = block;
          failure = std::current_exception();
        }
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
  return run.lines;
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
