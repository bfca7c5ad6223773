// Vector files: the formats' names, which format a file is in, and reading. One owner a format: text_format.h, binary_format.h,
// npy_format.h, safetensors_format.h, checkpoint_file.h. Writing is vector_output.h's.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// What each is, and the words that it cannot hold. No format holds an empty word, one twice, or a number that is not finite;
/// all of them carry other bytes as they are, valid UTF-8 or not: non-breaking spaces, quotes, `#`.
/// `text`: a line `V D`, then `word v1 ... vD` in the shortest decimals that read back to the same float, single spaces. What
///   fastText calls .vec is this. Not: white space, zero bytes.
/// `binary`: the same first line, then `word`, a space, D little-endian floats and a newline (which may be missing when read).
///   Not: spaces, newlines, zero bytes, 64 kB and more.
/// `glove`: text without its first line; read if D is at least 2. Not: as text.
/// `npy`: numpy's array of V x D float32, and a list of the words, one a line, in a second file. Not: newlines, carriage returns.
/// `safetensors`: tensors `embeddings` (F32, V x D) and `vocabulary` (U8, each word and a newline). Not: newlines.
/// `projector`: TensorBoard's, written and not read: rows of tab-separated decimals, and the words, one a line, in a second file.
///   Not: tabs, newlines, carriage returns.
/// Text and GloVe are read with spaces in words too, as some published vectors have them, where the numbers leave no doubt.
/// `checkpoint`: a run of this program as train --checkpoint saves it, read and not written: its vectors (checkpoint_file.h).
enum class VectorFormat { text, binary, glove, npy, safetensors, projector, checkpoint };

/// The names of those that are written, one after another, for help and errors.
inline constexpr const char* vector_format_list = "text, binary, glove, npy, safetensors or projector";

const char* format_name(VectorFormat format);
/// Throws UsageError for a name that is none of these.
VectorFormat parse_format(std::string_view name);

/// Names and values that a file says about its vectors, such as {"model", "skipgram"}. Of the formats safetensors and checkpoints
/// have them.
using VectorNotes = std::vector<std::pair<std::string, std::string>>;

struct VectorFile {
  VectorFormat format;
  Embeddings embeddings;
  std::string compression;  ///< "gzip" or another; empty: none
  VectorNotes notes;
};

/// Reads a vector file of any format but projector; its content decides which, and whether it is compressed. Throws Error (path,
/// line or byte, what was found): cut short, a header that lies, NaN or infinity, wrong column counts, a word twice, numbers
/// without words. Never allocates more than the file's size justifies.
VectorFile read_vectors(const std::string& path);

}  // namespace word2vec
