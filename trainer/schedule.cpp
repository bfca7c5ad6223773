#include "trainer/schedule.h"

#include <algorithm>
#include <cmath>

namespace word2vec {

double automatic_alpha(Model model, std::uint64_t token_epochs) {
  // A power of the length through the best rate at 20 million, between the original tool's rate and the last that learns well.
  const double length = std::max(static_cast<double>(token_epochs), 1.0) / 20e6;
  const double alpha = model == Model::cbow ? std::clamp(0.10 * std::pow(length, -0.15), 0.05, 0.15)
                                            : std::clamp(0.06 * std::pow(length, -0.15), 0.025, 0.10);
  return std::round(alpha * 1000) / 1000;  // as a person would type it
}

}  // namespace word2vec
