// `word2vec tokenize`: files -> blocks of lines -> TextFilter on every thread -> the same order out.
#include "corpus/tokenize_command.h"

#include <fmt/format.h>
#include <omp.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "corpus/block_reader.h"
#include "corpus/cli/command_line.h"
#include "corpus/cli/corpus_arguments.h"
#include "corpus/cli/message.h"
#include "corpus/cli/progress_line.h"
#include "corpus/cli/text_options.h"
#include "corpus/in_order.h"
#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "corpus/parallel.h"
#include "corpus/text/text_filters.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = 1 << 18;
constexpr std::uint64_t most_ahead = 4;  // blocks a thread

struct FilteredBlock {
  std::string text;
  std::uint64_t bytes = 0;  // before the filter
};

/// Joins the texts of blocks without a space at a line's end: that a line was cut shows nowhere.
class Joined {
 public:
  explicit Joined(OutputFile& out) : out_(out) {}

  void write(std::string_view text) {
    if (text.empty()) return;
    if (space_due_ && text.front() != '\n') out_.write(" ");
    space_due_ = text.back() == ' ';
    out_.write(text.substr(0, text.size() - (space_due_ ? 1 : 0)));
  }

 private:
  OutputFile& out_;
  bool space_due_ = false;
};

struct Totals {
  std::uint64_t bytes = 0, byte_order_marks = 0;
  TextAccount text;
};

Totals tokenize(const std::vector<std::string>& files, const TextOptions& options, std::uint32_t threads, OutputFile& out,
                ProgressLine& progress) {
  Totals totals;
  Joined joined(out);
  BlockReader reader(files, block_bytes, block_cut(options));
  InOrder<FilteredBlock> order(most_ahead * threads, [&](FilteredBlock& block) {
    joined.write(block.text);
    totals.bytes += block.bytes;
    progress.show([&] { return fmt::format("tokenizing {:.1f} MB", static_cast<double>(totals.bytes) * 1e-6); });
  });
  std::atomic<bool> failed = false;
  std::mutex end_lock;
  run_threads(threads, failed, [&](std::uint32_t) {
    const InOrder<FilteredBlock>::Guard guard(order);
    TextFilter filter(options);
    for (SourceBlock block; !failed && reader.next(block);) {
      auto done = order.fresh();
      done->text = filter(block.text(), block.continues);
      done->bytes = block.read_bytes;
      if (!order.put(block.number, std::move(done))) return;
    }
    const std::lock_guard end_guard(end_lock);
    totals.text += filter.account();
  });
  totals.byte_order_marks = reader.byte_order_marks();
  return totals;
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
  auto threads = static_cast<std::uint32_t>(omp_get_num_procs());
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
  const Totals totals = tokenize(files, options, threads, file, progress);
  progress.clear();
  file.commit();
  if (!quiet) tell_totals(totals);
  return 0;
}

}  // namespace word2vec
