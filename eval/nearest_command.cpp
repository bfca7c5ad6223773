// `word2vec nearest`: options -> queries -> answers.
#include "eval/nearest_command.h"

#include "eval/neighbor_command.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {

int nearest_command(const std::vector<std::string>& words) {
  CommandLine line(
      {"nearest VECTORS [QUERY...] [OPTIONS]",
       "The nearest neighbours of each QUERY, a word or a quoted expression; without one, of each line of --queries or "
       "of standard input.",
       "word2vec nearest vectors.txt \"king - man + woman\" -k 5"});
  NeighborArguments arguments;
  arguments.declare(line);
  if (!line.parse(words)) return 0;
  arguments.check();

  std::vector<Query> queries;
  for (std::size_t i = 1; i < arguments.words.size(); ++i) queries.push_back(expression_query(arguments.words[i]));
  const std::string file = queries.empty() ? arguments.query_file("king or \"king - man + woman\"") : "";
  const Embeddings embeddings = read_vectors(arguments.words[0]).embeddings;
  if (!file.empty()) queries = read_queries(file, expression_query);
  arguments.print(embeddings, queries, answer_queries(embeddings, queries, arguments.options));
  return 0;
}

}  // namespace word2vec
