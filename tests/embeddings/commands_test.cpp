// export and info as a user calls them: files in, files out, and what is printed.
#include <gtest/gtest.h>

#include <cmath>

#include "corpus/io/error.h"
#include "tests/embeddings/saved_vectors.h"
#include "tests/embeddings/temporary_folder.h"
#include "trainer/embeddings/export_command.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/info_command.h"

namespace word2vec {
namespace {

constexpr const char* rows = "4 2\na 3 4\nb 0 0\nc 1 0\nd -5 12\n";

struct Export : testing::Test {
  TemporaryFolder folder;
  std::string input = folder.file("in", rows), output = folder.path("out");

  /// Runs `export in -o out MORE...`; returns the output's content.
  std::string run(std::vector<std::string> more, const std::string& to = "text") {
    std::vector<std::string> words = {input, "-o", output, "--to", to};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(export_command(words), 0);
    return read_whole(output);
  }
};

TEST_F(Export, ConvertsThereAndBack) {
  EXPECT_EQ(run({}, "binary").substr(0, 6), "4 2\na ");
  const std::string binary = output;
  EXPECT_EQ(export_command({binary, "--output", folder.path("back"), "--to=text"}), 0);
  EXPECT_EQ(read_whole(folder.path("back")), rows);
}

TEST_F(Export, OverItsOwnInput) {
  EXPECT_EQ(export_command({input, "-o", input, "--to", "binary"}), 0);
  EXPECT_EQ(read_vectors(input).format, VectorFormat::binary);
}

TEST_F(Export, NormalizesAndLeavesZeros) { EXPECT_EQ(run({"--normalize", "--top", "3"}), "3 2\na 0.6 0.8\nb 0 0\nc 1 0\n"); }

TEST_F(Export, TopAndWords) {
  EXPECT_EQ(run({"--top", "1"}), "1 2\na 3 4\n");
  EXPECT_EQ(run({"--top", "0"}), rows);
  EXPECT_EQ(run({"--top", "99"}), rows);
  const std::string list = folder.file("list", "d\r\nnobody\nc\nd\n\n");
  testing::internal::CaptureStderr();
  EXPECT_EQ(run({"--words", list}), "2 2\nc 1 0\nd -5 12\n");
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_NE(told.find("1 words of " + list + " have no vector"), std::string::npos) << told;
  EXPECT_NE(told.find("wrote 2 words of 2 numbers"), std::string::npos) << told;
  EXPECT_EQ(run({"--words", list, "--top", "1"}), "1 2\nc 1 0\n");
}

TEST_F(Export, WrongUseIsToldAndTheOldFileStays) {
  write_whole(output, "precious");
  EXPECT_THROW(export_command({}), UsageError);
  EXPECT_THROW(export_command({input, "-o", output}), UsageError);
  EXPECT_THROW(export_command({input, "--to", "text"}), UsageError);
  EXPECT_THROW(export_command({"-o", output, "--to", "text"}), UsageError);
  EXPECT_THROW(export_command({input, input, "-o", output, "--to", "text"}), UsageError);
  EXPECT_THROW(export_command({input, "-o", output, "--to", "word"}), UsageError);
  EXPECT_THROW(export_command({input, "-o", output, "--to", "text", "--top", "-1"}), UsageError);
  EXPECT_THROW(export_command({folder.path("none"), "-o", output, "--to", "text"}), Error);
  EXPECT_THROW(export_command({input, "-o", output, "--to", "text", "--words", folder.file("l", "nobody\n")}), Error);
  EXPECT_THROW(export_command({input, "-o", output, "--to", "text", "--words", folder.file("l", "")}), Error);
  EXPECT_THROW(export_command({input, "-o", folder.path("no/folder"), "--to", "text"}), Error);
  EXPECT_EQ(read_whole(output), "precious");
}

TEST_F(Export, EveryFormatThereAndBack) {
  for (const std::string format : {"text", "binary", "glove", "npy", "safetensors"}) {
    for (const std::string ending : {"", ".gz", ".zst"}) {
      const std::string there = folder.path("v" + ending);
      EXPECT_EQ(export_command({input, "-o", there, "--to", format}), 0);
      EXPECT_EQ(export_command({there, "-o", output, "--to", "text"}), 0);
      EXPECT_EQ(read_whole(output), rows) << format << ending;
    }
  }
}

TEST_F(Export, TheProjectorsFilesIntoAFolder) {
  std::filesystem::create_directory(folder.path("p"));
  testing::internal::CaptureStderr();
  EXPECT_EQ(export_command({input, "-o", folder.path("p"), "--to", "projector", "--top", "1"}), 0);
  EXPECT_NE(testing::internal::GetCapturedStderr().find(folder.path("p/vectors.tsv") + " and " + folder.path("p/metadata.tsv")),
            std::string::npos);
  EXPECT_EQ(read_whole(folder.path("p/vectors.tsv")), "3\t4\n");
  EXPECT_EQ(read_whole(folder.path("p/metadata.tsv")), "a\n");
}

TEST_F(Export, TheWordsOfItsInputStayUnlessAllOfItIsReplaced) {
  const std::string array = folder.path("v.npy");
  EXPECT_EQ(export_command({input, "-o", folder.path("v"), "--to", "text"}), 0);
  EXPECT_EQ(export_command({folder.path("v"), "-o", array, "--to", "npy"}), 0);
  EXPECT_THROW(export_command({array, "-o", folder.path("v"), "--to", "npy", "--top", "1"}), UsageError);
  EXPECT_EQ(read_whole(folder.path("v.vocab.txt")), "a\nb\nc\nd\n");
  EXPECT_EQ(export_command({array, "-o", array, "--to", "npy", "--top", "1"}), 0);
  EXPECT_EQ(read_whole(folder.path("v.vocab.txt")), "a\n");
  EXPECT_EQ(read_vectors(array).embeddings.size(), 1U);
}

std::string info(const std::vector<std::string>& words) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(info_command(words), 0);
  return testing::internal::GetCapturedStdout();
}

TEST(Info, SaysWhatTheFileIs) {
  const TemporaryFolder folder;
  const std::string path = folder.file("v", rows), plain = info({path});
  for (const char* const part :
       {"word2vec text", "words        4\n", "dimension    2\n", "30 bytes", "'a' 'b' 'c' 'd'", "mean 4.75, min 0, max 13"}) {
    EXPECT_NE(plain.find(part), std::string::npos) << part << "\nin\n" << plain;
  }
}

TEST(Info, JsonEvenOfWordsThatAreNotUtf8) {
  const TemporaryFolder folder;
  const std::string json = info({folder.file("v", "2 1\n\xff\"x 3\nb 1\n"), "--json"});
  for (const char* const part : {"\"format\": \"text\"", "\"words\": 2", "\"dim\": 1", "\"\xEF\xBF\xBD\\\"x\"", "\"max\": 3.0"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << "\nin\n" << json;
  }
  EXPECT_NE(info({golden("small.bin"), "--json"}).find("\"format\": \"binary\""), std::string::npos);
}

TEST(Info, CompressionAndNotes) {
  const TemporaryFolder folder;
  save(folder.path("v.gz"), VectorFormat::safetensors, {"a"}, matrix_of({{3, 4}}), {{"model", "cbow\n!"}});
  const std::string plain = info({folder.path("v.gz")}), json = info({folder.path("v.gz"), "--json"});
  EXPECT_NE(plain.find("format       safetensors, compressed by gzip\n"), std::string::npos) << plain;
  EXPECT_NE(plain.find("model        cbow?!\n"), std::string::npos) << plain;
  for (const char* const part : {"\"compression\": \"gzip\"", "\"model\": \"cbow\\n!\"", "\"format\": \"safetensors\""})
    EXPECT_NE(json.find(part), std::string::npos) << part << "\nin\n" << json;
}

TEST(Info, WrongUseIsTold) {
  EXPECT_THROW(info_command({}), UsageError);
  EXPECT_THROW(info_command({"a", "b"}), UsageError);
  EXPECT_THROW(info_command({"/none"}), Error);
}

}  // namespace
}  // namespace word2vec
