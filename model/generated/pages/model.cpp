// The compiled model of pages: its names, and its actions by number.
#include "model/generated/pages/model.h"

#include <array>
#include <string_view>
#include <vector>

#include "model/generated/pages/actions.h"
#include "model/generated/pages/events.h"
#include "model/generated/pages/slots.h"
#include "model/generated/pages/state.h"
#include "model/runtime/compiled_model.h"

namespace gms::model::pages {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 2> kParams = {"order", "lazy"};
constexpr std::array<Names, 3> kDomains = {"Inode", "Pin", "Process"};
constexpr std::array<Names, 10> kStates = {"npages", "sharing", "cached",      "content", "frame",
                                           "hold",   "pinned",  "orphan_byte", "mapped",  "newest"};
constexpr std::array<Names, 11> kActions = {"create", "spawn", "convert", "allocate",
                                            "punch",  "map",   "pin",     "unpin",
                                            "write",  "read",  "show"};
constexpr std::array<Names, 17> kClauses = {
    "fill.ENOMEM.1", "create.ok",     "spawn.ok",   "convert.bad_range", "convert.equal",
    "convert.busy",  "convert.raced", "convert.ok", "allocate.EINTR.1",  "allocate.ok",
    "punch.ok",      "map.ok",        "pin.ok",     "unpin.ok",          "write.ok",
    "read.ok",       "show.ok"};
constexpr std::array<Names, 1> kEvents = {"write"};
constexpr std::array<Names, 7> kSlots = {"op", "seq", "tid", "gmem", "values", "values.v", "errno"};
constexpr std::uint16_t kSlotsOfOnWrite[] = {kSlotOp,     kSlotSeq,     kSlotTid,  kSlotGmem,
                                             kSlotValues, kSlotValuesV, kSlotErrno};

struct Spec {
  using State = pages::State;
  using Params = pages::Params;

  static constexpr ModelInfo kInfo{"pages",  kParams,  kDomains, kStates,
                                   kActions, kClauses, kEvents,  kSlots};
  static constexpr std::array<std::uint8_t, 10> kStateWidths = {52, 1, 1, 8, 64, 2, 64, 8, 1, 64};
  static constexpr std::array<std::span<const std::uint16_t>, 1> kEventSlots = {kSlotsOfOnWrite};

  static Verdict event(EventRun<State>& run, std::uint32_t event) { return judge(run, event); }

  static Clause call(State& s, Enumerate& choose, std::uint32_t action, std::span<const Datum> args,
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
};

}  // namespace

std::unique_ptr<Model> make_model(std::span<const std::uint64_t> params) {
  Params result;
  if (params.size() > 0) result.order = static_cast<std::uint8_t>(params[0]);
  if (params.size() > 1) result.lazy = params[1] != 0;
  return std::make_unique<CompiledModel<Spec>>(result);
}

}  // namespace gms::model::pages
