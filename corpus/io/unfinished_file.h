// Files that have a name before they are finished: each run knows its own, and which ones a dead run left behind. Knows names and
// locks; refuses to know what is written.
#pragma once

#include <sys/types.h>

#include <string>

namespace word2vec {

/// A new name in `folder`, hidden and short enough for any file system: ".NAME.word2vec-HOST-PID-SERIAL".
std::string unfinished_name(const std::string& folder, const std::string& name);

/// Locks an unfinished file as that of a living run, for as long as the descriptor is open. A file system without locks is none
/// the worse: nothing is taken for abandoned there. To be called before the file has its name.
void lock_unfinished(int descriptor);

/// Makes such a file, locked, open for reading and writing, and sets `path`. Negative, with errno, when the system refuses.
int create_unfinished(const std::string& folder, const std::string& name, mode_t mode, std::string* path);

/// Removes from `folder` the unfinished files of this host that nobody holds, whose runs were killed. Those of other hosts stay:
/// not every network file system has locks that are seen from here. Says nothing of what it may not remove.
void remove_abandoned(const std::string& folder);

}  // namespace word2vec
