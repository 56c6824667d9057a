#!/usr/bin/env python3
"""Makes test vectors, judges them, and makes their calls on this machine's kernel.

For every shipped spec: the vectors conform to it. Where /dev/kvm can be used, those of the spec that fits this
kernel and random programs (500 calls, three seeds; and again with four threads) are run: none may fail, differ or
hang; what the kernel lacks is skipped. Elsewhere that part is left out, and said so.

    tools/check_vectors.py [--calls N] [--random N]
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/gmemspec"
SPECS = ["linux_6_18", "linux_7_1", "inplace_v7"]
SEEDS = [1, 2, 3]
met = []  # calls that overlapped, for each run


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def judged(spec, folder, calls):
    """Makes the vectors; True if all of them conform."""
    made = run("vectors", "--spec", spec, "--no-proofs", "--calls", calls, "-o", folder)
    sys.stdout.write(made.stdout + made.stderr)
    if made.returncode not in (0, 3):
        return False
    verdict = run("check", folder)
    count = len(list(pathlib.Path(folder).glob("*.jsonl")))
    good = verdict.stdout.count(": conforms")
    print(f"  {good} of {count} conform")
    if verdict.returncode != 0:
        print("\n".join(line for line in verdict.stdout.splitlines() if ": conforms" not in line))
    return verdict.returncode == 0 and count > 0


def fitting_spec():
    """The spec that fits this kernel, or None, and why."""
    outcome = run("run", "--random", 1, "--format", "json")
    report = json.loads(outcome.stdout) if outcome.stdout else {}
    return (report.get("spec") or None) if report.get("kernel") else None, outcome.stderr.strip()


def performed(what, *arguments):
    """Whether nothing failed."""
    outcome = run("run", *arguments, "--format", "json")
    report = json.loads(outcome.stdout)
    counts = collections.Counter(vector["verdict"] for vector in report["vectors"])
    overlapped = report.get("overlapped")
    print(f"{what}: " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
          + (f"; {overlapped['calls']} calls overlapped" if overlapped else ""))
    # A vector may differ where the environment decides, such as a signal that does not come.
    bad = {verdict for verdict in counts if verdict not in ("pass", "skip", "differs")}
    if bad or counts["pass"] == 0:
        sys.stdout.write(run("run", *arguments).stdout)
    met.append(overlapped["calls"] if overlapped else 0)
    return not bad and counts["pass"] > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--calls", type=int, default=200_000, help="of the search for vectors")
    parser.add_argument("--random", type=int, default=500, help="calls of random programs, for each seed")
    args = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for spec in SPECS:
            good = judged(spec, f"{folder}/{spec}", args.calls) and good
        spec, why = fitting_spec()
        if spec is None:
            print(f"not run on this machine: {why}")
            return 0 if good else 1
        good = performed(f"vectors of {spec}", f"{folder}/{spec}") and good
        for seed in SEEDS:
            made_up = ["--random", args.random, "--seed", seed]
            good = performed(f"random programs, seed {seed}", *made_up) and good
            good = performed(f"random programs, seed {seed}, 4 threads", *made_up, "--threads", 4) and good
        if sum(met) == 0 and os.cpu_count() > 1:
            print("no calls of different threads overlapped: nothing was tested beside each other")
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
