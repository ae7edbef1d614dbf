#!/bin/sh
# Training steps and the tests that need a GPU, on a given CUDA libtorch: builds the native library against it, publishes
# the program and the tests with their own .NET runtime, and runs both. It needs cmake, g++, the .NET SDK and a GPU.
# usage: bench/gpu.sh LIBTORCH [FOLDER]     LIBTORCH: the unpacked libtorch, FOLDER: where to build (default .build/gpu)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
libtorch=${1:?usage: bench/gpu.sh LIBTORCH [FOLDER]}
build=${2:-$root/.build/gpu}
[ -f "$libtorch/share/cmake/Torch/TorchConfig.cmake" ] || {
  echo "$libtorch has no share/cmake/Torch/TorchConfig.cmake: give the folder of an unpacked libtorch" >&2
  exit 3
}
cmake -S "$root/native" -B "$build/native" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$libtorch"
cmake --build "$build/native" --target atelier_native --parallel
publish() {
  dotnet publish "$root/$1" -c Release -r linux-x64 --self-contained true --artifacts-path "$build/artifacts" \
    -o "$build/$2" -v quiet -nologo -p:RunAnalyzers=false -p:GenerateDocumentationFile=false
}
publish src/Atelier.Cli/Atelier.Cli.csproj program
publish tests/Atelier.Training.Tests/Atelier.Training.Tests.csproj tests
export ATELIER_HOME="$root" ATELIER_NATIVE="$build/native" ATELIER_LIBTORCH="$libtorch"
export LD_LIBRARY_PATH="$libtorch/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
status=0
"$build/tests/Atelier.Training.Tests" -class Atelier.Training.Tests.Loop.CudaTests || status=$?
for graph in false true; do
  "$build/program/atelier" bench step --recipe biggan32-cifar10 --precision bf16 --device cuda --steps 12 \
    --set training.cuda_graph=$graph || status=$?
done
exit "$status"
