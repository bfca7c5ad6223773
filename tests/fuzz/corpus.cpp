// A corpus as it is: its words and their counts are those of a plain reading of the same text, whatever the
// size of the blocks.
#include "corpus/corpus.h"

#include <map>

#include "corpus/io/input_file.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"
#include "tests/fuzz/target.h"

using namespace word2vec;

namespace {

std::map<std::string, std::uint64_t> plain_counts(const std::string& path) {
  InputFile file(path);
  file.skip_byte_order_mark();
  std::map<std::string, std::uint64_t> counts;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty() && is_valid_word(word)) ++counts[word];
    word.clear();
  };
  std::vector<char> buffer(4096);
  while (const std::size_t got = file.read(buffer)) {
    for (std::size_t i = 0; i < got; ++i) {
      if (Tokenizer::is_space(buffer[i]))
        end_word();
      else
        word += buffer[i];
    }
  }
  end_word();
  return counts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = text_of(data, size);
  CorpusOptions options;
  options.threads = 1;
  options.block_bytes = 1 + take_byte(bytes);
  if (is_compressed(bytes)) return 0;
  options.vocabulary.min_count = 1;
  options.files = {as_file(bytes)};
  succeeds([&] {
    const CountedCorpus corpus = count_corpus(options);
    std::map<std::string, std::uint64_t> counts;
    for (WordId id = 0; id < corpus.vocabulary.size(); ++id) counts[corpus.vocabulary.word(id)] = corpus.vocabulary.count(id);
    if (counts != plain_counts(options.files[0])) fail("other counts than a plain reading", "input");
  });
  return 0;
}
