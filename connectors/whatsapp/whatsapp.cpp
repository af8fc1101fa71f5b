// SPDX-License-Identifier: GPL-3.0-or-later
// WhatsApp's "Export chat": one text file a chat, alone or with its media in a ZIP or folder. See format.md.
#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/support.hpp"
#include "connectors/whatsapp/chat.hpp"
#include "connectors/lines.hpp"

namespace secateur {
namespace {

using namespace whatsapp;

constexpr std::string_view platform = "whatsapp";
constexpr std::size_t longest_message = std::size_t{1} << 20;  // WhatsApp allows 65,536 characters

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return result;
}

std::string_view stem_of(std::string_view name) { return name.substr(0, std::min(name.rfind('.'), name.size())); }

std::string ending_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string() : lower(name.substr(dot + 1));
}

bool bears_app_name(const Entry& entry) {
    const std::string_view stem = stem_of(entry.name());
    return stem == "_chat" || !title_in_file_name(stem).empty();
}

/// What the beginning of a text looks like.
struct Look {
    std::uint64_t lines = 0;     // not blank, at most 200
    std::uint64_t headers = 0;   // of the file's own shapes
    std::uint64_t authored = 0;  // with something like a person's name
    bool first_is_header = false;

    [[nodiscard]] bool chat_by_name() const { return headers > 0 && (first_is_header || headers * 5 >= lines); }
    [[nodiscard]] bool likely() const { return headers >= 2 && headers * 10 >= lines * 6 && authored * 2 >= headers; }
    [[nodiscard]] bool possible() const {  // long posts
        return likely() || (headers >= 10 && first_is_header && headers * 4 >= lines && authored * 2 >= headers);
    }
};

/// Other programs write a date in brackets too: IRC "<nick>", a server's "ERROR:".
bool names_a_person(std::string_view rest) {
    if (rest.empty() || std::string_view("<*{(").find(rest.front()) != std::string_view::npos || rest.starts_with("-->") ||
        rest.starts_with("<--") || rest.starts_with("--"))
        return false;
    const std::size_t colon = rest.find(": ");
    if (colon == std::string_view::npos || !may_be_author(rest.substr(0, colon), 60)) return false;
    const std::string_view name = rest.substr(0, colon);
    for (const std::string_view level : {"INFO", "WARN", "WARNING", "ERROR", "DEBUG", "TRACE", "NOTICE", "FATAL", "CRITICAL"})
        if (name == level || (name.ends_with(level) && name.find('.') != std::string_view::npos)) return false;
    return true;
}

Look look_at(std::string_view head) {
    Look look;
    const Shapes shapes = Shapes::learn(head);
    const std::unique_ptr<ByteStream> stream = memory_stream(head);
    LineReader lines(*stream);
    while (const std::optional<Line> line = lines.next()) {
        if (trim(line->text).empty()) continue;
        if (++look.lines > 200) {
            --look.lines;
            break;
        }
        const std::optional<Stamp> stamp = parse_stamp(line->text);
        if (!stamp || !shapes.has(stamp->shape)) continue;
        ++look.headers;
        if (look.lines == 1) look.first_is_header = true;
        if (names_a_person(line->text.substr(stamp->rest))) ++look.authored;
    }
    return look;
}

/// The texts of a source, those with a name that the app gives apart.
struct Texts {
    std::vector<const Entry*> named, others;
    std::uint64_t media = 0;
    bool archives = false, data_files = false;
};

Texts texts_of(const Source& source) {
    Texts texts;
    for (const Entry& entry : source.entries()) {
        const std::string ending = ending_of(entry.name());
        if (ending == "txt") {
            (bears_app_name(entry) ? texts.named : texts.others).push_back(&entry);
            continue;
        }
        if (ending != "md") ++texts.media;
        texts.archives = texts.archives || is_archive_name(entry.name());
        constexpr std::string_view data[] = {"json", "jsonl", "csv", "tsv", "html",   "htm",
                                             "mbox", "xml",   "log", "db",  "sqlite", "toml"};
        texts.data_files = texts.data_files || std::ranges::find(data, ending) != std::end(data);
    }
    return texts;
}

struct Instants {
    std::optional<Instant> first, last;
    void add(Instant at) {
        first = first ? std::min(*first, at) : at;
        last = last ? std::max(*last, at) : at;
    }
};

struct Tally {
    Person person;
    std::uint64_t messages = 0;
    std::uint64_t deleted = 0;
    bool deleted_marked = false;
    bool is_known = false;      // by the profile or --me
    bool third_person = false;  // the app speaks of them by name, of the owner as "you"
};

class WhatsAppStream final : public RecordStream {
public:
    WhatsAppStream(const Source& source, const ReadContext& context)
        : source_(source), context_(context), zone_(context.zone.value_or(Zone::utc())) {
        scan();
        settle_owner();
        for (Chat& chat : chats_) settle_group(chat, my_keys_);
    }

    [[nodiscard]] const Owner& owner() const override { return owner_; }

    [[nodiscard]] std::optional<Instant> exported_at() const override {
        std::optional<Instant> latest;
        for (const Chat& chat : chats_)
            if (const auto at = exported_at(chat)) latest = latest ? std::max(*latest, *at) : *at;
        return latest;
    }

    void read_into(RecordSink& sink) override {
        for (const Entry& entry : not_chats_)
            sink.warn("not_a_chat", msg("whatsapp.not_a_chat", arg("entry", entry.name())), {.entry = entry.path});
        if (attached_ > 0) sink.ignore("media_file", attached_);
        if (!context_.zone) sink.warn("zone_unknown", msg("whatsapp.zone_unknown"), {});
        if (owner_.person) {
            Account account{.platform = std::string(platform),
                            .native_id = {},
                            .handle = {},
                            .names = {owner_.person->name},
                            .evidence = account_evidence_,
                            .last_used = {},
                            .is_public = {},
                            .password_known = {}};
            for (const Person& each : owner_.also)
                if (std::ranges::find(account.names, each.name) == account.names.end()) account.names.push_back(each.name);
            if (sink.accept(std::move(account), {}) == Flow::stop) return;
        }
        for (Chat& chat : chats_)
            if (read_chat(chat, sink) == Flow::stop) return;
        sink.lack(msg("whatsapp.lack_reactions"));
        sink.lack(msg("whatsapp.lack_members"));
    }

private:
    enum class What : std::uint8_t { nothing, message, sentence, refused };

    /// The record whose lines are being read.
    struct Pending {
        What what = What::nothing;
        const Person* person = nullptr;
        bool marked = false, bracketed = false, too_long = false, of_group = false;
        std::optional<When> when;
        std::string text;
        Message refusal;
        Location where;
        std::uint64_t end = 0;
    };

    // ---- first pass

    void scan() {
        const Texts texts = texts_of(source_);
        std::vector<const Entry*> wanted = texts.named;
        attached_ = texts.media;
        if (wanted.empty()) {
            wanted = texts.others;
        } else {
            // A chat that was renamed, beside others in a folder; inside an archive a text is something that was sent.
            for (const Entry* entry : texts.others) {
                if (source_.kind() == SourceKind::folder && look_at(source_.head(*entry)).likely()) wanted.push_back(entry);
                else ++attached_;
            }
        }
        // One file that the user insists on, whatever it is called.
        if (wanted.empty() && source_.entries().size() == 1) {
            wanted = {&source_.entries().front()};
            attached_ = 0;
        }
        for (const Entry* entry : wanted) {
            if (wanted.size() > 1) {
                const Look look = look_at(source_.head(*entry));
                if (bears_app_name(*entry) ? !look.chat_by_name() : !look.possible()) {
                    not_chats_.push_back(*entry);
                    continue;
                }
            }
            chats_.push_back(scan_chat(source_, *entry, context_.today));
        }
        if (chats_.empty())
            throw Error(Problem{.reason = msg("whatsapp.no_chat"), .where = {}, .hint = msg("whatsapp.hint_export_again")});
        for (const Chat& chat : chats_) total_ += chat.entry.size.value_or(0);
    }

    // ---- who is me

    void settle_owner() {
        std::map<std::string, Tally> tallies;
        const auto count = [&](const Person& person, std::uint64_t messages) -> Tally& {
            Tally& tally = tallies[person.key];
            if (tally.person.key.empty()) tally.person = person;
            tally.messages += messages;
            return tally;
        };
        std::set<std::string> third_person;
        for (const Chat& chat : chats_) {
            third_person.insert(chat.in_third_person.begin(), chat.in_third_person.end());
            for (const Author* author : chat.people()) {
                if (author->longer.empty()) {
                    Tally& tally = count(author->person, author->messages + author->guesses);
                    tally.deleted += author->deleted_by_me;
                    tally.deleted_marked = tally.deleted_marked || author->deleted_marked;
                }
                for (const Author::Longer& each : author->longer) count(each.person, each.count);
            }
        }
        for (auto& [key, tally] : tallies) {
            tally.is_known = context_.me.match(tally.person.name) || context_.me.match(key);
            tally.third_person = third_person.contains(key);
        }

        std::vector<Tally> ranked;
        for (auto& [key, tally] : tallies) ranked.push_back(std::move(tally));
        std::ranges::sort(ranked, [](const Tally& a, const Tally& b) {
            return std::tuple(b.deleted, a.third_person, b.messages, a.person.key) <
                   std::tuple(a.deleted, b.third_person, a.messages, b.person.key);
        });

        const auto mine = [&](const Tally& tally, Message evidence) {
            if (!owner_.person) {
                owner_.person = tally.person;
                owner_.evidence = std::move(evidence);
            } else if (tally.person.key != owner_.person->key) {
                owner_.also.push_back(tally.person);
            }
            my_keys_.insert(tally.person.key);
        };
        const auto all_known = [&](const char* id, std::string_view evidence) {
            for (const Tally& tally : ranked)
                if (tally.is_known) {
                    if (!owner_.person) account_evidence_ = evidence;
                    mine(tally, Message{id, {arg("name", tally.person.name)}});
                }
        };
        if (context_.me.forced) {
            all_known("whatsapp.owner_asked", "account.asked");
        } else {
            settle_by_deletion(ranked, mine);
            // In somebody else's export the person we know is one of the others.
            if (owner_is_other_) return;
            all_known("whatsapp.owner_profile", "account.from_profile");
            settle_by_pairs(mine);
        }
        if (owner_.person) return;
        for (const Tally& tally : ranked) {
            if (owner_.candidates.size() == 10) break;
            owner_.candidates.push_back({.person = tally.person,
                                         .activities = tally.messages,
                                         .evidence = msg("whatsapp.candidate", arg("count", tally.messages))});
        }
    }

    /// "You deleted this message" stands under the name of the phone's owner.
    template <class Mine>
    void settle_by_deletion(const std::vector<Tally>& ranked, const Mine& mine) {
        std::vector<const Tally*> deleters;
        for (const Tally& tally : ranked)
            if (tally.deleted > 0) deleters.push_back(&tally);
        if (deleters.empty()) return;
        // The words can be typed by anybody: more than one author with them proves nothing unless one is the person we know.
        const auto known = std::ranges::find_if(deleters, [](const Tally* each) { return each->is_known; });
        const Tally* who = known != deleters.end() ? *known : deleters.front();
        if (known == deleters.end()) {
            if (deleters.size() > 1 && deleters[1]->deleted * 3 > who->deleted) return;
            const bool somebody_known = std::ranges::any_of(ranked, &Tally::is_known);
            if (somebody_known && !who->deleted_marked && who->deleted < 2) return;
        }
        account_evidence_ = "account.from_export";
        owner_.from_export = true;
        mine(*who, msg("whatsapp.owner_deleted", arg("name", who->person.name)));
        if (!who->is_known) owner_is_other_ = std::ranges::any_of(ranked, &Tally::is_known);
    }

    /// In a conversation of two that bears the other's name, the one left is me.
    template <class Mine>
    void settle_by_pairs(const Mine& mine) {
        if (owner_.person) return;
        for (const Chat& chat : chats_) {
            const std::vector<const Author*> people = chat.people();
            if (chat.group_lines || people.empty()) continue;
            std::map<std::string, const Author*> by_key;
            for (const Author* each : people) by_key.emplace(each->person.key, each);
            if (by_key.size() != 2) continue;
            const Author* const a = by_key.begin()->second;
            const Author* const b = std::next(by_key.begin())->second;
            if (chat.named_after(a->person) == chat.named_after(b->person)) continue;
            const Author* const me = chat.named_after(a->person) ? b : a;
            const Author* const other = me == a ? b : a;
            Tally tally;
            tally.person = me->person;
            if (!owner_.person) account_evidence_ = "account.from_export";
            owner_.from_export = true;
            mine(tally, msg("whatsapp.owner_direct", arg("name", me->person.name), arg("other", other->person.name)));
        }
    }

    // ---- second pass

    [[nodiscard]] std::optional<Instant> exported_at(const Chat& chat) const {
        const std::optional<Instant> written = chat.entry.modified ? chat.entry.modified : source_.newest_modification();
        std::optional<Instant> last;
        if (chat.latest_minute) last = Instant(std::chrono::seconds(*chat.latest_minute * 60));
        if (last && context_.zone) last = zone_.to_instant(zone_utc_.to_local(*last));
        if (last && context_.today != Date{} && *last > context_.today + std::chrono::days(2)) last.reset();  // refused when read
        // A file cannot be older than what it holds; its date was lost in a copy then.
        if (written && last && *last > *written) return last;
        return written;
    }

    Flow read_chat(Chat& chat, RecordSink& sink) {
        const Location whole{.entry = chat.entry.path};
        tell_date_order(chat, sink);
        Group group = chat.group;
        if (sink.accept(std::move(group), whole) == Flow::stop) return Flow::stop;

        instants_ = {};
        mine_ = others_ = pasted_ = 0;
        last_year_.reset();
        const std::unique_ptr<ByteStream> stream = source_.open(chat.entry);
        LineReader lines(*stream);
        Pending pending;
        bool any_header = false;
        std::uint64_t first_pasted = 0, reported = 0;
        while (const std::optional<Line> line = lines.next()) {
            if (lines.bytes_read() != reported) {
                progress(lines.bytes_read() - reported);
                reported = lines.bytes_read();
            }
            std::optional<Stamp> stamp;
            if (!line->continues) stamp = parse_stamp(line->text);
            if (stamp && chat.shapes.has(stamp->shape)) {
                const Split split = chat.split(line->text.substr(stamp->rest), stamp->bracketed);
                if (split.author == nullptr || split.author->role != Author::Role::pasted) {
                    if (flush(chat, pending, sink) == Flow::stop) return Flow::stop;
                    begin(chat, *stamp, split, *line, pending);
                    any_header = true;
                    continue;
                }
                if (pasted_++ == 0) first_pasted = line->number;
            }
            if (pending.what == What::nothing) {
                if (before_first(chat, *line, any_header, sink) == Flow::stop) return Flow::stop;
                continue;
            }
            go_on(*line, pending);
        }
        if (flush(chat, pending, sink) == Flow::stop) return Flow::stop;
        if (pasted_ > 0)
            sink.warn("pasted_lines", msg("whatsapp.pasted_lines", arg("count", pasted_)),
                      {.entry = chat.entry.path, .line = first_pasted});
        return finish(chat, sink);
    }

    void tell_date_order(const Chat& chat, RecordSink& sink) const {
        if (!chat.dates_open) return;
        using Ground = DateOrderEvidence::Ground;
        const DateOrderEvidence::Decision& decision = chat.order;
        const char* const order = decision.order == DateOrder::day_first     ? "day"
                                  : decision.order == DateOrder::month_first ? "month"
                                                                             : "year";
        Location where{.entry = chat.entry.path};
        if (decision.ground == Ground::proved) {
            where.line = decision.line;
            std::string date;
            for (const int field : decision.date) date += (date.empty() ? "" : "/") + std::to_string(field);
            sink.warn("date_order", msg("whatsapp.date_order_proved", arg("order", order), arg("date", date)), where);
        } else if (decision.ground == Ground::time_order) {
            sink.warn("date_order", msg("whatsapp.date_order_by_time", arg("order", order)), where);
        } else {
            sink.warn("date_order", msg("whatsapp.date_order_habit", arg("order", order)), where);
        }
    }

    void begin(const Chat& chat, const Stamp& stamp, const Split& split, const Line& line, Pending& pending) {
        pending.where = {.entry = chat.entry.path, .line = line.number, .offset = line.offset};
        pending.end = line.end;
        pending.too_long = false;
        pending.bracketed = stamp.bracketed;
        pending.marked = split.marked;
        pending.of_group = split.author != nullptr && split.author->role == Author::Role::group;
        pending.person = nullptr;
        pending.refusal = {};
        pending.when = when_of(chat, stamp, pending.refusal);
        if (!pending.when) {
            pending.what = What::refused;
            pending.text.assign(line.text);
            return;
        }
        std::string_view text = split.text;
        if (split.author == nullptr || pending.of_group) {
            pending.what = What::sentence;
        } else {
            pending.what = What::message;
            pending.person = &split.author->person_for(text);
        }
        pending.text.assign(text);
    }

    static void go_on(const Line& line, Pending& pending) {
        pending.end = line.end;
        if (pending.text.size() + line.text.size() >= longest_message) {
            pending.too_long = true;
            return;
        }
        if (pending.too_long || (pending.what == What::sentence && !pending.marked)) return;
        if (!line.continues) pending.text += '\n';
        pending.text += line.text;
    }

    Flow before_first(const Chat& chat, const Line& line, bool any_header, RecordSink& sink) {
        std::string_view text = line.text;
        while (const std::size_t mark = mark_length(text, 0)) text.remove_prefix(mark);
        if (any_header || trim(text).empty()) {
            sink.ignore("blank_line");
            return Flow::proceed;
        }
        const Location where{
            .entry = chat.entry.path, .line = line.number, .offset = line.offset, .length = line.end - line.offset};
        return sink.reject(refusal(msg("whatsapp.before_first"), where), line.text);
    }

    std::optional<When> when_of(const Chat& chat, const Stamp& stamp, Message& refused) {
        std::optional<LocalTime> local =
            local_time(stamp, chat.order.order, last_year_ ? std::optional(last_year_->year) : std::nullopt);
        const bool no_year = stamp.named_month != 0 && stamp.field[2] < 0;
        if (!local) {
            refused = no_year && !last_year_ ? msg("whatsapp.no_year", arg("date", quote(stamp.date)))
                                             : msg("whatsapp.bad_date", arg("date", quote(stamp.date)));
            return std::nullopt;
        }
        if (no_year) {  // phones of 2014 left out the year of the export: it is not before the line above
            const auto at = as_utc(*local), above = as_utc(*last_year_);
            if (at && above && *at < *above - std::chrono::days(1)) ++local->year;
        }
        const std::optional<Instant> at = zone_.to_instant(*local);
        if (!at) {
            refused = msg("whatsapp.bad_date", arg("date", quote(stamp.date)));
            return std::nullopt;
        }
        if (context_.today != Date{} && *at > context_.today + std::chrono::days(2)) {
            refused = msg("whatsapp.future", arg("date", quote(stamp.date)));
            return std::nullopt;
        }
        last_year_ = local;
        When when{.at = *at,
                  .precision = stamp.second < 0 ? Precision::minute : Precision::second,
                  .basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown,
                  .written = {}};
        // The clock as written, to the minute and in one form: phones change how they show it, and identity must not (contracts
        // 3).
        char written[] = "0000-00-00 00:00";
        const auto put = [&](std::size_t place, unsigned value, std::size_t digits) {
            for (std::size_t k = digits; k-- > 0; value /= 10) written[place + k] = static_cast<char>('0' + value % 10);
        };
        put(0, static_cast<unsigned>(local->year), 4), put(5, local->month, 2), put(8, local->day, 2);
        put(11, local->hour, 2), put(14, local->minute, 2);
        when.written.assign(written, 16);
        return when;
    }

    Flow flush(const Chat& chat, Pending& pending, RecordSink& sink) {
        const What what = std::exchange(pending.what, What::nothing);
        if (what == What::nothing) return Flow::proceed;
        pending.where.length = pending.end - *pending.where.offset;
        if (what == What::refused) return sink.reject(refusal(std::move(pending.refusal), pending.where), pending.text);
        if (pending.too_long)
            return sink.reject(refusal(msg("whatsapp.too_long", arg("bytes", *pending.where.length)), pending.where),
                               pending.text);
        if (!is_valid_utf8(pending.text)) {
            if (!std::exchange(told_encoding_, true)) sink.warn("invalid_utf8", msg("whatsapp.invalid_utf8"), pending.where);
            pending.text = to_valid_utf8(pending.text);
        }
        if (what == What::sentence) return sentence(chat, plain(pending.text), pending, sink);

        std::uint32_t mentions_me = names_me(pending.text) ? 1 : 0;
        Body body = read_body(std::move(pending.text), pending.marked, pending.bracketed);
        pending.text.clear();
        switch (body.kind) {
            case Body::Kind::deleted: sink.ignore("deleted"); return Flow::proceed;
            case Body::Kind::call: sink.ignore("call"); return Flow::proceed;
            case Body::Kind::system: return sentence(chat, plain(body.text), pending, sink);
            case Body::Kind::message: break;
        }
        if (body.guessed) body.text.clear();
        Activity activity;
        activity.platform = platform;
        activity.group = chat.group.key;
        activity.author = *pending.person;
        activity.is_me = is_mine(activity.author.key);
        activity.when = std::move(pending.when);
        activity.kind = ActivityKind::message;
        activity.mentions_me = mentions_me != 0 && !activity.is_me;
        activity.edited = body.edited;
        activity.attachments = body.attachments;
        activity.text = std::move(body.text);
        instants_.add(activity.when->at);
        ++(activity.is_me ? mine_ : others_);
        return sink.accept(std::move(activity), pending.where);
    }

    Flow sentence(const Chat& chat, const std::string& text, const Pending& pending, RecordSink& sink) {
        instants_.add(pending.when->at);
        const SystemLine line = read_system_line(text);
        const auto emit = [&](MembershipEvent event, Role role, const std::string* name) {
            Membership membership;
            membership.platform = platform;
            membership.group = chat.group.key;
            membership.event = event;
            membership.at = pending.when;
            membership.role = role;
            membership.origin = "system_line";
            if (name != nullptr) {
                membership.person = chat.person_named(*name);
                membership.is_me = is_mine(membership.person.key);
                if (membership.is_me) membership.person = {};
            }
            return sink.accept(std::move(membership), pending.where);
        };
        switch (line.event) {
            case SystemEvent::created:
            case SystemEvent::joined:
            case SystemEvent::left: {
                const MembershipEvent event = line.event == SystemEvent::left ? MembershipEvent::left : MembershipEvent::joined;
                const Role role = line.event == SystemEvent::created ? Role::owner : Role::none;
                if (line.me && emit(event, role, nullptr) == Flow::stop) return Flow::stop;
                for (const std::string& name : line.objects)
                    if (emit(event, role, &name) == Flow::stop) return Flow::stop;
                if (line.unnamed > 0) sink.ignore("unnamed_member", line.unnamed);
                if (!line.me && line.objects.empty() && line.unnamed == 0) sink.ignore("system_line");
                return Flow::proceed;
            }
            case SystemEvent::now_admin: return emit(MembershipEvent::member, Role::admin, nullptr);
            case SystemEvent::not_admin: return emit(MembershipEvent::member, Role::member, nullptr);
            case SystemEvent::call: sink.ignore("call"); return Flow::proceed;
            case SystemEvent::none: sink.ignore("system_line_unknown"); return Flow::proceed;
            default: sink.ignore("system_line"); return Flow::proceed;
        }
    }

    Flow finish(const Chat& chat, RecordSink& sink) {
        Coverage coverage{.platform = std::string(platform),
                          .group = chat.group.key,
                          .kind = CoverageKind::partial_window,
                          .begin = instants_.first,
                          .end = exported_at(chat),
                          .not_requested = {}};
        if (coverage.end && instants_.last && *instants_.last > *coverage.end) coverage.end = instants_.last;
        // The file is the whole conversation from its first line on; only another author proves it.
        if (others_ > 0) coverage.kind = CoverageKind::full;
        else if (mine_ >= 5) coverage.kind = CoverageKind::own_only;
        if (!chat.from_beginning && instants_.first)
            sink.lack(msg("whatsapp.lack_older", arg("group", chat.group.name), arg("day", date_of(*instants_.first))));
        return sink.accept(std::move(coverage), {.entry = chat.entry.path});
    }

    [[nodiscard]] bool is_mine(const std::string& key) const { return my_keys_.contains(key); }

    /// "@" and a name between isolates, or the digits of a number, that are mine.
    [[nodiscard]] bool names_me(std::string_view text) const {
        constexpr std::string_view open = "\xE2\x81\xA8", close = "\xE2\x81\xA9";
        for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
            const std::string_view after = text.substr(at + 1);
            if (after.starts_with(open)) {
                const std::size_t end = after.find(close);
                if (end == std::string_view::npos || end > 200) continue;
                const std::string name = display_name(after.substr(open.size(), end - open.size()));
                if (is_mine(person_key(name)) || (!owner_is_other_ && context_.me.match(name))) return true;
                continue;
            }
            std::size_t digits = 0;
            while (digits < after.size() && after[digits] >= '0' && after[digits] <= '9') ++digits;
            if (digits < 9 || digits > 15) continue;
            const std::string number(after.substr(0, digits));
            if (is_mine("+" + number) || (!owner_is_other_ && context_.me.match(number))) return true;
        }
        return false;
    }

    void progress(std::uint64_t more) {
        if (!context_.progress) return;
        read_ += more;
        const std::uint64_t disk = source_.bytes_on_disk();
        // Bytes of the file on disk, of which a compressed chat takes its part.
        const double part = total_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(read_) / static_cast<double>(total_));
        context_.progress(static_cast<std::uint64_t>(part * static_cast<double>(disk)));
    }

    const Source& source_;
    ReadContext context_;
    Zone zone_;
    Zone zone_utc_ = Zone::utc();
    std::vector<Chat> chats_;
    std::vector<Entry> not_chats_;
    std::uint64_t attached_ = 0, total_ = 0, read_ = 0;

    Owner owner_;
    std::string account_evidence_;
    std::set<std::string> my_keys_;
    bool owner_is_other_ = false;  // the export is somebody else's; the client is another author in it

    // of the chat being read
    Instants instants_;
    std::uint64_t mine_ = 0, others_ = 0, pasted_ = 0;
    std::optional<LocalTime> last_year_;
    bool told_encoding_ = false;
};

class WhatsAppConnector final : public Connector {
public:
    [[nodiscard]] const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo info{.name = platform,
                                            .version = 1,
                                            .title = "WhatsApp chat (.txt, .zip)",
                                            .message = "whatsapp.recognises",
                                            .how_to = "whatsapp.how_to"};
        return info;
    }

    [[nodiscard]] std::optional<Match> detect(const Source& source) const override {
        const Texts texts = texts_of(source);
        if (texts.named.empty() && texts.others.empty()) return std::nullopt;
        // A folder with archives or other platforms' files in it is taken apart, and each part offered again.
        const bool closed = source.kind() == SourceKind::archive && !texts.named.empty();
        if (!closed && (texts.archives || texts.data_files)) return std::nullopt;

        const auto evidence = [](const Entry& entry) { return msg("whatsapp.evidence", arg("entry", entry.name())); };
        if (!texts.named.empty()) {
            for (std::size_t i = 0; i < std::min<std::size_t>(3, texts.named.size()); ++i)
                if (look_at(source.head(*texts.named[i])).chat_by_name())
                    return Match{.confidence = Confidence::certain, .evidence = evidence(*texts.named[i])};
            return std::nullopt;
        }
        Confidence confidence = Confidence::likely;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, texts.others.size()); ++i) {
            const Look look = look_at(source.head(*texts.others[i]));
            if (!look.possible()) return std::nullopt;
            if (!look.likely()) confidence = Confidence::possible;
        }
        return Match{.confidence = confidence, .evidence = evidence(*texts.others.front())};
    }

    [[nodiscard]] std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<WhatsAppStream>(source, context);
    }
};

}  // namespace

const Connector& whatsapp_connector() {
    static const WhatsAppConnector connector;
    return connector;
}

}  // namespace secateur
