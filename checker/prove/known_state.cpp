#include "checker/prove/known_state.h"

#include <set>

#include "ir/type.h"

namespace gms::check {

using ir::DomainId;
using ir::StateId;
using ir::Type;
using ir::TypeKind;
using ir::interp::HandleKey;
using ir::interp::Tag;
using ir::interp::Value;
using ir::smt::Encoder;
using ir::smt::SymValue;
using ir::smt::TermId;
using ir::smt::TermOp;
using ir::smt::TermStore;

KnownState::KnownState(Encoder& enc, const ir::interp::State& state) : enc_(enc), state_(state) {
  const ir::Module& m = enc.module();
  handles_.resize(m.domains.size());
  for (DomainId d = 0; d < m.domains.size(); ++d) {
    const Type type = ir::handle_type(d);
    const TermId null = enc.constant(type, 0, false).value;
    handles_[d].emplace(0, null);
    enc.add(enc.terms().eq(null, enc.terms().handle(d, 0)));
    for (const std::uint32_t h : state.live(d))
      handle(d, h);
  }
  for (StateId f = 0; f < m.states.size(); ++f)
    if (m.states[f].type.kind == TypeKind::kHandle)
      state.for_each_run(f, [&](const HandleKey&, std::uint64_t, std::uint64_t, const Value& v) {
        if (v.tag == Tag::kKnown) handle(m.states[f].type.decl, v.bits);
      });
}

TermId KnownState::handle(DomainId domain, std::uint64_t number) const {
  const auto it = handles_[domain].find(number);
  if (it != handles_[domain].end()) return it->second;
  return handles_[domain].emplace(number, enc_.terms().handle(domain, number)).first->second;
}

std::uint64_t KnownState::some_handle(DomainId domain, std::uint64_t choice) const {
  return std::next(handles_[domain].begin(),
                   static_cast<std::ptrdiff_t>(choice % handles_[domain].size()))
      ->first;
}

SymValue KnownState::value(const Type& type, const Value& v) const {
  if (type.kind == TypeKind::kHandle && v.tag == Tag::kKnown)
    return {enc_.terms().boolean(true), handle(type.decl, v.bits)};
  return enc_.constant(type, v.bits, v.tag == Tag::kNone);
}

TermId KnownState::same(Encoder& enc, DomainId domain, TermId a, std::uint64_t number) const {
  // The null handle has a name of its own in the encoder.
  if (a == enc.none_handle(domain)) return enc.terms().boolean(number == 0);
  return enc.terms().eq(a, handle(domain, number));
}

SymValue KnownState::unknown(Encoder& enc, StateId f, const Value& v,
                             const std::vector<TermId>& keys) const {
  TermStore& t = enc.terms();
  const ir::State& s = enc.module().states[f];
  const bool shared = v.symbol != 0 && !v.each;  // one value, wherever the symbol stands
  const auto [it, inserted] =
      arbitrary_.try_emplace({shared ? ir::kNoId : f, shared ? v.symbol : 0});
  if (inserted) {
    std::vector<ir::smt::Sort> params;
    if (!shared)
      for (const Type& k : s.keys)
        params.push_back(enc.sort_of(k));
    it->second.value = t.declare("unknown", params, enc.sort_of(s.type));
    it->second.present = t.declare("unknown.some", params, {});
  }
  const std::vector<TermId> args = shared ? std::vector<TermId>{} : keys;
  SymValue out;
  out.value = t.apply(it->second.value, args);
  out.present = !s.type.optional || v.tag == Tag::kUnknownSome ? t.boolean(true)
                                                               : t.apply(it->second.present, args);
  return out;
}

std::optional<SymValue> KnownState::read_known(Encoder& enc, StateId f,
                                               const std::vector<TermId>& keys) const {
  const TermStore& t = enc.terms();
  const ir::State& s = enc.module().states[f];
  std::vector<std::uint64_t> bits;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool null =
        s.keys[i].kind == TypeKind::kHandle && keys[i] == enc.none_handle(s.keys[i].decl);
    if (!null && t[keys[i]].op != TermOp::kBits && !t.is_true(keys[i]) && !t.is_false(keys[i]))
      return std::nullopt;
    bits.push_back(null ? 0 : t.is_true(keys[i]) ? 1 : t[keys[i]].bits);
  }
  const Value v = state_.read(f, bits);
  if (v.is_unknown()) return std::nullopt;
  return value(s.type, v);
}

SymValue KnownState::read(Encoder& enc, StateId f, const std::vector<TermId>& keys) const {
  if (const auto known = read_known(enc, f, keys)) return *known;
  TermStore& t = enc.terms();
  const ir::State& s = enc.module().states[f];
  const ir::interp::StateShape& shape = state_.shape().states[f];
  const std::size_t first_flat = shape.domains.size();
  TermId position = t.bits(0, 64);
  for (std::size_t i = 0; i < shape.flat.size(); ++i) {
    TermId key = keys[first_flat + i];
    if (s.keys[first_flat + i].kind == TypeKind::kBool)
      key = t.ite(key, t.bits(1, 64), t.bits(0, 64));
    else
      key = t.resize(key, 64, false);
    key = t.binary(TermOp::kShl, key, t.bits(shape.flat[i].shift, 64));
    position = i == 0 ? key : t.binary(TermOp::kBvOr, position, key);
  }
  SymValue out = enc.constant(s.type, s.initial, s.initial_none);
  state_.for_each_run(
      f, [&](const HandleKey& key, std::uint64_t from, std::uint64_t last, const Value& v) {
        std::vector<TermId> here;
        for (std::size_t i = 0; i < shape.domains.size(); ++i) {
          here.push_back(same(enc, shape.domains[i], keys[i], key.handles[i]));
          if (t.is_false(here.back())) return;
        }
        if (!shape.flat.empty()) {
          if (from == last) {
            here.push_back(t.eq(position, t.bits(from, 64)));
          } else {
            here.push_back(t.binary(TermOp::kUle, t.bits(from, 64), position));
            here.push_back(t.binary(TermOp::kUle, position, t.bits(last, 64)));
          }
        }
        const TermId cond = t.conj(std::move(here));
        if (t.is_false(cond)) return;
        const SymValue there = v.is_unknown() ? unknown(enc, f, v, keys) : value(s.type, v);
        out = {t.ite(cond, there.present, out.present), t.ite(cond, there.value, out.value)};
      });
  return out;
}

TermId KnownState::live(Encoder& enc, DomainId domain, TermId handle) const {
  std::vector<TermId> any;
  for (const std::uint32_t h : state_.live(domain))
    any.push_back(same(enc, domain, handle, h));
  return enc.terms().disj(std::move(any));
}

void KnownState::close(Encoder& enc, std::uint64_t indices, const std::vector<bool>* reads) const {
  TermStore& t = enc.terms();
  const ir::Module& m = enc.module();
  for (DomainId d = 0; d < m.domains.size(); ++d) {
    const Type type = ir::handle_type(d);
    for (const auto& [number, term] : handles_[d])
      enc.note_term(type, term);
  }
  std::vector<std::set<std::uint64_t>> points(m.index_sorts.size());
  for (std::uint32_t sort = 0; sort < points.size(); ++sort) {
    const std::uint8_t width = m.index_sorts[sort].width;
    for (std::uint64_t p = 0; p < indices && (width >= 64 || p < (1ULL << width)); ++p)
      points[sort].insert(p);
  }
  for (StateId f = 0; f < m.states.size(); ++f) {
    if (reads != nullptr && !(*reads)[f]) continue;
    const ir::interp::StateShape& shape = state_.shape().states[f];
    for (std::size_t i = 0; i < shape.flat.size(); ++i) {
      const Type& key = m.states[f].keys[shape.domains.size() + i];
      if (key.kind != TypeKind::kIndex) continue;
      const std::uint64_t mask = key.width >= 64 ? ~0ULL : (1ULL << key.width) - 1;
      state_.for_each_run(
          f, [&](const HandleKey&, std::uint64_t from, std::uint64_t last, const Value&) {
            points[key.decl].insert((from >> shape.flat[i].shift) & mask);
            points[key.decl].insert((last >> shape.flat[i].shift) & mask);
            points[key.decl].insert(((last + 1) >> shape.flat[i].shift) & mask);
          });
    }
  }
  for (std::uint32_t sort = 0; sort < points.size(); ++sort) {
    const Type type = ir::index_type(m, sort);
    for (const std::uint64_t p : points[sort])
      enc.note_term(type, t.bits(p, type.width));
  }
}

}  // namespace gms::check
