// The learning rate. The one schedule: linear in the place of a token among all epochs' tokens; and where it should begin.
#pragma once

#include <cstdint>

#include "trainer/train_options.h"

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

/// Whether rates of the rows' own pay over so many tokens in all epochs together: at 5 and 20 million they do (of analogies, a
/// third and a sixth more answered), at 66 million and beyond they give the same, in more time.
bool automatic_row_rates(const TrainOptions& options, std::uint64_t token_epochs);

/// The first learning rate for a run over so many tokens in all its epochs together. The original tool's rates suit billions;
/// with little text, larger steps are worth a quarter of the accuracy. Fitted on analogies over English Wikipedia, 5 to 170
/// million token-epochs; that of CBOW's `exact` update at 20 and 66 million. It is a compromise: questions of facts want a
/// higher rate, those of grammar a lower one. Where each row has a rate of its own, one suits every length.
double automatic_alpha(const TrainOptions& options, std::uint64_t token_epochs);

}  // namespace word2vec
