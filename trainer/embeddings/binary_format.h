// word2vec's binary format: a line `V D`, then word, space, D little-endian floats and a newline that some writers leave out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"
#include "trainer/embeddings/packed_file.h"
#include "trainer/embeddings/vector_content.h"

namespace word2vec {

/// In bytes: beyond it the rows are taken to be out of step.
inline constexpr std::size_t longest_binary_word = (std::size_t{1} << 16) - 1;

/// `content` is finished. Never holds the file and the vectors in memory at once, unless the file was compressed or a pipe.
/// Throws Error.
Embeddings parse_binary(const VectorContent& content);

/// Row i of `vectors` is `words[i]`'s. Throws Error. The caller commits.
void write_binary(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);

}  // namespace word2vec
