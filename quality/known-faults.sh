#!/usr/bin/env bash
# What is known about faults of the libraries that docs/reference/dependencies.md lists, from the database of osv.dev.
#
#   quality/known-faults.sh
#
# OSV_URL names another server with the same interface. Ends with 1 if a fault is known, 2 if the database cannot be asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
url="${OSV_URL:-https://api.osv.dev}"
page=docs/reference/dependencies.md

for tool in curl jq; do
    command -v "$tool" >/dev/null || { echo "known-faults: $tool is missing; install it." >&2; exit 2; }
done

# A row is "| group:artifact | version | ..."; the chart library comes from another registry than the rest.
libraries=$(sed -n 's/^| \([a-z][A-Za-z0-9_.-]*:[A-Za-z0-9_.-]*\) | \([^ |]*\) |.*/Maven \1 \2/p
    s/^| \(echarts\) [^|]*| \([^ |]*\) |.*/npm \1 \2/p' "$page")
[ -n "$libraries" ] || { echo "known-faults: $page lists no libraries." >&2; exit 2; }

query=$(jq -R -s '{queries: [split("\n")[] | select(length > 0) | split(" ")
    | {package: {ecosystem: .[0], name: .[1]}, version: .[2]}]}' <<<"$libraries")
answer=$(curl -sS --fail --max-time 60 -H 'Content-Type: application/json' --data-binary @- "$url/v1/querybatch" <<<"$query") || {
    echo "known-faults: the database at $url cannot be asked; try again later." >&2
    exit 2
}
jq -e --argjson asked "$query" '(.results | length) == ($asked.queries | length)' <<<"$answer" >/dev/null 2>&1 || {
    echo "known-faults: the database at $url answered something else than was asked." >&2
    exit 2
}

# What a database says is shown without control characters.
faults=$(jq -r --argjson asked "$query" '[.results, $asked.queries] | transpose[]
    | .[1] as $library | (.[0].vulns // [])[]
    | [$library.package.name, $library.version, .id, (.summary // "")] | join("  ")
    | gsub("[[:cntrl:]]"; "?")' <<<"$answer")
count=$(wc -l <<<"$libraries")
if [ -z "$faults" ]; then
    echo "$count libraries, no known fault."
else
    echo "$faults"
    echo "$count libraries, $(wc -l <<<"$faults") known faults." >&2
    exit 1
fi
