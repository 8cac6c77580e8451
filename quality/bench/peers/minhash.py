"""Near duplicates by MinHash in plain Python: 14 bands x 8 hashes over 5-token shingles, exact Jaccard at 0.8.

minhash.py ROWS [plain|numpy]   times the recipe on generated rows, those of MinHashBench
minhash.py reference            prints reference values for the tests as JSON

`plain` uses the standard library alone; `numpy` takes the minima of all hash functions at once, with products put together
from 32-bit halves because NumPy has no 128-bit ones.
"""
import hashlib
import json
import platform
import re
import sys
import time
from collections import defaultdict

P = (1 << 61) - 1
MASK = (1 << 64) - 1
BANDS, ROWS, NGRAM, SEED, THRESHOLD = 14, 8, 5, 1, 0.8
TOKEN = re.compile(r"[^\W_]+")


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def functions(seed, count):
    draws = SplitMix64(seed)
    return [(1 + (draws.next() >> 3) % (P - 1), (draws.next() >> 3) % P) for _ in range(count)]


def hashes(text):
    t = TOKEN.findall(text.lower())
    grams = {" ".join(t[i : i + NGRAM]) for i in range(max(1, len(t) - NGRAM + 1))} if t else set()
    return {int.from_bytes(hashlib.sha256(g.encode()).digest()[:8], "big") >> 3 for g in grams}


def signature(base, abs_):
    return [min((a * h + b) % P for h in base) for a, b in abs_]


def numpy_signature():
    import numpy as np

    low, low29, prime = np.uint64(0xFFFFFFFF), np.uint64((1 << 29) - 1), np.uint64(P)
    s3, s29, s32, s61 = (np.uint64(n) for n in (3, 29, 32, 61))

    def prepare(abs_):
        a = np.array([x for x, _ in abs_], dtype=np.uint64)[:, None]
        b = np.array([x for _, x in abs_], dtype=np.uint64)[:, None]
        return a & low, a >> s32, b

    def minima(base, prepared):
        a0, a1, b = prepared
        h = np.fromiter(base, dtype=np.uint64, count=len(base))[None, :]
        h0, h1 = h & low, h >> s32
        lo, mid = h0 * a0, h0 * a1 + h1 * a0
        total = ((h1 * a1) << s3) + (mid >> s29) + ((mid & low29) << s32) + (lo >> s61) + (lo & prime) + b
        total = (total & prime) + (total >> s61)
        return np.minimum(total, total - prime).min(axis=1).tolist()

    return prepare, minima


def word(n):
    """A pronounceable word for a number, 2 to 8 letters."""
    text = ""
    while True:
        text += "bdfgklmnprstvz"[n % 14] + "aeiou"[n // 14 % 5]
        n //= 70
        if n == 0:
            return text


WORDS = [word(n) for n in range(60000)]


def row(i):
    """About 1 KB: 180 words, small numbers more often than large; every tenth row is the row five before it with up to 39
    words replaced."""
    copied = i % 10 == 9
    draws = SplitMix64(1000003 * (i - 5 if copied else i))
    numbers = []
    for _ in range(180):
        r = draws.next()
        numbers.append((r >> 32) * ((r & 0xFFFFFFFF) * 60000 >> 32) >> 32)
    if copied:
        draws = SplitMix64(1000003 * i)
        for _ in range(i // 10 % 40):
            r = draws.next()
            numbers[(r >> 32) % 180] = (r & 0xFFFFFFFF) % 60000
    return " ".join(WORDS[n] for n in numbers)


def near_duplicates(texts, sign):
    """Pairs of rows at or above the threshold that a band proposes."""
    sets, buckets = [], defaultdict(list)
    for i, text in enumerate(texts):
        base = hashes(text)
        sets.append(base)
        s = sign(base)
        for band in range(BANDS):
            buckets[band, tuple(s[band * ROWS : (band + 1) * ROWS])].append(i)
    proposed = {(x, y) for rows in buckets.values() for k, y in enumerate(rows) for x in rows[:k]}
    pairs = []
    for x, y in proposed:
        common = len(sets[x] & sets[y])
        if common / (len(sets[x]) + len(sets[y]) - common) >= THRESHOLD:
            pairs.append((x, y))
    return pairs


def reference():
    texts = [
        "One two three four",
        "The quick brown fox jumps over the lazy dog, and the quick brown fox jumps over it again.",
        "Größe ÄPFEL 東京 タワー x²_y ½ İstanbul ΣΊΣΥΦΟΣ 42,5 𝒳1 naïve CAFÉ",
        row(0),
        row(9),
    ]
    cases = []
    for seed in (1, 20):
        abs_ = functions(seed, BANDS * ROWS)
        for text in texts:
            base = hashes(text)
            cases.append({"seed": seed, "text": text, "hashes": sorted(base), "signature": signature(base, abs_)})
    json.dump({"python": platform.python_version(), "script": "quality/bench/peers/minhash.py reference", "cases": cases},
              sys.stdout, ensure_ascii=False, indent=1)
    print()


def main():
    if sys.argv[1] == "reference":
        reference()
        return
    rows, kind = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "plain"
    abs_ = functions(SEED, BANDS * ROWS)
    version = f"Python {platform.python_version()}"
    if kind == "numpy":
        import numpy

        prepare, minima = numpy_signature()
        prepared = prepare(abs_)
        sign = lambda base: minima(base, prepared)
        version += f", NumPy {numpy.__version__}"
    else:
        sign = lambda base: signature(base, abs_)
    texts = [row(i) for i in range(rows)]
    start = time.perf_counter()
    pairs = near_duplicates(texts, sign)
    seconds = time.perf_counter() - start
    print(f"{version} ({kind}), {rows} rows, 1 thread: {seconds:.2f} s, {rows / seconds:.0f} rows/s; pairs {len(pairs)}")


main()
