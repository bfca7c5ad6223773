#include "trainer/embeddings/header.h"

#include <fmt/format.h>

#include <charconv>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

/// Takes one whole number off the front of `line`; 0 when there is none.
std::size_t take_number(std::string_view& line) {
  while (!line.empty() && (line[0] == ' ' || line[0] == '\t')) line.remove_prefix(1);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc{}) return 0;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return value;
}

}  // namespace

VectorHeader parse_header(std::string_view content, const std::string& path) {
  if (content.empty()) throw Error(fmt::format("the vector file is empty, {}: train or export it again", path));
  const std::size_t newline = content.find('\n');
  std::string_view line = content.substr(0, std::min<std::size_t>(newline, 64));
  VectorHeader header;
  header.words = take_number(line);
  header.dim = take_number(line);
  const bool clean = line.find_first_not_of(" \t\r") == std::string_view::npos;
  if (newline == std::string_view::npos || header.words == 0 || header.dim == 0 || !clean) {
    throw Error(
        fmt::format("not word2vec vectors, {}:1: the first line is not a count of words and a dimension; this version reads "
                    "word2vec text and binary, so convert it to one of these",
                    path));
  }
  header.end = newline + 1;
  return header;
}

void check_size(const VectorHeader& header, std::size_t size, std::size_t row_bytes, const std::string& path) {
  std::size_t least = 0;
  const bool overflows =
      __builtin_mul_overflow(header.words, row_bytes, &least) || __builtin_add_overflow(least, header.end, &least);
  if (overflows || least > size + 1) {  // the last newline may be missing
    throw Error(fmt::format(
        "the file is cut short or its header lies, {}:1: {} vectors of {} do not fit into its {} bytes; get the whole file", path,
        header.words, header.dim, size));
  }
}

}  // namespace word2vec
