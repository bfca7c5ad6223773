#include "corpus/io/decompressor.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "corpus/io/error.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class DecompressorTest : public Scratch {};

TEST_F(DecompressorTest, GivesBlocksInOrderAndPositionsThatRise) {
  std::string text;
  for (int i = 0; i < 500000; ++i) text += std::to_string(i * 7919LL % 1000003) + " ";
  for (const Compression kind : every_compression) {
    RawFile file(write("f", compressed(kind, text)));
    Decompressor decompressor(file, kind, {});
    std::string all;
    std::vector<char> buffer(99991);
    std::uint64_t position = 0;
    while (const std::size_t got = decompressor.read(buffer)) {
      all.append(buffer.data(), got);
      EXPECT_GE(decompressor.position(), position);
      position = decompressor.position();
    }
    EXPECT_TRUE(all == text) << compression_name(kind);
    EXPECT_EQ(position, file.size());
    EXPECT_EQ(decompressor.read(buffer), 0U) << "the end stays the end";
  }
}

TEST_F(DecompressorTest, AnErrorReachesTheReaderAndStays) {
  const std::string sound = gzip_compressed(std::string(3000000, 'x'));
  RawFile file(write("f", sound.substr(0, sound.size() - 1)));
  Decompressor decompressor(file, Compression::gzip, {});
  std::vector<char> buffer(1000);
  expect_has(message_of<Error>([&] {
               while (decompressor.read(buffer) != 0) {
               }
             }),
             "in the middle of its gzip data");
  EXPECT_THROW(decompressor.read(buffer), Error);
}

TEST_F(DecompressorTest, AReaderMayLeaveEarly) {
  const std::string sound = gzip_compressed(std::string(5000000, 'x'));
  for (const std::size_t some : {0U, 1U, 300000U, 2000000U}) {
    RawFile file(write("f", sound));
    Decompressor decompressor(file, Compression::gzip, {});
    std::vector<char> buffer(some);
    EXPECT_EQ(decompressor.read(buffer), some);
  }
}

TEST_F(DecompressorTest, AReaderMayLeaveAPipeThatHasNothingToGive) {
  std::array<int, 2> ends;
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  {
    RawFile file("/dev/fd/" + std::to_string(ends[0]));
    const Decompressor decompressor(file, Compression::xz, {});
  }
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(DecompressorTest, AHundredMegabytesOfZerosTakeLittleMemory) {
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;  // kB
  };
  constexpr std::size_t part = 10000000;
  for (const Compression kind : every_compression) {
    std::string packed;
    const std::string member = compressed(kind, std::string(part, '\0'));
    for (int i = 0; i < 10; ++i) packed += member;
    RawFile file(write("f", packed));
    const auto before = peak();
    Decompressor decompressor(file, kind, {});
    std::vector<char> buffer(1 << 16);
    std::size_t all = 0;
    while (const std::size_t got = decompressor.read(buffer)) all += got;
    EXPECT_EQ(all, 10 * part);
    EXPECT_LT(peak() - before, 40000) << compression_name(kind);
  }
}

}  // namespace
}  // namespace word2vec
