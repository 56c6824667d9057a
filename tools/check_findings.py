#!/usr/bin/env python3
"""Holds what `gmemspec diff` finds between shipped specs against what was written down before: one to one.

checker/diff/tests/expected/OLD-NEW-VALUE.txt lists findings for kvm.vm_memory_attributes=VALUE: rule, subject, class, level.
Lines below "explained" were added later, lines below "open" are expected and not found yet.

    tools/check_findings.py [--calls N] [FILE...]
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "checker/diff/tests/expected"


def wanted_of(path):
    wanted, open_ones, part = set(), set(), "wanted"
    for line in path.read_text("utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line in ("explained", "open"):
            part = line
        elif line:
            row = tuple(line.split())
            if len(row) != 4:
                sys.exit(f"{path.name}: not four words: {line}")
            (open_ones if part == "open" else wanted).add(row)
    return wanted, open_ones




def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", default="120000")
    parser.add_argument("--no-proofs", action="store_true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    bad = 0
    for path in [pathlib.Path(f) for f in options.files] or sorted(FOLDER.glob("*-*-*.txt")):
        old, new, value = path.stem.rsplit("-", 2)
        command = [ROOT / "build/gmemspec", "diff", old, new, "--param", f"vm_memory_attributes={value}", "--calls", options.calls,
                   "--format", "json", *(["--no-proofs"] if options.no_proofs else [])]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if not run.stdout:
            sys.exit(f"{path.name}: {run.stderr}")
        report = json.loads(run.stdout)
        found = {(f["rule"], f["subject"] if f["rule"] not in ("parameter-added", "quirk-added") else "-",
                  f["class"] or (f["subject"] if f["rule"] in ("parameter-added", "quirk-added") else "-"), f["level"])
                 for f in report["findings"]}
        wanted, open_ones = wanted_of(path)
        missing, more = wanted - found, found - wanted - open_ones
        late = open_ones & found
        for row in sorted(missing):
            print(f"{path.name}: not found: {' '.join(row)}")
        for row in sorted(more):
            print(f"{path.name}: not foreseen: {' '.join(row)}")
        for row in sorted(late):
            print(f"{path.name}: found, and listed as open: {' '.join(row)}")
        bad += len(missing) + len(more)
        print(f"{path.name}: {len(wanted & found)} of {len(wanted)} found, {len(more)} more, {len(open_ones - found)} open; "
              f"{report['sentence']}; {report['seconds']}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
