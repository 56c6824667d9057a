// Events of pages.
#include "model/generated/pages/events.h"

#include <cstddef>

#include "model/generated/pages/actions.h"
#include "model/generated/pages/functions.h"
#include "model/generated/pages/slots.h"
#include "model/generated/pages/words.h"
#include "model/runtime/value.h"

namespace gms::model::pages {

Verdict on_write(EventRun<State>& run) {
  State& s = run.s;
  Optional<Inode> gmem;
  Optional<Fixed> fixed;
  std::uint64_t offset = 0;
  Lazy<Errno> errno_;
  std::optional<NameTable::Id> gmem_name;
  Fixed fixed_word{};
  if (take_value(run.field(kSlotGmem), fixed_words(), fixed_word)) {
    fixed = fixed_word;
  } else if (!run.read_name(kSlotGmem, Absent::kIsError, gmem_name, &offset)) {
    return Verdict::kUndecided;
  }
  if (!is_array(run.field(kSlotValues), true, false)) return Verdict::kUndecided;
  Optional<std::uint8_t> values;
  const auto read_values = [&](std::size_t at) {
    return read_field(element(run.field(kSlotValuesV), at), 8u, Absent::kIsZero, values);
  };
  for (std::size_t at = 0; at < run.field(kSlotValues).size(); ++at) {
    if (!read_values(at)) return Verdict::kUndecided;
  }
  if (!read_field(run.field(kSlotErrno), errno_words(), Absent::kIsDefault, errno_))
    return Verdict::kUndecided;
  if (gmem_name && run.is_missing<Inode>(*gmem_name)) {
    CreateOutputs out;
    const bool made = run.make_missing(
        *gmem_name, [&](Follow& choose) { return create(s, choose, 4, out); },
        [&] { return Optional<Inode>(out.i); }, gmem);
    if (!made) return Verdict::kUndecided;
  } else if (gmem_name && !run.find_handle(*gmem_name, false, gmem)) {
    return Verdict::kUndecided;
  }
  if (!run.field(kSlotErrno).present()) errno_ = Errno::kOk;
  if (gmem.has_value()) {
    for (std::uint64_t index = 0; index < run.field(kSlotValues).size(); ++index) {
      read_values(index);
      {
        const bool shown = index % 2 == 0;
        const Verdict verdict = run.follow(
            shown ? told(errno_) : std::nullopt,
            [&](Follow& choose) {
              return write(
                  s, choose, gmem.value(), wrap<52>(offset / 4096),
                  static_cast<std::uint16_t>(wrap<12>(static_cast<std::uint16_t>(index + offset))),
                  Lazy<std::uint8_t>::unknown());
            },
            [&](Unsure&) { return true; });
        if (verdict != Verdict::kConforms) return verdict;
      }
    }
  } else {
    // writes to fixed words are not modelled
    return Verdict::kUndecided;
  }
  return Verdict::kConforms;
}

}  // namespace gms::model::pages
