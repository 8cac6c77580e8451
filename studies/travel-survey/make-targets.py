"""Writes targets.csv from the published control totals: one line a control and cluster.

python3 make-targets.py   (in this folder; Python 3 without further packages)

The conditions are those of the example's own control definitions (controls.csv of the source), in SQL.
"""
import csv
import io

HOUSEHOLDS = {
    "HH_Total": "",
    **{f"HHSize_{n}": f"HHSize = {n}" for n in (1, 2, 3)},
    "HHSize_4p": "HHSize >= 4",
    "HHIncome_low": "HHIncome = 1",
    "HHIncome_med": "HHIncome = 2",
    "HHIncome_high": "HHIncome = 3",
    "HHDwelling_Single": "HHDwelling = 1",
    "HHDwelling_Multiple": "HHDwelling = 2",
}
PERSONS = {
    "POP_Total": "",
    "PAge_0_4": "PAge = 0",
    "PAge_5_18": "PAge IN (1, 2, 3)",
    "PAge_19_24": "PAge = 4",
    "PAge_25_44": "PAge IN (5, 6)",
    "PAge_45_64": "PAge IN (7, 8)",
    "PAge_65p": "PAge IN (9, 10)",
    "PGender_M": "PGender = 1",
    "PGender_F": "PGender = 2",
    "PComm_a": "PComm = 'active'",
    "PComm_c": "PComm = 'auto'",
    "PComm_n": "PComm = 'NA'",
    "PComm_o": "PComm = 'other'",
    "PComm_t": "PComm = 'transit'",
    "PComm_h": "PComm = 'workFromHome'",
}

out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerow(["name", "table", "variable", "filter", "value", "tolerance"])
with open("data/control_totals_subcluster.csv", newline="") as source:
    for row in csv.DictReader(source):
        cluster = row["SUBREGCluster"]
        for table, controls in (("households", HOUSEHOLDS), ("persons", PERSONS)):
            for control, condition in controls.items():
                where = f"SUBREGCluster = {cluster}" + (f" AND {condition}" if condition else "")
                writer.writerow([f"{control}@{cluster}", table, "", where, row[control], ""])
with open("data/targets.csv", "w", newline="") as target:
    target.write(out.getvalue())
