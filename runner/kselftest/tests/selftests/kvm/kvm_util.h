// Stands in for the header of a kernel tree: only what tests made by gmemspec use of it.
#pragma once

#include <fcntl.h>
#include <linux/kvm.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

static inline bool kvm_has_cap(long cap) {
  const int kvm = open("/dev/kvm", O_RDWR);
  const bool has = kvm >= 0 && ioctl(kvm, KVM_CHECK_EXTENSION, cap) > 0;
  if (kvm >= 0) close(kvm);
  return has;
}
