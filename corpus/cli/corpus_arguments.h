// A command's CORPUS arguments, for commands that read a corpus and write a file. Knows paths; no command of ours.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// The files that `given` stands for, as find_corpus_files (corpus/io/corpus_files.h) finds them; tells on standard error, unless
/// `quiet`, what of folders is left out.
std::vector<std::string> find_told(const std::vector<std::string>& given, const std::vector<std::string>& otherwise, bool quiet);

/// The files that `given` stands for (corpus/io/corpus_files.h); where a folder has `output` or one of `others`, files that the
/// run reads as something else, they are left out. Tells on standard error, unless `quiet`, what of folders is left out. Throws
/// UsageError when nothing is given, or when `output` would replace a file that is read (a slip such as `vocab text -o text`);
/// Error as find_corpus_files does.
std::vector<std::string> corpus_files(const std::vector<std::string>& given, const std::string& output,
                                      const std::vector<std::string>& others, bool quiet);

}  // namespace word2vec
