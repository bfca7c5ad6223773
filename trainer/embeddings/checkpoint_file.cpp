// Sections in and out. Knows bytes and checksums; refuses to know what a run is.
#include "trainer/embeddings/checkpoint_file.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/vector_content.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view magic = "w2vckpt\n";
constexpr std::uint32_t version = 2;
constexpr std::size_t name_bytes = 8;

/// XXH3 of bytes that come in parts.
class Checksum {
 public:
  Checksum() : state_(XXH3_createState()) {
    if (!state_) throw std::bad_alloc();
    XXH3_64bits_reset(state_.get());
  }
  void add(std::string_view bytes) { XXH3_64bits_update(state_.get(), bytes.data(), bytes.size()); }
  std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };
  std::unique_ptr<XXH3_state_t, Free> state_;
};

template <class Number>
std::string_view bytes_of(const Number& number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

template <class Number>
std::string_view bytes_of(std::span<const Number> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

class SectionWriter {
 public:
  SectionWriter(OutputFile& file, std::string_view name, std::uint64_t length) : file_(file) {
    std::string padded(name);
    padded.resize(name_bytes, '\0');
    write(padded);
    write(bytes_of(length));
  }
  void write(std::string_view bytes) {
    checksum_.add(bytes);
    file_.write(bytes);
  }
  void end() { file_.write(bytes_of(checksum_.value())); }

 private:
  OutputFile& file_;
  Checksum checksum_;
};

void write_section(OutputFile& file, std::string_view name, std::string_view bytes) {
  SectionWriter section(file, name, bytes.size());
  section.write(bytes);
  section.end();
}

void write_section(OutputFile& file, std::string_view name, const Matrix& matrix) {
  SectionWriter section(file, name, matrix.rows() * matrix.columns() * sizeof(float));
  for (std::size_t row = 0; row < matrix.rows(); ++row) section.write(bytes_of(matrix.values(row)));
  section.end();
}

/// Takes the sections off the front of a file's bytes.
class SectionReader {
 public:
  SectionReader(std::string_view content, const std::string& path) : left_(content), path_(path) {
    if (!is_checkpoint(content))
      throw Error(fmt::format("{} is not a checkpoint; name a file that train --checkpoint wrote", path));
    left_.remove_prefix(magic.size());
    std::uint32_t found = 0;
    take(&found, sizeof found, "its beginning");
    if (found != version) {
      throw Error(
          fmt::format("{} is a checkpoint of version {}, and this program reads version {}; use the program that wrote it", path,
                      found, version));
    }
  }

  std::string_view section(std::string_view name) {
    const std::string_view start = left_;
    char found[name_bytes];
    std::uint64_t length = 0, expected = 0;
    take(found, name_bytes, name);
    take(&length, sizeof length, name);
    if (left_.size() < sizeof expected || length > left_.size() - sizeof expected) {
      refuse(name, fmt::format("{} bytes where it should have {} and a checksum", left_.size(), length));
    }
    const std::string_view bytes = left_.substr(0, static_cast<std::size_t>(length));
    left_.remove_prefix(bytes.size());
    Checksum sum;
    sum.add(start.substr(0, start.size() - left_.size()));
    take(&expected, sizeof expected, name);
    if (sum.value() != expected) refuse(name, fmt::format("its checksum is {:016x}, expected {:016x}", sum.value(), expected));
    if (std::string_view(found, name.size()) != name) refuse(name, "another section stands in its place");
    return bytes;
  }

  std::vector<std::uint64_t> counts(std::size_t words) {
    const std::string_view bytes = section("counts");
    if (bytes.size() != words * sizeof(std::uint64_t))
      refuse("counts", fmt::format("{} bytes for {} words", bytes.size(), words));
    std::vector<std::uint64_t> numbers(words);
    std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return numbers;
  }

  Matrix matrix(std::string_view name, std::size_t rows) {
    const std::string_view bytes = section(name);
    const std::size_t row_bytes = rows == 0 ? 0 : bytes.size() / rows;
    if (row_bytes == 0 || row_bytes * rows != bytes.size() || row_bytes % sizeof(float) != 0)
      refuse(name, fmt::format("its {} bytes are not {} rows", bytes.size(), rows));
    Matrix result(rows, row_bytes / sizeof(float));
    for (std::size_t row = 0; row < rows; ++row) std::memcpy(result.row(row), bytes.data() + row * row_bytes, row_bytes);
    const std::size_t bad = first_row_not_finite(result);
    if (bad != rows) refuse(name, fmt::format("row {} has a number that is not finite", bad));
    return result;
  }

  /// A number a word, or none.
  std::string_view sums(std::string_view name, std::size_t words) {
    const std::string_view bytes = section(name);
    if (!bytes.empty() && bytes.size() != words * sizeof(float))
      refuse(name, fmt::format("{} bytes for {} words", bytes.size(), words));
    return bytes;
  }

  void end() const {
    if (!left_.empty()) refuse("out-sums", fmt::format("{} bytes follow the last section", left_.size()));
  }

  [[noreturn]] void refuse(std::string_view name, const std::string& what) const {
    throw Error(fmt::format("{}: the checkpoint is damaged in its section '{}': {}; use an earlier one", path_, name, what));
  }

 private:
  void take(void* to, std::size_t bytes, std::string_view name) {
    if (left_.size() < bytes) refuse(name, "the file ends there");
    std::memcpy(to, left_.data(), bytes);
    left_.remove_prefix(bytes);
  }

  std::string_view left_;
  const std::string& path_;
};

std::vector<std::string> split_lines(std::string_view lines) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    words.emplace_back(lines.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The file up to the end of its first `sections`, or what there is: their lengths are in their heads, and what follows them may
/// be gigabytes.
std::string_view first_sections(VectorContent& content, std::size_t sections, std::vector<char>& buffer) {
  content.finish();
  std::size_t end = magic.size() + sizeof version;
  for (std::size_t i = 0; i < sections && end < content.size(); ++i) {
    constexpr std::size_t head_bytes = name_bytes + sizeof(std::uint64_t);
    const std::string_view head = content.read(end, std::min(end + head_bytes, content.size()), buffer);
    std::uint64_t length = 0;
    if (head.size() == head_bytes) std::memcpy(&length, head.data() + name_bytes, sizeof length);
    const std::size_t rest = content.size() - end;
    end += std::min<std::uint64_t>(std::min<std::uint64_t>(length, rest) + head_bytes + sizeof(std::uint64_t), rest);
  }
  return content.read(0, std::min(end, content.size()), buffer);
}

}  // namespace

bool is_checkpoint(std::string_view head) { return head.starts_with(magic); }

void write_checkpoint(OutputFile& file, const std::string& run, const std::vector<std::string>& words,
                      const std::vector<std::uint64_t>& counts, const Matrix& input, const Matrix& output,
                      const std::vector<float>& input_sums, const std::vector<float>& output_sums) {
  file.write(magic);
  file.write(bytes_of(version));
  write_section(file, "run", run);
  std::string lines;
  for (const std::string& word : words) lines.append(word).push_back('\n');
  write_section(file, "words", lines);
  write_section(file, "counts", bytes_of(std::span(counts)));
  write_section(file, "input", input);
  write_section(file, "output", output);
  write_section(file, "in-sums", bytes_of(std::span(input_sums)));
  write_section(file, "out-sums", bytes_of(std::span(output_sums)));
}

std::string read_checkpoint_run(const std::string& path) {
  VectorContent content(path);
  std::vector<char> buffer;
  return std::string(SectionReader(first_sections(content, 1, buffer), content.name()).section("run"));
}

std::pair<std::vector<std::string>, std::vector<std::uint64_t>> read_checkpoint_vocabulary(const std::string& path) {
  VectorContent content(path);
  std::vector<char> buffer;
  SectionReader reader(first_sections(content, 3, buffer), content.name());
  reader.section("run");
  std::vector<std::string> words = split_lines(reader.section("words"));
  std::vector<std::uint64_t> counts = reader.counts(words.size());
  return {std::move(words), std::move(counts)};
}

CheckpointContent parse_checkpoint(std::string_view bytes, const std::string& path) {
  SectionReader reader(bytes, path);
  CheckpointContent content;
  content.run = reader.section("run");
  content.words = split_lines(reader.section("words"));
  content.counts = reader.counts(content.words.size());
  content.input = reader.matrix("input", content.words.size());
  content.output = reader.matrix("output", content.words.size());
  if (content.output.columns() != content.input.columns()) reader.refuse("output", "its rows are not as long as the input's");
  for (auto& [name, sums] : {std::pair("in-sums", &content.input_sums), std::pair("out-sums", &content.output_sums)}) {
    const std::string_view stored = reader.sums(name, content.words.size());
    sums->resize(stored.size() / sizeof(float));
    if (!sums->empty()) std::memcpy(sums->data(), stored.data(), stored.size());
    if (!std::ranges::all_of(*sums, [](float sum) { return sum >= 0 && std::isfinite(sum); }))
      reader.refuse(name, "a sum of squares is negative or not finite");
  }
  if (content.input_sums.size() != content.output_sums.size())
    reader.refuse("out-sums", "its sums are not as many as the input's");
  reader.end();
  return content;
}

CheckpointContent read_checkpoint(const std::string& path) {
  VectorContent content(path);
  content.finish();
  return parse_checkpoint(content.bytes(), content.name());
}

Embeddings parse_checkpoint_vectors(std::string_view bytes, const std::string& path, VectorNotes* notes) {
  SectionReader reader(bytes, path);
  const std::string_view described = reader.section("run");
  std::vector<std::string> words = split_lines(reader.section("words"));
  reader.counts(words.size());
  Matrix vectors = reader.matrix("input", words.size());
  // Checked like all of the file, and no memory taken for it.
  if (reader.section("output").size() != vectors.rows() * vectors.columns() * sizeof(float))
    reader.refuse("output", "its rows are not as long as the input's");
  for (const char* const name : {"in-sums", "out-sums"}) reader.sums(name, words.size());
  reader.end();
  // What the trainer wrote of the run is shown as far as it is a list of options.
  const auto run = nlohmann::ordered_json::parse(described, nullptr, false);
  if (run.is_object() && run.contains("options") && run["options"].is_object()) {
    for (const auto& [name, value] : run["options"].items()) {
      if (value.is_string() && !value.get_ref<const std::string&>().empty()) notes->emplace_back(name, value);
    }
    notes->emplace_back("epochs done", std::to_string(run.value("done", nlohmann::ordered_json::array()).size()));
  }
  return named_embeddings(std::move(words), std::move(vectors), path);
}

}  // namespace word2vec
