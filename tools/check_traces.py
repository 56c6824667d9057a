#!/usr/bin/env python3
"""Checks the bundled traces against traces/manifest.json, and what makes them fit for a bundle.

For each file: the digest of its text (decompressed), the counts of lines, events and non-events
(`meta` and `note` lines), the members that every event has, that no two calls overlap in time, that
`seq` grows, and that a compressed file holds neither a name nor a time (`gzip -n`). Of the files in
traces/threads some calls must overlap, but none of one thread. For each folder: a kernel.json of the form
that `gmemspec check` reads.

    tools/check_traces.py            check; exit 1 with one line for each problem
    tools/check_traces.py --update   rewrite digests and counts; review them with git diff

Counts of quirk events in the manifest are facts about the recorded kernels, found by judging the traces
with the quirk switched off; --update keeps them.
"""
import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRACES = ROOT / "traces"
THREADS = TRACES / "threads"  # of several threads
MANIFEST = TRACES / "manifest.json"
NON_EVENTS = {"meta", "note"}
COMMON = {"seq": int, "tid": int, "t_begin": int, "t_end": int, "op": str, "ret": int}
KERNEL_MEMBERS = {"spec": str, "params": dict, "quirks": list, "kernel": str, "note": str}
MAY_HAVE = {"memory", "stores", "loads"}
PLAIN_LIMIT = 8192  # bytes; a larger file is kept compressed


def trace_files():
    found = [*TRACES.glob("*/*"), *THREADS.glob("*/*")]
    return sorted(p for p in found if p.name.endswith((".jsonl", ".jsonl.gz")))


def read_text(path, problems):
    data = path.read_bytes()
    if path.suffix != ".gz":
        if len(data) > PLAIN_LIMIT:
            problems.append(f"{len(data)} bytes: compress it with gzip -n -9")
        return data
    # Bytes 4 to 7 are the time of the file, flag 8 says that a name follows.
    if data[4:8] != b"\0\0\0\0" or data[3] & 8:
        problems.append("compressed with a time or a name: use gzip -n -9")
    return gzip.decompress(data)


def check_line(number, line, state, threads, problems):
    """Checks one line and moves `state` on; returns its op, none if it cannot be read."""
    try:
        event = json.loads(line)
    except ValueError as error:
        problems.append(f"line {number}: {error}")
        return None
    if event.get("op") == "meta":
        if number != 1:
            problems.append(f"line {number}: a meta line that is not the first")
        return "meta"
    for name, kind in COMMON.items():
        if type(event.get(name)) is not kind:
            problems.append(f"line {number}: '{name}' is not there or no {kind.__name__}")
            return event.get("op")
    if "errno" not in event or (event["errno"] is None) != (event["ret"] >= 0):
        problems.append(f"line {number}: errno and ret contradict each other")
    if event["seq"] <= state["seq"]:
        problems.append(f"line {number}: seq {event['seq']} after {state['seq']}")
    if not event["t_begin"] <= event["t_end"]:
        problems.append(f"line {number}: ends before it begins")
    if event["t_begin"] < state["end"]:
        state["overlaps"] += 1
        if not threads:
            problems.append(f"line {number}: overlaps with a call before it")
    if event["t_begin"] < state["threads"].get(event["tid"], 0):
        problems.append(f"line {number}: overlaps with a call of its own thread")
    state["threads"][event["tid"]] = event["t_end"]
    state["seq"], state["end"] = event["seq"], max(state["end"], event["t_end"])
    return event["op"]


def summarize(path):
    """(manifest entry, problems) of one file"""
    problems = []
    data = read_text(path, problems)
    if not data.endswith(b"\n"):
        problems.append("the last line has no end")
    lines = data.decode("utf-8").splitlines()
    state = {"seq": -1, "end": 0, "threads": {}, "overlaps": 0}
    threads = THREADS in path.parents
    ops = collections.Counter(
        check_line(number, line, state, threads, problems) for number, line in enumerate(lines, 1))
    if threads and not state["overlaps"]:
        problems.append("no calls overlap")
    if not ops["meta"]:
        problems.append("no meta line")
    non_events = sum(ops[op] for op in NON_EVENTS)
    entry = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "lines": len(lines),
        "events": len(lines) - non_events,
        "non_events": non_events,
    }
    if threads:
        entry["overlaps"] = state["overlaps"]
    return entry, problems


def check_kernel(folder):
    path = folder / "kernel.json"
    if not path.exists():
        return ["no kernel.json"]
    try:
        kernel = json.loads(path.read_text())
    except ValueError as error:
        return [f"kernel.json: {error}"]
    problems = [f"kernel.json: unknown member '{name}'" for name in kernel.keys() - KERNEL_MEMBERS.keys() - MAY_HAVE]
    for name, kind in KERNEL_MEMBERS.items():
        if not isinstance(kernel.get(name), kind):
            problems.append(f"kernel.json: '{name}' is not there or no {kind.__name__}")
    return problems


def check_quirks(folder, known):
    """A quirk that a file of the folder shows is one that the folder's kernel.json lists."""
    path = folder / "kernel.json"
    listed = set(json.loads(path.read_text()).get("quirks", [])) if path.exists() else set()
    shown = {quirk for name, entry in known.items() if name.rpartition("/")[0] == folder.relative_to(TRACES).as_posix()
             for quirk in entry.get("quirk_events", {})}
    return [f"quirk '{quirk}' is shown but not in kernel.json" for quirk in sorted(shown - listed)]


def write_manifest(entries):
    body = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries.items())
    MANIFEST.write_text("{\n" + body + "\n}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--update", action="store_true", help="rewrite traces/manifest.json")
    update = parser.parse_args().update
    known = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}
    found, complaints = {}, []
    for path in trace_files():
        name = path.relative_to(TRACES).as_posix()
        entry, problems = summarize(path)
        complaints += [f"traces/{name}: {problem}" for problem in problems]
        quirks = known.get(name, {}).get("quirk_events")
        found[name] = entry | ({"quirk_events": quirks} if quirks else {})
    for folder in sorted({path.parent for path in trace_files()}):
        place = folder.relative_to(ROOT).as_posix()
        complaints += [f"{place}: {problem}" for problem in check_kernel(folder)]
        complaints += [f"{place}: {problem}" for problem in check_quirks(folder, known)]
    if update:
        write_manifest(found)
    else:
        for name in sorted(known.keys() | found.keys()):
            if name not in found:
                complaints.append(f"traces/{name}: in the manifest, but there is no such file")
            elif name not in known:
                complaints.append(f"traces/{name}: not in the manifest")
            else:
                complaints += [f"traces/{name}: {key} is {value}, the manifest says {known[name].get(key)}"
                               for key, value in found[name].items() if known[name].get(key) != value]
    for complaint in complaints:
        print(complaint)
    total = {key: sum(entry[key] for entry in found.values()) for key in ("lines", "events", "non_events")}
    print(f"{len(found)} traces, {total['lines']} lines: {total['events']} events, "
          f"{total['non_events']} non-events; {len(complaints)} problems")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
