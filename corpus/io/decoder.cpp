// zlib, bzip2, liblzma and libzstd behind one interface. Knows their calls and error codes; refuses to know files.
#include "corpus/io/decoder.h"

#include <bzlib.h>
#include <fmt/format.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <new>

namespace word2vec {
namespace {

/// The libraries' counters are of 32 bits.
unsigned clamped(std::size_t size) {
  return static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<unsigned>::max()));
}

/// Moves the fronts of both spans to where a library's z_stream, bz_stream or lzma_stream has come.
template <class Stream>
void advance(const Stream& stream, std::span<const char>& in, std::span<char>& out) {
  in = in.subspan(static_cast<std::size_t>(reinterpret_cast<const char*>(stream.next_in) - in.data()));
  out = out.subspan(static_cast<std::size_t>(reinterpret_cast<char*>(stream.next_out) - out.data()));
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() {
    constexpr int gzip_with_largest_window = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, gzip_with_largest_window) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }

  void begin() override { inflateReset(&stream_); }

  bool decode(std::span<const char>& in, std::span<char>& out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = clamped(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = clamped(out.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    advance(stream_, in, out);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
      throw DamagedData(stream_.msg != nullptr ? stream_.msg : "it is not sound");
    return result == Z_STREAM_END;
  }

 private:
  z_stream stream_{};
};

class Bzip2Decoder final : public Decoder {
 public:
  ~Bzip2Decoder() override {
    if (begun_) BZ2_bzDecompressEnd(&stream_);
  }

  void begin() override {
    if (begun_) BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    begun_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    if (!begun_) throw std::bad_alloc();
  }

  bool decode(std::span<const char>& in, std::span<char>& out) override {
    stream_.next_in = const_cast<char*>(in.data());
    stream_.avail_in = clamped(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = clamped(out.size());
    const int result = BZ2_bzDecompress(&stream_);
    advance(stream_, in, out);
    if (result == BZ_MEM_ERROR) throw std::bad_alloc();
    if (result == BZ_DATA_ERROR_MAGIC) throw DamagedData("no bzip2 header");
    if (result == BZ_DATA_ERROR) throw DamagedData("a block or its checksum is wrong");
    if (result != BZ_OK && result != BZ_STREAM_END) throw DamagedData("it is not sound");
    return result == BZ_STREAM_END;
  }

 private:
  bz_stream stream_{};
  bool begun_ = false;
};

class XzDecoder final : public Decoder {
 public:
  explicit XzDecoder(std::uint64_t memory_limit) : memory_limit_(memory_limit) {}
  ~XzDecoder() override { lzma_end(&stream_); }

  void begin() override {
    if (lzma_stream_decoder(&stream_, memory_limit_, 0) != LZMA_OK) throw std::bad_alloc();
  }

  bool decode(std::span<const char>& in, std::span<char>& out) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    advance(stream_, in, out);
    switch (result) {
      case LZMA_OK:
      case LZMA_BUF_ERROR:
        return false;
      case LZMA_STREAM_END:
        return true;
      case LZMA_MEM_ERROR:
        throw std::bad_alloc();
      case LZMA_MEMLIMIT_ERROR:
        throw TooLarge(fmt::format("{} MB", lzma_memusage(&stream_) / 1000000));
      case LZMA_FORMAT_ERROR:
        throw DamagedData("no xz header");
      case LZMA_OPTIONS_ERROR:
        throw DamagedData("a header asks for what liblzma does not know");
      default:
        throw DamagedData("a block or its checksum is wrong");
    }
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::uint64_t memory_limit_;
};

class ZstdDecoder final : public Decoder {
 public:
  explicit ZstdDecoder(std::uint64_t memory_limit) {
    if (stream_ == nullptr) throw std::bad_alloc();
    const auto bounds = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);
    const int window_log = std::clamp(static_cast<int>(std::bit_width(memory_limit)) - 1, bounds.lowerBound, bounds.upperBound);
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, window_log);
  }

  void begin() override { ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only); }

  bool decode(std::span<const char>& in, std::span<char>& out) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const std::size_t result = ZSTD_decompressStream(stream_.get(), &to, &from);
    in = in.subspan(from.pos);
    out = out.subspan(to.pos);
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_no_error:
        return result == 0;
      case ZSTD_error_memory_allocation:
        throw std::bad_alloc();
      case ZSTD_error_frameParameter_windowTooLarge:
        throw TooLarge("a larger window");
      default:
        throw DamagedData(ZSTD_getErrorName(result));
    }
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* stream) const { ZSTD_freeDCtx(stream); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> stream_{ZSTD_createDCtx()};
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(Compression compression, std::uint64_t memory_limit) {
  switch (compression) {
    case Compression::gzip:
      return std::make_unique<GzipDecoder>();
    case Compression::bzip2:
      return std::make_unique<Bzip2Decoder>();
    case Compression::xz:
      return std::make_unique<XzDecoder>(memory_limit);
    case Compression::zstd:
      return std::make_unique<ZstdDecoder>(memory_limit);
    case Compression::none:
      break;
  }
  throw std::invalid_argument("make_decoder: nothing to decode");
}

}  // namespace word2vec
