// What can be changed at a prompt, as `:name value`. Knows the options of queries; refuses to know terminals and vectors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eval/queries.h"

namespace word2vec {

/// The settings of `nearest`, or of `analogy`, which has :method too.
class PromptSettings {
 public:
  PromptSettings(NeighborOptions& options, bool analogy) : options_(options), analogy_(analogy) {}

  /// Sets the option that a line such as ":k 20" names; one without a value only asks. Returns the setting as it is then, such as
  /// ":k 20". Throws UsageError for a name that is none or a value out of range, and has then changed nothing.
  std::string change(std::string_view line);
  /// A line for each setting: its name, its value, what it does.
  std::string help() const;
  /// ":k" and so on; and the values of a setting that has few: of ":metric" cosine, dot, euclidean.
  std::vector<std::string> names() const;
  static std::vector<std::string> values(std::string_view name);

 private:
  std::string value(std::string_view name) const;
  void set(std::string_view name, std::string_view text);

  NeighborOptions& options_;
  bool analogy_;
};

}  // namespace word2vec
