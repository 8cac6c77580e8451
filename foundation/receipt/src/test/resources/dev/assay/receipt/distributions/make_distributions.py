#!/usr/bin/env python3
"""Makes samples.csv and reference.tsv of this folder (Python 3.11, numpy, scipy 1.17.1, PyYAML).

    python3 make_distributions.py EVIDENCE

EVIDENCE holds zeroeval/, tau_bench/ and aider/ as their projects published them (sources: NOTICE at the project's
root). Nothing of the texts is kept: only how many code points each answer or dialogue has, what it was judged to be,
and pass rates.

Statistics are scipy's, except p of Kolmogorov-Smirnov (Stephens 1970, the formula that Assay states) and the population
stability index, which scipy does not have.
"""
import csv, gzip, json, math, re, sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy, scipy, yaml
from scipy import stats

root, here = Path(sys.argv[1]), Path(__file__).parent

FIELD = re.compile(r'"answer"[ \t\r\n]*:[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*"|[^,}\n]*)')
BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def number(text):
    found = NUMBER.search(text.replace("$", "").replace(",", ""))
    return Decimal(found.group()) if found else None


def judged(text, answer):
    want = number(answer)
    if not text.strip():
        return "rejected"
    fields = FIELD.findall(text)
    if fields:
        got = number(fields[-1].strip(" \t\r\n").strip('"'))
        return "accepted" if got is not None and got == want else "rejected"
    boxed = BOXED.findall(text)
    if boxed:
        return "partially_accepted" if number(boxed[-1]) == want else "rejected"
    return "needs_human_review"


def dialogue(messages):
    lines = []
    for m in messages[1:]:
        if m["role"] == "tool":
            lines.append(f"tool: {m['name']} {m['content']}")
            continue
        if m.get("content") is not None:
            lines.append(f"{m['role']}: {m['content']}")
        for call in m.get("tool_calls") or []:
            lines.append(f"call: {call['function']['name']} {call['function']['arguments']}")
    return "\n".join(lines)


samples = {}
for name, file in (("gpt-4o-mini", "gpt-4o-mini-2024-07-18"), ("gemma-2-2b", "gemma-2-2b-it"),
                   ("llama-3.1-8b", "Meta-Llama-3.1-8B-Instruct"), ("qwen2-7b", "Qwen2-7B-Instruct")):
    rows = json.load(gzip.open(root / f"zeroeval/gsm.{file}.json.gz", "rt", encoding="utf-8"))
    samples[name] = [(len(r["output"][0]), judged(r["output"][0], r["answer"])) for r in rows]
for row in json.load(gzip.open(root / "tau_bench/gpt-4o-airline.json.gz", "rt", encoding="utf-8")):
    samples.setdefault(f"tau-{row['trial']}", []).append(
        (len(dialogue(row["traj"])), "accepted" if row["reward"] == 1 else "rejected"))
for name, stem in (("polyglot", "polyglot_leaderboard"), ("edit", "edit_leaderboard")):
    rows = yaml.load(open(root / f"aider/{stem}.yml", encoding="utf-8"), yaml.BaseLoader)
    samples[name] = [(r["pass_rate_2"] if "pass_rate_2" in r else r["pass_rate_1"], "") for r in rows]
samples["0..9"] = [(i, "") for i in range(10)]
samples["3..12"] = [(i, "") for i in range(3, 13)]

with open(here / "samples.csv", "w", newline="\n") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["sample", "value", "category"])
    for name, rows in samples.items():
        writer.writerows((name, value, category) for value, category in rows)


def filled(shares):
    smallest = min(s for s in shares if s > 0)
    fill = 0.0001 if smallest > 0.0001 else smallest / 1e6
    return numpy.array([s if s > 0 else fill for s in shares])


def psi(reference, current):
    p, q = filled(reference / reference.sum()), filled(current / current.sum())
    return float(((p - q) * numpy.log(p / q)).sum())


def cells(reference, current):
    """Counts in the cells of both: one a value, or Sturges' bins where there are more than 20 values."""
    both = numpy.concatenate([reference, current])
    values = sorted(set(both))
    if len(values) > 20:
        edges = numpy.histogram_bin_edges(both, bins=math.ceil(math.log2(len(both))) + 1)
        return [numpy.histogram(x, bins=edges)[0].astype(float) for x in (reference, current)]
    return [numpy.array([numpy.count_nonzero(x == v) for v in values], float) for x in (reference, current)]


def stephens(d, n, m):
    root_e = math.sqrt(n * m / (n + m))
    l = (root_e + 0.12 + 0.11 / root_e) * d
    p = 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * l * l) for k in range(1, 101))
    return min(1.0, max(0.0, p))


lines = []
def put(kind, a, b, statistic, value):
    lines.append(f"{kind}\t{a}\t{b}\t{statistic}\t{value!r}")


def numbers(name):
    return numpy.array([float(v) for v, _ in samples[name]])


for a, b in (("gpt-4o-mini", "gemma-2-2b"), ("llama-3.1-8b", "qwen2-7b"), ("llama-3.1-8b", "gemma-2-2b"), ("tau-0", "tau-1")):
    counts = [Counter(c for _, c in samples[x]) for x in (a, b)]
    values = sorted(set(counts[0]) | set(counts[1]))
    reference, current = [numpy.array([c[v] for v in values], float) for c in counts]
    test = stats.chi2_contingency([reference, current], correction=False)
    put("category", a, b, "chi2", float(test.statistic))
    put("category", a, b, "df", int(test.dof))
    put("category", a, b, "chi2_p", float(test.pvalue))
    put("category", a, b, "psi", psi(reference, current))
    put("category", a, b, "cells", len(values))
for a, b in (("gpt-4o-mini", "gemma-2-2b"), ("llama-3.1-8b", "qwen2-7b"), ("tau-0", "tau-1"), ("tau-0", "tau-3"),
             ("polyglot", "edit"), ("0..9", "3..12")):
    reference, current = numbers(a), numbers(b)
    test = stats.ks_2samp(reference, current)
    put("value", a, b, "ks", float(test.statistic))
    put("value", a, b, "ks_p", stephens(float(test.statistic), len(reference), len(current)))
    w = stats.wasserstein_distance(reference, current)
    put("value", a, b, "wasserstein", float(w))
    put("value", a, b, "wasserstein_normalised", float(w / max(reference.std(), 0.001)))
    p, q = cells(reference, current)
    put("value", a, b, "psi", psi(p, q))
    put("value", a, b, "cells", len(p))

with open(here / "reference.tsv", "w") as out:
    out.write(f"# scipy {scipy.__version__}, numpy {numpy.__version__}\n# column\treference\tcurrent\tstatistic\tvalue\n")
    out.write("\n".join(lines) + "\n")
