// Which format a vector file is in, by its content. Knows the formats' beginnings; refuses to know their rows.
#include "trainer/embeddings/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

/// Decides by the first row. Floats are never a decimal first and printable to the end of the line, but for chosen bytes; and
/// the rest of the row is left to the text reader, whose message about a broken row is the better one.
bool first_row_is_text(std::string_view rows) {
  std::string_view line = trimmed_end(rows.substr(0, rows.find('\n')));
  const bool control = std::ranges::any_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
  if (control) return false;
  next_field(line);
  const std::string_view value = next_field(line);
  // A row of binary has a space after its word, so a lone word is a row of text without its numbers.
  return value.empty() ? rows.substr(0, rows.find('\n')).find(' ') == std::string_view::npos : is_decimal(value);
}

/// The whole file, but only once its beginning is known to be a vector file's.
std::string read_vector_content(const std::string& path) try {
  constexpr std::size_t head_bytes = std::size_t{1} << 16, spare = 1;
  InputFile file(path);
  std::string content(head_bytes, '\0');
  std::size_t filled = file.read(content);
  const std::string_view head(content.data(), filled);
  parse_header(head, file.name());
  while (filled == content.size()) {
    // The size is right for a file that stays as it is; a pipe, or a file that grows, doubles.
    const std::uint64_t known = file.size() + spare;
    content.resize(known > filled ? static_cast<std::size_t>(known) : 2 * filled);
    filled += file.read(std::span(content).subspan(filled));
  }
  content.resize(filled);
  return content;
} catch (const std::bad_alloc&) {
  throw Error(fmt::format("not enough memory to read {}; use a smaller file or a larger machine", path));
}

}  // namespace

const char* format_name(VectorFormat format) { return format == VectorFormat::text ? "text" : "binary"; }

VectorFormat parse_format(std::string_view name) {
  if (name == "text") return VectorFormat::text;
  if (name == "binary") return VectorFormat::binary;
  for (const char* const later : {"glove", "npy", "safetensors", "projector"}) {
    if (name == later) throw UsageError(fmt::format("the format {} is not available in this version; use text or binary", name));
  }
  throw UsageError(fmt::format("there is no format {}; use text or binary", name.empty() ? "''" : name));
}

VectorFile read_vectors(const std::string& path) {
  const std::string content = read_vector_content(path);
  const std::string name = path == "-" ? "standard input" : path;
  const VectorHeader header = parse_header(content, name);
  if (first_row_is_text(std::string_view(content).substr(header.bytes))) return {VectorFormat::text, parse_text(content, name)};
  return {VectorFormat::binary, parse_binary(content, name)};
}

void write_vectors(OutputFile& output, VectorFormat format, const std::vector<std::string>& words, const Matrix& vectors) {
  if (words.size() > vectors.rows()) {
    throw Error(fmt::format("cannot write {}: {} words for {} rows of numbers", output.path(), words.size(), vectors.rows()));
  }
  format == VectorFormat::text ? write_text(output, words, vectors) : write_binary(output, words, vectors);
}

}  // namespace word2vec
