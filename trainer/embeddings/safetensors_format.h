// Hugging Face's safetensors (https://github.com/huggingface/safetensors): a JSON header and the bytes of tensors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/packed_file.h"

namespace word2vec {

/// Whether a file begins as one: the header's length, and a brace.
bool begins_safetensors(std::string_view head);

/// The vectors are the tensor `embeddings`, or the only one that is two-dimensional, of F16, BF16, F32 or F64. The words are the
/// tensor `vocabulary` (U8, each word and a newline), or lines in a word list beside the file `path` (word_list.h). `notes`
/// becomes the header's `__metadata__`. `content` is the whole file. Throws Error.
Embeddings parse_safetensors(std::string_view content, const std::string& path, VectorNotes* notes);

/// Throws Error. The caller commits.
void write_safetensors(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors,
                       const VectorNotes& notes);

}  // namespace word2vec
