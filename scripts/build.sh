#!/bin/sh
# Builds the release into build/, on all cores.   sh scripts/build.sh [TARGET]   (a target, or everything)
set -eu
cd "$(dirname "$0")/.."
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
cmake --preset release -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
cmake --build --preset release -j "$jobs" ${1:+--target "$1"}
