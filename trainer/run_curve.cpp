#include "trainer/run_curve.h"

namespace word2vec {

void RunCurve::add(const TrainProgress& now) {
  constexpr double step = 1.0 / 400;
  const double elapsed = now.seconds - last_.seconds;
  const bool same_epoch = now.epoch == last_.epoch;
  const double pairs = static_cast<double>(now.pairs - (same_epoch ? last_.pairs : 0));
  if (now.fraction - last_.fraction < step || elapsed <= 0 || pairs <= 0) return;
  const double loss =
      now.loss * static_cast<double>(now.pairs) - (same_epoch ? last_.loss * static_cast<double>(last_.pairs) : 0);
  points_.push_back({now.seconds, now.fraction, static_cast<double>(now.words - last_.words) / elapsed, now.alpha, loss / pairs});
  last_ = now;
}

}  // namespace word2vec
