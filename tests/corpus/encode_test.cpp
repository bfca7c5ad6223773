#include "corpus/encode.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

constexpr WordId S = sentence_end;

class EncodeTest : public Scratch {
 protected:
  EncodedText encode(const std::string& text) {
    return encode_text({.files = {write("t", text)}, .threads = 2, .block_bytes = 4}, words_);
  }
  Vocabulary words_{{"a", "b", "c"}, {30, 20, 10}};
};

TEST_F(EncodeTest, KeepsTheOrderAndTheSentencesThatHaveAWord) {
  const EncodedText text = encode("x b a\n\nx y\nc\xFF c\n\n\nno word of it is known here\n a a");
  EXPECT_EQ(text.ids, (std::vector<WordId>{1, 0, S, 2, S, 0, 0, S}));
  EXPECT_EQ(text.tokens, 16U);
  EXPECT_EQ(text.tokens_in_vocabulary, 5U);
  EXPECT_EQ(text.invalid_tokens, 1U);
}

TEST_F(EncodeTest, RefusesTextOfAnotherKind) {
  expect_has(message_of<Error>([&] { encode("d e f"); }), "none of the 3 words in " + path("t"));
  expect_has(message_of<Error>([&] { encode("a \xFF \xFE"); }), "2 of 3 words are not valid, first at byte 2 of " + path("t"));
}

}  // namespace
}  // namespace word2vec
