// A library to be preloaded (LD_PRELOAD), under which one of the program's calls to the system fails: that a disk fills up, or
// memory ends, at any chosen moment. Knows the C library's names; nothing of the program.
//
// FAULT_CALL    open, read, write, sync, rename, link, mmap, truncate, allocate (64 kB or more), or any: all of them but allocate
// FAULT_AT      which of these calls, from 1
// FAULT_WITH    an error (ENOSPC, EDQUOT, EIO, EROFS, ENOMEM, EMFILE, EINTR), SHORT (half of a read or write is done), or KILL
// FAULT_ALWAYS  set: all later ones too
// FAULT_NAMED   set: there are no files without a name (O_TMPFILE), as on NFS
// FAULT_COUNTS  a file for the number of calls of each kind, written at the end
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

enum Call {
  call_open,
  call_read,
  call_write,
  call_sync,
  call_rename,
  call_link,
  call_mmap,
  call_truncate,
  call_allocate,
  call_any
};
constexpr const char* names[] = {"open", "read", "write", "sync", "rename", "link", "mmap", "truncate", "allocate", "any"};
constexpr int short_transfer = -1, kill_now = -2;
constexpr std::size_t large = 64 << 10;

std::atomic<long> counts[call_any + 1];
int chosen = -1, error_number = 0;
long at = 0;
bool always = false, named = false;

int error_named(const char* name) {
  struct {
    const char* name;
    int number;
  } const errors[] = {{"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EIO", EIO},     {"EROFS", EROFS},          {"ENOMEM", ENOMEM},
                      {"EMFILE", EMFILE}, {"EINTR", EINTR},   {"EFBIG", EFBIG}, {"SHORT", short_transfer}, {"KILL", kill_now}};
  for (const auto& error : errors) {
    if (std::strcmp(error.name, name) == 0) return error.number;
  }
  std::abort();
}

__attribute__((constructor)) void begin() {
  if (const char* const call = std::getenv("FAULT_CALL")) {
    for (int i = 0; i <= call_any; ++i) {
      if (std::strcmp(call, names[i]) == 0) chosen = i;
    }
    if (chosen < 0) std::abort();
    at = std::atol(std::getenv("FAULT_AT"));
    error_number = error_named(std::getenv("FAULT_WITH"));
  }
  always = std::getenv("FAULT_ALWAYS") != nullptr;
  named = std::getenv("FAULT_NAMED") != nullptr;
}

__attribute__((destructor)) void end() {
  const char* const path = std::getenv("FAULT_COUNTS");
  if (path == nullptr) return;
  FILE* const file = std::fopen(path, "w");
  for (int i = 0; i <= call_any; ++i) std::fprintf(file, "%s %ld\n", names[i], counts[i].load());
  std::fclose(file);
}

/// 0, or how this call fails.
int fault(Call call) {
  const long all = call == call_allocate ? 0 : ++counts[call_any];
  const long number = ++counts[call];
  const long which = chosen == call_any ? all : number;
  if ((chosen != call && (chosen != call_any || call == call_allocate)) || (always ? which < at : which != at)) return 0;
  if (error_number == kill_now) {
    ::kill(::getpid(), SIGKILL);
    ::pause();
  }
  return error_number;
}

bool fails(Call call) {
  const int how = fault(call);
  if (how <= 0) return false;
  errno = how;
  return true;
}

/// Of a read or a write: how many bytes it may do, or -1 with errno.
ssize_t allowed(Call call, std::size_t bytes) {
  const int how = fault(call);
  if (how > 0) {
    errno = how;
    return -1;
  }
  return static_cast<ssize_t>(how == short_transfer && bytes > 1 ? bytes / 2 : bytes);
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int open_or_fail(const char* name, const char* path, int flags, mode_t mode) {
  if (named && (flags & O_TMPFILE) == O_TMPFILE) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return fails(call_open) ? -1 : real<int(const char*, int, ...)>(name)(path, flags, mode);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_or_fail("open", path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open_or_fail("open64", path, flags, mode);
}

ssize_t read(int descriptor, void* to, std::size_t bytes) {
  const ssize_t part = allowed(call_read, bytes);
  return part < 0 ? part : real<ssize_t(int, void*, std::size_t)>("read")(descriptor, to, static_cast<std::size_t>(part));
}
ssize_t pread(int descriptor, void* to, std::size_t bytes, off_t place) {
  const ssize_t part = allowed(call_read, bytes);
  return part < 0 ? part
                  : real<ssize_t(int, void*, std::size_t, off_t)>("pread")(descriptor, to, static_cast<std::size_t>(part), place);
}
ssize_t write(int descriptor, const void* from, std::size_t bytes) {
  const ssize_t part = allowed(call_write, bytes);
  return part < 0 ? part
                  : real<ssize_t(int, const void*, std::size_t)>("write")(descriptor, from, static_cast<std::size_t>(part));
}
ssize_t pwrite(int descriptor, const void* from, std::size_t bytes, off_t place) {
  const ssize_t part = allowed(call_write, bytes);
  return part < 0 ? part
                  : real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite")(descriptor, from,
                                                                                  static_cast<std::size_t>(part), place);
}

int fsync(int descriptor) { return fails(call_sync) ? -1 : real<int(int)>("fsync")(descriptor); }
int fdatasync(int descriptor) { return fails(call_sync) ? -1 : real<int(int)>("fdatasync")(descriptor); }
int rename(const char* from, const char* to) noexcept {
  return fails(call_rename) ? -1 : real<int(const char*, const char*)>("rename")(from, to);
}
int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  return fails(call_link) ? -1
                          : real<int(int, const char*, int, const char*, int)>("linkat")(from_folder, from, to_folder, to, flags);
}
int ftruncate(int descriptor, off_t bytes) noexcept {
  return fails(call_truncate) ? -1 : real<int(int, off_t)>("ftruncate")(descriptor, bytes);
}
void* mmap(void* address, std::size_t bytes, int protection, int flags, int descriptor, off_t place) noexcept {
  if (fails(call_mmap)) return MAP_FAILED;
  return real<void*(void*, std::size_t, int, int, int, off_t)>("mmap")(address, bytes, protection, flags, descriptor, place);
}

void* malloc(std::size_t size) { return size >= large && fails(call_allocate) ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
  return count * size >= large && fails(call_allocate) ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  return size >= large && fails(call_allocate) ? nullptr : __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return size >= large && fails(call_allocate) ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  if (size >= large && fails(call_allocate)) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
}
