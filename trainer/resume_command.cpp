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
constexpr std::array<std::string_view, 16> free_options = {
    "output",     "format",           "threads", "simd",   "save-vocab", "save-phrases", "context-output", "report",
    "checkpoint", "checkpoint-every", "resume",  "config", "quiet",      "validate",     "memory",         "cache"};
// A run that is through goes on with epochs of their own.
constexpr std::array<std::string_view, 3> free_when_through = {"epochs", "alpha", "min-alpha"};

bool is_through(const CheckpointRun& run) { return run.position.epochs.size() >= run.epochs; }

bool may_change(std::string_view name, const CheckpointRun& run) {
  return std::ranges::find(free_options, name) != free_options.end() ||
         (is_through(run) && std::ranges::find(free_when_through, name) != free_when_through.end());
}

CommandLine::Recalled recall(TrainRun& run, const std::string& path) {
  run.resumed = parse_checkpoint_run(read_checkpoint_run(path), path);
  CommandLine::Recalled recalled = {{"corpus", run.resumed->corpus}};
  for (const auto& [name, value] : run.resumed->options) {
    const bool of_its_own = name == "resume" || name == "config" ||
                            (is_through(*run.resumed) && std::ranges::find(free_when_through, name) != free_when_through.end());
    if (!of_its_own && !value.empty()) recalled.push_back({name, {value}});
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
      "at the rate that a run of all epochs together would have there");
  line.recall_from("resume", [&run](const std::string& path) { return recall(run, path); });
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
    if (may_change(name, saved) || stored == saved.options.end() || stored->second == value) continue;
    differences += fmt::format("{}--{} {} (it has {})", differences.empty() ? "" : ", ", name, value, stored->second);
  }
  if (!differences.empty()) {
    throw UsageError(fmt::format("the run in {} cannot go on with {}; leave them out, or train anew", run.resume, differences));
  }
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
