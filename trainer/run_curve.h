// A run over time, in few points. Knows numbers; refuses to know files and how they are drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "trainer/engine.h"

namespace word2vec {

/// What went on between the point before (or the start) and this one.
struct RunPoint {
  double seconds;           ///< of training, as the engine counts them
  double fraction;          ///< of all token-epochs, 0 to 1
  double words_per_second;  ///< in these seconds, where the engine's own figure is the mean since the start
  double alpha;             ///< at this moment
  double loss;  ///< mean loss a pair of these seconds, in nats; across the start of an epoch, of its part in the new one
};

/// Keeps a point each time that a four hundredth of the work is done: at most 401, however long the run. For one thread.
class RunCurve {
 public:
  void add(const TrainProgress& now);
  const std::vector<RunPoint>& points() const { return points_; }

 private:
  std::vector<RunPoint> points_;
  TrainProgress last_{};  // at the last point
};

}  // namespace word2vec
