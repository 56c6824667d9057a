#!/usr/bin/env python3
"""Judges the bundled traces by the interpreter and by the solver alone, and compares event by event.

Both engines of `gmemspec check` must give each event the same verdict, by the same clauses, and each finding
the same allowed outcomes. A difference is printed with the event and both answers. Traces with
known quirks are judged without them too, so that there are violations to agree on.

    tools/check_engines.py                       all traces, whole
    tools/check_engines.py --events 100 --whole 400      of each trace the first 100 events; all of one
                                                 that has at most 400
    tools/check_engines.py --folder build/mutilated --sample 200      falsified traces, 200 of them

Exit 1 for a difference or an event that one engine cannot decide; 2 if `check` gives no report.
"""
import argparse
import concurrent.futures
import gzip
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENGINES = ("interpreter", "z3")
COUNTS = ("judged", "non_events", "not_judged", "read", "violations")


class CheckFailed(Exception):
    pass


def lines_of(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines(True)


def cut(lines, args):
    """The lines that are compared; before the events stands the meta line."""
    return lines if args.events is None or len(lines) <= args.whole + 1 else lines[:args.events + 1]


def prepare(folder, out, args, quirks, chosen):
    """Copies traces into `out`, cut as wanted, with or without the kernel's quirks."""
    kernel = json.loads((folder / "kernel.json").read_text())
    out.mkdir(parents=True)
    (out / "kernel.json").write_text(json.dumps(kernel if quirks else kernel | {"quirks": []}))
    for path in chosen:
        (out / path.name.removesuffix(".gz")).write_text("".join(cut(lines_of(path), args)))
    return bool(kernel["quirks"])


def judge(program, place, engine, files):
    """{file: its part of the report}"""
    command = [program, "check", "--engine", engine, "--events", "--no-explain", "--max-findings", "100000",
               "--format", "json", *files]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    try:
        traces = {trace["file"]: trace for trace in json.loads(done.stdout)["traces"]}
    except (ValueError, KeyError, TypeError) as error:
        said = (done.stderr or done.stdout).strip()[:500]
        raise CheckFailed(f"--engine {engine}: exit {done.returncode}, no report ({error!r}): {said}") from error
    if missing := set(files) - traces.keys():
        raise CheckFailed(f"--engine {engine}: the report says nothing of {min(missing)}")
    return traces


def event_text(event):
    if event is None:
        return "not judged"
    return "conforms by " + ", ".join(event["clauses"]) if event["explained"] else "violation"


def allowed_text(finding):
    outcomes = sorted({f"{one['outcome']} ({one['action']}.{one['clause']})" for one in finding["allowed"]})
    return "; ".join(outcomes) or "nothing"


def differences(file, reports):
    """What the two reports say differently; the first event only, as later ones follow from it"""
    one, two = (reports[engine] for engine in ENGINES)

    def both(place, mine, other):
        return f"{file}{place}: interpreter: {mine}; z3: {other}"

    events = [{event["line"]: event for event in report.get("events", [])} for report in (one, two)]
    for line in sorted(events[0].keys() | events[1].keys()):
        mine, other = (event.get(line) for event in events)
        if event_text(mine) != event_text(other):
            why = " (" + "; ".join(two["reasons"]) + ")" if two["reasons"] else ""
            return [both(f":{line} {(mine or other)['op']}", event_text(mine), event_text(other)) + why]
    for mine, other in zip(one["findings"], two["findings"]):
        if allowed_text(mine) != allowed_text(other):
            return [both(f":{mine['line']} {mine['op']}", "allows " + allowed_text(mine),
                         "allows " + allowed_text(other))]
    heads = [{key: report[key] for key in ("verdict", "reasons", "kernel", *COUNTS)} for report in (one, two)]
    return [both("", *heads)] if heads[0] != heads[1] else []


def compare(program, place, files):
    """(events, violations, differences) of one batch"""
    reports = {engine: judge(program, place, engine, files) for engine in ENGINES}
    problems, events, violations = [], 0, 0
    for file in files:
        both = {engine: reports[engine][file] for engine in ENGINES}
        problems += differences(file, both)
        events += len(both["z3"].get("events", []))
        violations += both["z3"]["violations"]
    return events, violations, problems


def batches_of(args, out):
    """Fills `out`; yields (folder name and quirks, [files])"""
    picked = sorted(args.folder.glob("*/*.jsonl*"))
    if args.sample and args.sample < len(picked):
        picked = sorted(random.Random(args.seed).sample(picked, args.sample))
    for folder in sorted({path.parent for path in picked}):
        chosen = [path for path in picked if path.parent == folder]
        files = [path.name.removesuffix(".gz") for path in chosen]
        for quirks in (True, False):
            name = folder.name + ("" if quirks else " without quirks")
            has_quirks = prepare(folder, out / name, args, quirks, chosen)
            # Long traces lie side by side in the list; each worker gets some.
            yield from ([f"{name}/{file}" for file in files[at::args.jobs]] for at in range(args.jobs))
            if not has_quirks:
                break


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/gmemspec")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "traces", help="folders of traces")
    parser.add_argument("--events", type=int, help="of each trace only so many (default: all)")
    parser.add_argument("--whole", type=int, default=0, help="but all of a trace that has no more than this")
    parser.add_argument("--sample", type=int, help="only so many traces (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--jobs", "-j", type=int, default=os.cpu_count())
    args = parser.parse_args()
    program, events, violations, traces, problems = str(args.program.resolve()), 0, 0, 0, []
    with tempfile.TemporaryDirectory() as place, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        batches = [batch for batch in batches_of(args, pathlib.Path(place)) if batch]
        try:
            for counts in pool.map(lambda batch: compare(program, place, batch), batches):
                events, violations = events + counts[0], violations + counts[1]
                problems += counts[2]
        except CheckFailed as error:
            print(f"check_engines: {error}", file=sys.stderr)
            return 2
        traces = sum(len(batch) for batch in batches)
    print("\n".join([*problems, f"{traces} traces, {events} events judged by both engines, {violations} of them "
                                f"violations; {len(problems)} differences"]))
    if not events:
        print("check_engines: no event was judged", file=sys.stderr)
        return 2
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
