// Writes a file so that its name holds either the old content or the whole of the new. Knows nothing of formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

/// A regular file is written without a name in the same folder, flushed to disk, then renamed over the target by commit();
/// destroyed before that, it leaves nothing behind. What a killed run left in the folder is removed. A link is followed, never
/// replaced. What is not a regular file (a pipe, a device, "-" for standard output) is written to directly. Every write is
/// checked. Not thread-safe.
class OutputFile {
 public:
  /// Opens for writing at once, so that a folder that is missing or read-only is an Error before hours of work.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Buffers and writes; throws Error naming the path when the disk refuses.
  void write(std::string_view bytes);

  /// Flushes, syncs and renames. Throws Error; the old file is then untouched. Call once, last.
  void commit();

  /// All of commit() but the renaming, which alone is left to fail then: for files that belong together, prepare them all and
  /// commit them all. Nothing may be written after it.
  void prepare();

  const std::string& path() const { return path_; }

 private:
  void flush();
  void write_now(std::string_view bytes);
  void start_syncing();
  [[noreturn]] void fail(const char* what) const;

  std::string path_;       // as the user gave it
  std::string target_;     // links resolved
  std::string temporary_;  // name of the unfinished file; empty while it has none
  int descriptor_ = -1;
  bool direct_ = false;
  unsigned mode_ = 0;
  bool prepared_ = false;
  std::uint64_t written_ = 0, syncing_ = 0;  // bytes; the first of them are on their way to the disk
  std::vector<char> buffer_;
};

/// Writes a whole small file as OutputFile does.
void write_whole(const std::string& path, std::string_view content);

/// Whether an OutputFile at `output` would replace the file at `other`, be they there yet or not and by whatever names. Streams
/// and devices replace nothing; an empty path is no file.
bool would_replace(const std::string& output, const std::string& other);

}  // namespace word2vec
