// `word2vec export`: selects rows and writes them in another format.
#include "trainer/embeddings/export_command.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <sstream>
#include <unordered_set>

#include "corpus/cli/command_line.h"
#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {
namespace {

namespace po = boost::program_options;

std::unordered_set<std::string> read_words(const std::string& path) {
  std::unordered_set<std::string> words;
  std::istringstream text(read_whole(path));
  for (std::string word; text >> word;) words.insert(word);
  if (words.empty()) throw Error("no words to keep, " + path + ": give one word a line");
  return words;
}

/// The rows to keep, in the input's order.
std::vector<std::size_t> select(const Embeddings& embeddings, std::uint64_t top, const std::string& words_file) {
  const std::size_t limit = top == 0 ? embeddings.size() : std::min<std::size_t>(top, embeddings.size());
  std::unordered_set<std::string> wanted;
  if (!words_file.empty()) wanted = read_words(words_file);
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < limit; ++row) {
    if (wanted.empty() || wanted.contains(embeddings.words()[row])) rows.push_back(row);
  }
  if (rows.empty()) throw Error("none of the words to keep is among the vectors, " + words_file + ": give others");
  if (!wanted.empty() && rows.size() < wanted.size()) {
    fmt::print(stderr, "{} of the {} words to keep are not among the vectors\n", wanted.size() - rows.size(), wanted.size());
  }
  return rows;
}

/// Scales a row to length 1; a row of zeros stays as it is.
void normalise(std::span<float> row) {
  double squares = 0;
  for (const float value : row) squares += static_cast<double>(value) * static_cast<double>(value);
  if (squares == 0) return;
  const double scale = 1 / std::sqrt(squares);
  for (float& value : row) value = static_cast<float>(static_cast<double>(value) * scale);
}

}  // namespace

int export_command(const std::vector<std::string>& words) {
  std::vector<std::string> inputs;
  std::string path, to, words_file;
  std::uint64_t top = 0;
  bool unit = false;
  CommandLine line({"export INPUT -o OUTPUT --to FORMAT [OPTIONS]",
                    "Converts vectors to another format, all of them or a selection.",
                    "word2vec export vectors.txt -o vectors.bin --to binary --top 50000"});
  line.positional("input", &inputs);
  line.add()("output,o", po::value(&path)->value_name("FILE"), "where to write (required)")(
      "to", po::value(&to)->value_name("FORMAT"), "text or binary (required)")(
      "normalize", po::bool_switch(&unit), "rows of length 1")("top", po::value(&top)->default_value(0)->value_name("N"),
                                                               "only the N first words; 0: all")(
      "words", po::value(&words_file)->value_name("FILE"), "only the words in this file, one a line");
  if (!line.parse(words)) return 0;
  if (inputs.size() != 1) throw UsageError("export needs one INPUT, a vector file");
  if (path.empty()) throw UsageError("export needs -o FILE");
  if (to.empty()) throw UsageError("export needs --to FORMAT: text or binary");
  const VectorFormat format = parse_format(to);
  OutputFile output(path);
  const VectorFile file = read_vectors(inputs[0]);
  const std::vector<std::size_t> rows = select(file.embeddings, top, words_file);
  Matrix kept(rows.size(), file.embeddings.dim());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    names.push_back(file.embeddings.words()[rows[i]]);
    const std::span<const float> from = file.embeddings.vectors().values(rows[i]);
    std::copy(from.begin(), from.end(), kept.row(i));
    if (unit) normalise(kept.values(i));
  }
  write_vectors(output, format, names, kept);
  output.commit();
  fmt::print(stderr, "wrote {} vectors of {} as {}, {}\n", rows.size(), kept.columns(), format_name(format), path);
  return 0;
}

}  // namespace word2vec
