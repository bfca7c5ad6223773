// `word2vec info`: read_vectors -> a few lines, or JSON.
#include "trainer/embeddings/info_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "corpus/cli/command_line.h"
#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/selection.h"
#include "trainer/embeddings/vector_meta.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

struct Norms {
  double least = std::numeric_limits<double>::infinity(), mean = 0, most = 0;
};

Norms norms_of(const Embeddings& embeddings) {
  Norms norms;
  for (std::size_t row = 0; row < embeddings.size(); ++row) {
    const double length = norm(embeddings.vectors().values(row));
    norms.least = std::min(norms.least, length);
    norms.most = std::max(norms.most, length);
    norms.mean += length / static_cast<double>(embeddings.size());
  }
  return norms;
}

std::vector<std::string> first_words(const Embeddings& embeddings) {
  constexpr std::size_t most = 10;
  const auto& words = embeddings.words();
  return {words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(most, words.size()))};
}

/// 0 for what has no size; a pipe is used up by now and must not be opened again.
std::uint64_t file_bytes(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) ? std::filesystem::file_size(path) : 0;
}

/// Notes are anybody's text.
std::string one_line(const std::string& text) {
  const std::string quoted = shown(text);
  return quoted.substr(1, quoted.size() - 2);
}

/// The .meta.json's text, once it is known to be of these vectors; empty: there is none.
std::string checked_meta(const std::string& vectors, const std::string& given, const Embeddings& embeddings) {
  std::error_code ignored;
  if (given.empty() && (vectors == "-" || !std::filesystem::exists(meta_path(vectors), ignored))) return "";
  return read_meta(given.empty() ? meta_path(vectors) : given, vectors, embeddings);
}

void print_json(const std::string& path, const VectorFile& file, const std::string& meta) {
  const Norms norms = norms_of(file.embeddings);
  nlohmann::ordered_json notes = nlohmann::ordered_json::object();
  for (const auto& [name, value] : file.notes) notes[name] = value;
  nlohmann::ordered_json json = {
      {"file", path},
      {"format", format_name(file.format)},
      {"compression", file.compression.empty() ? "none" : file.compression},
      {"words", file.embeddings.size()},
      {"dim", file.embeddings.dim()},
      {"bytes", file_bytes(path)},
      {"first_words", first_words(file.embeddings)},
      {"norm", {{"mean", norms.mean}, {"min", norms.least}, {"max", norms.most}}},
      {"notes", notes},
  };
  if (!meta.empty()) json["meta"] = nlohmann::ordered_json::parse(meta);
  // A word may be any bytes, JSON is UTF-8.
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// Nested names become one with dots.
void print_meta(const nlohmann::ordered_json& json, const std::string& before) {
  for (const auto& [name, value] : json.items()) {
    if (value.is_object()) {
      print_meta(value, before + name + ".");
    } else if (value != "") {
      fmt::print("{:<12} {}\n", one_line(before + name), one_line(value.is_string() ? value.get<std::string>() : value.dump()));
    }
  }
}

void print_plain(const std::string& path, const VectorFile& file, const std::string& meta) {
  const Norms norms = norms_of(file.embeddings);
  std::string words;
  for (const std::string& word : first_words(file.embeddings)) words += (words.empty() ? "" : " ") + shown(word);
  fmt::print("file         {}\n", path);
  const bool of_word2vec = file.format == VectorFormat::text || file.format == VectorFormat::binary;
  fmt::print("format       {}{}{}\n", of_word2vec ? "word2vec " : "", format_name(file.format),
             file.compression.empty() ? "" : ", compressed by " + file.compression);
  fmt::print("words        {}\n", file.embeddings.size());
  fmt::print("dimension    {}\n", file.embeddings.dim());
  if (const std::uint64_t bytes = file_bytes(path)) fmt::print("file size    {} bytes\n", bytes);
  fmt::print("first words  {}\n", words);
  fmt::print("norm         mean {:.4g}, min {:.4g}, max {:.4g}\n", norms.mean, norms.least, norms.most);
  for (const auto& [name, value] : file.notes) fmt::print("{:<12} {}\n", one_line(name), one_line(value));
  if (meta.empty()) return;
  fmt::print("meta         its vocabulary and vectors are those of this file\n");
  print_meta(nlohmann::ordered_json::parse(meta), "");
}

}  // namespace

int info_command(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  bool json = false;
  std::string meta;
  CommandLine line(
      {"info FILE [--json] [--meta META]",
       "Says what a vector file is: format, compression, words, dimension, size, the vectors' lengths, and\nwhat "
       "the file tells of how they were made (safetensors does). Where train --meta wrote FILE.meta.json\nbeside it, "
       "checks that it is of these words and vectors, and prints it; status 1 when it is not.",
       "word2vec info vectors.bin"});
  line.positional("file", &files);
  line.add()("json", po::bool_switch(&json), "prints JSON")(
      "meta", po::value(&meta)->value_name("META"),
      "checks against this file, such as the one beside what FILE was converted from");
  if (!line.parse(words)) return 0;
  if (files.size() != 1) {
    throw UsageError(fmt::format("info wants one FILE and {} are given; see word2vec info --help", files.size()));
  }
  const VectorFile file = read_vectors(files[0]);
  const std::string checked = checked_meta(files[0], meta, file.embeddings);
  json ? print_json(files[0], file, checked) : print_plain(files[0], file, checked);
  return 0;
}

}  // namespace word2vec
