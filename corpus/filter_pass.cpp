#include "corpus/filter_pass.h"

#include <atomic>
#include <string>
#include <utility>

#include "corpus/block_reader.h"
#include "corpus/in_order.h"
#include "corpus/parallel.h"

namespace word2vec {
namespace {

struct FilteredBlock {
  std::string text;
  std::uint64_t bytes = 0, came_through = 0;
};

/// Puts the texts of blocks together again.
class Pieces {
 public:
  explicit Pieces(const std::function<void(std::string_view)>& write) : write_(write) {}

  void add(std::string_view text) {
    if (text.empty()) return;
    if (space_due_ && text.front() != '\n') write_(" ");
    space_due_ = text.back() == ' ';
    write_(text.substr(0, text.size() - (space_due_ ? 1 : 0)));
  }

 private:
  const std::function<void(std::string_view)>& write_;
  bool space_due_ = false;
};

}  // namespace

FilterPassAccount filter_text(const TextPassOptions& options, const ReadProgress& progress,
                              const std::function<void(std::string_view)>& write) {
  constexpr std::uint64_t most_ahead = 4;  // blocks a thread
  const std::uint32_t threads = TextPass::threads_of(options);
  FilterPassAccount account;
  Pieces pieces(write);
  BlockReader reader(options.files, options.block_bytes, options.cut);
  InOrder<FilteredBlock> order(most_ahead * threads, [&](FilteredBlock& block) {
    pieces.add(block.text);
    account.bytes += block.bytes;
    if (progress) progress(block.came_through, reader.bytes_to_come(), 0);
  });
  std::atomic<bool> failed{false};
  run_threads(threads, failed, [&](std::uint32_t) {
    const InOrder<FilteredBlock>::Guard guard(order);
    const TextFilterFunction filter = options.make_filter();
    SourceBlock block;
    while (!failed && reader.next(block)) {
      const FilteredText text = filter(block);
      auto done = order.fresh();
      done->text = text.text;
      done->bytes = block.read_bytes;
      done->came_through = block.came_through;
      if (!order.put(block.number, std::move(done))) return;
    }
  });
  account.byte_order_marks = reader.byte_order_marks();
  return account;
}

}  // namespace word2vec
