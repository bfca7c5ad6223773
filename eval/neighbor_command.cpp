// Options and output that `nearest` and `analogy` share.
#include "eval/neighbor_command.h"

#include <unistd.h>

#include <limits>

#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "eval/neighbor_prompt_command.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {

namespace po = boost::program_options;

void NeighborArguments::declare(CommandLine& line) {
  line.positional("words", &words);
  line.add()(",k", po::value(&options.k)->default_value(options.k)->value_name("N"), "how many neighbours, 1 or more")(
      "metric", po::value(&metric)->default_value(metric)->value_name("NAME"), "cosine, dot or euclidean (a distance)")(
      "restrict", po::value(&options.restrict_rows)->default_value(options.restrict_rows)->value_name("N"),
      "only the N first words are answers; 0: all")("queries", po::value(&queries)->value_name("FILE"),
                                                    "a query a line; - is standard input")(
      "json", po::bool_switch(&json), "answers as JSON")("tsv", po::bool_switch(&tsv), "answers as query, word, score lines");
}

void NeighborArguments::check() {
  if (words.empty()) throw UsageError("no vectors are given; name a vector file first");
  require_range("-k", static_cast<double>(options.k), 1, std::numeric_limits<double>::max());
  const std::vector<std::string> names = {"cosine", "dot", "euclidean"};
  options.metric = std::vector{Metric::cosine, Metric::dot, Metric::euclidean}[require_choice("--metric", metric, names)];
  if (json && tsv) throw UsageError("--json and --tsv are both given; choose one");
  if (words.size() > 1 && !queries.empty()) throw UsageError("--queries is given and a query too; choose one");
}

void NeighborArguments::print(const Embeddings& embeddings, const std::vector<Query>& asked,
                              const std::vector<std::vector<Neighbor>>& answers) const {
  const NeighborFormat format = json ? NeighborFormat::json : tsv ? NeighborFormat::tsv : NeighborFormat::table;
  write_whole("-", format_neighbors(format, embeddings.words(), asked, answers));
}

int answer_neighbors(NeighborArguments& arguments, std::vector<Query> queries, const QuerySyntax& syntax) {
  const Embeddings embeddings = read_vectors(arguments.words[0]).embeddings;
  if (queries.empty()) {
    if (arguments.queries.empty() && ::isatty(STDIN_FILENO) == 1) return run_prompt(arguments, embeddings, syntax);
    queries = read_queries(arguments.queries.empty() ? "-" : arguments.queries, syntax.parse);
  }
  arguments.print(embeddings, queries, QueryAnswers(embeddings).answer(queries, arguments.options));
  return 0;
}

}  // namespace word2vec
