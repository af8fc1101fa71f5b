// SPDX-License-Identifier: GPL-3.0-or-later
// Telegram Desktop's HTML export as a whole: which page holds what, who the owner is, the reading of one chat after the other.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/connector.hpp"

namespace secateur::telegram {

struct HtmlChatFiles {
    std::string folder;                 // "chats/chat_01", below the export
    std::vector<const Entry*> pages;    // messages.html, messages2.html, ...
};

struct HtmlLayout {
    bool is_account = false;
    const Entry* card = nullptr;  // each null when it is not there
    const Entry* chat_list = nullptr;
    const Entry* contacts = nullptr;
    const Entry* frequent = nullptr;
    std::vector<HtmlChatFiles> chats;

    /// The page that shows what this is.
    [[nodiscard]] const Entry* main_page() const noexcept {
        return card != nullptr ? card : chat_list != nullptr ? chat_list : chats.empty() ? nullptr : chats.front().pages.front();
    }
};

/// By names and, for what is named like many other files, by one head. Nothing when this is no such export.
[[nodiscard]] std::optional<HtmlLayout> find_html(const Source& source);
[[nodiscard]] std::unique_ptr<RecordStream> open_html(const Source& source, const ReadContext& context, HtmlLayout layout);

}  // namespace secateur::telegram
