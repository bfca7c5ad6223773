// `word2vec tokenize`: files -> blocks of lines -> TextFilter on every thread -> the same order out.
#include "corpus/tokenize_command.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/cli/progress_line.h"
#include "corpus/cli/text_options.h"
#include "corpus/filter_pass.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/text/text_filters.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

struct Totals {
  FilterPassAccount read;
  TextAccount text;
};

Totals tokenize(const TextPassOptions& pass, const TextOptions& options, OutputFile& out, ProgressLine& progress) {
  TextFilters filters(options);
  const ReadProgress show = shown_on(progress, "tokenizing");
  const FilterPassAccount read =
      filter_text(filters.always_filtered(pass), show, [&](std::string_view text) { out.write(text); });
  return {read, filters.account()};
}

void tell_totals(const Totals& totals) {
  tell("read {} bytes\n", totals.read.bytes);
  if (totals.read.byte_order_marks != 0) tell("skipped the byte order marks of {} files\n", totals.read.byte_order_marks);
  if (totals.text.doc_tag_lines != 0) tell("left out {} lines that are <doc ...> or </doc>\n", totals.text.doc_tag_lines);
  if (totals.text.invalid_sequences != 0) {
    tell("left {} byte sequences that are not valid UTF-8 as they are: the vocabulary leaves out their words\n",
         totals.text.invalid_sequences);
  }
}

}  // namespace

int tokenize_command(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  std::string output = "-";
  TextOptions options;
  std::uint32_t threads = 0;
  bool quiet = false;
  CommandLine line(
      {"tokenize CORPUS... [-o TEXT] [OPTIONS]",
       "Writes the corpus as train and vocab see it with the same options: words split by a space, a sentence a line.\n"
       "CORPUS is a text file, plain or compressed (gzip, bzip2, xz, zstd), a folder of them, or - for standard input.\n"
       "Memory: some MB a thread, whatever is read, unless a word is longer, which only --tokenize whitespace keeps whole.",
       "word2vec tokenize articles.txt --tokenize unicode --lowercase -o words.txt"});
  line.positional("corpus", &files);
  line.add()("output,o", po::value(&output)->default_value(output)->value_name("TEXT"), "the text; - is standard output");
  declare_text_options(line, &options);
  line.add()("threads", po::value(&threads)->value_name("N"), "1 to 1024 (default all cores)")("quiet,q", po::bool_switch(&quiet),
                                                                                               "no progress and no summary");
  line.allow_config();
  if (!line.parse(words)) return 0;
  if (line.given("threads")) require_range("--threads", threads, 1, 1024);
  files = corpus_files(files, output, {}, quiet);

  OutputFile file(output);
  ProgressLine progress(!quiet && output != "-");
  const Totals totals = tokenize({.files = files, .threads = threads}, options, file, progress);
  progress.clear();
  file.commit();
  if (!quiet) tell_totals(totals);
  return 0;
}

}  // namespace word2vec
