// SPDX-License-Identifier: GPL-3.0-or-later
// `doctor` checks what can be wrong and says what to do; `secateur` alone says where things stand and the one next step.
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

enum class Health { good, note, bad };
struct Finding {
    Health health;
    Message text;
};

void check_profile(Session& session, std::vector<Finding>& findings) {
    const Profile& profile = session.profile();  // a wrong one is an Error that names the line
    if (!std::filesystem::exists(session.profile_path())) {
        findings.push_back({Health::note, msg("cli.doctor_no_profile")});
        return;
    }
    findings.push_back({Health::good, msg("cli.doctor_profile", arg("path", session.profile_path().string()))});
    std::size_t open = 0;
    for (const Objective& objective : profile.objectives) open += objective.open_at(session.as_of()) ? 1 : 0;
    if (open == 0) findings.push_back({Health::note, msg("cli.doctor_no_objective")});
    if (profile.names.empty() && profile.emails.empty() && profile.handles.empty() && profile.phones.empty() && profile.ids.empty())
        findings.push_back({Health::note, msg("cli.doctor_no_identity")});
    if (!profile.timezone) findings.push_back({Health::note, msg("cli.doctor_no_zone")});
    const auto listed = session.store().groups(session.as_of(), session.zone());
    for (const std::string& pinned : profile.pinned) {
        std::size_t fits = 0;
        for (const GroupListing& each : listed)
            fits += each.id == pinned || fold_search(each.name).find(fold_search(pinned)) != std::string::npos ? 1 : 0;
        if (fits != 1) findings.push_back({Health::note, msg("cli.doctor_pinned", arg("pinned", quote(pinned)), arg("count", fits))});
    }
}

void check_sources(Session& session, std::vector<Finding>& findings) {
    const auto sources = session.store().sources();
    findings.push_back({Health::good, msg("cli.doctor_store", arg("count", sources.size()))});
    for (const SourceInfo& source : sources) {
        if (source.owner_key.empty() && source.owner_name.empty())
            findings.push_back({Health::bad, msg("cli.doctor_owner", arg("path", source.label))});
        if (source.counts.quarantined > 0)
            findings.push_back({Health::note, msg("cli.doctor_quarantined", arg("path", source.label), arg("count", source.counts.quarantined))});
        const auto until = source.exported_at ? source.exported_at : source.newest;
        if (until && (session.as_of() - date_of(*until)).count() > 60)
            findings.push_back({Health::note, msg("cli.doctor_stale", arg("path", source.label), arg("day", date_of(*until)))});
    }
    if (const auto unnamed = session.store().unnamed_groups(); unnamed > 0) findings.push_back({Health::note, msg("cli.doctor_unnamed", arg("count", unnamed))});
}

void check_words(Session& session, std::vector<Finding>& findings) {
    const WordData& words = session.words();
    findings.push_back(words.has_dictionary() && words.has_vectors() ? Finding{Health::good, msg("words.doctor_good")}
                       : words.has_dictionary()                     ? Finding{Health::note, msg("words.doctor_no_vectors")}
                       : words.has_vectors()                        ? Finding{Health::note, msg("words.doctor_no_dictionary")}
                                                                    : Finding{Health::note, msg("words.doctor_none")});
}

std::string_view mark_of(Health health) {
    return health == Health::good ? "ok " : health == Health::note ? "-  " : "!  ";
}

}  // namespace

int run_doctor(Session& session, const Arguments&) {
    std::vector<Finding> findings;
    const auto guarded = [&](auto&& check) {
        try {
            check(session, findings);
        } catch (const Error& error) {
            findings.push_back({Health::bad, msg("cli.doctor_problem", arg("text", render(error.problem(), session.language())))});
        }
    };
    findings.push_back(Zone::find("Europe/Brussels") ? Finding{Health::good, msg("cli.doctor_zones")} : Finding{Health::bad, msg("cli.doctor_no_zones")});
    check_words(session, findings);
    if (!session.has_client()) {
        findings.push_back({Health::note, session.home().clients().size() > 1 ? msg("cli.doctor_which_client") : msg("cli.doctor_no_client")});
    } else {
        guarded(check_profile);
        guarded(check_sources);
    }
    bool healthy = true;
    for (const Finding& finding : findings) healthy = healthy && finding.health != Health::bad;
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.doctor/1").member("healthy", healthy).key("findings").begin_array();
        for (const Finding& finding : findings)
            json.begin_object()
                .member("level", finding.health == Health::good ? "good" : finding.health == Health::note ? "note" : "bad")
                .member("text", session.text(finding.text))
                .end_object();
        json.end_array().end_object();
        session.out() << json.take();
    } else {
        for (const Finding& finding : findings) {
            std::string mark(mark_of(finding.health));
            for (const std::string& line : session.lines(finding.text)) session.put(std::exchange(mark, std::string(mark.size(), ' ')) + line, 0, 4);
        }
    }
    return healthy ? 0 : 1;
}

int run_status(Session& session) {
    session.say(msg("cli.about"));
    if (session.home().clients().empty()) {
        session.say(msg("cli.status_empty"));
        session.say(msg("cli.status_next", arg("step", session.command("init"))));
        return 0;
    }
    if (!session.has_client()) {
        std::string names;
        for (const std::string& client : session.home().clients()) names += (names.empty() ? "" : ", ") + client;
        session.say(msg("cli.status_clients", arg("clients", names)));
        session.say(msg("cli.status_next", arg("step", "secateur --client NAME")));
        return 0;
    }
    const auto sources = session.store().sources();
    const auto groups = session.store().groups(session.as_of(), session.zone());
    std::size_t open = 0;
    for (const Objective& objective : session.profile().objectives) open += objective.open_at(session.as_of()) ? 1 : 0;
    session.say(msg("cli.status_stands", arg("client", session.client()), arg("sources", sources.size()), arg("groups", groups.size()), arg("objectives", open)));
    const SourceInfo* ownerless = nullptr;
    for (const SourceInfo& source : sources)
        if (source.owner_key.empty() && source.owner_name.empty() && !ownerless) ownerless = &source;
    if (sources.empty())
        session.say(msg("cli.status_next", arg("step", session.command("import PATH"))));
    else if (ownerless)
        session.say(msg("cli.status_owner", arg("path", ownerless->label), arg("step", session.command("import " + shell_word(ownerless->label) + " --me"))));
    else if (open == 0)
        session.say(msg("cli.status_next", arg("step", session.command("init"))));
    else
        session.say(msg("cli.status_next", arg("step", session.command("audit"))));
    return 0;
}

}  // namespace secateur::cli
