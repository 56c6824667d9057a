#include "runner/other_ways.h"

#include <regex>
#include <string>

namespace gms::runner {
namespace {

/// "ret=-1 errno=ENOMEM": a word with a '=' starts a new result.
Line parse_way(const std::string& text) {
  Line way = Line::object();
  static const std::regex kStart("(^| )([a-z_0-9]+)=");
  std::string name;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    if (name.empty()) return;
    const std::string value = text.substr(begin, end - begin);
    way[name] = Line::accept(value) ? Line::parse(value) : Line(value);
  };
  for (std::sregex_iterator at(text.begin(), text.end(), kStart), end; at != end; ++at) {
    take(static_cast<std::size_t>(at->position()));
    name = (*at)[2];
    begin = static_cast<std::size_t>(at->position() + at->length());
  }
  take(text.size());
  return way;
}

}  // namespace

std::vector<Line> other_ways(const Line& note) {
  std::vector<Line> ways;
  const auto texts =
      note.is_object() && note.value("op", "") == "note" ? note.find("also_allowed") : note.end();
  if (texts == note.end() || !texts->is_array()) return ways;
  for (const Line& text : *texts)
    if (text.is_string()) ways.push_back(parse_way(text.get<std::string>()));
  return ways;
}

}  // namespace gms::runner
