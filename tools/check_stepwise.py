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
# A VM, a file of some pages, a mapping of all of it; two threads that store to the first page or convert the file.
VALUES = ["create_vm.type=1", "create_guest_memfd.flags=3", "create_guest_memfd.ptr=ptr_ok",
          "create_guest_memfd.injected=false", "host_write.at=0", "host_write.byte=0", "host_write.value=1",
          "set_memory_attributes2.word=none", "set_memory_attributes2.offset=0", "set_memory_attributes2.attributes=0,8",
          "set_memory_attributes2.flags=0", "set_memory_attributes2.reserved_nonzero=false", "mmap.protection=3",
          "mmap.flags=1", "mmap.offset=0", "mmap.injected=false"]
SIZES = ["create_guest_memfd.size", "set_memory_attributes2.size", "mmap.length"]
ONE = ["Vm", "Inode", "Mapping", "Process"]


class BadEdit(Exception):
    pass


@dataclasses.dataclass
class Edit:
    name: str
    refuted: list = dataclasses.field(default_factory=list)
    proved: list = dataclasses.field(default_factory=list)
    alone: list = dataclasses.field(default_factory=list)
    changes: list = dataclasses.field(default_factory=list)  # (file, from, to)
    pages: int = 0  # of the file whose states show it; 0: they do not


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
        elif words[:1] == ["explore"]:
            edit.pages = int(words[1])
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


def explore(program, folder, pages):
    """{property: verdict} in all states of a small system, of calls that overlap"""
    command = [program, "explore", "--stepwise", "--deadlocks", "--format", "json", "--spec", folder / SPEC,
               "--param", "vm_memory_attributes=false",
               "--only", "create_vm,create_guest_memfd,mmap,host_write,set_memory_attributes2"]
    bounds = [f"{name}=1" for name in ONE] + ["Call=2", "Fd=2", f"Page={pages}", f"MapPage={pages}"]
    values = VALUES + [f"{name}={pages * 4096}" for name in SIZES]
    for option, words in (("--bound", bounds), ("--values", values)):
        for word in words:
            command += [option, word]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise BadEdit(f"gmemspec explore: exit {done.returncode}\n{done.stderr}")
    report = json.loads(done.stdout)
    return {p["name"]: p["verdict"] for p in report["properties"]}, report["states"]


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
        if edit.pages:
            self.explore(edit.name, folder, edit.pages, edit.refuted)

    def explore(self, name, folder, pages, broken):
        """The prover's verdicts again, from all states of a small system. A search ends with the first that is broken."""
        verdicts, states = explore(self.program, folder, pages)
        refuted = [prop for prop, verdict in verdicts.items() if verdict == "refuted"]
        # What is refuted first need not be what the edit names, but where it names nothing nothing may be.
        self.say(bool(refuted) == bool(broken) and states > 1000 // (2 if broken else 1),
                 f"{name}: {states} states of a file of {pages} page{'s' if pages > 1 else ''}, "
                 + (", ".join(refuted) + " refuted" if refuted else "nothing refuted"))

    def check_unedited(self):
        for pages in (1, 2):
            self.explore(SPEC, ROOT / "spec", pages, [])
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
