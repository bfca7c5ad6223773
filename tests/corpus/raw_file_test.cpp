#include "corpus/io/raw_file.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class RawFileTest : public Scratch {};

TEST_F(RawFileTest, AFileThatShrinksWhileItIsReadIsAnErrorWithTheByte) {
  RawFile file(write("f", std::string(100, 'x')));
  std::array<char, 60> buffer;
  EXPECT_EQ(file.read(buffer), 60U);
  std::filesystem::resize_file(path("f"), 70);
  const std::string message = message_of<Error>([&] { file.read(buffer); });
  EXPECT_EQ(message, path("f") + " ends at byte 70, but had 100 bytes when it was opened; run again when nothing changes it");
}

TEST_F(RawFileTest, WhatIsAppendedAfterOpeningIsLeft) {
  RawFile file(write("f", "before"));
  std::ofstream(path("f"), std::ios::app) << " after";
  std::array<char, 60> buffer;
  EXPECT_EQ(file.read(buffer), 6U);
  EXPECT_EQ(file.read(buffer), 0U);
  EXPECT_EQ(file.position(), file.size());
}

TEST_F(RawFileTest, AFileOfUnknownSizeIsReadToItsEnd) {
  RawFile file("/proc/self/status");  // the system says 0 bytes
  std::array<char, 4096> buffer;
  EXPECT_GT(file.read(buffer), 100U);
}

TEST_F(RawFileTest, WaitingForAPipeCanBeInterrupted) {
  std::array<int, 2> ends;
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
  const int interrupt = ::eventfd(0, EFD_CLOEXEC);
  RawFile file("/dev/fd/" + std::to_string(ends[0]));
  std::array<char, 8> buffer;
  ASSERT_EQ(::write(ends[1], "abc", 3), 3);
  EXPECT_EQ(file.read_some(buffer, interrupt), 3U);
  ::eventfd_write(interrupt, 1);
  EXPECT_EQ(file.read_some(buffer, interrupt), 0U) << "the pipe is still open, and empty";
  for (const int descriptor : {ends[0], ends[1], interrupt}) ::close(descriptor);
}

TEST_F(RawFileTest, NamesWhatCannotBeRead) {
  expect_has(message_of<Error>([&] { RawFile file(path("none")); }), path("none") + ": No such file or directory");
  expect_has(message_of<Error>([&] { RawFile file(folder_); }), folder_ + ": Is a directory");
  expect_has(message_of<Error>([&] { RawFile file(""); }), "No such file");
  if (::geteuid() == 0) return;  // root may read everything
  std::filesystem::permissions(write("secret", "x"), std::filesystem::perms::none);
  expect_has(message_of<Error>([&] { RawFile file(path("secret")); }), "Permission denied; check its permissions");
}

}  // namespace
}  // namespace word2vec
