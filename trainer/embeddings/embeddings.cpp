#include "trainer/embeddings/embeddings.h"

#include <fmt/format.h>

#include "corpus/io/error.h"

namespace word2vec {

Embeddings::Embeddings(std::vector<std::string> words, Matrix vectors) : words_(std::move(words)), vectors_(std::move(vectors)) {
  if (words_.size() != vectors_.rows()) {
    throw Error(
        fmt::format("{} words do not name the {} rows of a matrix; give as many words as rows", words_.size(), vectors_.rows()));
  }
  rows_.reserve(words_.size());
  for (std::size_t row = 0; row < words_.size(); ++row) {
    if (const auto [found, fresh] = rows_.emplace(words_[row], row); !fresh) {
      throw Error(fmt::format("the word {} comes twice, rows {} and {}; remove one", words_[row], found->second + 1, row + 1));
    }
  }
}

std::optional<std::size_t> Embeddings::find(std::string_view word) const {
  const auto found = rows_.find(word);
  return found == rows_.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

}  // namespace word2vec
