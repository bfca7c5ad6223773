// Lines from a terminal to answers. Refuses to know how lines are edited and how answers are found.
#include "eval/neighbor_prompt_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "corpus/cli/line_editor.h"
#include "corpus/io/error.h"
#include "eval/completion.h"
#include "eval/prompt_settings.h"
#include "eval/text_lines.h"

namespace word2vec {
namespace {

constexpr std::size_t most_choices = 20;

class Prompt {
 public:
  Prompt(NeighborArguments& arguments, const Embeddings& embeddings, const QuerySyntax& syntax)
      : arguments_(arguments),
        embeddings_(embeddings),
        syntax_(syntax),
        settings_(arguments.options, syntax.analogies),
        answers_(embeddings),
        editor_("> ", HistoryFile(std::string(syntax.command) + "_history"),
                [this](std::string_view line) { return completed(line); }) {
    commands_ = settings_.names();
    commands_.insert(commands_.end(), {":help", ":quit"});
  }

  void run() {
    editor_.show(fmt::format("{} words of {} numbers, {}\n{}; :help says more, Ctrl-D ends\n", embeddings_.size(),
                             embeddings_.dim(), arguments_.words[0], syntax_.hint));
    while (const auto line = editor_.read()) {
      const auto parts = split_at_space(*line);
      if (parts.empty()) continue;
      if (parts[0] == ":quit") break;
      try {
        if (is_command(parts[0])) {
          editor_.show(parts[0] == ":help" ? help() : settings_.change(*line) + "\n");
          continue;
        }
        ask(*line);
      } catch (const UsageError& error) {
        editor_.show(fmt::format("{}\n", error.what()));
      }
    }
  }

 private:
  /// A colon and a letter, unless the vectors have that word, as they may have ":D".
  bool is_command(std::string_view word) const {
    if (std::find(commands_.begin(), commands_.end(), word) != commands_.end()) return true;
    return word.size() > 1 && word[0] == ':' && word[1] >= 'a' && word[1] <= 'z' && !embeddings_.find(word);
  }

  void ask(const std::string& line) {
    const std::vector<Query> queries = {syntax_.parse(line)};
    const auto started = std::chrono::steady_clock::now();
    std::vector<std::vector<Neighbor>> found;
    try {
      found = answers_.answer(queries, arguments_.options);
    } catch (const Error& error) {  // an unknown word, most often; what cannot be written is another matter
      editor_.show(fmt::format("{}\n", error.what()));
      return;
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - started;
    arguments_.print(embeddings_, queries, found);
    editor_.show(fmt::format("({:.1f} ms)\n", taken.count()));
  }

  std::string help() const {
    return fmt::format(
        "{}\n\n{}  :help               this\n  :quit               ends, as Ctrl-D does\n\nTab completes words, the arrows go "
        "through earlier lines, Ctrl-R searches them, Ctrl-C drops a line.\n",
        syntax_.hint, settings_.help());
  }

  /// The word at the cursor; on a line that begins with a colon, a command or its value.
  TypedCompletion completed(std::string_view line) const {
    const std::size_t space = line.find_last_of(" \t");
    const std::string_view typed = space == std::string_view::npos ? line : line.substr(space + 1);
    const auto parts = split_at_space(line);
    std::vector<std::string> own;  // what may stand here beside the vectors' words
    if (space == std::string_view::npos && typed.starts_with(':')) own = commands_;
    if (parts.size() <= 2 && space != std::string_view::npos && !parts.empty()) own = PromptSettings::values(parts[0]);
    const Completion found = complete(own.empty() ? embeddings_.words() : own, typed, most_choices);
    TypedCompletion completion{found.rest + (found.count == 1 ? " " : ""), {found.first.begin(), found.first.end()}};
    if (found.count > found.first.size())
      completion.choices.push_back(fmt::format("... and {} more", found.count - found.first.size()));
    return completion;
  }

  NeighborArguments& arguments_;
  const Embeddings& embeddings_;
  const QuerySyntax& syntax_;
  PromptSettings settings_;
  std::vector<std::string> commands_;
  QueryAnswers answers_;
  LineEditor editor_;
};

}  // namespace

int run_prompt(NeighborArguments& arguments, const Embeddings& embeddings, const QuerySyntax& syntax) {
  Prompt(arguments, embeddings, syntax).run();
  return 0;
}

}  // namespace word2vec
