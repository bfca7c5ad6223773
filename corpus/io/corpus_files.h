// From what the user names as the corpus to the files that are read. Knows folders; refuses to know what the files hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace word2vec {

struct CorpusFiles {
  std::vector<std::string> files;  ///< in the order of reading
  // Left out of folders:
  std::vector<std::string> otherwise;  ///< files that this run writes, or reads as something else
  std::uint64_t hidden = 0;            ///< files and folders whose name begins with a dot
  std::uint64_t special = 0;           ///< pipes, sockets and devices
  std::uint64_t repeated = 0;          ///< links to a file or a folder that is read already
};

/// Puts in the place of each folder its files, with those of its folders, in the bytewise order of their paths (that of
/// `find -L FOLDER -type f | LC_ALL=C sort`). Links are followed, and each file and folder is taken once, so that loops end.
/// Everything else, "-" and what is not there among it, stays as given. Of a folder's files, those that are also in `otherwise`
/// (paths; "" is none, "-" standard output) are left out, so that a second run reads what the first one read, and held-out text
/// stays held out. Throws Error for a folder that cannot be read, one without files, and a link in it that leads nowhere.
CorpusFiles find_corpus_files(const std::vector<std::string>& given, const std::vector<std::string>& otherwise);

/// What of folders was left out: "texts/vectors.txt (this run's own), 2 hidden"; "" for nothing.
std::string left_out(const CorpusFiles& found);

}  // namespace word2vec
