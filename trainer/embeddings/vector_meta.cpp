#include "trainer/embeddings/vector_meta.h"

#include <fmt/format.h>

#include <bit>
#include <nlohmann/json.hpp>

#include "corpus/io/error.h"
#include "corpus/io/fingerprint.h"
#include "corpus/io/input_file.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "floats are hashed as they lie in memory");

VectorFingerprints parse(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  VectorFingerprints found;
  json.at("vocabulary").at("size").get_to(found.words);
  json.at("vocabulary").at("words_xxh3_128").get_to(found.words_hash);
  json.at("vectors").at("dim").get_to(found.dim);
  json.at("vectors").at("xxh3_128").get_to(found.vectors_hash);
  return found;
}

}  // namespace

VectorFingerprints fingerprints(const std::vector<std::string>& words, const Matrix& vectors) {
  Fingerprint of_words, of_vectors;
  for (const std::string& word : words) {
    of_words.add(word);
    of_words.add("\n");
  }
  for (std::size_t row = 0; row < vectors.rows(); ++row)
    of_vectors.add({reinterpret_cast<const char*>(vectors.row(row)), vectors.columns() * sizeof(float)});
  return {words.size(), vectors.columns(), of_words.hex(), of_vectors.hex()};
}

std::string meta_path(const std::string& vectors) { return vectors + ".meta.json"; }

std::string read_meta(const std::string& path, const std::string& name, const Embeddings& embeddings) {
  std::string text = read_whole(path);
  VectorFingerprints expected;
  try {
    expected = parse(text);
  } catch (const nlohmann::json::exception&) {
    throw Error(fmt::format("{} is not what train --meta writes; remove it, or train with --meta", path));
  }
  const VectorFingerprints found = fingerprints(embeddings.words(), embeddings.vectors());
  const auto refuse = [&](const std::string& what) {
    throw Error(
        fmt::format("{} is not of the vectors in {}: {}; find the file that belongs to it, or remove it", path, name, what));
  };
  if (found.words != expected.words || found.dim != expected.dim) {
    refuse(fmt::format("they are {} x {}, expected {} x {}", found.words, found.dim, expected.words, expected.dim));
  }
  if (found.words_hash != expected.words_hash) refuse("the words are others");
  if (found.vectors_hash != expected.vectors_hash)
    refuse(fmt::format("the numbers' hash is {}, expected {}", found.vectors_hash, expected.vectors_hash));
  return text;
}

}  // namespace word2vec
