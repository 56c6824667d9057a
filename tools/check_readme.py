#!/usr/bin/env python3
"""Runs the ```console blocks of README.md and docs/*.md and compares what they print with what they show.

A line "$ COMMAND" is run by bash in the project's root with build/ on the PATH; the lines up to the
next one are its output, standard output and error as they come. A line that is only "..." stands for
any number of lines, " ..." at the end of a line for the rest of it. What must not be run here
(installing, cloning) stands in a ```sh block.

Each ```gms block must stand, line by line, in a spec that is compiled elsewhere: in docs/examples or spec.
"..." stands for any number of lines there, too.

    tools/check_readme.py                       compare README.md and docs/*.md
    tools/check_readme.py --show README.md      run the session and print it; this is ./dev demo
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT = 300


class Step:
    """One command of a block; `first` in its block."""

    def __init__(self, line, command, first):
        self.line, self.command, self.first = line, command, first
        self.wanted = []


def session(text):
    steps, inside, first = [], False, False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            inside = first = line.strip() == "```console"
        elif line.strip() == "```":
            inside = False
        elif line.startswith("$ "):
            steps.append(Step(number, line[2:], first))
            first = False
        elif steps and not first:
            steps[-1].wanted.append(line.rstrip())
    return steps


def quotations(text):
    """(line, lines) of each ```gms block"""
    found, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and line.strip() == "```gms":
            inside = True
            found.append((number, []))
        elif line.strip() == "```":
            inside = False
        elif inside:
            found[-1][1].append(line.rstrip())
    return found


def stands_in(quotation, lines):
    """Whether the lines hold the quotation; "..." in it skips lines."""
    parts = [[]]
    for line in quotation:
        if line.strip() == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    at = 0
    for part in parts:
        while at + len(part) <= len(lines) and lines[at:at + len(part)] != part:
            at += 1
        if at + len(part) > len(lines):
            return False
        at += len(part)
    return True


def wrong_quotations(text, specs):
    return [(number, lines) for number, lines in quotations(text)
            if not any(stands_in(lines, spec) for spec in specs)]


def without_trailing_blanks(lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def matches(wanted, got):
    """Whether the lines agree, with "..." for any number of lines, " ..." for the rest of a line."""
    def of_line(line):
        if line == "...":
            return r"(?:.*\n)*"
        if line.endswith(" ..."):
            return re.escape(line.removesuffix("...").rstrip()) + ".*\n"
        return re.escape(line) + "\n"
    pattern = "".join(of_line(line) for line in wanted)
    return re.fullmatch(pattern, "".join(g + "\n" for g in got)) is not None


def run(command, status):
    """Output lines and exit status; `status` is what $? is before the command."""
    env = os.environ | {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80", "LC_ALL": "C.UTF-8",
                        "PATH": f"{ROOT / 'build'}:{os.environ['PATH']}"}
    try:
        done = subprocess.run(["bash", "-c", f"(exit {status}); {command}"], cwd=ROOT, env=env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return [f"(did not end within {TIMEOUT} s)"], 124
    return [line.rstrip() for line in done.stdout.decode("utf-8", "replace").splitlines()], done.returncode


def check(path, specs, show):
    """(number of commands and quotations, number of them that differ)"""
    text = path.read_text("utf-8")
    failed = status = 0
    steps = session(text)
    for step in steps:
        got, status = run(step.command, 0 if step.first else status)
        if show:
            print(f"$ {step.command}", *got, "", sep="\n", flush=True)
        if not matches(without_trailing_blanks(step.wanted), without_trailing_blanks(got)):
            failed += 1
            print(f"FAIL {path.name}:{step.line}: $ {step.command}", "shown:", *step.wanted,
                  "printed:", *got, sep="\n")
    for number, lines in wrong_quotations(text, specs):
        failed += 1
        print(f"FAIL {path.name}:{number}: no spec of docs/examples or spec has these lines:", *lines,
              sep="\n")
    return len(steps), len(quotations(text)), failed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--show", action="store_true", help="print the session")
    options = parser.parse_args()

    specs = [[line.rstrip() for line in path.read_text("utf-8").splitlines()]
             for folder in ("docs/examples", "spec") for path in sorted((ROOT / folder).rglob("*.gms"))]
    paths = options.files or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    results = [check(path, specs, options.show) for path in paths]
    commands, quoted, failed = (sum(column) for column in zip(*results))
    if commands == 0:
        sys.exit("check_readme: no command in a ```console block")
    if failed or not options.show:
        print(f"{len(paths)} files: {commands} commands, {quoted} quotations, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
