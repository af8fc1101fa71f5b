// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of IRC as irssi, WeeChat, ZNC, HexChat, supybot and web archives write them. See format.md.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/irc/layout.hpp"
#include "connectors/irc/line.hpp"
#include "connectors/irc/page.hpp"
#include "connectors/lines.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace irc {
namespace {

constexpr std::string_view platform = "irc";
constexpr std::size_t most_aliases = 10'000;  // of one session

/// Every line of a log, decoded, in order.
template <class Take>
Flow visit_lines(const LogFile& file, ByteStream& stream, Take take) {
    if (file.is_page) {
        PageLines handler(take);
        const MarkupOutcome outcome = read_html(stream, file.entry.path, handler);
        return outcome.end == MarkupEnd::stopped ? Flow::stop : Flow::proceed;
    }
    LineReader lines(stream);
    while (const std::optional<Line> line = lines.next()) {
        Location where;
        where.entry = file.entry.path;
        where.line = line->number;
        where.offset = line->offset;
        where.length = line->end - line->offset;
        std::string text = decoded(line->text);
        if (line->offset == 0 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        if (take(std::string_view(text), where) == Flow::stop) return Flow::stop;
    }
    return Flow::proceed;
}

/// Modules of a bouncer and its playback speak under names that no person can have.
bool is_bouncer(std::string_view nick) { return nick.starts_with('*'); }

bool is_automatic(std::string_view nick) {
    constexpr std::string_view services[] = {"chanserv", "nickserv", "memoserv", "botserv", "operserv", "hostserv", "global"};
    const std::string name = ascii_lowered(nick);
    return plain_nick(name).ends_with("bot") || std::ranges::find(services, name) != std::end(services);
}

/// "<lea> text" or "[lea] text" said by a bridge to another network: who really speaks, and what.
struct Bridged {
    std::string_view name, text;
};
std::optional<Bridged> through_bridge(std::string_view nick, std::string_view text) {
    const std::string name = ascii_lowered(nick);
    if (name.find("bridge") == std::string::npos && name.find("relay") == std::string::npos) return std::nullopt;
    if (text.size() < 3 || (text[0] != '<' && text[0] != '[')) return std::nullopt;
    const std::size_t close = text.find(text[0] == '<' ? '>' : ']');
    if (close == std::string_view::npos || close < 2 || close > 64) return std::nullopt;
    return Bridged{.name = trim(text.substr(1, close - 1)), .text = trim(text.substr(close + 1))};
}

/// Whether a nick stands in a text as a word of its own; compared without case.
bool names(std::string_view text, std::string_view nick) {
    const auto in_word = [](char c) {
        return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 ||
            c == '_';
    };
    for (std::size_t at = 0; at + nick.size() <= text.size(); ++at) {
        if (ascii_lower(text[at]) != ascii_lower(nick[0]) || (at > 0 && in_word(text[at - 1]))) continue;
        const std::size_t end = at + nick.size();
        if (end < text.size() && in_word(text[end])) continue;
        if (std::ranges::equal(text.substr(at, nick.size()), nick, {}, ascii_lower, ascii_lower)) return true;
    }
    return false;
}

Person person_named(std::string_view nick) { return {.key = fold_name(nick), .name = std::string(nick)}; }

struct Speaker {
    Person person;
    std::uint64_t messages = 0;
    std::uint64_t openings = 0;  // sessions that begin with their arrival
};

struct FileFindings {
    std::set<std::string> speakers;  // at most three: more than two is a channel
    std::map<std::string, std::uint64_t> channels;  // that joins name
};

struct Findings {
    std::map<std::string, Speaker> speakers;
    std::map<std::string, FileFindings> files;
    std::set<std::string> renamed_me;  // "You're now known as"
    std::uint64_t lines = 0;
};

class Surveyor {
public:
    explicit Surveyor(Findings& findings) : findings_(findings) {}

    void begin(const LogFile& file) {
        file_ = &findings_.files[file.entry.path];
        awaits_me_ = true;
    }
    void take(std::string_view text) {
        if (const auto mark = parse_day_mark(text)) {
            awaits_me_ = awaits_me_ || mark->opens_session;
            return;
        }
        const auto line = parse_line(text);
        if (!line || line->event == Event::other) return;
        ++findings_.lines;
        if (line->is_me) findings_.renamed_me.insert(fold_name(line->text));
        if (!line->channel.empty() && file_->channels.size() < 20) ++file_->channels[ascii_lowered(line->channel)];
        const bool speaks = line->event == Event::message || line->event == Event::action;
        if (line->nick.empty() || is_bouncer(line->nick) || (!speaks && line->event != Event::join)) return;
        const std::string key = fold_name(line->nick);
        if (speaks && file_->speakers.size() < 3) file_->speakers.insert(key);
        Speaker& speaker = findings_.speakers[key];
        if (speaker.person.key.empty()) speaker.person = person_named(line->nick);
        speaker.messages += speaks;
        speaker.openings += line->event == Event::join && std::exchange(awaits_me_, false);
        if (speaks) awaits_me_ = false;
    }

private:
    Findings& findings_;
    FileFindings* file_ = nullptr;
    bool awaits_me_ = false;
};

struct Ownership {
    Owner owner;
    std::set<std::string> my_keys;
    std::string account_evidence;
};

Ownership settle_owner(const Findings& findings, const Identities& me) {
    Ownership found;
    std::vector<const Speaker*> ranked;
    for (const auto& [key, speaker] : findings.speakers) ranked.push_back(&speaker);
    std::ranges::sort(ranked, [](const Speaker* a, const Speaker* b) {
        return std::tuple(b->openings, b->messages, a->person.key) < std::tuple(a->openings, a->messages, b->person.key);
    });
    const auto mine = [&](const Person& person, Message evidence, const char* account) {
        if (!found.my_keys.insert(person.key).second) return;
        if (found.owner.person) {
            found.owner.also.push_back(person);
            return;
        }
        found.owner.person = person;
        found.owner.evidence = std::move(evidence);
        found.account_evidence = account;
    };
    const auto is_known = [&](const Person& person) { return me.match(person.name) || me.match(plain_nick(person.name)); };
    for (const Speaker* each : ranked) {
        const Person& person = each->person;
        if (!me.forced && findings.renamed_me.contains(person.key))
            mine(person, msg("irc.owner_renamed", arg("name", person.name)), "account.from_export");
        else if (is_known(person))
            mine(person, me.forced ? msg("irc.owner_asked", arg("name", person.name))
                 : msg("irc.owner_profile", arg("name", person.name)),
                 me.forced ? "account.asked" : "account.from_profile");
    }
    found.owner.from_export = found.account_evidence == "account.from_export";
    if (found.owner.person) return found;
    for (const Speaker* each : ranked) {
        if (found.owner.candidates.size() == 10) break;
        if (is_automatic(each->person.name)) continue;
        Message evidence = each->openings > 0 ? msg("irc.candidate_opens", arg("count", each->openings))
                                              : msg("irc.candidate", arg("count", each->messages));
        found.owner.candidates.push_back({.person = each->person, .activities = each->messages, .evidence = std::move(evidence)});
    }
    return found;
}

/// The moment of each line, from what it says and what was said before.
class Clock {
public:
    explicit Clock(const ReadContext& context) : context_(context), zone_(context.zone.value_or(Zone::utc())) {}

    void begin(const std::optional<Date>& day) {
        day_.reset();
        last_ = LocalTime{};
        is_marked_ = false;
        if (!day) return;
        const std::chrono::year_month_day date{*day};
        day_ = LocalTime{.year = static_cast<int>(date.year()),
                         .month = static_cast<unsigned>(date.month()),
                         .day = static_cast<unsigned>(date.day())};
    }
    void mark(const LocalTime& at) {
        day_ = at;
        last_ = LocalTime{};
        is_marked_ = true;
    }

    /// Nothing where no day is known.
    [[nodiscard]] std::optional<When> when(const Stamp& stamp) {
        if (stamp.epoch) return When{.at = Instant(std::chrono::seconds(*stamp.epoch)), .basis = TimeBasis::utc, .written = {}};
        if (stamp.year != 0) day_ = LocalTime{.year = stamp.year, .month = stamp.month, .day = stamp.day};
        if (!day_) return std::nullopt;
        if (stamp.year == 0 && stamp.month != 0) {
            if (stamp.month < day_->month) ++day_->year;  // over New Year
            day_->month = stamp.month, day_->day = stamp.day;
        }
        LocalTime local = *day_;
        local.hour = stamp.hour, local.minute = stamp.minute, local.second = static_cast<unsigned>(std::max(stamp.second, 0));
        if (stamp.month == 0 && !is_marked_ && local.hour + 12 < last_.hour) {  // past midnight, and nothing says so
            const auto midnight = as_utc(LocalTime{.year = local.year, .month = local.month, .day = local.day});
            if (!midnight) return std::nullopt;
            begin(date_of(*midnight) + std::chrono::days(1));
            local.year = day_->year, local.month = day_->month, local.day = day_->day;
        }
        last_ = local;
        const auto clock = as_utc(local);
        const auto at = stamp.offset ? clock : zone_.to_instant(local);
        if (!clock || !at) return std::nullopt;
        When found{.at = *at, .precision = stamp.second < 0 ? Precision::minute : Precision::second, .written = {}};
        found.basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
        if (stamp.offset) {
            found.at -= std::chrono::minutes(*stamp.offset);
            found.basis = TimeBasis::offset;
        }
        // The clock as written and to the minute: the same line has one identity in two programs' logs.
        found.written = format_rfc3339(*clock).substr(0, 16);
        return found;
    }

private:
    const ReadContext& context_;
    Zone zone_;
    std::optional<LocalTime> day_;
    LocalTime last_;
    bool is_marked_ = false;
};

struct Presence {
    Person person;
    std::optional<When> joined;  // the first time
    std::optional<When> left;    // the last time, where nobody saw them come back
};

struct Channel {
    bool is_direct = false;
    std::optional<Instant> first, last;
    std::uint64_t mine = 0, others = 0;
    std::map<std::string, Presence> people;  // by key; "" is me
};

class Reader {
public:
    Reader(const Findings& findings, const Ownership& ownership, const ReadContext& context, RecordSink& sink)
        : findings_(findings), ownership_(ownership), context_(context), sink_(sink), clock_(context) {}

    void begin(const LogFile& file) {
        is_page_ = file.is_page;
        is_playback_ = false;
        aliases_.clear();
        clock_.begin(file.day);
        const FileFindings& found = findings_.files.at(file.entry.path);
        name_ = file.name;
        const auto named = std::ranges::max_element(found.channels, {}, [](const auto& each) { return each.second; });
        const bool is_channel = file.names_channel || named != found.channels.end();
        if (!file.names_channel && named != found.channels.end()) name_ = named->first;
        is_direct_ = !is_channel && !file.is_page && found.speakers.size() <= 2;
        key_ = (file.network.empty() ? std::string() : file.network + "/") + ascii_lowered(name_);
    }

    Flow take(std::string_view text, const Location& where) {
        if (trim(text).empty()) return ignore("blank_line");
        if (const auto mark = parse_day_mark(text)) {
            clock_.mark(mark->at);
            if (mark->opens_session || mark->closes_session) aliases_.clear();
            return ignore("log_mark");
        }
        const auto line = parse_line(text);
        if (!line) return is_page_ ? ignore("page_text") : sink_.reject(refusal(msg("irc.bad_line"), where), text);
        if (line->event == Event::other) return ignore("other_line");
        if (line->event == Event::notice) return ignore("notice");
        const std::optional<When> when = clock_.when(line->stamp);
        if (when && context_.today != Date{} && when->at >= Instant(context_.today + std::chrono::days(2)))
            return sink_.reject(refusal(msg("irc.future", arg("date", when->written)), where), text);
        if (!when && !std::exchange(told_undated_, true)) sink_.warn("undated", msg("irc.undated"), where);
        switch (line->event) {
            case Event::message:
            case Event::action: return speak(*line, when, where);
            case Event::nick: return rename(*line);
            default: return move(*line, when, where);
        }
    }

    Flow finish(const std::optional<Instant>& exported_at) {
        for (auto& [key, channel] : channels_) {
            for (auto& [person, presence] : channel.people)
                if (tell(key, presence) == Flow::stop) return Flow::stop;
            Coverage coverage;
            coverage.platform = platform;
            coverage.group = key;
            coverage.kind = channel.others > 0 ? CoverageKind::full : CoverageKind::partial_window;
            if (channel.others == 0 && channel.mine >= 5) coverage.kind = CoverageKind::own_only;
            coverage.begin = channel.first;
            coverage.end = exported_at && channel.last <= exported_at ? exported_at : channel.last;
            if (sink_.accept(std::move(coverage), {}) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

private:
    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }

    Flow ensure_channel(const Location& where) {
        const auto [place, is_new] = channels_.try_emplace(key_);
        channel_ = &place->second;
        if (!is_new) return Flow::proceed;
        channel_->is_direct = is_direct_;
        Group group;
        group.platform = platform;
        group.key = key_;
        group.name = name_;
        group.kind = is_direct_ ? GroupKind::direct : GroupKind::channel;
        return sink_.accept(std::move(group), where);
    }

    [[nodiscard]] Person person(std::string_view nick) const {
        const auto known = aliases_.find(fold_name(nick));
        return known != aliases_.end() ? known->second : person_named(nick);
    }
    [[nodiscard]] bool is_mine(const std::string& key) const { return ownership_.my_keys.contains(key); }

    Flow speak(const LogLine& line, const std::optional<When>& when, const Location& where) {
        std::string text = without_codes(line.text);
        if (is_bouncer(line.nick)) {
            if (text.starts_with("Buffer Playback")) is_playback_ = true;
            if (text.starts_with("Playback Complete")) is_playback_ = false;
            return ignore("bouncer");
        }
        if (is_playback_) return ignore("playback");  // said before, and logged then
        if (ensure_channel(where) == Flow::stop) return Flow::stop;
        Activity activity;
        activity.platform = platform;
        activity.group = key_;
        activity.author = person(line.nick);
        if (const auto bridged = through_bridge(line.nick, text)) {
            activity.author = person_named(bridged->name);
            text = std::string(bridged->text);
        }
        activity.is_me = is_mine(activity.author.key);
        activity.automatic = !activity.is_me && is_automatic(activity.author.name);
        activity.when = when;
        activity.kind = ActivityKind::message;
        if (!activity.is_me)
            for (const std::string& nick : ownership_.my_keys) {
                activity.mentions_me = activity.mentions_me || names(text, nick);
                const std::string_view behind = std::string_view(text).substr(std::min(nick.size(), text.size()));
                const bool at_begin = std::ranges::equal(std::string_view(text).substr(0, nick.size()), nick, {}, ascii_lower, ascii_lower);
                if (at_begin && (behind.starts_with(':') || behind.starts_with(','))) activity.parent_is_me = true;
            }
        activity.text = std::move(text);
        seen(when);
        ++(activity.is_me ? channel_->mine : channel_->others);
        return sink_.accept(std::move(activity), where);
    }

    Flow rename(const LogLine& line) {
        if (!line.nick.empty() && aliases_.size() < most_aliases) {
            Person who = person(line.nick);
            aliases_.erase(fold_name(line.nick));
            aliases_[fold_name(line.text)] = std::move(who);
        }
        return ignore("nick_change");
    }

    /// Joins repeat at each reconnection: only the first one and the last departure are kept, and told at the end.
    Flow move(const LogLine& line, const std::optional<When>& when, const Location& where) {
        const Person who = person(line.nick);
        if (line.event != Event::join) aliases_.erase(fold_name(line.nick));
        if (line.event == Event::quit) return ignore("quit");  // of the network, most often by accident: no departure
        if (who.key.empty() || is_direct_) return ignore("other_line");
        if (ensure_channel(where) == Flow::stop) return Flow::stop;
        seen(when);
        const bool is_me = is_mine(who.key);
        Presence& presence = channel_->people[is_me ? std::string() : who.key];
        if (!is_me) presence.person = who;
        if (std::exchange(presence.left, std::nullopt)) sink_.ignore("departure");  // and came back, or left again
        if (line.event != Event::join) {
            if (!when) return ignore("departure");
            presence.left = when;
        } else {
            if (presence.joined || !when) return ignore("rejoin");
            presence.joined = when;
        }
        return Flow::proceed;
    }

    Flow tell(const std::string& key, const Presence& presence) {
        const auto emit = [&](MembershipEvent event, const std::optional<When>& at) {
            if (!at) return Flow::proceed;
            Membership found;
            found.platform = platform;
            found.group = key;
            found.event = event;
            found.at = at;
            found.origin = "log";
            found.is_me = presence.person.key.empty();
            found.person = presence.person;
            return sink_.accept(std::move(found), {});
        };
        if (emit(MembershipEvent::joined, presence.joined) == Flow::stop) return Flow::stop;
        return emit(MembershipEvent::left, presence.left);
    }

    void seen(const std::optional<When>& when) {
        if (!when) return;
        channel_->first = std::min(channel_->first.value_or(when->at), when->at);
        channel_->last = std::max(channel_->last.value_or(when->at), when->at);
    }

    const Findings& findings_;
    const Ownership& ownership_;
    const ReadContext& context_;
    RecordSink& sink_;
    Clock clock_;
    std::map<std::string, Channel> channels_;
    std::map<std::string, Person> aliases_;  // who is behind a nick taken in this session
    // of the file being read
    std::string key_, name_;
    bool is_direct_ = false, is_page_ = false, is_playback_ = false, told_undated_ = false;
    Channel* channel_ = nullptr;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context) : source_(source), context_(context), layout_(layout_of(source)) {
        Surveyor surveyor(findings_);
        visit([&](std::uint64_t bytes) { return bytes / 2; },
              [&](const LogFile& file, ByteStream& stream) {
                  surveyor.begin(file);
                  return visit_lines(file, stream, [&](std::string_view text, const Location&) {
                      surveyor.take(text);
                      return Flow::proceed;
                  });
              });
        if (findings_.lines == 0) throw Error(refusal(msg("irc.no_log"), {}, msg("irc.how_to")));
        ownership_ = settle_owner(findings_, context.me);
        exported_at_ = export_instant(source, context.zone);
    }

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        if (layout_.others > 0) sink.ignore("not_a_channel", layout_.others);
        if (layout_.strangers > 0) sink.ignore("not_a_log", layout_.strangers);
        if (!context_.zone) sink.warn("zone_unknown", msg("irc.zone_unknown"), {});
        Reader reader(findings_, ownership_, context_, sink);
        std::uint64_t size = 0;
        for (const LogFile& file : layout_.files) size += file.entry.size.value_or(0);
        const Flow flow = visit([&](std::uint64_t bytes) { return (size + bytes) / 2; },
                                [&](const LogFile& file, ByteStream& stream) {
                                    reader.begin(file);
                                    return visit_lines(file, stream, [&](std::string_view text, const Location& where) {
                                        return reader.take(text, where);
                                    });
                                });
        if (flow == Flow::stop || reader.finish(exported_at_) == Flow::stop) return;
        if (!ownership_.owner.person) sink.lack(msg("irc.lack_nick"));
        sink.lack(msg("irc.lack_away"));
    }

private:
    template <class Told, class Visit>
    Flow visit(Told told, Visit visit_file) {
        std::map<std::string_view, const LogFile*> by_path;
        for (const LogFile& file : layout_.files) by_path.emplace(file.entry.path, &file);
        const std::function<void(std::uint64_t)> progress = [&](std::uint64_t bytes) {
            if (context_.progress) context_.progress(told(bytes));
        };
        Flow flow = Flow::proceed;
        std::uint64_t bytes = 0;
        source_.for_each([&](const Entry& entry) { return by_path.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& inner) {
                             ProgressStream counted(inner, bytes, progress);
                             return flow = visit_file(*by_path.at(entry.path), counted);
                         });
        return flow;
    }

    Flow emit_account(RecordSink& sink) const {
        const Owner& owner = ownership_.owner;
        if (!owner.person) return Flow::proceed;
        Account account;
        account.platform = platform;
        account.handle = owner.person->name;
        account.names.push_back(owner.person->name);
        for (const Person& each : owner.also) account.names.push_back(each.name);
        account.evidence = ownership_.account_evidence;
        return sink.accept(std::move(account), {});
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Findings findings_;
    Ownership ownership_;
    std::optional<Instant> exported_at_;
};

/// Lines of a head, and how many of them are IRC's.
struct Look {
    std::uint64_t lines = 0, stamped = 0, known = 0, spoken = 0;

    /// Everything in it begins with a time as a log's lines do; a page has words of its own around them.
    [[nodiscard]] bool may_be_log(bool is_page) const { return lines == 0 || stamped * 10 >= lines * (is_page ? 4 : 6); }
    [[nodiscard]] bool is_log() const { return known * 3 >= lines && (spoken >= 2 || (spoken > 0 && known >= 2) || known >= 3); }
};

Look look_at(const LogFile& file, std::string_view head) {
    Look look;
    const auto stream = memory_stream(head);
    (void)visit_lines(file, *stream, [&](std::string_view text, const Location&) {
        if (trim(text).empty()) return Flow::proceed;
        ++look.lines;
        const auto line = parse_line(text);
        const bool is_mark = parse_day_mark(text).has_value();
        look.stamped += line || is_mark;
        look.known += is_mark || (line && line->event != Event::other);
        look.spoken += line && (line->event == Event::message || line->event == Event::action);
        return look.lines < 200 ? Flow::proceed : Flow::stop;
    });
    return look;
}

class IrcConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = platform,
                                             .version = 1,
                                             .title = "IRC logs (irssi, WeeChat, ZNC, HexChat, web archives)",
                                             .message = "irc.recognises",
                                             .how_to = "irc.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = layout_of(source);
        if (layout.strangers > 0) return std::nullopt;
        const LogFile* evidence = nullptr;
        for (std::size_t i = 0; i < std::min<std::size_t>(layout.files.size(), 3); ++i) {
            const LogFile& file = layout.files[i];
            const std::string_view head = source.head(file.entry);
            if (head.empty()) continue;
            const Look look = look_at(file, head);
            if (!look.may_be_log(file.is_page)) return std::nullopt;
            if (!look.is_log()) continue;
            if (evidence == nullptr || (!evidence->names_channel && file.names_channel)) evidence = &file;
        }
        if (evidence == nullptr) return std::nullopt;
        return Match{evidence->names_channel && !evidence->is_page ? Confidence::certain : Confidence::likely,
                     msg("irc.evidence", arg("file", evidence->entry.name()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<Stream>(source, context);
    }
};

}  // namespace
}  // namespace irc

const Connector& irc_connector() {
    static const irc::IrcConnector connector;
    return connector;
}

}  // namespace secateur
