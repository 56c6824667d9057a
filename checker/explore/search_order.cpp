// In which order states are expanded and walked from.
#include <algorithm>

#include "checker/explore/search.h"

namespace gms::check {

namespace interp = ir::interp;

constexpr std::size_t kMaxLayer = 6000, kMaxNodes = 40000;
constexpr std::uint64_t kBarrenWalks = 2000;

bool Search::new_features(const std::vector<Fingerprinter::Feature>& features) {
  return std::any_of(features.begin(), features.end(),
                     [&](const auto& one) { return !feature_count_.contains(one.hash); });
}

std::uint32_t Search::keep(Node node) {
  for (const Fingerprinter::Feature& one : node.features)
    ++feature_count_[one.hash];
  nodes_.push_back(std::move(node));
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

/// Half of them those with the most and rarest features, each choice making what it has less rare;
/// a quarter those in which the rare ones are not drowned; a quarter at random.
std::vector<Search::Node> Search::select(std::vector<Node> layer) {
  if (layer.size() <= beam_) return layer;
  complete_ = false;
  std::vector<Node> chosen;
  std::vector<bool> taken(layer.size());
  std::unordered_map<std::uint64_t, std::uint32_t> count = feature_count_;
  const std::vector<double> interest = goals_.interest();
  const auto take = [&](std::size_t i) {
    for (const Fingerprinter::Feature& one : layer[i].features)
      ++count[one.hash];
    taken[i] = true;
    chosen.push_back(std::move(layer[i]));
  };
  const auto greedy = [&](std::size_t until, bool mean) {
    const auto score = [&](const Node& node) {
      double sum = 0;
      for (const Fingerprinter::Feature& one : node.features) {
        const auto at = count.find(one.hash);
        const double weight = one.function == ir::kNoId ? 1 : interest[one.function];
        sum += weight * (at == count.end() ? 2.0 : 1.0 / (1.0 + at->second));
      }
      return mean ? sum / static_cast<double>(node.features.size() + 1) : sum;
    };
    std::vector<std::pair<double, std::size_t>> heap;
    for (std::size_t i = 0; i < layer.size(); ++i)
      if (!taken[i]) heap.emplace_back(score(layer[i]), i);
    std::make_heap(heap.begin(), heap.end());
    while (chosen.size() < until && !heap.empty()) {
      std::pop_heap(heap.begin(), heap.end());
      const auto [old, i] = heap.back();
      const double now = score(layer[i]);
      if (now < old) {
        heap.back().first = now;
        std::push_heap(heap.begin(), heap.end());
        continue;
      }
      heap.pop_back();
      take(i);
    }
  };
  greedy(beam_ / 2, false);
  greedy(beam_ * 3 / 4, true);
  while (chosen.size() < beam_) {
    const std::size_t i = pick(layer.size());
    if (!taken[i]) take(i);
  }
  return chosen;
}

void Search::breadth_first() {
  std::vector<std::uint32_t> frontier{0};
  for (unsigned depth = 0; depth < options_.max_depth && !frontier.empty(); ++depth) {
    layer_.clear();
    for (const std::uint32_t id : frontier) {
      if (out_of_time()) return;
      expand(id);
      try_laws(id, 6);
      if (layer_.size() > kMaxLayer) {
        complete_ = false;
        for (Node& node : layer_)
          if (node.features.empty()) node.features = prints_.features(node.state);
        layer_ = select(std::move(layer_));
      }
    }
    report_.bound.depth = std::max(report_.bound.depth, depth + 1);
    if (complete_) report_.bound.complete_depth = std::max(report_.bound.complete_depth, depth + 1);
    for (Node& node : layer_)
      if (node.features.empty()) node.features = prints_.features(node.state);
    frontier.clear();
    for (Node& node : select(std::move(layer_)))
      frontier.push_back(keep(std::move(node)));
  }
}

/// Half of the time an action that an open goal is waiting for, else any.
ir::ActionId Search::pick_action() {
  if (!wanted_.empty() && rng_() % 2 == 0) return wanted_[pick(wanted_.size())];
  return static_cast<ir::ActionId>(pick(m_.actions.size()));
}

void Search::walk() {
  ++report_.bound.walks;
  // Of a few states the one that looks rarest, and most to the point.
  std::uint32_t id = 0;
  double best = -1;
  for (std::uint64_t n = rng_() % 2 * 3; n < 4; ++n) {
    const auto one = static_cast<std::uint32_t>(pick(nodes_.size()));
    double rare = 0;
    for (const Fingerprinter::Feature& f : nodes_[one].features)
      rare +=
          (f.function == ir::kNoId ? 1 : interest_[f.function]) / (1.0 + feature_count_[f.hash]);
    if (rare > best) best = rare, id = one;
  }
  const std::size_t kept = nodes_.size();
  std::size_t worth = kept;
  std::vector<Node> next;
  for (unsigned step = 0; step < 8 && !out_of_time(); ++step) {
    if (nodes_[id].depth >= 2 * options_.max_depth) break;
    next.clear();
    for (unsigned n = 0; n < 12 && next.empty(); ++n) {
      const ir::ActionId action = pick_action();
      const std::vector<Template>& known = templates_[action];
      const Args base = known.empty() ? simplest(action) : known[pick(known.size())].args;
      const std::uint64_t dice = rng_() % 8;
      call(nodes_[id], id, action,
           mutate(nodes_[id].state, action, base,
                  dice < 3   ? 0
                  : dice < 6 ? 1
                             : 2),
           next, true);
    }
    if (next.empty()) break;
    Node& taken = next[pick(next.size())];
    taken.features = prints_.features(taken.state);
    const bool new_here = new_features(taken.features);
    nodes_.push_back(std::move(taken));
    id = static_cast<std::uint32_t>(nodes_.size() - 1);
    if (!new_here || nodes_.size() >= kMaxNodes) continue;
    for (; worth < nodes_.size(); ++worth)
      for (const Fingerprinter::Feature& one : nodes_[worth].features)
        ++feature_count_[one.hash];
    try_laws(id, 2);
  }
  while (nodes_.size() > worth)
    nodes_.pop_back();
}

void Search::look_at_goals() {
  interest_ = goals_.interest();
  wanted_.clear();
  for (ir::ActionId action = 0; action < m_.actions.size(); ++action)
    if (goals_.wanted(action)) wanted_.push_back(action);
}

void Search::restart() {
  nodes_.clear();
  seen_.clear();
  learnt_.clear();
  feature_count_.clear();
  complete_ = true;
  Node first{in_->fresh(), ir::kNoId, {}, 0, 0, {}, 0, {}};
  seen_.insert(identity(first.state));
  first.by_function = prints_.by_function();
  first.kind_sum = prints_.kind_sum();
  first.features = prints_.features(first.state);
  keep(std::move(first));
}

void Search::run(const Valuation& valuation, const Budget& until, unsigned beam) {
  valuation_ = valuation;
  in_ = std::make_unique<interp::Interpreter>(m_, valuation);
  until_ = until;
  stop_ = false;
  ++report_.bound.valuations;
  restart();
  const std::vector<std::uint32_t> open = goals_.on_state();
  for (const std::uint32_t property : open)
    if (state_reaches(*in_, property, nodes_[0].state)) found(goal_of(m_, property), 0, nullptr);
  for (beam_ = beam; !out_of_time(); beam_ *= 2) {
    for (double& credit : credit_)
      credit = std::max(credit, 4.0);
    if (nodes_.size() > 1) restart();
    const std::uint64_t start = report_.bound.calls;
    breadth_first();
    // Walks make as many calls again, and go on once nothing was left out.
    const std::uint64_t first = report_.bound.calls - start, enough = report_.bound.calls + first;
    std::uint64_t barren = 0, known = report_.bound.states;
    for (std::uint64_t n = 0; !out_of_time() && (complete_ || report_.bound.calls < enough); ++n) {
      if (n % 256 == 0) look_at_goals();
      walk();
      barren = report_.bound.states == known ? barren + 1 : 0;
      known = report_.bound.states;
      // No state was left out, and nothing new comes.
      if (complete_ && barren > kBarrenWalks && report_.bound.calls > start + 5 * first) return;
    }
  }
}

}  // namespace gms::check
