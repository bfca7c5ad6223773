#include "corpus/cli/vocabulary_options.h"

#include <limits>
#include <string>

namespace po = boost::program_options;

namespace word2vec {
namespace {

auto* list_of(WordList* list) {
  return po::value<std::string>()->value_name("FILE")->notifier([=](const std::string& path) { *list = WordList(path); });
}

}  // namespace

void declare_vocabulary_options(CommandLine& line, VocabularyOptions* options) {
  line.add()("min-count", po::value(&options->min_count)->default_value(options->min_count)->value_name("N"),
             "drops words that come fewer times")(
      "max-vocab", po::value(&options->max_words)->default_value(options->max_words)->value_name("N"),
      "keeps the N most frequent words, counted exactly; 0: no limit")(
      "stopwords", list_of(&options->stopwords), "leaves these words out: a word a line, as it is in the tokenized text")(
      "keep-words", list_of(&options->keep_words),
      "keeps these words if they come at all; they count towards --max-vocab, which keeps them even past N");
}

void check_vocabulary_options(const VocabularyOptions& options) {
  require_range("--max-vocab", static_cast<double>(options.max_words), 0, std::numeric_limits<WordId>::max() - 1);
  WordList::refuse_common(options.stopwords, "--stopwords", options.keep_words, "--keep-words");
}

}  // namespace word2vec
