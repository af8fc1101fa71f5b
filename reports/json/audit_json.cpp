// SPDX-License-Identifier: GPL-3.0-or-later
// `audit --json`, schema secateur.audit/1 (docs/schemas/audit.schema.json). Keys may be added; none changes its meaning.
#include "reports/json/json_text.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/overview.hpp"
#include "reports/renderer.hpp"
#include "reports/words.hpp"

namespace secateur {
namespace {

constexpr int share_decimals = 4;
constexpr int minute_decimals = 1;
constexpr int count_decimals = 1;  // medians of counts

class AuditJson {
public:
    AuditJson(const AuditReport& report, Language language) : report_(report), view_(overview_of(report)), language_(language), words_(language) {}

    std::string text() {
        json_.begin_object()
            .member("schema", "secateur.audit/1")
            .member("client", report_.client)
            .member("as_of", report_.as_of)
            .member("zone", report_.zone)
            .member("language", language_tag(language_))
            .number_member("minutes_budget", report_.minutes_budget, minute_decimals);
        objectives();
        json_.key("groups").begin_array();
        for (const GroupAudit& each : report_.groups) group(each);
        json_.end_array();
        json_.key("candidates").begin_array();
        for (const GroupAudit& each : report_.candidates) group(each);
        json_.end_array();
        sources();
        accounts();
        json_.key("habits");
        habits();
        overlaps("overlaps");
        gave();
        texts("remarks", report_.remarks);
        totals();
        json_.end_object();
        return json_.take();
    }

    /// One group alone, as `show --json` prints it.
    std::string one(const GroupAudit& wanted) {
        json_.begin_object()
            .member("schema", "secateur.show/1")
            .member("client", report_.client)
            .member("as_of", report_.as_of)
            .key("group");
        group(wanted);
        json_.end_object();
        return json_.take();
    }

    /// The groups that repeat each other alone, as `overlap --json` prints them.
    std::string overlaps_alone() {
        json_.begin_object().member("schema", "secateur.overlap/1").member("client", report_.client).member("as_of", report_.as_of);
        overlaps("clusters");
        json_.end_object();
        return json_.take();
    }

    /// Her habits alone, as `habits --json` prints them.
    std::string habits_alone() {
        json_.begin_object().member("schema", "secateur.habits/1").member("client", report_.client).member("as_of", report_.as_of).key("habits");
        habits();
        json_.end_object();
        return json_.take();
    }
    /// Her accounts alone, as `accounts --json` prints them.
    std::string accounts_alone() {
        json_.begin_object().member("schema", "secateur.accounts/1").member("client", report_.client).member("as_of", report_.as_of);
        accounts();
        json_.end_object();
        return json_.take();
    }

private:
    void habits() {
        if (!report_.habits) {
            json_.null();
            return;
        }
        const Habits& habits = *report_.habits;
        json_.begin_object().key("platforms").begin_array();
        for (const PlatformHabit& each : habits.platforms) {
            json_.begin_object().member("platform", each.platform).member("part", to_string(each.part)).member("posts", each.posts)
                .member("answers", each.answers).member("reactions", each.reactions).member("last", each.last).member("groups", each.groups);
            strings("serves", each.serves);
            json_.end_object();
        }
        json_.end_array().key("invitations").begin_object().member("sent", habits.invitations_sent).member("received", habits.invitations_received);
        share("personal", habits.personal_invitations);
        json_.end_object().key("quarters").begin_object().member("last", fmt_quarter(habits.last_quarter));
        quarters("people_met", habits.people_met);
        quarters("replies_from_new", habits.replies_from_new);
        json_.end_object();
        share("strangers", habits.strangers);
        json_.member("namesakes", habits.namesakes);
        json_.member("asked", habits.asked).member("answered", habits.answered).member("cv_relays", habits.cv_relays).key("focus").begin_array();
        for (const Habits::Focus& each : habits.focus) {
            json_.begin_object();
            word("objective", each.objective);
            json_.member("acts", each.acts).number_member("share", each.share, share_decimals).end_object();
        }
        json_.end_array().end_object();
    }
    void quarters(std::string_view key, const std::optional<QuarterCounts>& known) {
        json_.key(key);
        if (!known) {
            json_.null();
            return;
        }
        json_.begin_object().key("counts").begin_array();
        for (const std::uint64_t each : known->counts) json_.value(each);
        json_.end_array().member("readable", known->readable).end_object();
    }
    static std::string fmt_quarter(std::int32_t quarter) { return std::to_string(quarter / 4) + "-Q" + std::to_string(quarter % 4 + 1); }
    void overlaps(std::string_view key) {
        json_.key(key).begin_array();
        for (const OverlapCluster& cluster : report_.overlaps) {
            json_.begin_object().member("keep", cluster.keep);
            text("why", cluster.why);
            json_.key("others").begin_array();
            for (const OverlapCluster::Other& other : cluster.others) {
                json_.begin_object().member("id", other.id).member("whole", other.whole).number_member("people", other.people, share_decimals)
                    .number_member("people_jaccard", other.jaccard, share_decimals).member("people_by_name", other.by_name).member("people_shared", other.people_shared);
                strings("people_names", other.people_names);
                json_.number_member("topics", other.topics, share_decimals);
                strings("terms", other.terms);
                json_.number_member("links", other.links, share_decimals).number_member("links_kept_first", other.kept_first, share_decimals)
                    .number_member("links_delay_hours", other.delay_hours, 1).number_member("texts", other.texts, share_decimals).end_object();
            }
            json_.end_array().end_object();
        }
        json_.end_array();
    }
    void strings(std::string_view key, const std::vector<std::string>& list) {
        json_.key(key).begin_array();
        for (const std::string& each : list) json_.value(each);
        json_.end_array();
    }
    void text(std::string_view key, const Message& message) { json_.member(key, render(words_.named(message), language_)); }
    void text(std::string_view key, const std::optional<Message>& message) {
        json_.key(key);
        if (message)
            json_.value(render(words_.named(*message), language_));
        else
            json_.null();
    }
    void texts(std::string_view key, const std::vector<Message>& messages) {
        json_.key(key).begin_array();
        for (const Message& message : messages) json_.value(render(words_.named(message), language_));
        json_.end_array();
    }
    template <class Word>
    void word(std::string_view key, const std::optional<Word>& value) {
        json_.key(key);
        if (value)
            json_.value(to_string(*value));
        else
            json_.null();
    }
    void word(std::string_view key, const std::string& value) {
        json_.key(key);
        if (value.empty())
            json_.null();
        else
            json_.value(value);
    }

    void objectives() {
        json_.key("objectives").begin_array();
        for (const ObjectiveAudit& each : report_.objectives) {
            json_.begin_object()
                .member("id", each.id)
                .member("text", each.text)
                .member("rank", each.rank)
                .member("start", each.start)
                .member("done", each.done)
                .member("strong_groups", each.strong_groups)
                .member("some_groups", each.some_groups);
            text("remark", each.remark);
            json_.end_object();
        }
        json_.end_array();
    }

    /// Personal and duty groups are listed with their decision and nothing else: every metric is null, whatever was computed.
    void group(const GroupAudit& group) {
        const bool shown = !is_set_apart(group);
        json_.begin_object()
            .member("id", group.id)
            .member("platform", group.platform)
            .member("key", group.key);
        json_.key("name");
        group.name.empty() ? json_.null() : json_.value(group.name);
        json_.member("kind", to_string(group.kind))
            .member("scope", to_string(group.scope))
            .member("state", to_string(group.state))
            .member("fact", to_string(group.fact))
            .member("coverage", to_string(group.coverage))
            .member("data_until", group.data_until)
            .member("stale", group.stale)
            .member("joined_at", shown ? group.joined_at : std::nullopt)
            .member("repeats", shown ? group.repeats : std::nullopt);
        word("url", group.url);
        word("group_language", group.language);
        json_.key("proposed_scope");
        if (group.proposed_scope)
            json_.begin_object()
                .member("scope", to_string(group.proposed_scope->scope))
                .member("cue", group.proposed_scope->cue)
                .end_object();
        else
            json_.null();
        json_.key("proposed_purpose");
        if (group.proposed_purpose) {
            json_.begin_object().member("purpose", to_string(group.proposed_purpose->purpose));
            strings("cues", group.proposed_purpose->cues);
            json_.end_object();
        } else {
            json_.null();
        }
        mine(group, shown);
        participation(shown ? group.participation : ParticipationScore{});
        rhythm(shown ? group.rhythm : std::nullopt);
        responses(shown ? group.responses : std::nullopt);
        reciprocity(shown ? group.reciprocity : std::nullopt);
        json_.key("relevance").begin_array();
        if (shown)
            for (const RelevanceScore& each : group.relevance) relevance(each);
        json_.end_array();
        vitality(shown ? group.vitality : std::nullopt);
        json_.key("stated_silence");
        if (const auto& stated = group.stated_silence; shown && stated)
            json_.begin_object().member("measured_at", stated->measured_at).member("last_post", stated->last_post).member("dead", stated->dead).end_object();
        else
            json_.null();
        json_.key("minutes_per_week");
        if (shown && group.minutes)
            minutes(*group.minutes);
        else
            json_.null();
        json_.member("people_met", shown ? group.people_met : std::nullopt).member("reach", shown ? group.reach : std::nullopt);
        json_.key("people_met_only_here").begin_array();
        if (shown)
            for (const std::string& person : group.people_met_only_here) json_.value(person);
        json_.end_array();
        json_.key("in_person");
        if (const auto& met = group.in_person; shown && met) {
            json_.begin_object().member("people", met->people).member("last", met->last).key("names").begin_array();
            for (const std::string& person : met->names) json_.value(person);
            json_.end_array().end_object();
        } else {
            json_.null();
        }
        months(group, shown);
        json_.key("answers").begin_array();
        for (const Answer& answer : group.answers)
            json_.begin_object()
                .member("question", answer.question)
                .member("value", answer.value)
                .member("date", answer.date)
                .end_object();
        json_.end_array();
        verdict(group.verdict);
        json_.end_object();
    }

    void mine(const GroupAudit& group, bool shown) {
        json_.key("mine");
        if (!shown) {
            json_.null();
            return;
        }
        json_.begin_object()
            .member("acts", group.my_acts)
            .member("reactions", group.my_reactions)
            .member("words", group.my_words)
            .member("active_weeks_52", group.my_active_weeks_52)
            .member("first", group.first_act)
            .member("last", group.last_act)
            .end_object();
    }

    void participation(const ParticipationScore& score) {
        json_.key("participation")
            .begin_object()
            .number_member("probability", score.probability, share_decimals)
            .number_member("active_weeks_decayed", score.active_weeks_decayed, share_decimals)
            .member("days_since_here", score.days_since_here)
            .member("days_since_account", score.days_since_account)
            .member("people_90d", score.people_90d);
        word("likelihood", score.likelihood);
        json_.end_object();
    }

    void share(std::string_view key, const std::optional<Share>& value) {
        json_.key(key);
        if (!value) {
            json_.null();
            return;
        }
        json_.begin_object()
            .member("part", value->part)
            .member("all", value->all)
            .number_member("value", value->value, share_decimals)
            .number_member("low", value->low, share_decimals)
            .number_member("high", value->high, share_decimals)
            .end_object();
    }

    void rhythm(const std::optional<Rhythm>& rhythm) {
        json_.key("rhythm");
        if (!rhythm) {
            json_.null();
            return;
        }
        json_.begin_object()
            .member("from", rhythm->from)
            .member("until", rhythm->until)
            .member("weeks", rhythm->weeks)
            .member("acts", rhythm->acts)
            .number_member("acts_per_week", rhythm->acts_per_week, share_decimals)
            .key("expected_per_week");
        if (const auto& expected = rhythm->expected_per_week)
            json_.begin_object()
                .number_member("value", expected->value, share_decimals)
                .number_member("low", expected->low, share_decimals)
                .number_member("high", expected->high, share_decimals)
                .end_object();
        else
            json_.null();
        share("active_weeks_share", rhythm->active_weeks);
        word("presence", rhythm->presence);
        json_.member("ladder", to_string(rhythm->ladder))
            .member("streak", rhythm->streak)
            .member("longest_streak", rhythm->longest_streak)
            .number_member("usual_gap_days", rhythm->usual_gap_days, 1)
            .number_member("silence_ratio", rhythm->silence_ratio, share_decimals);
        share("initiative", rhythm->initiative);
        json_.end_object();
    }

    void waits(std::string_view key, const std::optional<Waits>& waits) {
        json_.key(key);
        if (!waits) {
            json_.null();
            return;
        }
        json_.begin_object()
            .number_member("median_hours", waits->median_hours, 1)
            .number_member("p90_hours", waits->p90_hours, 1)
            .member("answered", waits->answered)
            .member("open", waits->open)
            .member("open_counted", waits->open_counted)
            .end_object();
    }

    void reciprocity(const std::optional<Reciprocity>& reciprocity) {
        json_.key("reciprocity");
        if (!reciprocity) {
            json_.null();
            return;
        }
        json_.begin_object().number_member("balance", reciprocity->balance, share_decimals);
        share("given", reciprocity->given);
        const auto side = [this](std::string_view key, const Reciprocity::Side& each) {
            json_.key(key).begin_object().member("acts", each.acts).member("people", each.people).member("days", each.days)
                .number_member("one_person", each.one_person, share_decimals).end_object();
        };
        side("gave_100d", reciprocity->gave);
        side("got_100d", reciprocity->got);
        json_.member("broad", reciprocity->broad).number_member("mutual", reciprocity->mutual, share_decimals)
            .number_member("mutual_beyond_chance", reciprocity->mutual_beyond_chance, share_decimals).key("with").begin_array();
        for (const Reciprocity::With& each : reciprocity->with)
            json_.begin_object().member("name", each.name).member("from_me", each.from_me).member("to_me", each.to_me)
                .number_member("imbalance", each.imbalance, share_decimals).end_object();
        json_.end_array().end_object();
    }
    void gave() {
        json_.key("gave");
        if (!report_.gave) {
            json_.null();
            return;
        }
        json_.begin_object().member("answers", report_.gave->answers).member("people", report_.gave->people).member("thanks_received", report_.gave->thanks_received)
            .member("introductions", report_.gave->introductions).member("recommendations", report_.gave->recommendations).end_object();
    }
    void responses(const std::optional<Responses>& responses) {
        json_.key("responses");
        if (!responses) {
            json_.null();
            return;
        }
        json_.begin_object();
        share("voice", responses->voice);
        json_.number_member("voice_index", responses->voice_index, share_decimals);
        share("received", responses->received);
        share("given", responses->given);
        waits("to_me", responses->to_me);
        waits("by_me", responses->by_me);
        share("inferred", responses->inferred);
        json_.member("unknown", responses->unknown).end_object();
    }

    void relevance(const RelevanceScore& score) {
        json_.begin_object()
            .member("objective", score.objective)
            .number_member("score", score.score, share_decimals)
            .member("band", to_string(score.band))
            .key("matched")
            .begin_array();
        for (const MatchedTerm& term : score.matched)
            json_.begin_object()
                .member("term", term.term)
                .member("from", term.from)
                .number_member("share", term.share, share_decimals)
                .end_object();
        json_.end_array().member("title_only", score.title_only).member("confirmed", score.confirmed).member("met", score.met).member("unseen", score.unseen).member("no_more", score.no_more).end_object();
    }

    void vitality(const std::optional<Vitality>& vitality) {
        json_.key("vitality");
        if (!vitality) {
            json_.null();
            return;
        }
        json_.begin_object()
            .key("posts_per_week")
            .begin_object()
            .number_member("q1", vitality->posts_per_week_q1, count_decimals)
            .number_member("median", vitality->posts_per_week_median, count_decimals)
            .number_member("q3", vitality->posts_per_week_q3, count_decimals)
            .end_object()
            .member("last_month", month_text(vitality->last_month))
            .member("authors_month", vitality->authors_month)
            .member("new_authors_month", vitality->new_authors_month)
            .number_member("returning_share", vitality->returning_share, share_decimals)
            .member("months_since_half_of_best", vitality->months_since_half_of_best)
            .member("last_post", vitality->last_post)
            .member("dead", vitality->dead);
        word("state", vitality->state);
        json_.number_member("active_rate", vitality->active_rate, share_decimals)
            .number_member("top_ten_share", vitality->top_ten_share, share_decimals)
            .number_member("gini", vitality->gini, share_decimals)
            .key("creators");
        if (const auto& creators = vitality->creators)
            json_.begin_object().number_member("none", creators->none, share_decimals).number_member("few", creators->few, share_decimals)
                .number_member("many", creators->many, share_decimals).end_object();
        else json_.null();
        share("lonely", vitality->lonely);
        json_.number_member("burstiness", vitality->burstiness, share_decimals).key("trend");
        if (const auto& trend = vitality->trend)
            json_.begin_object().member("months", trend->months).number_member("slope", trend->slope, share_decimals).number_member("p", trend->p, share_decimals)
                .member("readable", trend->readable).end_object();
        else json_.null();
        json_.key("change");
        if (const auto& change = vitality->change)
            json_.begin_object().member("before", change->before).member("last", change->last).number_member("p", change->p, share_decimals)
                .member("readable", change->readable).end_object();
        else json_.null();
        json_
            .end_object();
    }

    void minutes(const MinutesPerWeek& minutes) {
        constexpr std::string_view origins[] = {"her_group", "her_platform", "inferred"};
        json_.begin_object()
            .number_member("low", minutes.low, minute_decimals)
            .number_member("mid", minutes.mid, minute_decimals)
            .number_member("high", minutes.high, minute_decimals)
            .member("origin", origins[static_cast<std::size_t>(minutes.origin)])
            .end_object();
    }

    /// "2026-10"
    static std::string month_text(std::int32_t month) {
        return format_date(std::chrono::sys_days(std::chrono::year(month / 12) / std::chrono::month(static_cast<unsigned>(month % 12) + 1) / 1)).substr(0, 7);
    }

    void months(const GroupAudit& group, bool shown) {
        json_.key("months").begin_array();
        if (shown)
            for (const MonthPoint& point : group.months) {
                json_.begin_object()
                    .member("month", month_text(point.month))
                    .member("mine", point.mine)
                    .member("others", point.others)
                    .end_object();
            }
        json_.end_array();
    }

    void verdict(const Verdict& verdict) {
        json_.key("verdict").begin_object().member("decision", to_string(verdict.decision)).member("rule", verdict.rule);
        word("certainty", verdict.certainty);
        json_.member("until", verdict.until);
        json_.key("reasons").begin_array();
        for (const Reason& reason : verdict.reasons)
            json_.begin_object()
                .member("metric", reason.metric)
                .member("value", reason.value)
                .member("text", render(words_.named(reason.text), language_))
                .member("side", reason.side == Side::in_favour ? "for" : "against")
                .end_object();
        json_.end_array();
        texts("missing", verdict.missing);
        text("question", verdict.question);
        text("suggestion", verdict.suggestion);
        json_.end_object();
    }

    void sources() {
        json_.key("sources").begin_array();
        for (const SourceCard& source : report_.sources) {
            json_.begin_object()
                .member("id", source.id)
                .member("platform", source.platform)
                .member("connector", source.connector)
                .member("label", source.label)
                .member("first", source.first)
                .member("last", source.last)
                .member("data_until", source.data_until)
                .member("stale", source.stale);
            word("coverage", source.coverage);
            json_.member("activities", source.activities)
                .member("mine", source.mine)
                .member("unattributed", source.unattributed)
                .member("quarantined", source.quarantined);
            texts("lacks", source.lacks);
            json_.end_object();
        }
        json_.end_array();
    }

    void accounts() {
        json_.key("accounts").begin_array();
        for (const AccountCard& account : report_.accounts) {
            json_.begin_object().member("platform", account.platform);
            word("handle", account.handle);
            json_.member("last_used", account.last_used)
                .member("is_public", account.is_public)
                .member("password_known", account.password_known)
                .member("dormant", account.dormant)
                .member("last_sign", account.last_sign);
            strings("serves", account.serves);
            word("closing_link", account.closing_link);
            json_.end_object();
        }
        json_.end_array();
    }

    void totals() {
        const AuditTotals& totals = report_.totals;
        json_.key("totals").begin_object().member("groups", totals.groups);
        json_.key("by_decision").begin_object();
        for (const Decision decision :
             {Decision::keep, Decision::read_only, Decision::mute, Decision::trial, Decision::leave, Decision::cannot_judge}) {
            const auto found = totals.by_decision.find(decision);
            json_.member(to_string(decision), found == totals.by_decision.end() ? std::uint64_t{0} : found->second);
        }
        json_.end_object();
        json_.key("by_fact").begin_object();
        for (const auto& [fact, count] : view_.by_fact) json_.member(to_string(fact), count);
        json_.end_object();
        json_.key("minutes_per_week")
            .begin_object()
            .number_member("low", totals.minutes_low, minute_decimals)
            .number_member("mid", totals.minutes_mid, minute_decimals)
            .number_member("high", totals.minutes_high, minute_decimals)
            .member("unknown_groups", totals.unknown_minutes)
            .end_object();
        json_.member("serving", view_.serving)
            .member("leaving_without_loss", view_.leaving_without_loss)
            .member("set_apart", view_.set_apart.size())
            .member("unnamed_groups", totals.unnamed_groups)
            .member("direct_conversations", totals.direct_conversations)
            .member("left_groups", totals.left_groups)
            .member("candidates", totals.candidates);
        share("received", totals.received);
        share("given", totals.given);
        json_.end_object();
    }

    const AuditReport& report_;
    const Overview view_;
    const Language language_;
    const Words words_;
    JsonText json_;
};

class JsonRenderer final : public Renderer {
public:
    [[nodiscard]] const RendererInfo& info() const override {
        static const RendererInfo info{.name = "json", .title = msg("reports.title.json"), .ending = "json"};
        return info;
    }

private:
    void write(const AuditReport& report, const RenderOptions& options, std::string& out) const override {
        out += AuditJson(report, options.language).text();
    }
};

}  // namespace

const Renderer& json_renderer() {
    static const JsonRenderer renderer;
    return renderer;
}

std::string group_json(const AuditReport& report, const GroupAudit& group, Language language) {
    return AuditJson(report, language).one(group);
}

std::string overlap_json(const AuditReport& report, Language language) { return AuditJson(report, language).overlaps_alone(); }

std::string habits_json(const AuditReport& report, Language language) { return AuditJson(report, language).habits_alone(); }
std::string accounts_json(const AuditReport& report, Language language) { return AuditJson(report, language).accounts_alone(); }

}  // namespace secateur
