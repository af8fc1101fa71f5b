// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/registry.hpp"

#include <algorithm>
#include <array>

namespace secateur {

// One function a platform, defined in its folder. Adding a platform: a line here, one below, one in CMakeLists.txt.
const Connector& activitystreams_connector();
const Connector& calendar_connector();
const Connector& contacts_connector();
const Connector& discord_connector();
const Connector& discord_chat_exporter_connector();
const Connector& discourse_connector();
const Connector& facebook_connector();
const Connector& generic_connector();
const Connector& github_connector();
const Connector& google_chat_connector();
const Connector& instagram_connector();
const Connector& irc_connector();
const Connector& lemmy_connector();
const Connector& linkedin_connector();
const Connector& mail_connector();
const Connector& mastodon_connector();
const Connector& matrix_connector();
const Connector& mattermost_connector();
const Connector& peertube_connector();
const Connector& reddit_connector();
const Connector& rocketchat_connector();
const Connector& signal_connector();
const Connector& slack_connector();
const Connector& stackexchange_connector();
const Connector& teams_connector();
const Connector& telegram_connector();
const Connector& twitter_connector();
const Connector& usenet_connector();
const Connector& vk_connector();
const Connector& whatsapp_connector();
const Connector& youtube_connector();
const Connector& zulip_connector();

std::span<const Connector* const> connectors() {
    static const std::array list{
        &activitystreams_connector(),
        &calendar_connector(),
        &contacts_connector(),
        &discord_connector(),
        &discord_chat_exporter_connector(),
        &discourse_connector(),
        &facebook_connector(),
        &generic_connector(),
        &github_connector(),
        &google_chat_connector(),
        &instagram_connector(),
        &irc_connector(),
        &lemmy_connector(),
        &linkedin_connector(),
        &mail_connector(),
        &mastodon_connector(),
        &matrix_connector(),
        &mattermost_connector(),
        &peertube_connector(),
        &reddit_connector(),
        &rocketchat_connector(),
        &signal_connector(),
        &slack_connector(),
        &stackexchange_connector(),
        &teams_connector(),
        &telegram_connector(),
        &twitter_connector(),
        &usenet_connector(),
        &vk_connector(),
        &whatsapp_connector(),
        &youtube_connector(),
        &zulip_connector(),
    };
    return list;
}

const Connector* find_connector(std::string_view name) {
    const auto list = connectors();
    const auto found = std::ranges::find(list, name, [](const Connector* each) { return each->info().name; });
    return found == list.end() ? nullptr : *found;
}

}  // namespace secateur
