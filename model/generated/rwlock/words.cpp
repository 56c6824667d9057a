// How traces spell the enums of rwlock.
#include "model/generated/rwlock/words.h"

#include <array>

namespace gms::model::rwlock {

const WordTable& errno_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"EPERM", 1},
      {"EAGAIN", 11},
      {"EINVAL", 22},
      {"EDEADLK", 35},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

}  // namespace gms::model::rwlock
