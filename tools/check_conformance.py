#!/usr/bin/env python3
"""Judges every bundled trace by the spec that its folder's kernel.json names, and compares the counts.

Each file must conform, with as many events judged and lines read as traces/manifest.json says. Then the
folders are judged again with their known quirks taken out of kernel.json: the files that the manifest
gives `quirk_events` for, and no others, must be violations, with at least as many as events that show the
quirk, and the first finding of each must be explained by such a quirk. Of traces/threads, whose calls overlap,
only the first is asked.

    tools/check_conformance.py [--program build/gmemspec]
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRACES = ROOT / "traces"


def check(program, folder, *options):
    """The parts of the report on one folder, by file name."""
    done = subprocess.run([program, "check", "--format", "json", *options, folder], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    sys.stderr.write(done.stderr)
    try:
        traces = json.loads(done.stdout)["traces"]
    except (ValueError, KeyError):
        sys.exit(f"check_conformance: no report; check ended with {done.returncode}")
    return {pathlib.PurePath(trace["file"]).name: trace for trace in traces}


def compare(trace, entry):
    """What is wrong with a file that should conform."""
    # A scenario that a kernel cannot run leaves a file without events: then there is nothing to say.
    if trace["verdict"] != ("conforms" if entry["events"] else "unknown"):
        return f"{trace['verdict']} {trace['reasons']}"
    got = {key: trace[key] for key in ("judged", "non_events", "read")}
    wanted = {"judged": entry["events"], "non_events": entry["non_events"], "read": entry["lines"]}
    return None if got == wanted else f"{got}, the manifest says {wanted}"


def compare_without(trace, quirks):
    """What is wrong with a file judged without quirks, of which it shows `quirks` (name: events)."""
    if not quirks:
        return None if trace["verdict"] != "violation" else "a violation though it shows no quirk"
    if trace["verdict"] != "violation" or trace["violations"] < sum(quirks.values()):
        return f"{trace['verdict']} with {trace['violations']} findings, but it shows {quirks}"
    causes = {cause["text"] for cause in trace["findings"][0]["explained_by"] if cause["kind"] == "quirk"}
    return None if causes & quirks.keys() else f"explained by {causes or 'nothing'}, not by {list(quirks)}"


def without_quirks(folder, into):
    """A copy of the folder whose kernel.json lists no quirk."""
    shutil.copytree(folder, into)
    kernel = json.loads((into / "kernel.json").read_text("utf-8"))
    (into / "kernel.json").write_text(json.dumps(kernel | {"quirks": []}))
    return bool(kernel["quirks"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/gmemspec")
    program = str(parser.parse_args().program.resolve())
    manifest = json.loads((TRACES / "manifest.json").read_text("utf-8"))
    complaints, judged, shown = [], 0, 0
    folders = [path.parent for path in [*TRACES.glob("*/kernel.json"), *TRACES.glob("threads/*/kernel.json")]]
    for folder in sorted(folders):
        place = folder.relative_to(TRACES).as_posix()
        entries = {name.rpartition("/")[2]: entry for name, entry in manifest.items()
                   if name.rpartition("/")[0] == place}
        traces = check(program, str(folder))
        if traces.keys() != entries.keys():
            complaints.append(f"{place}: judged {len(traces)} files, the manifest has {len(entries)}")
        for name in sorted(traces.keys() & entries.keys()):
            judged += traces[name]["judged"]
            complaints.append((problem := compare(traces[name], entries[name]))
                              and f"{place}/{name}: {problem}")
        if folder.parent.name == "threads":
            continue
        with tempfile.TemporaryDirectory() as temporary:
            copy = pathlib.Path(temporary) / folder.name
            if not without_quirks(folder, copy):
                continue
            traces = check(program, str(copy), "--max-findings", "1")
        for name in sorted(traces.keys() & entries.keys()):
            shown += traces[name]["verdict"] == "violation"
            problem = compare_without(traces[name], entries[name].get("quirk_events"))
            complaints.append(problem and f"{folder.name}/{name}, quirks off: {problem}")
    complaints = [complaint for complaint in complaints if complaint]
    print("\n".join([*complaints, f"{len(manifest)} traces, {judged} events judged; without their quirks "
                                  f"{shown} traces are violations; {len(complaints)} problems"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
