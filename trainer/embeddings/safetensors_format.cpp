// Eight bytes of length, that much JSON, and tensors without gaps between them.
#include "trainer/embeddings/safetensors_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/raw_array.h"
#include "trainer/embeddings/word_list.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t length_bytes = 8, longest_header = 100'000'000;  // the specification's limit
constexpr const char *embeddings_name = "embeddings", *vocabulary_name = "vocabulary", *notes_name = "__metadata__";

struct Tensor {
  std::string name, type;
  std::vector<std::uint64_t> shape;
  std::uint64_t begin, end;  // in the bytes behind the header
};

std::optional<NumberType> number_type(std::string_view name) {
  if (name == "F16") return NumberType::f16;
  if (name == "BF16") return NumberType::bf16;
  if (name == "F32") return NumberType::f32;
  if (name == "F64") return NumberType::f64;
  return std::nullopt;
}

struct Reader {
  std::string_view content;
  const std::string& path;
  std::size_t data = 0;  // where the bytes behind the header begin
  std::vector<Tensor> tensors;

  template <class... Values>
  [[noreturn]] void refuse(fmt::format_string<Values...> what, Values&&... values) const {
    throw Error(fmt::format("{}: {}; get the file anew", path, fmt::format(what, std::forward<Values>(values)...)));
  }

  Json read_header() {
    std::uint64_t length = 0;
    std::memcpy(&length, content.data(), length_bytes);
    if (length > longest_header || length > content.size() - length_bytes) {
      refuse("byte 0: the header's length is {}, expected at most {}", length,
             std::min(longest_header, content.size() - length_bytes));
    }
    data = length_bytes + static_cast<std::size_t>(length);
    std::vector<std::set<std::string>> keys;
    std::string twice;
    const auto note_keys = [&](int /*depth*/, Json::parse_event_t event, const Json& parsed) {
      if (event == Json::parse_event_t::object_start) keys.emplace_back();
      if (event == Json::parse_event_t::object_end) keys.pop_back();
      if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) twice = parsed;
      return true;
    };
    Json header;
    try {
      header = Json::parse(content.substr(length_bytes, data - length_bytes), note_keys);
    } catch (const Json::parse_error& error) {
      refuse("byte {}: the header is not JSON", length_bytes + error.byte);
    }
    if (!twice.empty()) refuse("the header has {} twice", shown(twice));
    return header;
  }

  void read_tensors(const Json& header) try {
    for (const auto& [name, value] : header.items()) {
      if (name == notes_name) continue;
      const auto& offsets = value.at("data_offsets");
      // JSON's negative numbers and fractions would be cut to whole ones.
      const bool whole = std::ranges::all_of(offsets, [](const Json& number) { return number.is_number_unsigned(); }) &&
                         std::ranges::all_of(value.at("shape"), [](const Json& number) { return number.is_number_unsigned(); });
      if (!whole || offsets.size() != 2) refuse("the tensor {} has a shape or offsets that are not whole numbers", shown(name));
      tensors.push_back({name, value.at("dtype"), value.at("shape"), offsets[0], offsets[1]});
    }
  } catch (const Json::exception&) {
    refuse("the header is not one of tensors, each with dtype, shape and data_offsets");
  }

  /// The tensors must follow each other and fill the file.
  void check_offsets() {
    std::ranges::sort(tensors, {}, [](const Tensor& tensor) { return std::pair(tensor.begin, tensor.end); });
    std::uint64_t at = 0;
    for (const Tensor& tensor : tensors) {
      if (tensor.begin != at || tensor.end < tensor.begin)
        refuse("the tensor {} has the offsets {} to {}, expected a start at {}", shown(tensor.name), tensor.begin, tensor.end,
               at);
      at = tensor.end;
    }
    const std::size_t found = content.size() - data;
    if (at > found) refuse("cut short: the tensors take {} bytes, found {}", at, found);
    if (at < found) refuse("found {} bytes behind the tensors", found - at);
  }

  const Tensor* find(std::string_view name) const {
    const auto found = std::ranges::find(tensors, name, &Tensor::name);
    return found == tensors.end() ? nullptr : &*found;
  }

  std::string_view bytes(const Tensor& tensor) const {
    return content.substr(data + static_cast<std::size_t>(tensor.begin), static_cast<std::size_t>(tensor.end - tensor.begin));
  }

  const Tensor& vectors() const {
    if (const Tensor* const named = find(embeddings_name)) return *named;
    const auto is_matrix = [](const Tensor& tensor) { return tensor.shape.size() == 2 && number_type(tensor.type); };
    if (std::ranges::count_if(tensors, is_matrix) == 1) return *std::ranges::find_if(tensors, is_matrix);
    refuse("has no tensor 'embeddings', nor only one other that has two dimensions");
  }

  Matrix matrix(const Tensor& tensor) const {
    const std::optional<NumberType> type = number_type(tensor.type);
    if (!type) refuse("the tensor {} is {}, expected F32, F16, BF16 or F64", shown(tensor.name), shown(tensor.type));
    if (tensor.shape.size() != 2)
      refuse("the tensor {} has {} dimensions, expected two: words and numbers", shown(tensor.name), tensor.shape.size());
    RawArray array{.type = *type, .rows = tensor.shape[0], .columns = tensor.shape[1], .data = bytes(tensor)};
    array.offset = data + static_cast<std::size_t>(tensor.begin);
    return to_matrix(array, path);
  }

  std::vector<std::string> words(std::size_t rows) const {
    const Tensor* const vocabulary = find(vocabulary_name);
    if (vocabulary == nullptr) return read_word_list(path, rows);
    if (vocabulary->type != "U8" && vocabulary->type != "I8")
      refuse("the tensor 'vocabulary' is {}, expected U8: each word and a newline", shown(vocabulary->type));
    return split_words(bytes(*vocabulary), rows, path + ": tensor vocabulary", false);
  }
};

VectorNotes read_notes(const Json& header) {
  VectorNotes notes;
  if (!header.contains(notes_name) || !header[notes_name].is_object()) return notes;
  for (const auto& [name, value] : header[notes_name].items()) {
    if (value.is_string()) notes.emplace_back(name, value.get<std::string>());
  }
  return notes;
}

}  // namespace

bool begins_safetensors(std::string_view head) {
  // Three bytes of length are a header of 16 MB and the fourth the specification's limit; the rest are zero.
  return head.size() > length_bytes && head[length_bytes] == '{' && head.substr(4, 4) == std::string_view("\0\0\0\0", 4);
}

Embeddings parse_safetensors(std::string_view content, const std::string& path, VectorNotes* notes) {
  Reader reader{content, path, 0, {}};
  const Json header = reader.read_header();
  reader.read_tensors(header);
  reader.check_offsets();
  Matrix vectors = reader.matrix(reader.vectors());
  std::vector<std::string> words = reader.words(vectors.rows());
  *notes = read_notes(header);
  return named_embeddings(std::move(words), std::move(vectors), path);
}

void write_safetensors(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors,
                       const VectorNotes& notes) {
  constexpr std::size_t alignment = 8;  // of the tensors in the file, by trailing spaces as the specification allows
  std::size_t letters = 0;
  for (const std::string& word : words) letters += word.size() + 1;
  const std::size_t numbers = words.size() * vectors.columns() * sizeof(float);
  Json header;
  for (const auto& [name, value] : notes) header[notes_name][name] = value;
  header[embeddings_name] = {{"dtype", "F32"}, {"shape", {words.size(), vectors.columns()}}, {"data_offsets", {0, numbers}}};
  header[vocabulary_name] = {{"dtype", "U8"}, {"shape", {letters}}, {"data_offsets", {numbers, numbers + letters}}};
  std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.append((alignment - text.size() % alignment) % alignment, ' ');
  const std::uint64_t length = text.size();
  output.write({reinterpret_cast<const char*>(&length), sizeof length});
  output.write(text);
  for (std::size_t row = 0; row < words.size(); ++row) {
    const std::span<const float> values = vectors.values(row);
    check_finite(words[row], values, output.path());
    output.write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  for (const std::string& word : words) {
    output.write(word);
    output.write("\n");
  }
}

}  // namespace word2vec
