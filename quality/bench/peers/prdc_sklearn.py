"""Precision, recall, density and coverage the way the published NumPy code works: full distance matrices from
scikit-learn, radii by partial sort, comparisons by broadcasting. Usage: prdc_sklearn.py ROWS COLUMNS

Draws the same numbers as PrdcBench: sums of four uniforms from the mixer of Steele, Lea and Flood (2014).
"""
import os
import sys
import time

import numpy as np
import sklearn
from sklearn.metrics import pairwise_distances

K = 5


def table(seed, rows, columns, shift):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, 4 * rows * columns + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    u = ((z >> np.uint64(11)) * 2.0**-53).reshape(rows, columns, 4)
    return u[:, :, 0] + u[:, :, 1] + u[:, :, 2] + u[:, :, 3] + shift


def radii(points, jobs):
    distances = pairwise_distances(points, points, metric="euclidean", n_jobs=jobs)
    nearest = np.partition(distances, K, axis=-1)[:, : K + 1]
    return nearest.max(axis=-1)


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    # One job: the matrix product inside already uses every core, and was faster so than with a job a core.
    jobs = int(os.environ.get("JOBS", "1"))
    real, fake = table(1, rows, columns, 0), table(2, rows, columns, 0.05)
    start = time.perf_counter()
    real_radii, fake_radii = radii(real, jobs), radii(fake, jobs)
    distances = pairwise_distances(real, fake, metric="euclidean", n_jobs=jobs)
    in_real = distances < real_radii[:, None]
    precision, density, coverage = in_real.any(axis=0).sum(), in_real.sum(), (distances.min(axis=1) < real_radii).sum()
    recall = (distances < fake_radii[None, :]).any(axis=1).sum()
    seconds = time.perf_counter() - start
    print(
        f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, {rows} x {rows} x {columns}, {len(os.sched_getaffinity(0))} threads: "
        f"{seconds:.2f} s; precision {precision} recall {recall} density {density} coverage {coverage}"
    )


main()
