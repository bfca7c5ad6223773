#include "corpus/io/pages.h"

#include <sys/mman.h>

#include <new>
#include <utility>

namespace word2vec {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;  // with less than two of them there is no whole one

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
  if (bytes == size_) return;
  if (bytes == 0) {
    *this = Pages();
    return;
  }
  void* const found = data_ == nullptr
                          ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                          : ::mremap(data_, size_, bytes, MREMAP_MAYMOVE);
  if (found == MAP_FAILED) throw std::bad_alloc();
  data_ = found;
  size_ = bytes;
  advise();
}

void Pages::advise() const {
  // A word or an id is looked for anywhere in here: with small pages each look would miss the processor's page table too.
  if (size_ >= 2 * huge_page) ::madvise(data_, size_, MADV_HUGEPAGE);
}

}  // namespace word2vec
