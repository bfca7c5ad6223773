// `word2vec vocab`: options -> count_corpus -> `word count` lines. The only file of the corpus library that prints.
#include "corpus/vocab_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/message.h"
#include "corpus/cli/text_options.h"
#include "corpus/cli/vocabulary_options.h"
#include "corpus/corpus.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/text/escape.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

/// One line on a terminal that redraws; elsewhere a plain line every few seconds.
class ProgressLine {
 public:
  void operator()(std::uint64_t bytes, std::uint64_t of, std::uint64_t tokens) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000));
    const std::string percent =
        of == 0 ? "" : fmt::format("{:.0f}%, ", 100.0 * static_cast<double>(bytes) / static_cast<double>(of));
    tell("{}counting words: {}{:.1f} MB, {} tokens{}", terminal_ ? "\r" : "", percent, static_cast<double>(bytes) / 1e6, tokens,
         terminal_ ? "\x1b[K" : "\n");
    drawn_ = true;
  }
  ~ProgressLine() {
    if (terminal_ && drawn_) tell("\r\x1b[K");
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool drawn_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(terminal_ ? 200 : 5000);
};

void print_summary(const CountedCorpus& counted, const std::string& output) {
  const CorpusAccount& account = counted.account;
  const DroppedWords& dropped = account.dropped;
  tell("read {} bytes, {} sentences, {} tokens\n", account.bytes, account.sentences, account.tokens);
  if (account.unpacked()) tell("unpacked from {} bytes\n", account.file_bytes);
  if (account.byte_order_marks != 0) tell("skipped the byte order marks of {} files\n", account.byte_order_marks);
  if (account.text.doc_tag_lines != 0) tell("left out {} lines that are <doc ...> or </doc>\n", account.text.doc_tag_lines);
  if (account.text.invalid_sequences != 0)
    tell("found {} byte sequences that are not valid UTF-8\n", account.text.invalid_sequences);
  tell("kept {} words ({} tokens) in {}\n", counted.vocabulary.size(), account.tokens_in_vocabulary, output);
  const auto say = [](std::uint64_t words, std::uint64_t tokens, const char* why) {
    if (words != 0) tell("dropped {} words ({} tokens): {}\n", words, tokens, why);
  };
  say(dropped.rare_words, dropped.rare_tokens, "rarer than --min-count");
  say(dropped.cut_words, dropped.cut_tokens, "beyond --max-vocab");
  say(dropped.stop_words, dropped.stop_tokens, "among the --stopwords");
  say(dropped.invalid_words, dropped.invalid_tokens, "not valid UTF-8");
  for (const auto& [word, count] : account.statistics.invalid_examples()) tell("  '{}' {}\n", escaped(word), count);
  if (account.statistics.all().words != 0) tell("{}", coverage_table(account.statistics));
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
  line.add()("output,o", po::value(&output)->required()->value_name("VOCAB"), "the vocabulary file; - is standard output")(
      "quiet,q", po::bool_switch(&quiet), "no progress and no summary");
  declare_vocabulary_options(line, &options.vocabulary);
  declare_text_options(line, &options.text);
  line.allow_config();
  if (!line.parse(words)) return 0;
  check_vocabulary_options(options.vocabulary);
  const VocabularyOptions& chosen = options.vocabulary;
  options.files = corpus_files(options.files, output, {chosen.stopwords.path(), chosen.keep_words.path()}, quiet);

  OutputFile file(output);  // before the counting, so that a bad path costs nothing
  const CountedCorpus counted = quiet ? count_corpus(options) : [&] {
    ProgressLine progress;
    return count_corpus(options, std::ref(progress));
  }();
  save_vocabulary(counted.vocabulary, file);
  if (!quiet) print_summary(counted, output == "-" ? "standard output" : output);
  return 0;
}

}  // namespace word2vec
