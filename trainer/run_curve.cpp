#include "trainer/run_curve.h"

namespace word2vec {

void RunCurve::add(const TrainProgress& now) {
  constexpr double step = 1.0 / 400;
  const double elapsed = now.seconds - last_.seconds;
  const bool same_epoch = now.epoch == last_.epoch;
  const double pairs = static_cast<double>(now.pairs - (same_epoch ? last_.pairs : 0));
  const double done = now.fraction - last_.fraction;
  if (done < step || elapsed <= 0 || pairs <= 0) return;
  // The loss of an epoch's first moment would be that of a piece or two: a spike in the curve that means nothing.
  if (!same_epoch && pairs < density_ * done / 2) return;
  const double loss =
      now.loss * static_cast<double>(now.pairs) - (same_epoch ? last_.loss * static_cast<double>(last_.pairs) : 0);
  points_.push_back({now.seconds, now.fraction, static_cast<double>(now.words - last_.words) / elapsed, now.alpha, loss / pairs});
  density_ = pairs / done;
  last_ = now;
}

}  // namespace word2vec
