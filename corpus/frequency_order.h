// The order of a vocabulary's words. Knows words and counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/word_table.h"

namespace word2vec {

/// The words' numbers in the order of ids: by count descending, then bytes ascending. A total order, so that it depends on
/// nothing but words and counts (not on `threads`), of which there are equally many. Each word comes once.
std::vector<WordId> frequency_order(const std::vector<std::string>& words, const std::vector<std::uint64_t>& counts,
                                    std::uint32_t threads = 1);

}  // namespace word2vec
