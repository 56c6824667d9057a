#!/usr/bin/env python3
"""Judges falsified traces and says how many were noticed.

    tools/mutilate.py build/mutilated && tools/judge_mutilated.py build/mutilated

Prints for each operator how many traces `gmemspec check` found in violation, could not read, could not
decide, or held to conform, and how many first violations stand at the falsified line itself; then lists
what is not as its class demands. Only a violation counts as noticed: a trace that cannot be read
shows nothing about the checker.

Then the solver alone (`check --engine z3`) judges the survivors, those that are falsified and no
violation, and a table says which clauses of the spec allow the falsified event: of a dropped event, those
that allowed it before it was dropped. `--confirm all` has the solver judge every trace.

Exit 1 if one of the class `must_reject` is no violation, one of `must_conform`, which has nothing
falsified, does not conform, or the solver's verdict is another one; 2 if `check` cannot be used.
"""
import argparse
import collections
import concurrent.futures
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERDICTS = ["violation", "unreadable", "unknown", "conforms"]
WANTED = {"must_reject": "violation", "mostly_reject": "violation", "must_conform": "conforms"}


class CheckFailed(Exception):
    pass


def first_line(trace):
    return min((finding["line"] for finding in trace["findings"]), default=None)


def judge_batch(program, folder, files, *options):
    """{file: (verdict, line of the first finding, {line: its clauses} if asked for)} from one run"""
    command = [program, "check", "--format", "json", "--no-explain", "--max-findings", "1", *options, *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
        verdicts = {trace["file"]: (trace["verdict"], first_line(trace),
                                    {event["line"]: event["clauses"] for event in trace.get("events", [])})
                    for trace in report["traces"]}
    except (ValueError, KeyError, TypeError) as error:
        said = (done.stderr or done.stdout).strip()[:500]
        raise CheckFailed(f"exit {done.returncode}, no report ({error!r}): {said}") from error
    missing = [file for file in files if file not in verdicts]
    if missing:
        raise CheckFailed(f"the report says nothing of {missing[0]} and {len(missing) - 1} more")
    return verdicts


def judge(program, folder, files, batch, jobs, *options):
    batches = [files[at:at + batch] for at in range(0, len(files), batch)]
    verdicts = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(lambda some: judge_batch(program, folder, some, *options), batches):
            verdicts.update(part)
    return verdicts


def print_rates(manifest, verdicts):
    rows = collections.defaultdict(collections.Counter)
    for item in manifest:
        verdict, line, _ = verdicts[item["file"]]
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


def original_clauses(program, items):
    """{file of the item: clauses of the event at its line before it was falsified}"""
    with tempfile.TemporaryDirectory() as place:
        files = {}
        for item in items:
            source = ROOT / "traces" / item["source"]
            text = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
            copy = pathlib.Path(place) / item["file"]
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source.parent / "kernel.json", copy.parent)
            copy.write_bytes(b"".join(text.splitlines(True)[:item["line"]]))
            files[item["file"]] = item["line"]
        verdicts = judge_batch(program, place, list(files), "--engine", "z3", "--events") if files else {}
    return {file: verdicts[file][2].get(line, []) for file, line in files.items()}


def confirm(program, args, manifest, verdicts):
    """Has the solver judge; prints what lets survivors through; returns in how many cases it disagrees."""
    survivors = [item for item in manifest
                 if item["class"] != "must_conform" and verdicts[item["file"]][0] in ("conforms", "unknown")]
    asked = manifest if args.confirm == "all" else survivors
    files = [item["file"] for item in asked]
    answers = judge(program, args.folder, files, args.batch, args.jobs, "--engine", "z3", "--events")
    wrong = [item for item in asked if answers[item["file"]][:2] != verdicts[item["file"]][:2]]
    for item in wrong:
        mine, other = verdicts[item["file"]], answers[item["file"]]
        print(f"the engines disagree: {args.folder / item['file']}: interpreter {mine[0]}, line {mine[1]}; "
              f"z3 {other[0]}, line {other[1]} ({item['event']} at line {item['line']}: {item['what']})")
    before = original_clauses(program, [item for item in survivors if item["operator"] == "dropped"])
    table = collections.Counter()
    for item in survivors:
        events = answers[item["file"]][2]
        lines = [item["line"], item["line"] + 1][:2 if item["operator"] in ("doubled", "swapped") else 1]
        clauses = before.get(item["file"]) or [clause for line in lines for clause in events.get(line, [])]
        table[item["operator"], answers[item["file"]][0], item["event"], ", ".join(clauses)] += 1
    if table:
        print(f"\nsurvivors, by the solver:\n{'operator':20} {'verdict':9} {'event':12} {'traces':>6}  allowed by")
    for (operator, verdict, event, clauses), count in sorted(table.items()):
        print(f"{operator:20} {verdict:9} {event:12} {count:6}  {clauses}")
    print(f"{len(asked)} traces judged by the solver as well, {len(wrong)} of them differently\n")
    return len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=pathlib.Path, help="made by tools/mutilate.py")
    parser.add_argument("--program", default=str(ROOT / "build/gmemspec"))
    parser.add_argument("--batch", type=int, default=100, help="traces for one run of the program")
    parser.add_argument("--jobs", "-j", type=int, default=os.cpu_count())
    parser.add_argument("--list", type=int, default=20, help="how many to show for each operator")
    parser.add_argument("--confirm", choices=("survivors", "all", "none"), default="survivors",
                        help="what the solver judges too")
    args = parser.parse_args()
    try:
        manifest = json.loads((args.folder / "manifest.json").read_text())
        program = str(pathlib.Path(args.program).resolve())
        files = [item["file"] for item in manifest]
        verdicts = judge(program, args.folder, files, args.batch, args.jobs)
        print_rates(manifest, verdicts)
        disagreed = confirm(program, args, manifest, verdicts) if args.confirm != "none" else 0
    except (OSError, ValueError, CheckFailed) as error:
        print(f"judge_mutilated: {error}", file=sys.stderr)
        return 2
    shown = collections.Counter()
    wrong = [item for item in manifest if verdicts[item["file"]][0] != WANTED[item["class"]]]
    for item in wrong:
        shown[item["operator"]] += 1
        if shown[item["operator"]] <= args.list:
            print(f"{verdicts[item['file']][0]}: {args.folder / item['file']}:{item['line']} {item['event']}: "
                  f"{item['what']} (from traces/{item['source']})")
    certain = sum(item["class"] != "mostly_reject" for item in wrong)
    print(f"{len(manifest)} traces, {len(wrong)} not as wanted, {certain} of them where it is certain")
    return 1 if certain or disagreed else 0


if __name__ == "__main__":
    sys.exit(main())
