// All compiled models. Written by tools/regenerate.py.
#include "model/generated/models.h"

#include "model/generated/inplace_v7/model.h"
#include "model/generated/linux_6_18/model.h"
#include "model/generated/linux_7_1/model.h"
#include "model/generated/pages/model.h"
#include "model/generated/rwlock/model.h"

namespace gms::model {
namespace {

constexpr CompiledSpec kSpecs[] = {
    {inplace_v7::kDigest, inplace_v7::make_model}, {linux_6_18::kDigest, linux_6_18::make_model},
    {linux_7_1::kDigest, linux_7_1::make_model},   {pages::kDigest, pages::make_model},
    {rwlock::kDigest, rwlock::make_model},
};

}  // namespace

std::span<const CompiledSpec> compiled_specs() {
  return kSpecs;
}

}  // namespace gms::model
