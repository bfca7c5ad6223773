#include "corpus/encode.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "corpus/text/text_blocks.h"
#include "corpus/text/text_filter.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace word2vec {

EncodedText encode_file(const std::string& path, const Vocabulary& vocabulary, const TextOptions& options) {
  WordTable table;
  for (const std::string& word : vocabulary.words()) table.add(word);
  EncodedText text;
  const auto token = [&](std::string_view word) {
    ++text.tokens;
    const WordId id = table.find(word);
    if (id != dropped_word) {
      ++text.tokens_in_vocabulary;
      text.ids.push_back(id);
    } else if (!is_valid_word(word)) {
      ++text.invalid_tokens;
    }
  };
  const auto end = [&] {
    if (!text.ids.empty() && text.ids.back() != sentence_end) text.ids.push_back(sentence_end);
  };
  TextBlocks blocks(path, 1 << 20);
  TextFilter filter(options);
  Tokenizer tokenizer;
  for (TextBlock block; blocks.next(block);) {
    tokenizer.feed(options.leave_text() ? block.bytes : filter(block.bytes, block.continues), token, end);
  }
  tokenizer.finish(token, end);
  // Random bytes have some letters between spaces, so that even junk shares words with a vocabulary.
  if (2 * text.invalid_tokens > text.tokens) {
    throw Error(fmt::format("{} is not UTF-8 text: {} of {} words are not valid; convert it with iconv -t UTF-8",
                            blocks.file().name(), text.invalid_tokens, text.tokens));
  }
  if (text.ids.empty()) {
    throw Error(fmt::format("none of the {} words in {} is in the vocabulary; give text of the corpus's kind", text.tokens,
                            blocks.file().name()));
  }
  return text;
}

}  // namespace word2vec
