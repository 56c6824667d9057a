#!/usr/bin/env python3
"""Falsifies bundled traces in known ways, to see that `gmemspec check` notices.

    tools/mutilate.py build/mutilated            2,000 falsified traces, controls, and manifest.json

Each falsified file is the beginning of a bundled trace with one falsification, in a folder with the
kernel.json of its source. Operators of the class `must_reject` make a trace that no kernel of the spec can
have produced; `tools/trace_facts.py` decides where that is certain. Those of `mostly_reject` make one
that is wrong nearly always: what was dropped, repeated or exchanged may happen not to matter. Of each source
there is also a beginning with nothing falsified, of the class `must_conform`: without these, a checker that
refuses everything would look perfect.

Of the traces in traces/threads, whose calls overlap, only that is falsified which no order of the calls can
explain: a byte that nobody has written by then, EINVAL where the arguments are good, an error offset that lies
outside of the range. They end where nothing is pending.

The result depends only on the seed, the counts and the traces. The manifest is a list of objects with
file, class, operator, source, line (of the falsified event, the same in both files), seed, and what
was changed. `tools/judge_mutilated.py` judges them.
"""
import argparse
import collections
import copy
import gzip
import json
import pathlib
import random
import shutil
import sys

from trace_facts import PAGE, Facts, succeeded

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRACES = ROOT / "traces"
SYSTEM_CALLS = {"create_vm", "create_gmem", "set_region2", "set_attr2", "set_attr1", "mmap", "munmap",
                "mprotect", "fallocate", "dup", "close", "pin", "unpin", "pin_read", "fstat"}
NAMING = {"create_vm", "create_gmem", "mmap", "dup", "pin", "fork"}
GUEST_MEMFD = 4  # flag of a slot
ERRNOS = ["EPERM", "ENOENT", "EIO", "EBADF", "EAGAIN", "ENOMEM", "EACCES", "EFAULT", "EBUSY", "EEXIST",
          "ENODEV", "EINVAL", "EFBIG", "ENOTTY", "EOPNOTSUPP", "EOVERFLOW"]
# Events kept after the falsified one: an effect that is seen at once needs few.
AT_ONCE, LATER = 20, 200


class Trace:
    """A bundled trace: its lines, events (0 is the meta line), and what is certain of each."""

    def __init__(self, path):
        self.path = path
        data = path.read_bytes()
        text = gzip.decompress(data) if path.suffix == ".gz" else data
        self.lines = text.decode().splitlines()
        self.events = [json.loads(line) for line in self.lines]
        self.effects, self.looks, self.values = [], [], []
        facts = Facts()
        for event in self.events:
            self.effects.append(facts.effect(event))
            self.looks.append(facts.looks_at(event))
            self.values.append(facts.read_values(event))
            for key, nth, value in self.values[-1]:
                if value != (event[key] if nth is None else event[key][nth]):
                    raise SystemExit(f"{path}: trace_facts.py holds {key} {value} for certain in {event}")
            facts.advance(event)

    def shows(self, change, observer):
        """the outcome of the event `observer` depends on something that the event `change` changed"""
        effect = self.effects[change]
        return bool(effect) and any(looked.meets(effect) for looked in self.looks[observer])


# Each operator has `places(trace)`, which yields (index, detail) of every place where it applies, and
# `apply(events, index, detail, rng)`, which changes the list of events and says what it did.
OPERATORS = {}


def operator(name, kind, count, keep):
    def add(cls):
        OPERATORS[name] = cls
        cls.name, cls.kind, cls.count, cls.keep = name, kind, count, keep
        return cls
    return add


def plain(trace, index):
    """no fault was asked for there"""
    return "fail_nth" not in trace.events[index]


@operator("success_to_einval", "must_reject", 250, AT_ONCE)
class SuccessToEinval:
    @staticmethod
    def places(trace):
        for index, event in enumerate(trace.events):
            if event["op"] in SYSTEM_CALLS and plain(trace, index) and succeeded(event):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, _rng):
        event = events[index]
        event["ret"], event["errno"] = -1, "EINVAL"
        if event["op"] in NAMING:  # nobody has made the names that later lines use
            del events[index + 1:]
        return "ok -> EINVAL"


def range_errors(trace):
    """the events that write a page of the request into error_offset"""
    for index, event in enumerate(trace.events):
        if event["op"] == "set_attr2" and event["errno"] in ("EAGAIN", "ENOMEM") and event["ptr"] == "ok":
            yield index, event


@operator("error_offset_outside", "must_reject", 150, AT_ONCE)
class ErrorOffsetOutside:
    @staticmethod
    def places(trace):
        for index, event in range_errors(trace):
            yield index, event["offset"] + event["size"]
            if event["offset"] >= PAGE:
                yield index, event["offset"] - PAGE
            yield index, event["error_offset_in"]

    @staticmethod
    def apply(events, index, detail, _rng):
        was, events[index]["error_offset"] = events[index]["error_offset"], detail
        return f"error_offset {was} -> {detail}"


@operator("read_value", "must_reject", 300, AT_ONCE)
class ReadValue:
    @staticmethod
    def places(trace):
        for index, values in enumerate(trace.values):
            for value in values:
                yield index, value

    @staticmethod
    def apply(events, index, detail, rng):
        key, nth, was = detail
        value = rng.choice([0 if was else 255, was ^ 1, rng.randrange(256)])
        value = value if value != was else was ^ 128
        if nth is None:
            events[index][key] = value
        else:
            events[index][key][nth] = value
        return f"{key} {was} -> {value}"


@operator("signal_to_ok", "must_reject", 200, AT_ONCE)
class SignalToOk:
    @staticmethod
    def places(trace):
        for index, event in enumerate(trace.events):
            if event.get("result") in ("SIGBUS", "SIGSEGV") and plain(trace, index):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, _rng):
        event = events[index]
        was, event["result"] = event["result"], "ok"
        for member in ("si_code", "si_addr_page"):
            event.pop(member, None)
        event.setdefault("value", 0)
        return f"{was} -> ok"


@operator("ok_to_sigbus", "must_reject", 200, AT_ONCE)
class OkToSigbus:
    @staticmethod
    def places(trace):
        for index, event in enumerate(trace.events):
            if event["op"] in ("host_read", "host_write") and event["result"] == "ok" and plain(trace, index):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, _rng):
        event = events[index]
        event["result"], event["si_code"] = "SIGBUS", 2
        child = event.get("process") == "child"
        if not child:
            event["si_addr_page"] = event["page"]
        if child or event["op"] == "host_read":
            event.pop("value", None)
        return "ok -> SIGBUS"


@operator("other_errno", "mostly_reject", 200, AT_ONCE)
class OtherErrno:
    @staticmethod
    def places(trace):
        for index, event in enumerate(trace.events):
            if event.get("errno"):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, rng):
        was = events[index]["errno"]
        events[index]["errno"] = rng.choice([name for name in ERRNOS if name != was])
        return f"{was} -> {events[index]['errno']}"


@operator("error_offset_moved", "mostly_reject", 150, AT_ONCE)
class ErrorOffsetMoved:
    @staticmethod
    def places(trace):
        for index, event in range_errors(trace):
            if event["size"] > PAGE:
                yield index, None

    @staticmethod
    def apply(events, index, _detail, rng):
        event = events[index]
        was = event["error_offset"]
        pages = range(event["offset"], event["offset"] + event["size"], PAGE)
        event["error_offset"] = rng.choice([page for page in pages if page != was])
        return f"error_offset {was} -> {event['error_offset']}"


@operator("dropped", "mostly_reject", 200, LATER)
class Dropped:
    """Only what changed something that a later event within reach looks at."""

    @staticmethod
    def places(trace):
        for index, effect in enumerate(trace.effects):
            if not effect:
                continue
            for later in range(index + 1, min(index + 1 + LATER, len(trace.events))):
                if trace.shows(index, later):
                    yield index, None
                    break
                again = trace.effects[later]
                if again and again.meets(effect):  # it may have hidden the change
                    break

    @staticmethod
    def apply(events, index, _detail, _rng):
        event = events.pop(index)
        return f"{event['op']} removed"


@operator("doubled", "mostly_reject", 150, LATER)
class Doubled:
    """Only calls that should not be able to end the same way twice."""

    @staticmethod
    def places(trace):
        for index, event in enumerate(trace.events):
            once = event["op"] in ("close", "unpin", "pin_read") or (
                event["op"] == "set_region2" and (event["size"] == 0 or event["flags"] & GUEST_MEMFD)) or (
                event["op"] == "guest_rmw" and event["result"] == "ok" and
                event["value"] != event["write_value"])
            if once and succeeded(event) and plain(trace, index):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, _rng):
        event = events[index]
        delay = event["t_end"] - event["t_begin"] + 2
        again = copy.deepcopy(event)
        events.insert(index + 1, again)
        for late in events[index + 1:]:
            late["seq"] += 1
            late["t_begin"] += delay
            late["t_end"] += delay
        return f"{event['op']} twice"


@operator("swapped", "mostly_reject", 200, LATER)
class Swapped:
    """Only neighbours of which one changed something that the other looks at."""

    @staticmethod
    def places(trace):
        for index in range(1, len(trace.events) - 1):
            ops = {trace.events[index]["op"], trace.events[index + 1]["op"]}
            if not ops & NAMING and (trace.shows(index, index + 1) or trace.shows(index + 1, index)):
                yield index, None

    @staticmethod
    def apply(events, index, _detail, _rng):
        first, second = events[index], events[index + 1]
        for member in ("seq", "t_begin", "t_end"):
            first[member], second[member] = second[member], first[member]
        events[index], events[index + 1] = second, first
        return f"{first['op']}, {second['op']} exchanged"


class ThreadTrace:
    """A trace of several threads. Nothing is known of the order of its calls."""

    def __init__(self, path):
        self.path = path
        self.lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        self.events = [json.loads(line) for line in self.lines]

    def quiet_after(self, index):
        """the least number of lines above `index` after which nothing is pending"""
        end = max(event.get("t_end", 0) for event in self.events[:index + 1])
        for at in range(index + 1, len(self.events)):
            # A thread counts its call before it reads the clock, so lines stand a little out of order.
            if all(event["t_begin"] > end for event in self.events[at:at + 8]):
                return at
            end = max(end, self.events[at]["t_end"])
        return len(self.events)


def thread_value(trace, rng):
    """(index, change) of reads that get a value which no call that began before their end has written"""
    written, at = set(), 0
    for index, event in enumerate(trace.events):
        while at < len(trace.events) and trace.events[at].get("t_begin", 0) <= event.get("t_end", 0):
            written |= {trace.events[at][key] for key in ("value", "write_value")
                        if trace.events[at]["op"] in ("host_write", "guest_write", "guest_rmw") and
                        key in trace.events[at]}
            at += 1
        late = {other.get("write_value", other.get("value")) for other in trace.events[at:at + 8]}
        free = [value for value in range(1, 256) if value not in written and value not in late]
        if event["op"] in ("host_read", "guest_read") and event["result"] == "ok" and free:
            yield index, {"value": rng.choice(free)}


def thread_einval(trace, _rng):
    for index, event in enumerate(trace.events):
        if event["op"] in ("set_attr2", "fallocate", "munmap", "unpin") and succeeded(event):
            yield index, {"ret": -1, "errno": "EINVAL"}


def thread_error_offset(trace, _rng):
    for index, event in enumerate(trace.events):
        if event["op"] == "set_attr2" and event["errno"] == "EAGAIN":
            yield index, {"error_offset": event["offset"] + event["size"]}


THREAD_OPERATORS = {"thread_value": (thread_value, 150), "thread_einval": (thread_einval, 100),
                    "thread_error_offset": (thread_error_offset, 50)}


def write_threads(out, seed, scale, reach, manifest):
    """Falsified traces of several threads, one falsification in each, and beginnings without one"""
    traces = [ThreadTrace(path) for path in sorted(TRACES.glob("threads/*/*.jsonl.gz"))]
    for trace in traces:
        place = f"threads-{trace.path.parent.name}"
        (out / place).mkdir(exist_ok=True)
        shutil.copy(trace.path.parent / "kernel.json", out / place / "kernel.json")
        common = {"source": trace.path.relative_to(TRACES).as_posix(), "seed": seed}
        for name, (places, count) in THREAD_OPERATORS.items():
            rng = random.Random(f"{seed} {name} {common['source']}")
            found = [place for place in places(trace, rng) if place[0] <= reach]
            for index, change in rng.sample(found, min(len(found), round(count * scale / len(traces)) or 1)):
                lines = trace.lines[:trace.quiet_after(index)]
                lines[index] = json.dumps(trace.events[index] | change, separators=(",", ":"))
                file = f"{place}/{len(manifest):05d}_{name}.jsonl"
                (out / file).write_text("\n".join(lines) + "\n")
                manifest.append({"file": file, "class": "must_reject", "operator": name, "line": index + 1,
                                 "event": trace.events[index]["op"], "what": json.dumps(change), **common})
        size = trace.quiet_after(min(reach, len(trace.lines) - 1))
        file = f"{place}/{len(manifest):05d}_untouched.jsonl"
        (out / file).write_text("\n".join(trace.lines[:size]) + "\n")
        manifest.append({"file": file, "class": "must_conform", "operator": "untouched_threads", "line": size,
                         "event": trace.events[size - 1]["op"], "what": "nothing", **common})


def stratum(trace, index):
    event = trace.events[index]
    return (trace.path.parent.name, event["op"], event.get("result"), event.get("errno"))


def pick(rng, traces, op, count, reach):
    """`count` places, spread over kinds of events; near the start of a trace while there are enough"""
    near, far = collections.defaultdict(list), []
    for trace in traces:
        for index, detail in op.places(trace):
            if index <= reach:
                near[stratum(trace, index)].append((trace, index, detail))
            else:
                far.append((trace, index, detail))
    for places in near.values():
        rng.shuffle(places)
    chosen, queues = [], collections.deque(near[key] for key in sorted(near, key=repr))
    while queues and len(chosen) < count:
        queue = queues.popleft()
        chosen.append(queue.pop())
        if queue:
            queues.append(queue)
    rng.shuffle(far)
    far.sort(key=lambda place: place[1] // reach)
    return chosen + far[:count - len(chosen)]


def render(trace, events, index):
    """the text of the falsified trace: what stands before the falsified event is the source's own"""
    changed = [json.dumps(event, separators=(",", ":")) for event in events[index:]]
    return "\n".join(trace.lines[:index] + changed) + "\n"


def control(trace, reach):
    """(text, manifest entry without file) of the trace's beginning as it was recorded"""
    lines = trace.lines[:reach + LATER]
    return "\n".join(lines) + "\n", {
        "class": "must_conform", "operator": "untouched", "source": trace.path.relative_to(TRACES).as_posix(),
        "line": len(lines), "event": trace.events[len(lines) - 1]["op"], "what": "nothing"}


def write_all(out, seed, scale, reach):
    def count_of(op):
        return round(op.count * scale)

    traces = [Trace(path) for path in sorted(TRACES.glob("*/*.jsonl*"))]
    manifest = []
    for folder in sorted({trace.path.parent for trace in traces}):
        (out / folder.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / "kernel.json", out / folder.name / "kernel.json")
    for name, op in OPERATORS.items():
        rng = random.Random(f"{seed} {name}")
        for trace, index, detail in pick(rng, traces, op, count_of(op), reach):
            events = copy.deepcopy(trace.events[index:index + 2 + op.keep])
            whole = trace.events[:index] + events
            what = op.apply(whole, index, detail, rng)
            file = f"{trace.path.parent.name}/{len(manifest):05d}_{name}.jsonl"
            (out / file).write_text(render(trace, whole, index))
            manifest.append({
                "file": file, "class": op.kind, "operator": name,
                "source": trace.path.relative_to(TRACES).as_posix(), "line": index + 1, "seed": seed,
                "event": trace.events[index]["op"], "what": what})
    for trace in traces:
        # Where nothing was called nothing can be judged.
        if all(event["op"] in ("meta", "note") for event in trace.events):
            continue
        text, item = control(trace, reach)
        file = f"{trace.path.parent.name}/{len(manifest):05d}_untouched.jsonl"
        (out / file).write_text(text)
        manifest.append({"file": file, **item, "seed": seed})
    write_threads(out, seed, scale, reach, manifest)
    body = ",\n".join(json.dumps(item) for item in manifest)
    (out / "manifest.json").write_text("[\n" + body + "\n]\n")
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out", type=pathlib.Path, help="folder to write; one made before is replaced")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="1: 2,000 falsified traces")
    parser.add_argument("--reach", type=int, default=500,
                        help="prefer events among the first REACH lines, so that the files stay short")
    args = parser.parse_args()
    if args.out.exists():
        if not (args.out / "manifest.json").exists() and any(args.out.iterdir()):
            parser.error(f"{args.out} is no folder of mutilated traces")
        shutil.rmtree(args.out)
    args.out.mkdir(parents=True)
    manifest = write_all(args.out, args.seed, args.scale, args.reach)
    for (kind, name), count in collections.Counter(
            (item["class"], item["operator"]) for item in manifest).items():
        print(f"{kind:14} {name:22} {count}")
    print(f"{len(manifest)} traces in {args.out}")


if __name__ == "__main__":
    sys.exit(main())
