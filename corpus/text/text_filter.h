// Raw text -> text whose words are split by white space, a sentence a line: all that the rest of the program reads. Knows lines,
// Unicode and the options; refuses to know files, counts of words, or what a word means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/text/text_options.h"

namespace word2vec {

/// What raw text had that its words do not tell.
struct TextAccount {
  std::uint64_t invalid_sequences = 0;  ///< of bytes that are not UTF-8 (as ICU parts them), and NULs
  std::uint64_t doc_tag_lines = 0;      ///< left out by skip_doc_tags

  TextAccount& operator+=(const TextAccount& other);
};

/// Bytes that are not UTF-8, and NULs, are counted and stay in the output within their word, which the vocabulary then leaves out
/// and counts as it does everywhere: the filter repairs nothing, and makes no word of half a damaged one.
///
/// A block is whole lines, with their line ends; the last line of a file may lack its own. The output does not depend on how a
/// text is cut into such blocks. A line too long for a block may be cut as well, at white space: what follows then `continues`
/// it. With WordBreaks::unicode it may also be cut between two characters, as Chinese must be; and the text on each side of a
/// cut is judged by itself.
///
/// Not thread-safe: one filter a thread.
class TextFilter {
 public:
  /// Throws Error when ICU's data is not installed.
  explicit TextFilter(const TextOptions& options);
  ~TextFilter();
  TextFilter(const TextFilter&) = delete;
  TextFilter& operator=(const TextFilter&) = delete;

  /// The text of `block`: words with a space between them, and after each sentence a newline. Within a line that is cut, or lacks
  /// its end, the last word has a space behind it. `continues`: the block starts within a line, whose end is a newline even if no
  /// word is before it. Valid until the next call. `block`: less than 128 MiB, as ICU's lengths are 32-bit and NFKC can make 11
  /// times the bytes. Throws Error when ICU cannot go on, as without memory.
  std::string_view operator()(std::string_view block, bool continues = false);

  /// Of all blocks so far.
  const TextAccount& account() const;
  /// Where the last block's first invalid sequence is, in bytes from the block's start; npos: it has none.
  std::size_t first_invalid() const;

 private:
  class Lines;
  std::unique_ptr<Lines> lines_;  // so that who calls a filter sees nothing of ICU
};

}  // namespace word2vec
