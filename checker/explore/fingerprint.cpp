#include "checker/explore/fingerprint.h"

#include <algorithm>

#include "model/runtime/hash.h"

namespace gms::check {
namespace {

using model::hash_mix;

std::uint64_t coarse_value(const ir::Type& type, std::uint64_t bits) {
  if (type.kind != ir::TypeKind::kInt && type.kind != ir::TypeKind::kIndex) return bits;
  return bits < 8 ? bits : bits < 0x100000 ? 8 : 9;
}
std::uint64_t coarse_count(std::uint64_t n) {
  return n < 2 ? n : 2;
}

}  // namespace

Fingerprinter::Fingerprinter(const ir::Module& module)
    : m_(module), colors_(module.domains.size()) {}

void Fingerprinter::collect(const ir::interp::State& state, bool coarse,
                            const std::vector<bool>* functions) {
  runs_.clear();
  for (ir::StateId id = 0; id < m_.states.size(); ++id) {
    const ir::State& declared = m_.states[id];
    if (functions != nullptr && !(*functions)[id]) continue;
    if (coarse && declared.observe_only) continue;
    const bool is_handle = declared.type.kind == ir::TypeKind::kHandle;
    state.for_each_run(id, [&](const ir::interp::HandleKey& key, std::uint64_t from,
                               std::uint64_t last, const ir::interp::Value& value) {
      const bool names = is_handle && value.tag == ir::interp::Tag::kKnown;
      std::uint64_t kind = hash_mix(static_cast<std::uint64_t>(value.tag), id);
      std::uint64_t what = kind;
      kind = hash_mix(hash_mix(kind, coarse_count(from)), coarse_count(last - from));
      if (!names) kind = hash_mix(kind, coarse_value(declared.type, value.bits));
      if (coarse) {
        what = kind;
      } else {
        what = hash_mix(hash_mix(what, from), last);
        if (!names && value.is_known()) what = hash_mix(what, value.bits);
      }
      runs_.push_back({id, key, declared.observe_only ? 0 : kind, what,
                       names ? static_cast<std::uint32_t>(value.bits) : 0});
    });
  }
}

std::uint64_t Fingerprinter::color(ir::DomainId domain, std::uint32_t handle) const {
  const auto& table = colors_[domain];
  const auto at = std::lower_bound(table.begin(), table.end(), handle,
                                   [](const std::pair<std::uint32_t, std::uint64_t>& one,
                                      std::uint32_t h) { return one.first < h; });
  return at != table.end() && at->first == handle ? at->second : 0x51ed27;  // not live
}

/// `without`: the handle at this place of the key (or, behind the last, the value) is left out.
std::uint64_t Fingerprinter::run_hash(const Run& run, int without) const {
  const std::vector<ir::Type>& keys = m_.states[run.state].keys;
  std::uint64_t hash = hash_mix(run.what, static_cast<std::uint64_t>(without) + 1);
  int place = 0;
  for (; place < static_cast<int>(keys.size()); ++place) {
    const ir::Type& key = keys[static_cast<std::size_t>(place)];
    if (key.kind != ir::TypeKind::kHandle) break;
    if (place != without)
      hash = hash_mix(hash, color(key.decl, run.key.handles[static_cast<std::size_t>(place)]));
  }
  if (run.handle_value != 0 && without != 4)
    hash = hash_mix(hash, color(m_.states[run.state].type.decl, run.handle_value));
  return hash;
}

void Fingerprinter::refine(const ir::interp::State& state, unsigned rounds) {
  for (ir::DomainId d = 0; d < colors_.size(); ++d) {
    colors_[d].clear();
    for (const std::uint32_t handle : state.live(d))
      colors_[d].emplace_back(handle, hash_mix(0x9a7, d));
  }
  std::vector<std::vector<std::pair<std::uint32_t, std::uint64_t>>> next;
  for (unsigned round = 0; round < rounds; ++round) {
    next = colors_;
    const auto add = [&](ir::DomainId d, std::uint32_t handle, std::uint64_t hash) {
      for (auto& [h, c] : next[d])
        if (h == handle) c += hash;
    };
    for (const Run& run : runs_) {
      const std::vector<ir::Type>& keys = m_.states[run.state].keys;
      for (int place = 0; place < static_cast<int>(keys.size()); ++place) {
        const ir::Type& key = keys[static_cast<std::size_t>(place)];
        if (key.kind != ir::TypeKind::kHandle) break;
        add(key.decl, run.key.handles[static_cast<std::size_t>(place)], run_hash(run, place));
      }
      if (run.handle_value != 0)
        add(m_.states[run.state].type.decl, run.handle_value, run_hash(run, 4));
    }
    for (auto& table : next)
      for (auto& one : table)
        one.second = hash_mix(one.second, round);
    colors_.swap(next);
  }
}

std::uint64_t Fingerprinter::exact(const ir::interp::State& state) {
  collect(state, false, nullptr);
  refine(state, 2);
  by_function_.assign(m_.states.size() + m_.domains.size(), 0);
  std::uint64_t total = 0;
  kind_sum_ = 0;
  for (const Run& run : runs_) {
    kind_sum_ += run.kind;
    total += run_hash(run, -1);
    std::uint64_t hash = hash_mix(run.what, run.handle_value);
    for (const std::uint32_t handle : run.key.handles)
      hash = hash_mix(hash, handle);
    by_function_[run.state] += hash;
  }
  for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
    std::uint64_t sum = colors_[d].size();
    for (const auto& [handle, c] : colors_[d]) {
      sum += c;
      by_function_[m_.states.size() + d] += hash_mix(handle, d);
    }
    total = hash_mix(total, sum);
  }
  return total;
}

std::vector<Fingerprinter::Feature> Fingerprinter::features(const ir::interp::State& state) {
  collect(state, true, nullptr);
  refine(state, 2);
  std::vector<Feature> features;
  for (ir::DomainId d = 0; d < m_.domains.size(); ++d) {
    for (const auto& [handle, c] : colors_[d])
      features.push_back({c, ir::kNoId});
    features.push_back(
        {hash_mix(0xc0 + d, std::min<std::size_t>(colors_[d].size(), 3)), ir::kNoId});
  }
  for (const Run& run : runs_)
    features.push_back({run_hash(run, -1), run.state});
  // What goes together, whatever it belongs to.
  std::vector<bool> met(m_.states.size());
  for (const Run& run : runs_) {
    if (!met[run.state]) features.push_back({hash_mix(0xf0, run.state), run.state});
    met[run.state] = true;
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

std::uint64_t Fingerprinter::kind(const ir::interp::State& state,
                                  const std::vector<bool>& functions) {
  collect(state, true, &functions);
  refine(state, 1);
  std::vector<std::uint64_t>& all = all_;
  all.clear();
  for (ir::DomainId d = 0; d < m_.domains.size(); ++d)
    for (const auto& [handle, c] : colors_[d])
      all.push_back(c);
  for (const Run& run : runs_)
    all.push_back(run_hash(run, -1));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::uint64_t hash = all.size();
  for (const std::uint64_t one : all)
    hash = hash_mix(hash, one);
  return hash;
}

}  // namespace gms::check
