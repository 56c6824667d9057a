// Two small specs as .gir text, for the tests of this layer and of those above: a lock, and a file
// with pages, pins and bytes that exercises every statement and operation.
#pragma once

#include <string_view>

namespace gms::ir::testing {

/// A reader-writer lock with waiters.
inline constexpr std::string_view kLock = R"gir(
(module rwlock (doc "A reader-writer lock with a wait queue.") (file "rwlock.gms"))
(enum Errno (ok 0) (EPERM 1) (EAGAIN 11) (EINVAL 22) (EDEADLK 35))
(enum Mode (idle 0) (reading 1) (writing 2))
(domain Thread)
(state mode (Thread) Mode idle)
(state waiting (Thread) bool false)
(clause bad_thread action read_lock EINVAL (cite source "down_read"))
(clause again action read_lock EDEADLK)
(clause wait action read_lock EAGAIN)
(clause ok action read_lock ok)
(clause again action write_lock EDEADLK)
(clause queued action write_lock EAGAIN)
(clause ok action write_lock ok)
(clause EPERM.1 action unlock EPERM)
(clause ok action unlock ok)
(clause ok action spawn ok)
(clause ok action leave ok)
(action read_lock @0:40+100 (doc "down_read") (cite source "down_read" "rwsem.c")
  (locals (t Thread?) (me Thread) (o Thread))
  (params t)
  (body
    (exit @3+10 bad_thread (if (not (is_some t))))
    (let me (unwrap t))
    (exit @30+20 again (if (not (eq @34+5 [mode me] idle:Mode))))
    (exit wait (if (exists ((o)) (or (eq [mode o] writing:Mode) [waiting o]))))
    (update (put [mode me] reading:Mode)))
  (end ok))
(action write_lock
  (locals (t Thread) (o Thread))
  (params t)
  (body
    (exit again (if (not (eq [mode t] idle:Mode))))
    (if (exists ((o)) (not (eq [mode o] idle:Mode)))
      (then
        (update (put [waiting t] true))
        (exit queued)))
    (update (put [waiting t] false))
    (update (put [mode t] writing:Mode)))
  (end ok))
(action unlock
  (locals (t Thread))
  (params t)
  (body
    (exit EPERM.1 (if (eq [mode t] idle:Mode)))
    (update (put [mode t] idle:Mode)))
  (end ok))
(action spawn
  (locals (t Thread) (n Thread))
  (outputs t)
  (body (create n) (set t n))
  (end ok))
(action leave (locals (t Thread)) (params t) (body (destroy t)) (end ok))
(property exclusive invariant
  (locals (a Thread) (b Thread))
  (that (forall ((a) (b))
    (implies (and (eq [mode a] writing:Mode) (not (eq [mode b] idle:Mode))) (eq a b)))))
(property unlock_frees two_state (on unlock)
  (locals (t Thread))
  (that (implies (eq (result) ok:Errno) (eq [mode' t] idle:Mode))))
(property can_wait cover (on write_lock) (locals (t Thread) (o Thread)) (that (exit queued write_lock)))
(property lock_unlock law
  (locals (t Thread))
  (that (live t))
  (left (do write_lock ok (args t)) (do unlock ok (args t)))
  (right (do read_lock ok (args (some t))) (do unlock (args t)))
  (agree mode))
(event "spawn"
  (locals (thread Thread?))
  (field "thread" name (var thread))
  (body (call spawn (args) (bind 0 "thread"))))
(event "read_lock"
  (locals (thread Thread?) (errno Errno))
  (field "thread" name (var thread) required)
  (field "errno" value (var errno) required)
  (body (call read_lock (args thread) (observe result errno))))
(ignored_event "note")
)gir";

/// Pages of files, pins on them, bytes; stepwise structure; a procedure; values that nobody logs.
inline constexpr std::string_view kPages = R"gir(
(module pages (common_fields "seq" "tid"))
(enum Errno (ok 0) (EINTR 4) (EAGAIN 11) (ENOMEM 12) (EINVAL 22))
(enum Sharing (shared 0) (private 1))
(enum Hold (none 0) (live 1) (orphan 2))
(enum Fixed (anon 1 "anonymous") (vm_fd 2 "vm-fd"))
(flags Attr 64 (PRIVATE 8))
(domain Inode)
(domain Pin)
(domain Process)
(index Page 52)
(const PAGE_SIZE u64 4096)
(param order u6 0 (values 0 2))
(quirk lazy bool false)
(rw_lock invalidate (Inode))
(state npages (Inode) Page 0)
(state sharing (Inode Page) Sharing shared)
(state cached (Inode Page) bool false)
(state content (Inode Page u12) u8 0)
(state frame (Inode Page) u64? none)
(state hold (Pin Page) Hold none)
(state pinned (Pin) Inode? none)
(state orphan_byte (Pin Page) u8 0)
(state mapped (Process Inode Page) bool false)
(state newest () Inode? none)
(clause ENOMEM.1 procedure fill ENOMEM)
(clause ok action create ok)
(clause ok action spawn ok)
(clause bad_range action convert EINVAL)
(clause equal action convert ok)
(clause busy action convert EAGAIN)
(clause raced action convert EINTR)
(clause ok action convert ok)
(clause EINTR.1 action allocate EINTR)
(clause ok action allocate ok)
(clause ok action punch ok)
(clause ok action map ok)
(clause ok action pin ok)
(clause ok action unpin ok)
(clause ok action write ok)
(clause ok action read ok)
(clause ok action show ok)
(fn start (locals (p Page)) (params p)
  (value (shl (shr p (cast Page (param order))) (cast Page (param order)))))
(fn busy (locals (i Inode) (p Page) (k Pin) (q Page)) (params i p)
  (value (exists ((q (call start p) (add (call start p) (shl 1:Page (cast Page (param order))))) (k))
    (and (eq [pinned k] (some i)) (eq [hold k q] live:Hold)))))
(procedure fill
  (locals (i Inode) (lo Page) (hi Page) (p Page) (q Page) (b u12) (was bool))
  (params i lo hi) (outputs was)
  (body
    (set was (exists ((p lo hi)) [cached i p]))
    (may_exit ENOMEM.1 (if (param lazy)))
    (update (for ((q lo hi) (b))) (where (not [cached i q]))
      (put [content i q b] 0:u8) (put [frame i q] any) (put [cached i q] true))
    (return (if was) true)))
(action create
  (locals (n Page) (i Inode) (h Inode))
  (params n) (outputs i)
  (body
    (create h)
    (update (put [npages h] n) (put [newest] (some h)))
    (set i h))
  (end ok))
(action spawn
  (locals (m Process) (h Process))
  (outputs m)
  (body (create h) (set m h))
  (end ok))
(action convert
  (locals (i Inode) (lo Page) (hi Page) (want Sharing) (at Page) (p Page) (q Page) (r Page) (s Page) (m Process))
  (params i lo hi want) (outputs at)
  (body
    (exit bad_range (if (not (and (lt lo hi) (le hi [npages i])))))
    (acquire exclusive invalidate i)
    (exit equal (if (forall ((p lo hi)) (eq [sharing i p] want))))
    (exit raced raced (if true))
    (if (eq want private:Sharing)
      (then
        (step "zap" (update (for ((m) (q lo hi))) (put [mapped m i q] false)))
        (scan "check" (r lo hi) (exit busy (if (call busy i r)) (with at r)))))
    (step "store" linearize (update (for ((s lo hi))) (put [sharing i s] want)))
    (release invalidate i))
  (end ok))
(action allocate
  (locals (i Inode) (lo Page) (hi Page) (n Page) (done Page) (was bool))
  (params i lo hi) (outputs n)
  (body
    (choose done (in 0:Page (add (sub hi lo) 1:Page)) (where (le lo hi)))
    (call fill (results was) i lo (add lo done))
    (may_exit EINTR.1 (if (lt done (sub hi lo))) (with n done))
    (require (eq done (sub hi lo)))
    (set n done))
  (end ok))
(action punch
  (locals (i Inode) (lo Page) (hi Page) (p Page) (q Page) (r Page) (b u12) (k Pin) (m Process))
  (params i lo hi)
  (body
    (update (for ((k) (p lo hi))) (where (and (eq [pinned k] (some i)) (eq [hold k p] live:Hold)))
      (put [orphan_byte k p] [content i p 0:u12]) (put [hold k p] orphan:Hold))
    (each "unmap" (m) (where (live i))
      (do (step "one" (update (for ((q lo hi))) (put [mapped m i q] false)))))
    (update (for ((r lo hi) (b)))
      (put [content i r b] 0:u8) (put [cached i r] false) (put [frame i r] none:u64?)))
  (end ok))
(action map
  (locals (m Process) (i Inode) (lo Page) (hi Page) (p Page))
  (params m i lo hi)
  (body (update (for ((p lo hi))) (where (eq [sharing i p] shared:Sharing)) (put [mapped m i p] true)))
  (end ok))
(action pin
  (locals (i Inode) (lo Page) (hi Page) (k Pin) (h Pin) (p Page))
  (params i lo hi) (outputs k)
  (body
    (create h)
    (update (for ((p lo hi))) (put [pinned h] (some i)) (put [hold h p] live:Hold))
    (set k h))
  (end ok))
(action unpin (locals (k Pin)) (params k) (body (destroy k)) (end ok))
(action write
  (locals (i Inode) (p Page) (b u12) (v u8))
  (params i p b v)
  (may_be_unlogged v)
  (body (update (put [content i p b] v)))
  (end ok))
(action read
  (locals (i Inode) (p Page) (b u12) (v u8?) (moved bool))
  (params i p b) (outputs v)
  (body
    (sample moved "invalidate_seq")
    (set v (ite [cached i p] (some [content i p b]) none:u8?))
    (retry (if moved))
    (await (not moved)))
  (end ok))
(action show
  (locals (i Inode) (p Page) (pfn u64?))
  (params i p) (outputs pfn)
  (hidden 2)
  (body (set pfn [frame i p]))
  (end ok))
(property mapped_is_shared invariant
  (locals (m Process) (i Inode) (p Page))
  (that (forall ((m) (i) (p)) (implies [mapped m i p] (eq [sharing i p] shared:Sharing)))))
(property beyond_end_is_shared lemma
  (locals (i Inode) (p Page))
  (that (forall ((i) (p)) (implies (le [npages i] p) (eq [sharing i p] shared:Sharing)))))
(property all_or_nothing two_state (expect_refuted "to be seen") (on convert)
  (locals (i Inode) (lo Page) (hi Page) (want Sharing) (at Page) (p Page) (q Page) (r Page) (s Page) (m Process) (x Page))
  (that (forall ((x)) (eq [sharing' i x]
    (ite (and (eq (result) ok:Errno) (and (le lo x) (lt x hi))) want [sharing i x])))))
(event "write"
  (locals (gmem Inode?) (offset u64) (fixed Fixed?) (values u8?) (index u64) (errno Errno))
  (field "gmem" name (var gmem) (offset offset) (word fixed) (missing create 4:Page) required)
  (field "values" array (column "v" values))
  (field "errno" value (var errno) any (default ok:Errno))
  (body
    (if (is_some gmem)
      (then (for "values" index (do
        (call write
          (args (unwrap gmem) (cast Page (div offset 4096:u64)) (cast u12 (add index offset)) any)
          (observe result errno (if (eq (rem index 2:u64) 0:u64)))))))
      (else (reject "writes to fixed words are not modelled")))))
)gir";

/// A fault maps a page without the lock under which it has looked; a conversion makes pages
/// private. `held` is what keeps the two apart.
inline constexpr std::string_view kConversion = R"gir(
(module conversion (doc "A page that is mapped by a fault and made private by a conversion."))
(enum Errno (ok 0) (EAGAIN 11) (EFAULT 14))
(domain Call)
(domain Inode)
(index Page 52)
(rw_lock invalidate (Inode))
(state private (Inode Page) bool false)
(state mapped (Inode Page) bool false)
(state found (Call Inode Page) bool false)
(clause is_private action fault EFAULT)
(clause ok action fault ok)
(clause busy action convert EAGAIN)
(clause ok action convert ok)
(clause ok action create ok)
(fn held (locals (i Inode) (p Page) (c Call)) (params i p)
  (value (or [mapped i p] (exists ((c)) [found c i p]))))
(action fault
  (locals (i Inode) (p Page))
  (params i p)
  (body
    (acquire shared invalidate i)
    (exit is_private (if [private i p]))
    (step "find" (update (put [found (self) i p] true)))
    (release invalidate i)
    (step "install" (update (put [mapped i p] true)) (update (put [found (self) i p] false))))
  (end ok))
(action convert
  (locals (i Inode) (lo Page) (hi Page) (p Page) (q Page) (r Page))
  (params i lo hi)
  (body
    (acquire exclusive invalidate i)
    (step "zap" (update (for ((q lo hi))) (put [mapped i q] false)))
    (scan "busy" (p lo hi) (exit busy (if (call held i p))))
    (step "store" (update (for ((r lo hi))) (put [private i r] true)))
    (release invalidate i))
  (end ok))
(property no_private_mapping invariant (locals (i Inode) (p Page))
  (that (forall ((i) (p)) (implies [mapped i p] (not [private i p])))))
(property on_its_way cover (locals (c Call) (i Inode) (p Page) (q Page))
  (that (exists ((c) (i) (p) (q)) (and [found c i p] [private i q]))))
(action create (locals (i Inode) (n Inode)) (outputs i) (body (create n) (set i n)) (end ok))
)gir";

}  // namespace gms::ir::testing
