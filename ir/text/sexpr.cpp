#include "ir/text/sexpr.h"

#include <cstddef>
#include <iterator>

#include "ir/messages.h"

namespace gms::ir {
namespace {

constexpr std::size_t kColumns = 100;

bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '[' ||
         c == ']' || c == '"' || c == ';';
}

class Reader {
 public:
  Reader(std::string_view text, base::FileId file, base::DiagSink& sink)
      : text_(text), file_(file), sink_(sink) {}

  // Iterative: the stack of open lists is on the heap, its depth bounded by kMaxNesting.
  std::optional<std::vector<Sexpr>> read() {
    for (;;) {
      skip_blank();
      if (at_ == text_.size()) break;
      const std::size_t begin = at_;
      const char c = text_[at_];
      if (c == '(' || c == '[') {
        if (open_.size() == static_cast<std::size_t>(kMaxNesting)) {
          return fail(begin, begin + 1, "lists are nested too deeply");
        }
        ++at_;
        open_.push_back({c, begin, read_.size()});
      } else if (c == ')' || c == ']') {
        ++at_;
        if (open_.empty()) return fail(begin, at_, "a list is closed that was not opened");
        if ((open_.back().bracket == '(') != (c == ')')) {
          return fail(begin, at_, "'(' and '[' are mixed up");
        }
        close();
      } else if (c == '"') {
        Sexpr& form = read_.emplace_back();
        form.kind = Sexpr::Kind::kText;
        if (!read_text(form.text)) return fail(begin, at_, "a quoted text does not end");
        form.span = span(begin, at_);
      } else {
        while (at_ < text_.size() && !ends_word(text_[at_]))
          ++at_;
        Sexpr& form = read_.emplace_back();
        form.text = text_.substr(begin, at_ - begin);
        form.span = span(begin, at_);
      }
    }
    if (!open_.empty()) {
      return fail(open_.back().begin, open_.back().begin + 1, "this list is not closed");
    }
    return std::move(read_);
  }

 private:
  base::Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::nullopt_t fail(std::size_t begin, std::size_t end, std::string_view why) {
    sink_.report(diag::gir_syntax, span(begin, end), why);
    return std::nullopt;
  }

  // The items of the list are only now moved to it: their number is known.
  void close() {
    const OpenList list = open_.back();
    open_.pop_back();
    const auto first = read_.begin() + static_cast<std::ptrdiff_t>(list.first_item);
    Sexpr form;
    form.kind = list.bracket == '(' ? Sexpr::Kind::kRound : Sexpr::Kind::kSquare;
    form.span = span(list.begin, at_);
    form.items.assign(std::make_move_iterator(first), std::make_move_iterator(read_.end()));
    read_.erase(first, read_.end());
    read_.push_back(std::move(form));
  }

  void skip_blank() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ';') {
        while (at_ < text_.size() && text_[at_] != '\n')
          ++at_;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool read_text(std::string& out) {
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\') {
        if (++at_ == text_.size()) return false;
        c = text_[at_];
        if (c == 'n') c = '\n';
      }
      out += c;
    }
    return false;
  }

  std::string_view text_;
  base::FileId file_;
  base::DiagSink& sink_;
  std::size_t at_ = 0;

  struct OpenList {
    char bracket;
    std::size_t begin;       // in the text
    std::size_t first_item;  // in read_
  };
  std::vector<OpenList> open_;
  std::vector<Sexpr> read_;  // the items of all open lists, and the forms before them
};

std::string flat_leaf(const Sexpr& form) {
  if (form.kind == Sexpr::Kind::kWord) return form.text;
  std::string out = "\"";
  for (char c : form.text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void write(const Sexpr& form, std::size_t indent) {
    if (!form.is_list()) {
      out_ += flat_leaf(form);
      return;
    }
    const bool round = form.kind == Sexpr::Kind::kRound;
    const std::size_t start = out_.size();
    if (flat(form, kColumns > indent ? kColumns - indent : 0)) return;
    out_.resize(start);
    out_ += round ? '(' : '[';
    // Words that follow the head stay on its line.
    std::size_t i = 0;
    for (; i < form.items.size() && (i == 0 || !form.items[i].is_list()); ++i) {
      if (i > 0) out_ += ' ';
      write(form.items[i], indent + 1);
    }
    for (; i < form.items.size(); ++i) {
      out_ += '\n';
      out_.append(indent + 2, ' ');
      write(form.items[i], indent + 2);
    }
    out_ += round ? ')' : ']';
  }

 private:
  // On one line of at most `room` characters, or not at all; then the output holds a part of it.
  bool flat(const Sexpr& form, std::size_t room) {
    const std::size_t limit = out_.size() + room;
    return append_flat(form, limit);
  }
  bool append_flat(const Sexpr& form, std::size_t limit) {
    if (!form.is_list()) {
      out_ += flat_leaf(form);
      return out_.size() <= limit;
    }
    const bool round = form.kind == Sexpr::Kind::kRound;
    out_ += round ? '(' : '[';
    bool first = true;
    for (const Sexpr& item : form.items) {
      if (!first) out_ += ' ';
      first = false;
      if (!append_flat(item, limit)) return false;
    }
    out_ += round ? ')' : ']';
    return out_.size() <= limit;
  }

  std::string& out_;
};

}  // namespace

Sexpr word(std::string text) {
  Sexpr form;
  form.text = std::move(text);
  return form;
}

Sexpr text_of(std::string text) {
  Sexpr form = word(std::move(text));
  form.kind = Sexpr::Kind::kText;
  return form;
}

Sexpr list(std::vector<Sexpr> items) {
  Sexpr form;
  form.kind = Sexpr::Kind::kRound;
  form.items = std::move(items);
  return form;
}

std::optional<std::vector<Sexpr>> read_sexprs(std::string_view text, base::FileId file,
                                              base::DiagSink& sink) {
  return Reader(text, file, sink).read();
}

void write_sexpr(const Sexpr& form, std::string& out) {
  Writer(out).write(form, 0);
  out += '\n';
}

}  // namespace gms::ir
