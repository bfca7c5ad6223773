// Which files a format is made of, and that they change together or not at all.
#include "trainer/embeddings/vector_output.h"

#include <gtest/gtest.h>

#include <limits>

#include "corpus/io/error.h"
#include "tests/embeddings/saved_vectors.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

using Names = std::vector<std::string>;

TEST(VectorOutput, FilesOfEachFormat) {
  const TemporaryFolder folder;
  EXPECT_EQ(vector_files("v.txt.gz", VectorFormat::text), (Names{"v.txt.gz"}));
  EXPECT_EQ(vector_files("-", VectorFormat::safetensors), (Names{"-"}));
  EXPECT_EQ(vector_files("v.npy", VectorFormat::npy), (Names{"v.npy", "v.vocab.txt"}));
  const auto projector = [](const std::string& path) { return vector_files(path, VectorFormat::projector); };
  EXPECT_EQ(projector("vectors.tsv"), (Names{"vectors.tsv", "metadata.tsv"}));
  EXPECT_EQ(projector("vectors/my-vectors.tsv.gz"), (Names{"vectors/my-vectors.tsv.gz", "vectors/my-metadata.tsv.gz"}));
  EXPECT_EQ(projector("vectors/x.tsv"), (Names{"vectors/x.tsv", "vectors/x.metadata.tsv"}));
  EXPECT_EQ(projector("x.tsv.zst"), (Names{"x.tsv.zst", "x.metadata.tsv.zst"}));
  EXPECT_EQ(projector(folder.path("")), (Names{folder.path("vectors.tsv"), folder.path("metadata.tsv")}));
}

TEST(VectorOutput, TwoFilesNeedAName) {
  for (const VectorFormat format : {VectorFormat::npy, VectorFormat::projector}) {
    for (const char* const path : {"-", "/dev/stdout", "/dev/null", ""})
      EXPECT_THROW(VectorOutput(path, format), UsageError) << path;
  }
  const TemporaryFolder folder;
  EXPECT_THROW(VectorOutput(folder.path(""), VectorFormat::npy), Error);
  EXPECT_THROW(VectorOutput(folder.path("none/"), VectorFormat::projector), Error);
}

TEST(VectorOutput, TheProjectorsTables) {
  const TemporaryFolder folder;
  save(folder.path(""), VectorFormat::projector, {"new york", "\xC2\xA0#"}, matrix_of({{1, -0.25F}, {1e-9F, 3}}));
  EXPECT_EQ(read_whole(folder.path("vectors.tsv")), "1\t-0.25\n1e-09\t3\n");
  EXPECT_EQ(read_whole(folder.path("metadata.tsv")), "new york\n\xC2\xA0#\n");
}

TEST(VectorOutput, NeitherOfTwoFilesChangesWhenOneCannotBeWritten) {
  const TemporaryFolder folder;
  folder.file("v.npy", "old numbers");
  folder.file("v.vocab.txt", "old words");
  const auto unchanged = [&] {
    EXPECT_EQ(read_whole(folder.path("v.npy")), "old numbers");
    EXPECT_EQ(read_whole(folder.path("v.vocab.txt")), "old words");
  };
  EXPECT_THROW(save(folder.path("v.npy"), VectorFormat::npy, {"a", "b\n"}, Matrix(2, 2)), Error);
  unchanged();
  EXPECT_THROW(save(folder.path("v.npy"), VectorFormat::npy, {"a"}, matrix_of({{std::numeric_limits<float>::infinity()}})),
               Error);
  unchanged();
  { VectorOutput(folder.path("v.npy"), VectorFormat::npy).write({"a"}, Matrix(1, 1)); }
  unchanged();
  save(folder.path("v.npy"), VectorFormat::npy, {"a"}, Matrix(1, 1));
  EXPECT_EQ(read_whole(folder.path("v.vocab.txt")), "a\n");
  std::filesystem::remove(folder.path("v.vocab.txt"));
  std::filesystem::create_directory(folder.path("v.vocab.txt"));
  EXPECT_THROW(save(folder.path("v.npy"), VectorFormat::npy, {"b"}, Matrix(1, 1)), Error);
}

}  // namespace
}  // namespace word2vec
