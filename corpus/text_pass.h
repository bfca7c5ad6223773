// One pass over the text of all files on all threads: what the vocabulary, encoding and all other passes have in common. Knows
// blocks, threads and their order; refuses to know what becomes of the words.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/block_reader.h"
#include "corpus/in_order.h"
#include "corpus/parallel.h"
#include "corpus/text_encoder.h"

namespace word2vec {

/// Bytes of the files read so far (compressed ones where they are), how many there will be (0: unknown, as for a pipe), and
/// words. Called by one thread at a time.
using ReadProgress = std::function<void(std::uint64_t bytes, std::uint64_t of, std::uint64_t tokens)>;

/// What a filter made of a block; and where in the block its first bytes are that are not UTF-8, npos: nowhere.
struct FilteredText {
  FilteredText(std::string_view made, std::size_t invalid = std::string_view::npos) : text(made), first_invalid(invalid) {}
  std::string_view text;
  std::size_t first_invalid;
};

/// Raw text -> text whose words are split by white space, valid until the next call. A block is whole lines, but of a line longer
/// than a block, which is cut as TextPassOptions says: what follows `continues` it. Called by one thread, in the order of the
/// blocks that the thread gets.
using TextFilterFunction = std::function<FilteredText(const SourceBlock& block)>;

struct TextPassOptions {
  std::vector<std::string> files{};                   ///< in order; "-" is standard input
  std::uint32_t threads = 0;                          ///< 0: all cores
  std::size_t block_bytes = std::size_t{1} << 18;     ///< that a thread takes at once; they stay in a near cache
  BlockCut cut = BlockCut::word;                      ///< other than `word`: what make_filter wants
  bool fingerprint = false;                           ///< whether the text's is wanted
  std::function<TextFilterFunction()> make_filter{};  ///< one for each thread; empty: the text as it is
};

struct TextPassAccount {
  std::uint64_t bytes = 0, sentences = 0, tokens = 0;
  std::uint64_t longest_line_bytes = 0;
  std::uint64_t file_bytes = 0;        ///< as the files hold them, compressed where they are
  std::uint64_t byte_order_marks = 0;  ///< files that began with one, which is no part of the text
  std::string fingerprint;             ///< of the text (BlockReader::fingerprint); empty when not wanted

  /// Whether a file was compressed.
  bool unpacked() const { return file_bytes != bytes + 3 * byte_order_marks; }
};

/// Tells where a word of a block stands.
class TextPlace {
 public:
  TextPlace(const SourceBlock& block, const FilteredText& text, const std::vector<std::string>& paths)
      : block_(&block), text_(text), paths_(&paths) {}
  std::uint64_t block() const { return block_->number; }
  /// "byte N of FILE". Of text that was filtered, only where its block begins is known.
  std::string of(const char* word) const;
  /// The same for the first word of the block that is not UTF-8, whose place is known of filtered text too.
  std::string of_invalid(const char* word) const;

 private:
  std::string at(std::uint64_t offset) const;

  const SourceBlock* block_;
  FilteredText text_;
  const std::vector<std::string>* paths_;
};

/// A word that stands out: of those with the highest rank the first in the corpus. What threads find is added up.
struct NotableWord {
  std::uint64_t rank = 0;  ///< 0: there is none
  std::uint64_t block = 0;
  std::string place;

  /// Looks at a word; those of a thread come in the order of the corpus.
  void see(std::uint64_t its_rank, const char* word, const TextPlace& text) {
    if (its_rank > rank) set(its_rank, text.block(), text.of(word));
  }
  /// The same for words that are not UTF-8, of which the first one counts.
  void see_invalid(const char* word, const TextPlace& text) {
    if (rank == 0) set(1, text.block(), text.of_invalid(word));
  }
  void set(std::uint64_t its_rank, std::uint64_t its_block, std::string its_place) {
    rank = its_rank;
    block = its_block;
    place = std::move(its_place);
  }
  void add(const NotableWord& other) {
    if (other.rank > rank || (other.rank == rank && other.block < block)) *this = other;
  }
};

class TextPass {
 public:
  /// Throws Error when a file cannot be opened.
  TextPass(TextPassOptions options, ReadProgress progress);

  /// How many threads `options` asks for.
  static std::uint32_t threads_of(const TextPassOptions& options);
  std::uint32_t threads() const { return options_.threads; }
  /// Bytes of all files as they are on the disk; 0 when a pipe is among them.
  std::uint64_t bytes_to_come() const { return reader_.bytes_to_come(); }

  /// Runs once. `make_words(thread)` makes what a thread does with the words, which has what TextEncoder asks for, and
  ///   void begin_block(const TextPlace&); before a block's words;
  ///   std::uint32_t end_block(std::span<const WordId> ids); after them, with what became of them: returns a tag for these;
  ///   void end(); behind the last block of the thread, one thread at a time.
  /// `append` gets the ids of each block, with that tag, in the order of the corpus, one call at a time.
  /// Throws the first exception of a thread, when all have stopped.
  template <class MakeWords>
  TextPassAccount run(MakeWords&& make_words, const std::function<void(std::span<const WordId>, std::uint32_t tag)>& append);

 private:
  /// What is known of a block when a thread is done with it.
  struct DoneBlock : EncodedBlock {
    std::uint64_t read_bytes = 0, came_through = 0;
    std::uint32_t tag = 0;
  };

  void add(const DoneBlock& block);
  /// The text is in `buffer` then.
  FilteredText filtered(const SourceBlock& block, const TextFilterFunction& filter, std::vector<char>& buffer) const;

  TextPassOptions options_;
  ReadProgress progress_;
  BlockReader reader_;
  LineAccount lines_;
  TextPassAccount account_;
  std::mutex end_lock_;
};

template <class MakeWords>
TextPassAccount TextPass::run(MakeWords&& make_words,
                              const std::function<void(std::span<const WordId>, std::uint32_t tag)>& append) {
  constexpr std::uint64_t most_ahead = 4;  // blocks a thread
  InOrder<DoneBlock> order(most_ahead * options_.threads, [&](DoneBlock& block) {
    append(block.ids(), block.tag);
    add(block);
  });
  std::atomic<bool> failed{false};
  run_threads(options_.threads, failed, [&](std::uint32_t thread) {
    const typename InOrder<DoneBlock>::Guard guard(order);
    auto words = make_words(thread);
    TextEncoder encoder;
    SourceBlock block;
    const TextFilterFunction filter = options_.make_filter ? options_.make_filter() : nullptr;
    std::vector<char> buffer;
    while (!failed && reader_.next(block)) {
      const FilteredText text = filter ? filtered(block, filter, buffer) : block.text();
      auto done = order.fresh();
      words.begin_block(TextPlace(block, text, reader_.paths()));
      encoder.encode(text.text, words, *done);
      done->read_bytes = block.read_bytes;
      done->came_through = block.came_through;
      done->tag = words.end_block(done->ids());
      if (!order.put(block.number, std::move(done))) return;
    }
    const std::lock_guard end_guard(end_lock_);
    words.end();
  });
  account_.sentences = lines_.sentences;
  account_.longest_line_bytes = lines_.longest_bytes;
  account_.file_bytes = reader_.file_bytes();
  account_.byte_order_marks = reader_.byte_order_marks();
  account_.fingerprint = reader_.fingerprint();
  return account_;
}

}  // namespace word2vec
