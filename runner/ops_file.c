// Descriptors, files and mappings.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runner/ops.h"

#ifndef F_ADD_SEALS
#define F_ADD_SEALS 1033
#endif

static int64_t call_file(int fd, enum gm_file_op call, uint64_t length) {
  char bytes[] = "abc";
  const size_t size = sizeof bytes - 1;
  switch (call) {
    case GM_FILE_READ: return read(fd, bytes, size);
    case GM_FILE_WRITE: return write(fd, bytes, size);
    case GM_FILE_PREAD: return pread(fd, bytes, size, 0);
    case GM_FILE_PWRITE: return pwrite(fd, bytes, size, 0);
    case GM_FILE_LSEEK_SET: return lseek(fd, GM_PAGE_SIZE, SEEK_SET);
    case GM_FILE_LSEEK_END: return lseek(fd, 0, SEEK_END);
    case GM_FILE_LSEEK_DATA: return lseek(fd, 0, SEEK_DATA);
    case GM_FILE_LSEEK_HOLE: return lseek(fd, 0, SEEK_HOLE);
    case GM_FILE_FTRUNCATE: return ftruncate(fd, (off_t)length);
    case GM_FILE_FCHMOD: return fchmod(fd, S_IRUSR | S_IWUSR);
    case GM_FILE_FSYNC: return fsync(fd);
    case GM_FILE_ADD_SEALS: return fcntl(fd, F_ADD_SEALS, 1);
    case GM_FILE_GETFD: return fcntl(fd, F_GETFD);
    case GM_FILE_GETFL: return fcntl(fd, F_GETFL);
    // libc's function returns the error instead of setting errno.
    case GM_FILE_FADVISE:
      return syscall(SYS_fadvise64, fd, 0L, (long)GM_PAGE_SIZE, POSIX_FADV_DONTNEED);
    case GM_FILE_DUP: return dup(fd);
    case GM_FILE_CLOSE: return close(fd);
  }
  errno = ENOSYS;
  return -1;
}

void gm_file_call(int fd, enum gm_file_op call, uint64_t length, struct gm_result* result) {
  gm_begin(result);
  gm_end(result, call_file(fd, call, length));
}

void gm_open_proc_fd(int fd, struct gm_result* result) {
  char path[32], link[GM_MAX_LINK] = "";
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  if (readlink(path, link, sizeof link - 1) < 0) link[0] = '\0';
  gm_begin(result);
  const int opened = open(path, O_RDWR);
  gm_end(result, opened);
  memcpy(result->link, link, sizeof link);
  if (opened >= 0) close(opened);
}

void gm_fstat(int fd, struct gm_result* result) {
  struct stat status;
  memset(&status, 0, sizeof status);
  gm_begin(result);
  gm_end(result, fstat(fd, &status));
  result->st_size = (uint64_t)status.st_size;
  result->st_blocks = (uint64_t)status.st_blocks;
  result->st_nlink = (uint64_t)status.st_nlink;
  result->st_mode = status.st_mode;
}

void gm_fallocate(int fd, int mode, int64_t offset, int64_t length, struct gm_result* result) {
  gm_begin(result);
  gm_end(result, fallocate(fd, mode, offset, length));
}

void gm_mmap(struct gm_mapping* map, int fd, uint64_t length, int prot, int flags, uint64_t offset,
             struct gm_result* result) {
  gm_begin(result);
  *map = gm_map_fresh(length, prot, flags, fd, offset);
  gm_end(result, map->base == NULL ? -1 : 0);
}

void gm_munmap(const struct gm_mapping* map, uint64_t offset, uint64_t length,
               struct gm_result* result) {
  gm_begin(result);
  gm_end(result, munmap(map->base + offset, length));
}

void gm_pagemap(const struct gm_mapping* map, uint64_t page, unsigned npages,
                struct gm_result* result) {
  const uint64_t kPresent = (uint64_t)1 << 63, kFrame = ((uint64_t)1 << 55) - 1;
  uint64_t entries[GM_MAX_PTES] = {0};
  const uint64_t first = (uintptr_t)map->base / GM_PAGE_SIZE + page;
  gm_begin(result);
  gm_end(result, pread(gm_context.pagemap, entries, npages * sizeof *entries,
                       (off_t)(first * sizeof *entries)));
  if (result->ret <= 0) return;
  result->count = (unsigned)((size_t)result->ret / sizeof *entries);
  for (unsigned i = 0; i < result->count; ++i) {
    result->ptes[i].present = (entries[i] & kPresent) != 0;
    result->ptes[i].pfn = result->ptes[i].present ? entries[i] & kFrame : 0;
  }
}
