// Compression on the way out, by zlib and libzstd.
#include "trainer/embeddings/packed_file.h"

#include <fmt/format.h>
#include <omp.h>
#include <zlib.h>
#include <zstd.h>

#include <limits>
#include <new>
#include <vector>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 17;

[[noreturn]] void refuse(const OutputFile& output, const char* library, const char* what) {
  throw Error(fmt::format("cannot compress {}: {} says {}; write it without its ending and compress it then", output.path(),
                          library, what));
}

class Gzip final : public Compressor {
 public:
  Gzip() {
    constexpr int window_bits = 15, as_gzip = 16, memory_level = 8;  // zlib's defaults
    if (::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits + as_gzip, memory_level, Z_DEFAULT_STRATEGY) !=
        Z_OK)
      throw std::bad_alloc();
  }
  ~Gzip() override { ::deflateEnd(&stream_); }

  void put(std::string_view bytes, bool last, OutputFile& output) override {
    while (!bytes.empty() || last) {
      // zlib counts in 32 bits.
      const std::string_view part = bytes.substr(0, std::numeric_limits<uInt>::max());
      bytes.remove_prefix(part.size());
      deflate_part(part, last && bytes.empty(), output);
      if (bytes.empty()) return;
    }
  }

 private:
  void deflate_part(std::string_view part, bool last, OutputFile& output) {
    // zlib only reads it; its interface is older than const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    stream_.avail_in = static_cast<uInt>(part.size());
    int result = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
      stream_.avail_out = static_cast<uInt>(block_.size());
      result = ::deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      if (result == Z_STREAM_ERROR) refuse(output, "zlib", "stream error");
      output.write({block_.data(), block_.size() - stream_.avail_out});
    } while (last ? result != Z_STREAM_END : stream_.avail_in != 0);
  }

  z_stream stream_{};
  std::vector<char> block_ = std::vector<char>(block_bytes);
};

class Zstandard final : public Compressor {
 public:
  Zstandard() : context_(::ZSTD_createCCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
    // A library built without threads refuses this and works on one.
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_nbWorkers, omp_get_max_threads());
  }

  void put(std::string_view bytes, bool last, OutputFile& output) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer out{block_.data(), block_.size(), 0};
      left = ::ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (::ZSTD_isError(left) != 0) refuse(output, "libzstd", ::ZSTD_getErrorName(left));
      output.write({block_.data(), out.pos});
    } while (last ? left != 0 : in.pos != in.size);
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ::ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_;
  std::vector<char> block_ = std::vector<char>(block_bytes);
};

std::unique_ptr<Compressor> compressor_of(std::string_view path) {
  const std::string_view ending = packed_ending(path);
  if (ending == ".gz") return std::make_unique<Gzip>();
  if (ending == ".zst") return std::make_unique<Zstandard>();
  return nullptr;
}

const std::string& writable(const std::string& path) {
  for (const std::string_view ending : {".bz2", ".xz", ".zip"}) {
    if (path.ends_with(ending))
      throw UsageError(fmt::format("{} ends in {}, a compression that is not written; use .gz or .zst", path, ending));
  }
  return path;
}

}  // namespace

std::string_view packed_ending(std::string_view path) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (path.ends_with(ending)) return ending;
  }
  return {};
}

PackedFile::PackedFile(const std::string& path) : file_(writable(path)), compressor_(compressor_of(path)) {}

void PackedFile::write(std::string_view bytes) { compressor_ ? compressor_->put(bytes, false, file_) : file_.write(bytes); }

void PackedFile::prepare() {
  if (compressor_) compressor_->put({}, true, file_);
  file_.prepare();
  prepared_ = true;
}

void PackedFile::commit() {
  if (!prepared_) prepare();
  file_.commit();
}

}  // namespace word2vec
