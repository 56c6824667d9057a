// The compiled models against the interpreter on the bundled traces.
#include "checker/differential/trace_twin.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include "base/file_system.h"
#include "ir/atomic.h"
#include "ir/text/parse.h"
#include "model/generated/inplace_v7/model.h"
#include "model/generated/linux_6_18/model.h"

namespace gms::check {
namespace {

namespace fs = std::filesystem;
using MakeModel = std::function<std::unique_ptr<model::Model>(std::span<const std::uint64_t>)>;

void compare_folder(const std::string& spec, const std::string& folder, const MakeModel& make,
                    double least_share) {
  const base::ReadResult gir = base::read_file("model/generated/" + spec + '/' + spec + ".gir");
  ASSERT_TRUE(gir.text.has_value()) << gir.error;
  base::DiagSink sink;
  const std::optional<ir::Module> module = ir::parse(*gir.text, base::kNoFile, sink);
  ASSERT_TRUE(module.has_value());
  const ir::Module atomic = ir::to_atomic(*module);
  const auto made = EventTable::make(atomic);
  ASSERT_TRUE(std::holds_alternative<EventTable>(made));
  const EventTable& table = std::get<EventTable>(made);

  KernelChoice kernel;
  if (const base::ReadResult file = base::read_file("traces/" + folder + "/kernel.json");
      file.text) {
    const auto choice = parse_kernel_file(*file.text);
    ASSERT_TRUE(std::holds_alternative<KernelChoice>(choice)) << std::get<std::string>(choice);
    kernel = std::get<KernelChoice>(choice);
  }
  const std::vector<Valuation> kernels = valuations(atomic, kernel, false, sink);
  ASSERT_FALSE(kernels.empty());

  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator("traces/" + folder)) {
    const std::string path = entry.path().string();
    if (path.find(".jsonl") != std::string::npos) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  ASSERT_FALSE(paths.empty());
  const char* given = std::getenv("GMS_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}() | 1;
  SCOPED_TRACE("GMS_TEST_SEED=" + std::to_string(seed));
  std::uint64_t conform = 0, refused = 0, not_fast = 0, inexact = 0, altered = 0,
                altered_conform = 0;
  std::map<std::string, int> ends;
  for (const std::string& path : paths) {
    const std::unique_ptr<model::Model> model = make(kernels.front());
    const TraceTwin twin =
        compare_on_trace({path, std::nullopt}, table, kernels.front(), *model, seed);
    EXPECT_EQ(twin.difference, "") << path;
    conform += twin.conform;
    refused += twin.refused;
    not_fast += twin.not_fast;
    altered += twin.altered;
    altered_conform += twin.altered_conform;
    inexact += twin.exact ? 0 : 1;
    if (!twin.end.empty()) ++ends[twin.end.substr(twin.end.find(',') + 2)];
  }
  std::printf("%s: %zu traces, %llu events conform, %llu refused, %llu left, %llu traces inexact\n",
              folder.c_str(), paths.size(), static_cast<unsigned long long>(conform),
              static_cast<unsigned long long>(refused), static_cast<unsigned long long>(not_fast),
              static_cast<unsigned long long>(inexact));
  std::printf("  %llu altered lines, %llu conform\n", static_cast<unsigned long long>(altered),
              static_cast<unsigned long long>(altered_conform));
  for (const auto& [end, count] : ends)
    std::printf("  %d traces end at: %s\n", count, end.c_str());
  EXPECT_GE(static_cast<double>(conform), least_share);
}

TEST(TraceTwin, InplaceV7) {
  compare_folder("inplace_v7", "v7", model::inplace_v7::make_model, 1);
}

TEST(TraceTwin, Linux618) {
  compare_folder("linux_6_18", "linux-6.18", model::linux_6_18::make_model, 1);
}

}  // namespace
}  // namespace gms::check
