// The program: a table of commands.
#include <fmt/format.h>

#include "corpus/cli/command_line.h"
#include "corpus/cli/program.h"
#include "corpus/io/error.h"
#include "corpus/phrases_command.h"
#include "corpus/tokenize_command.h"
#include "corpus/vocab_command.h"
#include "eval/analogy_command.h"
#include "eval/evaluate_command.h"
#include "eval/nearest_command.h"
#include "trainer/embeddings/export_command.h"
#include "trainer/embeddings/info_command.h"
#include "trainer/train_command.h"

namespace {

using namespace word2vec;

const Command commands[] = {
    {"train", "CORPUS... -o VECTORS", "counts the vocabulary, trains, writes the vectors", train_command},
    {"vocab", "CORPUS... -o VOCAB", "the vocabulary pass alone: `word count` lines", vocab_command},
    {"tokenize", "CORPUS... [-o TEXT]", "prints the text as train sees it", tokenize_command},
    {"phrases", "CORPUS... -o TEXT", "joins frequent collocations such as new_york", phrases_command},
    {"nearest", "VECTORS [QUERY...]", "nearest neighbours of a word or of \"king - man + woman\"", nearest_command},
    {"analogy", "VECTORS A B C", "A is to B as C is to ...", analogy_command},
    {"evaluate", "VECTORS", "analogy and word similarity report", evaluate_command},
    {"export", "INPUT -o OUTPUT --to FORMAT", "converts vectors to another format", export_command},
    {"info", "FILE", "what a vector file is", info_command},
};

int help() {
  fmt::print("word2vec {}: word vectors by Skip-gram and CBOW with negative sampling\n\n", WORD2VEC_VERSION);
  for (const Command& command : commands)
    fmt::print("  word2vec {:<9}{:<29}{}\n", command.name, command.arguments, command.summary);
  fmt::print("\nword2vec COMMAND --help lists a command's options. The original tool's flags (-train, -output, ...) work too.\n");
  return 0;
}

int dispatch(const std::vector<std::string>& words) {
  if (words.empty()) throw UsageError("a command is missing; see word2vec --help");
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") return help();
  if (words[0] == "--version") return fmt::print("word2vec {}\n", WORD2VEC_VERSION), 0;
  if (is_original_command(words)) return original_command(words);
  for (const Command& command : commands) {
    if (words[0] == command.name) return command.run({words.begin() + 1, words.end()});
  }
  throw UsageError(fmt::format("there is no command {}; see word2vec --help", words[0]));
}

}  // namespace

int main(int argc, char** argv) { return run_program(dispatch, {argv + 1, argv + argc}); }
