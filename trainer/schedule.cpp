#include "trainer/schedule.h"

#include <algorithm>
#include <cmath>

namespace word2vec {
namespace {

// What shares the error among the contexts learns from each centre less than what gives it whole to each, and takes larger
// steps: not by the number of contexts, since the output rows take the same steps, and those may not grow as much.
constexpr double of_exact_update = 2.25;

// A block's step adds up what all pairs of its centres ask of a row, by the rows as they were before: the rate is limited by
// their number, beyond which blocks diverge (from 3.6 to 5 at windows 5 to 20 and negative 5 to 15). And the more numbers a row
// has, the further the pairs carry together: through the best rates at dims 100 and 300.
double of_blocks(double alpha, const TrainOptions& options) {
  constexpr double most_added = 2.8;
  return std::min(0.82 * alpha * std::pow(std::max(options.dim / 100.0, 1.0), -0.37),
                  most_added / ((options.window + 1.0) * (options.negative + 1.0)));
}

}  // namespace

bool automatic_row_rates(const TrainOptions& options, std::uint64_t token_epochs) {
  constexpr std::uint64_t longest = 40'000'000;
  return options.row_rates_fit() && token_epochs <= longest;
}

double automatic_alpha(const TrainOptions& options, std::uint64_t token_epochs) {
  if (options.row_rates == RowRateChoice::on) return 0.45;
  // Powers of the length through the best rates at 5, 20, 66 and 168 million, between the original tool's rate and the last
  // that learns well.
  const double length = std::max(static_cast<double>(token_epochs), 1.0) / 20e6;
  const double cbow = std::clamp(0.088 * std::pow(length, -0.33), 0.05, 0.14);
  const double windows = std::clamp(0.055 * std::pow(length, -0.22), 0.025, 0.10);
  const double skipgram = options.sharing == NegativeSharing::block ? of_blocks(windows, options) : windows;
  const double alpha = options.model == Model::skipgram           ? skipgram
                       : options.cbow_update == CbowUpdate::exact ? cbow * of_exact_update
                                                                  : cbow;
  return std::round(alpha * 1000) / 1000;  // as a person would type it
}

}  // namespace word2vec
