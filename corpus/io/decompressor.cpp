// A ring of blocks between the thread that unpacks and the one that reads. Refuses to know what the bytes mean.
#include "corpus/io/decompressor.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "corpus/io/error.h"
#include "corpus/io/members.h"

namespace word2vec {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;  // four of them stay in a core's cache

}  // namespace

Decompressor::Decompressor(RawFile& file, Compression compression, std::span<const char> head)
    : interrupt_(::eventfd(0, EFD_CLOEXEC)) {
  int error_number = interrupt_ < 0 ? errno : 0;
  for (Block& block : ring_) block.text.resize(block_bytes);
  try {
    if (error_number == 0) {
      thread_ = std::thread(
          [this, &file, compression, copy = std::vector<char>(head.begin(), head.end())] { unpack(file, compression, copy); });
    }
  } catch (const std::system_error& error) {
    error_number = error.code().value();
    ::close(interrupt_);
  }
  if (error_number != 0) {
    throw Error(fmt::format("cannot start unpacking {}: {}; raise the limits on threads and open files (ulimit -u, ulimit -n)",
                            file.name(), system_message(error_number)));
  }
}

Decompressor::~Decompressor() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  ::eventfd_write(interrupt_, 1);
  thread_.join();
  ::close(interrupt_);
}

/// The next block to fill; nullptr once nobody will read it.
Decompressor::Block* Decompressor::wait_for_free() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return filled_ - read_ < ring_.size() || stopped_; });
  return stopped_ ? nullptr : &ring_[filled_ % ring_.size()];
}

void Decompressor::unpack(RawFile& file, Compression compression, std::span<const char> head) {
  std::exception_ptr failure;
  try {
    Members members(file, compression, head, interrupt_);
    bool more = true;
    while (more) {
      Block* const block = wait_for_free();
      if (block == nullptr) return;
      block->size = members.read(block->text);
      block->position = members.position();
      more = block->size == block->text.size();
      {
        const std::lock_guard lock(mutex_);
        ++filled_;
      }
      changed_.notify_all();
    }
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    ended_ = true;
  }
  changed_.notify_all();
}

/// Makes `block_` the next block of text; false at the end.
bool Decompressor::wait_for_text() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return filled_ > read_ || ended_; });
  if (filled_ == read_) {
    if (failure_) std::rethrow_exception(failure_);
    return false;
  }
  block_ = &ring_[read_ % ring_.size()];
  given_ = 0;
  position_ = block_->position;
  return true;
}

std::size_t Decompressor::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    if (block_ == nullptr && !wait_for_text()) break;
    const std::size_t part = std::min(buffer.size() - filled, block_->size - given_);
    std::copy_n(block_->text.data() + given_, part, buffer.data() + filled);
    filled += part;
    given_ += part;
    if (given_ < block_->size) continue;
    block_ = nullptr;
    {
      const std::lock_guard lock(mutex_);
      ++read_;
    }
    changed_.notify_all();
  }
  return filled;
}

}  // namespace word2vec
