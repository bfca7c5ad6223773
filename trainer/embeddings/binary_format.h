// word2vec's binary format: a line `V D`, then word, space, D little-endian floats and a newline that some writers leave out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"
#include "trainer/embeddings/packed_file.h"

namespace word2vec {

/// In bytes: beyond it the rows are taken to be out of step.
inline constexpr std::size_t longest_binary_word = (std::size_t{1} << 16) - 1;

/// `content` is the whole file, `path` for messages. Throws Error.
Embeddings parse_binary(std::string_view content, const std::string& path);

/// Row i of `vectors` is `words[i]`'s. Throws Error. The caller commits.
void write_binary(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);

}  // namespace word2vec
