#!/usr/bin/env python3
"""Checks every #include against the two tables of docs/architecture.md.

The first table gives, for each folder, the folders that it may include; a file belongs to the longest
folder that holds it and may always include from its own. The second gives the only places where a
header from outside may be included. A wrong edge is shown with its line.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "docs/architecture.md"
SKIPPED_FOLDERS = {"build", ".git", ".cache"}
SUFFIXES = {".h", ".c", ".cpp", ".def", ".inc"}
RAW_STRING = re.compile(r'R"([^()\\ ]{0,16})\(')
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def table(text, first_header):
    """The rows below the header row that starts with `first_header`: for each cell its `names`."""
    rows, inside = [], False
    for line in text.splitlines():
        if line.startswith(f"| {first_header} |"):
            inside = True
        elif inside and not line.startswith("|"):
            break
        elif inside and not line.startswith("|---"):
            cells = line.strip().removeprefix("|").removesuffix("|").split("|")
            rows.append([re.findall(r"`([^`]+)`", cell) for cell in cells])
    return rows


def within(path, places):
    return any(path == place or path.startswith(place + "/") for place in places)


def owner(path, folders):
    """The longest of the folders that holds the path, or None."""
    return max((f for f in folders if within(path, [f])), key=len, default=None)


def own_problem(path, target, layers):
    """What is wrong with including our header `target` from the file `path`, or None."""
    source, goal = owner(path, layers), owner(target, layers)
    if goal is None:
        return "is no path from the project's root into a folder of the layer table"
    if source == goal or within(goal, layers[source]):
        return None
    allowed = ", ".join(sorted(layers[source])) or "nothing of ours"
    return f"is not allowed; {source} may include {allowed}"


def outside_problem(path, target, fences):
    for prefix, places in fences.items():
        if target.startswith(prefix) and not within(path, places):
            return f"is not allowed; only {', '.join(places)} may"
    return None


def check_file(path, lines, layers, fences):
    """Number of includes, and a list of problems."""
    count, bad = 0, []
    if path.endswith(".h") and "#pragma once" not in lines:
        bad.append(f"{path}: has no #pragma once")
    raw_end = None
    for number, line in enumerate(lines, 1):
        # What stands in a raw string is text, such as a file that a back end writes.
        if raw_end:
            raw_end = None if raw_end in line else raw_end
            continue
        raw = RAW_STRING.search(line)
        if raw and f"){raw[1]}\"" not in line[raw.end():]:
            raw_end = f"){raw[1]}\""
        match = INCLUDE.match(line)
        if not match:
            continue
        count += 1
        own, outside = match.groups()
        target = own or outside
        fenced = any(target.startswith(prefix) for prefix in fences)
        problem = outside_problem(path, target, fences)
        if own and not fenced:
            problem = own_problem(path, own, layers)
        if problem:
            bad.append(f"{path}:{number}: including {target} {problem}")
    return count, bad


def main():
    text = TABLES.read_text("utf-8")
    layers = {row[0][0]: row[1] for row in table(text, "folder")}
    fences = {header: row[1] for row in table(text, "header") for header in row[0]}
    if not layers or not fences:
        sys.exit(f"check_layers: a table is missing in {TABLES.relative_to(ROOT)}")
    bad = [f"{TABLES.relative_to(ROOT)}: {folder} may include {other}, which has no row"
           for folder, others in layers.items() for other in others if other not in layers]

    files = edges = 0
    for file in sorted(ROOT.rglob("*")):
        path = file.relative_to(ROOT).as_posix()
        if file.suffix not in SUFFIXES or path.split("/")[0] in SKIPPED_FOLDERS:
            continue
        files += 1
        if owner(path, layers) is None:
            bad.append(f"{path}: stands in no folder of the layer table")
            continue
        count, found = check_file(path, file.read_text("utf-8").splitlines(), layers, fences)
        edges += count
        bad += found
    if files == 0:
        sys.exit("check_layers: no source file found")
    print("\n".join([*bad, f"{files} files, {edges} includes, {len(bad)} wrong"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
