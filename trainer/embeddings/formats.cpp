// Which format a vector file is in, by its content. Knows the formats' beginnings; refuses to know their rows.
#include "trainer/embeddings/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corpus/io/error.h"
#include "trainer/embeddings/binary_format.h"
#include "trainer/embeddings/checkpoint_file.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/npy_format.h"
#include "trainer/embeddings/safetensors_format.h"
#include "trainer/embeddings/text_format.h"
#include "trainer/embeddings/vector_content.h"

namespace word2vec {
namespace {

constexpr std::array names = {"text",        "binary",    "glove",     "npy",
                              "safetensors", "projector", "checkpoint"};  // in the enumeration's order
constexpr const char* remedy = "convert it to word2vec text or binary, whose first line is `V D` (words and dimension)";

/// Decides by the first row. Floats are never a decimal first, or D decimals last, and printable to the end of the line, but for
/// chosen bytes; and the rest of the row is left to the text reader, whose message about a broken row is the better one.
bool first_row_is_text(std::string_view rows, std::uint64_t dim) {
  const auto has_control = [](std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
  };
  const std::string_view whole = rows.substr(0, rows.find('\n')), line = trimmed_end(whole);
  std::string_view numbers = line;
  next_field(numbers);
  // A row of binary has a space after its word, so a lone word is a row of text without its numbers, unless it is no word.
  constexpr std::size_t longest_word = std::size_t{1} << 15;
  if (numbers.empty()) return whole.find(' ') == std::string_view::npos && !has_control(line) && line.size() < longest_word;
  std::string_view rest = numbers;
  return !has_control(numbers) && (is_decimal(next_field(rest)) || count_numbers(line) == dim);
}

void refuse_known_magic(std::string_view content, const std::string& path) {
  const char* kind = nullptr;
  if (content.starts_with("\xBA\x16\x4F\x2F")) kind = "fastText .bin model; fastText's .vec beside it is read";
  if (content.starts_with("\x80\x02") || content.starts_with("\x80\x03") || content.starts_with("\x80\x04") ||
      content.starts_with("\x80\x05"))
    kind = "Python pickle";
  if (kind != nullptr) throw Error(fmt::format("{}: a {}, which is not read here; {}", path, kind, remedy));
}

/// A line of numbers with tabs between them has no word.
void refuse_projector(std::string_view line, const std::string& path) {
  const std::string_view first = line.substr(0, line.find_first_of(" \t"));
  if (first.size() == line.size() || line[first.size()] != '\t' || !is_decimal(first)) return;
  throw Error(
      fmt::format("{}:1: numbers without a word, as in the vectors.tsv of TensorBoard's projector, which is not read here; "
                  "put the word before each row, as in metadata.tsv",
                  path));
}

/// Whether the rows may be GloVe's; throws Error saying what a file without any known beginning seems to be.
void check_headless(std::string_view head, const std::string& path) {
  const std::string_view line = first_line(without_mark(head));
  refuse_projector(line, path);
  const std::size_t numbers = count_numbers(line);
  if (numbers > 1) return;
  const char* const what = numbers == 1 ? "a word and one number, as in a vocabulary" : "not a vector file that is known";
  throw Error(fmt::format("{}:1: {}: the first line is {}; {}", path, what, shown(line), remedy));
}

/// Throws Error when it is no vector file.
VectorFormat recognise(std::string_view head, const std::string& path) {
  if (head.empty()) throw Error(fmt::format("{}: the file is empty; a vector file starts with a line `V D`", path));
  if (is_checkpoint(head)) return VectorFormat::checkpoint;
  if (head.starts_with(npy_magic)) return VectorFormat::npy;
  if (begins_safetensors(head)) return VectorFormat::safetensors;
  refuse_known_magic(head, path);
  if (has_header(head)) {
    const VectorHeader header = parse_header(head, path);
    return first_row_is_text(head.substr(header.bytes), header.dim) ? VectorFormat::text : VectorFormat::binary;
  }
  check_headless(head, path);
  return VectorFormat::glove;
}

}  // namespace

const char* format_name(VectorFormat format) { return names[static_cast<std::size_t>(format)]; }

VectorFormat parse_format(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found < names.end() - 1) return static_cast<VectorFormat>(found - names.begin());
  throw UsageError(fmt::format("there is no format {}; use {}", name.empty() ? "''" : name, vector_format_list));
}

VectorFile read_vectors(const std::string& path) {
  VectorContent content(path);
  const std::string& name = content.name();
  const VectorFormat format = recognise(content.head(), name);
  content.finish();
  VectorNotes notes;
  const auto parse = [&]() -> Embeddings {
    switch (format) {
      case VectorFormat::text:
        return parse_text(content);
      case VectorFormat::binary:
        return parse_binary(content);
      case VectorFormat::npy:
        return parse_npy(content.bytes(), name);
      case VectorFormat::checkpoint:
        return parse_checkpoint_vectors(content.bytes(), name, &notes);
      case VectorFormat::safetensors:
        return parse_safetensors(content.bytes(), name, &notes);
      default:
        return parse_glove(content);
    }
  };
  Embeddings embeddings = parse();
  return {format, std::move(embeddings), content.compression(), std::move(notes)};
}

}  // namespace word2vec
