// Sections in and out. Knows bytes and checksums; refuses to know what a run is.
#include "trainer/embeddings/checkpoint_file.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <span>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view magic = "w2vckpt\n";
constexpr std::uint32_t version = 1;
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

class SectionReader {
 public:
  explicit SectionReader(const std::string& path) : path_(path), file_(path) {
    std::array<char, magic.size()> head{};
    std::uint32_t found = 0;
    if (file_.read(head) != head.size() || !is_checkpoint({head.data(), head.size()}))
      throw Error(fmt::format("{} is not a checkpoint; name a file that train --checkpoint wrote", path));
    if (file_.read({reinterpret_cast<char*>(&found), sizeof found}) != sizeof found) refuse("its beginning", "it ends there");
    if (found != version) {
      throw Error(
          fmt::format("{} is a checkpoint of version {}, and this program reads version {}; use the program that wrote it", path,
                      found, version));
    }
  }

  /// The length of the next section, which must have this name.
  std::uint64_t begin(std::string_view name) {
    name_ = name;
    checksum_ = {};
    std::array<char, name_bytes> found{};
    std::uint64_t length = 0;
    read(found);
    read({reinterpret_cast<char*>(&length), sizeof length});
    if (std::string_view(found.data()).substr(0, name_bytes) != name) refuse(name, "another section stands in its place");
    constexpr std::uint64_t most_compressed = 1000;
    if (file_.size() != 0 && length / most_compressed > file_.size())
      refuse(name, fmt::format("its length is given as {} bytes", length));
    return length;
  }
  void read(std::span<char> into) {
    if (file_.read(into) != into.size()) refuse(name_, "the file ends in it");
    checksum_.add({into.data(), into.size()});
  }
  void end() {
    const std::uint64_t expected = checksum_.value();
    std::uint64_t found = 0;
    if (file_.read({reinterpret_cast<char*>(&found), sizeof found}) != sizeof found) refuse(name_, "the file ends in it");
    if (found != expected) refuse(name_, fmt::format("its checksum is {:016x}, expected {:016x}", expected, found));
  }
  void end_of_file() {
    char more = 0;
    if (file_.read({&more, 1}) != 0) refuse("its end", "more bytes follow");
  }

  std::string text(std::string_view name) {
    constexpr std::uint64_t step = std::uint64_t{1} << 24;
    std::string bytes;
    for (std::uint64_t left = begin(name); left > 0;) {
      const auto part = static_cast<std::size_t>(std::min(left, step));
      bytes.resize(bytes.size() + part);
      read(std::span(bytes).last(part));
      left -= part;
    }
    end();
    return bytes;
  }

  Matrix matrix(std::string_view name, std::size_t rows) {
    const std::uint64_t length = begin(name), row_bytes = rows == 0 ? 0 : length / rows;
    constexpr std::uint64_t most_columns = 1U << 20;
    if (row_bytes == 0 || row_bytes * rows != length || row_bytes % sizeof(float) != 0 ||
        row_bytes / sizeof(float) > most_columns)
      refuse(name, fmt::format("its {} bytes are not {} rows", length, rows));
    Matrix result(rows, static_cast<std::size_t>(row_bytes / sizeof(float)));
    for (std::size_t row = 0; row < rows; ++row) {
      const std::span<float> values = result.values(row);
      read({reinterpret_cast<char*>(values.data()), values.size_bytes()});
    }
    end();
    return result;
  }

  [[noreturn]] void refuse(std::string_view section, const std::string& what) const {
    throw Error(
        fmt::format("{}: the checkpoint is damaged in the section '{}': {}; use an earlier checkpoint", path_, section, what));
  }

 private:
  std::string path_;
  InputFile file_;
  std::string_view name_;
  Checksum checksum_;
};

}  // namespace

bool is_checkpoint(std::string_view head) { return head.starts_with(magic); }

void write_checkpoint(OutputFile& file, const std::string& run, const std::vector<std::string>& words,
                      const std::vector<std::uint64_t>& counts, const Matrix& input, const Matrix& output) {
  file.write(magic);
  file.write(bytes_of(version));
  write_section(file, "run", run);
  std::string lines;
  for (const std::string& word : words) lines.append(word).push_back('\n');
  write_section(file, "words", lines);
  write_section(file, "counts", bytes_of(std::span(counts)));
  write_section(file, "input", input);
  write_section(file, "output", output);
}

std::string read_checkpoint_run(const std::string& path) { return SectionReader(path).text("run"); }

CheckpointContent read_checkpoint(const std::string& path) {
  SectionReader reader(path);
  CheckpointContent content;
  content.run = reader.text("run");
  const std::string lines = reader.text("words");
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    content.words.emplace_back(lines, at, end - at);
    at = end + 1;
  }
  const std::string counts = reader.text("counts");
  if (counts.size() != content.words.size() * sizeof(std::uint64_t))
    reader.refuse("counts", fmt::format("{} bytes for {} words", counts.size(), content.words.size()));
  content.counts.resize(content.words.size());
  std::memcpy(content.counts.data(), counts.data(), counts.size());
  content.input = reader.matrix("input", content.words.size());
  content.output = reader.matrix("output", content.words.size());
  if (content.output.columns() != content.input.columns()) reader.refuse("output", "it has other columns than the input");
  reader.end_of_file();
  return content;
}

}  // namespace word2vec
