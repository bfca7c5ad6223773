// Queries resolved to rows and vectors. Refuses to know options and output.
#include "eval/queries.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "eval/spelling.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/selection.h"

namespace word2vec {
namespace {

std::string at(const Query& query) { return query.place.empty() ? "" : ", " + query.place; }

/// The rows of a query's words, in their order.
std::vector<std::size_t> rows_of(const Embeddings& embeddings, WordLookup& lookup, const Query& query) {
  std::vector<std::size_t> rows;
  for (const SignedWord& part : query.words) {
    const auto row = lookup.find(part.word);
    if (!row) {
      throw Error(fmt::format("the word {} is not among the vectors{}{}", shown(part.word), at(query),
                              spelling_hint(embeddings.words(), part.word)));
    }
    rows.push_back(*row);
  }
  return rows;
}

std::vector<std::vector<std::size_t>> all_rows_of(const Embeddings& embeddings, WordLookup& lookup,
                                                  const std::vector<Query>& queries) {
  std::vector<std::vector<std::size_t>> rows;
  rows.reserve(queries.size());
  for (const Query& query : queries) rows.push_back(rows_of(embeddings, lookup, query));
  return rows;
}

/// The query's vector into `to`, dim floats.
void write_vector(const Matrix& vectors, const Query& query, const std::vector<std::size_t>& rows, Metric metric,
                  std::span<float> to) {
  const bool alone = rows.size() == 1 && query.words[0].sign > 0;
  std::vector<double> sum(to.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::span<const float> row = vectors.values(rows[i]);
    const double length = norm(row);
    const double scale = alone && metric != Metric::cosine ? 1 : length > 0 ? query.words[i].sign / length : 0;
    for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += scale * static_cast<double>(row[d]);
  }
  for (std::size_t d = 0; d < sum.size(); ++d) to[d] = static_cast<float>(sum[d]);
  if (metric != Metric::cosine) return;
  const double length = norm(to);
  // Words that cancel leave rounding errors, not zero.
  if (!(length > 1e-6)) {
    throw Error(fmt::format("the query {} adds up to zero, which has no direction{}; use other words, or --metric euclidean",
                            shown(query.text), at(query)));
  }
  for (float& value : to) value = static_cast<float>(static_cast<double>(value) / length);
}

}  // namespace

std::vector<Query> read_queries(const std::string& path, Query (*parse)(const std::string& line)) {
  std::vector<Query> queries;
  const std::string content = read_text(path);
  for_lines(content, [&](std::string_view line, std::size_t number) {
    if (split_at_space(line).empty()) return;
    try {
      queries.push_back(parse(std::string(line)));
    } catch (const UsageError& error) {
      throw Error(fmt::format("{}, {}", error.what(), place(path, number)));
    }
    queries.back().place = place(path, number);
  });
  if (queries.empty()) {
    throw Error(fmt::format("no query, {}; give one a line", path == "-" ? "standard input" : path));
  }
  return queries;
}

Query expression_query(const std::string& text) { return {text, parse_expression(text), ""}; }

Query analogy_query(const std::string& a, const std::string& b, const std::string& c) {
  return {fmt::format("{} - {} + {}", b, a, c), {{b, 1}, {a, -1}, {c, 1}}, ""};
}

const Search& QueryAnswers::search(Metric metric, std::size_t rows) {
  if (!search_ || metric_ != metric || rows_ != rows) {
    search_.reset();  // one copy of the rows at a time
    search_.emplace(embeddings_.vectors(), metric, rows);
    metric_ = metric;
    rows_ = rows;
  }
  return *search_;
}

std::vector<std::vector<Neighbor>> QueryAnswers::answer(const std::vector<Query>& queries, const NeighborOptions& options) {
  const auto rows = all_rows_of(embeddings_, lookup_, queries);
  const Matrix& vectors = embeddings_.vectors();
  if (options.method == AnalogyMethod::cos_mul) {
    std::vector<AnalogyRows> questions;
    questions.reserve(rows.size());
    for (const auto& words : rows) questions.push_back({words[1], words[0], words[2]});
    return answer_analogies(vectors, search(Metric::cosine, options.restrict_rows).panels(), questions, options.method,
                            options.k);
  }
  Matrix wanted(queries.size(), embeddings_.dim());
  for (std::size_t q = 0; q < queries.size(); ++q) {
    write_vector(vectors, queries[q], rows[q], options.metric, wanted.values(q));
  }
  return search(options.metric, options.restrict_rows).nearest(wanted, options.k, rows);
}

}  // namespace word2vec
