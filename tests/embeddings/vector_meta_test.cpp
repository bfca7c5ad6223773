#include "trainer/embeddings/vector_meta.h"

#include <gtest/gtest.h>

#include "corpus/io/fingerprint.h"

namespace word2vec {
namespace {

TEST(VectorMeta, FingerprintsAreOfWordsAndFloatsWithoutPadding) {
  Matrix vectors(2, 3);
  const float numbers[] = {1, -2, 0.5F, 3, -0.0F, 7};
  for (std::size_t i = 0; i < 6; ++i) vectors.row(i / 3)[i % 3] = numbers[i];
  const VectorFingerprints found = fingerprints({"a", "bc"}, vectors);
  EXPECT_EQ(found.words, 2U);
  EXPECT_EQ(found.dim, 3U);
  Fingerprint words, floats;
  words.add("a\nbc\n");
  floats.add({reinterpret_cast<const char*>(numbers), sizeof numbers});
  EXPECT_EQ(found.words_hash, words.hex());
  EXPECT_EQ(found.vectors_hash, floats.hex());
  EXPECT_NE(fingerprints({"ab", "c"}, vectors).words_hash, found.words_hash);
}

}  // namespace
}  // namespace word2vec
