// References to pages that outlive the call: pages in a pipe, buffers registered with io_uring.

/// The folios that contain these pages get a reference, and `k` remembers which.
procedure take(k : Pin, inode : Inode, start : Page, n : u64) [trace, try_grab_folio] {
  pin_inode[k] = inode
  pin_first[k] = start
  pin_end[k] = start + Page(n)
  hold[k, folio_start(start) ..< folio_end(start + Page(n))] = holds
}

/// vmsplice of `n` pages into a pipe, which of none takes nothing: short if a page after the first cannot be had.
action pin(proc : Process, m : Mapping, at : MapPage, n : u64, injected : bool) returns (k : Pin, bytes : u64)
    [trace, iter_to_pipe] {
  step take_pages {
    no_memory [inferred]: may fail ENOMEM if faulty(injected)
    if n == 0 {
      create empty_pipe : Pin
      k = empty_pipe
      bytes = 0
      nothing [trace, vmsplice_to_pipe, "by gmemspec run on 6.18.44"]: succeed
    }
    let (got) = populate(proc, m, at, n, gup_fast)
    no_page: fail EFAULT if got == 0
    create p : Pin
    call take(p, map_inode[m]!, file_page(m, at), got)
    k = p
    bytes = got << PAGE_SHIFT
  }
}

/// Byte 0 of the `nth` page in the pipe
action pin_byte(k : Pin, nth : u64) returns (byte : u8) [trace, copy_page_to_iter] {
  no_pin [source, ksys_read]: fail EBADF if not live(k)
  no_page [inferred]: fail EAGAIN if nth >= u64(pin_end[k] - pin_first[k]) or hold[k, pin_first[k] + Page(nth)] == absent
  let p = pin_first[k] + Page(nth)
  if hold[k, p] == orphan { byte = orphan_byte[k, p] } else { byte = content[pin_inode[k]!, p, 0] }
}

/// The rest of a read of the pipe: each page that was read is given back.
action pin_drain(k : Pin) returns (bytes : u64) [trace, pipe_buf_release] {
  no_pin [trace, ksys_read, "by gmemspec run --threads on 6.18.44"]: fail EBADF if not live(k)
  bytes = u64(pin_end[k] - pin_first[k]) << PAGE_SHIFT
  hold[k, *] = absent
  pin_end[k] = pin_first[k]
}

/// The pipe is closed.
action unpin(k : Pin) [trace, free_pipe_info] {
  no_pin [source]: fail EBADF if not live(k)
  if ring_buffers == k { ring_buffers = none }
  destroy k
}

/// IORING_REGISTER_BUFFERS: a long-term pin of all the pages or of none.
action io_uring_register_buffers(proc : Process, m : Mapping, at : MapPage, n : u64) [trace, io_sqe_buffer_register] {
  step take_pages {
    registered [source]: fail EBUSY if has(ring_buffers)
    empty_buffer [source, io_buffer_validate]: fail EFAULT if n == 0
    let (got) = populate(proc, m, at, n, store)
    no_page: fail EFAULT if got != n
    create p : Pin
    call take(p, map_inode[m]!, file_page(m, at), got)
    ring_buffers = p
  }
}

/// IORING_UNREGISTER_BUFFERS
action io_uring_unregister_buffers() [trace, io_sqe_buffers_unregister] {
  none_registered [source]: fail ENXIO if ring_buffers == none
  let p = ring_buffers!
  ring_buffers = none
  destroy p
}

/// io_uring_setup: a ring without buffers, the one that is used from now on. Buffers of an older one stay registered with it.
action io_uring_setup() [trace, io_uring_setup] { ring_buffers = none }
