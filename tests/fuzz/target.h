// What every fuzz target does with its bytes: they become a file in the working folder, and whatever the program throws has to be
// one of its two errors, an Error with a message of one line. All else, a crash or a lasting hold on memory, is libFuzzer's to
// find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "corpus/io/compression.h"
#include "corpus/io/error.h"

namespace word2vec {

/// Ends the process, and so saves the input that led here.
[[noreturn]] inline void fail(std::string_view what, std::string_view detail) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(detail.size()),
               detail.data());
  std::abort();
}

inline std::string as_file(std::string_view bytes, const char* name = "input") {
  std::ofstream stream(name, std::ios::binary | std::ios::trunc);
  if (!stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) fail("cannot write", name);
  return name;
}

inline void check_message(std::string_view message) {
  if (message.empty() || message.find_first_of(std::string_view("\n\r\0", 3)) != std::string_view::npos)
    fail("not one line", message);
}

/// Whether `run` came through; its errors are checked and forgotten.
template <class Run>
bool succeeds(Run&& run) {
  try {
    run();
    return true;
  } catch (const Error& error) {
    check_message(error.what());
  }
  return false;
}

/// A command whose words are the input: its errors may repeat them, file names too, which the program escapes.
template <class Run>
void run_command(Run&& run) {
  try {
    run();
  } catch (const Error& error) {
    if (*error.what() == '\0') fail("no message", "");
  } catch (const UsageError& error) {
    if (*error.what() == '\0') fail("no message", "");
  }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Whether it is for the target `archive`.
inline bool is_compressed(std::string_view bytes) { return recognise_compression(bytes) != Compression::none; }

/// Takes one byte off the front, with which a target chooses; 0 when there is none.
inline unsigned take_byte(std::string_view& bytes) {
  if (bytes.empty()) return 0;
  const auto byte = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  return byte;
}

}  // namespace word2vec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
