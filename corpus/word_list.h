// A set of words that the user lists in a file. Knows the file's form; refuses to know what the words are listed for.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

namespace word2vec {

/// Immutable and cheap to copy: copies share the words. Safe to share between threads.
class WordList {
 public:
  WordList() = default;
  /// Reads a word a line: UTF-8, white space around it trimmed, empty lines skipped, a byte order mark at the start left out.
  /// Throws Error naming the line for white space within a word and for bytes that are not UTF-8; and as InputFile does.
  explicit WordList(const std::string& path);

  bool contains(std::string_view word) const { return words_ != nullptr && words_->contains(word); }
  /// The file; "" without one.
  const std::string& path() const { return path_; }
  std::size_t size() const { return words_ == nullptr ? 0 : words_->size(); }

  /// Throws Error for a word that is in both: `first` and `second` are what the lists' options are called.
  static void refuse_common(const WordList& a, const char* first, const WordList& b, const char* second);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::string path_;
  std::shared_ptr<const std::unordered_set<std::string, Hash, std::equal_to<>>> words_;
};

}  // namespace word2vec
