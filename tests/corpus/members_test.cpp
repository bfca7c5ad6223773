#include "corpus/io/members.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class MembersTest : public Scratch {
 protected:
  /// The text of a file of these bytes, read `step` bytes at a time.
  std::string text_of(Compression kind, const std::string& bytes, std::size_t step = 4096) const {
    RawFile file(write("f", bytes));
    std::vector<char> head(std::min<std::size_t>(bytes.size(), 12)), buffer(step);
    file.read(head);
    Members members(file, kind, head);
    std::string text;
    std::size_t got = 0;
    do {
      got = members.read(buffer);
      text.append(buffer.data(), got);
    } while (got == buffer.size());
    EXPECT_EQ(members.position(), bytes.size());
    return text;
  }
  std::string message_from(Compression kind, const std::string& bytes) const {
    return message_of<Error>([&] { text_of(kind, bytes); });
  }
};

TEST_F(MembersTest, GivesTheTextOfAllMembers) {
  std::string one = "one text\n", two;
  for (int i = 0; i < 100000; ++i) two += std::to_string(i * 7919 % 100003) + " ";
  for (const Compression kind : every_compression) {
    SCOPED_TRACE(compression_name(kind));
    const std::string first = compressed(kind, one), second = compressed(kind, two), none = compressed(kind, "");
    EXPECT_EQ(text_of(kind, first, 3), one);
    EXPECT_EQ(text_of(kind, none), "");
    EXPECT_EQ(text_of(kind, first + none + second + first), one + two + one);
    EXPECT_EQ(text_of(kind, first + std::string(4, '\0') + second + std::string(300000, '\0')), one + two) << "padding";
  }
}

TEST_F(MembersTest, SkipsFramesThatAreToBeSkipped) {
  const std::string skip = "\x51\x2a\x4d\x18\x03\0\0\0xyz"s;
  EXPECT_EQ(text_of(Compression::zstd, skip + zstd_compressed("a") + skip), "a");
}

TEST_F(MembersTest, CutAtAnyByteIsAnErrorThatNamesTheByte) {
  for (const Compression kind : every_compression) {
    const std::string sound = compressed(kind, "some words, some words, and others\n");
    for (const std::string& before : {""s, sound}) {
      for (std::size_t size = 1; size < sound.size(); ++size) {
        SCOPED_TRACE(fmt::format("{} cut at {} after {}", compression_name(kind), size, before.size()));
        const std::string message = message_from(kind, before + sound.substr(0, size));
        // Behind a sound member, less than a magic number is just something else.
        if (recognise_compression(sound.substr(0, size)) != kind && !before.empty()) {
          expect_has(message,
                     fmt::format("something else behind its {} data, from byte {}", compression_name(kind), before.size()));
        } else {
          expect_has(message, fmt::format("{} ends at byte {} in the middle of its {} data; fetch the whole of it again",
                                          path("f"), before.size() + size, compression_name(kind)));
        }
      }
    }
  }
}

TEST_F(MembersTest, AFlippedBitGivesAnErrorOrTheExactText) {
  // All four have checksums here. zstd's is optional (its tool writes it): without it a flip among literals goes unseen by
  // anyone.
  const std::string text = "some words, some words, and others\n";
  for (const Compression kind : every_compression) {
    const std::string sound = compressed(kind, text);
    int told = 0;
    for (std::size_t bit = 0; bit < 8 * sound.size(); ++bit) {
      std::string flipped = sound;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      try {
        EXPECT_EQ(text_of(kind, flipped), text) << compression_name(kind) << " bit " << bit;
      } catch (const Error& error) {
        expect_has(error.what(), path("f"));
        ++told;
      }
    }
    EXPECT_GT(told, static_cast<int>(6 * sound.size())) << compression_name(kind);
  }
}

TEST_F(MembersTest, WhatFollowsTheDataIsToldWithTheByte) {
  for (const Compression kind : every_compression) {
    const std::string sound = compressed(kind, "words");
    for (const std::string& rest : {"x"s, "garbage that is long enough"s, "\0\0\0\0x"s, "\n"s}) {
      const std::size_t at = sound.size() + rest.find_first_not_of('\0');
      expect_has(message_from(kind, sound + rest), fmt::format("from byte {}; cut that off with head -c {}", at, at));
    }
  }
  expect_has(message_from(Compression::gzip, gzip_compressed("a") + zstd_compressed("b")), "something else behind its gzip data");
}

TEST_F(MembersTest, DamageNamesTheLibrarysReason) {
  std::string gzip = gzip_compressed("words");
  gzip[gzip.size() - 8] ^= 1;
  expect_has(message_from(Compression::gzip, gzip),
             fmt::format("{} is damaged at byte {} of its gzip data: incorrect data check; "
                         "fetch it again (it is sound when gzip -t finds nothing)",
                         path("f"), gzip.size() - 4));
  std::string zstd = zstd_compressed("words");
  zstd.back() ^= 1;
  expect_has(message_from(Compression::zstd, zstd), "checksum");
}

/// The dictionary size in the header of an xz stream's first block, where liblzma writes one filter.
std::string with_dictionary(std::string xz, char size) {
  constexpr std::size_t header = 12;
  const std::size_t length = (static_cast<unsigned char>(xz[header]) + 1U) * 4U;
  xz[xz.find("\x21\x01", header + 2) + 2] = size;  // LZMA2 and the one byte of its properties
  const std::uint32_t check = lzma_crc32(reinterpret_cast<const std::uint8_t*>(xz.data()) + header, length - 4, 0);
  for (std::size_t i = 0; i < 4; ++i) xz[header + length - 4 + i] = static_cast<char>(check >> 8 * i);
  return xz;
}

TEST_F(MembersTest, AHeaderThatWantsMoreMemoryThanIsGivenIsAnError) {
  std::string zstd = zstd_compressed("words");
  zstd[5] = static_cast<char>(21 << 3);  // a window of 2^31 bytes: that of --long=31
  EXPECT_EQ(text_of(Compression::zstd, zstd), "words");
  zstd[5] = static_cast<char>(31 << 3);
  expect_has(message_from(Compression::zstd, zstd), path("f") + " wants a larger window");
  const std::string xz = xz_compressed("words");
  EXPECT_EQ(text_of(Compression::xz, with_dictionary(xz, 37)), "words");  // 1.5 GiB, the largest that xz writes
  expect_has(message_from(Compression::xz, with_dictionary(xz, 40)),
             "2147 MB is the most given; unpack it on the way with xz -dc");
}

}  // namespace
}  // namespace word2vec
