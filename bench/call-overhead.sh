#!/bin/sh
# The cost of one operator call from C# over the cost from Python on the same libtorch; at most 1.00 is the aim.
# Both run in turn, so that a busy machine slows both alike; the ratio of each pair counts, not the microseconds.
#   bench/call-overhead.sh [PAIRS]      PYTHON=… names a Python with torch, ATELIER_NATIVE the native library's folder
set -eu
cd "$(dirname "$0")/.."
pairs=${1:-5}
python=${PYTHON:-/usr/bin/python3}
export ATELIER_NATIVE="${ATELIER_NATIVE:-$PWD/.build/native}"
export OMP_NUM_THREADS=1

dotnet build bench/Atelier.Bench -c Release -v quiet --nologo >&2
program=bench/Atelier.Bench/bin/Release/net10.0/Atelier.Bench.dll

if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "no torch in $python: C# alone" >&2
  exec dotnet "$program" call-overhead
fi

echo "pair  C# us  Python us  ratio"
k=0
while [ "$k" -lt "$pairs" ]; do
  k=$((k + 1))
  csharp=$(dotnet "$program" call-overhead)
  other=$("$python" bench/call_overhead.py)
  echo "$k $csharp $other" | awk '{ printf "%4d  %5.3f  %9.3f  %5.2f\n", $1, $2, $3, $2 / $3 }'
  echo "$csharp $other" | awk '{ print $1 / $2 }' >&3
done 3> "${TMPDIR:-/tmp}/call-overhead.$$"
sort -n "${TMPDIR:-/tmp}/call-overhead.$$" | awk '
  { ratio[NR] = $1 }
  END { printf "ratio C#/Python: median %.2f, from %.2f to %.2f\n", ratio[int((NR + 1) / 2)], ratio[1], ratio[NR] }'
rm -f "${TMPDIR:-/tmp}/call-overhead.$$"
