// Statements of actions and procedures as C++ text.
#pragma once

#include <string>
#include <vector>

#include "base/text_writer.h"
#include "gen/backend/cpp/expect.h"
#include "gen/backend/cpp/expr.h"
#include "gen/backend/cpp/unit.h"

namespace gms::gen::cpp {

/// What is written: one procedure or one action.
struct Subject {
  const ir::Callable* callable = nullptr;
  const LocalFacts* facts = nullptr;
  bool is_action = false;
  std::uint32_t id = 0;  // ActionId or ProcId
};

class StmtWriter {
 public:
  StmtWriter(const Unit& unit, const Subject& subject);

  /// The whole function: comment, head and body.
  void write(base::TextWriter& out);
  /// "template <class Chooser> Clause f(State& s, ...)", with the names of used parameters only if
  /// `body` is given.
  std::string head(const std::string* body);

 private:
  bool can_exit() const;
  const std::vector<std::string>& fields() const;
  void block(const ir::Block& block);
  void stmt(const ir::Stmt& stmt);
  void branch(const ir::If& s, bool chained);
  void guard(const ir::Guard& s);
  void give_back(const ir::Return& s);
  void call(const ir::Call& s);
  void choose(const ir::Choose& s);
  void assign(const ir::Assign& s);
  void update(const ir::Update& s);
  /// A value for a local that is written once, or an assignment to one that is not.
  void declare(ir::VarId var, const std::string& value);
  void leave();
  /// What an assignment to the local goes to.
  const std::string& target(ir::VarId var) {
    return targets_[var].empty() ? e_.name(var) : targets_[var];
  }
  /// Read somewhere, or an output.
  bool is_needed(ir::VarId var) const;
  bool is_lazy_local(ir::VarId var) const { return subject_.facts->lazy[var]; }

  const Unit& u_;
  Subject subject_;
  ExprWriter e_;
  Expectations expectations_;
  std::vector<std::string> param_names_;
  std::vector<std::string> targets_;  // by VarId; empty: its name
  base::TextWriter* out_ = nullptr;
};

/// One simultaneous update.
void write_update(const ir::Update& update, ExprWriter& exprs, const LocalFacts& facts,
                  base::TextWriter& out);

}  // namespace gms::gen::cpp
