#!/usr/bin/env python3
"""Writes a long valid trace over a very large file, in the form and with the mix of the recorded ones.

    bench/make_trace.py build/bench/trace.jsonl             1,000,000 events on a file of 1 TiB
    bench/make_trace.py --threads 4 --pages 1048576 OUT     conversions, reads and pins of 4 threads that overlap

Every result is computed by the model of pages below (sharing, bytes, pins, page frames of one file in one
VM), so `gmemspec check` must hold the trace to conform. Only calls are used whose result is certain.
The output depends on the options alone.
"""
import argparse
import bisect
import copy
import heapq
import pathlib
import random
import sys

PAGE = 4096
GPA = 0x10000000
SENTINEL = 103759403179614
PRIVATE, PUNCH, ALLOCATE = 8, 3, 1
BLOCK = 9  # log2 of the pages that are kept together, so that a punch of a large range is cheap
MAX_PINS, MAX_WINDOWS = 48, 8

# op -> share, as in the recorded random runs
MIX = {"host_read": 250, "host_write": 200, "set_attr2": 220, "fallocate": 70, "guest_read": 65,
       "guest_write": 60, "guest_rmw": 45, "pin": 25, "unpin": 25, "pagemap": 15, "prefault": 6,
       "fstat": 5, "dup": 6, "window": 8}
MIX_OF_THREADS = {"host_read": 500, "set_attr2": 300, "pin": 100, "unpin": 100}


class File:
    """The pages of the file: what the results depend on."""

    def __init__(self, pages):
        self.pages = pages
        self.cuts = []  # where sharing changes: page p is private if an odd number of them is <= p
        self.bytes = {}  # block -> {page: byte 0}; what is not there is 0
        self.frames = {}  # block -> {page: pfn}
        self.next_frame = 0x100000
        self.held = []  # pages that a pin holds, sorted, one entry for each pin

    def private(self, page):
        return bool(bisect.bisect_right(self.cuts, page) & 1)

    def uniform(self, lo, hi, private):
        at = bisect.bisect_right(self.cuts, lo)
        return bool(at & 1) == private and bisect.bisect_left(self.cuts, hi) == at

    def set_private(self, lo, hi, private):
        first, last = bisect.bisect_left(self.cuts, lo), bisect.bisect_right(self.cuts, hi)
        self.cuts[first:last] = ([lo] if (first & 1) != private else []) + \
            ([hi] if (last & 1) != private else [])

    def first_held(self, lo, hi):
        at = bisect.bisect_left(self.held, lo)
        return self.held[at] if at < len(self.held) and self.held[at] < hi else None

    def release(self, page):
        del self.held[bisect.bisect_left(self.held, page)]

    def byte(self, page):
        return self.bytes.get(page >> BLOCK, {}).get(page, 0)

    def store(self, page, value):
        self.bytes.setdefault(page >> BLOCK, {})[page] = value

    def frame(self, page):
        block = self.frames.setdefault(page >> BLOCK, {})
        if page not in block:
            block[page] = self.next_frame
            self.next_frame += 1
        return block[page]

    def forget(self, lo, hi):
        for blocks in (self.bytes, self.frames):
            for number in range(lo >> BLOCK, ((hi - 1) >> BLOCK) + 1):
                block = blocks.get(number)
                if block:
                    for page in [page for page in block if lo <= page < hi]:
                        del block[page]


class Writer:
    """Numbers the lines and lets the clock run."""

    def __init__(self, out, rng):
        self.out, self.rng = out, rng
        self.seq, self.clock, self.names = 0, 5_000_000_000, 0

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    def line(self, body, ret, errno=None):
        begin = self.clock + self.rng.randrange(3_000, 40_000)
        self.clock = begin + self.rng.randrange(4_000, 60_000)
        tail = "null" if errno is None else f'"{errno}"'
        self.out.write(f'{{"seq":{self.seq},"tid":0,"t_begin":{begin},"t_end":{self.clock},{body},'
                       f'"ret":{ret},"errno":{tail}}}\n')
        self.seq += 1


class ThreadsWriter(Writer):
    """Lines of threads that overlap: each call takes effect at an instant within its interval, and those instants
    follow each other in the order in which the lines are made."""

    def start_threads(self, count):
        self.ready = [self.clock] * count  # by thread: when its last call returned
        self.thread, self.effect, self.waiting = 0, self.clock, []

    def next_thread(self):
        self.thread = self.ready.index(min(self.ready))
        return self.thread

    def line(self, body, ret, errno=None):
        if not hasattr(self, "ready"):
            return super().line(body, ret, errno)
        ready, rng = self.ready[self.thread], self.rng
        self.effect = max(self.effect + rng.randrange(1, 40_000 // len(self.ready)), ready + rng.randrange(4_000, 40_000))
        begin = rng.randrange(max(ready + 1, self.effect - 40_000), self.effect)
        end = self.effect + rng.randrange(1, 40_000)
        self.ready[self.thread] = end
        tail = "null" if errno is None else f'"{errno}"'
        heapq.heappush(self.waiting, (begin, f'"tid":{self.thread + 1},"t_begin":{begin},"t_end":{end},{body},'
                                             f'"ret":{ret},"errno":{tail}}}\n'))
        self.flush(min(self.ready))
        return None

    def flush(self, before):
        """Lines stand in the order in which their calls began."""
        while self.waiting and self.waiting[0][0] <= before:
            self.out.write(f'{{"seq":{self.seq},{heapq.heappop(self.waiting)[1]}')
            self.seq += 1


class Maker:
    def __init__(self, writer, rng, pages):
        self.write, self.rng, self.file = writer, rng, File(pages)
        self.slot_pages = max(pages // 2, 1)
        self.pins = {}  # name -> list of [page, byte saved by a punch or None]
        self.windows = {}  # name of an extra mapping -> (first page, pages)
        self.extra = None  # a duplicate descriptor that is open
        self.recent = [rng.randrange(pages) for _ in range(256)]
        self.vm, self.gmem = writer.name("v"), writer.name("g")
        self.maps = [writer.name("m"), writer.name("m")]

    def for_thread(self):
        """The same file for another thread, which has pins of its own."""
        other = copy.copy(self)
        other.pins, other.windows = {}, {}
        return other

    def start(self):
        size = self.file.pages * PAGE
        self.write.line(f'"op":"create_vm","vm":"{self.vm}","type":1', 4)
        self.write.line(f'"op":"create_gmem","vm":"{self.vm}","gmem":"{self.gmem}","size":{size},"flags":3', 6)
        for name in self.maps:
            self.write.line(f'"op":"mmap","gmem":"{self.gmem}","map":"{name}","length":{size},"prot":3,"flags":1,'
                            f'"offset":0', 0)
        self.write.line(f'"op":"set_region2","vm":"{self.vm}","slot":1,"flags":4,"gpa":{GPA},'
                        f'"size":{self.slot_pages * PAGE},"hva":"{self.maps[0]}","gmem":"{self.gmem}","gmem_offset":0',
                        0)

    # ---- where

    def page(self):
        """often near a page used before, else anywhere"""
        rng = self.rng
        if rng.random() < 0.6:
            return min(rng.choice(self.recent) + rng.randrange(4), self.file.pages - 1)
        page = rng.randrange(self.file.pages)
        self.recent[rng.randrange(len(self.recent))] = page
        return page

    def span(self):
        """mostly a few pages, sometimes up to 256 MiB"""
        rng, kind = self.rng, self.rng.random()
        if kind < 0.7:
            length = rng.randrange(1, 17)
        else:
            length = 1 << rng.randrange(4, 10 if kind < 0.95 else 17)
        lo = max(self.page() - rng.randrange(length), 0)
        return lo, min(lo + length, self.file.pages)

    def place(self):
        """(mapping, page of the mapping, page of the file)"""
        if self.windows and self.rng.random() < 0.1:
            name = self.rng.choice(list(self.windows))
            first, pages = self.windows[name]
            at = self.rng.randrange(pages)
            return name, at, first + at
        page = self.page()
        return self.rng.choice(self.maps), page, page

    # ---- calls; each writes at least one line

    def host_access(self, op):
        name, at, page = self.place()
        body = f'"op":"{op}","map":"{name}","page":{at},"byte":0'
        value = self.rng.randrange(1, 256)
        if self.file.private(page):
            shown = f',"value":{value}' if op == "host_write" else ""
            self.write.line(f'{body}{shown},"result":"SIGBUS","si_code":2,"si_addr_page":{at}', 0)
            return None
        if op == "host_read":
            self.write.line(f'{body},"result":"ok","value":{self.file.byte(page)}', 0)
        else:
            self.write.line(f'{body},"value":{value},"result":"ok"', 0)
            self.file.store(page, value)
        return name, at, page

    def host_read(self):
        self.host_access("host_read")

    def host_write(self):
        self.host_access("host_write")

    def pagemap(self):
        """just after an access, so that the page is mapped"""
        accessed = self.host_access("host_read")
        if accessed:
            name, at, page = accessed
            self.write.line(f'"op":"pagemap","map":"{name}","page":{at},"npages":1,"ptes":[{{"page":{at},"present":1,'
                            f'"pfn":{self.file.frame(page)}}}]', 8)

    def guest(self, op):
        page = self.page() % self.slot_pages
        body = f'"op":"{op}","vcpu":0,"gpa":{GPA + page * PAGE}'
        value = self.rng.randrange(1, 256)
        if op != "guest_read":
            body += f',"write_value":{value}'
        body += ',"result":"ok"'
        if op != "guest_write":
            body += f',"value":{self.file.byte(page)}'
        self.write.line(body, 0)
        if op != "guest_read":
            self.file.store(page, value)

    def guest_read(self):
        self.guest("guest_read")

    def guest_write(self):
        self.guest("guest_write")

    def guest_rmw(self):
        self.guest("guest_rmw")

    def prefault(self):
        first = self.page() % self.slot_pages
        size = min(self.rng.randrange(1, 17), self.slot_pages - first) * PAGE
        gpa = GPA + first * PAGE
        self.write.line(f'"op":"prefault","vcpu":0,"gpa":{gpa},"size":{size},"gpa_out":{gpa + size},"size_out":0', 0)

    def set_attr2(self):
        lo, hi = self.span()
        if self.file.held and self.rng.random() < 0.04:  # else pins would hardly ever be met
            lo = self.rng.choice(self.file.held)
            hi = min(lo + self.rng.randrange(1, 17), self.file.pages)
        private = self.rng.random() < 0.5
        offset, size, wrong = lo * PAGE, (hi - lo) * PAGE, self.rng.random()
        errno, error_offset = None, SENTINEL
        if wrong < 0.03:
            errno = "EINVAL"
            if wrong < 0.01:
                size = 0
            elif wrong < 0.02:
                offset += 1 + self.rng.randrange(PAGE - 1)
            else:
                size = self.file.pages * PAGE - offset + PAGE
        elif private and not self.file.uniform(lo, hi, True):
            busy = self.file.first_held(lo, hi)
            if busy is not None:
                errno, error_offset = "EAGAIN", busy * PAGE
        if errno is None:
            self.file.set_private(lo, hi, private)
        self.write.line(f'"op":"set_attr2","gmem":"{self.gmem}","offset":{offset},"size":{size},'
                        f'"attributes":{PRIVATE if private else 0},"flags":0,"reserved_nonzero":0,"reserved_index":-1,'
                        f'"ptr":"ok","error_offset_in":{SENTINEL},"error_offset":{error_offset},'
                        f'"other_fields_changed":false', -1 if errno else 0, errno)

    def fallocate(self):
        lo, hi = self.span()
        mode = self.rng.choice((PUNCH, ALLOCATE))
        if mode == PUNCH:
            for held in self.pins.values():
                for hold in held:
                    if hold[1] is None and lo <= hold[0] < hi:
                        hold[1] = self.file.byte(hold[0])
                        self.file.release(hold[0])
            self.file.forget(lo, hi)
        self.write.line(f'"op":"fallocate","gmem":"{self.gmem}","mode":{mode},"offset":{lo * PAGE},'
                        f'"length":{(hi - lo) * PAGE}', 0)

    def pin(self):
        if len(self.pins) >= MAX_PINS:
            return self.unpin()
        page, name, pin = self.page(), self.rng.choice(self.maps), self.write.name("p")
        wanted = min(self.rng.randrange(1, 9), self.file.pages - page)
        got = 0
        while got < wanted and not self.file.private(page + got):
            got += 1
        body = f'"op":"pin","pin":"{pin}","map":"{name}","page":{page},"npages":{wanted}'
        if got == 0:
            return self.write.line(body, -1, "EFAULT")
        self.pins[pin] = [[page + nth, None] for nth in range(got)]
        for nth in range(got):
            bisect.insort(self.file.held, page + nth)
        return self.write.line(body, got * PAGE)

    def unpin(self):
        if not self.pins:
            return self.pin()
        pin = self.rng.choice(list(self.pins))
        held = self.pins.pop(pin)
        if self.rng.random() < 0.4:
            values = [saved if saved is not None else self.file.byte(page) for page, saved in held]
            text = ",".join(map(str, values))
            self.write.line(f'"op":"pin_read","pin":"{pin}","values":[{text}]', len(values) * PAGE)
        for page, saved in held:
            if saved is None:
                self.file.release(page)
        return self.write.line(f'"op":"unpin","pin":"{pin}"', 0)

    def fstat(self):
        self.write.line(f'"op":"fstat","gmem":"{self.gmem}","st_size":{self.file.pages * PAGE},"st_blocks":0,'
                        f'"st_mode":33152,"st_nlink":1', 0)

    def dup(self):
        if self.extra is None:
            self.extra = self.write.name("g")
            self.write.line(f'"op":"dup","gmem":"{self.gmem}","new":"{self.extra}"', 7)
        else:
            self.write.line(f'"op":"close","obj":"{self.extra}"', 0)
            self.extra = None

    def window(self):
        """maps a part of the file, or unmaps one that was"""
        if len(self.windows) < MAX_WINDOWS and self.rng.random() < 0.6:
            lo, hi = self.span()
            name = self.write.name("m")
            self.windows[name] = (lo, hi - lo)
            self.write.line(f'"op":"mmap","gmem":"{self.gmem}","map":"{name}","length":{(hi - lo) * PAGE},"prot":3,'
                            f'"flags":1,"offset":{lo * PAGE}', 0)
        elif self.windows:
            name = self.rng.choice(list(self.windows))
            _, pages = self.windows.pop(name)
            self.write.line(f'"op":"munmap","map":"{name}","map_offset":0,"length":{pages * PAGE}', 0)
        else:
            self.fstat()


def write_sequential(writer, rng, args):
    maker = Maker(writer, rng, args.pages)
    maker.start()
    calls = [getattr(maker, op) for op in MIX]
    weights = list(MIX.values())
    while writer.seq < args.events:
        for call in rng.choices(calls, weights, k=min(64, args.events - writer.seq)):
            call()
            if writer.seq >= args.events:
                break


def write_threads(writer, rng, args):
    maker = Maker(writer, rng, args.pages)
    maker.start()
    makers = [maker.for_thread() for _ in range(args.threads)]
    writer.start_threads(args.threads)
    while writer.seq + len(writer.waiting) < args.events:
        maker = makers[writer.next_thread()]
        op = rng.choices(list(MIX_OF_THREADS), MIX_OF_THREADS.values())[0]
        getattr(maker, op)()
    writer.flush(float("inf"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1 << 28, help="of the file (default: 1 TiB)")
    parser.add_argument("--threads", type=int, default=0, help="that make calls at the same time (default: none do)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.events < 5 or args.pages < 2:
        parser.error("at least 5 events and 2 pages")
    rng = random.Random(args.seed)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = args.out.with_name(args.out.name + ".part")
    scenario = f"threads: {args.threads}" if args.threads else "sequential"
    with open(unfinished, "w", encoding="ascii", buffering=1 << 20) as out:
        out.write(f'{{"op":"meta","file":"{args.out.stem}","kernel":"none: made by bench/make_trace.py","page_size":{PAGE},'
                  f'"scenario":"random {scenario}","seed":{args.seed},"vm_type":1,"gmem_flags":3,"pages":{args.pages},'
                  f'"spec":"inplace_v7","params":{{"vm_memory_attributes":false}}}}\n')
        if args.threads:
            write_threads(ThreadsWriter(out, rng), rng, args)
        else:
            write_sequential(Writer(out, rng), rng, args)
    unfinished.replace(args.out)


if __name__ == "__main__":
    sys.exit(main())
