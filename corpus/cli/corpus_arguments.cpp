#include "corpus/cli/corpus_arguments.h"

#include <fmt/format.h>

#include "corpus/cli/message.h"
#include "corpus/io/corpus_files.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"

namespace word2vec {

std::vector<std::string> find_told(const std::vector<std::string>& given, const std::vector<std::string>& otherwise, bool quiet) {
  CorpusFiles found = find_corpus_files(given, otherwise);
  const std::string left = left_out(found);
  if (!quiet && !left.empty()) tell("left out  {}\n", left);
  return std::move(found.files);
}

std::vector<std::string> corpus_files(const std::vector<std::string>& given, const std::string& output,
                                      const std::vector<std::string>& others, bool quiet) {
  if (given.empty()) throw UsageError("no corpus is given; name a text file, a folder of them, or - for standard input");
  const auto refuse = [&](const std::vector<std::string>& read, const char* what) {
    for (const std::string& file : read) {
      if (would_replace(output, file))
        throw UsageError(fmt::format("--output is {}, which is {}; name another file", output, what));
    }
  };
  refuse(given, "the corpus itself");
  refuse(others, "a list of words that is read");
  std::vector<std::string> otherwise = others;
  otherwise.push_back(output);
  return find_told(given, otherwise, quiet);
}

}  // namespace word2vec
