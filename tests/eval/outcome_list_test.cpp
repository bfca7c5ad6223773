#include "eval/outcome_list.h"

#include <gtest/gtest.h>

#include "tests/eval/small_evaluation.h"

namespace word2vec {
namespace {

TEST(OutcomeListTest, ALineAQuestionWithAllColumns) {
  Evaluation evaluation = single_evaluation();
  evaluation.questions.analogies[0].sections[0].name = "cap\titals";
  evaluation.files[0].analogies[0].outcomes[1] = {"", "", 0, 0, 0};
  const std::string want =
      "vectors\tfile\tsection\ta\tb\tc\texpected\toutcome\tanswer\tanswer_score\trank\texpected_score\tmissing\n"
      "v1.txt\tq.txt\tcap itals\ta\tb\tc\td\tright\td\t0.750000\t1\t0.500000\t\n"
      "v1.txt\tq.txt\tcap itals\ta\tb\tc\td\twrong\t\t\t0\t\t\n"
      "v1.txt\tq.txt\tcap itals\ta\tb\tc\td\twrong\tgiven\t0.750000\t3\t0.500000\t\n"
      "v1.txt\tq.txt\tcap itals\ta\tb\tc\td\tskipped\t\t\t\t\tc\n"
      "v1.txt\tq.txt\tgram1\ta\tb\tc\td\tskipped\t\t\t\t\ta\n"
      "v1.txt\tq.txt\tgram1\ta\tb\tc\td\tskipped\t\t\t\t\ta b\n";
  EXPECT_EQ(to_outcome_list(evaluation), want);
}

}  // namespace
}  // namespace word2vec
