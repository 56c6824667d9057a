// Writes vectors as a test in C: options in, a file out.
#include <algorithm>
#include <memory>
#include <ostream>

#include "base/file_system.h"
#include "base/messages.h"
#include "base/render_text.h"
#include "cli/command.h"
#include "cli/embedded.h"
#include "flow/kselftest.h"

namespace gms::cli {
namespace {

struct Options {
  flow::KselftestOptions kselftest;
  std::string output;
};

std::string_view part(std::string_view name) {
  const auto parts = kselftest_parts();
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const EmbeddedFile& one) { return one.name == name; });
  return found != parts.end() ? found->text : std::string_view();
}

base::ExitStatus kselftest(const Options& options, Context& context) {
  base::SourceSet sources;
  base::DiagSink sink;
  auto status = base::ExitStatus::kUsage;
  const auto text = flow::make_kselftest(options.kselftest, part, sources, sink);
  if (text && options.output == "-") {
    context.out << *text;
    status = base::ExitStatus::kOk;
  } else if (text) {
    if (const auto why = base::write_file(options.output, *text)) {
      sink.report(base::diag::unwritable_file, {}, options.output, *why);
    } else {
      status = base::ExitStatus::kOk;
    }
  }
  context.err << base::render_text(sink, sources, context.err_style);
  return status;
}

}  // namespace

Run setup_kselftest(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("vector", options->kselftest.vectors,
                 "Calls to make, as JSON lines like those of a trace, with the results that are "
                 "expected; folders of such files")
      ->required()
      ->option_text("VECTOR...");
  app.add_option("-o,--output", options->output, "The file to write; -: the standard output")
      ->required()
      ->option_text("FILE.c");
  app.add_flag("--in-tree", options->kselftest.in_tree,
               "For tools/testing/selftests/kvm of a kernel tree (default: a file that gcc alone "
               "builds)");
  return [options](Context& context) { return kselftest(*options, context); };
}

}  // namespace gms::cli
