// The lines of a vector file in blocks, on all threads, numbered. Knows lines; refuses to know what stands in them.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "trainer/embeddings/vector_content.h"

namespace word2vec {

struct LineBlock {
  std::size_t first;                    ///< the number of its first line; the first line behind `start` is 0
  std::vector<std::string_view> lines;  ///< none empty, without line ends and the blanks before them
  const char* end;                      ///< of readable memory, behind every line
};

/// Calls `use` for the lines of `content` from byte `start` on, block by block, from several threads at once; their memory is
/// good during the call. Returns how many lines there are. Empty lines may stand only at the end: `empty_line(number)`, which
/// throws, is called for another. Rethrows what the first block that fails has thrown. `content` is finished.
std::size_t for_line_blocks(const VectorContent& content, std::size_t start, const std::function<void(const LineBlock&)>& use,
                            const std::function<void(std::size_t)>& empty_line);

/// How many newlines there are from byte `start` on.
std::size_t count_newlines(const VectorContent& content, std::size_t start);

}  // namespace word2vec
