// SPDX-License-Identifier: GPL-3.0-or-later
// The bulk export of a Mattermost server: JSON lines, alone or in a ZIP with the files beside. See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "connectors/mattermost/post_reader.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace mattermost {
namespace {

constexpr JsonOptions lines{.many_documents = true};

/// What stands before the first post: the version and the people. A survey goes on to the end and counts authors.
class Look final : public JsonHandler {
public:
    Look(Members& members, bool to_the_end) : members_(members), to_the_end_(to_the_end) {}

    Flow on_value(std::size_t pattern, std::string_view, JsonValue value, const Location&) override {
        switch (pattern) {
            case line_type:
                if (first_.empty()) first_ = value.string();
                return Flow::proceed;
            case line_info:
                if (const auto when = parse_rfc3339(value["created"].string())) created = when->at;
                return Flow::proceed;
            case line_user:
                take_user(members_, value);
                return Flow::proceed;
            case line_bot:
                take_bot(members_, value);
                return Flow::proceed;
            case line_post:
            case line_direct_post:
                has_posts_ = true;
                if (!to_the_end_) return Flow::stop;
                count(value);
                for (const JsonValue reply : value["replies"]) count(reply);
                return Flow::proceed;
            case line_team:
            case line_channel:
                has_channels_ = has_channels_ || value["name"].is_string();
                return Flow::proceed;
            default:
                return Flow::proceed;
        }
    }

    [[nodiscard]] bool begins_with_version() const noexcept { return first_ == "version"; }
    [[nodiscard]] bool has_lines() const noexcept { return has_channels_ || has_posts_ || !members_.all().empty(); }
    std::optional<Instant> created;

private:
    void count(JsonValue written) {
        const std::string_view name = written["user"].string();
        if (name.empty() || read_notice(written["type"].string(), written["props"], name, written["message"].string()).kind != Notice::none) return;
        ++members_.at(name).messages;
    }

    Members& members_;
    bool to_the_end_;
    bool has_posts_ = false, has_channels_ = false;
    std::string first_;
};

/// The lines: the only .jsonl (or .json) there is, or the shallowest that is named as the server names it.
const Entry* main_file(const Source& source) {
    const Entry* best = nullptr;
    std::size_t count = 0;
    for (const Entry& entry : source.entries()) {
        if (!entry.path.ends_with(".jsonl") && !entry.path.ends_with(".json")) continue;
        if (entry.path.find("data/") != std::string::npos && source.entries().size() > 1) continue;  // a file somebody attached
        ++count;
        const auto depth = [](const Entry& each) { return std::ranges::count(each.path, '/'); };
        if (best == nullptr || (entry.path.ends_with(".jsonl") && !best->path.ends_with(".jsonl")) ||
            (entry.path.ends_with(".jsonl") == best->path.ends_with(".jsonl") && depth(entry) < depth(*best)))
            best = &entry;
    }
    return count == 1 || (best != nullptr && best->path.ends_with(".jsonl")) ? best : nullptr;
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, const ReadContext& context) : source_(source), entry_(entry), context_(context) {
        Look look(members_, false);
        static_cast<void>(read_json(*source.open(entry), entry.path, patterns(), look, lines));
        exported_at_ = look.created ? look.created : export_instant(source, context.zone);
        me_ = find_owner(members_, context.me);
        if (me_.is_known()) return;
        Look survey(members_, true);
        static_cast<void>(read_json(*source.open(entry), entry.path, patterns(), survey, lines));
        me_ = find_owner(members_, context.me);
        if (!me_.is_known()) propose_owners(me_.owner, members_);
    }

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (me_.is_known() && sink.accept(account_of(me_, members_), {}) == Flow::stop) return;
        PostReader posts(members_, me_, context_, exported_at_, sink);
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, patterns(), posts, lines);
        if (outcome.end == JsonEnd::stopped) return;
        if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        if (posts.finish() == Flow::stop) return;
        if (!posts.saw_direct()) sink.lack(msg("mattermost.lack_direct"));
    }

private:
    const Source& source_;
    const Entry& entry_;
    ReadContext context_;
    Members members_;
    std::optional<Instant> exported_at_;
    Ownership me_;
};

class MattermostConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "mattermost",
                                             .version = 1,
                                             .title = "Mattermost bulk export (JSON lines)",
                                             .message = "mattermost.recognises",
                                             .how_to = "mattermost.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr) return std::nullopt;
        const std::string_view head = source.head(*entry);
        if (head.find("\"type\"") == std::string_view::npos) return std::nullopt;
        Members members;
        Look look(members, false);
        static_cast<void>(read_json(*memory_stream(head), entry->path, patterns(), look, lines));
        if (!look.begins_with_version() || !look.has_lines()) return std::nullopt;
        return Match{Confidence::certain, msg("mattermost.evidence", arg("file", entry->name()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr) throw Error(refusal(msg("mattermost.not_an_export"), {}, msg("mattermost.how_to")));
        return std::make_unique<Stream>(source, *entry, context);
    }
};

}  // namespace
}  // namespace mattermost

const Connector& mattermost_connector() {
    static const mattermost::MattermostConnector connector;
    return connector;
}

}  // namespace secateur
