#include "flow/diff.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>

#include "base/file_system.h"
#include "base/fingerprint.h"
#include "base/messages.h"
#include "base/progress.h"
#include "checker/conform/messages.h"
#include "checker/conform/valuation.h"
#include "checker/diff/messages.h"
#include "checker/diff/waivers.h"
#include "flow/diff_properties.h"
#include "flow/expectations.h"
#include "flow/kernel_options.h"
#include "flow/spec_version.h"
#include "ir/text/digest.h"

namespace gms::flow {
namespace {

using NameValue = std::pair<std::string, std::string>;

const ir::Param* find_param(const ir::Module& m, const std::string& name, bool quirk) {
  for (const ir::Param& p : m.params)
    if (p.name == name && p.is_quirk == quirk) return &p;
  return nullptr;
}

std::optional<std::vector<NameValue>> pairs(const std::vector<std::string>& texts,
                                            base::DiagSink& sink) {
  const auto choice = kernel_choice("", texts, {}, sink);
  if (!choice) return std::nullopt;
  return choice->params;
}

/// Values for both sides. What is given for both must be known to one of them; what nobody gives is
/// what the new version has by default, or the old one if only that has it.
bool choose_values(const DiffOptions& options, const SpecVersion& old, const SpecVersion& now,
                   diff::Version& old_side, diff::Version& new_side, base::DiagSink& sink) {
  const auto both = pairs(options.params, sink), only_old = pairs(options.old_params, sink),
             only_new = pairs(options.new_params, sink);
  if (!both || !only_old || !only_new) return false;
  bool good = true;
  const auto must_exist = [&](const std::string& name, bool quirk) {
    if (find_param(old.atomic, name, quirk) != nullptr ||
        find_param(now.atomic, name, quirk) != nullptr)
      return;
    sink.report(diff::diag::unknown_side_parameter, {}, old.name, now.name,
                quirk ? "quirk" : "parameter", name);
    good = false;
  };
  for (const auto& [name, value] : *both)
    must_exist(name, false);
  for (const std::string& name : options.quirks)
    must_exist(name, true);
  if (!good) return false;
  const auto values = [&](const SpecVersion& mine, const std::vector<NameValue>& own,
                          const SpecVersion* other, diff::Version& side) {
    check::KernelChoice choice;
    choice.spec = mine.name;
    choice.params = own;
    for (const NameValue& one : *both) {
      const bool again = std::any_of(own.begin(), own.end(),
                                     [&](const NameValue& x) { return x.first == one.first; });
      if (find_param(mine.atomic, one.first, false) != nullptr && !again)
        choice.params.push_back(one);
    }
    for (const std::string& name : options.quirks)
      if (find_param(mine.atomic, name, true) != nullptr) choice.quirks.push_back(name);
    const auto all = check::valuations(mine.atomic, choice, false, sink);
    if (all.empty()) return false;
    side.values = all.front();
    for (ir::ParamId p = 0; other != nullptr && p < mine.atomic.params.size(); ++p) {
      const ir::Param& param = mine.atomic.params[p];
      const ir::Param* theirs = find_param(other->atomic, param.name, param.is_quirk);
      const bool given = std::any_of(choice.params.begin(), choice.params.end(),
                                     [&](const NameValue& x) { return x.first == param.name; });
      if (theirs != nullptr && !given && !param.is_quirk && theirs->type.kind == param.type.kind &&
          theirs->type.width == param.type.width && param.type.kind != ir::TypeKind::kEnum)
        side.values[p] = theirs->default_value;
    }
    return true;
  };
  if (!values(now, *only_new, nullptr, new_side)) return false;
  return values(old, *only_old, &now, old_side);
}

/// "spec/inplace_v7.gms:12"
std::string line_text(const base::SourceSet& sources, base::Span span) {
  if (!span.has_place()) return "";
  const base::SourceFile& file = sources.file(span.file);
  return file.name() + ':' + std::to_string(file.position(span.begin).line);
}

diff::SideHeading heading(const SpecVersion& version) {
  return {version.name, base::hex(ir::digest(version.steps)), version.revision,
          version.steps.links};
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
  return text.data();
}

/// False after an error in the file of waivers.
bool waive(const DiffOptions& options, base::SourceSet& sources, base::DiagSink& sink,
           std::vector<diff::Finding>& findings) {
  if (options.waivers.empty()) return true;
  base::ReadResult read = base::read_file(options.waivers);
  if (!read.text) {
    sink.report(base::diag::unreadable_file, {}, options.waivers, read.error);
    return false;
  }
  const base::FileId file = sources.add(options.waivers, std::move(*read.text));
  const auto waivers = diff::read_waivers(sources.file(file).text(), file, sink);
  if (!waivers) return false;
  diff::apply_waivers(*waivers, options.today.empty() ? today() : options.today, findings, sink);
  return true;
}

}  // namespace

/// What the file says behind `extends`.
std::string base_of(const std::string& spec, base::SourceSet& sources, base::DiagSink& sink) {
  const auto version = load_version(spec, sources, sink);
  if (!version) return "";
  if (version->steps.extends.empty()) {
    sink.report(check::diag::bad_option, {}, "diff", spec,
                "two specs, or one that extends another");
    return "";
  }
  const std::size_t slash = spec.rfind('/');
  const std::string beside = (slash == std::string::npos ? "" : spec.substr(0, slash + 1)) +
                             version->steps.extends + ".gms";
  std::error_code error;
  return std::filesystem::exists(beside, error) ? beside : version->steps.extends;
}

std::optional<Diffed> diff_specs(const DiffOptions& given, base::SourceSet& sources,
                                 base::DiagSink& sink) {
  DiffOptions options = given;
  if (options.new_spec.empty()) {
    options.new_spec = options.old_spec;
    options.old_spec = base_of(options.new_spec, sources, sink);
    if (options.old_spec.empty()) return std::nullopt;
  }
  const auto old = load_version(options.old_spec, sources, sink);
  const auto now = load_version(options.new_spec, sources, sink);
  if (!old || !now) return std::nullopt;
  diff::Version old_side{&old->steps, &old->atomic, {}}, new_side{&now->steps, &now->atomic, {}};
  if (!choose_values(options, *old, *now, old_side, new_side, sink)) return std::nullopt;
  diff::DiffOptions diff_options;
  diff_options.prove = options.prove;
  diff_options.milliseconds = options.milliseconds;
  diff_options.look.calls = options.calls;
  diff_options.look.seed = options.seed;
  diff_options.overlap_steps = options.overlap_steps;
  base::Progress progress("comparing " + options.old_spec + " and " + options.new_spec);
  diff_options.progress = [&](const std::string& what) { progress.advance(1, what); };
  Diffed out;
  out.report = diff::diff(old_side, new_side, diff_options);
  if (!waive(options, sources, sink, out.report.findings)) return std::nullopt;
  out.text = diff::make_text(out.report, [&](base::Span span) { return line_text(sources, span); });
  out.text.old = heading(*old);
  out.text.now = heading(*now);
  out.text.command = options.command;
  std::vector<Expected> expected;
  if (now->revision.empty() && !read_expectations(now->path, sources, sink, expected))
    return std::nullopt;
  const bool wants_properties =
      options.properties || std::any_of(expected.begin(), expected.end(), [](const Expected& e) {
        return e.kind == Expected::Kind::kProperty;
      });
  if (wants_properties) compare_properties(old_side, new_side, out.text);
  out.has_expectations = !expected.empty();
  out.as_expected = hold_against(expected, sources, out.text);
  return out;
}

}  // namespace gms::flow
