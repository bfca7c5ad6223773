// A choice of an embedding's rows. Knows words and norms; refuses to know files and options.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// The length of a row, summed in double: no float overflows or vanishes in it.
double norm(std::span<const float> row);

/// The words of a list with one a line; spaces, tabs and carriage returns at the ends of lines and empty lines are skipped.
std::vector<std::string> parse_word_list(std::string_view content);

/// The rows of `wanted`, in the order of `embeddings`, each once. `*absent` counts the distinct words that are not there.
std::vector<std::size_t> select_rows(const Embeddings& embeddings, const std::vector<std::string>& wanted, std::uint64_t* absent);

/// A copy of these rows (`rows.size() x dim`), each divided by its norm if `normalize`; a row of zeros stays one.
Embeddings copy_rows(const Embeddings& embeddings, const std::vector<std::size_t>& rows, bool normalize);

}  // namespace word2vec
