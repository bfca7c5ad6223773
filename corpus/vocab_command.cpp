// `word2vec vocab`: options -> count_corpus -> `word count` lines. The only file of the corpus library that prints.
#include "corpus/vocab_command.h"

#include <fmt/format.h>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/corpus_options.h"
#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/cli/phrase_options.h"
#include "corpus/cli/text_options.h"
#include "corpus/cli/vocabulary_options.h"
#include "corpus/corpus.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/text/escape.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

/// What there was, kept or not: the worst of the words that are not UTF-8, and what each cut would keep.
void tell_choices(const WordStatistics& statistics) {
  for (const auto& [word, count] : statistics.invalid_examples()) tell("  '{}' {}\n", escaped(word), count);
  if (statistics.all().words != 0) tell("{}", coverage_table(statistics));
}

}  // namespace

int vocab_command(const std::vector<std::string>& words) {
  CorpusOptions options;
  std::string output;
  bool quiet = false;
  TypedPhraseOptions typed_phrases;
  CommandLine line(
      {"vocab CORPUS... -o VOCAB [OPTIONS]",
       "Counts the words of the corpus and writes `word count` lines, most frequent first.\n"
       "CORPUS is a text file, plain or compressed (gzip, bzip2, xz, zstd), a folder of them, or - for standard input.",
       "word2vec vocab text8 -o text8.vocab --min-count 5"});
  line.positional("corpus", &options.files);
  line.add()("output,o", po::value(&output)->required()->value_name("VOCAB"), "the vocabulary file; - is standard output");
  declare_vocabulary_options(line, &options.vocabulary);
  declare_counting_options(line, &options);
  declare_text_options(line, &options.text);
  declare_phrase_options(line, PhraseOptionNames::prefixed, &typed_phrases);
  line.add()("quiet,q", po::bool_switch(&quiet), "no progress and no summary");
  line.allow_config();
  if (!line.parse(words)) return 0;
  check_vocabulary_options(options.vocabulary);
  const VocabularyOptions& chosen = options.vocabulary;
  const std::optional<PhraseOptions> phrases = checked_phrase_options(line, PhraseOptionNames::prefixed, typed_phrases);
  options.files = corpus_files(options.files, output, {chosen.stopwords.path(), chosen.keep_words.path()}, quiet);

  OutputFile file(output);  // before the counting, so that a bad path costs nothing
  options.spill_folder = folder_beside(output);
  FoundPhrases found;
  if (phrases) found = find_phrases_told(options, *phrases, quiet);
  ProgressLine progress(!quiet);
  const CountedCorpus counted = count_corpus(options, shown_on(progress));
  progress.clear();
  save_vocabulary(counted.vocabulary, file);
  if (!quiet) {
    tell("{}", summary_of(counted.account, counted.vocabulary.size()));
    tell_choices(counted.account.statistics);
  }
  return 0;
}

}  // namespace word2vec
