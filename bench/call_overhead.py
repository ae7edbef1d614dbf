"""What one operator call costs from Python: the twin of src/Atelier.Training/Benchmarks/CallBenchmark.cs.

Prints the median over the rounds, in microseconds of processor time a call."""
import statistics
import time

import torch

CALLS = 200_000
WARM_UP_ROUNDS = 3
ROUNDS = 7

left = torch.ones(4, 4)
right = torch.full((4, 4), 2.0)


def one_round():
    start = time.process_time()
    for _ in range(CALLS):
        left + right
    return (time.process_time() - start) / CALLS * 1e6


for _ in range(WARM_UP_ROUNDS):
    one_round()
print(f"{statistics.median(one_round() for _ in range(ROUNDS)):.3f}")
