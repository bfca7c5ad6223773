#!/bin/sh
# Layout by clang-format, everywhere; findings by clang-tidy, in the program. Both must find nothing.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-deps.sh --lint
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

echo 'clang-format'
git ls-files -z -- '*.h' '*.cpp' | xargs -0 clang-format --dry-run -Werror

echo 'clang-tidy'
# A configuration of its own, without the tests; the build is made for GCC, whose warnings clang does not all know.
cmake -S . -B build-lint -DCMAKE_BUILD_TYPE=Release -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DWORD2VEC_TESTS=OFF >/dev/null
git ls-files -z -- '*.cpp' ':!tests/*' | xargs -0 -n 1 -P "$jobs" \
  clang-tidy --quiet -p build-lint --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-ignored-attributes
