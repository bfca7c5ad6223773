#include "corpus/phrase_joiner.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "corpus/phrases.h"

namespace word2vec {
namespace {

void add_new(std::vector<WordId>& to, const std::vector<WordId>& from) {
  for (const WordId id : from) {
    if (std::ranges::find(to, id) == to.end()) to.push_back(id);
  }
}

}  // namespace

PhraseTables::PhraseTables(const Phrases& phrases) : join_(phrases.options.join), joined_(phrases.passes.size()) {
  for (const PhrasePass& pass : phrases.passes) {
    for (const Phrase& phrase : pass.phrases) {
      words_.add(phrase.first);
      words_.add(phrase.second);
    }
  }
  for (WordId id = 0; id < words_.size(); ++id) first_words_.push_back({id});
  last_words_ = first_words_;
  for (std::size_t pass = 0; pass < joined_.size(); ++pass) add_pass(phrases, pass);
  first_words_ = last_words_ = {};
}

void PhraseTables::add_pass(const Phrases& phrases, std::size_t pass) {
  for (const Phrase& phrase : phrases.passes[pass].phrases) {
    const WordId a = words_.find(phrase.first), b = words_.find(phrase.second);
    joined_[pass].add(pair_of(a, b), std::uint64_t{words_.find(phrase.first + join_ + phrase.second)} + 1);
    for (const WordId last : last_words_[a]) {
      for (const WordId first : first_words_[b]) {
        if (crossing_.find(pair_of(last, first)) == 0) crossing_.add(pair_of(last, first));
      }
    }
  }
  // Only now: no part of a phrase of this pass was joined by this pass.
  for (const Phrase& phrase : phrases.passes[pass].phrases) {
    const WordId whole = words_.find(phrase.first + join_ + phrase.second);
    if (whole == dropped_word) continue;
    add_new(first_words_[whole], first_words_[words_.find(phrase.first)]);
    add_new(last_words_[whole], last_words_[words_.find(phrase.second)]);
  }
}

std::string_view PhraseJoiner::operator()(std::string_view text) {
  find_tokens(text);
  units_.resize(tokens_.size());
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) units_[i] = {tokens_[i].id, i};
  for (const PairTable& pass : tables_->joined_) join(pass);
  write(text);
  return {out_.data(), out_size_};
}

void PhraseJoiner::find_tokens(std::string_view text) {
  tokens_.clear();
  tokenizer_.start(text.data(), text.size());
  std::array<WordKey, Tokenizer::most_words> keys;
  while (tokenizer_.step()) {
    // First all keys, then all look-ups, so that the memory has the time in between to come near.
    const std::span<const Tokenizer::Word> found = tokenizer_.words();
    const WordTable::Places places = tables_->words_.places();
    for (std::size_t i = 0; i < found.size(); ++i) {
      keys[i] = WordKey::in_text(text.data() + found[i].begin, found[i].end - found[i].begin);
      places.ask_for(keys[i]);
    }
    std::size_t done = 0;
    const auto look_up = [&](std::size_t end) {
      for (; done < end; ++done) {
        const std::uint32_t begin = found[done].begin, length = found[done].end - begin;
        tokens_.push_back({begin, length, tables_->words_.find(keys[done], text.substr(begin, length)), false});
      }
    };
    for (const Tokenizer::LineEnd& end : tokenizer_.line_ends()) {
      look_up(end.words);
      tokens_.push_back({end.place, 0, sentence_end, false});
    }
    look_up(found.size());
  }
}

void PhraseJoiner::join(const PairTable& pass) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit unit = units_[i];
    if (i + 1 < units_.size() && unit.id < dropped_word && units_[i + 1].id < dropped_word) {
      if (const std::uint64_t whole = pass.find(pair_of(unit.id, units_[i + 1].id)); whole != 0) {
        tokens_[units_[++i].token].joined = true;
        ++joined_;
        unit.id = static_cast<WordId>(whole - 1);
      }
    }
    units_[kept++] = unit;
  }
  units_.resize(kept);
}

void PhraseJoiner::write(std::string_view text) {
  const std::string& join = tables_->join();
  // A word comes with a space or a join before it; the last one with a space behind it, if its line has no end.
  constexpr std::size_t copied_blindly = 16;
  const std::size_t room = text.size() + tokens_.size() * join.size() + 1 + copied_blindly;
  if (out_.size() < room) out_.resize(room);
  char* out = out_.data();
  bool line_begins = true;
  for (const Token& token : tokens_) {
    if (token.id == sentence_end) {
      *out++ = '\n';
      line_begins = true;
      continue;
    }
    if (token.joined) {
      out = std::copy(join.begin(), join.end(), out);
    } else if (!line_begins) {
      *out++ = ' ';
    }
    line_begins = false;
    const char* const word = text.data() + token.begin;
    if (token.length <= copied_blindly) {
      std::memcpy(out, word, copied_blindly);  // a fixed length is one instruction
    } else {
      std::memcpy(out, word, token.length);
    }
    out += token.length;
  }
  if (!line_begins) *out++ = ' ';
  out_size_ = static_cast<std::size_t>(out - out_.data());
}

std::size_t PhraseJoiner::place_to_cut(std::string_view text) const {
  WordId next = dropped_word;
  std::size_t next_begin = text.size(), end = text.size();
  for (bool any = false;; any = true) {
    while (end > 0 && Tokenizer::is_space(text[end - 1])) {
      if (text[--end] == '\n') return any ? next_begin : end + 1;
    }
    if (end == 0) return 0;
    std::size_t begin = end;
    while (begin > 0 && !Tokenizer::is_space(text[begin - 1])) --begin;
    const WordId id = tables_->words_.find(text.substr(begin, end - begin));
    const bool crossed = id < dropped_word && next < dropped_word && tables_->crossing_.find(pair_of(id, next)) != 0;
    if (any && !crossed) return next_begin;
    next = id;
    next_begin = end = begin;
  }
}

}  // namespace word2vec
