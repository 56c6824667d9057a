#!/usr/bin/env python3
"""Checks the tests in C that `gmemspec kselftest` writes: both forms build without a warning, the one for a
kernel tree against small headers that stand in for the tree's. Where there is a guest_memfd, both are run
and come to the verdicts of `gmemspec run`.

    tools/check_kselftest.py [VECTOR...]    these vectors instead of the bundled ones
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/gmemspec"
VECTORS = ["runner/kselftest/tests/vectors", "runner/tests/good"]
STAND_INS = ROOT / "runner/kselftest/tests/selftests/kvm"
GCC = ["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"]
TAP = re.compile(r"^(ok|not ok) \d+ (\S+)( # SKIP)?")
# What a test that knows no spec can say.
AS_TEST = {"pass": "pass", "skip": "skip", "fail": "fail", "differs": "fail"}


def run(*command):
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


def build(folder, form, vectors):
    """The program, or None after a message."""
    source, program = folder / f"{form or 'alone'}.c", folder / (form or "alone")
    options = ["--in-tree"] if form else []
    for command in ([PROGRAM, "kselftest", *vectors, "-o", source, *options],
                    [*GCC, f"-I{STAND_INS}", source, "-o", program]):
        done = run(*command)
        if done.returncode != 0:
            print(done.stdout + done.stderr)
            return None
    print(f"{source.name}: {source.read_text('utf-8').count(chr(10))} lines compile")
    return program


def verdicts(text):
    result = {}
    for match in filter(None, map(TAP.match, text.splitlines())):
        good, name, skipped = match.groups()
        result[name] = "skip" if skipped else "pass" if good == "ok" else "fail"
    return result


def main():
    vectors = sys.argv[1:] or VECTORS
    report = json.loads(run(PROGRAM, "run", "--format", "json", *vectors).stdout or "{}")
    expected = {one["vector"]: one["verdict"] for one in report.get("vectors", [])}
    judged = report.get("spec") is not None
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for form in ("", "in_tree"):
            program = build(pathlib.Path(folder), form, vectors)
            if program is None:
                return 1
            if not judged:
                continue
            done = run(program)
            got = verdicts(done.stdout)
            for name, verdict in expected.items():
                key = re.sub(r"\W", "_", name) if form else name
                if got.get(key) != AS_TEST.get(verdict):
                    print(f"{program.name}: {name}: {got.get(key)}, but gmemspec run says {verdict}")
                    wrong += 1
    if not judged:
        print("not run: this machine offers no guest_memfd")
    else:
        print(f"{len(expected)} vectors, {wrong} verdicts differ from those of gmemspec run")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
