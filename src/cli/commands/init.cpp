// SPDX-License-Identifier: GPL-3.0-or-later
// `init`: three questions first (what for, where, how many minutes a week); the rest later, in profile.toml.
#include <cstdlib>
#include <istream>

#include "base/text.hpp"
#include "cli/profile_file.hpp"
#include "cli/session.hpp"

namespace secateur::cli {
namespace {

std::optional<std::string> zone_of_machine(const Environment& environment) {
    if (environment.variable)
        if (const auto name = environment.variable("TZ"); name && Zone::find(*name)) return name;
    std::error_code none;
    const auto link = std::filesystem::read_symlink("/etc/localtime", none).string();
    if (const auto at = link.find("zoneinfo/"); at != std::string::npos)
        if (const std::string name = link.substr(at + 9); Zone::find(name)) return name;
    return std::nullopt;
}

}  // namespace

int run_init(Session& session, const Arguments&) {
    const std::string client = session.client(Session::IfNone::create);
    Profile profile = session.profile();
    const bool first = !std::filesystem::exists(session.profile_path());
    if (first) {
        profile.name = client == "me" ? "" : client;
        profile.language = std::string(language_tag(session.language()));
        profile.timezone = zone_of_machine(session.environment());
    }
    if (session.may_ask()) {
        session.tell(msg("cli.init_welcome"));
        for (int rank = static_cast<int>(profile.objectives.size()) + 1; rank <= 3; ++rank) {
            const auto what = session.ask(rank == 1 ? msg("cli.init_what_for") : msg("cli.init_what_else"));
            if (!what || what->empty()) break;
            Objective objective{.id = objective_id(*what, profile.objectives), .text = *what, .rank = rank, .start = session.as_of()};
            profile.objectives.push_back(std::move(objective));
        }
        if (const auto where = session.ask(msg("cli.init_where")); where && !where->empty())
            for (Objective& objective : profile.objectives)
                if (objective.place.empty()) objective.place = {*where};
        for (;;) {
            const auto minutes = session.ask(msg("cli.init_minutes"));
            if (!minutes || minutes->empty()) break;
            if (const auto number = parse_number(*minutes); number && *number >= 0 && *number <= 10'080) {
                profile.minutes_per_week = number;
                break;
            }
            session.tell(msg("cli.init_minutes_again", arg("value", quote(*minutes))));
        }
    }
    if (first || session.may_ask()) session.save(profile);
    session.say(first ? msg("cli.init_written", arg("path", session.profile_path().string())) : msg("cli.init_kept", arg("path", session.profile_path().string())));
    session.say(msg("cli.init_next"));
    return 0;
}

}  // namespace secateur::cli
