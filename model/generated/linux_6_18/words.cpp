// How traces spell the enums of linux_6_18.
#include "model/generated/linux_6_18/words.h"

#include <array>

namespace gms::model::linux_6_18 {

const WordTable& errno_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"EPERM", 1},
      {"ENOENT", 2},
      {"ESRCH", 3},
      {"EINTR", 4},
      {"EIO", 5},
      {"ENXIO", 6},
      {"E2BIG", 7},
      {"ENOEXEC", 8},
      {"EBADF", 9},
      {"ECHILD", 10},
      {"EAGAIN", 11},
      {"ENOMEM", 12},
      {"EACCES", 13},
      {"EFAULT", 14},
      {"ENOTBLK", 15},
      {"EBUSY", 16},
      {"EEXIST", 17},
      {"EXDEV", 18},
      {"ENODEV", 19},
      {"ENOTDIR", 20},
      {"EISDIR", 21},
      {"EINVAL", 22},
      {"ENFILE", 23},
      {"EMFILE", 24},
      {"ENOTTY", 25},
      {"ETXTBSY", 26},
      {"EFBIG", 27},
      {"ENOSPC", 28},
      {"ESPIPE", 29},
      {"EROFS", 30},
      {"EMLINK", 31},
      {"EPIPE", 32},
      {"EDOM", 33},
      {"ERANGE", 34},
      {"EDEADLK", 35},
      {"ENAMETOOLONG", 36},
      {"ENOLCK", 37},
      {"ENOSYS", 38},
      {"ENOTEMPTY", 39},
      {"ELOOP", 40},
      {"ENOMSG", 42},
      {"EIDRM", 43},
      {"ECHRNG", 44},
      {"EL2NSYNC", 45},
      {"EL3HLT", 46},
      {"EL3RST", 47},
      {"ELNRNG", 48},
      {"EUNATCH", 49},
      {"ENOCSI", 50},
      {"EL2HLT", 51},
      {"EBADE", 52},
      {"EBADR", 53},
      {"EXFULL", 54},
      {"ENOANO", 55},
      {"EBADRQC", 56},
      {"EBADSLT", 57},
      {"EBFONT", 59},
      {"ENOSTR", 60},
      {"ENODATA", 61},
      {"ETIME", 62},
      {"ENOSR", 63},
      {"ENONET", 64},
      {"ENOPKG", 65},
      {"EREMOTE", 66},
      {"ENOLINK", 67},
      {"EADV", 68},
      {"ESRMNT", 69},
      {"ECOMM", 70},
      {"EPROTO", 71},
      {"EMULTIHOP", 72},
      {"EDOTDOT", 73},
      {"EBADMSG", 74},
      {"EOVERFLOW", 75},
      {"ENOTUNIQ", 76},
      {"EBADFD", 77},
      {"EREMCHG", 78},
      {"ELIBACC", 79},
      {"ELIBBAD", 80},
      {"ELIBSCN", 81},
      {"ELIBMAX", 82},
      {"ELIBEXEC", 83},
      {"EILSEQ", 84},
      {"ERESTART", 85},
      {"ESTRPIPE", 86},
      {"EUSERS", 87},
      {"ENOTSOCK", 88},
      {"EDESTADDRREQ", 89},
      {"EMSGSIZE", 90},
      {"EPROTOTYPE", 91},
      {"ENOPROTOOPT", 92},
      {"EPROTONOSUPPORT", 93},
      {"ESOCKTNOSUPPORT", 94},
      {"EOPNOTSUPP", 95},
      {"EPFNOSUPPORT", 96},
      {"EAFNOSUPPORT", 97},
      {"EADDRINUSE", 98},
      {"EADDRNOTAVAIL", 99},
      {"ENETDOWN", 100},
      {"ENETUNREACH", 101},
      {"ENETRESET", 102},
      {"ECONNABORTED", 103},
      {"ECONNRESET", 104},
      {"ENOBUFS", 105},
      {"EISCONN", 106},
      {"ENOTCONN", 107},
      {"ESHUTDOWN", 108},
      {"ETOOMANYREFS", 109},
      {"ETIMEDOUT", 110},
      {"ECONNREFUSED", 111},
      {"EHOSTDOWN", 112},
      {"EHOSTUNREACH", 113},
      {"EALREADY", 114},
      {"EINPROGRESS", 115},
      {"ESTALE", 116},
      {"EUCLEAN", 117},
      {"ENOTNAM", 118},
      {"ENAVAIL", 119},
      {"EISNAM", 120},
      {"EREMOTEIO", 121},
      {"EDQUOT", 122},
      {"ENOMEDIUM", 123},
      {"EMEDIUMTYPE", 124},
      {"ECANCELED", 125},
      {"ENOKEY", 126},
      {"EKEYEXPIRED", 127},
      {"EKEYREVOKED", 128},
      {"EKEYREJECTED", 129},
      {"EOWNERDEAD", 130},
      {"ENOTRECOVERABLE", 131},
      {"ERFKILL", 132},
      {"EHWPOISON", 133},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& signal_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"SIGBUS", 1},
      {"SIGSEGV", 2},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& guest_exit_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"mmio", 1},
      {"memory_fault", 2},
      {"exit", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& fd_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"fd -1", 0},
      {"none", 1},
      {"dev-kvm", 2},
      {"/dev/kvm", 3},
      {"kvm", 4},
      {"vm-fd", 5},
      {"vm fd", 6},
      {"fd 0 (not gmem)", 7},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& hva_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"0", 0},
      {"anon", 1},
      {"anon+1", 2},
      {"gmem mapping", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& ptr_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"ok", 0},
      {"struct ends at end of mapping", 1},
      {"struct in read-only memory (success expected to need no write)", 2},
      {"struct in read-only memory, EAGAIN case", 3},
      {"0x8", 4},
      {"0x10", 5},
      {"NULL", 6},
      {"kernel address", 7},
      {"top of user", 8},
      {"struct crosses into unmapped page", 9},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& process_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"child", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& on_word_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"gmem", 0},
      {"vm", 1},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& other_ioctl_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"0xd2 with size 120", 0},
      {"0xd2 with size 136", 1},
      {"KVM_CHECK_EXTENSION", 2},
      {"KVM_GET_API_VERSION", 3},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& fd_link_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"/[kvm-gmem] (deleted)", 0},
      {"anon_inode:[kvm-gmem]", 1},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& file_advice_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"DONTNEED", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& page_state_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"private", 0},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

}  // namespace gms::model::linux_6_18
