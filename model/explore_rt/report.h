// The main program of a generated explorer: options in, one JSON object out.
#pragma once

#include <string.h>

#include <initializer_list>

#include "model/explore_rt/search.h"

namespace gms::explore {

/// Writes JSON; who calls keeps it well-formed.
class Json {
 public:
  void raw(const char* text) { out_.insert(out_.end(), text, text + strlen(text)); }
  void number(u64 v) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", static_cast<unsigned long long>(v));
    raw(digits);
  }
  void opt(const Opt& v) {
    if (v.has)
      number(v.v);
    else
      raw("null");
  }
  /// `,` between the elements of a list or object.
  void next(bool& first) {
    if (!first) raw(",");
    first = false;
  }
  const std::vector<char>& text() const { return out_; }

 private:
  std::vector<char> out_;
};

/// The content of a state: what a generated describe() calls.
class Points {
 public:
  explicit Points(Json& json) : j_(json) {}
  void point(unsigned function, std::initializer_list<u64> keys, const Opt& value) {
    j_.next(first_);
    j_.raw("[");
    j_.number(function);
    j_.raw(",[");
    bool first = true;
    for (const u64 key : keys) {
      j_.next(first);
      j_.number(key);
    }
    j_.raw("],");
    j_.opt(value);
    j_.raw("]");
  }

 private:
  Json& j_;
  bool first_ = true;
};

template <class Model>
void write_state(Json& j, const typename Model::State& s) {
  j.raw("{\"live\":[");
  bool first = true;
  for (unsigned d = 0; d < Model::kDomains; ++d) {
    j.next(first);
    j.raw("[");
    bool first_handle = true;
    for (u64 h = 1; h <= Model::kHandles[d]; ++h) {
      if (!Model::is_live(s, d, h)) continue;
      j.next(first_handle);
      j.number(h);
    }
    j.raw("]");
  }
  j.raw("],\"points\":[");
  Points points(j);
  Model::describe(s, points);
  j.raw("]}");
}

template <class Model>
void write_run(Json& j, Search<Model>& search, unsigned property) {
  const auto run = search.run_to(property);
  j.raw("\"run\":[");
  bool first = true;
  for (std::size_t i = 0; i < run.calls.size(); ++i) {
    const Call& call = run.calls[i];
    j.next(first);
    j.raw("\n  {\"action\":");
    j.number(call.action);
    j.raw(",\"clause\":");
    j.number(call.clause);
    j.raw(",\"args\":[");
    bool first_arg = true;
    for (const Opt& arg : call.args) {
      j.next(first_arg);
      j.opt(arg);
    }
    j.raw("],\"created\":[");
    bool first_created = true;
    for (const Created& c : call.created) {
      j.next(first_created);
      j.raw("[");
      j.number(c.domain);
      j.raw(",");
      j.number(c.slot);
      j.raw("]");
    }
    j.raw("],\"state\":");
    write_state<Model>(j, run.states[i]);
    j.raw("}");
  }
  j.raw("]");
}

/// States and the calls between them, for a picture.
template <class Model>
void write_graph(Json& j, Search<Model>& search) {
  using State = typename Model::State;
  j.raw(",\n\"states_seen\":[");
  bool first = true;
  for (u64 i = 0; i < search.states(); ++i) {
    j.next(first);
    j.raw("\n ");
    write_state<Model>(j, search.state(i));
  }
  j.raw("],\n\"edges\":[");
  struct Collect {
    Json& j;
    Search<Model>& search;
    u64 from = 0;
    bool first = true;
  } collect{j, search};
  Out<State> sink;
  sink.cut_by.resize(Model::kReasons);
  sink.fired.resize(Model::kClauses + 1);
  sink.cx.open.assign(Model::kProperties, 0);
  sink.cx.undetermined.resize(Model::kProperties);
  sink.cx.used.resize(Model::kDomains + 1);
  sink.cx.recording = true;
  sink.search = &collect;
  sink.outcome = [](Out<State>& out, const State& next) {
    Collect& c = *static_cast<Collect*>(out.search);
    State s = next;
    if (Model::kCanonical != nullptr) Model::kCanonical(s);
    u64 to = 0;
    while (to < c.search.states() && !(c.search.state(to) == s))
      ++to;
    if (to == c.from || to == c.search.states()) return;
    c.j.next(c.first);
    c.j.raw("\n [");
    c.j.number(c.from);
    c.j.raw(",");
    c.j.number(to);
    c.j.raw(",");
    c.j.number(out.call.action);
    c.j.raw(",");
    c.j.number(out.call.clause);
    c.j.raw(",[");
    bool first_arg = true;
    for (const Opt& arg : out.call.args) {
      c.j.next(first_arg);
      c.j.opt(arg);
    }
    c.j.raw("]]");
  };
  for (u64 i = 0; i < search.states(); ++i) {
    collect.from = i;
    const State s = search.state(i);
    Model::successors(s, sink);
  }
  j.raw("]");
}

template <class Model>
int run(int argc, char** argv) {
  Options options;
  u64 graph = 0;
  for (int i = 1; i < argc; ++i) {
    const auto number = [&](const char* name, u64& into) {
      const std::size_t n = strlen(name);
      if (strncmp(argv[i], name, n) == 0) into = strtoull(argv[i] + n, nullptr, 10);
    };
    u64 megabytes = 0, jobs = options.jobs;
    number("--jobs=", jobs);
    number("--memory=", megabytes);
    number("--graph=", graph);
    options.jobs = static_cast<unsigned>(jobs);
    if (megabytes != 0) options.memory = megabytes << 20;
    if (strcmp(argv[i], "--deadlocks") == 0) options.deadlocks = true;
    if (strcmp(argv[i], "--progress") == 0) options.progress = true;
  }
  if (options.jobs == 0) {
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    options.jobs = count > 0 ? static_cast<unsigned>(count) : 1;
  }
  const double start = wall_seconds();
  Search<Model> search(options);
  const Ending ending = search.run();
  const double seconds = wall_seconds() - start, cpu = cpu_seconds();
  u64 transitions = 0, loops = 0, cuts = 0;
  std::vector<u64> cut_by(Model::kReasons);
  std::vector<std::uint8_t> fired(Model::kClauses + 1);
  search.for_each_sink([&](const auto& out) {
    transitions += out.transitions;
    loops += out.loops;
    cuts += out.cuts;
    for (unsigned r = 0; r < Model::kReasons; ++r)
      cut_by[r] += out.cut_by[r];
    for (unsigned c = 0; c < Model::kClauses; ++c)
      fired[c] |= out.fired[c];
  });
  Json j;
  const auto field = [&](const char* name, u64 value) {
    j.raw(",\n\"");
    j.raw(name);
    j.raw("\":");
    j.number(value);
  };
  j.raw("{\"ending\":\"");
  j.raw(ending == Ending::kComplete    ? "complete"
        : ending == Ending::kViolation ? "violation"
                                       : "memory");
  j.raw("\"");
  field("states", search.states());
  field("transitions", transitions);
  field("loops", loops);
  field("cuts", cuts);
  field("depth", search.depth());
  field("bytes", search.bytes());
  field("words", Model::State::kCount);
  field("microseconds", static_cast<u64>(seconds * 1e6));
  field("cpu_microseconds", static_cast<u64>(cpu * 1e6));
  const auto list = [&](const char* name, std::size_t count, auto&& at) {
    j.raw(",\n\"");
    j.raw(name);
    j.raw("\":[");
    bool first = true;
    for (std::size_t i = 0; i < count; ++i) {
      j.next(first);
      j.number(at(i));
    }
    j.raw("]");
  };
  list("cut_by", Model::kReasons, [&](std::size_t i) { return cut_by[i]; });
  list("fired", Model::kClauses, [&](std::size_t i) { return u64{fired[i]}; });
  list("levels", search.levels().size(), [&](std::size_t i) { return search.levels()[i]; });
  list("undetermined", Model::kProperties, [&](std::size_t i) {
    return search.undetermined(static_cast<unsigned>(i)) ? u64{1} : u64{0};
  });
  j.raw(",\n\"found\":[");
  bool first = true;
  for (unsigned p = 0; p <= Model::kProperties; ++p) {
    if (!search.wrong(p).found) continue;
    j.next(first);
    j.raw("\n{\"property\":");
    j.number(p);
    j.raw(",");
    write_run(j, search, p);
    j.raw("}");
  }
  j.raw("]");
  if (graph != 0 && search.states() <= graph) write_graph(j, search);
  j.raw("}\n");
  if (options.progress) fputs("\r\x1b[K", stderr);
  fwrite(j.text().data(), 1, j.text().size(), stdout);
  return 0;
}

}  // namespace gms::explore
