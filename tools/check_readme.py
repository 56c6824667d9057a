#!/usr/bin/env python3
"""Runs the ```console blocks of README.md and compares what they print with what they show.

A line "$ COMMAND" is run by bash in the project's root with build/ on the PATH; the lines up to the
next one are its output, standard output and error as they come. A line that is only "..." stands for
any number of lines. What must not be run here (installing, cloning) stands in a ```sh block.

    tools/check_readme.py            compare
    tools/check_readme.py --show     run the session and print it; this is ./dev demo
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT = 120


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


def without_trailing_blanks(lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def matches(wanted, got):
    """Whether the lines agree, with "..." for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if w == "..." else re.escape(w) + "\n" for w in wanted)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path, default=ROOT / "README.md")
    parser.add_argument("--show", action="store_true", help="print the session")
    options = parser.parse_args()

    steps = session(options.file.read_text("utf-8"))
    if not steps:
        sys.exit(f"check_readme: no command in a ```console block of {options.file.name}")
    failed = status = 0
    for step in steps:
        got, status = run(step.command, 0 if step.first else status)
        if options.show:
            print(f"$ {step.command}", *got, sep="\n", flush=True)
        if not matches(without_trailing_blanks(step.wanted), without_trailing_blanks(got)):
            failed += 1
            print(f"FAIL {options.file.name}:{step.line}: $ {step.command}", "shown:", *step.wanted,
                  "printed:", *got, sep="\n")
    if failed or not options.show:
        print(f"{len(steps)} commands of {options.file.name}, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
