// gmemspec compile %s --dump=types
// One spec that uses every construct of the language and gives no warning.
/// A page store: files of pages, maps of them, and an owner of each.
spec everything
link "https://example.org/mail"
fields seq, tid

// ---- values
const PAGE_SIZE : u64 = 1 << 12
const LIMIT : u64 = PAGE_SIZE * 16 - 1
const START : Colour = Colour.red
enum Colour { red = 1 "RED", green, blue = 0x10 "BLUE" }
enum Light { red, amber }
enum FdWord { anon, none_at_all "none" }
flags Attr : u64 { PRIVATE = 1 << 3, LOCKED = 1 << 4 }
struct User { readable : bool, address : u64, tag : u8? }
domain File, Map, Owner
index Page : u52
index Gfn : u40
param strict : bool = false
param order : u6 = 0 in [0, 9]
param colour : Colour = blue
quirk lost_write
rw lock inode : [File]
lock big

// ---- state
state npages : [File] -> Page = 0
state owner : [File] -> Owner?
state tint : [File, Page] -> Colour = green
state lamp : [Map] -> Light = amber
state mapped : [Map, File, Page] -> bool
state byte : [File, Page, u12] -> u8
state frame : [File, Page] -> u64?
state kind : [File, Colour] -> bool
state total : u64 = 7
state closed : bool = true
state home : [Map] -> File
state of_gfn : [Map, Gfn] -> Page?
ghost state steps : u64

// ---- functions; order does not matter
fn far(p : Page) -> bool = u64(p) > bound()
fn bound() -> u64 = if strict then LIMIT else ~0
fn cut(r : range Page, f : File) -> Page = len(intersect(r, 0 ..< npages[f]))
fn ok_user(user : User) -> bool = user.readable and user.address & 0xfff == 0 and has(user.tag)
fn signed(a : i64, b : i64) -> i64 = if a < 0 then -a / 3 else min(a, b) % 7
fn start(p : Page) -> Page = Page((u52(p) >> order) << order)

/// Checks that several actions share.
procedure checks(mode : Attr, offset : u64, user : User) [source, vfs_checks, "fs/open.c"] {
  fail EINVAL if mode & ~(PRIVATE | LOCKED) != 0
  unaligned [trace]: fail EINVAL if offset % PAGE_SIZE != 0
  fail EFAULT if not ok_user(user)
}

procedure find(f : File, at : range Page) returns (n : Page, full : bool) {
  return (0, false) if empty(at)
  n = cut(at, f)
  full = n == len(at)
}

procedure fill(f : File, r : range Page) {
  for p in r where tint[f, p] == green {
    byte[f, p, *] = 0
    frame[f, p] = any
    tint[f, p] = Colour.red
  }
}

procedure old(f : File) returns (page : Page) {
  let pages = 0 ..< npages[f]
  return pages.hi - 1 if not empty(pages)
  return 0
}

// ---- actions
action open() returns (f : File, map : Map?) {
  create made : File
  create m : Map
  home[m] = made
  lamp[m] = red
  f = made
  map = m
}

action close(f : File?) {
  gone: let file = f else fail EBADF
  mapped[*, file, *] = false
  destroy file
}

hidden budget 2 action tick(lucky : bool) {
  succeed if lucky
  steps = steps + 1
}

/// The big one.
action change(f : File?, mode : Attr, offset : u64, size : u64, user : User, value : u8?,
              inout place : u64) returns (left : u64) [patch, change_attributes] {
  no_file [trace]: let file = f else fail EBADF with left = 0
  left = 0
  call checks(mode, offset, user = user)
  /// Sizes wrap as the kernel's do.
  wrong_size [source, check_size, "mm/file.c"]: fail EINVAL if size == 0 or offset + size < offset
  let pages = Page(offset / PAGE_SIZE) ..< Page((offset + size) / PAGE_SIZE)
  let (count, _full) = find(file, pages)
  fail E2BIG if count > 100 or pages.hi > npages[file]
  may fail ENOMEM with place = offset
  let want : Colour = if mode & PRIVATE != 0 then blue else red
  hold exclusive inode[file] {
    equal: succeed with left = 1 if all p in pages : tint[file, p] == want
    held:  fail EAGAIN with place = max(offset, u64(p) * PAGE_SIZE)
             if some p in pages : some m of Map : mapped[m, file, p] and lamp[m] != red
    step zap { mapped[*, file, pages] = false }
    scan p in pages ascending { far_page: fail EFBIG with place = u64(p) if far(p) }
    step store { tint[file, pages] = want } linearize
  }
  acquire exclusive big
  owner[file] = none
  release big
  hold shared inode[file] {
    sample before = clock
    retry if before
    await total != 0
  }
  choose n : u52 in 0 ..< 8 where n != 3
  choose pick : Light
  require n != 4 or pick == red
  each m of Map where home[m] == file { step drop_frames { mapped[m, file, pages] = false } }
  swap: mapped[m, file, p] = mapped[m, file, start(p)] for m of Map, p in pages where lamp[m] == amber
  if n == 0 {
    total = total + u64(n)
  } else if n == 1 {
    byte[file, pages, 0] = 0
  } else {
    byte[file, pages, 1] = value!
  }
  update kind[file, *] = false
  call fill(file, pages)
  fail EINTR if lost_write when raced
  place = place + 1
}

action paint(f : File, c : Colour, map : Map, gfn : Gfn) {
  fail EPERM if c == START or c == colour
  fail ESTALE if not live(f)
  let (page) = old(f)
  fail EDOM if signed(-5, i64(size_of(map))) == 4
  of_gfn[map, gfn] = page
  kind[f, c] = c != green
  closed = of_gfn[map, gfn + 1] == none and not closed
}
fn size_of(map : Map) -> u32 = if home[map] == home[map] then u32(3) else 4

action adopt(f : File) returns (o : Owner) {
  create o2 : Owner
  fail EBUSY if has(owner[f])
  npages[f] = npages[f] + 16
  owner[f] = o2
  o = o2
}

// ---- properties
invariant mapped_live : all m of Map, f of File, p of Page : mapped[m, f, p] implies live(m) and live(f)
lemma no_such : not some c of Colour, b of bool : c == blue and b and false
invariant hopeful [expect refuted "files grow"] : all f of File : npages[f] == 0
property stores on change : exit(ok) implies left <= 1
property only_change on change :
  result == ok implies all p in pages : tint'[file, p] == want or exit(equal)
property names on open, adopt : result == ok
property live_after on all : all f of File : live(f) implies live'(f) or result == ok
property via_fn on paint : far(0) implies owned'(f) == owned(f)
fn owned(f : File) -> bool = some o of Owner : owner[f] == o
cover busy on change : exit(held) and n == 0
cover some_file : some f of File : tint[f, 3] == blue
cover data : some f of File : byte[f, 0, 0] == 1 or kind[f, Colour.red] or frame[f, 0] == none
law twice(f : File, c : Colour, m : Map, g : Gfn) {
  assume live(f)
  { paint(f, c, m, g) -> ok  paint(f, c, m, g) -> ok }
  same { paint(f, c, m, g) -> ok }
  agree of_gfn, kind
}
law adopted(f : File) { { let (o) = adopt(f) -> ok } then owner'[f] == o and owner[f] == none }

// ---- events
event meta ignored
event open(file : File?, map : Map?) { open() observes f named file, map named map }
event close(fd : File or FdWord, errno : Errno) {
  if fd.word == anon { reject "anonymous" }
  else if fd == none { close(none) observes result = EBADF }
  else { close(fd) observes result = errno if errno != EINTR }
}
event set(gmem : File + u64 or FdWord, attr : u64, off : i64 = 0, v : u8? = any, err.code : Errno,
          owner : Owner? , values : [v : u8?], ptes : [present : bool, pfn : u64?],
          f : File else open()) {
  change(f = gmem, mode = attr, offset = u64(off) + gmem.offset,
         size = 4096, user = User(readable = true, address = 0, tag = 0), value = v, place = any)
    observes result = err.code, left = 3 if attr == 0
  for i in values { if i < 8 { paint(f, green, newest()!, Gfn(i)) observes result = ok if v != none } }
  for i in ptes { tick(lucky = present and pfn == i) }
}
fn newest() -> Map? = if total == 0 then none else other()
fn other() -> Map? = none
