#!/usr/bin/env python3
"""Checks that the calls of the runner (runner/uapi.h, ops.h, ops_*.c) can be pasted into one C file that
gcc alone builds without a warning, as a test of the kernel would be.

    tools/check_ops.py            compile it
    tools/check_ops.py --print    print what is compiled
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = [ROOT / "runner/uapi.h", ROOT / "runner/ops.h"]
LEFT_OUT = ("#pragma once", '#include "', "#define _GNU_SOURCE")
COMMAND = ["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-x", "c", "-", "-o", "/dev/null"]


def pasted():
    files = [*HEADERS, *sorted((ROOT / "runner").glob("ops_*.c"))]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()
             if not line.startswith(LEFT_OUT)]
    return "\n".join(["#define _GNU_SOURCE", *lines, "int main(void) { return gm_open(); }", ""])


def main():
    text = pasted()
    if sys.argv[1:] == ["--print"]:
        print(text, end="")
        return 0
    done = subprocess.run(COMMAND, input=text, text=True, capture_output=True, check=False)
    print(done.stderr or f"{text.count(chr(10))} lines compile as one file")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
