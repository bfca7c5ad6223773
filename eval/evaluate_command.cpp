// `word2vec evaluate`: options -> questions -> report.
#include "eval/evaluate_command.h"

#include <fmt/format.h>

#include <optional>

#include "corpus/cli/command_line.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "eval/evaluation_json.h"
#include "eval/evaluation_page.h"
#include "eval/evaluation_table.h"
#include "eval/outcome_list.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {
namespace {

namespace po = boost::program_options;

struct Arguments {
  std::vector<std::string> vectors, analogies, similarity;
  std::string method = "3cosadd", letter_case = "exact-first", json, html, errors;
  std::size_t restrict_rows = AnalogyOptions().restrict_rows;
};

void declare(CommandLine& line, Arguments& arguments) {
  line.positional("vectors", &arguments.vectors);
  line.add()("analogies", po::value(&arguments.analogies)->multitoken()->composing()->value_name("FILE..."),
             "questions in the form of questions-words.txt")(
      "similarity", po::value(&arguments.similarity)->multitoken()->composing()->value_name("FILE..."),
      "word pairs with scores: word, word, score by tab, comma or space");
  line.add()("method", po::value(&arguments.method)->default_value(arguments.method)->value_name("NAME"),
             "3cosadd or 3cosmul, for analogies")(
      "restrict", po::value(&arguments.restrict_rows)->default_value(arguments.restrict_rows)->value_name("N"),
      "analogies among the N first words; 0: among all")(
      "case", po::value(&arguments.letter_case)->default_value(arguments.letter_case)->value_name("RULE"),
      "how words match: exact-first (then case-folded), exact, or folded (words that differ in case are one, as gensim's "
      "case_insensitive has it)");
  line.add()("json", po::value(&arguments.json)->value_name("FILE"),
             "the report as JSON too; - is standard output, without the tables")(
      "html", po::value(&arguments.html)->value_name("FILE"),
      "the report as a page to look at, with plots of the words; needs no network")(
      "errors", po::value(&arguments.errors)->value_name("FILE"),
      "every analogy question with its outcome, the answer given and the right word's rank, tab-separated");
}

/// Every output is a file of its own, and none is read here. Throws UsageError.
void refuse_replacing(const Arguments& arguments) {
  std::vector<std::string> inputs = arguments.vectors;
  for (const auto& files : {arguments.analogies, arguments.similarity}) inputs.insert(inputs.end(), files.begin(), files.end());
  const std::vector<std::pair<const char*, std::string>> outputs = {
      {"--json", arguments.json}, {"--html", arguments.html}, {"--errors", arguments.errors}};
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    for (const std::string& input : inputs) {
      if (would_replace(output->second, input))
        throw UsageError(fmt::format("{} is {}, which is read here; name another file", output->first, input));
    }
    for (auto other = outputs.begin(); other != output; ++other) {
      if (would_replace(output->second, other->second) || (output->second == "-" && other->second == "-")) {
        throw UsageError(
            fmt::format("{} and {} are both {}; name another file for one", other->first, output->first, other->second));
      }
    }
  }
}

/// Throws UsageError.
Questions checked(const CommandLine& line, const Arguments& arguments) {
  if (arguments.vectors.empty()) throw UsageError("evaluate needs a VECTORS file, before its options");
  if (arguments.analogies.empty() && arguments.similarity.empty()) {
    throw UsageError("nothing to evaluate by; give --analogies FILE or --similarity FILE");
  }
  if (line.given("errors") && arguments.analogies.empty())
    throw UsageError("--errors lists questions; give --analogies FILE too");
  Questions questions;
  questions.options.restrict_rows = arguments.restrict_rows;
  if (require_choice("--method", arguments.method, {"3cosadd", "3cosmul"}) == 1)
    questions.options.method = AnalogyMethod::cos_mul;
  questions.options.letter_case =
      std::vector{CaseRule::exact_first, CaseRule::exact,
                  CaseRule::folded}[require_choice("--case", arguments.letter_case, {"exact-first", "exact", "folded"})];
  refuse_replacing(arguments);
  return questions;
}

/// `views` are made when a page is wanted.
Evaluation evaluate_files(const Arguments& arguments, Questions questions, std::vector<WordViews>& views) {
  // The small files first: a mistake in one should not wait for the vectors.
  for (const std::string& file : arguments.analogies)
    questions.analogies.push_back({file, parse_analogies(read_text(file), file)});
  for (const std::string& file : arguments.similarity) {
    questions.similarity.push_back({file, parse_similarity(read_text(file), file)});
  }
  Evaluation evaluation{std::move(questions), {}};
  for (const std::string& file : arguments.vectors) {  // one at a time in memory
    const Embeddings embeddings = read_vectors(file).embeddings;
    evaluation.files.push_back(evaluate(evaluation.questions, file, embeddings));
    if (!arguments.html.empty()) views.push_back(view_words(evaluation.questions, embeddings));
  }
  if (evaluation.files.size() > 1) score_common(evaluation);
  return evaluation;
}

}  // namespace

int evaluate_command(const std::vector<std::string>& words) {
  CommandLine line({"evaluate VECTORS... [--analogies FILE...] [--similarity FILE...] [OPTIONS]",
                    "Scores vectors by analogy questions and by word similarity; several files side by side, on the questions "
                    "whose words all of them know.",
                    "word2vec evaluate vectors.txt --analogies questions-words.txt --json evaluation.json"});
  Arguments arguments;
  declare(line, arguments);
  if (!line.parse(words)) return 0;
  Questions questions = checked(line, arguments);
  std::optional<OutputFile> json, html, errors;  // opened first, so that a bad path costs no work
  if (!arguments.json.empty()) json.emplace(arguments.json);
  if (!arguments.html.empty()) html.emplace(arguments.html);
  if (!arguments.errors.empty()) errors.emplace(arguments.errors);
  std::vector<WordViews> views;
  const Evaluation evaluation = evaluate_files(arguments, std::move(questions), views);
  const Comparison comparison = compare(evaluation);
  if (arguments.json != "-" && arguments.html != "-" && arguments.errors != "-")
    write_whole("-", to_table(evaluation, comparison));
  if (json) {
    json->write(to_json(evaluation, comparison));
    json->commit();
  }
  if (html) {
    html->write(to_page(evaluation, comparison, views));
    html->commit();
  }
  if (errors) {
    errors->write(to_outcome_list(evaluation));
    errors->commit();
  }
  return 0;
}

}  // namespace word2vec
