// SPDX-License-Identifier: GPL-3.0-or-later
// Address books as vCard files (Google, Apple, Outlook, Android, Nextcloud). See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/contacts/card.hpp"
#include "connectors/content_lines.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace contacts {
namespace {

constexpr std::size_t most_raw = std::size_t{4} << 10;  // bytes of a refused card, for its hash

bool ends_with(std::string_view name, std::initializer_list<std::string_view> endings) {
    const std::string upper = upper_ascii(name);
    return std::ranges::any_of(endings, [&](std::string_view each) { return upper.ends_with(each); });
}

bool is_card_file(std::string_view name) { return ends_with(name, {".VCF", ".VCARD"}); }

/// What may lie beside the cards: Google's pictures of people and its index page.
bool is_beside(std::string_view name) {
    return ends_with(name, {".JPG", ".JPEG", ".PNG", ".GIF", ".HTML"}) || upper_ascii(name).starts_with("README");
}

bool begins_a_card(std::string_view head) {
    const auto stream = memory_stream(head);
    ContentLineReader reader(*stream);
    ContentLine line;
    return reader.next(line) && line.is("BEGIN", "VCARD");
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context)
        : source_(source), context_(context), exported_at_(export_instant(source, context.zone)) {}

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        sink_ = &sink;
        const bool is_single = source_.entries().size() == 1;
        const auto wanted = [&](const Entry& entry) { return is_single || is_card_file(entry.name()); };
        source_.for_each(wanted, [this](const Entry& entry, ByteStream& bytes) { return read_file(entry, bytes); });
        if (stopped_) return;
        if (sink.accept(Coverage{.kind = CoverageKind::names_only, .end = exported_at_}, {}) == Flow::stop) return;
        sink.lack(msg("contacts.lack_times"));
    }

private:
    struct OpenCard {
        Card card;
        Location where;
        std::string raw;
    };

    Flow read_file(const Entry& entry, ByteStream& bytes) {
        ProgressStream counted(bytes, bytes_read_, context_.progress);
        ContentLineReader reader(counted);
        std::optional<OpenCard> open;
        std::uint64_t cards = 0, broken = 0;
        bool agent_follows = false;
        int depth = 0;  // of cards inside a card
        for (ContentLine line; !stopped_ && reader.next(line);) {
            const std::uint64_t end = line.offset + line.length;
            if (line.is("BEGIN", "VCARD")) {
                if (open && (agent_follows || depth > 0)) {  // vCard 2.1 puts the card of an assistant inside another
                    ++depth;
                    continue;
                }
                if (open) refuse(*open, msg("contacts.no_end"));
                open = OpenCard{.where = {.entry = entry.path, .line = line.line, .record = ++cards, .offset = line.offset}};
                depth = 0;
            } else if (!open) {
                sink_->ignore("outside_card");
            } else if (line.is("END", "VCARD")) {
                if (depth-- > 0) continue;
                open->where.length = end - *open->where.offset;
                finish(*open);
                open.reset();
            } else if (depth == 0) {
                broken += line.is_broken ? 1 : 0;
                if (open->raw.size() < most_raw) open->raw += line.name + ':' + line.value + '\n';
                open->card.take(line);
            }
            if (open) open->where.length = end - *open->where.offset;
            agent_follows = line.name == "AGENT" && trim(line.value).empty();
        }
        if (open && !stopped_) refuse(*open, msg("contacts.cut_off"));
        if (broken > 0 && !stopped_) sink_->warn("broken_lines", msg("contacts.broken_lines", arg("count", broken)), {.entry = entry.path});
        return stopped_ ? Flow::stop : Flow::proceed;
    }

    void refuse(const OpenCard& open, Message reason) { note(sink_->reject(refusal(std::move(reason), open.where), open.raw)); }

    void finish(const OpenCard& open) {
        const Card::Kind kind = open.card.kind();
        if (kind == Card::Kind::group) return sink_->ignore("contact_group");
        if (kind == Card::Kind::place) return sink_->ignore("place");
        Contact contact = open.card.contact();
        if (contact.person.key.empty()) return refuse(open, msg("contacts.nameless"));
        if (is_me(open.card, contact)) return sink_->ignore("own_card");
        note(sink_->accept(std::move(contact), open.where));
    }

    /// By address or number; by the name only where the card has neither, since an uncle may bear the same.
    bool is_me(const Card& card, const Contact& contact) const {
        const Identities& me = context_.me;
        const auto is_mine = [&](const std::string& each) { return me.match(each); };
        if (std::ranges::any_of(contact.emails, is_mine) || std::ranges::any_of(card.phones(), is_mine)) return true;
        return contact.emails.empty() && card.phones().empty() && me.match(contact.person.name);
    }

    void note(Flow flow) { stopped_ = stopped_ || flow == Flow::stop; }

    const Source& source_;
    ReadContext context_;
    Owner owner_;  // no card says whose book it is in, and nothing here depends on it
    std::optional<Instant> exported_at_;
    RecordSink* sink_ = nullptr;
    std::uint64_t bytes_read_ = 0;
    bool stopped_ = false;
};

class ContactsConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "contacts",
                                             .version = 1,
                                             .title = "Address book (vCard)",
                                             .message = "contacts.recognises",
                                             .how_to = "contacts.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const auto& entries = source.entries();
        const bool is_single = entries.size() == 1;
        const Entry* first = nullptr;
        int heads = 0;
        std::uint64_t files = 0;
        for (const Entry& entry : entries) {
            if (is_single || is_card_file(entry.name())) {
                ++files;
                if (first == nullptr && ++heads <= 3 && begins_a_card(source.head(entry))) first = &entry;
            } else if (!is_beside(entry.name())) {
                return std::nullopt;  // a folder of many things: each is offered alone
            }
        }
        if (first == nullptr) return std::nullopt;
        return Match{Confidence::certain, msg("contacts.evidence", arg("file", std::string(first->name())), arg("others", files - 1))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        if (!detect(source)) throw Error(refusal(msg("contacts.not_cards"), {.entry = source.label()}, msg("contacts.how_to")));
        return std::make_unique<Stream>(source, context);
    }
};

}  // namespace
}  // namespace contacts

const Connector& contacts_connector() {
    static const contacts::ContactsConnector connector;
    return connector;
}

}  // namespace secateur
