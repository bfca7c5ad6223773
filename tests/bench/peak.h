// The arithmetic peak of an instruction set on this machine as it is now. Knows registers; refuses to know rows.
#pragma once

#include "corpus/simd.h"

namespace word2vec {

/// GFLOP/s of one core that multiplies and adds independent registers and does nothing else. Measured anew in each call (some
/// milliseconds, the best of a few), since a machine's clock changes: ask for it beside what is to be compared.
/// Of avx512bf16 it is the float peak, which products of pairs may pass: theirs is twice that.
double measured_peak(SimdLevel simd);

}  // namespace word2vec
