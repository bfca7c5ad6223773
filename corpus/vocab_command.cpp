// `word2vec vocab`: options -> count_corpus -> `word count` lines. The only file of the corpus library that prints.
#include "corpus/vocab_command.h"

#include <fmt/format.h>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_options.h"
#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/corpus.h"
#include "corpus/io/corpus_files.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

/// A slip such as `vocab text -o text` would replace the corpus by its vocabulary.
void refuse_overwriting(const std::vector<std::string>& files, const std::string& output) {
  for (const std::string& file : files) {
    if (would_replace(output, file)) {
      throw UsageError(fmt::format("--output is {}, which is the corpus itself; name another file", output));
    }
  }
}

}  // namespace

int vocab_command(const std::vector<std::string>& words) {
  CorpusOptions options;
  std::string output;
  bool quiet = false;
  CommandLine line(
      {"vocab CORPUS... -o VOCAB [OPTIONS]",
       "Counts the words of the corpus and writes `word count` lines, most frequent first.\n"
       "CORPUS is a text file, plain or compressed (gzip, bzip2, xz, zstd), a folder of them, or - for standard input.",
       "word2vec vocab text8 -o text8.vocab --min-count 5"});
  line.positional("corpus", &options.files);
  line.add()("output,o", po::value(&output)->required()->value_name("VOCAB"), "the vocabulary file; - is standard output");
  declare_counting_options(line, &options);
  line.add()("quiet,q", po::bool_switch(&quiet), "no progress and no summary");
  line.allow_config();
  if (!line.parse(words)) return 0;
  if (options.files.empty()) throw UsageError("no corpus is given; name a text file, a folder of them, or - for standard input");
  refuse_overwriting(options.files, output);
  const CorpusFiles found = find_corpus_files(options.files, {output});
  options.files = found.files;
  const std::string left = left_out(found);
  if (!quiet && !left.empty()) tell("left out  {}\n", left);

  OutputFile file(output);  // before the counting, so that a bad path costs nothing
  options.spill_folder = folder_beside(output);
  ProgressLine progress(!quiet);
  const CountedCorpus counted = count_corpus(options, shown_on(progress));
  progress.clear();
  save_vocabulary(counted.vocabulary, file);
  if (!quiet) tell("{}", summary_of(counted.account, counted.vocabulary.size()));
  return 0;
}

}  // namespace word2vec
