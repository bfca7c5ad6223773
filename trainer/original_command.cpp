// The original tool's own command line, so that scripts written for it go on working: its flags, its defaults.
#include <cstdlib>
#include <functional>
#include <map>

#include "corpus/io/error.h"
#include "trainer/train_command.h"
#include "trainer/train_run.h"

namespace word2vec {
namespace {

const std::vector<std::string> original_flags = {"-train",   "-output", "-cbow",    "-size",       "-window",    "-negative",
                                                 "-hs",      "-sample", "-threads", "-iter",       "-min-count", "-alpha",
                                                 "-classes", "-debug",  "-binary",  "-save-vocab", "-read-vocab"};

bool is_flag(const std::string& word) {
  for (const std::string& flag : original_flags) {
    if (word == flag) return true;
  }
  return false;
}

std::map<std::string, std::string> pairs_of(const std::vector<std::string>& words) {
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (!is_flag(words[i]))
      throw UsageError(words[i] + " is no flag of the original tool; for this program's own options see word2vec --help");
    if (i + 1 == words.size()) throw UsageError(words[i] + " needs a value");
    if (!values.emplace(words[i], words[i + 1]).second) throw UsageError(words[i] + " is given twice");
  }
  return values;
}

/// The flag's number, or `otherwise` when it is not given.
double number(const std::map<std::string, std::string>& values, const std::string& flag, double otherwise, double low,
              double high, bool whole = true) {
  const auto found = values.find(flag);
  if (found == values.end()) return otherwise;
  char* end = nullptr;
  const double value = std::strtod(found->second.c_str(), &end);
  const bool fits = !found->second.empty() && *end == '\0' && value >= low && value <= high;
  if (!fits || (whole && value != static_cast<double>(static_cast<long long>(value)))) {
    throw UsageError(flag + " is " + found->second + ": wants a " + (whole ? "whole " : "") + "number in its range");
  }
  return value;
}

std::string text(const std::map<std::string, std::string>& values, const std::string& flag) {
  const auto found = values.find(flag);
  return found == values.end() ? std::string() : found->second;
}

void refuse_unsupported(const std::map<std::string, std::string>& values) {
  if (number(values, "-hs", 0, 0, 1) != 0)
    throw UsageError("-hs 1 (hierarchical softmax) is not supported: use -hs 0 -negative 5");
  if (number(values, "-classes", 0, 0, 1e9) != 0)
    throw UsageError("-classes is not supported: cluster the vectors with another program");
  if (number(values, "-negative", 5, 0, 1000) == 0)
    throw UsageError("-negative 0 leaves nothing to train without -hs 1, which is not supported: use -negative 5");
}

}  // namespace

bool is_original_command(const std::vector<std::string>& words) { return !words.empty() && is_flag(words[0]); }

int original_command(const std::vector<std::string>& words) {
  const auto values = pairs_of(words);
  refuse_unsupported(values);
  TrainRun run;
  TrainOptions& train = run.train;
  if (text(values, "-train").empty()) throw UsageError("-train FILE is missing");
  run.corpus.files = {text(values, "-train")};
  run.output = text(values, "-output");
  run.save_vocabulary = text(values, "-save-vocab");
  run.corpus.vocabulary_file = text(values, "-read-vocab");
  if (run.output.empty() && run.save_vocabulary.empty()) throw UsageError("-output FILE is missing");
  train.model = number(values, "-cbow", 1, 0, 1) != 0 ? Model::cbow : Model::skipgram;
  train.dim = static_cast<std::uint32_t>(number(values, "-size", 100, 1, 4096));
  train.window = static_cast<std::uint32_t>(number(values, "-window", 5, 1, 1000));
  train.negative = static_cast<std::uint32_t>(number(values, "-negative", 5, 1, 1000));
  train.sample = number(values, "-sample", 1e-3, 0, 1, false);
  train.threads = run.corpus.threads = static_cast<std::uint32_t>(number(values, "-threads", 12, 1, 1024));
  train.epochs = static_cast<std::uint32_t>(number(values, "-iter", 5, 1, 100000));
  train.alpha = number(values, "-alpha", train.model == Model::cbow ? 0.05 : 0.025, 1e-12, 10, false);
  run.corpus.vocabulary.min_count = static_cast<std::uint64_t>(number(values, "-min-count", 5, 0, 1e15));
  run.format = number(values, "-binary", 0, 0, 1) != 0 ? VectorFormat::binary : VectorFormat::text;
  run.quiet = number(values, "-debug", 2, 0, 100) == 0;
  train.simd = best_simd();
  run.options.assign(values.begin(), values.end());
  run_training(run);
  return 0;
}

}  // namespace word2vec
