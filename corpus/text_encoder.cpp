#include "corpus/text_encoder.h"

namespace word2vec {

void TextEncoder::begin(std::string_view text, EncodedBlock& block) {
  // No more than a byte has an id: a word its white space, and a line end may be that too, but then the word has a byte.
  const std::size_t room = text.size() + Tokenizer::most_words;
  if (block.room < room) {
    block.memory.reset();
    block.memory = std::make_unique_for_overwrite<WordId[]>(room);
    block.room = room;
  }
  block.count = block.words = 0;
  block.lines = {};
  line_start_ = words_before_line_ = 0;
  tokenizer_.start(text.data(), text.size());
}

WordId* TextEncoder::end_line(const Tokenizer::LineEnd& end, EncodedBlock& block, WordId* ids) {
  const std::uint64_t words = block.words + end.words, bytes = end.place - line_start_;
  const bool has_word = words > words_before_line_, first = !block.lines.any_end;
  if (first) {
    block.lines.any_end = true;
    block.lines.first_has_word = has_word;
    block.lines.first_bytes = bytes;
  } else {
    block.lines.sentences += has_word ? 1 : 0;
    block.lines.longest_bytes = std::max(block.lines.longest_bytes, bytes);
  }
  if (first || has_word) *ids++ = sentence_end;
  line_start_ = std::uint64_t{end.place} + 1;
  words_before_line_ = words;
  return ids;
}

}  // namespace word2vec
