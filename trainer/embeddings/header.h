// The first line that the text and the binary format share: `V D`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace word2vec {

struct VectorHeader {
  std::size_t words = 0, dim = 0;  ///< both at least 1; `words` is as the file says, not yet believed
  std::size_t end = 0;             ///< the byte after the line
};

/// Throws Error when the file is empty or its first line is not two positive whole numbers.
VectorHeader parse_header(std::string_view content, const std::string& path);

/// Throws Error when a file of `size` bytes cannot hold the rows that its header promises, at `row_bytes` or more each. What
/// passes may be allocated.
void check_size(const VectorHeader& header, std::size_t size, std::size_t row_bytes, const std::string& path);

}  // namespace word2vec
