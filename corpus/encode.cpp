#include "corpus/encode.h"

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/tokenizer.h"

namespace word2vec {

std::vector<WordId> encode_file(const std::string& path, const Vocabulary& vocabulary) {
  WordTable table;
  for (const std::string& word : vocabulary.words()) table.add(word);
  std::vector<WordId> ids;
  const auto token = [&](std::string_view word) {
    if (const WordId id = table.find(word); id != dropped_word) ids.push_back(id);
  };
  const auto end = [&] {
    if (!ids.empty() && ids.back() != sentence_end) ids.push_back(sentence_end);
  };
  InputFile file(path);
  Tokenizer tokenizer;
  std::vector<char> block(1 << 20);
  bool first = true;
  while (const std::size_t size = file.read(block)) {
    if (first) refuse_compressed({block.data(), size}, file.name());
    first = false;
    tokenizer.feed({block.data(), size}, token, end);
  }
  tokenizer.finish(token, end);
  if (ids.empty()) throw Error("none of its words is in the vocabulary, " + path + ": give text of the corpus's kind");
  return ids;
}

}  // namespace word2vec
