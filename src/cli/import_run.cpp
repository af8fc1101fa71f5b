// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/import_run.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/progress.hpp"
#include "connectors/registry.hpp"
#include "ingest/import.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

Identities identities_of(const Profile& profile, const ImportWishes& wishes) {
    if (wishes.me.empty())
        return {.names = profile.names, .handles = profile.handles, .emails = profile.emails, .phones = profile.phones, .ids = profile.ids, .forced = false};
    // What --me says may be any of these; each is compared in its own way.
    return {.names = wishes.me, .handles = wishes.me, .emails = wishes.me, .phones = wishes.me, .ids = wishes.me, .forced = true};
}

Zone zone_called(const std::string& name) {
    if (const auto zone = Zone::find(name)) return *zone;
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.unknown_zone", arg("zone", quote(name))), .where = {}, .hint = msg("cli.hint_zone")});
}

ImportedSource failed_source(const PlannedSource& planned, Problem problem) {
    return {.path = planned.source->label(),
            .connector = std::string(planned.connector->info().name),
            .connector_version = planned.connector->info().version,
            .status = ImportStatus::failed,
            .problem = std::move(problem)};
}

ImportedSource told(const PlannedSource& planned, const ImportResult& result) {
    const SourceCounts& counts = result.source.counts;
    ImportedSource found{.path = planned.source->label(),
                         .connector = std::string(planned.connector->info().name),
                         .connector_version = planned.connector->info().version,
                         .status = result.status,
                         .counts = {.read = counts.read, .accepted = counts.accepted, .added = counts.added, .updated = counts.updated,
                                    .duplicates = counts.duplicates, .quarantined = counts.quarantined, .ignored = counts.ignored, .groups = counts.groups,
                                    .memberships = counts.memberships, .activities = counts.activities, .mine = counts.mine,
                                    .unattributed = counts.unattributed, .direct = counts.direct, .contacts = counts.contacts},
                         .first = counts.first,
                         .last = counts.last,
                         .coverage = counts.coverage,
                         .lacks = result.source.lacks,
                         .problem = result.problem};
    for (const Warning& warning : result.source.warnings) found.warnings.push_back({warning.code, warning.message, warning.where});
    return found;
}

void print_problem(Session& session, const Problem& problem) {
    for (const std::string& each : Session::lines_of(render(problem, session.language()))) session.out() << "  " << for_terminal(each) << '\n';
}

/// The paragraph a person reads about one source; `asked`: it was read twice, for she said in between who she is.
void print_source(Session& session, const PlannedSource& planned, const ImportResult& result, const ImportedSource& source, bool asked) {
    std::ostream& out = session.out();
    const Language language = session.language();
    out << '\n' << for_terminal(source.path) << '\n';
    const auto line = [&](const Message& message, std::size_t indent = 2) { session.say_below(message, indent); };
    line(msg("cli.import_recognised", arg("title", Words(language).platform(planned.connector->info().name)), arg("evidence", render(planned.evidence, language))));
    const ImportCounts& counts = source.counts;
    if (source.status == ImportStatus::unchanged) {
        line(msg("cli.import_unchanged", arg("count", counts.accepted)));
        return;
    }
    if (source.status == ImportStatus::failed) {
        if (source.problem) print_problem(session, *source.problem);
        for (const Problem& rejection : result.first_rejections)
            line(msg("cli.import_rejection", arg("where", render(rejection.where, language)), arg("reason", render(rejection.reason, language))), 4);
        return;
    }
    // A conversation of two holds no group, and says so below by its messages.
    if (counts.groups > 0 || counts.activities > 0)
        line(msg("cli.import_counts", arg("groups", counts.groups), arg("activities", counts.activities), arg("mine", counts.mine)));
    else if (counts.direct == 0) line(msg("cli.import_no_group", arg("count", counts.accepted)));
    if (source.first && source.last)
        line(msg("cli.import_period", arg("first", date_of(*source.first)), arg("last", date_of(*source.last))));
    if (counts.direct > 0) line(msg("cli.import_direct", arg("count", counts.direct)));
    if (counts.contacts > 0) line(msg("cli.import_contacts", arg("count", counts.contacts)));
    if (counts.unattributed > 0) line(msg("cli.import_unattributed", arg("count", counts.unattributed)));
    if (!asked && (counts.updated > 0 || counts.duplicates > 0))
        line(msg("cli.import_again", arg("added", counts.added), arg("updated", counts.updated), arg("duplicates", counts.duplicates)));
    if (!result.source.owner_name.empty())
        line(msg("cli.import_owner", arg("name", result.source.owner_name), arg("evidence", render(result.source.owner_evidence, language))));
    if (counts.quarantined > 0) line(msg("cli.import_quarantined", arg("count", counts.quarantined)));
    for (const ImportWarning& warning : source.warnings) {
        const std::string where = render(warning.where, language);
        line(where.empty() ? msg("cli.import_warning", arg("text", render(warning.message, language)))
                           : msg("cli.import_warning_at", arg("text", render(warning.message, language)), arg("where", where)));
    }
    for (const Message& lack : source.lacks) line(msg("cli.import_lack", arg("text", render(lack, language))));
}

void print_unrecognised(Session& session, const ImportPlan& plan) {
    for (const Unrecognised& each : plan.unrecognised) {
        std::string closest;
        for (const Connector* connector : each.closest) closest += (closest.empty() ? "" : ", ") + std::string(connector->info().name);
        const std::string looks = render(each.looks_like, session.language());
        session.tell(closest.empty() ? msg("cli.unrecognised", arg("path", each.path), arg("looks", looks))
                                     : msg("cli.unrecognised_closest", arg("path", each.path), arg("looks", looks), arg("closest", closest)));
    }
    if (!plan.unrecognised.empty()) session.tell(msg("cli.unrecognised_hint"));
}

/// On a terminal, the owner is asked for once and the source read again; nothing when she does not know either.
std::optional<std::string> ask_owner(Session& session, const ImportedSource& source, const std::vector<OwnerCandidate>& candidates) {
    if (!session.may_ask() || candidates.empty()) return std::nullopt;
    session.tell(msg("cli.who_are_you", arg("path", source.path)));
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Person& person = candidates[i].person;
        session.tell(msg("cli.candidate", arg("number", i + 1), arg("name", person.name.empty() ? person.key : person.name),
                         arg("evidence", render(candidates[i].evidence, session.language()))));
    }
    const auto found = [](const OwnerCandidate& each) { return each.person.key.empty() ? each.person.name : each.person.key; };
    for (;;) {
        const auto answer = session.ask(msg("cli.who_number"));
        if (!answer || answer->empty()) return std::nullopt;
        if (const auto number = parse_integer(*answer)) {
            if (*number >= 1 && *number <= static_cast<std::int64_t>(candidates.size())) return found(candidates[static_cast<std::size_t>(*number - 1)]);
            session.tell(msg("cli.who_out_of_range", arg("count", candidates.size())));
            continue;
        }
        const auto named = std::ranges::find(candidates, fold_search(*answer), [](const OwnerCandidate& each) { return fold_search(each.person.name); });
        return named != candidates.end() ? found(*named) : *answer;
    }
}

}  // namespace

int run_imports(Session& session, const std::vector<std::filesystem::path>& paths, const ImportWishes& wishes) {
    (void)session.client(Session::IfNone::create);
    Store& store = session.store();
    const Profile& profile = session.profile();

    ReadContext context;
    context.me = identities_of(profile, wishes);
    if (wishes.timezone)
        context.zone = zone_called(*wishes.timezone);
    else if (profile.timezone)
        context.zone = zone_called(*profile.timezone);
    context.today = session.environment().today;

    const ImportPlan plan = plan_import(paths, connectors(), {.connector = wishes.connector.value_or(""), .limits = {}, .context = context});
    // The one thing she named: it is the command that failed.
    if (paths.size() == 1 && plan.sources.empty() && plan.unrecognised.empty() && plan.unreadable.size() == 1) throw Error(plan.unreadable.front().problem);
    std::vector<ImportedSource> done;
    bool quarantined = false;
    std::size_t failed = plan.unreadable.size();
    for (const Unreadable& each : plan.unreadable) {
        done.push_back({.path = each.path, .status = ImportStatus::failed, .problem = each.problem});
        if (session.json()) continue;
        session.out() << '\n' << for_terminal(each.path) << '\n';
        print_problem(session, each.problem);
    }
    for (const PlannedSource& planned : plan.sources) {
        ImportOptions options{.with_text = !wishes.no_text, .accept_quarantine = wishes.accept_quarantine, .progress = {}};
        ImportResult result;
        ImportedSource source;
        bool asked = false;
        const auto attempt = [&](const ReadContext& with) {
            std::optional<ProgressBar> bar;
            if (session.environment().err_is_terminal && !session.quiet()) {
                bar.emplace(session.err(), planned.source->stem(), session.language(), session.environment().columns);
                options.progress = [&](const ImportProgress& progress) { bar->show(progress); };
            }
            result = import_source(store, planned, with, options);
        };
        try {
            attempt(context);
            if (result.source.owner_name.empty() && result.source.owner_key.empty() && result.status != ImportStatus::failed)
                if (const auto me = ask_owner(session, told(planned, result), result.candidates)) {
                    ReadContext again = context;
                    again.me = identities_of(profile, {.me = {*me}});
                    attempt(again);
                    asked = true;
                }
            source = told(planned, result);
        } catch (const Error& error) {
            // A busy or broken database concerns every source that follows; anything else only this one.
            if (error.problem().kind != ErrorKind::input && error.problem().kind != ErrorKind::io) throw;
            source = failed_source(planned, error.problem());
        }
        failed += source.status == ImportStatus::failed ? 1 : 0;
        quarantined = quarantined || source.counts.quarantined > 0;
        if (!session.json()) print_source(session, planned, result, source, asked);
        done.push_back(std::move(source));
    }

    if (session.json()) session.out() << import_json(done, session.language());
    print_unrecognised(session, plan);
    if (plan.sources.empty()) {
        if (!session.json()) session.tell(msg("cli.import_nothing"));
        return 4;
    }
    if (failed == done.size()) return 4;
    // What she named and no connector knows was not imported; what only lies beside an export in a folder was never meant.
    const bool named_unknown = std::ranges::any_of(plan.unrecognised, [&](const Unrecognised& each) { return std::ranges::find(paths, std::filesystem::path(each.path)) != paths.end(); });
    if (failed > 0 || named_unknown) return 1;
    if (!session.json()) {
        session.out() << '\n';
        session.say(msg("cli.status_next", arg("step", session.command("audit"))));
    }
    return wishes.strict && quarantined ? 3 : 0;
}

int run_import(Session& session, const Arguments& arguments) {
    ImportWishes wishes{.me = arguments.values("--me"),
                        .connector = arguments.value("--connector"),
                        .timezone = arguments.value("--timezone"),
                        .no_text = arguments.has("--no-text"),
                        .strict = arguments.has("--strict"),
                        .accept_quarantine = arguments.has("--accept-quarantine")};
    return run_imports(session, {arguments.positionals.begin(), arguments.positionals.end()}, wishes);
}

}  // namespace secateur::cli
