// Files for those who read a corpus more than once: what can be read only once is copied. Knows kinds of files; refuses to know
// what they hold.
#pragma once

#include <string>
#include <vector>

#include "corpus/io/temporary_file.h"

namespace word2vec {

/// What messages call a file: its path, "standard input" for "-", and of a copy that is here, what it is copied from.
std::string source_name(const std::string& path);

/// Copies as they are, compressed or not, in files without a name, which vanish with this. Making one reads each source to its
/// end.
class SpooledFiles {
 public:
  /// `folder`: of the copies. Throws Error when a source cannot be read, or the disk is full.
  SpooledFiles(const std::vector<std::string>& paths, const std::string& folder);
  ~SpooledFiles();
  SpooledFiles(const SpooledFiles&) = delete;
  SpooledFiles& operator=(const SpooledFiles&) = delete;

  /// In the order that was given, with the copies' paths in place of those that were copied.
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::vector<std::string> paths_;
  std::vector<TemporaryFile> copies_;
};

}  // namespace word2vec
