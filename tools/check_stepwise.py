#!/usr/bin/env python3
"""Makes each edit of spec/edits in a copy of the specs and holds the verdicts of `gmemspec prove` against those
that the edit expects (spec/edits/README.md). The unedited spec comes first: no run may break it.

    tools/check_stepwise.py                   runs only; what must be proved must merely have no run
    tools/check_stepwise.py --proofs          also proves what must be proved, the unedited spec included: minutes
    tools/check_stepwise.py no_recheck        this edit only

Exit 1 for a verdict that is not as expected, 2 for an edit that cannot be made.
"""
import argparse
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EDITS = ROOT / "spec/edits"
SPEC = "inplace_v7.gms"


class BadEdit(Exception):
    pass


@dataclasses.dataclass
class Edit:
    name: str
    refuted: list = dataclasses.field(default_factory=list)
    proved: list = dataclasses.field(default_factory=list)
    alone: list = dataclasses.field(default_factory=list)
    changes: list = dataclasses.field(default_factory=list)  # (file, from, to)


def read_edit(path):
    edit, file, part = Edit(path.stem), None, None
    for number, line in enumerate(path.read_text().splitlines(keepends=True), 1):
        words = line.split()
        if part is not None:
            if line.strip() == "====":
                part.append("")
            elif line.strip() == ">>>>":
                edit.changes.append((file, *part))
                part = None
            else:
                part[-1] += line
        elif line.startswith("<<<<"):
            part = [""]
        elif words[:1] == ["file"]:
            file = words[1]
        elif words[:3] == ["expect", "refuted", "alone"]:
            edit.alone += words[3:]
        elif words[:1] == ["expect"] and words[1:2] in (["refuted"], ["proved"]):
            getattr(edit, words[1]).extend(words[2:])
        elif words and not line.startswith("#"):
            raise BadEdit(f"{path.name}:{number}: no such line is known")
    if part is not None or not edit.changes or not (edit.refuted or edit.proved or edit.alone):
        raise BadEdit(f"{path.name}: an edit needs `expect`, `file` and <<<< ==== >>>>")
    return edit


def edited(edit):
    """The folder of a copy with the edit made."""
    folder = ROOT / "build/edits" / edit.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "spec", folder)
    for file, before, after in edit.changes:
        path = folder / file
        text = path.read_text()
        if text.count(before) != 1:
            raise BadEdit(f"{edit.name}: its lines stand {text.count(before)} times in {file}, not once")
        path.write_text(text.replace(before, after))
    return folder


def prove(program, folder, properties, *options):
    """{property: its part of the report}, and a deadlock if there is one"""
    command = [program, "prove", "--format", "json", *options, "--spec", folder / SPEC, *properties]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise BadEdit(f"gmemspec prove: exit {done.returncode}\n{done.stderr}")
    report = json.loads(done.stdout)
    return {p["name"]: p for p in report["properties"]}, report.get("deadlock")


class Checker:
    def __init__(self, program, proofs):
        self.program, self.proofs, self.good = program, proofs, True

    def say(self, good, text):
        self.good = self.good and good
        print(("ok      " if good else "WRONG   ") + text, flush=True)

    def hold(self, name, folder, properties, wanted, *options):
        found, deadlock = prove(self.program, folder, properties, *options)
        if deadlock:
            self.say(False, f"{name}: calls wait for each other for good")
        for prop in properties or found:
            verdict = found.get(prop, {}).get("verdict", "missing")
            run = found.get(prop, {}).get("run")
            how = f" by a run of {run['length']} {run['unit']}s" if run else ""
            self.say(verdict in wanted and (verdict != "refuted" or run is not None),
                     f"{name}: {prop} {verdict}{how}")

    def check(self, edit):
        folder = edited(edit)
        if edit.refuted:
            self.hold(edit.name, folder, edit.refuted, ["refuted"], "--stepwise", "--runs-only")
        if edit.proved and self.proofs:
            self.hold(edit.name, folder, edit.proved, ["proved"], "--stepwise")
        elif edit.proved:
            self.hold(edit.name, folder, edit.proved, ["unknown"], "--stepwise", "--runs-only", "--run-seconds", "10")
        if edit.alone:
            self.hold(edit.name, folder, edit.alone, ["refuted"])

    def check_unedited(self):
        if self.proofs:
            self.hold(SPEC, ROOT / "spec", [], ["proved"], "--stepwise")
            return
        found, deadlock = prove(self.program, ROOT / "spec", [], "--stepwise", "--runs-only", "--run-seconds", "15")
        broken = [name for name, p in found.items() if p["verdict"] == "refuted"]
        self.say(bool(found) and not broken and not deadlock,
                 f"{SPEC}: " + (", ".join(broken) + " refuted" if broken else "calls wait for each other" if deadlock
                                else f"no run breaks one of {len(found)} properties"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("edit", nargs="*", help="by name (default: all, and the spec without one)")
    parser.add_argument("--proofs", action="store_true", help="also prove what must be proved")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/gmemspec")
    args = parser.parse_args()
    checker = Checker(args.program, args.proofs)
    try:
        paths = [EDITS / f"{name}.edit" for name in args.edit] or sorted(EDITS.glob("*.edit"))
        if not paths:
            raise BadEdit(f"no edit in {EDITS.relative_to(ROOT)}")
        if not args.edit:
            checker.check_unedited()
        for path in paths:
            if not path.exists():
                raise BadEdit(f"there is no {path.relative_to(ROOT)}")
            checker.check(read_edit(path))
    except BadEdit as problem:
        print(f"check_stepwise: {problem}", file=sys.stderr)
        return 2
    return 0 if checker.good else 1


if __name__ == "__main__":
    sys.exit(main())
