// `word2vec tokenize`: files -> blocks of lines -> TextFilter on every thread -> the same order out.
#include "corpus/tokenize_command.h"

#include <fmt/format.h>
#include <omp.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/message.h"
#include "corpus/cli/progress_line.h"
#include "corpus/cli/text_options.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/parallel.h"
#include "corpus/text/text_blocks.h"
#include "corpus/text/text_filter.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = 1 << 20;

/// What one thread has in hand.
struct Worker {
  explicit Worker(const TextOptions& options) : filter(options) {}

  TextFilter filter;
  TextBlock block;
  std::string_view text;
};

/// The texts of one file's blocks, joined without a space at a line's end: that a line is cut shows nowhere.
class Joined {
 public:
  explicit Joined(OutputFile& out) : out_(out) {}

  void write(std::string_view text) {
    if (text.empty()) return;
    if (space_due_ && text.front() != ' ' && text.front() != '\n') out_.write(" ");
    space_due_ = text.back() == ' ';
    line_open_ = text.back() != '\n';
    out_.write(text.substr(0, text.size() - (space_due_ ? 1 : 0)));
  }
  /// Neither words nor sentences cross into the next file.
  void end() {
    if (line_open_) out_.write("\n");
  }

 private:
  OutputFile& out_;
  bool space_due_ = false, line_open_ = false;
};

struct Totals {
  std::uint64_t bytes = 0, byte_order_marks = 0;
  TextAccount text;
};

/// Tokenises one file: as many blocks as there are threads at a time, so that memory is bounded whatever is read.
void tokenize_file(const std::string& path, std::vector<std::unique_ptr<Worker>>& workers, OutputFile& out, Totals& totals,
                   ProgressLine& progress) {
  TextBlocks blocks(path, block_bytes);
  if (blocks.had_byte_order_mark()) ++totals.byte_order_marks;
  Joined joined(out);
  for (;;) {
    std::size_t filled = 0;
    while (filled < workers.size() && blocks.next(workers[filled]->block)) ++filled;
    if (filled == 0) break;
    std::atomic<bool> failed = false;
    std::atomic<std::size_t> next = 0;  // there may be fewer threads than were asked for
    run_threads(static_cast<std::uint32_t>(filled), failed, [&](std::uint32_t) {
      for (std::size_t i = next++; i < filled; i = next++) {
        Worker& worker = *workers[i];
        worker.text = worker.filter(worker.block.bytes, worker.block.continues);
      }
    });
    for (std::size_t i = 0; i < filled; ++i) {
      joined.write(workers[i]->text);
      totals.bytes += workers[i]->block.bytes.size();
    }
    progress.show([&] { return fmt::format("tokenizing {:.1f} MB", static_cast<double>(totals.bytes) * 1e-6); });
  }
  joined.end();
}

void tell_totals(const Totals& totals) {
  tell("read {} bytes\n", totals.bytes);
  if (totals.byte_order_marks != 0) tell("skipped the byte order marks of {} files\n", totals.byte_order_marks);
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
  int threads = 0;
  bool quiet = false;
  CommandLine line(
      {"tokenize CORPUS... [-o TEXT] [OPTIONS]",
       "Writes the corpus files (- is standard input) as train and vocab see them with the same options: words split\n"
       "by a space, a sentence a line. Memory: some MB a thread, whatever is read.",
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
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(threads > 0 ? threads : omp_get_num_procs()));
  for (auto& worker : workers) worker = std::make_unique<Worker>(options);
  Totals totals;
  ProgressLine progress(!quiet && output != "-");
  for (const std::string& path : files) tokenize_file(path, workers, file, totals, progress);
  progress.clear();
  file.commit();
  for (const auto& worker : workers) totals.text += worker->filter.account();
  if (!quiet) tell_totals(totals);
  return 0;
}

}  // namespace word2vec
