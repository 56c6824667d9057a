#include "checker/linearize/configuration.h"

#include <algorithm>

namespace gms::check::linearize {

Step::~Step() {
  while (before != nullptr && before.use_count() == 1) {
    std::shared_ptr<Step> next = std::move(before->before);
    before = std::move(next);
  }
}

const Progress* Configuration::progress(std::uint32_t event) const {
  for (const Begun& one : begun) {
    if (one.event == event) return &one.progress;
  }
  return nullptr;
}

bool Configuration::finished(std::uint32_t event) const {
  const Progress* progress = this->progress(event);
  return progress != nullptr && progress->finished();
}

Configuration copy_of(const Engine& engine, const Configuration& from) {
  return {copy_of(engine, from.world), from.begun, from.steps, from.looks, from.hash};
}

namespace {

std::uint64_t hash_of(const Engine& engine, Configuration& one) {
  if (one.hash) return *one.hash;
  std::uint64_t hash = engine.hash(*one.world.state);
  for (const Begun& begun : one.begun) {
    hash = (hash ^ begun.event) * 0x9e3779b97f4a7c15u;
    hash ^=
        (begun.progress.finished() ? 1 : std::uint64_t{begun.progress.calls} << 1) + (hash >> 32);
  }
  one.hash = hash;
  return hash;
}

}  // namespace

bool same(const Engine& engine, Configuration& a, Configuration& b, std::size_t domains) {
  if (a.begun.size() != b.begun.size()) return false;
  for (std::size_t i = 0; i < a.begun.size(); ++i) {
    if (a.begun[i].event != b.begun[i].event || !a.begun[i].progress.same(b.begun[i].progress))
      return false;
  }
  if (hash_of(engine, a) != hash_of(engine, b)) return false;
  if (!engine.equal(*a.world.state, *b.world.state)) return false;
  if (a.world.names == b.world.names) return true;
  const auto live = [&](ir::DomainId domain, std::uint32_t handle) {
    return handle != 0 && engine.live(*a.world.state, domain, handle) ? handle : 0;
  };
  for (ir::DomainId domain = 0; domain < domains; ++domain) {
    const NameId names = std::max(a.world.names.bound(domain), b.world.names.bound(domain));
    for (NameId name = 0; name < names; ++name) {
      const std::uint32_t left = a.world.names.find(domain, name);
      const std::uint32_t right = b.world.names.find(domain, name);
      if (left != right && live(domain, left) != live(domain, right)) return false;
    }
  }
  return true;
}

bool add(const Engine& engine, std::size_t domains, Configuration&& one,
         std::vector<Configuration>& all) {
  for (Configuration& other : all) {
    if (!same(engine, one, other, domains)) continue;
    other.world.exact = other.world.exact && one.world.exact;
    return false;
  }
  all.push_back(std::move(one));
  return true;
}

std::vector<Placed> order_of(const Steps& steps) {
  std::vector<Placed> result;
  for (const Step* at = steps.get(); at != nullptr; at = at->before.get())
    result.push_back(at->placed);
  std::reverse(result.begin(), result.end());
  return result;
}

}  // namespace gms::check::linearize
