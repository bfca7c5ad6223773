// The original tool's command line, a word a line.
#include "tests/fuzz/target.h"
#include "trainer/train_command.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = text_of(data, size);
  if (bytes.find('/') != std::string_view::npos || bytes.find('\0') != std::string_view::npos) return 0;
  std::vector<std::string> words{"-train", "no-such-corpus"};
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    words.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(std::min(bytes.size(), end + 1));
  }
  run_command([&] { original_command(words); });
  return 0;
}
