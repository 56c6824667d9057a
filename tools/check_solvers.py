#!/usr/bin/env python3
"""Reads reports of `gmemspec prove --solver z3,cvc5 --format json` and fails unless both solvers gave
the same definite answer to every query of each."""
import argparse
import collections
import json
import sys

AGREED = {("sat", "sat"), ("unsat", "unsat")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="+", help="JSON report")
    good = True
    for path in parser.parse_args().report:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        answers = collections.Counter(
            tuple(obligation["answers"].values()) for obligation in report["obligations"])
        counts = ", ".join(f"{n} {'/'.join(pair)}" for pair, n in sorted(answers.items()))
        print(f"{path}: {counts or 'no query'}")
        good = good and bool(answers) and set(answers) <= AGREED
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
