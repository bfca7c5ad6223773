// `word2vec export`: options -> read_vectors -> a choice of rows -> write_vectors.
#include "trainer/embeddings/export_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "corpus/cli/command_line.h"
#include "corpus/cli/message.h"
#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/io/output_file.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/selection.h"
#include "trainer/embeddings/vector_output.h"
#include "trainer/embeddings/word_list.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

struct ExportOptions {
  std::vector<std::string> inputs;
  std::string output, to, words;
  std::uint64_t top = 0;
  bool normalize = false, choose_words = false;
};

bool parse_options(const std::vector<std::string>& words, ExportOptions* options) {
  CommandLine line(
      {"export INPUT -o OUTPUT --to FORMAT [OPTIONS]",
       "Converts vectors to another format. The content of INPUT decides which it is in (word2vec text or binary, GloVe,\n"
       "fastText's .vec, npy with its words in x.vocab.txt beside x.npy, safetensors), compressed or not.\n"
       "An OUTPUT that ends in .gz or .zst is compressed. npy is written as x.npy and x.vocab.txt, projector as\n"
       "vectors.tsv and metadata.tsv: OUTPUT is the first of them, or for projector a folder.",
       "word2vec export vectors.txt -o vectors.bin --to binary --normalize"});
  line.positional("input", &options->inputs);
  line.add()("output,o", po::value(&options->output)->required()->value_name("OUTPUT"),
             "the file to write; - is standard output")("to", po::value(&options->to)->required()->value_name("FORMAT"),
                                                        vector_format_list)(
      "normalize", po::bool_switch(&options->normalize), "divides each vector by its length; a vector of zeros stays")(
      "words", po::value(&options->words)->value_name("FILE"),
      "keeps only the words of this list, one a line; order as in INPUT")(
      "top", po::value(&options->top)->default_value(options->top)->value_name("N"),
      "keeps the first N words (of those that --words keeps); 0: all");
  const bool run = line.parse(words);
  options->choose_words = line.given("words");
  return run;
}

/// A slip such as `export v.npy -o v --to npy --top 9` would replace the words of v.npy by nine.
void refuse_replacing(const std::string& input, VectorFormat format, const std::vector<std::string>& outputs) {
  if (would_replace(outputs[0], input)) return;  // all of it is meant to be replaced
  const std::string words = format == VectorFormat::npy ? word_list_path(input) : "";
  for (std::size_t i = 1; i < outputs.size(); ++i) {
    if (would_replace(outputs[i], input) || would_replace(outputs[i], words))
      throw UsageError(fmt::format("{} would be replaced, which belongs to {}; name another output", outputs[i], input));
  }
}

/// The rows to keep, in the order of the input.
std::vector<std::size_t> chosen_rows(const Embeddings& embeddings, const ExportOptions& options) {
  std::vector<std::size_t> rows;
  if (!options.choose_words) {
    rows.resize(embeddings.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
  } else {
    const std::string list = read_whole(options.words);
    std::uint64_t absent = 0;
    rows = select_rows(embeddings, parse_word_list(list), &absent);
    if (absent != 0) tell("{} words of {} have no vector in {}\n", absent, options.words, options.inputs[0]);
    if (rows.empty()) {
      throw Error(fmt::format("no word of {} has a vector in {}; check that both have the same spelling and case", options.words,
                              options.inputs[0]));
    }
  }
  if (options.top != 0) rows.resize(std::min<std::size_t>(options.top, rows.size()));
  return rows;
}

}  // namespace

int export_command(const std::vector<std::string>& words) {
  ExportOptions options;
  if (!parse_options(words, &options)) return 0;
  if (options.inputs.size() != 1) {
    throw UsageError(fmt::format("export wants one INPUT and {} are given; see word2vec export --help", options.inputs.size()));
  }
  const VectorFormat format = parse_format(options.to);
  VectorOutput output(options.output, format);  // before the reading, so that a bad path costs nothing
  const VectorFile file = read_vectors(options.inputs[0]);
  refuse_replacing(options.inputs[0], file.format, vector_files(options.output, format));
  const auto write = [&](const Embeddings& embeddings) {
    output.write(embeddings.words(), embeddings.vectors(), file.notes);
    output.commit();
    std::string names;
    for (const std::string& name : vector_files(options.output, format)) names += (names.empty() ? "" : " and ") + name;
    tell("wrote {} words of {} numbers to {} ({})\n", embeddings.size(), embeddings.dim(),
         options.output == "-" ? "standard output" : names, format_name(format));
  };
  const bool all = !options.choose_words && options.top == 0 && !options.normalize;
  all ? write(file.embeddings) : write(copy_rows(file.embeddings, chosen_rows(file.embeddings, options), options.normalize));
  return 0;
}

}  // namespace word2vec
