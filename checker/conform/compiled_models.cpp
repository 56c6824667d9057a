#include "checker/conform/compiled_models.h"

#include <algorithm>
#include <vector>

#include "ir/text/digest.h"
#include "model/generated/models.h"

namespace gms::check {

ModelFactory compiled_models(const EventTable& table) {
  return compiled_models(table, ir::digest(table.module()));
}

ModelFactory compiled_models(const EventTable& table, std::uint64_t digest) {
  const auto all = model::compiled_specs();
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const model::CompiledSpec& one) { return one.digest == digest; });
  if (found == all.end()) return {};
  // Where the model's fields stand in the records.
  std::vector<FieldIndex> slots;
  for (const std::string_view name : found->make({})->info().slots) {
    slots.push_back(table.fields().find(name));
    if (slots.back() == kNoField) return {};
  }
  return [make = found->make, slots = std::move(slots),
          size = table.fields().size()](const Valuation& valuation) {
    std::unique_ptr<model::Model> model = make(valuation);
    model->use_slots(slots, size);
    return model;
  };
}

}  // namespace gms::check
