#!/usr/bin/env python3
"""The speed of `gmemspec explore` on two models that other explorers have too: `./dev bench` calls this.

bench/atomic.gms and bench/steps.gms are written so that without symmetry they have the same states and transitions as
the models for rumur, SPIN and TLC; if a number differs, this fails. Each is explored on one core; rates are by CPU time,
median of the rounds. The last row is the whole command on the variant without a lock, compiler included.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# spec, bounds, states, transitions
MODELS = [("atomic", {"Page": 4}, 160_000, 6_017_198),
          ("atomic", {"Page": 5}, 3_200_000, 168_571_820),
          ("steps", {"Page": 2, "Thread": 3}, 753_490, 6_928_986),
          ("steps", {"Page": 3, "Thread": 2}, 2_768_264, 26_047_896)]


def explore(program, spec, bounds, *more, cache=None):
    command = [str(program), "explore", "--format", "json", "--jobs", "1", "--spec", f"bench/{spec}.gms", *more]
    for name, n in bounds.items():
        command += ["--bound", f"{name}={n}"]
    env = dict(os.environ, XDG_CACHE_HOME=cache) if cache else None
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(f"bench/explore.py: {' '.join(command)}: {done.stderr}")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/gmemspec")
    args = parser.parse_args()
    wrong = 0
    print(f"\n{'exploration, one core':34} {'states':>10} {'cpu s':>8} {'M states/s':>11} {'M trans/s':>10} {'bytes/state':>12}")
    for spec, bounds, states, transitions in MODELS:
        name = f"{spec}.gms {', '.join(f'{k} {v}' for k, v in bounds.items())}"
        found = [explore(args.program, spec, bounds, "--no-symmetry") for _ in range(args.rounds)]
        cpu = statistics.median(one["cpu_seconds"] for one in found)
        one = found[0]
        print(f"{name:34} {one['states']:10,} {cpu:8.3f} {one['states'] / cpu / 1e6:11.2f} "
              f"{one['transitions'] / cpu / 1e6:10.1f} {one['bytes'] / one['states']:12.1f}")
        if (one["states"], one["transitions"]) != (states, transitions):
            print(f"  wrong: {one['transitions']:,} transitions; expected {states:,} states, {transitions:,} transitions")
            wrong += 1
    with tempfile.TemporaryDirectory() as cache:
        start, used = time.monotonic(), os.times()
        one = explore(args.program, "steps", {"Page": 3, "Thread": 2}, "--quirk", "no_lock", "--no-symmetry", cache=cache)
        wall, now = time.monotonic() - start, os.times()
        cpu = now.children_user + now.children_system - used.children_user - used.children_system
    calls = [p.get("calls") for p in one["properties"] if p["name"] == "no_private_host"]
    print(f"{'steps.gms without the lock':34} {one['states']:10,} {cpu:8.3f}   all in all, {wall:.2f} s by the clock; "
          f"compiler {one['compile_seconds']:.2f} s; a run of {calls[0]} calls")
    return 1 if wrong or calls != [8] else 0


if __name__ == "__main__":
    sys.exit(main())
