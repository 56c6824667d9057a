#include "gen/inherit/merge.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/spelling.h"
#include "gen/ast/print_parts.h"
#include "gen/inherit/edit.h"
#include "gen/inherit/messages.h"

namespace gms::gen {

namespace diag = inherit::diag;

namespace {

using ast::Overloaded;

// Names of different spaces do not meet.
enum class Space { kNone, kThing, kProperty, kEvent };

struct Traits {
  Space space = Space::kNone;
  const char* kind = "";  // with its article
  bool replaceable = false;
};

Traits traits(const ast::Item& item) {
  return std::visit(
      Overloaded{
          [](const ast::ConstDecl&) {
            return Traits{Space::kThing, "a constant", true};
          },
          [](const ast::EnumDecl&) {
            return Traits{Space::kThing, "an enum", true};
          },
          [](const ast::FlagsDecl&) {
            return Traits{Space::kThing, "flags", true};
          },
          [](const ast::StructDecl&) {
            return Traits{Space::kThing, "a struct", true};
          },
          [](const ast::DomainDecl&) {
            return Traits{Space::kThing, "a domain", false};
          },
          [](const ast::IndexDecl&) {
            return Traits{Space::kThing, "an index sort", false};
          },
          [](const ast::ParamDecl&) {
            return Traits{Space::kThing, "a param", true};
          },
          [](const ast::QuirkDecl&) {
            return Traits{Space::kThing, "a quirk", false};
          },
          [](const ast::LockDecl&) {
            return Traits{Space::kThing, "a lock", true};
          },
          [](const ast::StateDecl&) {
            return Traits{Space::kThing, "state", true};
          },
          [](const ast::FnDecl&) {
            return Traits{Space::kThing, "a function", true};
          },
          [](const ast::ProcDecl&) {
            return Traits{Space::kThing, "a procedure", true};
          },
          [](const ast::ActionDecl&) {
            return Traits{Space::kThing, "an action", true};
          },
          [](const ast::EventDecl&) {
            return Traits{Space::kEvent, "an event", true};
          },
          [](const ast::InvariantDecl& d) {
            return Traits{Space::kProperty, d.lemma ? "a lemma" : "an invariant", false};
          },
          [](const ast::PropertyDecl&) {
            return Traits{Space::kProperty, "a property", false};
          },
          [](const ast::LawDecl&) {
            return Traits{Space::kProperty, "a law", false};
          },
          [](const ast::CoverDecl&) {
            return Traits{Space::kProperty, "a cover", false};
          },
          [](const ast::IncludeDecl&) { return Traits{}; },
          [](const ast::CommonFieldsDecl&) { return Traits{}; },
          [](const ast::EditDecl&) { return Traits{}; },
          [](const ast::DropDecl&) { return Traits{}; },
          [](const ast::ExpectDecl&) { return Traits{}; },
          [](const ast::DiffExpectDecl&) { return Traits{}; },
      },
      item.node);
}

std::vector<ast::Name> names_of(const ast::Item& item) {
  return std::visit(
      Overloaded{[](const ast::DomainDecl& d) { return d.names; },
                 [](const ast::IncludeDecl&) { return std::vector<ast::Name>(); },
                 [](const ast::CommonFieldsDecl&) { return std::vector<ast::Name>(); },
                 [](const ast::EditDecl&) { return std::vector<ast::Name>(); },
                 [](const ast::DropDecl&) { return std::vector<ast::Name>(); },
                 [](const ast::ExpectDecl&) { return std::vector<ast::Name>(); },
                 [](const ast::DiffExpectDecl&) { return std::vector<ast::Name>(); },
                 [](const auto& d) { return std::vector<ast::Name>{d.name}; }},
      item.node);
}

const char* drop_word(ast::DropKind kind) {
  switch (kind) {
    case ast::DropKind::kInvariant: return "invariant";
    case ast::DropKind::kLemma: return "lemma";
    case ast::DropKind::kProperty: return "property";
    case ast::DropKind::kLaw: return "law";
    case ast::DropKind::kCover: return "cover";
    case ast::DropKind::kEvent: return "event";
    case ast::DropKind::kAction: return "action";
  }
  return "?";
}

bool fits(ast::DropKind kind, const ast::Item& item) {
  const auto* invariant = std::get_if<ast::InvariantDecl>(&item.node);
  switch (kind) {
    case ast::DropKind::kInvariant: return invariant != nullptr && !invariant->lemma;
    case ast::DropKind::kLemma: return invariant != nullptr && invariant->lemma;
    case ast::DropKind::kProperty: return std::holds_alternative<ast::PropertyDecl>(item.node);
    case ast::DropKind::kLaw: return std::holds_alternative<ast::LawDecl>(item.node);
    case ast::DropKind::kCover: return std::holds_alternative<ast::CoverDecl>(item.node);
    case ast::DropKind::kEvent: return std::holds_alternative<ast::EventDecl>(item.node);
    case ast::DropKind::kAction: return std::holds_alternative<ast::ActionDecl>(item.node);
  }
  return false;
}

Space space_of(ast::DropKind kind) {
  switch (kind) {
    case ast::DropKind::kInvariant:
    case ast::DropKind::kLemma:
    case ast::DropKind::kProperty:
    case ast::DropKind::kLaw:
    case ast::DropKind::kCover: return Space::kProperty;
    case ast::DropKind::kEvent: return Space::kEvent;
    case ast::DropKind::kAction: return Space::kThing;
  }
  return Space::kNone;
}

class Merger {
 public:
  Merger(std::vector<ast::Item> inherited, base::DiagSink& sink)
      : items_(std::move(inherited)), sink_(sink) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      for (const ast::Name& name : names_of(items_[i])) {
        table_.try_emplace({traits(items_[i]).space, name.text}, Entry{i, true});
      }
    }
    dropped_.resize(items_.size(), false);
  }

  void add(ast::Item&& item) {
    if (const auto* edit = std::get_if<ast::EditDecl>(&item.node)) return change(*edit);
    if (const auto* drop = std::get_if<ast::DropDecl>(&item.node)) return remove(*drop);
    if (const auto* expect = std::get_if<ast::ExpectDecl>(&item.node)) return set(*expect);
    if (std::holds_alternative<ast::DiffExpectDecl>(item.node)) return;
    declare(std::move(item));
  }

  bool good() const { return good_; }

  std::vector<ast::Item> take() {
    std::vector<ast::Item> result;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (!dropped_[i]) result.push_back(std::move(items_[i]));
    }
    return result;
  }

 private:
  struct Entry {
    std::size_t index = 0;
    bool inherited = false;  // not, or no longer, declared by the heir itself
  };
  using Key = std::pair<Space, std::string>;

  Entry* find(Space space, const std::string& name) {
    const auto found = table_.find({space, name});
    return found != table_.end() ? &found->second : nullptr;
  }

  base::Diagnostic& fail(base::Diagnostic& diagnostic) {
    good_ = false;
    return diagnostic;
  }

  void declare(ast::Item&& item) {
    const Traits mine = traits(item);
    for (const ast::Name& name : names_of(item)) {
      Entry* entry = find(mine.space, name.text);
      if (entry == nullptr) {
        table_[{mine.space, name.text}] = {items_.size(), false};
        continue;
      }
      // Twice in one spec: gen/sema's business.
      if (!entry->inherited) continue;
      const ast::Item& old = items_[entry->index];
      const Traits theirs = traits(old);
      if (std::string_view(mine.kind) != theirs.kind) {
        fail(sink_.report(diag::other_kind, name.span, name.text, theirs.kind, mine.kind))
            .note(old.span, "inherited from here");
        return;
      }
      if (!mine.replaceable) {
        base::Diagnostic& diagnostic =
            fail(sink_.report(diag::not_replaceable, name.span, name.text, mine.kind));
        diagnostic.note(old.span, "inherited from here");
        if (mine.space == Space::kProperty) {
          diagnostic.with_hint("`drop` the inherited one first, so that a reader sees it go");
        } else {
          diagnostic.with_hint("use the inherited one");
        }
        return;
      }
      // Only domains have several names, and they are not replaceable.
      entry->inherited = false;
      items_[entry->index] = std::move(item);
      return;
    }
    items_.push_back(std::move(item));
    dropped_.push_back(false);
  }

  void change(const ast::EditDecl& edits) {
    Entry* entry = find(Space::kThing, edits.target.text);
    ast::Item* item = entry != nullptr ? &items_[entry->index] : nullptr;
    auto* action = item != nullptr ? std::get_if<ast::ActionDecl>(&item->node) : nullptr;
    auto* procedure = item != nullptr ? std::get_if<ast::ProcDecl>(&item->node) : nullptr;
    if (entry == nullptr || !entry->inherited || (action == nullptr && procedure == nullptr)) {
      base::Diagnostic& diagnostic =
          fail(sink_.report(diag::unknown_target, edits.target.span, edits.target.text));
      if (item != nullptr && !entry->inherited) {
        diagnostic.note(item->span, "declared by this spec itself; change it there");
      } else if (item != nullptr) {
        diagnostic.note(item->span, std::string("this is ") + traits(*item).kind);
      } else {
        suggest(diagnostic, edits.target.text, [](const ast::Item& other) {
          return std::holds_alternative<ast::ActionDecl>(other.node) ||
                 std::holds_alternative<ast::ProcDecl>(other.node);
        });
      }
      return;
    }
    ast::Doc& doc = action != nullptr ? action->doc : procedure->doc;
    if (!edits.doc.empty()) doc += (doc.empty() ? "" : "\n\n") + edits.doc;
    const ast::Name& owner = action != nullptr ? action->name : procedure->name;
    ast::Block& body = action != nullptr ? action->body : procedure->body;
    if (!apply_edits(edits, owner, body, sink_)) good_ = false;
  }

  void remove(const ast::DropDecl& drop) {
    const Entry* entry = find(space_of(drop.kind), drop.name.text);
    if (entry == nullptr || !entry->inherited || !fits(drop.kind, items_[entry->index])) {
      base::Diagnostic& diagnostic = fail(
          sink_.report(diag::unknown_drop, drop.name.span, drop_word(drop.kind), drop.name.text));
      if (entry != nullptr) {
        const ast::Item& item = items_[entry->index];
        diagnostic.note(item.span, entry->inherited ? std::string("this is ") + traits(item).kind
                                                    : "declared by this spec itself");
      } else {
        suggest(diagnostic, drop.name.text,
                [&drop](const ast::Item& other) { return fits(drop.kind, other); });
      }
      return;
    }
    dropped_[entry->index] = true;
    table_.erase({space_of(drop.kind), drop.name.text});
  }

  void set(const ast::ExpectDecl& expect) {
    const Entry* entry = find(Space::kProperty, expect.name.text);
    if (entry == nullptr || !entry->inherited) {
      base::Diagnostic& diagnostic =
          fail(sink_.report(diag::unknown_expectation, expect.name.span, expect.name.text));
      if (entry != nullptr) {
        diagnostic.note(items_[entry->index].span, "declared by this spec itself");
        diagnostic.with_hint("write `[expect refuted \"why\"]` after its name there");
      } else {
        suggest(diagnostic, expect.name.text,
                [](const ast::Item& other) { return traits(other).space == Space::kProperty; });
      }
      return;
    }
    std::optional<ast::Expectation>* slot = std::visit(
        Overloaded{[](ast::InvariantDecl& d) { return &d.expectation; },
                   [](ast::PropertyDecl& d) { return &d.expectation; },
                   [](ast::LawDecl& d) { return &d.expectation; },
                   [](auto&) { return static_cast<std::optional<ast::Expectation>*>(nullptr); }},
        items_[entry->index].node);
    if (slot == nullptr) {
      fail(sink_.report(diag::cover_expectation, expect.name.span, expect.name.text))
          .with_hint("`drop cover` removes it");
      return;
    }
    if (!expect.refuted) {
      if (!slot->has_value()) {
        sink_.report(diag::expected_anyway, expect.name.span, expect.name.text);
      }
      slot->reset();
      return;
    }
    if (!expect.reason || expect.reason->value.empty()) {
      fail(sink_.report(diag::reason_missing, expect.name.span, expect.name.text))
          .with_hint("write the reason in quotes at the end of the line");
      return;
    }
    *slot = ast::Expectation{*expect.reason, expect.name.span};
  }

  template <typename Wanted>
  void suggest(base::Diagnostic& diagnostic, const std::string& word, Wanted wanted) {
    std::vector<std::string_view> names;
    for (const auto& [key, entry] : table_) {
      if (entry.inherited && wanted(items_[entry.index])) names.emplace_back(key.second);
    }
    if (const auto near = base::closest_name(word, names)) {
      diagnostic.with_hint("did you mean '" + std::string(*near) + "'?");
    }
  }

  std::vector<ast::Item> items_;
  std::vector<bool> dropped_;
  std::map<Key, Entry> table_;
  base::DiagSink& sink_;
  bool good_ = true;
};

// What only an heir can write.
std::optional<std::pair<const char*, base::Span>> needs_base(const ast::Item& item) {
  if (std::holds_alternative<ast::EditDecl>(item.node)) return {{"change", item.span}};
  if (std::holds_alternative<ast::DropDecl>(item.node)) return {{"drop", item.span}};
  if (std::holds_alternative<ast::ExpectDecl>(item.node)) return {{"expect", item.span}};
  if (std::holds_alternative<ast::DiffExpectDecl>(item.node)) return {{"expect", item.span}};
  return std::nullopt;
}

}  // namespace

bool merge(ast::File* base, ast::File& heir, base::DiagSink& sink) {
  if (base == nullptr) {
    bool good = true;
    for (const ast::Item& item : heir.items) {
      if (const auto misplaced = needs_base(item)) {
        sink.report(diag::nothing_inherited, misplaced->second, misplaced->first);
        good = false;
      }
    }
    return good;
  }
  Merger merger(std::move(base->items), sink);
  for (ast::Item& item : heir.items)
    merger.add(std::move(item));
  heir.items = merger.take();
  return merger.good();
}

}  // namespace gms::gen
