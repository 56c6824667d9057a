#!/usr/bin/env python3
"""Checks that every message of the catalogues is explained and shown, and that no explanation is stale.

For each GMS_DIAG line of a catalog.def: docs/diagnostics/CODE.md exists; a golden case prints the code
(some .expect holds "[CODE]"); the example of the explanation, its lines indented by four, is what such
a case prints. docs/diagnostics/README.md lists the block of the code.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/diagnostics"
SKIPPED = {"build", ".git", ".cache"}
ROW = re.compile(r"^GMS_DIAG\((\w+), k(\w+), (\w+),", re.M)
# What no case can show: it would take a file of 2 MiB, 65 files, or a machine without KVM. The unit test that shows it instead.
BY_UNIT_TEST = {"E0109": "gen/syntax/parse_test.cpp", "E0205": "gen/inherit/compose_test.cpp",
                "E1103": "flow/run_vectors_test.cpp", "E1005": "flow/explore_test.cpp"}


def files(pattern):
    return sorted(path for path in ROOT.rglob(pattern)
                  if not SKIPPED & set(path.relative_to(ROOT).parts))


def example_of(text):
    return [line[4:] for line in text.splitlines() if line.startswith("    ")]


def check(code, expects):
    """What is wrong with one code."""
    if code in BY_UNIT_TEST:
        test = BY_UNIT_TEST[code]
        shown = [] if code in (ROOT / test).read_text("utf-8") else [f"{test} does not show it"]
    else:
        shown = [] if expects else [f"no golden case prints it (a .expect with [{code}])"]
    path = FOLDER / f"{code}.md"
    if not path.exists():
        return [*shown, f"{path.relative_to(ROOT)} is missing"]
    example = example_of(path.read_text("utf-8"))
    if not example and code not in BY_UNIT_TEST:
        return [*shown, f"{path.name} has no example (lines indented by four)"]
    # The headline stands there without the place.
    if example and not any(all(line in text for line in example) for text in expects):
        shown.append(f"the example in {path.name} is not what a case prints")
    return shown


def main():
    expects = [path.read_text("utf-8") for path in files("*.expect")]
    codes, problems = {}, []
    for catalog in files("catalog.def"):
        name = catalog.relative_to(ROOT).as_posix()
        for code, _, _ in ROW.findall(catalog.read_text("utf-8")):
            if code in codes:
                problems.append(f"{code}: in {codes[code]} and in {name}")
            codes[code] = name
    for code in sorted(codes):
        with_code = [text for text in expects if f"[{code}]" in text]
        problems += [f"{code}: {problem}" for problem in check(code, with_code)]
    blocks = re.findall(r"^\| (\d\d)xx ", (FOLDER / "README.md").read_text("utf-8"), re.M)
    problems += [f"{code}: docs/diagnostics/README.md lists no codes {code[1:3]}xx"
                 for code in sorted(codes) if code[1:3] not in blocks]
    problems += [f"{path.relative_to(ROOT)}: no catalogue has the code"
                 for path in sorted(FOLDER.glob("[EW]*.md")) if path.stem not in codes]
    print("\n".join([*problems, f"{len(codes)} messages, {len(problems)} problems"]))
    return 1 if problems or not codes else 0


if __name__ == "__main__":
    sys.exit(main())
