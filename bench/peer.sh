#!/bin/sh
# Training steps and sampling of Atelier beside BigGAN-PyTorch: the same networks, the same batch, the same threads, on the
# same libtorch, in alternating runs, pair by pair. Each pair prints both figures and their ratio; the medians come last.
#   bench/peer.sh --checkout BigGAN-PyTorch [--pairs 3] [--recipe biggan32-cifar10] [--channels 64] [--batch 50]
#                 [--d-steps 4] [--resolution 32] [--classes 10] [--precision fp32|bf16] [--peer-precision fp32|bf16]
#                 [--threads 2] [--steps 5] [--sample 1000] [--set KEY=VALUE ...] [--json]
# --precision is Atelier's; the peer's is the same unless named (fp32 is the peer as shipped, bf16 is CPU autocast around its
# forward passes). PYTHON names a Python with torch, ATELIER another way to call atelier.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "error: $python has no torch. Install python3-torch, or name another Python with PYTHON." >&2
  exit 3
fi
ATELIER=${ATELIER:-$root/atelier}
export ATELIER
exec "$python" "$root/bench/peer.py" pairs "$@"
