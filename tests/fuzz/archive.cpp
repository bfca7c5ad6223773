// Compressed files. Only here may memory be asked for at a header's word: a window, which takes what its text fills.
#include <vector>

#include "corpus/io/input_file.h"
#include "tests/fuzz/target.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  succeeds([&] {
    InputFile file(as_file(text_of(data, size)));
    std::vector<char> buffer(std::size_t{1} << 16);
    while (file.read(buffer) == buffer.size()) {
    }
  });
  return 0;
}
