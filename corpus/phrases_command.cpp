// `word2vec phrases`: options -> find_phrases -> the text with its phrases joined. With the corpus's other commands, prints.
#include "corpus/phrases_command.h"

#include <fmt/format.h>

#include <memory>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/corpus_options.h"
#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/cli/phrase_options.h"
#include "corpus/cli/progress_line.h"
#include "corpus/cli/text_options.h"
#include "corpus/filter_pass.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/io/temporary_file.h"
#include "corpus/text/text_filters.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

struct PhrasesRun {
  CorpusOptions corpus;
  std::string output, save_phrases;
  bool quiet = false;
};

/// Writes the text as the phrases join it; returns how often they do.
std::uint64_t write_joined(const CorpusOptions& corpus, OutputFile& file, bool quiet) {
  TextFilters filters(corpus.text, corpus.phrases);
  ProgressLine line(!quiet);
  filter_text(filters.filtered(corpus), shown_on(line, "writing"), [&](std::string_view text) { file.write(text); });
  line.clear();
  return filters.joined();
}

void run_phrases(PhrasesRun run, const PhraseOptions& options) {
  OutputFile file(run.output);  // before the counting, so that a bad path costs nothing
  const auto list = run.save_phrases.empty() ? nullptr : std::make_unique<OutputFile>(run.save_phrases);
  run.corpus.spill_folder = folder_beside(run.output);
  const FoundPhrases found = find_phrases_told(run.corpus, options, run.quiet);
  const std::uint64_t joined = write_joined(run.corpus, file, run.quiet);
  if (list) save_phrases(found.phrases, *list);
  file.commit();
  if (run.quiet) return;
  tell("{}joined    words {} times: {} tokens written\n", reading_summary_of(found.phrases.account), joined,
       found.phrases.account.tokens - joined);
}

}  // namespace

int phrases_command(const std::vector<std::string>& words) {
  PhrasesRun run;
  TypedPhraseOptions typed;
  CommandLine line(
      {"phrases CORPUS... -o TEXT [OPTIONS]",
       "Joins frequent collocations (new_york) and writes the text with them, a space between words, the lines as they are.\n"
       "CORPUS is a text file, plain or compressed (gzip, bzip2, xz, zstd), a folder of them, or - for standard input.\n"
       "Reads the text two times for each pass, and once to write it; standard input is copied into a file without a name.",
       "word2vec phrases corpus.txt -o corpus.phrases.txt --threshold 200,100 --save-phrases phrases.tsv"});
  line.positional("corpus", &run.corpus.files);
  line.add()("output,o", po::value(&run.output)->required()->value_name("TEXT"), "the text; - is standard output");
  declare_phrase_options(line, PhraseOptionNames::plain, &typed);
  line.add()("save-phrases", po::value(&run.save_phrases)->value_name("FILE"),
             "writes the phrases, most frequent first: phrase, count, score and pass, parted by tabs");
  declare_counting_options(line, &run.corpus);
  declare_text_options(line, &run.corpus.text);
  line.add()("quiet,q", po::bool_switch(&run.quiet), "no progress and no summary");
  line.allow_config();
  if (!line.parse(words)) return 0;
  const PhraseOptions options = *checked_phrase_options(line, PhraseOptionNames::plain, typed);
  for (const std::string& file : run.corpus.files) {
    if (would_replace(run.save_phrases, file))
      throw UsageError(fmt::format("--save-phrases is {}, which is the corpus itself; name another file", run.save_phrases));
  }
  if (would_replace(run.save_phrases, run.output))
    throw UsageError(fmt::format("--save-phrases and --output are both {}; name another file", run.output));
  run.corpus.files = corpus_files(run.corpus.files, run.output, {run.save_phrases}, run.quiet);
  run_phrases(std::move(run), options);
  return 0;
}

}  // namespace word2vec
