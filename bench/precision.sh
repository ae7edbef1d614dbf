#!/bin/sh
# Whether bfloat16 follows float32: equal runs of three seeds at both precisions, their loss curves and their FIDs.
#   bench/precision.sh DATA.atl RECIPE STEPS [KEY=VALUE...]
# Keys are the recipe's, as for --set. A processor without units for bfloat16 stores it and computes in float32.
set -eu
data=$(realpath "$1")
recipe=$2
steps=$3
shift 3
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for key in "$@"; do set -- "$@" --set "$key"; shift; done
for precision in fp32 bf16; do
  for seed in 0 1 2; do
    ./atelier train --data "$data" --recipe "$recipe" --steps "$steps" --seed "$seed" --precision "$precision" \
      --out "$scratch/$precision-$seed" --set snapshots.tick_every_steps=5 "$@" --json >/dev/null
  done
done
python3 bench/precision.py "$scratch"
