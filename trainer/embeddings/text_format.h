// The formats made of decimals: word2vec text, GloVe's, and the projector's tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"
#include "trainer/embeddings/packed_file.h"
#include "trainer/embeddings/vector_content.h"

namespace word2vec {

/// `content` is finished. Never holds the file and the vectors in memory at once, unless the file was compressed or a pipe.
/// Throws Error.
Embeddings parse_text(const VectorContent& content);
Embeddings parse_glove(const VectorContent& content);

/// The dimension of a line `word v1 ... vD`: how many fields at its end are numbers, the first field aside.
std::size_t count_numbers(std::string_view line);

// Row i of `vectors` is `words[i]`'s. The caller commits.
void write_text(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);
void write_glove(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);
/// TensorBoard's vectors.tsv; the words go into a list (word_list.h), its metadata.tsv.
void write_projector(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors);

}  // namespace word2vec
