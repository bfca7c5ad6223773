// One interface over the compression libraries. Knows their calls; refuses to know files, threads and positions.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>

#include "corpus/io/compression.h"

namespace word2vec {

/// Why data cannot be unpacked, in the library's words: "incorrect data check".
struct DamagedData : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Data that is sound but wants more memory than is given; `what` says how much.
struct TooLarge : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Unpacks one member (gzip's word; xz says stream, zstd frame) after another. Not thread-safe.
class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Begins a member. Throws std::bad_alloc.
  virtual void begin() = 0;

  /// Takes from the front of `in`, gives to the front of `out`, both of which then begin behind that. Goes as far as either
  /// allows; true at the member's end. Throws DamagedData, TooLarge and std::bad_alloc; `in` then begins near the damage.
  virtual bool decode(std::span<const char>& in, std::span<char>& out) = 0;
};

/// A decoder may take this much memory, whatever the data says: the largest windows that zstd (--long=31) and xz write.
/// It is touched only as far as there is text to fill it.
inline constexpr std::uint64_t largest_window = std::uint64_t{1} << 31;

/// `compression` is not none. `memory_limit` in bytes holds for xz and zstd; gzip takes 64 kB and bzip2 4 MB.
std::unique_ptr<Decoder> make_decoder(Compression compression, std::uint64_t memory_limit = largest_window);

}  // namespace word2vec
