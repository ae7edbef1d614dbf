"""Reads the runs of precision.sh and says whether bfloat16 follows float32 as one seed follows another.

A run's loss curve is cut into windows. For every window the mean over the seeds of one precision is compared with that of the
other, beside the spread (standard deviation) between the seeds of float32.
"""
import json
import pathlib
import statistics
import sys

WINDOWS = 10


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line]


def windows(ticks, key):
    size = len(ticks) / WINDOWS
    return [
        statistics.mean(t[key] for t in ticks[round(k * size):round((k + 1) * size)]) for k in range(WINDOWS)]


def main(root):
    runs = {}
    for folder in sorted(pathlib.Path(root).iterdir()):
        precision, seed = folder.name.split('-')
        ticks = lines(folder / 'stats.jsonl')
        fid = [m['value'] for m in lines(folder / 'metrics.jsonl') if m['name'] == 'fid'][-1]
        runs.setdefault(precision, []).append((ticks, fid))
        print(f'{precision} seed {seed}: {ticks[-1]["step"]} steps, FID {fid:.4f}')
    for key in ('loss_d', 'loss_g'):
        curves = {p: [windows(ticks, key) for ticks, _ in of] for p, of in runs.items()}
        for k in range(WINDOWS):
            values = {p: [c[k] for c in of] for p, of in curves.items()}
            apart = statistics.mean(values['bf16']) - statistics.mean(values['fp32'])
            spread = statistics.stdev(values['fp32'])
            print(f'{key} window {k + 1}: bf16 - fp32 = {apart:+.4f}, between seeds {spread:.4f}')
    fids = {p: [fid for _, fid in of] for p, of in runs.items()}
    for precision, of in fids.items():
        print(f'FID {precision}: mean {statistics.mean(of):.4f}, from {min(of):.4f} to {max(of):.4f}')


main(sys.argv[1])
