// The two exceptions that a run can end with. Knows nothing of where they are caught: main turns them into a line and a status.
#pragma once

#include <stdexcept>
#include <string>

namespace word2vec {

/// It could not be done: a file, the data, the disk. Ends the program with status 1.
/// The message is one line: WHAT, WHERE (path, line or byte), and what to do.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The command was used wrongly. Ends the program with status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The system's text for an errno value, such as "No such file or directory".
std::string system_message(int error_number);

}  // namespace word2vec
