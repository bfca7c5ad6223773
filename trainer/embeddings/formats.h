// Vector files: which format a file is in, reading and writing. One owner a format: text_format.cpp, binary_format.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/io/output_file.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// `text`: header `V D`, then `word v1 ... vD` in the shortest decimals that read back to the same float, single spaces.
/// `binary`: the same header, then `word`, a space, D little-endian floats and a newline (which may be missing when read).
enum class VectorFormat { text, binary };

const char* format_name(VectorFormat format);
/// "text" or "binary". Throws UsageError for a format that INTERFACE names but this version does not write, and for others.
VectorFormat parse_format(std::string_view name);

struct VectorFile {
  VectorFormat format;
  Embeddings embeddings;
};

/// Reads a vector file of any known format; its content decides. Throws Error (path, line or byte, what was found): cut short,
/// a header that lies, NaN or infinity, wrong column counts, a word twice. Never allocates more than the file's size justifies.
VectorFile read_vectors(const std::string& path);

/// Writes row i of `vectors` as `words[i]`. `words.size()` is the number of rows written. Throws Error. The caller commits.
void write_vectors(OutputFile& output, VectorFormat format, const std::vector<std::string>& words, const Matrix& vectors);

// The formats' own halves. `content` is the whole file, `path` for messages.
Embeddings parse_text(std::string_view content, const std::string& path);
Embeddings parse_binary(std::string_view content, const std::string& path);
void write_text(OutputFile& output, const std::vector<std::string>& words, const Matrix& vectors);
void write_binary(OutputFile& output, const std::vector<std::string>& words, const Matrix& vectors);

}  // namespace word2vec
