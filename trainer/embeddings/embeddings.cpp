// Words to rows. Knows exact matches only.
#include "trainer/embeddings/embeddings.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {

Embeddings::Embeddings(std::vector<std::string> words, Matrix vectors) : words_(std::move(words)), vectors_(std::move(vectors)) {
  if (words_.size() != vectors_.rows()) {
    throw Error(fmt::format("{} words for {} rows of numbers; each row needs one word", words_.size(), vectors_.rows()));
  }
  // The views stay good when this object moves: moving a vector moves none of its strings.
  rows_.reserve(words_.size());
  for (std::size_t row = 0; row < words_.size(); ++row) {
    const auto [found, added] = rows_.emplace(words_[row], row);
    if (!added) {
      throw Error(
          fmt::format("the word {} comes twice, in rows {} and {}; remove one", shown(words_[row]), found->second + 1, row + 1));
    }
  }
}

std::optional<std::size_t> Embeddings::find(std::string_view word) const {
  const auto found = rows_.find(word);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace word2vec
