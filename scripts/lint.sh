#!/bin/sh
# The format and clang-tidy's findings, both errors. Needs clang-format and clang-tidy (scripts/install-deps.sh --ci).
set -eu
cd "$(dirname "$0")/.."
git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run -Werror
cmake --preset release -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
git ls-files '*.cpp' | grep -v '^tests/' | xargs -P "$(nproc 2>/dev/null || echo 2)" -n 1 clang-tidy -p build --quiet 2>/dev/null
