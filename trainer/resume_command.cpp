#include "trainer/resume_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "corpus/io/error.h"
#include "trainer/embeddings/checkpoint_file.h"

namespace word2vec {
namespace {

namespace po = boost::program_options;

// What may change from one part of a run to the next.
constexpr std::array<std::string_view, 18> free_options = {
    "output",           "format", "threads", "simd",  "save-vocab", "save-phrases", "context-output", "report",     "checkpoint",
    "checkpoint-every", "resume", "config",  "quiet", "validate",   "memory",       "cache",          "add-corpus", "meta"};
// A run that is through goes on with epochs of their own.
constexpr std::array<std::string_view, 3> free_when_through = {"epochs", "alpha", "min-alpha"};

// With new text: all that its words need not have in common with the rows that are there.
constexpr std::array<std::string_view, 14> free_with_added = {
    "epochs",     "alpha",  "min-alpha", "min-count", "max-vocab", "stopwords",        "keep-words",
    "read-vocab", "window", "negative",  "sample",    "seed",      "negative-sharing", "cbow-update"};
// What the new run then begins anew with: its text, its rate, and its files, so that it replaces none of the saved run's.
constexpr std::array<std::string_view, 11> not_recalled_with_added = {"corpus",     "epochs",     "alpha",           "min-alpha",
                                                                      "read-vocab", "output",     "context-output",  "save-vocab",
                                                                      "report",     "checkpoint", "checkpoint-every"};

template <class Names>
bool is_among(std::string_view name, const Names& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_through(const CheckpointRun& run) { return run.position.epochs.size() >= run.epochs; }

bool may_change(std::string_view name, const CheckpointRun& run, bool adding) {
  return is_among(name, free_options) || (is_through(run) && is_among(name, free_when_through)) ||
         (adding && is_among(name, free_with_added));
}

CommandLine::Recalled recall(TrainRun& run, const std::string& path, bool adding) {
  run.resumed = parse_checkpoint_run(read_checkpoint_run(path), path);
  CommandLine::Recalled recalled;
  const auto add = [&](const std::string& name, const std::vector<std::string>& values) {
    if (!adding || !is_among(name, not_recalled_with_added)) recalled.push_back({name, values});
  };
  add("corpus", run.resumed->corpus);
  for (const auto& [name, value] : run.resumed->options) {
    const bool of_its_own = name == "resume" || name == "config" || name == "add-corpus" ||
                            (is_through(*run.resumed) && is_among(name, free_when_through));
    if (!of_its_own && !value.empty()) add(name, {value});
  }
  return recalled;
}

}  // namespace

void declare_checkpoint_options(CommandLine& line, TrainRun& run) {
  line.add()(
      "checkpoint", po::value(&run.checkpoint)->value_name("FILE"),
      "saves the run here at its end, and when SIGINT or SIGTERM stops it; takes the memory of two more matrices meanwhile")(
      "checkpoint-every", po::value(&run.checkpoint_every)->default_value(run.checkpoint_every)->value_name("SECONDS"),
      "saves it that often too, while the training goes on; 0: not")(
      "resume", po::value(&run.resume)->value_name("FILE"),
      "goes on with a saved run, with its corpus and options where none are given; one that is through takes --epochs N more, "
      "at the rate that a run of all epochs together would have there")(
      "add-corpus", po::value(&run.added)->multitoken()->value_name("FILE..."),
      "with --resume, a new run of --epochs over this text alone, not the old: its words of --min-count join the vocabulary with "
      "fresh rows, the others keep theirs, and the counts are summed; --alpha auto is the rate at which a run over both "
      "texts would stand, and at least a tenth of its first; wants -o, and --checkpoint if it is to be saved");
  line.recall_from("resume", [&line, &run](const std::string& path) { return recall(run, path, line.given("add-corpus")); });
}

void take_added_corpus(const CommandLine& line, TrainRun& run) {
  if (run.added.empty()) return;
  if (!run.resumed) throw UsageError("--add-corpus needs --resume FILE, the run that it goes on with");
  if (!run.corpus.files.empty()) {
    throw UsageError(fmt::format("{} is given beside --add-corpus, which is all that is read; leave it out, or name it there",
                                 run.corpus.files.front()));
  }
  if (line.given("read-vocab")) throw UsageError("--read-vocab fixes the vocabulary and --add-corpus extends it; leave one out");
  run.corpus.files = run.added;
  run.train.earlier_tokens = tokens_trained(*run.resumed);
}

void check_resumed(const CommandLine& line, TrainRun& run) {
  require_range("--checkpoint-every", run.checkpoint_every, 0, std::numeric_limits<double>::max());
  if (run.checkpoint_every > 0 && run.checkpoint.empty())
    throw UsageError("--checkpoint-every needs --checkpoint FILE, which it writes");
  if (!run.resumed) return;
  const CheckpointRun& saved = *run.resumed;
  std::string differences;
  for (const auto& [name, value] : line.effective()) {
    const auto stored = std::ranges::find(saved.options, name, &std::pair<std::string, std::string>::first);
    if (may_change(name, saved, !run.added.empty()) || stored == saved.options.end() || stored->second == value) continue;
    differences += fmt::format("{}--{} {} (it has {})", differences.empty() ? "" : ", ", name, value, stored->second);
  }
  if (!differences.empty()) {
    throw UsageError(fmt::format("the run in {} cannot go on with {}; leave them out, or train anew", run.resume, differences));
  }
  if (!run.added.empty()) return;
  run.train.earlier_tokens = saved.earlier_tokens;
  if (saved.earlier_tokens > 0) run.corpus.vocabulary_file.clear();  // of the run before the new text
  if (!is_through(saved)) {
    run.train.rate_from_epoch = saved.rate_from_epoch;
    return;
  }
  if (!line.given("epochs")) {
    throw UsageError(fmt::format("the run in {} is through, with {} epochs; give --epochs N for N more", run.resume,
                                 saved.position.epochs.size()));
  }
  run.train.rate_from_epoch = static_cast<std::uint32_t>(saved.position.epochs.size());
  run.train.epochs += run.train.rate_from_epoch;
}

}  // namespace word2vec
