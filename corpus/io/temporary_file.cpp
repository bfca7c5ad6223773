#include "corpus/io/temporary_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/unfinished_file.h"

namespace word2vec {
namespace {

int open_nameless(const std::string& folder) {
  int descriptor = -1;
  do {
    descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor >= 0) return descriptor;
  // Not every file system has O_TMPFILE; the name lives for a moment only.
  std::string name;
  const int named = create_unfinished(folder, "spilled", 0600, &name);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

/// pwrite or pread until all is done. False, with errno, when the system refuses; EIO where a file ends too soon.
template <class Call, class Bytes>
bool transfer(Call call, int descriptor, Bytes bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t moved = call(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (moved > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(moved));
      at += static_cast<std::uint64_t>(moved);
    } else if (moved == 0) {
      errno = EIO;
      return false;
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string folder_beside(const std::string& output) {
  const std::string folder = std::filesystem::path(output).parent_path();
  if (folder.empty()) return ".";
  return folder == "/dev" || folder.starts_with("/dev/") ? std::filesystem::temp_directory_path().string() : folder;
}

TemporaryFile::TemporaryFile(std::string folder, std::string what) : folder_(std::move(folder)), what_(std::move(what)) {}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept { *this = std::move(other); }

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(what_, other.what_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

std::uint64_t TemporaryFile::append(std::span<const char> bytes) {
  if (descriptor_ < 0) descriptor_ = open_nameless(folder_);
  if (descriptor_ < 0) fail();
  const std::uint64_t at = size_;
  write(bytes, at);
  size_ += bytes.size();
  return at;
}

void TemporaryFile::write(std::span<const char> bytes, std::uint64_t at) {
  if (!transfer(::pwrite, descriptor_, bytes, at)) fail();
}

void TemporaryFile::read(std::span<char> bytes, std::uint64_t at) const {
  if (!transfer(::pread, descriptor_, bytes, at)) fail();
}

void TemporaryFile::truncate(std::uint64_t bytes) {
  while (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
    if (errno != EINTR) fail();
  }
  size_ = bytes;
}

void TemporaryFile::fail() const {
  throw Error(fmt::format("cannot keep {} in a file in {}: {}; make room there, or use another folder", what_, folder_,
                          system_message(errno)));
}

}  // namespace word2vec
