// Which compression or archive bytes begin. Knows magic numbers and the commands that unpack; refuses to know how to unpack.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace word2vec {

enum class Compression { none, gzip, bzip2, xz, zstd };

/// Bytes of a file's beginning that tell every kind apart.
inline constexpr std::size_t telling_bytes = 512;

/// "gzip", "bzip2", "xz" or "zstd", which are the tools' names too.
const char* compression_name(Compression compression);

/// By content. `head` is the first `telling_bytes`, or less when the whole file is shorter: an archive cut within its magic
/// number is still told when no text begins so.
Compression recognise_compression(std::span<const char> head);

/// Throws Error, with the command that unpacks it, when `head` begins an archive that is not read here: zip, 7z, rar, tar and
/// others, or, `inside` a compression, one more.
void refuse_archive(std::span<const char> head, const std::string& name, Compression inside = Compression::none);

/// A path between single quotes, for commands to be pasted into a shell.
std::string shell_quoted(const std::string& path);

}  // namespace word2vec
