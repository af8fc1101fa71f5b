// SPDX-License-Identifier: GPL-3.0-or-later
// Telegram Desktop's export, of the whole account or of one chat, in JSON or HTML. See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/telegram/chat_reader.hpp"
#include "connectors/telegram/export.hpp"
#include "connectors/telegram/html_export.hpp"
#include "connectors/telegram/owner.hpp"

namespace secateur {
namespace telegram {
namespace {

/// Follows result.json through: people first, then one chat after the other.
class ExportReader final : public JsonHandler {
public:
    /// `find_heads` surveys the file when a chat's messages come before its name and id; no known exporter writes so.
    ExportReader(const Findings& findings, const Me& me, const ReadContext& context, std::optional<Instant> exported_at,
                 std::function<std::vector<ChatHead>()> find_heads, RecordSink& sink, std::string entry, std::string file_name)
        : findings_(findings), context_(context), find_heads_(std::move(find_heads)), sink_(sink), entry_(std::move(entry)),
          file_name_(std::move(file_name)),
          chats_(me, context, exported_at, findings.is_account, sink) {
        if (findings.is_survey) heads_ = findings.chats;
    }

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override {
        switch (pattern) {
            case listed_message:
            case left_message:
                return chats_.read(value, where);
            case root_message:
                return findings_.is_account ? Flow::proceed : chats_.read(value, where);
            case contact:
                return read_contact(value, where);
            case frequent_contact:
                return read_frequent_contact(value, where);
            case root_name:
            case root_type:
            case root_id:
            case listed_name:
            case listed_type:
            case listed_id:
            case left_name:
            case left_type:
            case left_id:
                head_.take(key, value);
                return Flow::proceed;
            default:
                return Flow::proceed;
        }
    }

    Flow on_begin(std::size_t pattern, const Location&) override {
        switch (pattern) {
            case listed_chat:
            case left_chat:
                head_ = ChatHead{};
                head_.left = pattern == left_chat;
                begun_ = false;
                break;
            case root_messages:
                if (!findings_.is_account) begin_chat();
                break;
            case listed_messages:
            case left_messages:
                begin_chat();
                break;
            default:
                break;
        }
        return Flow::proceed;
    }

    Flow on_end(std::size_t pattern) override {
        if (pattern != listed_chat && pattern != left_chat) return Flow::proceed;
        begin_chat();  // one without messages
        ++number_;
        return chats_.end_chat(true);
    }

    /// What is still open when the file ends, well or badly.
    Flow close(bool whole) {
        if (!findings_.is_account && !begun_ && head_.is_complete()) begin_chat();
        return chats_.is_in_chat() ? chats_.end_chat(whole) : Flow::proceed;
    }

    [[nodiscard]] const ChatReader& chats() const noexcept { return chats_; }

private:
    void begin_chat() {
        if (begun_) return;
        begun_ = true;
        if (!head_.is_complete() && !heads_) heads_ = find_heads_();
        if (heads_ && number_ < heads_->size()) {
            const bool left = head_.left;
            head_ = (*heads_)[number_];
            head_.left = left;
        }
        if (!findings_.is_account && !head_.id && head_.name.empty()) {  // a tool stripped the export to its messages
            head_.name = file_name_;
            Location where;
            where.entry = entry_;
            sink_.warn("chat_named_after_file", msg("telegram.named_after_file", arg("name", file_name_)), where);
        }
        chats_.begin_chat(head_, entry_);
    }

    Flow read_contact(JsonValue value, const Location& where) {
        std::string name(trim(value["first_name"].string()));
        if (const std::string_view last = trim(value["last_name"].string()); !last.empty()) {
            if (!name.empty()) name += ' ';
            name += last;
        }
        Contact contact;
        if (const auto id = value["user_id"].unsigned_integer(); id && *id > 0) contact.person.key = "user" + std::to_string(*id);
        else contact.person.key = fold_name(name);
        if (contact.person.key.empty()) return sink_.reject(refusal(msg("telegram.nameless_contact"), where), value.text());
        contact.person.name = std::move(name);
        contact.origin = "contacts";
        if (const auto epoch = value["date_unixtime"].integer(); epoch && *epoch > 0) {
            contact.connected = When{.at = Instant{std::chrono::seconds{*epoch}}, .written = {}};
        } else if (const auto local = parse_wall_clock(value["date"].string())) {
            const auto at = context_.zone ? context_.zone->to_instant(*local) : as_utc(*local);
            const TimeBasis basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
            if (at) contact.connected = When{.at = *at, .basis = basis, .written = {}};
        }
        return sink_.accept(std::move(contact), where);
    }

    Flow read_frequent_contact(JsonValue value, const Location& where) {
        const auto id = value["id"].unsigned_integer();
        if (value["type"].string() != "user" || !id) {  // groups, channels, bots and oneself are there too
            sink_.ignore("frequent_contact");
            return Flow::proceed;
        }
        Contact contact;
        contact.person = {"user" + std::to_string(*id), std::string(value["name"].string())};
        contact.origin = "frequent_contacts";
        return sink_.accept(std::move(contact), where);
    }

    const Findings& findings_;
    const ReadContext& context_;
    std::function<std::vector<ChatHead>()> find_heads_;
    RecordSink& sink_;
    std::string entry_;
    std::string file_name_;
    ChatReader chats_;
    std::optional<std::vector<ChatHead>> heads_;
    ChatHead head_;
    std::size_t number_ = 0;  // of chats read before this one
    bool begun_ = false;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, const ReadContext& context, Findings findings)
        : source_(source), entry_(entry), context_(context), findings_(std::move(findings)),
          ownership_(settle_owner(findings_, context_.me)), exported_at_(export_instant(source, context_.zone)) {}

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        const auto find_heads = [this] { return survey(*source_.open(entry_), entry_.path, findings_).chats; };
        ExportReader reader(findings_, ownership_.me, context_, exported_at_, find_heads, sink, entry_.path, source_.stem());
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, patterns(), reader, json_options(findings_.may_have_bare_tokens));
        if (outcome.end == JsonEnd::stopped) return;
        if (outcome.end == JsonEnd::broken) {
            outcome.problem.hint = msg("telegram.rest_lost");
            if (sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        }
        if (reader.close(outcome.end == JsonEnd::complete) == Flow::stop) return;
        tell(reader.chats(), outcome.end == JsonEnd::complete, sink);
    }

private:
    Flow emit_account(RecordSink& sink) const {
        auto account = account_of(findings_, ownership_);
        if (!account) return Flow::proceed;
        Location where;
        where.entry = entry_.path;
        return sink.accept(std::move(*account), where);
    }

    /// What was not asked of Telegram. A file that broke off tells nothing about what it lacks.
    void tell(const ChatReader& chats, bool whole, RecordSink& sink) const {
        Location where;
        where.entry = entry_.path;
        if (chats.local_times() > 0 && !context_.zone)
            sink.warn("local_times", msg("telegram.local_times", arg("count", chats.local_times())), where);
        if (!whole) return;
        if (!findings_.is_account) {
            sink.lack(msg("telegram.lack_single"));
            return;
        }
        if (!chats.saw_public_or_channel()) sink.lack(msg("telegram.lack_public"));
        if (chats.own_only_chats() > 0) sink.lack(msg("telegram.lack_others"));
        if (!findings_.has_contacts) sink.lack(msg("telegram.lack_contacts"));
        if (!findings_.my_id) sink.lack(msg("telegram.lack_card"));
    }

    const Source& source_;
    const Entry& entry_;
    ReadContext context_;
    Findings findings_;
    Ownership ownership_;
    std::optional<Instant> exported_at_;
};

class TelegramConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "telegram",
                                             .version = 2,
                                             .title = "Telegram Desktop export (JSON or HTML)",
                                             .message = "telegram.recognises",
                                             .how_to = "telegram.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        auto match = detect_json(source);
        return match ? std::move(match) : detect_html(source);
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        const Findings first = entry != nullptr ? look(*source.open(*entry), entry->path) : Findings{};
        if (first.is_export()) {  // beside pages of the same export, which say less
            Findings findings = needs_survey(first, context.me) ? survey(*source.open(*entry), entry->path, first) : first;
            return std::make_unique<Stream>(source, *entry, context, std::move(findings));
        }
        if (auto layout = find_html(source)) return open_html(source, context, std::move(*layout));
        Location where;
        if (entry != nullptr) where.entry = entry->path;
        throw Error(refusal(msg("telegram.not_an_export"), where, msg("telegram.how_to")));
    }

private:
    static std::optional<Match> detect_json(const Source& source) {
        const Entry* entry = main_file(source);
        if (entry == nullptr) return std::nullopt;
        const std::string_view head = source.head(*entry);
        const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (first == std::string_view::npos || head[first] != '{') return std::nullopt;
        const Findings findings = look(*memory_stream(head), entry->path);
        if (!findings.is_export()) return std::nullopt;
        const std::string name(entry->name());
        return Match{findings.is_certain() ? Confidence::certain : Confidence::likely,
                     findings.is_account ? msg("telegram.evidence_account", arg("file", name))
                                         : msg("telegram.evidence_chat", arg("file", name))};
    }

    static std::optional<Match> detect_html(const Source& source) {
        const auto layout = find_html(source);
        if (!layout) return std::nullopt;
        const std::string name(layout->main_page()->name());
        return Match{Confidence::certain, layout->is_account ? msg("telegram.evidence_account", arg("file", name))
                                                             : msg("telegram.evidence_chat", arg("file", name))};
    }
};

}  // namespace
}  // namespace telegram

const Connector& telegram_connector() {
    static const telegram::TelegramConnector connector;
    return connector;
}

}  // namespace secateur
