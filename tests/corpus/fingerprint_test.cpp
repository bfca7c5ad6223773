#include "corpus/io/fingerprint.h"

#include "corpus/corpus.h"
#include "corpus/io/output_file.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class FingerprintTest : public Scratch {
 protected:
  static std::string of(const std::string& bytes) {
    Fingerprint fingerprint;
    fingerprint.add(bytes);
    return fingerprint.hex();
  }
  std::string of_corpus(std::vector<std::string> files, std::uint32_t threads = 1) const {
    CorpusOptions options;
    options.files = std::move(files);
    options.threads = threads;
    options.block_bytes = 64;
    options.fingerprint = true;
    options.vocabulary.min_count = 1;
    return read_corpus(options).account.fingerprint;
  }
};

TEST_F(FingerprintTest, IsXxh3OfAllThatWasAdded) {
  EXPECT_EQ(Fingerprint().hex(), "99aa06d3014798d86001c324468d497f") << "the published value for no bytes";
  Fingerprint parts;
  for (const std::string part : {"a", "", "bc"}) parts.add(part);
  EXPECT_EQ(parts.hex(), of("abc"));
  EXPECT_NE(of("abc"), of("abd"));
}

TEST_F(FingerprintTest, OfACorpusIsThatOfItsText) {
  std::string text = "\xFF words\r\n\n";
  for (int i = 0; i < 500; ++i) text += "word" + std::to_string(i % 7) + (i % 9 == 0 ? "\n" : " ");
  text += "no-line-end";
  const std::string whole = write("whole", text), first = write("first", text.substr(0, 100)),
                    rest = write("rest", text.substr(100)), marked = write("marked", "\xEF\xBB\xBF" + text);
  EXPECT_EQ(of_corpus({whole}), of(text));
  EXPECT_EQ(of_corpus({whole}, 3), of(text));
  EXPECT_EQ(of_corpus({first, rest}), of(text)) << "one file after the other";
  EXPECT_EQ(of_corpus({marked}), of(text)) << "without the byte order mark";
  ASSERT_EQ(std::system(("gzip -k " + whole).c_str()), 0);
  EXPECT_EQ(of_corpus({whole + ".gz"}), of(text)) << "unpacked";
  text[50] ^= 1;
  EXPECT_NE(of_corpus({whole}), of(text));
}

TEST_F(FingerprintTest, OfAVocabularyIsThatOfTheFileThatSavesIt) {
  const Vocabulary vocabulary({"a", "b"}, {3, 70});
  save_vocabulary(vocabulary, path("v"));
  EXPECT_EQ(fingerprint(vocabulary), of(read(path("v"))));
}

}  // namespace
}  // namespace word2vec
