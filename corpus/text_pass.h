// One pass over the text of all files on all threads: what the vocabulary, encoding and all other passes have in common. Knows
// blocks, threads and their order; refuses to know what becomes of the words.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/block_reader.h"
#include "corpus/parallel.h"
#include "corpus/text_encoder.h"
#include "corpus/turns.h"

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
/// than a block, which is cut at white space: what follows `continues` it. Called by one thread.
using TextFilterFunction = std::function<FilteredText(std::string_view block, bool continues)>;

struct TextPassOptions {
  std::vector<std::string> files{};                   ///< in order; "-" is standard input
  std::uint32_t threads = 0;                          ///< 0: all cores
  std::size_t block_bytes = std::size_t{1} << 18;     ///< that a thread takes at once; they stay in a near cache
  std::function<TextFilterFunction()> make_filter{};  ///< one for each thread; empty: the text as it is
};

struct TextPassAccount {
  std::uint64_t bytes = 0, sentences = 0, tokens = 0;
  std::uint64_t longest_line_bytes = 0, longest_word_bytes = 0;
  std::uint64_t file_bytes = 0;        ///< as the files hold them, compressed where they are
  std::uint64_t byte_order_marks = 0;  ///< files that began with one, which is no part of the text

  /// Whether a file was compressed.
  bool unpacked() const { return file_bytes != bytes + 3 * byte_order_marks; }
};

/// The first of the words that were noted, in the order of the corpus. Thread-safe.
class FirstPlace {
 public:
  void note(std::uint64_t block, std::string place) {
    const std::lock_guard guard(lock_);
    if (place_.empty() || block < block_) {
      block_ = block;
      place_ = std::move(place);
    }
  }
  /// "byte N of FILE"; empty when none was noted.
  const std::string& place() const { return place_; }

 private:
  std::mutex lock_;
  std::uint64_t block_ = 0;
  std::string place_;
};

class TextPass {
 public:
  /// Throws Error when a file cannot be opened.
  TextPass(TextPassOptions options, ReadProgress progress);

  std::uint32_t threads() const { return options_.threads; }

  /// Runs once. `make_words(thread)` makes what a thread does with the words:
  ///   static constexpr bool drops; void prefetch(const WordKey&); WordId look_up(const WordKey&, const char* word);   for each
  ///   word, as TextEncoder says; void begin_block(const TextPlace&);                           before them; void
  ///   append(std::span<const WordId>);                         their ids: one block at a time, in the order of the corpus; void
  ///   end_block();                                             after that, on any number of threads again; void end(); when
  ///   there are no more blocks.
  /// Throws the first exception of a thread, when all have stopped.
  template <class MakeWords>
  TextPassAccount run(MakeWords&& make_words);

 private:
  void add(const SourceBlock& block, const TextEncoder& encoder);
  /// The text is in `buffer` then.
  FilteredText filtered(const SourceBlock& block, const TextFilterFunction& filter, std::vector<char>& buffer) const;

  TextPassOptions options_;
  ReadProgress progress_;
  BlockReader reader_;
  LineAccount lines_;
  TextPassAccount account_;
};

/// Tells where a word of a block stands.
class TextPlace {
 public:
  TextPlace(const SourceBlock& block, const FilteredText& text, const std::vector<std::string>& paths)
      : block_(&block), text_(text), paths_(&paths) {}
  std::uint64_t block() const { return block_->number; }
  /// Of text that was filtered, the place of its block's first bytes that are not UTF-8, or else of the block.
  std::string of(const char* word) const;

 private:
  const SourceBlock* block_;
  FilteredText text_;
  const std::vector<std::string>* paths_;
};

template <class MakeWords>
TextPassAccount TextPass::run(MakeWords&& make_words) {
  std::atomic<bool> failed{false};
  Turns turns;
  run_threads(options_.threads, failed, [&](std::uint32_t thread) {
    const Turns::Guard guard(turns);
    auto words = make_words(thread);
    TextEncoder encoder;
    SourceBlock block;
    const TextFilterFunction filter = options_.make_filter ? options_.make_filter() : nullptr;
    std::vector<char> buffer;
    while (!failed && reader_.next(block)) {
      const FilteredText text = filter ? filtered(block, filter, buffer) : block.text();
      words.begin_block(TextPlace(block, text, reader_.paths()));
      encoder.encode(text.text, words);
      if (!turns.wait(block.number)) return;
      words.append(encoder.ids());
      add(block, encoder);
      turns.done();
      words.end_block();
    }
    words.end();
  });
  account_.sentences = lines_.sentences;
  account_.longest_line_bytes = lines_.longest_bytes;
  account_.file_bytes = reader_.file_bytes();
  account_.byte_order_marks = reader_.byte_order_marks();
  return account_;
}

}  // namespace word2vec
