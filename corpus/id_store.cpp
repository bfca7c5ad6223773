// Ids in memory or in a file without a name. Knows ids as numbers; refuses to know words.
#include "corpus/id_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <utility>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::uint64_t chunk_ids = std::uint64_t{1} << 18;  // ids that go to or from the file at once: 1 MiB

/// Rewrites a stream of ids in place, in chunks; what a sentence has kept so far goes from one chunk to the next.
struct Remapper {
  std::span<const WordId> map;
  std::uint64_t kept = 0;
  bool in_sentence = false;

  /// Returns how many of `ids`, counted from the front, are left.
  std::size_t operator()(std::span<WordId> ids) {
    std::size_t left = 0;
    for (const WordId id : ids) {
      if (id == sentence_end) {
        if (in_sentence) ids[left++] = sentence_end;
        in_sentence = false;
        continue;
      }
      const WordId mapped = map.empty() ? id : map[id];
      if (mapped == dropped_word) continue;
      ids[left++] = mapped;
      in_sentence = true;
      ++kept;
    }
    return left;
  }
};

int open_nameless(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
  // Not every file system has O_TMPFILE; the name lives for a moment only.
  std::string name = folder + "/.word2vec-ids.XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

/// pwrite or pread until all is done. False, with errno, when the system refuses; EIO where a file ends too soon.
template <class Call, class Data>
bool transfer(Call call, int descriptor, Data* data, std::uint64_t ids, std::uint64_t at_id) {
  std::uint64_t done = 0;
  const std::uint64_t bytes = ids * sizeof(WordId);
  while (done < bytes) {
    const ssize_t moved = call(descriptor, data + done, bytes - done, static_cast<off_t>(at_id * sizeof(WordId) + done));
    if (moved > 0) {
      done += static_cast<std::uint64_t>(moved);
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

IdStore::IdStore(std::string spill_folder, std::uint64_t memory_bytes)
    : folder_(std::move(spill_folder)), memory_ids_(std::max<std::uint64_t>(1, memory_bytes / sizeof(WordId))) {}

IdStore::~IdStore() { release(); }

IdStore::IdStore(IdStore&& other) noexcept { *this = std::move(other); }

IdStore& IdStore::operator=(IdStore&& other) noexcept {
  if (this == &other) return *this;
  release();
  folder_ = std::move(other.folder_);
  memory_ids_ = other.memory_ids_;
  memory_ = std::exchange(other.memory_, {});
  descriptor_ = std::exchange(other.descriptor_, -1);
  spilled_ids_ = std::exchange(other.spilled_ids_, 0);
  mapped_ = std::exchange(other.mapped_, nullptr);
  mapped_ids_ = std::exchange(other.mapped_ids_, 0);
  return *this;
}

void IdStore::append(WordId id) {
  if (memory_.size() >= memory_ids_) flush();
  // Doubling by hand: the vector's own would overshoot the bound.
  if (memory_.size() == memory_.capacity())
    memory_.reserve(std::min(memory_ids_, std::max<std::uint64_t>(1024, 2 * memory_.size())));
  memory_.push_back(id);
}

void IdStore::flush() {
  if (descriptor_ < 0) {
    descriptor_ = open_nameless(folder_);
    if (descriptor_ < 0) fail();
  }
  if (!transfer(::pwrite, descriptor_, reinterpret_cast<const char*>(memory_.data()), memory_.size(), spilled_ids_)) fail();
  spilled_ids_ += memory_.size();
  // From here on a small buffer does, and the memory is free for the training.
  memory_ids_ = std::min(memory_ids_, chunk_ids);
  memory_ = {};
  memory_.reserve(memory_ids_);
}

std::uint64_t IdStore::remap(std::span<const WordId> map) {
  if (spilled()) return remap_file(map);
  Remapper remapper{map};
  memory_.resize(remapper(memory_));
  return remapper.kept;
}

std::uint64_t IdStore::remap_file(std::span<const WordId> map) {
  flush();
  Remapper remapper{map};
  std::vector<WordId> chunk(std::min(chunk_ids, spilled_ids_));
  std::uint64_t written = 0;
  for (std::uint64_t read = 0; read < spilled_ids_;) {
    const std::span<WordId> part(chunk.data(), std::min<std::uint64_t>(chunk.size(), spilled_ids_ - read));
    if (!transfer(::pread, descriptor_, reinterpret_cast<char*>(part.data()), part.size(), read)) fail();
    read += part.size();
    // What is left never outgrows what was read, so writing stays behind reading.
    const std::size_t left = remapper(part);
    if (!transfer(::pwrite, descriptor_, reinterpret_cast<const char*>(part.data()), left, written)) fail();
    written += left;
  }
  spilled_ids_ = written;
  if (::ftruncate(descriptor_, static_cast<off_t>(written * sizeof(WordId))) != 0) fail();
  freeze();
  return remapper.kept;
}

void IdStore::freeze() {
  memory_ = {};
  if (spilled_ids_ == 0) return;  // there is no empty mapping
  void* const address = ::mmap(nullptr, spilled_ids_ * sizeof(WordId), PROT_READ, MAP_SHARED, descriptor_, 0);
  if (address == MAP_FAILED) fail();
  // Every thread reads its part from front to back.
  ::madvise(address, spilled_ids_ * sizeof(WordId), MADV_SEQUENTIAL);
  mapped_ = static_cast<const WordId*>(address);
  mapped_ids_ = spilled_ids_;
}

std::span<const WordId> IdStore::ids() const {
  if (!spilled()) return memory_;
  assert(memory_.empty());  // ids() before remap()
  return {mapped_, mapped_ids_};
}

void IdStore::release() {
  if (mapped_ != nullptr) ::munmap(const_cast<WordId*>(mapped_), mapped_ids_ * sizeof(WordId));
  if (descriptor_ >= 0) ::close(descriptor_);
}

void IdStore::fail() const {
  throw Error(fmt::format("cannot keep the corpus's word ids in a file in {}: {}; make room there, or use another folder",
                          folder_, system_message(errno)));
}

}  // namespace word2vec
