// Where specs come from: shipped ones by name, others by file. Each is loaded once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "checker/conform/event_table.h"
#include "checker/conform/explain.h"
#include "ir/ir.h"

namespace gms::flow {

/// A spec in the atomic reading, ready for judging traces.
struct LoadedSpec {
  std::string name;  // as it was asked for
  ir::Module module;
  check::EventTable events;
  check::EngineFactory engines;
  check::ModelFactory models;  // empty: the spec is not one of those that are compiled

  check::SpecAtHand at_hand() const { return {&events, engines, models}; }
};

class SpecStore {
 public:
  enum class From {
    kText,      ///< always compiled
    kCompiled,  ///< shipped specs as they were committed, if their texts are unchanged
  };
  /// Diagnostics about specs go to the sink, with their texts in the set.
  SpecStore(base::SourceSet& sources, base::DiagSink& sink, From from = From::kText)
      : sources_(sources), sink_(sink), from_(from) {}

  /// `name` is that of a shipped spec, or the path of a .gms or .gir file. Null after a reported
  /// error, which is reported once.
  const LoadedSpec* load(const std::string& name);
  /// The same spec with its steps and locks, as a text of its own: it is not kept here.
  std::optional<ir::Module> module(const std::string& name);
  /// The names of the shipped specs.
  static std::vector<std::string> shipped();

 private:
  /// The file; empty after a reported error.
  std::string find(const std::string& name);
  std::unique_ptr<LoadedSpec> read(const std::string& name);
  std::unique_ptr<LoadedSpec> prepare(const std::string& name, const ir::Module& module,
                                      std::optional<std::uint64_t> digest = {});

  base::SourceSet& sources_;
  base::DiagSink& sink_;
  From from_;
  struct Entry {
    std::string name;
    std::unique_ptr<LoadedSpec> spec;
  };
  std::vector<Entry> loaded_;
};

/// Where the shipped specs are: what `extends` names may be among them.
std::string spec_folder();

/// The module of a .gms or .gir file, with its steps and locks. `shipped`: where `extends` looks
/// for what is not beside it. Nothing after a reported error.
std::optional<ir::Module> read_spec(const std::string& path, const std::string& shipped,
                                    base::SourceSet& sources, base::DiagSink& sink);

/// The file of a shipped spec, or of the path itself; empty if there is none.
std::string find_spec_file(const std::string& name);

}  // namespace gms::flow
