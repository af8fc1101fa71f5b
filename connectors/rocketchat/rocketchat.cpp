// SPDX-License-Identifier: GPL-3.0-or-later
// A Rocket.Chat server's collections, as MongoDB dumps or exports them, or pages of its interface. See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/gzip.hpp"
#include "connectors/progress.hpp"
#include "connectors/rocketchat/bson.hpp"
#include "connectors/rocketchat/message_reader.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace rocketchat {
namespace {

enum class Collection { none, messages, rooms, users, subscriptions };

/// By the name of the file without its endings: "rocketchat_message.bson.gz".
Collection collection_of(std::string_view name) noexcept {
    const std::string_view stem = name.substr(0, name.find('.'));
    if (stem == "rocketchat_message" || stem == "rocketchat_messages") return Collection::messages;
    if (stem == "rocketchat_room" || stem == "rocketchat_rooms") return Collection::rooms;
    if (stem == "rocketchat_subscription" || stem == "rocketchat_subscriptions") return Collection::subscriptions;
    if (stem == "users" || stem == "rocketchat_users") return Collection::users;
    return Collection::none;
}

bool is_data(std::string_view name) noexcept {
    if (name.ends_with(".gz")) name.remove_suffix(3);
    if (name.ends_with(".metadata.json")) return false;  // indexes, beside a dump
    return name.ends_with(".json") || name.ends_with(".jsonl") || name.ends_with(".bson");
}

struct Layout {
    std::string root;
    bool pages = false;  // replies of the interface, any number of files
    const Entry* sample = nullptr;

    [[nodiscard]] Collection kind_of(const Entry& entry) const noexcept {
        if (entry.folder() != root || !is_data(entry.name())) return Collection::none;
        return pages ? Collection::messages : collection_of(entry.name());
    }
};

std::string head_of(const Source& source, const Entry& entry) {
    const std::string_view head = source.head(entry);
    return entry.path.ends_with(".gz") ? unpacked_head(head, std::size_t{64} << 10) : std::string(head);
}

std::optional<Layout> find_layout(const Source& source) {
    const Entry *messages = nullptr, *json = nullptr;
    for (const Entry& entry : source.entries()) {
        if (!is_data(entry.name())) continue;
        if (messages == nullptr && collection_of(entry.name()) == Collection::messages) messages = &entry;
        if (json == nullptr && entry.path.ends_with(".json")) json = &entry;
    }
    if (messages != nullptr) return Layout{.root = std::string(messages->folder()), .pages = false, .sample = messages};
    if (json != nullptr) return Layout{.root = std::string(json->folder()), .pages = true, .sample = json};
    return std::nullopt;
}

/// Every document of one file to the handler, in whatever clothes it comes.
JsonOutcome read_documents(ByteStream& stream, const std::string& entry, bool pages, JsonHandler& handler) {
    const std::unique_ptr<ByteStream> plain = unpacked_stream(stream, entry);
    if (pages) return read_json(*plain, entry, {{JsonPattern::value, "messages[*]"}}, handler);
    std::string_view name(entry);
    if (name.ends_with(".gz")) name.remove_suffix(3);
    if (name.ends_with(".bson")) {
        BsonAsJson lines(*plain);
        return read_json(lines, entry, {{JsonPattern::value, ""}}, handler, {.many_documents = true});
    }
    // Lines, or one array (mongoexport --jsonArray): the first byte tells, and is given back.
    struct Rest final : ByteStream {
        ByteStream& inner;
        std::string first;
        explicit Rest(ByteStream& stream) : inner(stream) {
            char c = 0;
            while (first.find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string::npos && first.size() < 64 && inner.read({&c, 1}) == 1) first += c;
        }
        std::size_t read(std::span<char> buffer) override {
            if (first.empty()) return inner.read(buffer);
            const std::size_t count = std::min(buffer.size(), first.size());
            std::copy_n(first.begin(), count, buffer.begin());
            first.erase(0, count);
            return count;
        }
    } rest(*plain);
    if (rest.first.ends_with('[')) return read_json(rest, entry, {{JsonPattern::value, "[*]"}}, handler);
    return read_json(rest, entry, {{JsonPattern::value, ""}}, handler, {.many_documents = true});
}

class Gatherer final : public JsonHandler {
public:
    Gatherer(Server& server, Date today) : server_(server), today_(today) {}
    Collection kind = Collection::none;
    Flow on_value(std::size_t, std::string_view, JsonValue value, const Location&) override {
        switch (kind) {
            case Collection::users: server_.take_user(value); break;
            case Collection::rooms: server_.take_room(value); break;
            case Collection::subscriptions: server_.take_subscription(value, today_); break;
            case Collection::messages: server_.count_author(value); break;
            case Collection::none: break;
        }
        return Flow::proceed;
    }

private:
    Server& server_;
    Date today_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, Layout layout, const ReadContext& context)
        : source_(source), layout_(std::move(layout)), context_(context), exported_at_(export_instant(source, context.zone)) {
        gather([](Collection kind) { return kind == Collection::users || kind == Collection::rooms; }, true);
        server_.me = find_owner(server_.members, context.me);
        has_users_ = !server_.members.all().empty();
        if (!server_.me.is_known() || !has_users_) {
            gather([](Collection kind) { return kind == Collection::messages; }, false);
            server_.me = find_owner(server_.members, context.me);
        }
        if (!server_.me.is_known()) propose_owners(server_.me.owner, server_.members);
        else gather([](Collection kind) { return kind == Collection::subscriptions; }, true);
    }

    const Owner& owner() const override { return server_.me.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (server_.me.is_known() && sink.accept(account_of(server_.me, server_.members), {}) == Flow::stop) return;
        for (const Problem& each : problems_)
            if (sink.reject(each, {}) == Flow::stop) return;
        MessageReader reader(server_, context_.today, exported_at_, sink);
        std::uint64_t bytes = 0;
        bool stopped = false;
        source_.for_each([this](const Entry& entry) { return layout_.kind_of(entry) == Collection::messages; },
                         [&](const Entry& entry, ByteStream& stream) {
                             ProgressStream counted(stream, bytes, context_.progress);
                             JsonOutcome outcome = read_documents(counted, entry.path, layout_.pages, reader);
                             if (outcome.end == JsonEnd::stopped) stopped = true;
                             if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) stopped = true;
                             return stopped ? Flow::stop : Flow::proceed;
                         });
        if (stopped || reader.finish() == Flow::stop) return;
        if (server_.rooms.empty()) sink.lack(msg("rocketchat.lack_rooms"));
        if (server_.me.is_known() && !server_.knows_my_rooms) sink.lack(msg("rocketchat.lack_subscriptions"));
    }

private:
    template <class Wanted>
    void gather(Wanted wanted, bool tells_problems) {
        Gatherer gatherer(server_, context_.today);
        source_.for_each([&](const Entry& entry) { return wanted(layout_.kind_of(entry)); },
                         [&](const Entry& entry, ByteStream& stream) {
                             gatherer.kind = layout_.kind_of(entry);
                             JsonOutcome outcome = read_documents(stream, entry.path, layout_.pages, gatherer);
                             if (outcome.end == JsonEnd::broken && tells_problems) problems_.push_back(std::move(outcome.problem));
                             return Flow::proceed;
                         });
    }

    const Source& source_;
    Layout layout_;
    ReadContext context_;
    std::optional<Instant> exported_at_;
    Server server_;
    std::vector<Problem> problems_;
    bool has_users_ = false;
};

class RocketChatConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "rocketchat",
                                             .version = 1,
                                             .title = "Rocket.Chat server collections (BSON or JSON)",
                                             .message = "rocketchat.recognises",
                                             .how_to = "rocketchat.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto layout = find_layout(source);
        if (!layout) return std::nullopt;
        const std::string head = head_of(source, *layout->sample);
        const auto has = [&](std::string_view text) { return head.find(text) != std::string::npos; };
        Message evidence = msg("rocketchat.evidence", arg("file", layout->sample->name()));
        std::string_view name(layout->sample->path);
        if (name.ends_with(".gz")) name.remove_suffix(3);
        if (name.ends_with(".bson")) {
            const bool mine = looks_like_bson(head) && has(std::string_view("rid\0", 4)) && has(std::string_view("ts\0", 3));
            return mine ? std::optional(Match{Confidence::certain, std::move(evidence)}) : std::nullopt;
        }
        if (!has("\"rid\"") || !has("\"u\"") || !has("\"ts\"") || !has("\"msg\"")) return std::nullopt;
        if (layout->pages && !has("\"messages\"")) return std::nullopt;
        return Match{Confidence::certain, std::move(evidence)};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        auto layout = find_layout(source);
        if (!layout) throw Error(refusal(msg("rocketchat.not_an_export"), {}, msg("rocketchat.how_to")));
        return std::make_unique<Stream>(source, std::move(*layout), context);
    }
};

}  // namespace
}  // namespace rocketchat

const Connector& rocketchat_connector() {
    static const rocketchat::RocketChatConnector connector;
    return connector;
}

}  // namespace secateur
