// SPDX-License-Identifier: GPL-3.0-or-later
// `plan`: the week that the minutes allow. The shape first, then what is sure, what is her choice, and what the next half hour is worth.
#include "analysis/budget.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"
#include "reports/words.hpp"

namespace secateur::cli {
namespace {

double minutes_asked(Session& session, const Arguments& arguments) {
    constexpr double week = 7 * 24 * 60;
    if (const auto text = arguments.value("--minutes")) {
        const auto minutes = parse_number(*text);
        if (!minutes || *minutes < 0 || *minutes > week) refuse(msg("plan.bad_minutes", arg("value", quote(*text))), msg("plan.hint_minutes"));
        return *minutes;
    }
    if (session.profile().minutes_per_week) return *session.profile().minutes_per_week;
    refuse(msg("plan.no_minutes"), msg("plan.hint_minutes"));
}

/// Looks groups up by id.
class Groups {
public:
    explicit Groups(const AuditReport& report) {
        for (const GroupAudit& each : report.groups) by_id_[each.id] = &each;
    }
    [[nodiscard]] const GroupAudit& at(const std::string& id) const { return *by_id_.at(id); }

private:
    std::map<std::string_view, const GroupAudit*> by_id_;
};

class Json {
public:
    Json(const AuditReport& report, const WeeklyPlan& plan) : report_(report), plan_(plan), groups_(report) {}

    std::string text() {
        json_.begin_object().member("schema", "secateur.plan/1").member("client", report_.client).member("as_of", report_.as_of);
        json_.number_member("minutes", plan_.minutes, 1).number_member("in_any_case", plan_.in_any_case, 1).number_member("writing", plan_.writing, 1);
        json_.number_member("reading", plan_.reading, 1).number_member("curiosity", plan_.curiosity, 1).number_member("used", plan_.used, 1);
        json_.number_member("value", plan_.value, 4).number_member("bound", plan_.bound, 4);
        list("groups", plan_.groups);
        list("alternatives", plan_.alternatives);
        json_.key("curious_about").value(plan_.curious_about);
        json_.key("unknown_minutes").begin_array();
        for (const UnknownCost& each : plan_.unknown) {
            name(each.id);
            json_.number_member("would_add", each.would_add, 4).end_object();
        }
        json_.end_array();
        json_.key("left_out").begin_array();
        for (const LeftOut& each : plan_.left_out) {
            name(each.id);
            json_.number_member("minutes", each.minutes, 1).member("advised_to_keep", each.advised_to_keep).member("no_place", each.no_place);
            json_.number_member("fits_from", each.fits_from, 0).end_object();
        }
        json_.end_array();
        names("adds_nothing", plan_.idle);
        names("muted", plan_.muted);
        names("left", plan_.left);
        names("later", plan_.later);
        json_.member("places_taken", plan_.places_taken);
        json_.member("private_groups", plan_.private_groups.size()).member("private_unknown", plan_.private_unknown);
        change("half_hour_more", plan_.half_hour_more);
        change("first_to_go", plan_.first_to_go);
        json_.key("frontier").begin_array();
        for (const FrontierPoint& each : plan_.frontier) {
            json_.begin_object().number_member("minutes", each.minutes, 1).number_member("value", each.value, 4).number_member("bound", each.bound, 4);
            ids("groups", each.groups);
            json_.end_object();
        }
        json_.end_array().end_object();
        return json_.take();
    }

private:
    void name(const std::string& id) { json_.begin_object().member("id", id).member("name", groups_.at(id).name); }
    void names(std::string_view key, const std::vector<std::string>& list) {
        json_.key(key).begin_array();
        for (const std::string& id : list) {
            name(id);
            json_.end_object();
        }
        json_.end_array();
    }
    void ids(std::string_view key, const std::vector<std::string>& list) {
        json_.key(key).begin_array();
        for (const std::string& id : list) json_.value(id);
        json_.end_array();
    }
    void list(std::string_view key, const std::vector<PlannedGroup>& groups) {
        json_.key(key).begin_array();
        for (const PlannedGroup& each : groups) {
            name(each.id);
            json_.member("place", to_string(each.place)).member("writes_there", each.writes_there).member("in_any_case", each.in_any_case).number_member("minutes", each.minutes, 1);
            json_.number_member("adds", each.adds, 4).number_member("share_of_draws", each.share_of_draws, 4);
            json_.member("surety", to_string(each.surety)).end_object();
        }
        json_.end_array();
    }
    void change(std::string_view key, const std::optional<PlanChange>& change) {
        json_.key(key);
        if (!change) {
            json_.null();
            return;
        }
        json_.begin_object().number_member("minutes", change->minutes, 1);
        ids("added", change->added);
        ids("dropped", change->dropped);
        json_.end_object();
    }

    const AuditReport& report_;
    const WeeklyPlan& plan_;
    Groups groups_;
    JsonText json_;
};

class PlanText {
public:
    PlanText(Session& session, const AuditReport& report, const WeeklyPlan& plan)
        : session_(session), report_(report), plan_(plan), groups_(report), words_(session.language()) {}

    void write() {
        week();
        place(PlanPlace::contribute);
        place(PlanPlace::read);
        place(PlanPlace::as_it_is);
        curiosity();
        rest();
        unknown();
        if (!plan_.groups.empty() || !plan_.left_out.empty()) next();
    }

private:
    void heading(const Message& message) {
        session_.out() << '\n';
        session_.say(message);
    }
    [[nodiscard]] std::string shown(const std::string& id) const { return words_.name(groups_.at(id)); }
    [[nodiscard]] std::string shown(const std::vector<std::string>& ids, std::size_t most) const {
        std::string all;
        for (std::size_t i = 0; i < ids.size() && i < most; ++i) all += (i > 0 ? ", " : "") + shown(ids[i]);
        return ids.size() > most ? words_.say(msg("reports.and_more", arg("names", all), arg("more", ids.size() - most))) : all;
    }

    void week() {
        session_.say(report_.client.empty() ? msg("plan.top_anonymous", arg("time", words_.duration(plan_.minutes)))
                                            : msg("plan.top", arg("client", report_.client), arg("time", words_.duration(plan_.minutes))));
        if (report_.groups.empty()) {
            session_.say(msg("plan.no_groups"));
            return;
        }
        if (plan_.in_any_case > 0) session_.say_below(msg("plan.in_any_case", arg("time", words_.duration(plan_.in_any_case))));
        if (plan_.in_any_case >= plan_.minutes && plan_.minutes > 0) session_.say_below(msg("plan.in_any_case_takes_all"));
        if (plan_.writing > 0) session_.say_below(msg("plan.writing", arg("time", words_.duration(plan_.writing))));
        if (plan_.reading > 0) session_.say_below(msg("plan.reading", arg("time", words_.duration(plan_.reading)), arg("used", words_.duration(plan_.used))));
        if (plan_.curiosity > 0) session_.say_below(msg("plan.curiosity_time", arg("time", words_.duration(plan_.curiosity))));
        if (std::ranges::none_of(report_.objectives, [&](const ObjectiveAudit& each) { return !each.done || *each.done > report_.as_of; }))
            session_.say_below(msg("plan.no_objective"));
    }

    /// Name, minutes, how sure, side by side.
    void place(PlanPlace wanted) {
        std::vector<const PlannedGroup*> here;
        std::size_t wide = 0;
        for (const PlannedGroup& each : plan_.groups)
            if (each.place == wanted) {
                here.push_back(&each);
                wide = std::max(wide, display_width(shown(each.id)));
            }
        if (here.empty()) return;
        if (wanted == PlanPlace::as_it_is) heading(msg("plan.as_it_is", arg("groups", here.size())));
        else if (wanted == PlanPlace::read) heading(msg("plan.read", arg("groups", here.size())));
        else if (plan_.writing >= 1) heading(msg("plan.contribute_about", arg("groups", here.size()), arg("time", words_.duration(plan_.writing / static_cast<double>(here.size())))));
        else heading(msg("plan.contribute", arg("groups", here.size())));
        wide = std::min<std::size_t>(wide, 44);
        for (const PlannedGroup* each : here) {
            const std::string minutes = each->minutes ? words_.duration(*each->minutes) : std::string("?");
            std::string why = words_.say(each->in_any_case                  ? msg("plan.stays")
                                         : each->surety == PlanSurety::sure ? msg("plan.sure")
                                                                            : msg("plan.her_choice"));
            if (each->writes_there && wanted == PlanPlace::read) why = words_.joined({why, words_.say(msg("plan.writes_there"))});
            session_.out() << "  " << padded(fit_width(shown(each->id), wide), wide) << "  " << padded(minutes, 10) << why << '\n';
        }
    }
    static std::string padded(std::string text, std::size_t width) {
        const std::size_t wide = display_width(text);
        return text + std::string(wide < width ? width - wide : 0, ' ');
    }

    void curiosity() {
        if (plan_.curiosity < 1) return;
        session_.out() << '\n';
        const std::string time = words_.duration(plan_.curiosity);
        if (plan_.curious_about) session_.say(msg("plan.curious_about", arg("time", time), arg("group", shown(*plan_.curious_about))));
        else session_.say(msg("plan.curious", arg("time", time)));
    }

    void rest() {
        const bool any = !plan_.alternatives.empty() || !plan_.left_out.empty() || !plan_.idle.empty() || !plan_.muted.empty() || !plan_.left.empty() ||
                         !plan_.later.empty() || !plan_.private_groups.empty();
        if (!any) return;
        heading(msg("plan.rest"));
        if (!plan_.alternatives.empty()) {
            std::vector<std::string> ids;
            for (const PlannedGroup& each : plan_.alternatives) ids.push_back(each.id);
            session_.say_below(msg("plan.alternatives", arg("names", shown(ids, 6))));
        }
        std::string keeps;
        std::vector<std::string> no_place, no_time;
        for (const LeftOut& each : plan_.left_out) {
            if (!each.advised_to_keep) (each.no_place ? no_place : no_time).push_back(each.id);
            else keeps += (keeps.empty() ? "" : ", ") + kept_out(each);
        }
        if (!keeps.empty()) session_.say_below(msg("plan.kept_out", arg("names", keeps)));
        if (!no_place.empty()) session_.say_below(msg("plan.no_place", arg("names", shown(no_place, 6))));
        if (!no_time.empty()) session_.say_below(msg("plan.no_time", arg("names", shown(no_time, 6))));
        if (!plan_.idle.empty()) session_.say_below(msg("plan.idle", arg("names", shown(plan_.idle, 6))));
        if (!plan_.later.empty()) session_.say_below(msg("plan.later", arg("names", shown(plan_.later, 6))));
        if (!plan_.muted.empty()) session_.say_below(msg("plan.muted", arg("names", shown(plan_.muted, 6))));
        if (!plan_.left.empty()) session_.say_below(msg("plan.left", arg("names", shown(plan_.left, 6))));
        if (!plan_.private_groups.empty()) session_.say_below(msg("plan.private", arg("groups", plan_.private_groups.size()), arg("unknown", plan_.private_unknown)));
    }

    [[nodiscard]] std::string kept_out(const LeftOut& each) const {
        const std::string name = shown(each.id), time = words_.duration(each.minutes);
        return words_.say(each.fits_from ? msg("plan.kept_from", arg("name", name), arg("time", time), arg("week", words_.duration(*each.fits_from)))
                                         : msg("plan.kept_beside", arg("name", name), arg("time", time)));
    }

    void unknown() {
        if (plan_.unknown.empty()) return;
        heading(msg("plan.unknown", arg("groups", plan_.unknown.size())));
        std::vector<std::string> useful, others;
        std::map<std::string, std::uint64_t> platforms;
        for (const UnknownCost& each : plan_.unknown) {
            (each.would_add > 0 ? useful : others).push_back(each.id);
            ++platforms[groups_.at(each.id).platform];
        }
        if (!useful.empty()) session_.say_below(msg("plan.unknown_useful", arg("names", shown(useful, 8))));
        if (!others.empty()) session_.say_below(msg("plan.unknown_others", arg("names", shown(others, 6))));
        const GroupAudit& first = groups_.at(plan_.unknown.front().id);
        session_.say_below(msg("plan.ask", arg("group", first.name.empty() ? first.id : first.name)));
        // One figure from the phone settles a platform at once.
        const auto most = std::ranges::max_element(platforms, {}, [](const auto& each) { return each.second; });
        if (most->second > 1)
            session_.say_below(msg("plan.ask_platform", arg("platform", words_.platform(most->first)), arg("key", most->first), arg("groups", most->second),
                                   arg("path", session_.profile_path().string())));
    }

    void next() {
        session_.out() << '\n';
        if (!plan_.half_hour_more) session_.say(plan_.places_taken ? msg("plan.half_hour_places") : msg("plan.half_hour_nothing"));
        else if (plan_.half_hour_more->dropped.empty()) session_.say(msg("plan.half_hour", arg("names", shown(plan_.half_hour_more->added, 5))));
        else session_.say(msg("plan.half_hour_instead", arg("names", shown(plan_.half_hour_more->added, 5)), arg("gone", shown(plan_.half_hour_more->dropped, 5))));
        if (plan_.first_to_go && !plan_.first_to_go->dropped.empty())
            session_.say(msg("plan.first_to_go", arg("time", words_.duration(plan_.first_to_go->minutes)), arg("names", shown(plan_.first_to_go->dropped, 5))));
    }

    Session& session_;
    const AuditReport& report_;
    const WeeklyPlan& plan_;
    Groups groups_;
    Words words_;
};

}  // namespace

int run_plan(Session& session, const Arguments& arguments) {
    const double minutes = minutes_asked(session, arguments);
    const AuditReport report = session.audit();
    // The profile has been checked when it was read.
    const WeeklyPlan plan = weekly_plan(report, policy_with(session.profile().policy).policy, minutes);
    if (session.json()) session.out() << Json(report, plan).text();
    else PlanText(session, report, plan).write();
    return 0;
}

}  // namespace secateur::cli
