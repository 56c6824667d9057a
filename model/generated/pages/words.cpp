// How traces spell the enums of pages.
#include "model/generated/pages/words.h"

#include <array>

namespace gms::model::pages {

const WordTable& errno_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"EINTR", 4},
      {"EAGAIN", 11},
      {"ENOMEM", 12},
      {"EINVAL", 22},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

const WordTable& fixed_words() {
  static constexpr auto kWords = std::to_array<Spelling>({
      {"anonymous", 1},
      {"vm-fd", 2},
  });
  static const WordTable kTable(kWords);
  return kTable;
}

}  // namespace gms::model::pages
