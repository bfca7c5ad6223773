#include "trainer/schedule.h"

#include <algorithm>
#include <cmath>

namespace word2vec {
namespace {

// What shares the error among the contexts learns from each centre less than what gives it whole to each, and takes larger
// steps: not by the number of contexts, since the output rows take the same steps, and those may not grow as much.
constexpr double of_exact_update = 2.25;

}  // namespace

double automatic_alpha(const TrainOptions& options, std::uint64_t token_epochs) {
  if (options.row_rates) return 0.45;
  // Powers of the length through the best rates at 5, 20, 66 and 168 million, between the original tool's rate and the last
  // that learns well.
  const double length = std::max(static_cast<double>(token_epochs), 1.0) / 20e6;
  const double cbow = std::clamp(0.088 * std::pow(length, -0.33), 0.05, 0.14);
  const double alpha = options.model == Model::skipgram           ? std::clamp(0.055 * std::pow(length, -0.22), 0.025, 0.10)
                       : options.cbow_update == CbowUpdate::exact ? cbow * of_exact_update
                                                                  : cbow;
  return std::round(alpha * 1000) / 1000;  // as a person would type it
}

}  // namespace word2vec
