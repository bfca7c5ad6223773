// A page is whole, and nothing in its data can end or change its markup.
#include "corpus/page/page.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace word2vec {
namespace {

using Json = nlohmann::json;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++found;
  return found;
}

/// What a browser takes as the text of the script with the data: up to the first "</script".
std::string data_of(const std::string& page) {
  const std::string start = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(start) + start.size();
  return page.substr(from, page.find("</script", from) - from);
}

TEST(Page, AnyTextInTheDataComesBackAsItWasAndIsNeverMarkup) {
  for (const std::string text :
       {"</script><img src=x onerror=alert(1)>", "<!--<script>", "\"quotes\" and \\ and '", "line\nbreak\ttab",
        "\xE2\x80\xA8\xE2\x80\xA9", "{{data}} {{title}}", "]]>", "&lt;&amp;", "\xF0\x9F\x98\x80 \xE6\x9D\xB1\xE4\xBA\xAC"}) {
    const Json data = {{text, text}};
    const std::string page = to_html({"Title", "use(data);"}, data.dump());
    EXPECT_EQ(Json::parse(data_of(page)), data) << text;
    EXPECT_EQ(data_of(page).find('<'), std::string::npos) << text;
    EXPECT_EQ(count(page, "</script>"), count(to_html({"Title", "use(data);"}, "{}"), "</script>")) << text;
  }
}

TEST(Page, HoldsItsPartsAndAsksNothingOfTheNetwork) {
  const std::string page = to_html({"A title", "use(data);"}, "{}");
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("<title>A title</title>"), std::string::npos);
  EXPECT_NE(page.find("use(data);"), std::string::npos);
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find(WORD2VEC_VERSION), std::string::npos);
  EXPECT_EQ(count(page, "<script"), 4U);
  EXPECT_EQ(count(page, "</script>"), 4U);
  for (const char* fetched : {"src=\"", "@import", "url(", "{{"}) {
    EXPECT_EQ(page.substr(0, page.find("<script")).find(fetched), std::string::npos) << fetched;
  }
}

TEST(Page, TheNameDecides) {
  EXPECT_TRUE(is_html_name("run.html"));
  EXPECT_FALSE(is_html_name("run.json"));
  EXPECT_FALSE(is_html_name("html"));
}

}  // namespace
}  // namespace word2vec
