// One writer for every format.
#include "trainer/embeddings/vector_output.h"

#include <fmt/format.h>

#include <filesystem>

#include "corpus/io/error.h"
#include "trainer/embeddings/binary_format.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/npy_format.h"
#include "trainer/embeddings/safetensors_format.h"
#include "trainer/embeddings/text_format.h"
#include "trainer/embeddings/word_list.h"

namespace word2vec {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> projector_files(const std::string& path) {
  std::error_code ignored;
  if (path.ends_with('/') || fs::is_directory(path, ignored)) {
    const std::string folder = path.ends_with('/') ? path : path + "/";
    return {folder + "vectors.tsv", folder + "metadata.tsv"};
  }
  constexpr std::string_view vectors = "vectors", ending = ".tsv";
  std::string metadata = path;
  const std::size_t name = path.rfind('/') + 1, at = path.rfind(vectors);
  if (at != std::string::npos && at >= name) return {path, metadata.replace(at, vectors.size(), "metadata")};
  const std::string packed(packed_ending(path));
  metadata.resize(path.size() - packed.size());
  if (metadata.ends_with(ending)) metadata.resize(metadata.size() - ending.size());
  return {path, metadata + ".metadata.tsv" + packed};
}

/// What a format's words must not be.
struct WordRule {
  std::string_view refused;  // bytes
  const char* names;         // of these bytes
  std::size_t longest = std::string::npos;
};

WordRule word_rule(VectorFormat format) {
  using namespace std::literals;
  switch (format) {
    case VectorFormat::binary:
      return {"\0\n "sv, "a space, a newline or a zero byte", longest_binary_word};
    case VectorFormat::npy:
      return {"\n\r"sv, "a newline or a carriage return"};
    case VectorFormat::safetensors:
      return {"\n"sv, "a newline"};
    case VectorFormat::projector:
      return {"\n\r\t"sv, "a tab, a newline or a carriage return"};
    default:
      return {"\0 \t\n\v\f\r"sv, "white space or a zero byte"};
  }
}

}  // namespace

std::vector<std::string> vector_files(const std::string& path, VectorFormat format) {
  if (format != VectorFormat::npy && format != VectorFormat::projector) return {path};
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (path.empty() || path == "-" || (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))) {
    throw UsageError(fmt::format("{} is two files, so {} will not do; give the name of a file", format_name(format),
                                 path == "-"    ? "standard output"
                                 : path.empty() ? "''"
                                                : path));
  }
  if (format == VectorFormat::npy) return {path, word_list_path(path)};
  return projector_files(path);
}

VectorOutput::VectorOutput(const std::string& path, VectorFormat format) : format_(format) {
  for (const std::string& file : vector_files(path, format)) files_.push_back(std::make_unique<PackedFile>(file));
}

void VectorOutput::check(const std::vector<std::string>& words) const {
  const WordRule rule = word_rule(format_);
  for (const std::string& word : words) {
    if (!word.empty() && word.size() <= rule.longest && word.find_first_of(rule.refused) == std::string::npos) continue;
    const std::string what = word.empty()                 ? "is empty"
                             : word.size() > rule.longest ? fmt::format("is longer than {} bytes", rule.longest)
                                                          : fmt::format("has {}", rule.names);
    throw Error(
        fmt::format("cannot write {}: the word {} {}, which the format {} cannot hold; use another (safetensors holds the "
                    "most) or leave the word out",
                    files_[0]->path(), shown(word), what, format_name(format_)));
  }
}

void VectorOutput::write(const std::vector<std::string>& words, const Matrix& vectors, const VectorNotes& notes) {
  PackedFile& file = *files_[0];
  if (words.size() > vectors.rows())
    throw Error(fmt::format("cannot write {}: {} words for {} rows of numbers", file.path(), words.size(), vectors.rows()));
  check(words);
  switch (format_) {
    case VectorFormat::text:
      return write_text(file, words, vectors);
    case VectorFormat::binary:
      return write_binary(file, words, vectors);
    case VectorFormat::glove:
      return write_glove(file, words, vectors);
    case VectorFormat::safetensors:
      return write_safetensors(file, words, vectors, notes);
    case VectorFormat::npy:
      write_npy(file, words, vectors);
      return write_word_list(*files_[1], words);
    case VectorFormat::projector:
      write_projector(file, words, vectors);
      return write_word_list(*files_[1], words);
    case VectorFormat::checkpoint:
      throw Error(fmt::format("cannot write {}: a checkpoint is a run, which train --checkpoint saves", file.path()));
  }
}

void VectorOutput::commit() {
  for (const auto& file : files_) file->prepare();
  // The words first: numbers beside words of another run would be noticed by their count at best.
  for (auto file = files_.rbegin(); file != files_.rend(); ++file) (*file)->commit();
}

}  // namespace word2vec
