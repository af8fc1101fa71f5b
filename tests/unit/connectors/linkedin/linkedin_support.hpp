// SPDX-License-Identifier: GPL-3.0-or-later
// Short notation for LinkedIn archives in tests: headers of the tables, links, one reading of a few files.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& linkedin_connector();
}

namespace secateur::test::on_linkedin {

inline const std::string shares_header = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n";
inline const std::string comments_header = "Date,Link,Message\n";
inline const std::string reactions_header = "Date,Type,Link\n";
inline const std::string connections_header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
inline const std::string invitations_header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
inline const std::string messages_header =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n";
inline const std::string recommendations_header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n";
inline const std::string profile = "First Name,Last Name,Maiden Name,Headline\nLéa,Exemple,,\n";

/// The link of a post as the archive writes it: urn("groupPost:12-7458").
inline std::string urn(std::string_view id) {
    std::string link = "https://www.linkedin.com/feed/update/urn%3Ali%3A";
    for (const char c : id) link += c == ':' ? std::string("%3A") : std::string(1, c);
    return link;
}
inline std::string address(std::string_view slug) { return "https://www.linkedin.com/in/" + std::string(slug); }

inline Reading read_linkedin(std::map<std::string, std::string> files, const ReadContext& context = {},
                             std::string label = "archive", std::optional<Instant> modified = std::nullopt) {
    const MemorySource source(std::move(label), std::move(files), modified);
    return read_source(linkedin_connector(), source, context);
}
/// One table, beside the profile of Léa Exemple.
inline VectorSink read_table(const std::string& name, std::string text, const ReadContext& context = {}) {
    return read_linkedin({{"Profile.csv", profile}, {name, std::move(text)}}, context).sink;
}

}  // namespace secateur::test::on_linkedin
