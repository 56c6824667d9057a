#!/usr/bin/env python3
"""Golden runner: runs every case and compares what it prints with NAME.expect beside it.

A case is a file whose first line is a comment ("#", "//", ";" or "--"; none is needed in NAME.case)
with the command, and whose second line says why the case exists:

    // gmemspec compile %s
    // a state may not be declared twice

In the command %s is the case's own path and %d its folder. What follows the second line of a .case
file is the standard input. Commands run in the project's root, without a shell, so paths are printed
as given.

    tools/run_cases.py                    all cases
    tools/run_cases.py gen/tests cli      those under the given paths
    tools/run_cases.py --update PATH      rewrite the expectations; review them with git diff
"""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED_FOLDERS = {"build", ".git", ".cache", "__pycache__"}
SKIPPED_SUFFIXES = {".cpp", ".h", ".py", ".md", ".txt", ".expect", ".cmake", ".def"}
COMMENT = r"(?:#|//|;|--)\s?"
COMMAND = re.compile(rf"^\s*(?:{COMMENT})?\s*gmemspec(?:\s+(.*))?$")
BARE_COMMAND = re.compile(r"^\s*gmemspec\b")
WHY = re.compile(rf"^\s*(?:{COMMENT})?\s*(\S.*)$")
NO_LINE_END = "\\ no line end"


class Case:
    """One file with a command; `problem` says why it cannot be run."""

    def __init__(self, path, text):
        self.path = path
        self.expect = path.with_suffix(".expect")
        self.problem = None
        first, _, rest = text.partition(b"\n")
        second, _, rest = rest.partition(b"\n")
        self.stdin = rest if path.suffix == ".case" else b""
        if not WHY.match(second.decode("utf-8", "replace")):
            self.problem = "the second line must say why the case exists"
        command = COMMAND.match(first.decode("utf-8", "replace"))
        words = []
        if not command:
            self.problem = "the first line is not a gmemspec command"
        else:
            try:
                words = shlex.split(command.group(1) or "")
            except ValueError as error:
                self.problem = f"the command cannot be read: {error}"
        folder = path.parent.relative_to(ROOT).as_posix()
        self.words = [w.replace("%s", self.name).replace("%d", folder) for w in words]

    @property
    def name(self):
        return self.path.relative_to(ROOT).as_posix()


def is_case(path):
    if path.suffix == ".case":
        return True
    if path.suffix in SKIPPED_SUFFIXES or path.is_symlink():
        return False
    with open(path, "rb") as stream:
        first = stream.readline(4096).decode("utf-8", "replace").rstrip("\n")
    # Outside of a .case file the bare word is just text.
    return bool(COMMAND.match(first)) and not BARE_COMMAND.match(first)


def files_under(top):
    if not top.is_dir():
        yield top
        return
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        yield from (pathlib.Path(folder) / name for name in sorted(names))


def find(paths):
    """All cases under the paths, and all .expect files that belong to none."""
    cases, expects, claimed = [], [], {}
    for path in (file for top in paths for file in files_under(top)):
        if path.suffix == ".expect":
            expects.append(path)
        elif is_case(path):
            case = Case(path, path.read_bytes())
            other = claimed.setdefault(case.expect, case)
            if other is not case:
                case.problem = f"shares its .expect with {other.name}; rename one"
            cases.append(case)
    return cases, [e for e in expects if e not in claimed]


def section(title, data):
    if not data:
        return ""
    text = data.decode("utf-8", "backslashreplace")
    return f"--- {title}\n{text}" + ("" if text.endswith("\n") else f"\n{NO_LINE_END}\n")


def run(case, program, timeout):
    """The text that .expect should hold, and a problem or None."""
    # Nothing of the caller's terminal or locale may show in what is compared.
    env = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"),
           "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80"}
    passed_on = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR")
    env |= {name: os.environ[name] for name in passed_on if name in os.environ}
    try:
        done = subprocess.run([program, *case.words], cwd=ROOT, env=env, input=case.stdin,
                              capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return "", f"did not end within {timeout:g} s"
    if done.returncode < 0:
        return "", f"died of signal {-done.returncode}\n{done.stderr.decode(errors='replace')}"
    return (f"exit {done.returncode}\n" + section("stdout", done.stdout)
            + section("stderr", done.stderr)), None


def judge(case, program, timeout, update):
    """None if the case passes, else what is wrong."""
    if case.problem:
        return case.problem
    got, problem = run(case, program, timeout)
    if problem:
        return problem
    wanted = case.expect.read_bytes().decode("utf-8") if case.expect.exists() else None
    if got == wanted:
        return None
    if update:
        case.expect.write_bytes(got.encode("utf-8"))
        return None
    if wanted is None:
        return f"has no {case.expect.name}; it printed\n{got}"
    return "".join(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True),
                                        case.expect.name, "what it printed"))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=pathlib.Path, help="files or folders with cases")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--update", action="store_true", help="rewrite expectations that differ")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/gmemspec")
    parser.add_argument("--timeout", type=float, default=180, metavar="SECONDS")
    options = parser.parse_args()

    if not options.program.exists():
        sys.exit(f"run_cases: {options.program} is missing; run ./dev build")
    paths = [path.resolve() for path in options.paths] or [ROOT]
    for path in paths:
        if not path.exists() or not path.is_relative_to(ROOT):
            sys.exit(f"run_cases: {path} is not in the project")
    cases, orphans = find(paths)
    if not cases:
        sys.exit("run_cases: no case found")

    program = str(options.program.resolve())
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        results = pool.map(lambda c: judge(c, program, options.timeout, options.update), cases)
        for case, problem in zip(cases, results):
            if problem:
                failed += 1
                print(f"FAIL {case.name}\n{problem.rstrip()}\n"
                      f"run it: {shlex.join(['build/gmemspec', *case.words])}\n")
    for orphan in orphans:
        failed += 1
        print(f"FAIL {orphan.relative_to(ROOT)}\nbelongs to no case\n")
    print(f"{len(cases)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
