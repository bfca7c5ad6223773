#!/bin/sh
# From a bare machine to all tests passed. With everything installed it installs nothing and needs no root.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-deps.sh
sh scripts/build.sh release
ctest --test-dir build --output-on-failure -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
