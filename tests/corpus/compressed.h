// Text compressed by the libraries, for tests.
#pragma once

#include <bzlib.h>
#include <gtest/gtest.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <string>
#include <string_view>

#include "corpus/io/compression.h"

namespace word2vec {

inline constexpr Compression every_compression[] = {Compression::gzip, Compression::bzip2, Compression::xz, Compression::zstd};

inline std::string gzip_compressed(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string bzip2_compressed(std::string_view text) {
  std::string packed(text.size() + text.size() / 100 + 600, '\0');
  auto size = static_cast<unsigned>(packed.size());
  EXPECT_EQ(
      BZ2_bzBuffToBuffCompress(packed.data(), &size, const_cast<char*>(text.data()), static_cast<unsigned>(text.size()), 9, 0, 0),
      BZ_OK);
  packed.resize(size);
  return packed;
}

inline std::string xz_compressed(std::string_view text) {
  std::string packed(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  EXPECT_EQ(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                    reinterpret_cast<std::uint8_t*>(packed.data()), &size, packed.size()),
            LZMA_OK);
  packed.resize(size);
  return packed;
}

/// As a stream of unknown length, so that the header tells the window, with a checksum as the tool writes it.
inline std::string zstd_compressed(std::string_view text) {
  ZSTD_CCtx* const stream = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(text.size()) + 64, '\0');
  ZSTD_inBuffer in{text.data(), text.size(), 0}, none{nullptr, 0, 0};
  ZSTD_outBuffer out{packed.data(), packed.size(), 0};
  while (in.pos < in.size) EXPECT_FALSE(ZSTD_isError(ZSTD_compressStream2(stream, &out, &in, ZSTD_e_continue)));
  EXPECT_EQ(ZSTD_compressStream2(stream, &out, &none, ZSTD_e_end), 0U);
  packed.resize(out.pos);
  ZSTD_freeCCtx(stream);
  return packed;
}

inline std::string compressed(Compression compression, std::string_view text) {
  switch (compression) {
    case Compression::gzip:
      return gzip_compressed(text);
    case Compression::bzip2:
      return bzip2_compressed(text);
    case Compression::xz:
      return xz_compressed(text);
    case Compression::zstd:
      return zstd_compressed(text);
    case Compression::none:
      break;
  }
  return std::string(text);
}

}  // namespace word2vec
