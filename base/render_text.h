// Diagnostics as a good compiler prints them:
//
//   spec/toy.gms:3:7: error[E0203]: state 'owner' is declared twice
//       3 | state owner : bool
//         |       ^~~~~
//   spec/toy.gms:1:7: note: first declared here
//       1 | state owner : Thread
//         |       ~~~~~
//   hint: give one of them another name
//
// Tabs are expanded, wide and combining characters keep the marks in place, control characters are
// spelled out, and of a very long line only the part around the mark is shown.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "base/style.h"

namespace gms::base {

std::string render_text(const Diagnostic& diagnostic, const SourceSet& sources, Style style = {});

// All that the sink kept, in order, with a line that counts what it did not keep.
std::string render_text(const DiagSink& sink, const SourceSet& sources, Style style = {});

// "file:line:column", made safe for a terminal; "<no place>" when the span has none.
std::string render_place(Span span, const SourceSet& sources);

}  // namespace gms::base
