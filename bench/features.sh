#!/bin/sh
# Images a second of InceptionV3 at 299 px: Atelier beside the same network in Python on the same libtorch, in
# alternating pairs of runs. Each line: images/s and processor seconds an image of both, and the two ratios.
# usage: bench/features.sh [PAIRS] [THREADS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
pairs=${1:-5}
threads=${2:-2}
export ATELIER_THREADS="$threads" OMP_NUM_THREADS="$threads"
dotnet build "$here/Atelier.Bench/Atelier.Bench.csproj" -c Release -v q -nologo >/dev/null
echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
k=0
while [ "$k" -lt "$pairs" ]; do
  python=$(/usr/bin/python3 "$here/features.py" 3 "$threads")
  atelier=$(dotnet "$here/Atelier.Bench/bin/Release/net10.0/Atelier.Bench.dll" features 3)
  echo "$python $atelier" | awk '{ printf "python %s img/s %s cpu-s/img, atelier %s img/s %s cpu-s/img, ratio %.2f clock %.2f processor\n", $1, $2, $3, $4, $3 / $1, $2 / $4 }'
  k=$((k + 1))
done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg)"
