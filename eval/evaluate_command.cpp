// `word2vec evaluate`: options -> questions -> report.
#include "eval/evaluate_command.h"

#include <fmt/format.h>

#include <optional>

#include "corpus/cli/command_line.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "eval/evaluation_report.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {
namespace {

namespace po = boost::program_options;

struct Arguments {
  std::vector<std::string> vectors, analogies, similarity;
  std::string method = "3cosadd", json;
  std::size_t restrict_rows = 30000;
};

void declare(CommandLine& line, Arguments& arguments) {
  line.positional("vectors", &arguments.vectors);
  line.missing({{"--html", "use --json"}});
  line.add()("analogies", po::value(&arguments.analogies)->multitoken()->composing()->value_name("FILE..."),
             "questions in the form of questions-words.txt")(
      "similarity", po::value(&arguments.similarity)->multitoken()->composing()->value_name("FILE..."),
      "word pairs with scores: word, word, score by tab, comma or space")(
      "method", po::value(&arguments.method)->default_value(arguments.method)->value_name("NAME"),
      "3cosadd or 3cosmul, for analogies")(
      "restrict", po::value(&arguments.restrict_rows)->default_value(arguments.restrict_rows)->value_name("N"),
      "analogies among the N first words; 0: among all")("json", po::value(&arguments.json)->value_name("FILE"),
                                                         "the report as JSON too; - is standard output, without the tables");
}

EvaluationReport evaluate(const Arguments& arguments, AnalogyMethod method) {
  // The small files first: a mistake in one should not wait for the vectors.
  std::vector<std::vector<AnalogySection>> questions;
  for (const std::string& file : arguments.analogies) questions.push_back(parse_analogies(read_text(file), file));
  std::vector<std::vector<SimilarityPair>> pairs;
  for (const std::string& file : arguments.similarity) pairs.push_back(parse_similarity(read_text(file), file));

  const Embeddings embeddings = read_vectors(arguments.vectors[0]).embeddings;
  EvaluationReport report{arguments.vectors[0], embeddings.size(), embeddings.dim(), {}, {}};
  for (std::size_t i = 0; i < questions.size(); ++i) {
    report.analogies.push_back({arguments.analogies[i], method, arguments.restrict_rows,
                                score_analogies(embeddings, questions[i], method, arguments.restrict_rows)});
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    report.similarity.push_back({arguments.similarity[i], score_similarity(embeddings, pairs[i])});
  }
  return report;
}

}  // namespace

int evaluate_command(const std::vector<std::string>& words) {
  CommandLine line({"evaluate VECTORS [--analogies FILE...] [--similarity FILE...] [OPTIONS]",
                    "Scores vectors by analogy questions and by word similarity.",
                    "word2vec evaluate vectors.txt --analogies questions-words.txt --json evaluation.json"});
  Arguments arguments;
  declare(line, arguments);
  if (!line.parse(words)) return 0;
  if (arguments.vectors.size() != 1) throw UsageError("evaluate needs one VECTORS file, before its options");
  if (arguments.analogies.empty() && arguments.similarity.empty()) {
    throw UsageError("nothing to evaluate by; give --analogies FILE or --similarity FILE");
  }
  const bool multiplies = require_choice("--method", arguments.method, {"3cosadd", "3cosmul"}) == 1;

  std::vector<std::string> inputs = arguments.vectors;
  for (const auto& files : {arguments.analogies, arguments.similarity}) inputs.insert(inputs.end(), files.begin(), files.end());
  for (const std::string& input : inputs) {
    if (would_replace(arguments.json, input))
      throw UsageError(fmt::format("--json is {}, which is read here; name another file", input));
  }
  std::optional<OutputFile> json;  // opened first, so that a bad path costs no work
  if (!arguments.json.empty()) json.emplace(arguments.json);
  const EvaluationReport report = evaluate(arguments, multiplies ? AnalogyMethod::cos_mul : AnalogyMethod::cos_add);
  if (arguments.json != "-") write_whole("-", to_table(report));
  if (json) {
    json->write(to_json(report));
    json->commit();
  }
  return 0;
}

}  // namespace word2vec
