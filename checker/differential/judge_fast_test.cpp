// Judging with compiled models gives the same as judging with the interpreter alone: on the bundled
// traces, on traces with altered lines, with the kernel known and not, and with states carried from
// one to the other every few events.
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "base/file_system.h"
#include "checker/conform/interp_engine.h"
#include "checker/conform/trace_run.h"
#include "ir/atomic.h"
#include "ir/text/parse.h"

namespace gms::check {
namespace {

namespace fs = std::filesystem;

/// What a report is made of, as text.
std::string text_of(const TraceRun& run, const NameTable& names) {
  const JudgeResult& judged = run.judged;
  std::string text;
  const auto add = [&](const char* what, std::uint64_t number) {
    text += std::string(what) + ' ' + std::to_string(number) + '\n';
  };
  const auto add_value = [&](const Datum& value) {
    text += std::to_string(static_cast<int>(value.tag)) + ':' + std::to_string(value.bits) + ' ';
  };
  add("lines", run.lines.lines);
  add("bad", run.bad_total);
  for (const BadLine& bad : run.bad)
    add(bad.diagnostic.message().c_str(), bad.line);
  add("read", judged.read);
  add("judged", judged.judged);
  add("non-events", judged.non_events);
  add("not judged", judged.not_judged);
  add("violations", judged.violations);
  add("exact", judged.exact);
  add("overlap", judged.overlap ? judged.overlap->line : 0);
  for (const Gap& gap : judged.gaps)
    add("gap", gap.line);
  for (const RuledOut& one : judged.ruled_out) {
    add(one.op.c_str(), one.line);
    for (const Valuation& valuation : one.valuations)
      for (const std::uint64_t value : valuation)
        add("ruled out", value);
  }
  for (const Valuation& valuation : judged.survivors)
    for (const std::uint64_t value : valuation)
      add("survivor", value);
  for (std::size_t i = 0; i < judged.coverage.size(); ++i)
    text += std::to_string(judged.coverage[i]) + ' ';
  for (const Finding& finding : judged.findings) {
    add("\nfinding", finding.event.line);
    add("exact", finding.exact);
    const Mismatch& mismatch = finding.mismatch;
    add("call", mismatch.call_number);
    for (const Datum& arg : mismatch.args)
      add_value(arg);
    for (const Allowed& allowed : mismatch.allowed) {
      add("allowed", allowed.clause);
      add("result", allowed.result);
      for (const Datum& output : allowed.outputs)
        add_value(output);
    }
    add("nearest", mismatch.nearest);
    for (NameId name = 0; name < names.size(); ++name) {
      for (ir::DomainId domain = 0; domain < 8; ++domain) {
        const std::uint32_t handle = mismatch.before.names.find(domain, name);
        if (handle != 0 && finding.engine->live(*mismatch.before.state, domain, handle))
          text += names.text(name) + '=' + std::to_string(handle) + ' ';
      }
    }
  }
  return text;
}

class JudgeFast : public testing::Test {
 protected:
  void load(const std::string& spec, const std::string& folder) {
    const base::ReadResult gir = base::read_file("model/generated/" + spec + '/' + spec + ".gir");
    ASSERT_TRUE(gir.text.has_value()) << gir.error;
    const std::optional<ir::Module> parsed = ir::parse(*gir.text, base::kNoFile, sink_);
    ASSERT_TRUE(parsed.has_value());
    module_ = ir::to_atomic(*parsed);
    auto made = EventTable::make(module_);
    ASSERT_TRUE(std::holds_alternative<EventTable>(made));
    table_ = std::get<EventTable>(std::move(made));
    models_ = compiled_models(table_);
    ASSERT_TRUE(models_) << "no model was compiled from " << spec;
    const base::ReadResult file = base::read_file("traces/" + folder + "/kernel.json");
    ASSERT_TRUE(file.text.has_value());
    const auto choice = parse_kernel_file(*file.text);
    ASSERT_TRUE(std::holds_alternative<KernelChoice>(choice));
    kernel_ = std::get<KernelChoice>(choice);
    for (const fs::directory_entry& entry : fs::directory_iterator("traces/" + folder)) {
      const std::string path = entry.path().string();
      if (path.find(".jsonl") != std::string::npos) traces_.push_back(path);
    }
    std::sort(traces_.begin(), traces_.end());
    ASSERT_FALSE(traces_.empty());
  }

  static std::string bytes_of(const std::string& path) {
    ByteSource source = ByteSource::open(path);
    std::string bytes;
    std::vector<char> buffer(1 << 16);
    while (const std::size_t count = source.read(buffer.data(), buffer.size()))
      bytes.append(buffer.data(), count);
    return bytes;
  }

  /// The number of violations.
  std::uint64_t compare(const TraceInput& input, const KernelChoice& kernel, bool open,
                        bool first_only, std::uint64_t longest_stretch) {
    const auto judge = [&](bool fast) {
      JudgeOptions options{valuations(module_, kernel, open, sink_), 5, first_only};
      if (fast) options.models = models_;
      options.longest_stretch = longest_stretch;
      NameTable names;
      TraceRun run = judge_trace(input, table_, names, interpreter_engines(), std::move(options));
      return std::pair(text_of(run, names), run.judged.violations);
    };
    const auto [slow, violations] = judge(false);
    EXPECT_EQ(judge(true).first, slow) << input.name;
    return violations;
  }

  base::DiagSink sink_;
  ir::Module module_;
  EventTable table_;
  ModelFactory models_;
  KernelChoice kernel_;
  std::vector<std::string> traces_;
};

/// One line of `bytes` with a number, a word or an errno changed.
std::string altered(const std::string& bytes, std::mt19937_64& random) {
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    lines.emplace_back(at, end - at);
    at = end;
  }
  std::string result = bytes;
  const auto [at, size] = lines[random() % lines.size()];
  std::string line = bytes.substr(at, size);
  switch (random() % 5) {
    case 0:
      if (const auto null = line.find("\"errno\":null"); null != std::string::npos)
        line.replace(null + 8, 4, random() % 2 == 0 ? "\"EAGAIN\"" : "\"EINVAL\"");
      break;
    case 1: line.clear(); break;
    case 2: line += line; break;
    default: {
      std::vector<std::size_t> digits;
      for (std::size_t i = 0; i < line.size(); ++i)
        if (line[i] >= '1' && line[i] <= '9') digits.push_back(i);
      if (!digits.empty())
        line[digits[random() % digits.size()]] = static_cast<char>('1' + random() % 9);
    }
  }
  result.replace(at, size, line);
  return result;
}

struct Case {
  const char* spec;
  const char* folder;
};

class JudgeFastOn : public JudgeFast, public testing::WithParamInterface<Case> {};

TEST_P(JudgeFastOn, BundledTraces) {
  load(GetParam().spec, GetParam().folder);
  for (const std::string& path : traces_) {
    compare({path}, kernel_, false, false, ~std::uint64_t{0});
    compare({path}, kernel_, false, false, 13);
    compare({path}, {}, true, false, ~std::uint64_t{0});
    compare({path}, {}, false, true, ~std::uint64_t{0});
  }
}

TEST_P(JudgeFastOn, AlteredTraces) {
  load(GetParam().spec, GetParam().folder);
  std::mt19937_64 random(1);
  std::uint64_t violations = 0;
  for (const std::string& path : traces_) {
    const std::string bytes = bytes_of(path);
    if (bytes.size() > 400'000) continue;
    for (int i = 0; i < 8; ++i) {
      const TraceInput input{path + ", altered " + std::to_string(i), altered(bytes, random)};
      violations += compare(input, kernel_, false, false, i % 2 == 0 ? 29 : ~std::uint64_t{0});
    }
  }
  EXPECT_GT(violations, 5U);
}

INSTANTIATE_TEST_SUITE_P(, JudgeFastOn,
                         testing::Values(Case{"inplace_v7", "v7"}, Case{"linux_6_18", "linux-6.18"},
                                         Case{"inplace_v7", "v7-vm-attrs"}),
                         [](const auto& one) {
                           std::string name = one.param.folder;
                           std::erase_if(name, [](char c) { return c == '-' || c == '.'; });
                           return name;
                         });

}  // namespace
}  // namespace gms::check
