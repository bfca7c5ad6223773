// A report as one HTML file that needs nothing beside it: no network, no other file. Knows the frame, the style and the plotting
// library; refuses to know what is reported.
#pragma once

#include <string>
#include <string_view>

namespace word2vec {

/// What makes one kind of page.
struct Page {
  std::string_view title;   ///< plain text without markup
  std::string_view script;  ///< fills the page from `data`, with the functions of page.js; trusted text of ours
};

/// The whole file, in UTF-8. `json` is the page's data, one JSON value in valid UTF-8, and may hold any text in its strings:
/// none of it is ever read as markup. Without Chart.js in this program, the page shows its tables and says why it has no plots.
std::string to_html(const Page& page, std::string_view json);

/// Whether an output's name asks for a page: it ends in ".html".
bool is_html_name(std::string_view path);

}  // namespace word2vec
