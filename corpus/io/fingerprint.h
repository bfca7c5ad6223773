// A fingerprint of bytes, to tell later whether two files are the same. Knows XXH3; refuses to know what the bytes mean.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace word2vec {

/// XXH3 of 128 bits, as `xxhsum -H2` prints it. It finds damage and mistakes; whoever wants to can make another file that has it.
class Fingerprint {
 public:
  Fingerprint();

  void add(std::string_view bytes);
  /// Of all bytes added: 32 hexadecimal digits.
  std::string hex() const;

 private:
  struct Free {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, Free> state_;
};

}  // namespace word2vec
