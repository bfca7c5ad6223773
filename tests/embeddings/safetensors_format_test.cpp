// safetensors: the layout of its specification, what others may have put there, and headers that lie.
#include "trainer/embeddings/safetensors_format.h"

#include <gtest/gtest.h>

#include <cstring>

#include "corpus/io/error.h"
#include "tests/embeddings/saved_vectors.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

std::string with_header(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

std::string tensor(const std::string& name, const std::string& type, const std::string& shape, const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape + "],\"data_offsets\":[" + offsets + "]}";
}

const std::string vocabulary = tensor("vocabulary", "U8", "4", "16,20");
const std::string good = "{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + vocabulary + "}";

std::string data() {
  const float numbers[] = {1, -2, 0.5F, 3};
  return std::string(reinterpret_cast<const char*>(numbers), sizeof numbers) + "a\nb\n";
}

struct Safetensors : testing::Test {
  TemporaryFolder folder;

  VectorFile read(const std::string& content) { return read_vectors(folder.file("v.safetensors", content)); }
  std::string refusal(const std::string& header, const std::string& content = data()) {
    return message_of<Error>([&] { read(with_header(header, content)); });
  }
};

TEST_F(Safetensors, TheLayoutWritten) {
  save(folder.path("o"), VectorFormat::safetensors, {"a", "b"}, matrix_of({{1, -2}, {0.5F, 3}}), {{"model", "cbow"}});
  const std::string whole = read_whole(folder.path("o"));
  std::uint64_t length = 0;
  std::memcpy(&length, whole.data(), sizeof length);
  EXPECT_EQ(length % 8, 0U);
  EXPECT_EQ(whole.substr(8, length).substr(0, 33), "{\"__metadata__\":{\"model\":\"cbow\"},");
  EXPECT_EQ(whole.substr(8 + length), data());
  const VectorFile file = read_vectors(folder.path("o"));
  EXPECT_EQ(file.format, VectorFormat::safetensors);
  EXPECT_EQ(file.notes, (VectorNotes{{"model", "cbow"}}));
}

TEST_F(Safetensors, ReadsInAnyOrderWithOtherTensorsAndSpaces) {
  const std::string others = "{" + tensor("bias", "I64", "1", "0,8") + "," + tensor("vocabulary", "U8", "4", "24,28") + "," +
                             tensor("embeddings", "F32", "2,2", "8,24") + ",\"__metadata__\":{\"format\":\"pt\"}}   ";
  const VectorFile file = read(with_header(others, "12345678" + data()));
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(same_vectors(file.embeddings.vectors(), matrix_of({{1, -2}, {0.5F, 3}})));
  EXPECT_EQ(file.notes, (VectorNotes{{"format", "pt"}}));
}

TEST_F(Safetensors, AnotherNameTypesAndAListOfWordsBeside) {
  folder.file("v.safetensors.vocab.txt", "a\nb\n");
  const std::uint16_t half[] = {0x3C00, 0xC000, 0x3800, 0x4200}, upper[] = {0x3F80, 0xC000, 0x3F00, 0x4040};
  const double wide[] = {1, -2, 0.5, 3};
  const auto bytes = [](const auto& numbers) { return std::string(reinterpret_cast<const char*>(numbers), sizeof numbers); };
  for (const auto& [type, content] : {std::pair{"F16", bytes(half)}, {"BF16", bytes(upper)}, {"F64", bytes(wide)}}) {
    const std::string header = "{" + tensor("weight", type, "2,2", "0," + std::to_string(content.size())) + "}";
    EXPECT_TRUE(same_vectors(read(with_header(header, content)).embeddings.vectors(), matrix_of({{1, -2}, {0.5F, 3}}))) << type;
  }
}

TEST_F(Safetensors, HeadersThatLie) {
  const std::pair<std::string, const char*> cases[] = {
      {"{", "is not JSON"},
      {"{}", "found 20 bytes behind the tensors"},
      {"{\"embeddings\":5}", "the header is not one of tensors"},
      {"{\"embeddings\":{\"dtype\":\"F32\"}}", "the header is not one of tensors"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("vocabulary", "U8", "4", "12,20") + "}",
       "'vocabulary' has the offsets 12 to 20, expected a start at 16"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("vocabulary", "U8", "3", "17,20") + "}",
       "expected a start at 16"},
      {"{" + tensor("embeddings", "F32", "2,2", "16,0") + "," + vocabulary + "}", "has the offsets 16 to 0"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("vocabulary", "U8", "4", "16,21") + "}",
       "cut short: the tensors take 21 bytes, found 20"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "}", "found 4 bytes behind"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,18446744073709551615") + "," + vocabulary + "}", "has the offsets"},
      {"{" + tensor("embeddings", "F32", "3,2", "0,16") + "," + vocabulary + "}",
       "expected 3 x 2 numbers of 4 bytes, found 16 bytes"},
      {"{" + tensor("embeddings", "F32", "1,2", "0,16") + "," + vocabulary + "}", "has more numbers"},
      {"{" + tensor("embeddings", "F32", "4294967296,4294967296", "0,16") + "," + vocabulary + "}", "expected 4294967296 x"},
      {"{" + tensor("embeddings", "F32", "-2,2", "0,16") + "," + vocabulary + "}", "not whole numbers"},
      {"{" + tensor("embeddings", "F32", "2.5,2", "0,16") + "," + vocabulary + "}", "not whole numbers"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16,20") + "," + vocabulary + "}", "not whole numbers"},
      {"{" + tensor("embeddings", "F32", "4", "0,16") + "," + vocabulary + "}", "has 1 dimensions, expected two"},
      {"{" + tensor("embeddings", "I32", "2,2", "0,16") + "," + vocabulary + "}",
       "the tensor 'embeddings' is 'I32', expected F32"},
      {"{" + tensor("numbers", "I32", "2,2", "0,16") + "," + vocabulary + "}", "has no tensor 'embeddings'"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("embeddings", "U8", "4", "16,20") + "}",
       "has 'embeddings' twice"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("vocabulary", "F32", "1", "16,20") + "}",
       "'vocabulary' is 'F32', expected U8"},
      {"{" + tensor("embeddings", "F32", "2,2", "0,16") + "," + tensor("words", "U8", "4", "16,20") + "}",
       "holds numbers without words"},
  };
  for (const auto& [header, told] : cases) {
    const std::string message = refusal(header);
    EXPECT_NE(message.find(told), std::string::npos) << message << "\nwanted " << told;
    EXPECT_NE(message.find("v.safetensors: "), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << message;
  }
  EXPECT_NE(message_of<Error>([&] { read(with_header(good, "").substr(0, 60)); }).find("the header's length is"),
            std::string::npos);
}

TEST_F(Safetensors, WordsAndNumbersThatAreWrong) {
  const std::string numbers = data().substr(0, 16);
  EXPECT_NE(refusal(good, numbers + "a\n\n\n").find("tensor vocabulary: found 3 words, expected 2"), std::string::npos);
  EXPECT_NE(refusal(good, numbers + "abc\n").find("found 1 words"), std::string::npos);
  EXPECT_NE(refusal(good, numbers + "a\na\n").find("'a' comes twice"), std::string::npos);
  EXPECT_NE(refusal(good, numbers + "\nab\n").find("tensor vocabulary:1: found no word"), std::string::npos);
  const std::string infinite = std::string("\0\0\x80\x7f", 4) + numbers.substr(4) + "a\nb\n";
  const std::string at = std::to_string(8 + good.size());
  EXPECT_NE(refusal(good, infinite).find("byte " + at + ": found inf in row 1, expected a finite number"), std::string::npos);
}

TEST_F(Safetensors, EveryCutIsRefused) {
  const std::string whole = with_header(good, data());
  for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_THROW(read(whole.substr(0, length)), Error) << length;
}

}  // namespace
}  // namespace word2vec
