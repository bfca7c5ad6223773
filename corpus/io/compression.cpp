// Magic numbers. Knows how files of each kind begin; refuses to know how to unpack them.
#include "corpus/io/compression.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

using namespace std::literals;

/// Whether `head` starts with `magic`, or is all that is left of it: `enough` bytes, which begin nothing else.
bool begins(std::span<const char> head, std::string_view magic, std::size_t enough) {
  const std::size_t length = std::min(head.size(), magic.size());
  return length >= enough && std::equal(magic.begin(), magic.begin() + static_cast<std::ptrdiff_t>(length), head.begin());
}

bool begins(std::span<const char> head, std::string_view magic) { return begins(head, magic, magic.size()); }

bool begins_bzip2(std::span<const char> head) {
  if (head.size() < 4 || !begins(head, "BZh") || head[3] < '1' || head[3] > '9') return false;
  // A text may start with these four letters, so the mark of the first block, or of an empty stream's end, is looked at too.
  return begins(head.subspan(4), "1AY&SY", 2) || begins(head.subspan(4), "\x17\x72\x45\x38\x50\x90", 1);
}

bool begins_zstd(std::span<const char> head) {
  if (begins(head, "\x28\xb5\x2f\xfd", 3)) return true;
  // A frame to be skipped, with which pzstd begins: sixteen magic numbers.
  return head.size() >= 4 && (head[0] & 0xF0) == 0x50 && begins(head.subspan(1), "\x2a\x4d\x18");
}

/// What is not read here.
struct Archive {
  const char* name;
  std::size_t offset;
  std::string_view magic;
  const char* unpack;  // writes the content to standard output, given a file
  const char* filter;  // the same from standard input; nullptr: its archives are not read from a pipe
};

constexpr Archive archives[] = {
    {"a zip archive", 0, "PK\x03\x04"sv, "unzip -p", nullptr},
    {"an empty zip archive", 0, "PK\x05\x06"sv, "unzip -p", nullptr},
    {"a 7z archive", 0, "7z\xbc\xaf\x27\x1c"sv, "7z x -so", nullptr},
    {"a rar archive", 0, "Rar!\x1a\x07"sv, "unrar p -inul", nullptr},
    {"a tar archive", 257, "ustar"sv, "tar -xOf", "tar -xOf -"},
    {"lz4 data", 0, "\x04\x22\x4d\x18"sv, "lz4 -dc", "lz4 -dc"},
    {"lzip data", 0, "LZIP\x01"sv, "lzip -dc", "lzip -dc"},
    {"data of compress", 0, "\x1f\x9d"sv, "gzip -dc", "gzip -dc"},
    {"gzip data", 0, "\x1f\x8b"sv, "gzip -dc", "gzip -dc"},
    {"xz data", 0, "\xfd\x37zXZ\0"sv, "xz -dc", "xz -dc"},
    {"zstd data", 0, "\x28\xb5\x2f\xfd"sv, "zstd -dc", "zstd -dc"},
    {"bzip2 data", 0, "BZh91AY&SY"sv, "bzip2 -dc", "bzip2 -dc"},
};

[[noreturn]] void refuse(const Archive& archive, const std::string& name, Compression inside) {
  const bool outer = inside == Compression::none, stream = name == "standard input";
  const std::string source = stream ? "" : " " + shell_quoted(name);
  const std::string what = fmt::format("{} {} {}, which is not read here", name, outer ? "is" : "holds", archive.name);
  const std::string result = stream ? "" : " > unpacked.txt", when = stream ? "on the way" : "first";
  if (outer && !stream) throw Error(fmt::format("{}; unpack it first: {}{}{}", what, archive.unpack, source, result));
  if (archive.filter == nullptr) throw Error(fmt::format("{}; save it to a file and unpack that: {} FILE", what, archive.unpack));
  const std::string first = outer ? "" : fmt::format("{} -dc{} | ", compression_name(inside), source);
  throw Error(fmt::format("{}; unpack it {}: {}{}{}", what, when, first, archive.filter, result));
}

}  // namespace

const char* compression_name(Compression compression) {
  constexpr const char* names[] = {"none", "gzip", "bzip2", "xz", "zstd"};
  return names[static_cast<std::size_t>(compression)];
}

Compression recognise_compression(std::span<const char> head) {
  if (begins(head, "\x1f\x8b")) return Compression::gzip;
  if (begins_bzip2(head)) return Compression::bzip2;
  if (begins(head, "\xfd\x37zXZ\0"sv, 2)) return Compression::xz;
  if (begins_zstd(head)) return Compression::zstd;
  return Compression::none;
}

void refuse_archive(std::span<const char> head, const std::string& name, Compression inside) {
  for (const Archive& archive : archives) {
    if (head.size() > archive.offset && begins(head.subspan(archive.offset), archive.magic)) refuse(archive, name, inside);
  }
}

std::string shell_quoted(const std::string& path) {
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

}  // namespace word2vec
