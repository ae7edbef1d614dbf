#!/bin/sh
# Ten healthy runs of different seeds and three that are made to collapse by a learning rate that is far too high:
# the sentinel should be silent on the first and stop the others. One line a run; at the end the two counts.
#   bench/sentinel.sh DATA.atl [STEPS] [KEY=VALUE...]
# STEPS is 1000 unless given; keys are the recipe's, as for --set. ATELIER_BENCH names a built Atelier.Bench.dll.
set -eu
data=$(realpath "$1")
steps=${2:-1000}
shift
[ $# -eq 0 ] || shift
cd "$(dirname "$0")/.."
export ATELIER_NATIVE="${ATELIER_NATIVE:-$PWD/.build/native}"
program=${ATELIER_BENCH:-bench/Atelier.Bench/bin/Release/net10.0/Atelier.Bench.dll}
[ -n "${ATELIER_BENCH:-}" ] || dotnet build bench/Atelier.Bench -c Release -v quiet --nologo >&2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trial() {
  name=$1
  shift
  code=0
  said=$(dotnet "$program" sentinel "$data" recipes/biggan32-fashion.yaml "$scratch/$name" \
    "training.steps=$steps" "$@") || code=$?
  echo "$name: $said"
  [ "$code" -eq 0 ] || [ "$code" -eq 6 ] || exit "$code"
  echo "$name $code" >> "$scratch/codes"
}

trial collapse-both "$@" training.generator.lr=0.05 training.discriminator.lr=0.05
trial collapse-discriminator "$@" training.discriminator.lr=0.05
trial collapse-unnormalised "$@" model.spectral_norm.generator=false model.spectral_norm.discriminator=false \
  training.discriminator.lr=0.01
seed=0
while [ "$seed" -lt 10 ]; do
  trial "healthy-$seed" "$@" "training.seed=$seed"
  seed=$((seed + 1))
done
awk '
  $1 ~ /^healthy/ { healthy++; false_alarms += $2 == 6 }
  $1 ~ /^collapse/ { collapsing++; caught += $2 == 6 }
  END { printf "caught %d of %d, false alarms %d of %d\n", caught, collapsing, false_alarms, healthy }' "$scratch/codes"
