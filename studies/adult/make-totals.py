"""Writes data/totals.csv: which weighted totals of the survey the synthetic sample is calibrated to.

python3 make-totals.py   (in this folder; Python 3 without further packages)

The totals themselves are computed from the survey when the study runs.
"""
import csv
import gzip

rows = list(csv.DictReader(gzip.open("data/adult.csv.gz", "rt", newline="")))
ages = [(17, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 99)]
lines = [("everybody", "", "")]
for low, high in ages:
    for sex in ("Female", "Male"):
        lines.append((f"age {low}-{high}, {sex}", "", f"age BETWEEN {low} AND {high} AND sex = '{sex}'"))
for column in ("education", "marital", "type_employer", "occupation", "race", "income"):
    for level in sorted({r[column] for r in rows}):
        lines.append((f"{column} {level}", "", f"{column} = '{level}'"))
lines.append(("with capital gains", "", "capital_gain > 0"))
lines.append(("with capital losses", "", "capital_loss > 0"))
lines.append(("hours worked", "hr_per_week", ""))
with open("data/totals.csv", "w", newline="") as target:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["name", "table", "variable", "filter"])
    for name, variable, condition in lines:
        writer.writerow([name, "sample", variable, condition])
