// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/text.hpp"

namespace secateur {
namespace {

constexpr std::string_view dictionary_head = "# secateur dictionary 1\n", vectors_head = "secateur vectors 1\n";

std::vector<char> bytes_of(const std::filesystem::path& path) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path, missing);
    if (missing || size > std::uintmax_t{1} << 30) return {};
    std::vector<char> bytes(size);
    std::ifstream file(path, std::ios::binary);
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return {};
    return bytes;
}
std::string_view view(const std::vector<char>& bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

std::string word_key(std::string_view stems, Language language) {
    return (language == Language::french ? "fr " : "en ") + std::string(stems);
}

WordData::WordData(const std::filesystem::path& folder)
    : dictionary_(bytes_of(folder / dictionary_name)), vectors_(bytes_of(folder / vectors_name)) {
    read_dictionary();
    read_vectors();
}

WordData::WordData(std::string dictionary, std::string vectors)
    : dictionary_(dictionary.begin(), dictionary.end()), vectors_(vectors.begin(), vectors.end()) {
    read_dictionary();
    read_vectors();
}

void WordData::read_dictionary() {
    std::string_view text = view(dictionary_);
    if (!text.starts_with(dictionary_head)) return;
    text.remove_prefix(dictionary_head.size());
    for (const std::string_view line : split(text, '\n'))
        if (line.find('\t') != std::string_view::npos) entries_.push_back(line);
    if (!std::is_sorted(entries_.begin(), entries_.end())) entries_.clear();
}

void WordData::read_vectors() {
    std::string_view text = view(vectors_);
    if (!text.starts_with(vectors_head)) return;
    text.remove_prefix(vectors_head.size());
    const std::size_t end_of_size = text.find('\n');
    const auto length = end_of_size == std::string_view::npos ? std::nullopt : parse_integer(text.substr(0, end_of_size));
    if (!length) return;
    text.remove_prefix(end_of_size + 1);
    if (*length < 0 || static_cast<std::size_t>(*length) > text.size()) return;
    std::vector<std::string_view> keys = split(text.substr(0, static_cast<std::size_t>(*length)), '\n');
    if (!keys.empty() && keys.back().empty()) keys.pop_back();
    text.remove_prefix(static_cast<std::size_t>(*length));
    if (text.size() != keys.size() * dimensions || !std::is_sorted(keys.begin(), keys.end())) return;
    keys_ = std::move(keys);
    values_ = {reinterpret_cast<const std::int8_t*>(text.data()), text.size()};
}

std::vector<std::string_view> WordData::translations(std::string_view stems, Language from) const {
    const std::string key = word_key(stems, from) + '\t';
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), key);
    if (found == entries_.end() || !found->starts_with(key)) return {};
    return split(found->substr(key.size()), ';');
}

std::span<const std::int8_t> WordData::vector(std::string_view stem, Language language) const {
    const std::string key = word_key(stem, language);
    const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
    if (found == keys_.end() || *found != key) return {};
    return values_.subspan(static_cast<std::size_t>(found - keys_.begin()) * dimensions, dimensions);
}

std::string WordData::vectors_file(const std::vector<std::string>& keys, const std::vector<std::int8_t>& values) {
    std::string names;
    for (const std::string& key : keys) names += key + '\n';
    return fmt::format("{}{}\n{}{}", vectors_head, names.size(), names,
                       std::string_view(reinterpret_cast<const char*>(values.data()), values.size()));
}

}  // namespace secateur
