// `word2vec nearest`: options -> queries -> answers.
#include "eval/nearest_command.h"

#include "eval/neighbor_command.h"

namespace word2vec {

int nearest_command(const std::vector<std::string>& words) {
  CommandLine line(
      {"nearest VECTORS [QUERY...] [OPTIONS]",
       "The nearest neighbours of each QUERY, a word or a quoted expression; without one, of each line of --queries or "
       "of standard input; on a terminal, a prompt.",
       "word2vec nearest vectors.txt \"king - man + woman\" -k 5"});
  NeighborArguments arguments;
  arguments.declare(line);
  if (!line.parse(words)) return 0;
  arguments.check();

  std::vector<Query> queries;
  for (std::size_t i = 1; i < arguments.words.size(); ++i) queries.push_back(expression_query(arguments.words[i]));
  return answer_neighbors(arguments, queries,
                          {"nearest", "Type a word, or words such as king - man + woman", expression_query, false});
}

}  // namespace word2vec
