// SPDX-License-Identifier: GPL-3.0-or-later
// `secateur_words [FOLDER]` builds the dictionary and the word vectors of text/word_data.hpp from the packages dict-freedict-fra-eng,
// dict-freedict-eng-fra and wordnet-base. What a missing package would give is left out, and said.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/gzip.hpp"
#include "text/word_builder.hpp"
#include "text/word_data.hpp"

namespace {

namespace fs = std::filesystem;
using namespace secateur;

constexpr std::uint64_t most_bytes = 256 << 20;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto packed = memory_stream(bytes);
    return read_all(*unpacked_stream(*packed, path.string()), most_bytes, path.string());
}

/// Beside and renamed: a run that is stopped leaves the old file.
bool write_file(const fs::path& path, const std::string& bytes) {
    const fs::path beside = path.string() + ".new";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << bytes;
    file.close();
    if (!file) return false;
    fs::rename(beside, path);
    fmt::print("{}: {} bytes\n", path.string(), bytes.size());
    return true;
}

std::vector<DictionaryEntry> dictionary(const char* name) {
    const fs::path stem = fs::path("/usr/share/dictd") / name;
    if (!fs::exists(stem.string() + ".index")) {
        fmt::print(stderr, "secateur_words: no {}: install dict-{}\n", stem.string(), name);
        return {};
    }
    return read_dictd(read_file(stem.string() + ".index"), read_file(stem.string() + ".dict.dz"));
}

fs::path default_folder() {
    if (const char* home = std::getenv("XDG_DATA_HOME"); home && *home) return fs::path(home) / "secateur" / "data";
    const char* home = std::getenv("HOME");
    return fs::path(home ? home : ".") / ".local" / "share" / "secateur" / "data";
}

int build(const fs::path& folder) {
    fs::create_directories(folder);
    const auto from_french = dictionary("freedict-fra-eng"), from_english = dictionary("freedict-eng-fra");
    const std::string words = build_dictionary(from_french, from_english);
    bool written = true;
    if (!from_french.empty() || !from_english.empty()) written = write_file(folder / WordData::dictionary_name, words);
    std::vector<std::string> files;
    for (const char* part : {"noun", "verb", "adj", "adv"})
        if (const fs::path path = fs::path("/usr/share/wordnet/data.") += part; fs::exists(path)) files.push_back(read_file(path));
    if (files.empty()) fmt::print(stderr, "secateur_words: no /usr/share/wordnet: install wordnet-base\n");
    else written = write_file(folder / WordData::vectors_name, build_vectors(read_wordnet(files), words)) && written;
    if (!written) fmt::print(stderr, "secateur_words: cannot write to {}\n", folder.string());
    return written ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return build(count > 1 ? fs::path(arguments[1]) : default_folder());
    } catch (const Error& error) {
        fmt::print(stderr, "secateur_words: {}\n", error.what());
    } catch (const std::exception& error) {
        fmt::print(stderr, "secateur_words: {}\n", error.what());
    }
    return 1;
}
