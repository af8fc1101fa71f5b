// SPDX-License-Identifier: GPL-3.0-or-later
// What a Zulip message says, without its markup: mentions by name, quoted messages left out, for they are somebody else's words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"

namespace secateur::zulip {

/// By what a mention may mean me.
struct MyNames {
    std::vector<std::string> names;  // folded
    std::vector<std::string> ids;    // numbers of users, as text

    [[nodiscard]] bool match(std::string_view name, std::string_view id) const;
};

/// Both fill text, links, attachments and mentions_me, and parent with the number of the message that is quoted and answered.
void read_markdown(std::string_view content, const MyNames& me, Activity& activity);
void read_html_content(std::string_view content, const MyNames& me, Activity& activity);

/// "12345" in ".../near/12345"; empty when the link leads to no message.
[[nodiscard]] std::string_view linked_message(std::string_view url) noexcept;

}  // namespace secateur::zulip
