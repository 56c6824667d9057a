#!/usr/bin/env python3
"""The measurements that count, each as a ratio of medians taken in one run: `./dev bench` builds, then calls this.

Every program is run as a process of its own, in turn with the others, so that a busy moment of the
machine meets all of them. Wall and CPU seconds and peak memory are those of the process; only the trace
reader's are what reader_bench says of one reading, as it first learns the fields. A ratio is the
reference's median divided by the program's, so 0.5 means twice the time of the reference; on a busy
machine believe the one by CPU time. Nothing is judged here: the numbers go into the notes by hand, and no
test depends on them.
"""
import argparse
import collections
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build/bench"
BIN = ROOT / "build/release/bin"
PAGES_OF_THREADS = 1 << 20

Sample = collections.namedtuple("Sample", "wall cpu peak")


def watch_peak(pid, peak):
    """Keeps the process's high water mark in peak[0], in MB. (What wait4 gives starts at our own memory.)"""
    status = pathlib.Path(f"/proc/{pid}/status")
    program = pathlib.Path(f"/proc/{pid}/exe")
    ours = os.readlink("/proc/self/exe")
    while True:
        try:
            if os.readlink(program) != ours:
                peak[0] = int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text()).group(1)) / 1024
        except (OSError, AttributeError):  # it has ended
            return
        time.sleep(0.005)


class Job:
    """One row of the table. With `own_report` the time is what the program prints as `median N s`."""

    def __init__(self, name, command, units=0, own_report=False):
        self.name, self.command, self.units = name, [str(word) for word in command], units
        self.own_report = own_report
        self.samples, self.problem = [], None
        if not pathlib.Path(self.command[0]).exists():
            self.problem = f"{pathlib.Path(self.command[0]).name} is not built"

    def run(self):
        with tempfile.TemporaryFile() as output:
            start = time.monotonic()
            process = subprocess.Popen(self.command, stdout=output, stderr=output, cwd=ROOT)
            peak = [0.0]
            watcher = threading.Thread(target=watch_peak, args=(process.pid, peak))
            watcher.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
            watcher.join()
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            said = output.read(2000).decode("utf-8", "replace").strip()
        if process.returncode != 0:
            self.problem = f"exit {process.returncode}: {said.splitlines()[0] if said else 'no output'}"
            return
        cpu = usage.ru_utime + usage.ru_stime
        if self.own_report:
            wall = cpu = float(re.search(r"median ([0-9.]+) s", said).group(1))
        self.samples.append(Sample(wall, cpu, peak[0]))

    def median(self, member):
        return statistics.median(getattr(sample, member) for sample in self.samples)


def measure(jobs, rounds):
    for number in range(rounds):
        for job in jobs:
            if job.problem is None:
                job.run()
        print(f"round {number + 1} of {rounds}", file=sys.stderr)


def print_table(title, jobs, reference, unit):
    print(f"\n{title}")
    print(f"  {'':34} {'wall s':>8} {'min':>8} {'cpu s':>8} {'peak MB':>8} {unit + '/s':>10} {'ratio':>7} {'by cpu':>7}")
    for job in jobs:
        if job.problem is not None:
            print(f"  {job.name:34} {job.problem}")
            continue
        wall, cpu = job.median("wall"), job.median("cpu")
        rate = f"{job.units / wall:10,.0f}" if job.units else f"{'':10}"
        ratios = ""
        if reference is not None and reference.samples:
            by_wall = "" if job.own_report else f"{reference.median('wall') / wall:.2f}"
            ratios = f" {by_wall:>7} {reference.median('cpu') / cpu:7.2f}"
        print(f"  {job.name:34} {wall:8.3f} {min(s.wall for s in job.samples):8.3f} {cpu:8.3f} "
              f"{max(s.peak for s in job.samples):8.1f} {rate}{ratios}")


def machine():
    model = "unknown CPU"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} CPUs, load before {load}"


def long_trace(events, pages, threads=0):
    path = FOLDER / f"trace_{events}_{pages}_{threads}.jsonl"
    maker = ROOT / "bench/make_trace.py"
    if not path.exists() or path.stat().st_mtime < maker.stat().st_mtime:
        print(f"making {path.relative_to(ROOT)}", file=sys.stderr)
        subprocess.run([maker, path, "--events", str(events), "--pages", str(pages), "--threads", str(threads)],
                       check=True)
    return path


def main():
    parser = argparse.ArgumentParser(prog="dev bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1 << 28, help="of the file in the trace (default: 1 TiB)")
    parser.add_argument("--bin", type=pathlib.Path, default=BIN, help="where the programs are")
    args = parser.parse_args()
    if args.rounds < 1:
        parser.error("at least one round")
    print(machine())
    trace = long_trace(args.events, args.pages)
    gmemspec = args.bin / "gmemspec"
    lines = args.events + 1
    reference = Job("simdjson alone (the reference)", [args.bin / "parse_reference", trace, 1], lines)
    reading = [reference,
               Job("the trace reader", [args.bin / "reader_bench", trace, 1], lines, own_report=True),
               Job("gmemspec check", [gmemspec, "check", trace], lines)]
    # Conversions, reads and pins that overlap; the reference reads the lines of 8 threads.
    raced = {threads: long_trace(args.events, PAGES_OF_THREADS, threads) for threads in (4, 8)}
    raced_reference = Job("simdjson alone (the reference)", [args.bin / "parse_reference", raced[8], 1], lines)
    ordering = [raced_reference] + [Job(f"gmemspec check, {threads} threads", [gmemspec, "check", path], lines)
                                    for threads, path in raced.items()]
    proving = [Job("gmemspec prove bench/pages.gms", [gmemspec, "prove", "--no-runs", "--spec", "bench/pages.gms"])]
    measure(reading + ordering + proving, args.rounds)
    size = trace.stat().st_size
    print_table(f"{lines:,} lines, {size / 1e6:.0f} MB, on a file of {args.pages * 4096 / 2**30:,.0f} GiB; "
                f"medians of {args.rounds}", reading, reference, "lines")
    print_table(f"calls that overlap, on a file of {PAGES_OF_THREADS * 4096 / 2**30:,.0f} GiB", ordering, raced_reference,
                "calls")
    print_table("proofs", proving, None, "")
    return 1 if any(job.problem for job in reading + ordering + proving) else 0


if __name__ == "__main__":
    sys.exit(main())
