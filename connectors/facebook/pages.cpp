// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/facebook/pages.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "connectors/facebook/titles.hpp"

namespace secateur::facebook {
namespace {

/// Builds the text of one JSON value; keys are ours, values anybody's.
class Json {
public:
    Json& object() { return open('{'); }
    Json& array() { return open('['); }
    Json& end(char bracket) {
        out_ += bracket;
        fresh_ = false;
        return *this;
    }
    Json& key(std::string_view name) {
        string(name);
        out_ += ':';
        fresh_ = true;
        return *this;
    }
    Json& string(std::string_view text) {
        comma();
        out_ += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') out_ += '\\';
            if (c == '\n') out_ += "\\n";
            else out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
        out_ += '"';
        return *this;
    }
    /// A member, left out when there is nothing to say.
    Json& member(std::string_view name, std::string_view text) { return text.empty() ? *this : key(name).string(text); }
    [[nodiscard]] const std::string& text() const { return out_; }

private:
    Json& open(char bracket) {
        comma();
        out_ += bracket;
        fresh_ = true;
        return *this;
    }
    void comma() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }

    std::string out_;
    bool fresh_ = true;
};

struct Field {
    std::string label, value, href;
};

/// One record as it stands on the page.
struct PageRecord {
    std::string title;    // its heading, a sentence or a name
    std::string section;  // the heading of the section around it
    std::string body;
    std::string clock;
    std::string link;  // of the footer
    std::vector<Field> fields;
    std::vector<std::string> links;
    std::vector<std::string> list;  // reactions under a message
    std::uint32_t media = 0;
};

bool is_one_of(std::string_view label, std::initializer_list<std::string_view> names) {
    label = trim(label);
    if (label.ends_with(':')) label = trim(label.substr(0, label.size() - 1));
    const std::string folded = fold_search(label);
    return std::ranges::find(names, folded) != names.end();
}

const Field* field_of(const PageRecord& record, std::initializer_list<std::string_view> names) {
    for (const Field& each : record.fields)
        if (is_one_of(each.label, names)) return &each;
    return nullptr;
}

std::string_view value_of(const PageRecord& record, std::initializer_list<std::string_view> names) {
    const Field* field = field_of(record, names);
    return field == nullptr ? std::string_view() : std::string_view(field->value);
}

/// Walks the page and delivers a record when its section ends. Classes are Facebook's own short words, which it changes now and
/// then; where they fail, a heading is the title and the last text that reads as a time is the clock.
class Page final : public MarkupHandler {
public:
    explicit Page(std::function<Flow(PageRecord&, const Location&)> deliver) : deliver_(std::move(deliver)) {}

    Flow on_open(const MarkupTag& tag, const Location& where) override {
        ++depth_;
        if (tag.name == "br" && target_ != nullptr) *target_ += '\n';
        const bool is_box = (tag.name == "section" || tag.name == "div") && tag.has_class("_a6-g");
        if (is_box && (records_.empty() || !records_.back().in_cell)) {  // inside a cell it is a part of its record
            if (!records_.empty()) records_.back().has_inner = true;
            records_.emplace_back();
            records_.back().depth = depth_;
            records_.back().where = where;
            records_.back().body.begin();
            return Flow::proceed;
        }
        if (records_.empty()) {
            if ((tag.name == "h1" && title_.empty()) || (tag.name == "title" && title_.empty())) aim(title_);
            return Flow::proceed;
        }
        open_within(tag, records_.back());
        return Flow::proceed;
    }

    Flow on_text(std::string_view text, const Location&) override {
        if (target_ != nullptr) {
            *target_ += text;
        } else if (!records_.empty()) {
            Open& open = records_.back();
            if (label_end_ > 0 && !open.record.fields.empty()) open.record.fields.back().value += text;
            else open.body.text(text);
        }
        return Flow::proceed;
    }

    Flow on_close(std::string_view name, const Location& where) override {
        Flow flow = Flow::proceed;
        if (target_depth_ == depth_) finish_target();
        if (label_end_ == depth_) label_end_ = 0;
        if (!records_.empty()) {
            Open& open = records_.back();
            if (open.depth == depth_) {
                flow = end_record(where);
            } else {
                if (name == "td") open.in_cell = false;
                if (name == "footer") open.in_footer = false;
                (void)open.body.close(name);
            }
        }
        --depth_;
        return flow;
    }

    [[nodiscard]] const std::string& title() const { return title_; }

private:
    struct Open {
        std::size_t depth = 0;
        Location where;
        PageRecord record;
        MarkupText body;
        bool has_inner = false, in_cell = false, in_footer = false, new_row = false;
    };

    void aim(std::string& target) {
        target_ = &target;
        target_depth_ = depth_;
    }

    void finish_target() {
        *target_ = one_line(*target_);
        target_ = nullptr;
        target_depth_ = 0;
    }

    static std::string one_line(std::string_view text) {
        std::string out;
        for (const std::string_view line : split(text, '\n')) {
            const std::string_view words = trim(line);
            if (words.empty()) continue;
            if (!out.empty()) out += ' ';
            out += words;
        }
        return out;
    }

    void open_within(const MarkupTag& tag, Open& open) {
        PageRecord& record = open.record;
        open.body.open(tag);
        if (tag.name == "footer") open.in_footer = true;
        if (tag.name == "tr") open.new_row = true;
        if (tag.name == "a" && tag["href"].starts_with("http")) {
            if (open.in_footer) record.link = tag["href"];
            else if (open.in_cell && !record.fields.empty()) record.fields.back().href = tag["href"];
            else record.links.emplace_back(tag["href"]);
        }
        if (open.in_cell && !record.fields.empty() && target_ == &record.fields.back().label && tag.name != "br") {
            target_ = &record.fields.back().value;  // one cell over the whole row: the label, then the value in an element
            return;
        }
        if (target_ != nullptr || label_end_ > 0) return;  // what lies inside belongs to it
        const bool is_heading = tag.name == "h1" || tag.name == "h2" || tag.name == "h3" || tag.has_class("_a6-h");
        if (is_heading && record.title.empty() && !open.in_cell) {
            aim(record.title);
        } else if (tag.has_class("_a72d") || tag.has_class("_a6-o")) {
            aim(record.clock);
        } else if (tag.name == "td") {
            open.in_cell = true;
            if (open.new_row) {
                record.fields.emplace_back();
                aim(record.fields.back().label);
                open.new_row = false;
            } else if (!record.fields.empty()) {
                aim(record.fields.back().value);
            }
        } else if (tag.name == "span" && tag.has_class("_a6_m")) {  // "Group: ", then its value up to the end of the block
            record.fields.emplace_back();
            aim(record.fields.back().label);
            label_end_ = depth_ - 1;
        } else if (tag.name == "li") {
            record.list.emplace_back();
            aim(record.list.back());
        } else if (tag.name == "img" || tag.name == "video" || tag.name == "audio") {
            if (tag["src"].find("icons/") == std::string_view::npos) ++record.media;
        }
    }

    Flow end_record(const Location& where) {
        Open open = std::move(records_.back());
        records_.pop_back();
        PageRecord& record = open.record;
        record.body = open.body.take();
        for (Field& field : record.fields) {
            field.label = one_line(field.label);
            field.value = one_line(field.value);
        }
        if (record.clock.empty()) take_clock_from_body(record);
        if (open.has_inner && record.clock.empty()) return Flow::proceed;  // a section of records, which have been told of
        for (auto around = records_.rbegin(); around != records_.rend() && record.section.empty(); ++around)
            record.section = around->record.title;
        Location place = open.where;
        if (where.offset && place.offset) place.length = *where.offset - *place.offset;
        place.record = ++number_;
        return deliver_(record, place);
    }

    static void take_clock_from_body(PageRecord& record) {
        const std::size_t line = record.body.rfind('\n');
        const std::string_view last = std::string_view(record.body).substr(line == std::string::npos ? 0 : line + 1);
        if (!parse_page_clock(last)) return;
        record.clock = last;
        record.body.resize(line == std::string::npos ? 0 : line);
    }

    std::function<Flow(PageRecord&, const Location&)> deliver_;
    std::deque<Open> records_;  // a section around its records; stays in place
    std::string title_;
    std::string* target_ = nullptr;
    std::size_t depth_ = 0, target_depth_ = 0, label_end_ = 0;
    std::uint64_t number_ = 0;
};

Json& add_label_values(Json& json, const PageRecord& record) {
    json.key("label_values").array();
    for (const Field& field : record.fields)
        json.object().member("label", field.label).member("value", field.value).member("href", field.href).end('}');
    if (record.fields.empty() && !record.title.empty()) json.object().member("label", "Name").member("value",
        record.title).end('}');
    return json.end(']');
}

Json& add_attachments(Json& json, const PageRecord& record) {
    if (record.links.empty() && record.media == 0) return json;
    json.key("attachments").array().object().key("data").array();
    for (const std::string& link : record.links)
        json.object().key("external_context").object().member("url", link).end('}').end('}');
    for (std::uint32_t i = 0; i < record.media; ++i) json.object().key("media").object().end('}').end('}');
    return json.end(']').end('}').end(']');
}

/// "👍Ann Fake" -> reaction and actor.
void add_reactions(Json& json, const PageRecord& record) {
    if (record.list.empty()) return;
    json.key("reactions").array();
    for (const std::string& each : record.list) {
        std::size_t end = 0;  // pictures lie beyond U+2000; names begin before
        while (end < each.size() && (static_cast<unsigned char>(each[end]) >= 0xE2 ||
                                     (end > 0 && (static_cast<unsigned char>(each[end]) & 0xC0) == 0x80)))
            ++end;
        json.object().member("reaction", std::string_view(each).substr(0, end)).member("actor",
            trim(std::string_view(each).substr(end))).end('}');
    }
    json.end(']');
}

/// By its labels where it has some, else by its sentence.
void add_reaction(Json& json, const PageRecord& record) {
    if (!record.fields.empty()) {
        add_label_values(json, record);
        return;
    }
    const std::string title = fold_name(record.title);
    const bool likes = title.find(" like") != std::string::npos || title.find(" aime") != std::string::npos;
    const std::string_view what = likes ? "Like" : "";
    const std::string& address = record.link.empty() && !record.links.empty() ? record.links.front() : record.link;
    if (address.empty()) {
        json.key("data").array().object().key("reaction").object().member("reaction", what);
        json.member("actor", actor_in_title(record.title)).end('}').end('}').end(']');
    } else {
        json.key("label_values").array().object().member("label", "Reaction").member("value", what).end('}');
        json.object().member("label", "URL").member("href", address).end('}').end(']');
    }
}

/// The record as Facebook's JSON would have it.
std::string as_json(FileKind kind, const PageRecord& record) {
    const std::string_view group = value_of(record, {"group", "groupe", "grupo", "gruppe", "groep", "gruppo"});
    Json json;
    json.object();
    switch (kind) {
        case FileKind::membership:
            json.member("timestamp", record.clock).member("title", record.title);
            break;
        case FileKind::administered:
        case FileKind::friends:
        case FileKind::following:
        case FileKind::pages_liked:
        case FileKind::pages_followed:
        case FileKind::pages_unfollowed:
            json.member("timestamp", record.clock).member("name", record.title.empty() ? record.body : record.title).member("url",
                record.link);
            break;
        case FileKind::posts:
        case FileKind::pending_posts:
            if (!group.empty()) return as_json(FileKind::comments, record);  // until 2020 one page held both
            json.member("timestamp", record.clock).member("title", record.title);
            json.key("data").array().object().member("post", record.body).end('}').end(']');
            add_attachments(json, record);
            break;
        case FileKind::comments:
        case FileKind::all_comments:
            json.member("timestamp", record.clock).member("title", record.title);
            json.key("data").array().object().key("comment").object();
            json.member("comment", record.body).member("group", group).member("author", actor_in_title(record.title));
            json.end('}').end('}').end(']');
            add_attachments(json, record);
            break;
        case FileKind::interactions:
        case FileKind::visited_sections: {
            const std::string_view name = record.title.empty() ? std::string_view(record.body) : std::string_view(record.title);
            json.key("entries").array().object().member("timestamp", record.clock).key("data").object();
            json.member("name", name.substr(0, name.find('\n')));
            json.member("uri", record.link.empty() && !record.links.empty() ? record.links.front() : record.link);
            json.end('}').end('}').end(']');
            break;
        }
        case FileKind::questions:
            json.member("group_name", record.title).key("answers").array().object().member("timestamp",
                record.clock).end('}').end(']');
            break;
        case FileKind::badges:
            json.key(record.title).array();
            for (const std::string_view line : split(record.body, '\n')) json.string(line);
            json.end(']');
            break;
        case FileKind::event_responses:
        case FileKind::event_invitations:
        case FileKind::own_events:
            json.member("name", record.title);
            json.member("start_timestamp", value_of(record, {"start time", "start", "heure de debut", "debut"}));
            json.member("end_timestamp", value_of(record, {"end time", "end", "heure de fin", "fin"}));
            if (const std::string_view place = value_of(record, {"place", "lieu", "location"}); !place.empty())
                json.key("place").object().member("name", place).end('}');
            break;
        case FileKind::profile: {
            const std::string_view name = value_of(record, {"name", "full name", "nom", "nom complet"});
            json.key("name").object().member("full_name", name).end('}');
            break;
        }
        case FileKind::reactions:
            json.member("timestamp", record.clock).member("title", record.title);
            add_reaction(json, record);
            break;
        default:  // lists of labels and values
            json.member("timestamp", record.clock).member("title", record.title);
            add_label_values(json, record);
            break;
    }
    return json.end('}').text();
}

std::string message_as_json(const PageRecord& record) {
    Json json;
    json.object().member("sender_name", record.title).member("timestamp_ms", record.clock).member("content", record.body);
    json.key("photos").array();
    for (std::uint32_t i = 0; i < record.media; ++i) json.object().end('}');
    json.end(']');
    if (!record.links.empty()) json.key("share").object().member("link", record.links.front()).end('}');
    add_reactions(json, record);
    return json.end('}').text();
}

/// "Participants: Ann, Bob et Cy".
std::vector<std::string_view> participants_in(std::string_view line) {
    std::vector<std::string_view> people;
    if (!fold_search(line).starts_with("participant")) return people;
    line = line.substr(std::min(line.find(':'), line.size()));
    if (line.empty()) return people;
    for (std::string_view each : split(line.substr(1), ',')) {
        for (const std::string_view word : {" and ", " et ", " y ", " und ", " en ", " e "}) {
            const std::size_t at = each.rfind(word);
            if (at == std::string_view::npos) continue;
            people.push_back(trim(each.substr(0, at)));
            each = each.substr(at + word.size());
            break;
        }
        people.push_back(trim(each));
    }
    return people;
}

/// What the list would be called in JSON.
std::string_view list_of(FileKind kind, const PageRecord& record) {
    if (kind == FileKind::membership) return is_join_title(record.title) ? "groups_joined_v2" : "membership_other";
    if (kind == FileKind::friends) return "friends_v2";
    if (kind == FileKind::event_responses) {
        const std::string section = fold_search(record.section);
        for (const std::string_view word : {"join", "going", "particip", "accept"})
            if (section.find(word) != std::string::npos) return "events_joined";
        for (const std::string_view word : {"declin", "refus"})
            if (section.find(word) != std::string::npos) return "events_declined";
        return "events_interested";
    }
    return "records";
}

void deliver(JsonHandler& handler, std::size_t pattern, std::string_view key, JsonValue value, const Location& where,
             Flow& flow) {
    if (flow == Flow::proceed && value) flow = handler.on_value(pattern, key, value, where);
}

/// What else may stand in a time: the day of the week, and small words.
constexpr std::string_view other_words[] = {
    "at",       "à",        "le",       "om",        "um",      "de",         "del",       "alle",     "ore",      "uhr",
    "monday",   "tuesday",  "wednesday", "thursday", "friday",  "saturday",   "sunday",    "lundi",    "mardi",    "mercredi",
    "jeudi",    "vendredi", "samedi",   "dimanche",  "lunes",   "martes",     "miércoles", "jueves",   "viernes",  "sábado",
    "domingo",  "montag",   "dienstag", "mittwoch",  "donnerstag", "freitag", "samstag",   "sonntag",  "maandag",  "dinsdag",
    "woensdag", "donderdag", "vrijdag", "zaterdag",  "zondag",  "lunedì",     "martedì",   "mercoledì", "giovedì", "venerdì",
    "sabato",   "domenica"};

}  // namespace

JsonOutcome read_page(ByteStream& stream, const File& file, Wanted wanted, JsonHandler& handler) {
    const bool in_thread = is_thread(file.kind);
    bool is_titled = false;
    Page* itself = nullptr;
    Page page([&](PageRecord& record, const Location& where) {
        Flow flow = Flow::proceed;
        if (!in_thread) {
            const JsonDocument document(as_json(file.kind, record));
            deliver(handler, 0, list_of(file.kind, record), document.root(), where, flow);
            return flow;
        }
        if (wanted == Wanted::survey && !is_titled) {
            is_titled = true;
            const JsonDocument title(Json().string(itself->title()).text());
            deliver(handler, 0, "title", title.root(), where, flow);
        }
        if (record.clock.empty()) {  // the line of the participants stands above the messages
            Json names;
            names.array();
            const std::string& line = record.title.empty() ? record.body : record.title;
            for (const std::string_view each : participants_in(line)) names.object().member("name", each).end('}');
            const JsonDocument people(names.end(']').text());
            if (wanted == Wanted::survey && people.root().size() > 0) deliver(handler, 0, "participants", people.root(), where,
                                                                              flow);
            if (people.root().size() > 0) return flow;
        }
        const JsonDocument message(message_as_json(record));
        if (wanted == Wanted::records) deliver(handler, 0, "messages", message.root(), where, flow);
        else deliver(handler, 0, "sender_name", message.root()["sender_name"], where, flow);
        return flow;
    });
    itself = &page;
    MarkupOutcome read = read_html(stream, file.entry->path, page);
    const JsonEnd end = read.end == MarkupEnd::broken    ? JsonEnd::broken
                        : read.end == MarkupEnd::stopped ? JsonEnd::stopped
                                                         : JsonEnd::complete;
    return {end, std::move(read.problem), read.bytes};
}

std::optional<PageClock> parse_page_clock(std::string_view text) {
    // Abbreviations as they begin; the longest first where one begins another.
    constexpr std::array<std::array<std::string_view, 8>, 12> months{{
        {"jan", "janv", "ene", "gen", "jän", "januari", "enero", "gennaio"},
        {"feb", "fév", "fev", "févr", "fevr", "february", "février", "febrero"},
        {"mar", "mars", "mär", "maart", "mrt", "march", "marzo", "märz"},
        {"apr", "avr", "abr", "april", "avril", "abril", "aprile", "apr"},
        {"may", "mai", "mei", "mag", "mayo", "maggio", "may", "may"},
        {"jun", "juin", "giu", "june", "juni", "junio", "giugno", "jun"},
        {"jul", "juil", "lug", "july", "juillet", "juli", "julio", "luglio"},
        {"aug", "août", "aout", "ago", "august", "agosto", "augustus", "aoû"},
        {"sep", "sept", "set", "september", "septembre", "septiembre", "settembre", "sep"},
        {"oct", "okt", "ott", "october", "octobre", "octubre", "oktober", "ottobre"},
        {"nov", "november", "novembre", "noviembre", "nov", "nov", "nov", "nov"},
        {"dec", "déc", "dic", "dez", "december", "décembre", "diciembre", "dezember"},
    }};
    if (text.size() > 80) return std::nullopt;
    std::string folded = fold_name(text);  // every space one, in lower case
    for (char& c : folded)
        if (c == ',' || c == '.') c = ' ';
    PageClock clock;
    bool has_time = false;
    std::optional<bool> afternoon;
    unsigned month_words = 0;
    for (const std::string_view word : split(folded, ' ')) {
        if (word.empty()) continue;
        if (word.find(':') != std::string_view::npos || (word.find('h') != std::string_view::npos && word[0] >= '0' &&
                                                         word[0] <= '9')) {
            const auto parts = split(word, word.find(':') != std::string_view::npos ? ':' : 'h');
            if (has_time || parts.size() > 3) return std::nullopt;
            const auto part = [&parts](std::size_t at) { return at < parts.size() ? parse_integer(parts[at]).value_or(-1) : 0; };
            const auto hour = part(0), minute = part(1), second = part(2);
            if (parts.size() < 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
            clock.local.hour = static_cast<unsigned>(hour);
            clock.local.minute = static_cast<unsigned>(minute);
            clock.local.second = static_cast<unsigned>(second);
            clock.has_seconds = parts.size() > 2;
            has_time = true;
        } else if (const auto number = parse_integer(word); number && *number > 0) {
            if (word.size() == 4 && clock.local.year == 0) clock.local.year = static_cast<int>(*number);
            else if (word.size() <= 2 && clock.local.day == 0) clock.local.day = static_cast<unsigned>(*number);
            else return std::nullopt;
        } else if (word == "am" || word == "pm") {
            afternoon = word == "pm";
        } else {
            const auto month = std::ranges::find_if(months, [&](const auto& names) { return std::ranges::find(names,
                word) != names.end(); });
            if (month != months.end()) {
                clock.local.month = static_cast<unsigned>(month - months.begin()) + 1;
                ++month_words;
            } else if (std::ranges::find(other_words, word) == std::end(other_words)) {
                return std::nullopt;  // a sentence
            }
        }
    }
    if (afternoon) {
        if (clock.local.hour > 12 || clock.local.hour == 0) return std::nullopt;
        clock.local.hour = clock.local.hour % 12 + (*afternoon ? 12 : 0);
    }
    if (!has_time || month_words != 1 || clock.local.day == 0 || clock.local.year == 0 ||
        !as_utc(clock.local)) return std::nullopt;
    return clock;
}

std::optional<When> page_moment(JsonValue time, const std::optional<Zone>& zone) {
    const auto clock = time.integer() ? std::nullopt : parse_page_clock(time.string());
    if (!clock) return std::nullopt;
    const auto at = zone ? zone->to_instant(clock->local) : as_utc(clock->local);
    if (!at) return std::nullopt;
    return When{.at = *at,
                .precision = clock->has_seconds ? Precision::second : Precision::minute,
                .basis = zone ? TimeBasis::local_assumed : TimeBasis::local_unknown,
                .written = std::string(time.string())};
}

std::optional<std::int64_t> second_of(JsonValue time) {
    if (const auto seconds = time.integer()) return seconds;
    const auto clock = parse_page_clock(time.string());
    const auto at = clock ? as_utc(clock->local) : std::nullopt;
    return at ? std::optional(std::int64_t{at->time_since_epoch().count()}) : std::nullopt;
}

}  // namespace secateur::facebook
