// `word2vec info`: what a vector file is.
#include "trainer/embeddings/info_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "corpus/cli/command_line.h"
#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {

int info_command(const std::vector<std::string>& words) {
  std::vector<std::string> inputs;
  CommandLine line({"info FILE", "Says what a vector file is: format, words, dimension, the lengths of its rows.",
                    "word2vec info vectors.txt"});
  line.positional("input", &inputs);
  if (!line.parse(words)) return 0;
  if (inputs.size() != 1) throw UsageError("info needs one FILE");
  const std::uint64_t bytes = InputFile(inputs[0]).size();
  const VectorFile file = read_vectors(inputs[0]);
  const Embeddings& embeddings = file.embeddings;
  double sum = 0, least = HUGE_VAL, most = 0;
  for (std::size_t row = 0; row < embeddings.size(); ++row) {
    double squares = 0;
    for (const float value : embeddings.vectors().values(row)) squares += static_cast<double>(value) * static_cast<double>(value);
    const double norm = std::sqrt(squares);
    sum += norm;
    least = std::min(least, norm);
    most = std::max(most, norm);
  }
  std::string first;
  for (std::size_t row = 0; row < std::min<std::size_t>(8, embeddings.size()); ++row) first += " " + embeddings.words()[row];
  fmt::print(
      "file     {}\nbytes    {}\nformat   word2vec {}\nwords    {}\ndim      {}\nlengths  mean {:.4f}, least {:.4f}, most "
      "{:.4f}\nfirst   {}\n",
      inputs[0], bytes, format_name(file.format), embeddings.size(), embeddings.dim(),
      sum / static_cast<double>(embeddings.size()), least, most, first);
  return 0;
}

}  // namespace word2vec
