#include "corpus/io/pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <new>
#include <utility>

namespace word2vec {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;
const std::size_t small_page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

std::size_t whole_pages(std::size_t bytes) { return (bytes + small_page - 1) & ~(small_page - 1); }

void* map(std::size_t bytes) {
  void* const found = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (found == MAP_FAILED) throw std::bad_alloc();
  return found;
}

/// Where `bytes` are free from the start of a huge page on: words and ids are looked for anywhere in there, and with small pages
/// each look would miss the processor's page table too.
void* map_in_huge_pages(std::size_t bytes) {
  const std::size_t whole = whole_pages(bytes);
  char* const found = static_cast<char*>(map(whole + huge_page));
  const std::size_t before = (huge_page - reinterpret_cast<std::uintptr_t>(found) % huge_page) % huge_page;
  if (before != 0) ::munmap(found, before);
  ::munmap(found + before + whole, huge_page - before);
  ::madvise(found + before, bytes, MADV_HUGEPAGE);
  return found + before;
}

}  // namespace

Pages::Pages(std::size_t bytes) { resize(bytes); }

Pages::~Pages() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

Pages::Pages(Pages&& other) noexcept { *this = std::move(other); }

Pages& Pages::operator=(Pages&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void Pages::resize(std::size_t bytes) {
  if (bytes > most_bytes) throw std::bad_alloc();
  if (bytes == 0) {
    *this = Pages();
  } else if (data_ != nullptr && bytes <= size_) {
    const std::size_t kept = whole_pages(bytes), had = whole_pages(size_);
    if (kept < had) ::munmap(static_cast<char*>(data_) + kept, had - kept);
    size_ = bytes;
  } else {
    Pages larger;
    larger.data_ = bytes < huge_page ? map(bytes) : map_in_huge_pages(bytes);
    larger.size_ = bytes;
    // The pages move there, not their content.
    if (data_ != nullptr) {
      if (::mremap(data_, size_, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, larger.data_) == MAP_FAILED) throw std::bad_alloc();
      if (bytes >= huge_page) ::madvise(larger.data_, bytes, MADV_HUGEPAGE);
      data_ = nullptr;
      size_ = 0;
    }
    *this = std::move(larger);
  }
}

void Pages::give_back(std::size_t bytes) {
  const std::size_t whole = bytes / huge_page * huge_page;
  if (whole != 0) ::madvise(data_, whole, MADV_DONTNEED);
}

}  // namespace word2vec
