// The words of a file that holds numbers alone: a second file beside it, one word a line. Knows lists; no numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/packed_file.h"

namespace word2vec {

/// The list that is written beside `path`: `x.vocab.txt` for x.npy or x, `x.vocab.txt.gz` for x.npy.gz.
std::string word_list_path(const std::string& path);

/// The words of the `rows` rows in the file `path`: those of its list, which is looked for under the name that is written, under
/// `path` with `.vocab.txt` behind it, and under both with `.gz` or `.zst`. Throws Error when there is none, and when its lines
/// are not as many as the rows or one is empty. Lines may end in CR LF.
std::vector<std::string> read_word_list(const std::string& path, std::size_t rows);

/// Splits lines into words; with `crlf` a carriage return at a line's end is none of the word's. Throws Error, naming `name`,
/// when a line is empty or they are not `rows`.
std::vector<std::string> split_words(std::string_view lines, std::size_t rows, const std::string& name, bool crlf);

/// Each word and a newline.
void write_word_list(PackedFile& output, const std::vector<std::string>& words);

}  // namespace word2vec
