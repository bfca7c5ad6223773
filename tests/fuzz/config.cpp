// Configuration files. The corpus is missing, so that no run begins.
#include "tests/fuzz/target.h"
#include "trainer/train_command.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of(data, size);
  if (bytes.find('/') != std::string_view::npos) return 0;  // no file but those here
  const std::string path = as_file(bytes);
  run_command([&] { train_command({"no-such-corpus", "--output", "vectors", "--config", path}); });
  return 0;
}
