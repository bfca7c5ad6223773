// One pass of a text through its filters on all threads, in order again behind them. Knows blocks; refuses to know words.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "corpus/text_pass.h"

namespace word2vec {

struct FilterPassAccount {
  std::uint64_t bytes = 0;  ///< of the text before the filter
  std::uint64_t byte_order_marks = 0;
};

/// Gives `write` the filtered text of all files piece by piece, in the order of the corpus, one call at a time; that lines were
/// cut for the threads shows nowhere in it, and no line ends in a space. The progress knows of no tokens. Throws Error as
/// TextPass does, and what `write` throws.
FilterPassAccount filter_text(const TextPassOptions& options, const ReadProgress& progress,
                              const std::function<void(std::string_view)>& write);

}  // namespace word2vec
