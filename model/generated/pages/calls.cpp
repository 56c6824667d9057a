// Calls of the actions of pages by number.
#include "model/generated/pages/calls.h"

#include "model/generated/pages/actions.h"

namespace gms::model::pages {

Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
            std::vector<Datum>& outputs) {
  switch (action) {
    case 0: {
      static constexpr std::uint8_t kWidths[] = {64};
      CreateOutputs out;
      const Clause clause = create(s, choose, from_datum<Page>(args[0]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 1: {
      static constexpr std::uint8_t kWidths[] = {64};
      SpawnOutputs out;
      const Clause clause = spawn(s, choose, out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 2: {
      static constexpr std::uint8_t kWidths[] = {52};
      ConvertOutputs out;
      const Clause clause =
          convert(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]),
                  from_datum<Page>(args[2]), from_datum<Sharing>(args[3]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 3: {
      static constexpr std::uint8_t kWidths[] = {52};
      AllocateOutputs out;
      const Clause clause = allocate(s, choose, from_datum<Inode>(args[0]),
                                     from_datum<Page>(args[1]), from_datum<Page>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 4:
      return punch(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]),
                   from_datum<Page>(args[2]));
    case 5:
      return map(s, choose, from_datum<Process>(args[0]), from_datum<Inode>(args[1]),
                 from_datum<Page>(args[2]), from_datum<Page>(args[3]));
    case 6: {
      static constexpr std::uint8_t kWidths[] = {64};
      PinOutputs out;
      const Clause clause = pin(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]),
                                from_datum<Page>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 7: return unpin(s, choose, from_datum<Pin>(args[0]));
    case 8:
      return write(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]),
                   from_datum<std::uint16_t>(args[2]), from_datum<Lazy<std::uint8_t>>(args[3]));
    case 9: {
      static constexpr std::uint8_t kWidths[] = {8};
      ReadOutputs out;
      const Clause clause = read(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]),
                                 from_datum<std::uint16_t>(args[2]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    case 10: {
      static constexpr std::uint8_t kWidths[] = {64};
      ShowOutputs out;
      const Clause clause =
          show(s, choose, from_datum<Inode>(args[0]), from_datum<Page>(args[1]), out);
      append_outputs(out.fields(), kWidths, outputs);
      return clause;
    }
    default: return Clause::kImpossible;
  }
}

}  // namespace gms::model::pages
