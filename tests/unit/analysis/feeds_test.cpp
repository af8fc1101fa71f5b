// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/feeds.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace feeds_test {

struct FeedCase {
    std::string name, platform, url, feed;  // empty feed: none is certain
};
class Feed : public testing::TestWithParam<FeedCase> {};

TEST_P(Feed, IsGivenOnlyWhereItsAddressIsCertain) {
    GroupAudit group;
    group.platform = GetParam().platform;
    group.url = GetParam().url;
    EXPECT_EQ(feed_of(group).value_or(""), GetParam().feed);
}
INSTANTIATE_TEST_SUITE_P(
    Groups, Feed,
    testing::ValuesIn(std::vector<FeedCase>{
        {"subreddit", "reddit", "https://www.reddit.com/r/Beekeeping/", "https://www.reddit.com/r/Beekeeping/.rss"},
        {"reddit_profile", "reddit", "https://www.reddit.com/user/ann/", ""},
        {"channel_by_id", "youtube", "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"},
        {"channel_by_handle", "youtube", "https://www.youtube.com/@bees", ""},
        {"forum", "discourse", "https://forum.example", "https://forum.example/latest.rss"},
        {"category", "discourse", "https://forum.example/c/7", "https://forum.example/c/7.rss"},
        {"forum_group", "discourse", "https://forum.example/g/staff", ""},
        {"hashtag", "mastodon", "https://social.example/tags/bees", "https://social.example/tags/bees.rss"},
        {"account", "mastodon", "https://social.example/@bees", "https://social.example/@bees.rss"},
        {"account_seen_from_elsewhere", "mastodon", "https://social.example/@bees@other.example", ""},
        {"actor_of_other_software", "mastodon", "https://social.example/users/bees", ""},
        {"community", "lemmy", "https://lemmy.example/c/bees", "https://lemmy.example/feeds/c/bees.xml?sort=New"},
        {"magazine", "lemmy", "https://kbin.example/m/bees", ""},
        {"video_channel", "peertube", "https://tube.example/video-channels/bees", "https://tube.example/feeds/videos.xml?videoChannelName=bees"},
        {"video_account", "peertube", "https://tube.example/accounts/ann", "https://tube.example/feeds/videos.xml?accountName=ann"},
        {"hyperkitty", "mail", "https://lists.example.org/hyperkitty/list/bees@lists.example.org/", "https://lists.example.org/hyperkitty/list/bees@lists.example.org/feed/"},
        {"groups_io", "mail", "https://groups.io/g/bees", "https://groups.io/g/bees/rss"},
        {"pipermail", "mail", "https://lists.example.org/pipermail/bees/", ""},
        {"question_site", "stackexchange", "https://bees.stackexchange.com", "https://bees.stackexchange.com/feeds"},
        {"no_feeds_there", "linkedin", "https://www.linkedin.com/groups/12/", ""},
        {"no_address", "reddit", "", ""},
        {"no_web_address", "reddit", "javascript:alert(1)", ""},
        {"address_with_query", "discourse", "https://forum.example/c/7?x=1", ""},
        {"address_with_quote", "reddit", "https://www.reddit.com/r/a\"b", ""},
    }),
    [](const auto& test) { return test.param.name; });

}  // namespace feeds_test
}  // namespace secateur
