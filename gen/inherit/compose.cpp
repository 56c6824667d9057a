// Finding and reading the files. How two specs become one is decided in merge.cpp.
#include "gen/inherit/compose.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "gen/inherit/merge.h"
#include "gen/inherit/messages.h"
#include "gen/syntax/parse.h"

namespace gms::gen {

namespace diag = inherit::diag;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLevels = 64;

// Identifies a file whatever way leads to it, as far as the path alone can tell.
std::string normal(const std::string& path) {
  return fs::path(path).lexically_normal().string();
}

std::string beside(const std::string& file, const std::string& relative) {
  return (fs::path(file).parent_path() / relative).lexically_normal().string();
}

class Composer {
 public:
  Composer(base::SourceSet& sources, base::DiagSink& sink, const ReadFile& read,
           const std::string& shipped)
      : sources_(sources), sink_(sink), read_(read), shipped_(shipped) {}

  // `wanted`: the name behind `extends`; null for the spec that was asked for.
  std::optional<ast::File> spec(const std::string& path, const ast::Name* wanted) {
    const base::Span from = wanted != nullptr ? wanted->span : base::Span{};
    if (std::find(chain_.begin(), chain_.end(), normal(path)) != chain_.end()) {
      base::Diagnostic& diagnostic = sink_.report(diag::extends_itself, from, wanted->text);
      if (chain_.size() > 1) diagnostic.note("the chain: " + chain_text(path));
      return std::nullopt;
    }
    if (chain_.size() == kMaxLevels) {
      sink_.report(diag::too_many_levels, from, kMaxLevels);
      return std::nullopt;
    }
    const std::optional<base::FileId> id = open(path, from);
    if (!id) return std::nullopt;
    std::optional<ast::File> file = parse_spec(*id, sources_, sink_);
    if (!file) return std::nullopt;

    bool good = true;
    if (wanted != nullptr && file->name.text != wanted->text) {
      sink_.report(diag::other_spec_name, from, path, file->name.text, wanted->text)
          .note(file->name.span, "it says so here");
      good = false;
    }
    included_ = {normal(path)};
    include_stack_ = {normal(path)};
    good = expand(path, file->items) && good;

    if (!file->extends) {
      const bool merged = merge(nullptr, *file, sink_);
      if (!merged || !good) return std::nullopt;
      return file;
    }
    chain_.push_back(normal(path));
    const std::string base_path = base_of(path, file->extends->text + ".gms");
    std::optional<ast::File> base = spec(base_path, &*file->extends);
    chain_.pop_back();
    if (!base || !good) return std::nullopt;
    if (!merge(&*base, *file, sink_)) return std::nullopt;
    return file;
  }

 private:
  // Beside the heir, else among the shipped specs.
  std::string base_of(const std::string& heir, const std::string& name) const {
    std::string path = beside(heir, name);
    if (shipped_.empty() || read_(path).text) return path;
    const std::string shipped = normal(shipped_ + '/' + name);
    return read_(shipped).text ? shipped : path;
  }

  std::optional<base::FileId> open(const std::string& path, base::Span from) {
    base::ReadResult read = read_(path);
    if (!read.text) {
      sink_.report(diag::unreadable_spec, from, path, read.error);
      return std::nullopt;
    }
    return sources_.add(path, std::move(*read.text));
  }

  // Replaces each `include` by the file's items. False: something was wrong, and said.
  bool expand(const std::string& path, std::vector<ast::Item>& items) {
    bool good = true;
    std::vector<ast::Item> all;
    all.reserve(items.size());
    for (ast::Item& item : items) {
      const auto* include = std::get_if<ast::IncludeDecl>(&item.node);
      if (include == nullptr) {
        all.push_back(std::move(item));
        continue;
      }
      std::optional<std::vector<ast::Item>> part = part_of(path, include->path);
      good = good && part.has_value();
      if (part) std::move(part->begin(), part->end(), std::back_inserter(all));
    }
    items = std::move(all);
    return good;
  }

  std::optional<std::vector<ast::Item>> part_of(const std::string& path,
                                                const ast::Text& relative) {
    if (relative.value.empty() || relative.value.find('\0') != std::string::npos) {
      sink_.report(diag::bad_path, relative.span, relative.value);
      return std::nullopt;
    }
    const std::string part_path = beside(path, relative.value);
    const std::string key = normal(part_path);
    if (std::find(include_stack_.begin(), include_stack_.end(), key) != include_stack_.end()) {
      sink_.report(diag::includes_itself, relative.span, part_path);
      return std::nullopt;
    }
    if (!included_.insert(key).second) {
      sink_.report(diag::included_twice, relative.span, part_path);
      return std::nullopt;
    }
    if (include_stack_.size() == kMaxLevels) {
      sink_.report(diag::too_many_levels, relative.span, kMaxLevels);
      return std::nullopt;
    }
    const std::optional<base::FileId> id = open(part_path, relative.span);
    if (!id) return std::nullopt;
    std::optional<std::vector<ast::Item>> items = parse_part(*id, sources_, sink_);
    if (!items) return std::nullopt;
    include_stack_.push_back(key);
    const bool good = expand(part_path, *items);
    include_stack_.pop_back();
    if (!good) return std::nullopt;
    return items;
  }

  std::string chain_text(const std::string& last) const {
    std::string text;
    for (const std::string& path : chain_)
      text += path + " -> ";
    return text + normal(last);
  }

  base::SourceSet& sources_;
  base::DiagSink& sink_;
  const ReadFile& read_;
  const std::string& shipped_;
  std::vector<std::string> chain_;          // specs from the asked one to the current one's heir
  std::vector<std::string> include_stack_;  // of the current spec
  std::set<std::string> included_;          // in the current spec
};

}  // namespace

std::optional<ast::File> compose(const std::string& path, base::SourceSet& sources,
                                 base::DiagSink& sink, const ReadFile& read,
                                 const std::string& shipped) {
  return Composer(sources, sink, read, shipped).spec(path, nullptr);
}

std::optional<ast::File> compose(const std::string& path, base::SourceSet& sources,
                                 base::DiagSink& sink, const std::string& shipped) {
  return compose(
      path, sources, sink, [](const std::string& file) { return base::read_file(file); }, shipped);
}

}  // namespace gms::gen
