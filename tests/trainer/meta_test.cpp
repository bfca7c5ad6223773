// The .meta.json beside vectors: the same from the same run, true of any conversion, and seen when it is of others.
#include <gtest/gtest.h>

#include "tests/trainer/runs.h"

namespace word2vec {
namespace {

class Meta : public Runs {
 protected:
  static constexpr const char* train = "train corpus.txt --threads 1 --dim 16 --min-count 1 --epochs 2 --quiet --meta -o ";
  std::string value(const std::string& text, const std::string& key, std::size_t occurrence = 1) const {
    std::size_t at = 0;
    while (occurrence-- > 0) at = text.find("\"" + key + "\": ", at) + key.size() + 4;
    return text.substr(at, text.find_first_of(",\n", at) - at);
  }
};

TEST_F(Meta, TheSameRunWritesTheSameBytes) {
  ASSERT_EQ(run(std::string(train) + "v.txt --simd baseline"), 0) << content("err");
  const std::string vectors = content("v.txt"), meta = content("v.txt.meta.json");
  ASSERT_EQ(run(std::string(train) + "v.txt --simd baseline"), 0) << content("err");
  EXPECT_EQ(content("v.txt"), vectors);
  EXPECT_EQ(content("v.txt.meta.json"), meta);
  for (const char* key : {"\"version\"", "\"seed\": 1", "\"simd\": \"baseline\"", "\"xxh3_128\"", "\"window\": \"5\""})
    EXPECT_NE(meta.find(key), std::string::npos) << key << " in " << meta;
  ASSERT_EQ(run(std::string(train) + "v.txt --simd baseline --seed 2 --report r.json"), 0) << content("err");
  const std::string other = content("v.txt.meta.json");
  EXPECT_EQ(value(other, "xxh3_128", 1), value(meta, "xxh3_128", 1)) << "the corpus";
  EXPECT_EQ(value(other, "xxh3_128", 2), value(meta, "xxh3_128", 2)) << "the vocabulary";
  EXPECT_NE(value(other, "xxh3_128", 3), value(meta, "xxh3_128", 3)) << "the vectors";
  for (std::size_t i = 1; i <= 3; ++i) EXPECT_EQ(value(content("r.json"), "xxh3_128", i), value(other, "xxh3_128", i));
}

TEST_F(Meta, InfoChecksItThroughAnyConversion) {
  ASSERT_EQ(run(std::string(train) + "v.txt --checkpoint run.ckpt"), 0) << content("err");
  ASSERT_EQ(run("info v.txt"), 0) << content("err");
  EXPECT_NE(content("out").find("its vocabulary and vectors are those of this file"), std::string::npos) << content("out");
  EXPECT_NE(content("out").find("vectors.xxh3_128"), std::string::npos) << content("out");
  ASSERT_EQ(run("info v.txt --json"), 0) << content("err");
  EXPECT_NE(content("out").find("\"words_xxh3_128\""), std::string::npos) << content("out");
  for (const std::string format : {"text", "binary", "glove", "npy", "safetensors"}) {
    ASSERT_EQ(run("export v.txt --to " + format + " -o w.npy"), 0) << content("err");
    EXPECT_EQ(run("info w.npy --meta v.txt.meta.json"), 0) << format << content("err");
  }
  EXPECT_EQ(run("info run.ckpt --meta v.txt.meta.json"), 0) << content("err");
}

TEST_F(Meta, ThatOfOtherVectorsIsAnError) {
  ASSERT_EQ(run(std::string(train) + "v.txt"), 0) << content("err");
  const std::string meta = content("v.txt.meta.json"), vectors = content("v.txt");
  const auto refused = [&](const std::string& why) {
    EXPECT_EQ(run("info v.txt"), 1) << content("out");
    EXPECT_NE(content("err").find(why), std::string::npos) << content("err");
    EXPECT_EQ(content("err").find('\n'), content("err").size() - 1) << "not one line: " << content("err");
  };
  std::string changed = vectors;
  const std::size_t digit = changed.size() - 3;
  changed[digit] = changed[digit] == '1' ? '2' : '1';
  std::ofstream(folder_ + "/v.txt") << changed;
  refused("v.txt.meta.json is not of the vectors in v.txt: the numbers' hash is");
  changed = vectors;
  changed[changed.find('\n') + 1] = 'Z';
  std::ofstream(folder_ + "/v.txt") << changed;
  refused("the words are others");
  ASSERT_EQ(run("export v.txt --to text --top 5 -o w.txt"), 0);
  std::ofstream(folder_ + "/v.txt") << content("w.txt");
  refused("they are 5 x 16, expected 28 x 16");
  for (const std::string& damaged : {std::string(), std::string("{"), std::string("[]"), meta.substr(0, meta.size() / 2)}) {
    std::ofstream(folder_ + "/v.txt.meta.json") << damaged;
    refused("v.txt.meta.json is not what train --meta writes");
  }
}

TEST_F(Meta, WantsVectorsInAFile) {
  EXPECT_EQ(run(std::string(train) + "- >vectors"), 2);
  EXPECT_NE(content("err").find("--meta writes a file beside the vectors"), std::string::npos) << content("err");
  EXPECT_EQ(run(std::string(train) + "v.txt --report v.txt.meta.json"), 2) << content("err");
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/v.txt"));
}

}  // namespace
}  // namespace word2vec
