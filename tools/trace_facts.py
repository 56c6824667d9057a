"""What a sequential trace alone makes certain: which page an access meets, which byte it must see, and
which calls changed something.

Deliberately small and separate from the specs: it is used to choose how to falsify a trace, so it must
not share their mistakes. It follows only files, mappings, slots, pins, shared/private and bytes; where a
trace leaves any doubt (a writer whose byte is not logged, a slot whose accesses may go elsewhere, an
injected fault) it says None.
"""

PAGE = 4096
PRIVATE = 8
FILE_MMAP = 1  # GUEST_MEMFD_FLAG_MMAP
FILE_INIT_SHARED = 2  # GUEST_MEMFD_FLAG_INIT_SHARED
SLOT_GUEST_MEMFD = 4
PUNCH_HOLE = 2
BYTES, SHARING, PINS = "bytes", "sharing", "pins"
WRITES = {"host_write", "guest_write", "guest_rmw"}
UNLOGGED_WRITERS = {"read_into_page", "process_vm_writev", "proc_mem_pwrite"}
# Calls that store no byte in any page. What is in no list makes everything uncertain.
NO_BYTES = {
    "meta", "note", "check_extension", "set_attr1", "close", "fork",
    "fstat", "munmap", "mprotect", "pagemap", "prefault", "mincore", "mlock",
    "munlock", "msync", "io_uring_setup", "io_uring_register_buffers", "io_uring_unregister_buffers",
    "write_from_page", "process_vm_readv", "proc_mem_pread", "read", "pread", "lseek_set", "lseek_end",
    "lseek_data", "lseek_hole", "fchmod", "fsync", "fcntl_add_seals", "fcntl_getfd", "fcntl_getfl",
    "open_proc_fd", "posix_fadvise", "ioctl_other", "host_read", "guest_read",
}
NO_BYTES_IF_FAILED = {"write", "pwrite", "ftruncate"}
DISCARDING_ADVICE = {8, 9}  # MADV_FREE, MADV_REMOVE


def succeeded(event):
    return event.get("errno") is None


class Inode:
    def __init__(self, pages, shared, mmap):
        self.pages = pages
        self.mmap = mmap
        self.private = [not shared] * pages
        self.bytes = {}  # (page, byte) -> value; a byte that is not there is 0
        self.unsure = set()  # pages with a byte that nobody logged


class Span:
    """Pages lo to hi-1 of an inode."""

    def __init__(self, inode, lo, hi):
        self.inode, self.lo, self.hi = inode, lo, hi


class Places:
    """Part of the state of an inode: BYTES of (page, byte), or SHARING or PINS of pages."""

    def __init__(self, kind, inode, where):
        self.kind, self.inode, self.where = kind, inode, frozenset(where)

    def __bool__(self):
        return bool(self.where)

    def meets(self, other):
        return self.kind == other.kind and self.inode is other.inode and not \
            self.where.isdisjoint(other.where)


class Facts:
    """Call `look` for what is certain of an event before it, then `advance` over it."""

    def __init__(self):
        self.files = {}  # name of a descriptor -> Inode
        self.maps = {}  # name of a mapping -> (Inode, first page)
        self.slots = {}  # (vm, slot) -> (first gfn, pages, Inode or None, first page)
        self.pins = {}  # name -> list of [Inode, page, saved byte 0 once punched else None, punched]
        self.vm = None
        self.lost = False  # some byte somewhere may have changed unseen

    # ---- where an event acts

    def host_page(self, event):
        found = self.maps.get(event.get("map"))
        if found is None:
            return None
        inode, first = found
        page = first + event["page"]
        return (inode, page) if page < inode.pages else None

    def guest_page(self, event):
        """None where the access is not certain to reach the slot's file"""
        gfn = event["gpa"] // PAGE
        for (vm, _), (base, pages, inode, first) in self.slots.items():
            if vm == self.vm and base <= gfn < base + pages:
                return (inode, first + gfn - base) if inode is not None else None
        return None

    def span(self, event):
        """the pages that the event acts on; None if that is not certain"""
        op = event["op"]
        if op in ("host_read", "host_write"):
            at = self.host_page(event)
        elif op in ("guest_read", "guest_write", "guest_rmw"):
            at = self.guest_page(event)
        elif op == "pin":
            at = self.host_page(event)
            if at is not None:
                return Span(at[0], at[1], min(at[1] + event["npages"], at[0].pages))
        elif op in ("set_attr2", "fallocate"):
            inode = self.files.get(event["gmem"])
            lo, size = event["offset"], event["size" if op == "set_attr2" else "length"]
            if inode is None or lo < 0 or size <= 0 or lo % PAGE or size % PAGE:
                return None
            lo, hi = min(lo // PAGE, inode.pages), min((lo + size) // PAGE, inode.pages)
            return Span(inode, lo, hi) if lo < hi else None
        elif op == "unpin" and self.pins.get(event["pin"]):
            held = self.pins[event["pin"]]
            pages = [page for _, page, _, _ in held]
            return Span(held[0][0], min(pages), max(pages) + 1)
        else:
            return None
        return Span(at[0], at[1], at[1] + 1) if at is not None else None

    def byte(self, inode, page, byte):
        if self.lost or page in inode.unsure:
            return None
        return inode.bytes.get((page, byte), 0)

    # ---- what is certain of an event

    def read_values(self, event):
        """[(key in the event, index in a list or None, value)] that the event must show"""
        if "fail_nth" in event or not succeeded(event):
            return []
        op = event["op"]
        if op == "host_read" and event["result"] == "ok":
            at, byte = self.host_page(event), event["byte"]
        elif op in ("guest_read", "guest_rmw") and event["result"] == "ok":
            at, byte = self.guest_page(event), event["gpa"] % PAGE
        elif op == "pin_read":
            held = self.pins.get(event["pin"])
            if held is None or len(held) != len(event["values"]):
                return []
            values = [(nth, saved if punched else self.byte(inode, page, 0))
                      for nth, (inode, page, saved, punched) in enumerate(held)]
            return [("values", nth, value) for nth, value in values if value is not None and not self.lost]
        else:
            return []
        value = self.byte(at[0], at[1], byte) if at is not None else None
        return [("value", None, value)] if value is not None else []

    def effect(self, event):
        """what the event certainly changed; None if nothing"""
        span = self.span(event)
        if span is None or not succeeded(event) or "fail_nth" in event:
            return None
        op, inode = event["op"], span.inode
        pages = range(span.lo, span.hi)
        if op in WRITES:
            byte, value = (event["byte"], event.get("value")) if op == "host_write" else \
                (event["gpa"] % PAGE, event["write_value"])
            stored = event["result"] == "ok" and self.byte(inode, span.lo, byte) not in (None, value)
            return Places(BYTES, inode, {(span.lo, byte)} if stored else ())
        if op == "set_attr2":
            want = bool(event["attributes"] & PRIVATE)
            return Places(SHARING, inode, (page for page in pages if inode.private[page] != want))
        if op == "fallocate" and event["mode"] & PUNCH_HOLE:
            return Places(BYTES, inode, (at for at, value in inode.bytes.items()
                                         if value and at[0] in pages))
        if op == "unpin":
            return Places(PINS, inode, (page for _, page, _, punched in self.pins[event["pin"]]
                                        if not punched))
        return None

    def looks_at(self, event):
        """what the outcome of the event depends on, as far as it is certain"""
        span = self.span(event)
        if span is None or "fail_nth" in event:
            return []
        op, inode = event["op"], span.inode
        pages = range(span.lo, span.hi)
        if op == "set_attr2":
            to_private = bool(event["attributes"] & PRIVATE) and event["errno"] in (None, "EAGAIN")
            return [Places(PINS, inode, pages)] if to_private else []
        seen = []
        if op in ("host_read", "host_write", "pin"):
            seen.append(Places(SHARING, inode, pages))
        if op in ("host_read", "guest_read", "guest_rmw") and event["result"] == "ok":
            byte = event["byte"] if op == "host_read" else event["gpa"] % PAGE
            seen.append(Places(BYTES, inode, {(span.lo, byte)}))
        return seen

    # ---- going on

    def advance(self, event):
        op = event["op"]
        handler = getattr(self, "_" + op, None)
        if handler is not None:
            handler(event)
        elif op in UNLOGGED_WRITERS:
            self._unlogged(self.host_page(event), event)
        elif op == "madvise":
            if event["advice"] in DISCARDING_ADVICE:
                self._unlogged(self.host_page(event), event)
        elif op not in NO_BYTES and not (op in NO_BYTES_IF_FAILED and not succeeded(event)):
            self.lost = True

    def _unlogged(self, at, event):
        if not succeeded(event):
            return
        if at is None:
            self.lost = True
        else:
            at[0].unsure.add(at[1])

    def _create_vm(self, event):
        if succeeded(event):
            self.vm = event["vm"]

    def _create_gmem(self, event):
        if succeeded(event) and "gmem" in event:
            flags = event["flags"]
            self.files[event["gmem"]] = Inode(
                event["size"] // PAGE if event["size"] < 1 << 40 else 0, bool(flags & FILE_INIT_SHARED),
                bool(flags & FILE_MMAP))

    def _dup(self, event):
        if succeeded(event) and event["gmem"] in self.files:
            self.files[event["new"]] = self.files[event["gmem"]]

    def _mmap(self, event):
        if succeeded(event) and event["gmem"] in self.files:
            self.maps[event["map"]] = (self.files[event["gmem"]], event["offset"] // PAGE)

    def _set_region2(self, event):
        if not succeeded(event):
            return
        key = (event["vm"], event["slot"])
        if event["size"] == 0:
            self.slots.pop(key, None)
            return
        # Without the MMAP flag of the file, shared accesses of the guest go elsewhere.
        inode = self.files.get(event["gmem"]) if event["flags"] & SLOT_GUEST_MEMFD else None
        if inode is not None and not inode.mmap:
            inode = None
        self.slots[key] = (event["gpa"] // PAGE, event["size"] // PAGE, inode,
                           event["gmem_offset"] // PAGE)

    def _set_attr2(self, event):
        span = self.span(event)
        if succeeded(event) and span is not None:
            want = bool(event["attributes"] & PRIVATE)
            span.inode.private[span.lo:span.hi] = [want] * (span.hi - span.lo)

    def _fallocate(self, event):
        span = self.span(event)
        if not succeeded(event) or not event["mode"] & PUNCH_HOLE or span is None:
            return
        inode, pages = span.inode, range(span.lo, span.hi)
        for held in self.pins.values():
            for hold in held:
                if hold[0] is inode and hold[1] in pages and not hold[3]:
                    hold[2], hold[3] = self.byte(inode, hold[1], 0), True
        inode.bytes = {at: value for at, value in inode.bytes.items() if at[0] not in pages}
        inode.unsure -= set(pages)

    def _host_write(self, event):
        if event["result"] != "ok":
            return
        at = self.host_page(event)
        if at is not None:
            at[0].bytes[at[1], event["byte"]] = event["value"]
        elif event["map"] in self.maps:
            self.lost = True

    def _guest_write(self, event):
        at = self.guest_page(event)
        if at is None:
            self.lost = self.lost or event["result"] == "ok"
        elif "fail_nth" in event:
            at[0].unsure.add(at[1])
        elif event["result"] == "ok":
            at[0].bytes[at[1], event["gpa"] % PAGE] = event["write_value"]

    _guest_rmw = _guest_write

    def _pin(self, event):
        at = self.host_page(event)
        if at is None or not succeeded(event):
            return
        self.pins[event["pin"]] = [[at[0], at[1] + nth, None, False]
                                   for nth in range(event["ret"] // PAGE)]

    def _unpin(self, event):
        self.pins.pop(event["pin"], None)

    def _pin_read(self, event):
        self.pins.pop(event["pin"], None)
