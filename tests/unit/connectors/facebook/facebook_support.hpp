// SPDX-License-Identifier: GPL-3.0-or-later
// Short notation for Facebook exports in tests: files by path, texts as Facebook breaks them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& facebook_connector();
}

namespace secateur::test::on_facebook {

using Files = std::map<std::string, std::string>;

/// Every byte above 0x7F as an escape of its own, the way Facebook writes UTF-8.
inline std::string moji(std::string_view json) {
    std::string out;
    for (const char c : json) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) out += c;
        else out += fmt::format("\\u00{:02x}", byte);
    }
    return out;
}

inline const std::string profile_path = "personal_information/profile_information/profile_information.json";
inline const std::string posts_path = "your_facebook_activity/groups/group_posts_and_comments.json";
inline const std::string comments_path = "your_facebook_activity/groups/your_comments_in_groups.json";
inline const std::string joins_path = "your_facebook_activity/groups/your_group_membership_activity.json";
inline const std::string profile = R"({"profile_v2":{"name":{"full_name":"Zoé Exemple"}}})";

inline Reading read_facebook(Files files, const ReadContext& context = {}, std::string label = "facebook-zoe-2026-10-30-aB3d") {
    for (auto& [path, text] : files) text = moji(text);
    return read_source(facebook_connector(), MemorySource(std::move(label), std::move(files)), context);
}
/// With Zoé's profile.
inline VectorSink read_files(Files files, const ReadContext& context = {}) {
    files.emplace(profile_path, profile);
    return read_facebook(std::move(files), context).sink;
}
inline std::string post(std::string_view title, std::string_view text = "x", int at = 1717243200) {
    return fmt::format(R"({{"timestamp":{},"data":[{{"post":"{}"}}],"title":"{}"}})", at, text, title);
}
inline std::string join(std::string_view name, int at = 1714550400) {
    return fmt::format(R"({{"timestamp":{},"data":[{{"name":"{}"}}],"title":"t"}})", at, name);
}

}  // namespace secateur::test::on_facebook
