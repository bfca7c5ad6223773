#include "corpus/io/temporary_file.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class TemporaryFileTest : public Scratch {};

TEST_F(TemporaryFileTest, KeepsWhatIsWrittenAndHasNoName) {
  TemporaryFile file(folder_, "words");
  EXPECT_FALSE(file.made());
  EXPECT_EQ(file.append(std::string_view("one")), 0U);
  EXPECT_EQ(file.append(std::string_view("two")), 3U);
  file.write(std::string_view("XY"), 2);
  TemporaryFile moved(std::move(file));
  std::string back(6, ' ');
  moved.read(back, 0);
  EXPECT_EQ(back, "onXYwo");
  EXPECT_EQ(moved.size(), 6U);
  EXPECT_TRUE(names().empty());
}

TEST_F(TemporaryFileTest, AnEndThatComesTooSoonIsAnError) {
  TemporaryFile file(folder_, "words");
  file.append(std::string_view("one"));
  std::string back(4, ' ');
  expect_has(message_of<Error>([&] { file.read(back, 0); }), "cannot keep words in a file in " + folder_);
  file.truncate(1);
  back.resize(2);
  EXPECT_THROW(file.read(back, 0), Error);
}

TEST_F(TemporaryFileTest, NamesTheFolderThatIsMissing) {
  TemporaryFile file(path("none"), "words");
  expect_has(message_of<Error>([&] { file.append(std::string_view("one")); }), path("none"));
}

TEST_F(TemporaryFileTest, LiesBesideTheOutputUnlessThatIsADevice) {
  EXPECT_EQ(folder_beside("v"), ".");
  EXPECT_EQ(folder_beside("a/b/v"), "a/b");
  EXPECT_EQ(folder_beside("-"), ".");
  EXPECT_EQ(folder_beside("/dev/stdout"), std::filesystem::temp_directory_path());
  EXPECT_EQ(folder_beside("/dev/fd/3"), std::filesystem::temp_directory_path());
  EXPECT_EQ(folder_beside("/device/v"), "/device");
}

}  // namespace
}  // namespace word2vec
