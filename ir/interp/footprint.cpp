#include "ir/interp/footprint.h"

#include <algorithm>

namespace gms::ir::interp {
namespace {

template <class T>
void sort_out(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

bool same_handle(std::uint32_t a, std::uint32_t b) {
  return a == b || a == Footprint::kAnyHandle || b == Footprint::kAnyHandle;
}

bool same_row(const HandleKey& a, const HandleKey& b) {
  for (std::size_t i = 0; i < a.handles.size(); ++i) {
    if (!same_handle(a.handles[i], b.handles[i])) return false;
  }
  return true;
}

}  // namespace

void Footprint::finish() {
  sort_out(reads_);
  sort_out(writes_);
  sort_out(read_lives_);
  sort_out(write_lives_);
  sort_out(read_names_);
  sort_out(write_names_);
}

void Footprint::add(const Footprint& other) {
  append(reads_, other.reads_);
  append(writes_, other.writes_);
  append(read_lives_, other.read_lives_);
  append(write_lives_, other.write_lives_);
  append(read_names_, other.read_names_);
  append(write_names_, other.write_names_);
  opaque_ = opaque_ || other.opaque_;
}

bool Footprint::meet(const std::vector<Points>& a, const std::vector<Points>& b) {
  for (const Points& x : a) {
    for (const Points& y : b) {
      if (x.state == y.state && x.from <= y.last && y.from <= x.last && same_row(x.key, y.key))
        return true;
    }
  }
  return false;
}

bool Footprint::meet(const std::vector<Life>& a, const std::vector<Life>& b) {
  for (const Life& x : a) {
    for (const Life& y : b) {
      if (x.domain == y.domain && same_handle(x.handle, y.handle)) return true;
    }
  }
  return false;
}

bool Footprint::meet(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](std::uint32_t name) {
    return std::find(b.begin(), b.end(), name) != b.end();
  });
}

bool Footprint::disturbs(const Footprint& other) const {
  return meet(writes_, other.reads_) || meet(writes_, other.writes_) ||
         meet(write_lives_, other.read_lives_) || meet(write_lives_, other.write_lives_) ||
         meet(write_names_, other.read_names_) || meet(write_names_, other.write_names_);
}

bool Footprint::commutes(const Footprint& other) const {
  return !opaque_ && !other.opaque_ && !disturbs(other) && !other.disturbs(*this);
}

}  // namespace gms::ir::interp
