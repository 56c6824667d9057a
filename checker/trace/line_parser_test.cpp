#include "checker/trace/line_parser.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>

#include "checker/trace/line_check.h"

namespace gms::check {
namespace {

constexpr std::string_view kNames[] = {"seq",         "ret",       "errno",     "size",    "values",
                                       "fault.flags", "fault.gpa", "ptes.page", "ptes.pfn"};

const FieldTable& table() {
  static const FieldTable result = std::get<FieldTable>(FieldTable::make(kNames));
  return result;
}

// A value as text: the tests compare this.
std::string show(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kAbsent: return "absent";
    case ValueKind::kNull: return "null";
    case ValueKind::kBool: return value.as_bool().value() ? "true" : "false";
    case ValueKind::kUnsigned: return std::to_string(value.as_u64().value());
    case ValueKind::kNegative: return std::to_string(value.as_i64().value());
    case ValueKind::kString: return '"' + std::string(value.as_string().value()) + '"';
    case ValueKind::kArray: {
      std::string text = "[";
      for (const Value& element : value.elements())
        text += (text.size() > 1 ? "," : "") + show(element);
      return text + "]";
    }
    case ValueKind::kObject: return "object of " + std::to_string(value.size());
    case ValueKind::kObjectArray: return std::to_string(value.size()) + " objects";
  }
  return "?";
}

class LineParserTest : public testing::Test {
 protected:
  // Everything that the record says, fields in the order of the line; or "refused". The checker
  // must agree, and so must the other way in which lines are read: by the shape of an earlier one.
  std::string parse(std::string_view text) {
    buffer_ = std::string(text) + '\n' + std::string(LineParser::kPadding, '}');
    const std::string_view line(buffer_.data(), text.size());
    const std::string before = parse_known(line);
    Record record;
    const bool good = parser_.parse(line, record);
    EXPECT_EQ(good, !check_line(line).has_value()) << text;
    const std::string result = good ? show(record) : "refused";
    EXPECT_EQ(record.text, text);
    for (const std::string& known : {before, parse_known(line)}) {
      if (known.empty()) continue;
      EXPECT_EQ(known, result) << text;
      ++known_;
    }
    return result;
  }

  // Empty if the line is not of a known shape.
  std::string parse_known(std::string_view line) {
    Record record;
    const char* const end = parser_.parse_known(line.data(), record);
    if (end != line.data() + line.size()) return "";
    EXPECT_EQ(record.text, line);
    return show(record);
  }

  static std::string show(const Record& record) {
    std::string result;
    for (const FieldIndex field : record.order) {
      result +=
          (result.empty() ? "" : " ") + table().name(field) + "=" + check::show(record[field]);
      EXPECT_NE(record.presence[field / 64] >> (field % 64) & 1, 0u);
    }
    for (const UnknownField& field : record.unknown) {
      result += " ?";
      if (field.container != kNoField) result += table().name(field.container) + ".";
      result += field.name;
    }
    std::size_t present = 0;
    for (const Value& value : record.slots)
      present += value.present() ? 1 : 0;
    EXPECT_EQ(present, record.order.size());
    std::size_t marked = 0;
    for (const std::uint64_t word : record.presence)
      marked += static_cast<std::size_t>(std::popcount(word));
    EXPECT_EQ(present, marked);
    EXPECT_EQ(record.op, record[table().op()].as_string());
    return result;
  }

  std::string buffer_;
  LineParser parser_{table()};
  std::size_t known_ = 0;  // how often a line was read by its shape
};

TEST_F(LineParserTest, ScalarsOfEachKind) {
  EXPECT_EQ(parse(R"({"seq":0,"op":"close","ret":-1,"errno":"EBADF","size":true})"),
            R"(seq=0 op="close" ret=-1 errno="EBADF" size=true)");
  EXPECT_EQ(parse(R"({"op":"","errno":null,"size":false})"), R"(op="" errno=null size=false)");
}

TEST_F(LineParserTest, IntegersToTheEndsOfTheirRange) {
  EXPECT_EQ(
      parse(
          R"({"op":"x","size":18446744073709551615,"ret":-9223372036854775808,"seq":9223372036854775808})"),
      R"(op="x" size=18446744073709551615 ret=-9223372036854775808 seq=9223372036854775808)");
  EXPECT_EQ(parse(R"({"op":"x","size":-0})"), R"(op="x" size=0)");
  for (const char* number :
       {"18446744073709551616", "-9223372036854775809", "99999999999999999999999", "1.5", "1e3",
        "1E3", "01", "-", "-01", "+1", ".5", "0x10", "NaN", "1_000", "--1", "1-"})
    EXPECT_EQ(parse(R"({"op":"x","size":)" + std::string(number) + "}"), "refused") << number;
}

TEST_F(LineParserTest, StringsAreResolvedOnlyWhenNeeded) {
  const std::string_view line = R"({"op":"note","errno":"plain"})";
  ASSERT_EQ(parse(line), R"(op="note" errno="plain")");
  EXPECT_EQ(parse(R"({"o\u0070":"no\tte","errno":"a\"b\\","size":"\u00e9"})"),
            "op=\"no\tte\" errno=\"a\"b\\\" size=\"\xc3\xa9\"");
  EXPECT_EQ(parse(R"({"op":"x","\\":1,"\"":2})"), R"(op="x" ?\ ?")");
  EXPECT_EQ(parse(R"({"op":"x","errno":"\q"})"), "refused");
  EXPECT_EQ(parse(R"({"op":"x","\q":1})"), "refused");
}

TEST_F(LineParserTest, ArraysAndNestedObjects) {
  EXPECT_EQ(parse(R"({"op":"pin_read","values":[ 1 , null,-2,"s",true]})"),
            R"(op="pin_read" values=[1,null,-2,"s",true])");
  EXPECT_EQ(parse(R"({"op":"x","values":[]})"), R"(op="x" values=[])");
  EXPECT_EQ(parse(R"({"op":"x","fault":{"flags":8,"gpa":4096,"len":1}})"),
            R"(op="x" fault=object of 3 fault.flags=8 fault.gpa=4096 ?fault.len)");
  EXPECT_EQ(parse(R"({"op":"x","fault":{},"values":{"flags":1}})"),
            R"(op="x" fault=object of 0 values=object of 1 ?values.flags)");
  EXPECT_EQ(parse(R"({"op":"x","fault":3})"), R"(op="x" fault=3)");
  EXPECT_EQ(parse(R"({"op":"x","fault.flags":3})"), R"(op="x" ?fault.flags)");
}

TEST_F(LineParserTest, ArraysOfObjectsBecomeColumns) {
  EXPECT_EQ(
      parse(R"({"op":"x","ptes":[{"page":0,"pfn":7},{"pfn":8},{"page":2},{}],"seq":1})"),
      R"(op="x" ptes=4 objects ptes.page=[0,absent,2,absent] ptes.pfn=[7,8,absent,absent] seq=1)");
  EXPECT_EQ(parse(R"({"op":"x","ptes":[{"a":0,"page":1},{"a":1}]})"),
            R"(op="x" ptes=2 objects ptes.page=[1,absent] ?ptes.a)");
  EXPECT_EQ(parse(R"({"op":"x","other":[{"a":0},{"a":1}]})"), R"(op="x" ?other)");
  for (const char* array :
       {R"([{"page":1,"page":1}])", R"([{},{"page":1,"page":1}])", R"([{"a":1,"a":1}])",
        R"([1,{}])", R"([{},1])", R"([[1]])", R"([{"page":[1]}])", R"([{"page":{}}])"}) {
    EXPECT_EQ(parse(R"({"op":"x","ptes":)" + std::string(array) + "}"), "refused") << array;
    EXPECT_EQ(parse(R"({"op":"x","other":)" + std::string(array) + "}"), "refused") << array;
  }
}

TEST_F(LineParserTest, UnknownFieldsAreNamed) {
  EXPECT_EQ(parse(R"({"op":"x","new":1,"":[1],"more":{"a":1}})"), R"(op="x" ?new ? ?more)");
}

TEST_F(LineParserTest, NamesMustNotRepeat) {
  for (const char* line :
       {R"({"op":"x","seq":1,"seq":1})", R"({"op":"x","op":"x"})", R"({"op":"x","q":1,"q":1})",
        R"({"op":"x","seq":1,"s\u0065q":1})", R"({"op":"x","q":1,"\u0071":1})",
        R"({"op":"x","fault":{"gpa":1,"gpa":2}})", R"({"op":"x","fault":{},"fault":{}})",
        R"({"op":"x","other":{"a":1,"a":2}})", R"({"op":"x","values":[],"values":[]})"})
    EXPECT_EQ(parse(line), "refused") << line;
  // The same name in two objects is fine, and a refused line leaves nothing behind.
  EXPECT_EQ(parse(R"({"op":"x","gpa":1,"fault":{"gpa":2}})"),
            R"(op="x" fault=object of 1 fault.gpa=2 ?gpa)");
}

TEST_F(LineParserTest, ALineIsOneObjectWithAStringOp) {
  for (const char* line : {"",
                           " ",
                           "{}",
                           "[]",
                           "1",
                           "\"op\"",
                           "null",
                           R"({"seq":1})",
                           R"({"op":1})",
                           R"({"op":null})",
                           R"({"op":["x"]})",
                           R"({"op":{"op":"x"}})",
                           R"({"op":"x"} {})",
                           R"({"op":"x"}x)",
                           R"({"op":"x"}})",
                           R"({"op":"x")",
                           R"({"op":"x",})",
                           R"({"op" "x"})",
                           R"({op:"x"})",
                           R"({"op":})",
                           R"({"op":"x","a":{})",
                           R"({"op":"x","a":[})",
                           R"({"op":"x" "a":1})",
                           R"({"op":"x","a":tru})",
                           R"({"op":"x","a":nul})",
                           R"({"op":"x","a":nullx})",
                           R"({"op":"x","a":truefalse})",
                           R"({"op":"x","a":{"b":{}}})",
                           R"({"op":"x","a":{"b":[]}})",
                           R"({'op':'x'})",
                           "{\"op\":\"x\ty\"}",
                           "{\"op\":\"\xff\"}",
                           "{\"op\":\"\xed\xa0\x80\"}",
                           "\xef\xbb\xbf{\"op\":\"x\"}",
                           "{\"op\":\"x\"}\v",
                           R"({"op":"x"},)",
                           R"({"op":"x"}])"})
    EXPECT_EQ(parse(line), "refused") << line;
  EXPECT_EQ(parse(" { \"op\" : \"x\" , \"values\" : [ { } , { } ] } \r"),
            R"(op="x" values=2 objects)");
}

TEST_F(LineParserTest, NulBytesAreRefusedWhereverTheyStand) {
  const std::string line = R"({"op":"x","seq":1,"errno":null,"size":[true,2]})";
  for (std::size_t at = 0; at <= line.size(); ++at) {
    std::string damaged = line;
    damaged.insert(at, 1, '\0');
    EXPECT_EQ(parse(damaged), "refused") << at;
  }
}

TEST_F(LineParserTest, EveryPrefixOfALineIsRefused) {
  const std::string line =
      R"({"seq":12,"op":"x\n","fault":{"gpa":1},"ptes":[{"page":1}],"values":[1,null],"q":"\u00e9"})";
  ASSERT_NE(parse(line), "refused");
  for (std::size_t size = 0; size < line.size(); ++size)
    EXPECT_EQ(parse(line.substr(0, size)), "refused") << size;
}

TEST_F(LineParserTest, EachReplacedByteIsJudgedAlike) {
  // parse() compares the two parsers for each damage.
  const std::string line =
      R"({"seq":12,"op":"x\n","fault":{"gpa":-1},"ptes":[{"page":1}],"values":[1,null,true]})";
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (const char c : std::string("\"\\{}[]:,0-9.eunt \t\x01\x80\xff", 22)) {
      std::string damaged = line;
      damaged[at] = c;
      parse(damaged);
    }
  }
}

TEST_F(LineParserTest, LimitsOfNamesAndElements) {
  const auto fields = [](int count) {
    std::string text = R"({"op":"x")";
    for (int i = 1; i < count; ++i)
      text += ",\"f" + std::to_string(i) + "\":" + std::to_string(i);
    return text + "}";
  };
  EXPECT_NE(parse(fields(256)), "refused");
  EXPECT_EQ(parse(fields(257)), "refused");
  const auto columns = [](int count) {
    std::string text = R"({"op":"x","ptes":[{"page":1},{"page":2})";
    for (int i = 1; i < count; ++i)
      text += ",{\"f" + std::to_string(i) + "\":" + std::to_string(i) + "}";
    return text + "]}";
  };
  EXPECT_NE(parse(columns(256)), "refused");
  EXPECT_EQ(parse(columns(257)), "refused");
  const auto elements = [](std::size_t count) {
    std::string text = R"({"op":"x","values":[0)";
    for (std::size_t i = 1; i < count; ++i)
      text += ",0";
    return text + "]}";
  };
  EXPECT_NE(parse(elements(1u << 20)), "refused");
  EXPECT_EQ(parse(elements((1u << 20) + 1)), "refused");
}

TEST_F(LineParserTest, ShapesOfAnOpMayChange) {
  EXPECT_EQ(parse(R"({"seq":1,"op":"a","ret":0,"errno":null})"),
            R"(seq=1 op="a" ret=0 errno=null)");
  EXPECT_EQ(parse(R"({"seq":2,"op":"a","ret":-1,"size":3,"errno":"EIO"})"),
            R"(seq=2 op="a" ret=-1 size=3 errno="EIO")");
  EXPECT_EQ(parse(R"({"op":"a","seq":3,"errno":null})"), R"(op="a" seq=3 errno=null)");
  EXPECT_EQ(parse(R"({"seq":4,"op":"b","errno":null,"ret":0})"),
            R"(seq=4 op="b" errno=null ret=0)");
}

// A line of one of several ops, each of which has a few shapes. Without white space.
std::string random_line(std::mt19937& random) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const auto scalar = [&]() -> std::string {
    switch (below(8)) {
      case 0: return "null";
      case 1: return below(2) == 0 ? "true" : "false";
      case 2: return "\"EFAULT\"";
      case 3: return '"' + std::string(below(40), 'x') + '"';
      case 4: return "-" + std::to_string(below(100));
      case 5: return std::to_string(below(2));
      default: return std::to_string(random() * std::uint64_t{random()} >> below(64));
    }
  };
  const auto list = [&](std::string before, std::size_t most, const auto& element, char after) {
    for (std::size_t count = 1 + below(most), i = 0; i < count; ++i)
      before += (i == 0 ? "" : ",") + element();
    return before + after;
  };
  const auto object = [&](std::string first, std::string second) {
    return "{\"" + first + "\":" + scalar() + ",\"" + second + "\":" + scalar() + "}";
  };
  const std::size_t op = below(12);
  std::string line = "{\"seq\":" + std::to_string(random() % 100'000);
  if (op == 11) line += ",\"size\":" + scalar();
  line += ",\"op\":\"op" + std::to_string(op) + '"';
  if (op % 2 == 0) line += ",\"size\":" + scalar();
  if (op % 3 == 0) line += ",\"values\":" + list("[", 5, scalar, ']');
  if (op % 4 == 1 && below(2) == 0) line += ",\"fault\":" + object("flags", "gpa");
  if (op % 5 == 1)
    line += ",\"ptes\":" + list(
                               "[", 3, [&] { return object("page", "pfn"); }, ']');
  if (op == 7 && below(4) == 0) line += ",\"other\":" + scalar();
  if (below(8) != 0) line += ",\"ret\":" + scalar() + ",\"errno\":" + scalar();
  return line + "}";
}

TEST_F(LineParserTest, LinesAreReadAlikeByShapeAndByTheJsonParser) {
  // parse() compares them.
  std::mt19937 random(11);
  for (int round = 0; round < 20'000 && !HasFailure(); ++round)
    EXPECT_NE(parse(random_line(random)), "refused");
  EXPECT_GT(known_, 30'000u);
}

TEST_F(LineParserTest, DamagedLinesAreReadAlikeByShapeAndByTheJsonParser) {
  const std::string_view bytes = "\"\\{}[]:,0123456789-truefalsn eE.+\t\x01\x7f\xc3\xa9\xff";
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (int round = 0; round < 40'000 && !HasFailure(); ++round) {
    std::string line = random_line(random);
    for (std::size_t changes = below(4); changes > 0; --changes) {
      const std::size_t at = below(line.size());
      switch (below(4)) {
        case 0: line[at] = bytes[below(bytes.size())]; break;
        case 1: line.insert(at, 1, bytes[below(bytes.size())]); break;
        case 2: line.insert(at, line.substr(below(line.size()), below(20))); break;
        default: line.erase(at, 1 + below(3));
      }
    }
    parse(line);
  }
}

}  // namespace
}  // namespace gms::check
