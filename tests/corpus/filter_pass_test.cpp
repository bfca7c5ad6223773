#include "corpus/filter_pass.h"

#include "corpus/io/error.h"
#include "corpus/text/text_filters.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class FilterPassTest : public Scratch {
 protected:
  static std::string filtered(TextPassOptions options, std::uint64_t* bytes = nullptr) {
    TextFilters filters({.lowercase = true});
    std::string text;
    const FilterPassAccount account = filter_text(filters.filtered(options), {}, [&](std::string_view piece) { text += piece; });
    if (bytes != nullptr) *bytes = account.bytes;
    return text;
  }
};

TEST_F(FilterPassTest, WritesInOrderWhateverTheBlocksAndThreads) {
  const std::string first = write("1", "A B C\nD " + std::string(500, 'E') + " F G\n"),
                    second = write("2", "\xEF\xBB\xBFLast one");
  const std::string expected = "a b c\nd " + std::string(500, 'e') + " f g\nlast one\n";
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    for (const std::size_t block : {1UL, 2UL, 3UL, 10UL, 1UL << 18}) {
      std::uint64_t bytes = 0;
      EXPECT_EQ(filtered({.files = {first, second}, .threads = threads, .block_bytes = block}, &bytes), expected) << block;
      EXPECT_EQ(bytes, read(first).size() + read(second).size() - 3);
    }
  }
}

TEST_F(FilterPassTest, WhatWritingThrowsEndsThePass) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "word ";
  TextFilters filters({.lowercase = true});
  const TextPassOptions options = filters.filtered({.files = {write("t", text)}, .threads = 4, .block_bytes = 10});
  EXPECT_EQ(message_of<Error>([&] { filter_text(options, {}, [](std::string_view) { throw Error("full"); }); }), "full");
  expect_has(message_of<Error>([&] { filtered({.files = {path("none")}}); }), path("none"));
}

}  // namespace
}  // namespace word2vec
