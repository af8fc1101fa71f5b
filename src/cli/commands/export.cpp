// SPDX-License-Identifier: GPL-3.0-or-later
// `export opml`: the feeds of the groups to follow from afar, for any feed reader. Nothing is fetched.
#include <fstream>

#include "analysis/feeds.hpp"
#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

/// For an attribute value; what XML cannot hold (control characters) becomes visible.
std::string attribute(std::string_view text) {
    std::string out;
    for (const char c : for_terminal(text)) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

struct Feed {
    const GroupAudit* group;
    std::string address;
};

std::string opml(const std::vector<Feed>& feeds, const std::string& title, const Words& words) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>" + attribute(title) + "</title>\n  </head>\n  <body>\n";
    for (const Feed& each : feeds) {
        const std::string name = attribute(words.name(*each.group));
        out += "    <outline type=\"rss\" text=\"" + name + "\" title=\"" + name + "\" xmlUrl=\"" + attribute(each.address) + "\" htmlUrl=\"" + attribute(each.group->url) + "\"/>\n";
    }
    return out + "  </body>\n</opml>\n";
}

}  // namespace

int run_export(Session& session, const Arguments& arguments) {
    if (arguments.positionals.front() != "opml")
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("export.unknown", arg("what", quote(arguments.positionals.front()))), .where = {},
                            .hint = msg("export.hint_what")});
    const AuditReport report = session.audit();
    const Words words(session.language());
    std::vector<Feed> feeds;
    std::vector<const GroupAudit*> without;
    for (const GroupAudit& each : report.groups) {
        if (each.verdict.decision != Decision::read_only) continue;
        if (auto address = feed_of(each)) feeds.push_back({&each, std::move(*address)});
        else without.push_back(&each);
    }
    const std::string text = opml(feeds, session.text(msg("export.title", arg("day", report.as_of))), words);
    const auto out = arguments.value("--out");
    if (!out || *out == "-") {
        session.out() << text;
    } else {
        std::ofstream file(*out, std::ios::binary | std::ios::trunc);
        file << text;
        if (!file.flush())
            throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_write", arg("path", *out)), .where = {}, .hint = msg("cli.hint_disk")});
    }
    // Beside the file, or apart from it when it goes to standard output.
    session.tell(msg("export.written", arg("feeds", feeds.size())));
    if (feeds.empty() && without.empty()) session.tell(msg("export.nothing"));
    if (without.empty()) return 0;
    session.tell(msg("export.without", arg("groups", without.size())));
    for (const GroupAudit* each : without) {
        const std::string line = words.labelled(words.name(*each), each->verdict.suggestion ? words.say(*each->verdict.suggestion) : words.platform(each->platform));
        session.tell(msg("export.line", arg("line", line)));
    }
    return 0;
}

}  // namespace secateur::cli
