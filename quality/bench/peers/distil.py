"""Logs of model runs to a training set in plain Python: one row at a time, the standard library alone.

distil.py RUNS FOLDER   makes evidence, scores and samples of the rows of RUNS, as the study of distil.sh does

The same steps: canonical rows and their digests, evidence with its id, the rules of zeroeval, duplicates by normal text, samples
in two shapes, and the digest of every file. Left out, in favour of this: personal data, comparing rows instead of bytes, reading
the samples again, receipts.
"""
import hashlib
import json
import os
import re
import sys
import time
import unicodedata

FIELD = re.compile(r'"answer"[ \t\r\n]*:[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*"|[^,}\n]*)')
BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
NOW = "2026-01-01T00:00:00Z"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def last(pattern, text):
    found = None
    for found in pattern.finditer(text):
        pass
    return found.group(1) if found else None


def number(text):
    found = NUMBER.search(text.replace("$", "").replace(",", "")) if text is not None else None
    return float(found.group()) if found else None


def judge(text, reference):
    if not text.strip():
        return "rejected", "empty_output"
    field, boxed, right = last(FIELD, text), last(BOXED, text), number(reference)
    if field is not None and number(field) is None:
        return "rejected", "answer_not_numeric"
    if field is not None:
        return ("accepted", "number_equal") if number(field) == right else ("rejected", "number_differs")
    if boxed is not None and number(boxed) is not None and number(boxed) == right:
        return "partially_accepted", "boxed_equal_format_broken"
    return ("rejected", "boxed_differs") if boxed is not None else ("needs_human_review", "no_answer_found")


def normal(text):
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).strip(" \t\n")


def sha(data):
    return hashlib.sha256(data).hexdigest()


def main(runs, folder):
    begin = time.perf_counter()
    names = ["evidence.jsonl", "scored.jsonl", "quarantine.jsonl"]
    evidence, scored, quarantine = (open(os.path.join(folder, name), "wb") for name in names)
    known, seen, samples, counts = set(), set(), [], {}
    with open(runs, "rb") as source:
        for position, line in enumerate(source):
            row = json.loads(line)
            sig = sha(canonical(row))
            provenance = {"source_file": os.path.basename(runs), "position": position, "sig_hash": sig}
            record = {
                "schema_version": 1, "stream": "generated", "stream_class": "verdict", "timestamp_source": "pinned",
                "timestamp": "2025-04-14T22:14:25Z", "role": "executor", "run_id": row["generator"] + ":" + row["id"],
                "task_id": row["id"], "model_name": row["generator"], "prompt": row["question"], "text": row["output"][0],
                "reference": row["answer"], "provenance": provenance,
            }
            key = (record["run_id"], sig)
            if key in known:
                continue
            known.add(key)
            identity = sha(canonical(record))
            provenance["recorded_at"] = NOW
            record["id"] = identity
            evidence.write(canonical(record) + b"\n")
            category, reason = judge(record["text"], record["reference"])
            counts[category] = counts.get(category, 0) + 1
            scored.write(canonical({
                "schema_version": 1, "evidence_id": identity, "evidence_run_id": record["run_id"],
                "evidence_task_id": record["task_id"], "category": category, "reasons": [reason], "scored_at": NOW,
                "scorer_version": "1.0.0", "provenance": provenance,
            }) + b"\n")
            refused = None if category == "accepted" else "category " + category
            content = sha(canonical([normal(record["prompt"]), "", normal(record["text"])]))
            if refused is None and content in seen:
                refused = "the same content is exported already"
            if refused is not None:
                quarantine.write(canonical({
                    "schema_version": 1, "evidence_id": identity, "run_id": record["run_id"], "errors": [refused],
                    "recorded_at": NOW, "source_provenance": provenance,
                }) + b"\n")
                continue
            seen.add(content)
            samples.append(canonical({
                "schema_version": 1, "id": sha(canonical(["sft", identity])), "instruction": record["prompt"],
                "context": "", "response": record["text"], "source_run_id": record["run_id"],
                "quality_score": category, "created_at": NOW, "provenance": provenance,
            }))
    samples.sort(key=lambda sample: json.loads(sample)["id"])
    names += ["sft.jsonl", "sft.openai-chat.jsonl"]
    native, chat = (open(os.path.join(folder, name), "wb") for name in names[3:])
    for line in samples:
        sample = json.loads(line)
        native.write(line + b"\n")
        chat.write(canonical({"messages": [
            {"role": "user", "content": sample["instruction"]}, {"role": "assistant", "content": sample["response"]}]}) + b"\n")
    for file in (evidence, scored, quarantine, native, chat):
        file.close()
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            print(name, hashlib.file_digest(file, "sha256").hexdigest())
    seconds = time.perf_counter() - begin
    print("counts", json.dumps(counts, sort_keys=True), "samples", len(samples))
    print(f"plain Python {sys.version.split()[0]}: {os.path.getsize(runs) / 1e6 / seconds:.2f} MB/s")


main(*sys.argv[1:])
