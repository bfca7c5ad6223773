#include "corpus/cli/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>
#include <system_error>

#include "corpus/cli/interruption.h"
#include "corpus/cli/message.h"
#include "corpus/io/error.h"
#include "corpus/text/escape.h"

namespace word2vec {
namespace {

/// Fills those of descriptors 0 to 2 that are closed (`2>&-`) with one that can be neither read nor written. A file opened later
/// would take the place, and messages would go into it.
void fill_closed_descriptors() {
  for (int descriptor = 0; descriptor >= 0 && descriptor <= STDERR_FILENO;) {
    descriptor = ::open("/dev/null", O_PATH | O_CLOEXEC);  // the lowest that is free
    if (descriptor > STDERR_FILENO) ::close(descriptor);
  }
}

/// One line, whatever the words, paths and values are that `what` repeats.
int failed(int status, const std::string& what) {
  return tell("word2vec: error: {}\n", escaped(what, std::string::npos)), status;
}

}  // namespace

int run_program(int (*command)(const std::vector<std::string>& words), const std::vector<std::string>& words) try {
  fill_closed_descriptors();
  std::signal(SIGXFSZ, SIG_IGN);  // a file past `ulimit -f` is an error of the write, which says more than a signal
  const int status = command(words);
  // What is printed waits in a buffer, and at exit nobody would hear that it could not be written.
  if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category());
  return status;
} catch (const Interrupted& interrupted) {
  return tell("word2vec: {}\n", interrupted.what()), 128 + interrupted.signal;
} catch (const UsageError& error) {
  return failed(2, error.what());
} catch (const std::bad_alloc&) {
  return failed(1, "out of memory; give a smaller --memory, --dim or --max-vocab, or a higher --min-count");
} catch (const std::system_error& error) {
  if (std::ferror(stdout) == 0) return failed(1, error.what());
  return failed(
      1, fmt::format("cannot write to standard output: {}; make room on that disk, or write elsewhere", error.code().message()));
} catch (const std::exception& error) {
  return failed(1, error.what());
}

}  // namespace word2vec
