#include "trainer/embeddings/formats.h"

#include <fmt/format.h>

#include <charconv>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/header.h"

namespace word2vec {
namespace {

/// Whether what follows the header is a text row: a word, then nothing but decimals up to the newline.
bool starts_text_row(std::string_view content, std::size_t at) {
  const std::size_t end = std::min(content.find('\n', at), content.size());
  std::string_view line = content.substr(at, end - at);
  const std::size_t first_space = line.find(' ');
  if (first_space == std::string_view::npos) return false;
  line.remove_prefix(first_space);
  std::size_t numbers = 0;
  while (true) {
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) break;
    line.remove_prefix(start);
    float value = 0;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    const bool ends = stop == line.data() + line.size() || *stop == ' ' || *stop == '\t' || *stop == '\r';
    // A number that is out of range, or a wrong count of them, is the text reader's to tell.
    if ((error != std::errc{} && error != std::errc::result_out_of_range) || !ends) return false;
    line.remove_prefix(static_cast<std::size_t>(stop - line.data()));
    ++numbers;
  }
  return numbers > 0;
}

}  // namespace

const char* format_name(VectorFormat format) { return format == VectorFormat::text ? "text" : "binary"; }

VectorFormat parse_format(std::string_view name) {
  if (name == "text") return VectorFormat::text;
  if (name == "binary") return VectorFormat::binary;
  for (const std::string_view later : {"glove", "npy", "safetensors", "projector"}) {
    if (name == later) throw UsageError(fmt::format("the format {} is not available in this version; use text or binary", name));
  }
  throw UsageError(fmt::format("there is no format {}; use text or binary", name));
}

VectorFile read_vectors(const std::string& path) {
  const std::string content = read_whole(path);
  refuse_compressed({content.data(), std::min<std::size_t>(content.size(), 16)}, path);
  const VectorHeader header = parse_header(content, path);
  if (starts_text_row(content, header.end)) return {VectorFormat::text, parse_text(content, path)};
  return {VectorFormat::binary, parse_binary(content, path)};
}

void write_vectors(OutputFile& output, VectorFormat format, const std::vector<std::string>& words, const Matrix& vectors) {
  if (format == VectorFormat::text) {
    write_text(output, words, vectors);
  } else {
    write_binary(output, words, vectors);
  }
}

}  // namespace word2vec
