#include "base/render_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/test_catalog.h"

namespace gms::base {
namespace {

TEST(RenderJson, carries_all_parts) {
  SourceSet sources;
  const FileId file = sources.add("a.gms", "\u00e9 owner\n");
  DiagSink sink;
  sink.report(test_diag::duplicate_state, {file, 3, 8}, "owner")
      .note("a remark")
      .with_hint("rename it");
  const auto json = nlohmann::json::parse(render_json(sink, sources));
  EXPECT_EQ(json["errors"], 1);
  EXPECT_EQ(json["not_shown"], 0);
  const auto& d = json["diagnostics"][0];
  EXPECT_EQ(d["severity"], "error");
  EXPECT_EQ(d["code"], "E9001");
  EXPECT_EQ(d["name"], "duplicate_state");
  EXPECT_EQ(d["message"], "state 'owner' is declared twice");
  EXPECT_EQ(d["args"], nlohmann::json::array({"owner"}));
  EXPECT_EQ(d["location"]["file"], "a.gms");
  EXPECT_EQ(d["location"]["line"], 1);
  EXPECT_EQ(d["location"]["column"], 3);
  EXPECT_EQ(d["location"]["end_column"], 8);
  EXPECT_EQ(d["location"]["begin"], 3);
  EXPECT_EQ(d["notes"][0]["message"], "a remark");
  EXPECT_TRUE(d["notes"][0]["location"].is_null());
  EXPECT_EQ(d["hint"], "rename it");
}

TEST(RenderJson, is_valid_json_for_any_bytes) {
  SourceSet sources;
  const FileId file = sources.add("\xff\"\n.gms", "\xff");
  DiagSink sink;
  sink.report(test_diag::unused_name, {file, 0, 1}, std::string_view("\xff\0\x1b", 3));
  const auto json = nlohmann::json::parse(render_json(sink, sources));
  EXPECT_EQ(json["warnings"], 1);
  EXPECT_TRUE(json["diagnostics"][0]["hint"].is_null());
}

TEST(RenderJson, no_diagnostics_is_an_empty_list) {
  const auto json = nlohmann::json::parse(render_json(DiagSink(), SourceSet()));
  EXPECT_TRUE(json["diagnostics"].is_array());
  EXPECT_TRUE(json["diagnostics"].empty());
}

}  // namespace
}  // namespace gms::base
