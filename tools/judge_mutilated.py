#!/usr/bin/env python3
"""Judges falsified traces and says how many were noticed.

    tools/mutilate.py build/mutilated && tools/judge_mutilated.py build/mutilated

Prints for each operator how many traces `gmemspec check` found in violation, could not read, could not
decide, or held to conform, and how many first violations stand at the falsified line itself; then lists
what is not as its class demands. Only a violation counts as noticed: a trace that cannot be read
shows nothing about the checker.

Exit 1 if one of the class `must_reject` is no violation or one of `must_conform`, which has nothing
falsified, does not conform; 2 if `check` cannot be used.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERDICTS = ["violation", "unreadable", "unknown", "conforms"]
WANTED = {"must_reject": "violation", "mostly_reject": "violation", "must_conform": "conforms"}


class CheckFailed(Exception):
    pass


def first_line(trace):
    return min((finding["line"] for finding in trace["findings"]), default=None)


def judge_batch(program, folder, files):
    """{file: (verdict, line of the first finding)} from one run of the program"""
    command = [program, "check", "--format", "json", "--no-explain", "--max-findings", "1", *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
        verdicts = {trace["file"]: (trace["verdict"], first_line(trace)) for trace in report["traces"]}
    except (ValueError, KeyError, TypeError) as error:
        said = (done.stderr or done.stdout).strip()[:500]
        raise CheckFailed(f"exit {done.returncode}, no report ({error!r}): {said}") from error
    missing = [file for file in files if file not in verdicts]
    if missing:
        raise CheckFailed(f"the report says nothing of {missing[0]} and {len(missing) - 1} more")
    return verdicts


def judge(program, folder, files, batch, jobs):
    batches = [files[at:at + batch] for at in range(0, len(files), batch)]
    verdicts = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(lambda some: judge_batch(program, folder, some), batches):
            verdicts.update(part)
    return verdicts


def print_rates(manifest, verdicts):
    rows = collections.defaultdict(collections.Counter)
    for item in manifest:
        verdict, line = verdicts[item["file"]]
        for name in (item["operator"], "all"):
            rows[item["class"], name][verdict] += 1
            rows[item["class"], name]["at the line"] += line == item["line"]
    print(f"{'class':14} {'operator':22} {'traces':>6} " +
          " ".join(f"{verdict:>10}" for verdict in VERDICTS) + "  at the line   as wanted")
    for kind in WANTED:
        names = [name for other, name in rows if other == kind and name != "all"] + ["all"]
        for name in names:
            counts = rows[kind, name]
            total = sum(counts[verdict] for verdict in VERDICTS)
            print(f"{kind:14} {name:22} {total:6} " +
                  " ".join(f"{counts[verdict]:10}" for verdict in VERDICTS) +
                  f"  {counts['at the line']:11}   {100 * counts[WANTED[kind]] / total:6.2f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=pathlib.Path, help="made by tools/mutilate.py")
    parser.add_argument("--program", default=str(ROOT / "build/gmemspec"))
    parser.add_argument("--batch", type=int, default=100, help="traces for one run of the program")
    parser.add_argument("--jobs", "-j", type=int, default=os.cpu_count())
    parser.add_argument("--list", type=int, default=20, help="how many to show for each operator")
    args = parser.parse_args()
    try:
        manifest = json.loads((args.folder / "manifest.json").read_text())
        program = str(pathlib.Path(args.program).resolve())
        files = [item["file"] for item in manifest]
        verdicts = judge(program, args.folder, files, args.batch, args.jobs)
    except (OSError, ValueError, CheckFailed) as error:
        print(f"judge_mutilated: {error}", file=sys.stderr)
        return 2
    print_rates(manifest, verdicts)
    shown = collections.Counter()
    wrong = [item for item in manifest if verdicts[item["file"]][0] != WANTED[item["class"]]]
    for item in wrong:
        shown[item["operator"]] += 1
        if shown[item["operator"]] <= args.list:
            print(f"{verdicts[item['file']][0]}: {args.folder / item['file']}:{item['line']} {item['event']}: "
                  f"{item['what']} (from traces/{item['source']})")
    certain = sum(item["class"] != "mostly_reject" for item in wrong)
    print(f"{len(manifest)} traces, {len(wrong)} not as wanted, {certain} of them where it is certain")
    return 1 if certain else 0


if __name__ == "__main__":
    sys.exit(main())
