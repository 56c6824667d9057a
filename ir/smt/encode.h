// Turns IR expressions over symbolic states into quantifier-free terms. A quantifier becomes a
// literal: its existential side is skolemised where it stands, its universal side is remembered and
// instantiated over the ground terms that occur (instantiate()). Universal facts may be dropped,
// nothing is added: an unsat answer is a proof for files of any size and any number of handles.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ir/ir.h"
#include "ir/smt/expressions.h"
#include "ir/smt/term.h"

namespace gms::ir::smt {

/// A value: `present` is the constant true unless the type is optional.
struct SymValue {
  TermId present = 0;
  TermId value = 0;
};
using Env = std::vector<SymValue>;  // by VarId
using EnvPtr = std::shared_ptr<const Env>;

struct SymState;
using SymStatePtr = std::shared_ptr<const SymState>;

/// One update of one state function, on top of what it was before.
struct Layer {
  std::shared_ptr<const Layer> below;  // null: the base state
  // An assignment of an Update, read in `before`...
  const Update* update = nullptr;
  const Update::One* one = nullptr;
  EnvPtr env;
  SymStatePtr before;
  SymbolId arbitrary_value = 0, arbitrary_present = 0;
  // ...or the initial value at every point of a handle that was created or destroyed.
  TermId reset_handle = 0;
  std::uint32_t reset_domain = kNoId;
};
using LayerPtr = std::shared_ptr<const Layer>;

struct LiveChange {
  std::shared_ptr<const LiveChange> below;
  TermId handle = 0;
  bool live = true;
};

class Encoder;

/// A base state that is known: the fresh system, or a concrete state of a run. Must outlive the
/// states built on it.
class BaseTable {
 public:
  virtual ~BaseTable() = default;
  /// The function's value at keys that may be symbolic.
  virtual SymValue read(Encoder& enc, StateId f, const std::vector<TermId>& keys) const = 0;
  virtual TermId live(Encoder& enc, DomainId domain, TermId handle) const = 0;
};

struct SymState {
  std::vector<LayerPtr> functions;  // by StateId; null: unchanged since the base state
  std::vector<std::shared_ptr<const LiveChange>> live;  // by DomainId
  const BaseTable* table = nullptr;                     // null: an arbitrary base state
};

/// holds implies: for all values of the binders in their domains, body is `polarity`.
struct Universal {
  TermId holds = 0;
  const std::vector<Binder>* binders = nullptr;
  ExprId body = kNoId;
  bool polarity = true;
  TermId below_witness = 0;  // `first`: only indices below this term (0: no such bound)
  EnvPtr env;
  SymStatePtr pre, post;
  std::string origin;  // the invariant it comes from, or empty
};

struct Axiom {
  TermId formula = 0;
  std::string origin;  // for unsat cores: the invariant, or empty for definitions
};

/// How the term of a boolean expression will be used: asserted, denied, or both. A quantifier that
/// is only asserted needs no universal side for its denial, and the other way round: fewer
/// witnesses, and the index set closes.
enum class Polarity : std::uint8_t { kBoth, kAsserted, kDenied };
constexpr Polarity flip(Polarity p) {
  return p == Polarity::kBoth       ? p
         : p == Polarity::kAsserted ? Polarity::kDenied
                                    : Polarity::kAsserted;
}

/// Names of what one two-state property may mention beside state.
struct Outcome {
  std::uint64_t result = 0;
  ClauseId clause = kNoId;
};

/// The environment with values for the binders' variables.
EnvPtr with_binders(const EnvPtr& env, const std::vector<Binder>& binders,
                    const std::vector<TermId>& values, TermId yes);

class Encoder {
 public:
  /// When the defining facts of a term (what a quantifier's literal stands for, the members of an
  /// enum, the state of dead handles) become axioms: as soon as the term is made, or when an axiom
  /// first mentions it.
  enum class Define : std::uint8_t { kAtOnce, kWhenUsed };

  /// `fixed`: values of parameters; others are arbitrary constants among their declared values.
  Encoder(const Module& module, TermStore& terms, const std::map<ParamId, std::uint64_t>& fixed);

  SymStatePtr base_state() const { return base_; }
  SymStatePtr initial_state() const { return initial_; }
  SymStatePtr known_state(const BaseTable& table) const;

  /// An arbitrary value of the type: typed, and live if it is a handle that is present (in
  /// `live_in`, if given).
  SymValue fresh_value(const std::string& hint, const Type& type, const SymState* live_in);
  SymValue constant(const Type& type, std::uint64_t bits, bool none);

  SymValue eval(ExprId e, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post,
                Polarity polarity = Polarity::kBoth);
  TermId eval_bool(ExprId e, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post,
                   Polarity polarity = Polarity::kBoth) {
    return eval(e, env, pre, post, polarity).value;
  }
  SymValue read(StateId f, const std::vector<TermId>& keys, const SymStatePtr& state);
  TermId is_live(DomainId domain, TermId handle, const SymState& state);
  /// What unwrapping `none` gives: never live, so its state is initial.
  TermId none_handle(DomainId domain) const { return null_handle_[domain]; }

  /// Adds e as a hypothesis, quantifiers in place of literals where they stand positively.
  void assume(ExprId e, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post,
              const std::string& origin);
  /// Adds the negation of e: a counterexample at fresh (skolem) points.
  void refute(ExprId e, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post);
  /// Adds that one of several claims is wrong. Each is `all` with binders of the same types (and
  /// domains): they are wrong at the same points. Answers what each being wrong comes to.
  std::vector<TermId> refute_some(const std::vector<std::pair<ExprId, EnvPtr>>& claims,
                                  const SymStatePtr& pre, const SymStatePtr& post);
  void add(TermId formula, const std::string& origin = {});

  /// Instantiates the universal facts over the ground terms until nothing new appears. False: a
  /// bound was hit, the index set is incomplete (a `sat` is then unknown, an `unsat` is still a
  /// proof).
  bool instantiate();
  /// The same driven by a model: only instances that are false in it become axioms, and only their
  /// terms new candidates. Returns how many; 0: the model satisfies every instance; with
  /// `strict`, also without what it fills in where no axiom asks, so that it is one of the whole
  /// set.
  std::size_t refine(const std::function<bool(TermId)>& holds_in_model, bool strict = false);

  void define_when_used() { define_ = Define::kWhenUsed; }
  /// From now on refine() looks at a universal fact only at points where a state function that it
  /// speaks of is read already. Enough for most proofs, and far fewer; a model means nothing then.
  void instantiate_at_reads() { at_reads_ = true; }

  void set_outcome(const Outcome& outcome) { outcome_ = outcome; }

  const std::vector<Axiom>& axioms() const { return axioms_; }
  TermStore& terms() { return *terms_; }
  Expressions& expressions() { return *expressions_; }
  const Module& module() const { return *module_; }
  const std::vector<SymValue>& params() const { return params_; }

  // The base state, for reading a model back.
  SymbolId base_live(DomainId d) const { return base_live_[d]; }
  struct BaseRead {
    StateId state;
    std::vector<TermId> keys;
    SymValue value;
  };
  const std::vector<BaseRead>& base_reads() const { return base_reads_; }
  /// Whether a model says what the read gives: at a point that no fact was looked at it need not.
  bool is_told(const BaseRead& read) const;
  const std::vector<std::pair<DomainId, TermId>>& handle_terms() const { return handle_terms_; }
  /// Why something could not be encoded; empty if all was. The verdict is then unknown.
  const std::string& unsupported() const { return unsupported_; }

  Sort sort_of(const Type& type) const;

  /// The handle is new: no state function of the base state leads to it, not even one that still
  /// names a handle that is gone.
  void note_created(DomainId domain, TermId handle);

  /// Ground terms of the type become candidates for its binders.
  void note_term(const Type& type, TermId term);

 private:
  using PoolKey = std::uint64_t;
  static PoolKey pool_key(const Type& type);
  std::string type_name(const Type& type) const;
  SymValue read_layer(StateId f, const LayerPtr& layer, const std::vector<TermId>& keys,
                      const SymStatePtr& state);
  SymValue read_base(StateId f, const std::vector<TermId>& keys);
  SymValue eval_quantifier(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                           const SymStatePtr& post, Polarity polarity);
  SymValue eval_first(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                      const SymStatePtr& post);
  SymValue eval_finite(ExprId id, const EnvPtr& env, const SymStatePtr& pre,
                       const SymStatePtr& post, Polarity polarity);
  TermId in_domain(const Binder& b, TermId value, const EnvPtr& env, const SymStatePtr& pre,
                   const SymStatePtr& post);
  SymValue select(TermId c, const SymValue& a, const SymValue& b);
  TermId equal(const SymValue& a, const SymValue& b);
  TermId is_not(const SymValue& v, TermId handle);
  TermId enum_constraint(const Type& type, const SymValue& v);  // true if there is none

  /// What comes with a term.
  struct Facts {
    std::vector<Axiom> axioms;
    std::vector<Universal> universals;
    std::vector<std::pair<Type, TermId>> notes;
  };
  void attach(std::initializer_list<TermId> terms, Facts facts);
  void activate(const Facts& facts);
  void use(TermId formula);
  /// Whether the term is true in a model that says nothing about quantifiers which no axiom
  /// mentions: their literals have no meaning yet.
  enum class Truth : std::uint8_t { kFalse, kTrue, kOpen };
  using InModel = std::function<bool(TermId)>;
  Truth truth(TermId t, const InModel& holds_in_model);
  bool is_open(TermId t, const InModel& holds_in_model);
  /// Of a term that no axiom mentions: whether the model respects what comes with it.
  bool is_at_odds(TermId t, const InModel& holds_in_model);
  bool finite(const Binder& b) const;
  TermId instance(const Universal& u, const std::vector<TermId>& tuple);
  std::vector<std::vector<TermId>> candidates(const Universal& u) const;
  /// Nothing, if no pattern tells of all binders.
  std::optional<std::set<std::vector<TermId>>> at_reads(const Universal& u);

  const Module* module_;
  TermStore* terms_;
  std::shared_ptr<Expressions> expressions_;  // the copies of an encoder share it
  SymStatePtr base_, initial_;
  std::vector<SymbolId> base_value_, base_present_, base_live_;
  std::vector<SymValue> params_;
  std::vector<Axiom> axioms_;
  std::vector<Universal> universals_;
  std::map<PoolKey, std::vector<TermId>> pool_;
  std::set<std::pair<PoolKey, TermId>> pooled_;
  std::vector<std::vector<std::size_t>>
      done_;  // by universal: how much of each binder's pool is instantiated
  struct Instances {
    std::map<std::vector<TermId>, TermId> open;  // made, but not an axiom yet
    std::set<std::vector<TermId>> axioms;
  };
  std::vector<Instances> lazy_;  // by universal
  Define define_ = Define::kAtOnce;
  std::vector<Facts> facts_;
  std::unordered_multimap<TermId, std::size_t> facts_of_;  // term -> index into facts_
  std::vector<bool> facts_active_;
  std::vector<bool> used_;                 // by TermId: met in an axiom
  std::set<TermId> literals_;              // what quantifiers became
  std::unordered_map<TermId, bool> open_;  // of this round of refine(): has no meaning in the model
  bool strict_ = false;  // nor has a term whose own facts the model does not respect
  std::vector<BaseRead> base_reads_;
  bool at_reads_ = false;
  std::vector<std::pair<DomainId, TermId>> created_;
  std::map<std::pair<StateId, std::vector<TermId>>, SymValue> base_memo_;
  std::map<std::pair<const Layer*, std::vector<TermId>>, SymValue> layer_memo_;
  struct QuantKey {  // the values of the free variables, not the environment's address: functions
                     // are called often
    ExprId e = kNoId;
    const SymState* pre = nullptr;
    const SymState* post = nullptr;
    std::vector<TermId> free;
    Polarity polarity = Polarity::kBoth;
    auto operator<=>(const QuantKey&) const = default;
  };
  QuantKey quant_key(ExprId id, const EnvPtr& env, const SymStatePtr& pre, const SymStatePtr& post,
                     Polarity polarity);
  std::map<QuantKey, SymValue> quant_memo_;
  std::vector<EnvPtr> keep_env_;
  std::vector<SymStatePtr> keep_state_;
  std::vector<LayerPtr> keep_layer_;
  std::vector<std::pair<DomainId, TermId>> handle_terms_;
  std::vector<TermId> null_handle_;  // by DomainId: what unwrapping `none` gives
  std::string unsupported_;
  std::string origin_;  // of axioms made while a hypothesis is evaluated
  Outcome outcome_;
  std::size_t instances_ = 0;
};

}  // namespace gms::ir::smt
