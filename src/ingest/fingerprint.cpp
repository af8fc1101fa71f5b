// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "base/hash.hpp"

namespace secateur {
namespace {

void add_all(Fingerprint& fingerprint, ByteStream& stream, std::vector<char>& buffer) {
    for (std::size_t count = stream.read(buffer); count > 0; count = stream.read(buffer)) fingerprint.add({buffer.data(), count});
}

bool add_files(Fingerprint& fingerprint, std::span<const std::filesystem::path> paths, std::vector<char>& buffer) {
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        if (!file) return false;
        while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), file.gcount() > 0)
            fingerprint.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
        if (file.bad()) return false;
        fingerprint.add("\n");
    }
    return true;
}

bool is_bulky(std::string_view name) {
    constexpr std::array<std::string_view, 16> endings{".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".mp4", ".mov",
                                                       ".avi", ".webm", ".3gp", ".mp3", ".ogg", ".opus", ".m4a", ".tgs"};
    return std::ranges::any_of(endings, [&](std::string_view each) { return name.ends_with(each); });
}

}  // namespace

std::string content_fingerprint(const Source& source, std::span<const std::filesystem::path> paths) {
    std::vector<char> buffer(std::size_t{256} << 10);
    Fingerprint whole;
    // The name may be the only place where a chat's name or a date stands.
    whole.add(source.stem());
    whole.add(std::string_view("\0", 1));
    // The archive itself says as much as what is in it, and need not be unpacked.
    if (source.kind() != SourceKind::folder && !paths.empty() && add_files(whole, paths, buffer)) return whole.hex();
    std::map<std::string, std::string> entries;
    source.for_each([](const Entry& entry) { return !is_bulky(entry.path); },
                    [&](const Entry& entry, ByteStream& stream) {
                        Fingerprint each;
                        add_all(each, stream, buffer);
                        entries[entry.path] = each.hex();
                        return Flow::proceed;
                    });
    for (const Entry& entry : source.entries()) {
        const auto hash = entries.find(entry.path);
        whole.add(fmt::format("{}\n{}\n", entry.path, hash == entries.end() ? fmt::format("{} bytes", entry.size.value_or(0)) : hash->second));
    }
    return whole.hex();
}

std::string options_fingerprint(const ReadContext& context, bool with_text) {
    Fingerprint all;
    const auto list = [&](std::string_view name, std::vector<std::string> values) {
        std::ranges::sort(values);
        all.add(fmt::format("{}\n{}\n", name, fmt::join(values, "\n")));
    };
    list("names", context.me.names);
    list("handles", context.me.handles);
    list("emails", context.me.emails);
    list("phones", context.me.phones);
    list("ids", context.me.ids);
    list("languages", context.languages);
    all.add(fmt::format("{} {} {}", context.me.forced, context.zone ? context.zone->name() : "-", with_text));
    return all.hex();
}

}  // namespace secateur
