// Puts the parts of a page together. Refuses to know what is reported.
#include "corpus/page/page.h"

#include <initializer_list>
#include <utility>

#include "corpus/page/chart_js.h"
#include "corpus/page/chart_license_txt.h"
#include "corpus/page/page_css.h"
#include "corpus/page/page_html.h"
#include "corpus/page/page_js.h"

namespace word2vec {
namespace {

/// JSON that may stand in a <script>: an HTML parser looks there for "</script" and "<!--" alone, and a JSON parser reads the
/// escape as the same character.
std::string inside_script(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) c == '<' ? safe.append("\\u003c") : safe.append(1, c);
  return safe;
}

/// `text` with every `{{name}}` replaced. What is put in is not looked through again.
std::string filled(std::string_view text, std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  std::string result;
  for (std::size_t mark; (mark = text.find("{{")) != std::string_view::npos;) {
    result += text.substr(0, mark);
    const std::string_view name = text.substr(mark + 2, text.find("}}", mark) - mark - 2);
    for (const auto& [known, part] : parts) {
      if (known == name) result += part;
    }
    text.remove_prefix(mark + name.size() + 4);
  }
  return result.append(text);
}

}  // namespace

std::string to_html(const Page& page, std::string_view json) {
  return filled(page_html, {{"title", page.title},
                            {"style", page_css},
                            {"library", chart_js},
                            {"license", chart_js.empty() ? std::string_view() : chart_license_txt},
                            {"version", WORD2VEC_VERSION},
                            {"functions", page_js},
                            {"script", page.script},
                            {"data", inside_script(json)}});
}

bool is_html_name(std::string_view path) { return path.ends_with(".html"); }

}  // namespace word2vec
