// `word2vec analogy`: options -> queries -> answers.
#include "eval/analogy_command.h"

#include "corpus/io/error.h"
#include "eval/neighbor_command.h"
#include "eval/text_lines.h"

namespace word2vec {
namespace {

Query query_of_line(const std::string& line) {
  const auto words = split_at_space(line);
  if (words.size() != 3) throw UsageError("an analogy has three words, A B C");
  return analogy_query(std::string(words[0]), std::string(words[1]), std::string(words[2]));
}

}  // namespace

int analogy_command(const std::vector<std::string>& words) {
  CommandLine line({"analogy VECTORS A B C [OPTIONS]",
                    "A is to B as C is to what? Without the three words, asks for each line `A B C` of --queries or of standard "
                    "input; on a terminal, a prompt.",
                    "word2vec analogy vectors.txt man king woman"});
  NeighborArguments arguments;
  std::string method = "3cosadd";
  arguments.declare(line);
  line.add()("method", boost::program_options::value(&method)->default_value(method)->value_name("NAME"), "3cosadd or 3cosmul");
  if (!line.parse(words)) return 0;
  arguments.check();
  const bool multiplies = require_choice("--method", method, {"3cosadd", "3cosmul"}) == 1;
  if (multiplies) arguments.options.method = AnalogyMethod::cos_mul;
  if (multiplies && arguments.options.metric != Metric::cosine) {
    throw UsageError("--method 3cosmul is made of cosines; leave --metric out");
  }
  const std::vector<std::string>& given = arguments.words;
  if (given.size() != 1 && given.size() != 4) throw UsageError("analogy needs VECTORS and three words, such as man king woman");

  std::vector<Query> queries;
  if (given.size() == 4) queries.push_back(analogy_query(given[1], given[2], given[3]));
  return answer_neighbors(arguments, queries,
                          {"analogy", "Type A B C, such as man king woman: A is to B as C is to what?", query_of_line, true});
}

}  // namespace word2vec
