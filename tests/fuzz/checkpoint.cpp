// Checkpoints whose checksums have been made right, so that what is behind them is reached; and as they are.
#include <xxhash.h>

#include <cstring>

#include "tests/fuzz/target.h"
#include "trainer/checkpoint.h"
#include "trainer/embeddings/checkpoint_file.h"

using namespace word2vec;

namespace {

/// Gives every section that is whole the checksum of its bytes.
std::string mended(std::string bytes) {
  constexpr std::size_t head = 12, before = 16, sum = 8;
  for (std::size_t at = head; at + before + sum <= bytes.size();) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data() + at + 8, sizeof length);
    if (length > bytes.size() - at - before - sum) break;
    const std::uint64_t right = XXH3_64bits(bytes.data() + at, before + length);
    std::memcpy(bytes.data() + at + before + length, &right, sum);
    at += before + length + sum;
  }
  return bytes;
}

void read(const std::string& bytes) {
  succeeds([&] {
    const CheckpointContent content = parse_checkpoint(bytes, "input");
    parse_checkpoint_run(content.run, "input");
  });
  succeeds([&] {
    VectorNotes notes;
    parse_checkpoint_vectors(bytes, "input", &notes);
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(text_of(data, size));
  read(bytes);
  read(mended(bytes));
  return 0;
}
