// SPDX-License-Identifier: GPL-3.0-or-later
// GitHub's "Export account data": what happened in the repositories that somebody owns. See format.md.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/github/archive.hpp"
#include "connectors/members.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace github {
namespace {

constexpr std::string_view platform = "github";
constexpr std::size_t heads_to_check = 3;
constexpr std::uint64_t least_own_acts = 5;
const Instant founded = std::chrono::sys_days(std::chrono::year(2008) / 1 / 1);

/// What people wrote.
constexpr std::initializer_list<FileKind> contents{FileKind::discussions,     FileKind::discussion_comments, FileKind::issues,
                                                   FileKind::pull_requests,   FileKind::issue_comments,      FileKind::reviews,
                                                   FileKind::review_comments, FileKind::commit_comments};

/// A repository or an organisation: what the export says of it, and what was seen in it.
struct Place {
    Group group;
    Location where;
    std::string owner;                                 // login
    std::vector<std::pair<std::string, Role>> people;  // logins
    std::set<std::string> others;                      // two authors that are not me are enough to know
    std::uint64_t mine = 0;
    std::optional<Instant> first;
    bool told = false;
};

Role parse_role(std::string_view text) {
    const std::string role = fold_name(text);
    if (role == "admin" || role == "owner") return Role::admin;
    if (role == "maintain" || role == "maintainer") return Role::moderator;
    return Role::member;
}

struct Handler final : JsonHandler {
    std::function<void(JsonValue, const Location&)> value;
    const bool* stopped = nullptr;
    Flow on_value(std::size_t, std::string_view, JsonValue found, const Location& where) override {
        value(found, where);
        return *stopped ? Flow::stop : Flow::proceed;
    }
};

class Reader final : public RecordStream {
public:
    Reader(const Source& source, const ReadContext& context, Layout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(export_instant(source, context.zone)) {
        using enum FileKind;
        visit({users, organizations, repositories}, [this](const FoundFile& file, ByteStream& stream) {
            try {
                const JsonOutcome outcome = read_values(file, stream, [&](JsonValue value, const Location& where) {
                    if (file.kind == users) learn_user(file, value);
                    else learn_place(file, value, where);
                });
                if (outcome.end == JsonEnd::broken) damaged_.push_back(outcome.problem);
            } catch (const Error& error) {
                damaged_.push_back(error.problem());
            }
        });
        settle_owner();
        if (me_.is_known()) return;
        // Whom to propose is worth a pass of its own.
        visit(contents, [this](const FoundFile& file, ByteStream& stream) {
            try {
                (void)read_values(file, stream, [this](JsonValue value, const Location&) {
                    const std::string_view url = value["user"].string();
                    if (const std::string login = parse_login(url); !login.empty() && !is_robot(url))
                        ++members_.at(login).messages;
                });
            } catch (const Error&) {
                // Told when it is read.
            }
        });
        propose_owners(me_.owner, members_);
    }

    [[nodiscard]] const Owner& owner() const override { return me_.owner; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        stopped_ = false;
        bytes_ = 0;
        for (auto& [key, place] : places_) {
            place.others.clear();
            place.mine = 0;
            place.first.reset();
            place.told = false;
        }
        if (me_.is_known()) {
            Account account = account_of(me_, members_);
            account.platform = platform;
            send(std::move(account), {});
        }
        for (const FoundFile& file : layout_.files)
            if (!stopped_ && file.kind == FileKind::not_read) sink.ignore(file.ignored_as);
        for (const Problem& problem : damaged_)
            if (!stopped_ && sink.reject(problem, {}) == Flow::stop) stopped_ = true;
        for (auto& [key, place] : places_) tell_place(key, place);
        using enum FileKind;
        visit(contents, [this](const FoundFile& file, ByteStream& stream) { read_file(file, stream); });
        for (const auto& [key, place] : places_) tell_coverage(key, place);
        if (stopped_) return;
        sink.lack(msg("github.lack_elsewhere"));
        sink.lack(msg("github.lack_joins"));
    }

private:
    void visit(std::initializer_list<FileKind> wanted, const std::function<void(const FoundFile&, ByteStream&)>& each) {
        if (stopped_) return;
        const auto file_of = [this, wanted](const Entry& entry) -> const FoundFile* {
            const auto found =
                std::ranges::find(layout_.files, entry.path, [](const FoundFile& file) { return file.entry->path; });
            if (found == layout_.files.end() || std::ranges::find(wanted, found->kind) == wanted.end()) return nullptr;
            return &*found;
        };
        source_.for_each([&](const Entry& entry) { return file_of(entry) != nullptr; },
                         [&](const Entry& entry, ByteStream& stream) {
                             each(*file_of(entry), stream);
                             return stopped_ ? Flow::stop : Flow::proceed;
                         });
    }

    JsonOutcome read_values(const FoundFile& file, ByteStream& stream, std::function<void(JsonValue, const Location&)> value) {
        static const std::vector<JsonPattern> patterns{{JsonPattern::value, "[*]"}};
        Handler handler;
        handler.value = std::move(value);
        handler.stopped = &stopped_;
        return read_json(stream, file.entry->path, patterns, handler);
    }

    // ------------------------------------------------------------------------------------------- first pass
    void learn_user(const FoundFile& file, JsonValue user) {
        const std::string login = fold_name(user["login"].string());
        if (login.empty()) return;
        Member& member = members_.at(login);
        member.handle = user["login"].string();
        member.name = trim(user["name"].string());
        if (member.name.empty()) member.name = member.handle;
        member.automatic = file.type == "bot" || login.ends_with("[bot]");
        for (const JsonValue email : user["emails"])
            if (member.email.empty()) member.email = email["address"].string();
    }
    void learn_place(const FoundFile& file, JsonValue value, const Location& where) {
        const std::string_view url = value["url"].string();
        Place place;
        place.where = where;
        place.group.platform = platform;
        place.group.url = url;
        place.group.kind = GroupKind::community;
        place.group.description = value["description"].string();
        std::string key;
        if (file.kind == FileKind::organizations) {
            key = parse_login(url);
            place.group.name = trim(value["name"].string());
            if (place.group.name.empty()) place.group.name = value["login"].string();
            for (const JsonValue each : value["members"]) {
                const std::string login = parse_login(each.is_string() ? each.string() : each["user"].string());
                if (!login.empty()) place.people.emplace_back(login, parse_role(each["role"].string()));
            }
            if (value["members"]) place.group.members = place.people.size();
        } else if (const auto address = parse_address(url)) {
            key = address->repository;
            place.group.name = address->shown;
            place.owner = parse_login(value["owner"].string());
            for (const JsonValue topic : value["repository_topics"])
                place.group.topics.emplace_back(topic.is_string() ? topic.string() : topic["name"].string());
            for (const JsonValue each : value["collaborators"]) {
                const std::string login = parse_login(each["user"].string());
                if (!login.empty()) place.people.emplace_back(login, parse_role(each["permission"].string()));
            }
        }
        if (!key.empty()) places_.insert_or_assign(key, std::move(place));
    }

    /// The account whose repositories these are: the export holds no others.
    void settle_owner() {
        me_ = find_owner(members_, context_.me);
        if (me_.is_known() && context_.me.forced) return;
        std::set<std::string> owners;
        std::size_t repositories = 0;
        for (const auto& [key, place] : places_) {
            if (place.owner.empty()) continue;
            ++repositories;
            owners.insert(place.owner);
        }
        if (owners.size() != 1 || places_.contains(*owners.begin())) return;  // of several accounts, or of an organisation
        Member& member = members_.at(*owners.begin());
        if (member.handle.empty()) member.handle = member.id;
        me_ = owner_by_export(member, msg("github.owner_repositories", arg("name", member.handle), arg("count", repositories)));
        me_.owner.from_export = !context_.me.forced;
    }

    // ---------------------------------------------------------------------------------------------- records
    void send(Record record, const Location& where) {
        if (!stopped_ && sink_->accept(std::move(record), where) == Flow::stop) stopped_ = true;
    }
    void reject(Message reason, const Location& where, JsonValue value) {
        if (!stopped_ && sink_->reject(refusal(std::move(reason), where), value.text()) == Flow::stop) stopped_ = true;
    }

    void tell_place(const std::string& key, Place& place) {
        if (std::exchange(place.told, true)) return;
        place.group.key = key;
        send(place.group, place.where);
        const auto member = [&](Role role, std::string_view origin) {
            Membership membership{
                .platform = std::string(platform), .group = key, .event = MembershipEvent::member, .role = role};
            membership.origin = origin;
            send(std::move(membership), place.where);
        };
        if (me_.is_me(place.owner)) return member(Role::owner, "repository_owner");
        const auto mine = std::ranges::find_if(place.people, [this](const auto& each) { return me_.is_me(each.first); });
        if (mine != place.people.end()) member(mine->second, place.owner.empty() ? "organization_member" : "collaborator");
    }

    void tell_coverage(const std::string& key, const Place& place) {
        Coverage coverage{.platform = std::string(platform), .group = key, .end = exported_at_};
        // Without a known owner one author could be the owner.
        coverage.kind = place.others.size() >= (me_.is_known() ? 1U : 2U) ? CoverageKind::full
                        : place.mine >= least_own_acts                    ? CoverageKind::own_only
                                                                          : CoverageKind::names_only;
        if (coverage.kind == CoverageKind::full) coverage.begin = place.first;
        send(std::move(coverage), {});
    }

    void read_file(const FoundFile& file, ByteStream& stream) {
        try {
            ProgressStream counted(stream, bytes_, context_.progress);
            const JsonOutcome outcome =
                read_values(file, counted, [&](JsonValue value, const Location& where) { read_object(file.kind, value, where); });
            if (outcome.end == JsonEnd::broken && sink_->reject(outcome.problem, {}) == Flow::stop) stopped_ = true;
        } catch (const Error& error) {
            // The rest of this file is lost; the others may be whole.
            if (sink_->reject(error.problem(), {}) == Flow::stop) stopped_ = true;
        }
    }
    std::optional<When> when_of(JsonValue value, const Location& where, bool& refused) {
        const std::string_view text = value["created_at"].string();
        refused = false;
        if (text.empty()) return std::nullopt;
        const auto parsed = parse_rfc3339(text);
        const bool possible =
            parsed && parsed->at >= founded && (context_.today == Date{} || parsed->at < context_.today + std::chrono::days(2));
        if (possible) return When{.at = parsed->at};
        refused = true;
        reject(
            parsed ? msg("github.impossible_date", arg("value", quote(text))) : msg("github.bad_date", arg("value", quote(text))),
            where, value);
        return std::nullopt;
    }

    void read_object(FileKind kind, JsonValue value, const Location& where) {
        const auto address = parse_address(value["url"].string());
        if (!address || address->id.empty()) return reject(msg("github.no_address"), where, value);
        bool refused = false;
        const auto when = when_of(value, where, refused);
        if (refused) return;
        using enum FileKind;
        Activity activity{.platform = std::string(platform), .group = address->repository, .native_id = address->id};
        activity.when = when;
        activity.text = value["body"].string();
        activity.kind = ActivityKind::comment;
        switch (kind) {
            case issues:
            case pull_requests:
            case discussions:
                activity.kind = ActivityKind::post;
                activity.text = value["title"].string();
                if (!value["body"].string().empty()) activity.text += "\n\n" + std::string(value["body"].string());
                break;
            case reviews:
                // Without words: a box around comments on lines, or a vote.
                if (trim(activity.text).empty()) {
                    if (value["state"].integer() == 1) return sink_->ignore("empty_review");
                    activity.kind = ActivityKind::vote;
                }
                activity.parent = id_of(value["pull_request"]);
                break;
            default:
                for (const std::string_view answered : {"in_reply_to", "parent_comment"})
                    if (activity.parent.empty()) activity.parent = id_of(value[answered]);
                if (!activity.parent.empty()) activity.kind = ActivityKind::reply;
                for (const std::string_view about : {"issue", "pull_request", "discussion"})
                    if (activity.parent.empty()) activity.parent = id_of(value[about]);
        }
        write_author(activity, value["user"].string());
        activity.mentions_me = !activity.is_me && mentions_me(activity.text);

        Place& place = place_at(*address, where);
        if (is_act(activity.kind)) {
            if (activity.is_me) ++place.mine;
            else if (!activity.automatic && !activity.author.key.empty() && place.others.size() < 2)
                place.others.insert(activity.author.key);
            if (when && (!place.first || when->at < *place.first)) place.first = when->at;
        }
        const bool mine = activity.is_me;
        send(std::move(activity), where);
        for (const JsonValue reaction : value["reactions"]) read_reaction(reaction, *address, mine, where);
    }

    /// The id of what a field points at, in the same repository.
    static std::string id_of(JsonValue url) {
        const auto address = parse_address(url.string());
        return address ? address->id : std::string();
    }

    Place& place_at(const Address& address, const Location& where) {
        const auto [found, is_new] = places_.try_emplace(address.repository);
        if (is_new) {
            found->second.where = where;
            found->second.group = Group{.platform = std::string(platform),
                                        .name = address.shown,
                                        .url = "https://github.com/" + address.shown,
                                        .kind = GroupKind::community};
        }
        tell_place(found->first, found->second);
        return found->second;
    }

    void write_author(Activity& activity, std::string_view url) const {
        const std::string login = parse_login(url);
        if (login.empty() || login == "ghost") return;  // a deleted account
        const Member* member = members_.find(login);
        activity.is_me = me_.is_me(login);
        activity.automatic = is_robot(url) || (member != nullptr && member->automatic);
        activity.author = {.key = login, .name = member != nullptr && !member->name.empty() ? member->name : login};
    }

    void read_reaction(JsonValue reaction, const Address& to, bool to_me, const Location& where) {
        bool refused = false;
        const auto when = when_of(reaction, where, refused);
        if (refused) return;
        Activity activity{.platform = std::string(platform), .group = to.repository, .kind = ActivityKind::reaction};
        activity.when = when;
        write_author(activity, reaction["user"].string());
        activity.native_id = "r:" + to.id + ":" + activity.author.key + ":" + std::string(reaction["content"].scalar());
        activity.parent = to.id;
        activity.parent_is_me = to_me;
        send(std::move(activity), where);
    }

    /// "@login", not part of a longer name or of an address.
    [[nodiscard]] bool mentions_me(std::string_view text) const {
        if (!me_.is_known() || text.find('@') == std::string_view::npos) return false;
        const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; };
        const std::string folded = fold_name(text);
        for (const std::string& id : me_.ids) {
            const std::string mention = "@" + id;
            for (std::size_t at = folded.find(mention); at != std::string::npos; at = folded.find(mention, at + 1)) {
                const std::size_t end = at + mention.size();
                if ((at == 0 || !is_part(folded[at - 1])) && (end == folded.size() || !is_part(folded[end]))) return true;
            }
        }
        return false;
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    std::optional<Instant> exported_at_;
    Members members_;
    std::map<std::string, Place> places_;  // by key
    std::vector<Problem> damaged_;         // files of the first pass that break off
    Ownership me_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    std::uint64_t bytes_ = 0;
};

class GitHubConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "github",
                                             .version = 1,
                                             .title = "GitHub account export (JSON)",
                                             .message = "github.recognises",
                                             .how_to = "github.how_to"};
        return about;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Layout layout = lay_out(source);
        // What stands beside it in a folder may be somebody else's: let each sub-folder be offered alone.
        if (source.kind() == SourceKind::folder && !layout.holds_all) return std::nullopt;
        std::size_t looks = 0;
        for (const FoundFile& file : layout.files) {
            if (file.kind == FileKind::not_read || ++looks > heads_to_check) break;
            const std::string_view head = source.head(*file.entry);
            if (has(head, "\"type\"") && has(head, "\"url\"") && has(head, "\"" + std::string(file.type) + "\""))
                return Match{.confidence = Confidence::certain,
                             .evidence = msg("github.evidence", arg("file", file.entry->path))};
        }
        return std::nullopt;
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Layout layout = lay_out(source);
        if (layout.files.empty())
            throw Error(refusal(msg("github.not_an_export"), {.entry = source.label()}, msg("github.how_to")));
        return std::make_unique<Reader>(source, context, std::move(layout));
    }

private:
    static bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
};

}  // namespace
}  // namespace github

const Connector& github_connector();
const Connector& github_connector() {
    static const github::GitHubConnector connector;
    return connector;
}

}  // namespace secateur
