// Choosing and scaling rows.
#include "trainer/embeddings/selection.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_set>

#include "trainer/embeddings/format_parts.h"

namespace word2vec {

double norm(std::span<const float> row) {
  constexpr std::size_t lanes = 8;  // one sum would wait for each addition before the next
  using Floats [[gnu::vector_size(lanes * sizeof(float))]] = float;
  using Doubles [[gnu::vector_size(lanes * sizeof(double))]] = double;
  Doubles sums = {};
  std::size_t i = 0;
  for (; i + lanes <= row.size(); i += lanes) {
    Floats values;
    std::memcpy(&values, row.data() + i, sizeof values);
    const Doubles numbers = __builtin_convertvector(values, Doubles);
    sums += numbers * numbers;
  }
  double sum = 0;
  for (; i < row.size(); ++i) sum += static_cast<double>(row[i]) * static_cast<double>(row[i]);
  for (std::size_t lane = 0; lane < lanes; ++lane) sum += sums[lane];
  return std::sqrt(sum);
}

std::vector<std::string> parse_word_list(std::string_view content) {
  std::vector<std::string> words;
  while (!content.empty()) {
    const std::size_t length = std::min(content.find('\n'), content.size());
    std::string_view line = trimmed_end(content.substr(0, length));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.empty()) words.emplace_back(line);
    content.remove_prefix(std::min(length + 1, content.size()));
  }
  return words;
}

std::vector<std::size_t> select_rows(const Embeddings& embeddings, const std::vector<std::string>& wanted,
                                     std::uint64_t* absent) {
  std::vector<std::size_t> rows;
  std::unordered_set<std::string_view> seen;
  *absent = 0;
  for (const std::string& word : wanted) {
    if (!seen.insert(word).second) continue;
    const auto row = embeddings.find(word);
    row ? rows.push_back(*row) : void(++*absent);
  }
  std::ranges::sort(rows);
  return rows;
}

Embeddings copy_rows(const Embeddings& embeddings, const std::vector<std::size_t>& rows, bool normalize) {
  Matrix vectors(rows.size(), embeddings.dim());
  std::vector<std::string> words(rows.size());
  for_rows(rows.size(), [&](std::size_t i) {
    const std::span<const float> from = embeddings.vectors().values(rows[i]);
    const std::span<float> to = vectors.values(i);
    const double length = normalize ? norm(from) : 1;
    const double divisor = length == 0 ? 1 : length;
    std::ranges::transform(from, to.begin(),
                           [=](float value) { return static_cast<float>(static_cast<double>(value) / divisor); });
    words[i] = embeddings.words()[rows[i]];
  });
  return {std::move(words), std::move(vectors)};
}

}  // namespace word2vec
