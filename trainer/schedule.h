// The learning rate. The one schedule: linear in the place of a token among all epochs' tokens.
#pragma once

#include <cstdint>

namespace word2vec {

/// Falls from `alpha` at the first place to `min_alpha` at the last. A place is an index into the ids of all epochs laid end
/// to end (a sentence's end takes one), so the rate depends on no thread's pace and reaches its end on any corpus.
class Schedule {
 public:
  Schedule(double alpha, double min_alpha, std::uint64_t places)
      : alpha_(alpha), slope_(places > 1 ? (alpha - min_alpha) / static_cast<double>(places - 1) : 0) {}

  double at(std::uint64_t place) const { return alpha_ - slope_ * static_cast<double>(place); }
  double slope() const { return slope_; }

 private:
  double alpha_, slope_;
};

}  // namespace word2vec
