// numpy's array files (versions 1 to 3). Knows their header; the words are word_list.h's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"
#include "trainer/embeddings/packed_file.h"

namespace word2vec {

inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// V x D numbers of float16, float32 or float64, in either order and byte order. `content` is the whole file `path`, beside which
/// the words are looked for. Throws Error.
Embeddings parse_npy(std::string_view content, const std::string& path);

/// The array alone, `rows` x D float32 in C order. Throws Error. The caller commits.
void write_npy(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);

}  // namespace word2vec
