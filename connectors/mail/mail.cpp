// SPDX-License-Identifier: GPL-3.0-or-later
// Mailing lists out of mail: mbox files, Maildirs, single letters, Pipermail and HyperKitty archives, Gmail and Google Groups
// from Google Takeout. See format.md.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "base/csv.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/mail/layout.hpp"
#include "connectors/mail/lists.hpp"
#include "connectors/mail/survey.hpp"
#include "connectors/support.hpp"
#include "connectors/takeout.hpp"

namespace secateur {
namespace mail {
namespace {

constexpr std::string_view platform = "mail";
constexpr std::size_t most_lists = 10;  // that one letter was sent to

struct Window {
    std::optional<Instant> first, last;
    std::uint64_t mine = 0, others = 0;

    [[nodiscard]] bool is_empty() const noexcept { return mine + others == 0; }
    void add(const Activity& activity) {
        ++(activity.is_me ? mine : others);
        if (!activity.when) return;
        first = std::min(first.value_or(activity.when->at), activity.when->at);
        last = std::max(last.value_or(activity.when->at), activity.when->at);
    }
};

struct KnownGroup {
    Window mailbox, archive;
    std::optional<When> delivered;  // the last letter of somebody else that reached the owner's mailbox
    bool is_direct = false;
};

Instant month_begin(Instant at) {
    const std::chrono::year_month_day day{date_of(at)};
    return Instant(Date{day.year() / day.month() / 1});
}
Instant month_end(Instant at) {
    const std::chrono::year_month_day day{date_of(at)};
    return Instant(Date{(day.year() / day.month() + std::chrono::months(1)) / 1});
}

class Reader final : public LetterVisitor {
public:
    Reader(const Layout& layout, const Findings& findings, const Ownership& ownership, const ReadContext& context,
           std::optional<Instant> exported_at, RecordSink& sink)
        : layout_(layout), findings_(findings), ownership_(ownership), context_(context), exported_at_(exported_at), sink_(sink),
          numbers_(layout.files.size()) {}

    Flow on_letter(std::size_t number, const MboxLetter& found) override {
        const MailFile& file = layout_.files[number];
        Location where;
        where.entry = file.entry.path;
        where.line = found.line;
        where.record = ++numbers_[number];
        where.offset = found.offset;
        where.length = found.length;
        const auto letter = parse_letter(found.bytes);
        if (!letter) return sink_.reject(refusal(msg("mail.no_headers"), where), found.bytes);
        switch (label_of(*letter, file)) {
            case Label::junk: return ignore("spam");
            case Label::draft: return ignore("draft");
            case Label::chat: return ignore("chat");
            default: break;
        }
        const Moment moment = moment_of(*letter, found.from_line, context_);
        if (moment.is_future)
            return sink_.reject(refusal(msg("mail.future", arg("date", quote(letter->header("date")))), where), found.bytes);
        if (is_notice(*letter)) return read_notice(*letter, moment.when, where);

        const FileFindings& in_file = findings_.files.at(file.entry.path);
        const std::vector<std::string> keys = lists_of(*letter, in_file);
        if (keys.empty()) return read_direct(*letter, moment.when, where);
        if (letter->is_digest) return read_digest(*letter, keys.front(), in_file, where);
        for (const std::string& key : keys)
            if (emit(*letter, moment.when, key, in_file, where) == Flow::stop) return Flow::stop;
        return Flow::proceed;
    }

    Flow on_text(std::size_t number, const MboxLetter& text) override {
        const std::string& path = layout_.files[number].entry.path;
        if (!findings_.files.contains(path)) return ignore("not_mail");
        Location where;
        where.entry = path;
        where.line = text.line;
        where.offset = text.offset;
        where.length = text.length;
        return sink_.reject(refusal(msg("mail.before_first"), where), text.bytes);
    }

    Flow on_trouble(std::size_t, const Problem& problem) override { return sink_.reject(problem, {}); }

    /// Members of a Google group: columns are known by what stands in them, for their names are localised.
    Flow read_members(const Entry& entry, ByteStream& stream, const std::string& list_address) {
        CsvReader csv(stream, {}, entry.path);
        CsvRow row;
        const std::string key = key_of_address(list_address);
        std::uint64_t members = 0;
        while (csv.next(row)) {
            const auto address = std::ranges::find_if(row.cells, [](const std::string& cell) {
                return cell.find('@') != std::string::npos && cell.find(' ') == std::string::npos;
            });
            if (address == row.cells.end()) {
                sink_.ignore("members_header");
                continue;
            }
            Location where;
            where.entry = entry.path;
            where.line = row.line;
            where.offset = row.offset;
            where.length = row.length;
            if (ensure_group(key, where) == Flow::stop) return Flow::stop;
            Person person{.key = canonical_address(*address), .name = {}};
            if (address + 1 != row.cells.end()) person.name = *(address + 1);
            ++members;
            if (sink_.accept(member_of(key, std::move(person), row.cells), where) == Flow::stop) return Flow::stop;
        }
        if (members == 0) return Flow::proceed;
        Group group = group_of(key);
        group.members = members;
        if (exported_at_) group.measured_at = When{.at = *exported_at_, .written = {}};
        return sink_.accept(std::move(group), {.entry = entry.path});
    }

    /// What only the whole source tells: membership by delivery, coverage, lacks.
    Flow finish() {
        bool any_mailbox = false, any_archive = false;
        for (const auto& [key, group] : groups_) {
            any_mailbox = any_mailbox || !group.mailbox.is_empty();
            any_archive = any_archive || !group.archive.is_empty();
            if (ownership_.owner.person && group.delivered && !group.is_direct)
                if (sink_.accept(membership(key, MembershipEvent::member, group.delivered, "delivered"), {}) == Flow::stop)
                    return Flow::stop;
            if (cover(key, group) == Flow::stop) return Flow::stop;
        }
        if (any_mailbox) sink_.lack(msg("mail.lack_deleted"));
        if (any_mailbox && findings_.sent == 0) sink_.lack(msg("mail.lack_sent"));
        if (any_archive && !ownership_.owner.person) sink_.lack(msg("mail.lack_address"));
        sink_.lack(msg("mail.lack_readers"));
        return Flow::proceed;
    }

private:
    Flow ignore(std::string_view reason) {
        sink_.ignore(reason);
        return Flow::proceed;
    }

    [[nodiscard]] bool is_mine(const std::string& key) const { return ownership_.my_keys.contains(key); }

    // ---- which list

    [[nodiscard]] std::vector<std::string> lists_of(const Letter& letter, const FileFindings& in_file) const {
        if (const auto list = list_of(letter)) return {list->key};
        // The copy of a letter of mine among the sent ones has no header of the list, only its address.
        std::vector<std::string> keys;
        for (const std::vector<Mailbox>* mailboxes : {&letter.to, &letter.cc})
            for (const Mailbox& each : *mailboxes) {
                const auto known = findings_.list_of_address.find(each.address);
                std::string key;
                if (known != findings_.list_of_address.end()) key = known->second;
                else if (is_list_host(each.address) && command_of(each.address).empty()) key = key_of_address(each.address);
                const bool is_new = !key.empty() && std::ranges::find(keys, key) == keys.end();
                if (is_new && keys.size() < most_lists) keys.push_back(std::move(key));
            }
        if (keys.empty() && !in_file.main_key.empty()) keys.push_back(in_file.main_key);
        return keys;
    }

    [[nodiscard]] Group group_of(const std::string& key) const {
        Group group;
        group.platform = platform;
        group.key = key;
        group.kind = GroupKind::list;
        if (const auto list = findings_.lists.find(key); list != findings_.lists.end()) {
            group.name = list->second.name;
            group.url = list->second.url;
            // Nobody but its owner writes to a newsletter.
            if (!list->second.may_post && list->second.may_unsubscribe) group.kind = GroupKind::channel;
        }
        for (const auto& [path, file] : findings_.files)
            if (group.name.empty() && file.main_key == key) group.name = file.main_name;
        if (group.name.empty()) group.name = name_of_key(key);
        return group;
    }

    Flow ensure_group(const std::string& key, const Location& where) {
        if (!groups_.emplace(key, KnownGroup{}).second) return Flow::proceed;
        return sink_.accept(group_of(key), where);
    }

    [[nodiscard]] static Membership membership(const std::string& key, MembershipEvent event, std::optional<When> at,
                                               std::string_view origin) {
        Membership found;
        found.platform = platform;
        found.group = key;
        found.event = event;
        found.at = std::move(at);
        found.origin = origin;
        return found;
    }

    // ---- letters that are no posts

    [[nodiscard]] static bool is_notice(const Letter& letter) {
        const std::string_view command = command_of(letter.from.address);
        constexpr std::array of_people{"owner-", "-admin", "-help"};  // who may write to a list like anybody
        const bool is_program = !command.empty() && std::ranges::find(of_people, command) == of_people.end();
        return letter.has("x-list-administrivia") || is_program;
    }

    /// "Welcome to the ... mailing list", "You have been unsubscribed": they stand in the mailbox of whoever joined or left.
    Flow read_notice(const Letter& letter, const std::optional<When>& when, const Location& where) {
        const std::string subject = fold_search(letter.subject);
        const auto says = [&](std::initializer_list<std::string_view> words) {
            return std::ranges::any_of(words, [&](std::string_view each) { return subject.find(each) != std::string::npos; });
        };
        const bool left = says({"unsubscribed from", "goodbye", "desabonne", "desinscri", "resiliation", "baja de la lista"});
        const bool joined = !left && says({"welcome to", "bienvenue sur", "bienvenue dans", "bienvenido", "willkommen"});
        if ((!left && !joined) || !ownership_.owner.person || !when) return ignore("list_notice");
        const std::string address = without_command(letter.from.address);
        const auto known = findings_.list_of_address.find(address);
        const std::string key = known != findings_.list_of_address.end() ? known->second : key_of_address(address);
        if (ensure_group(key, where) == Flow::stop) return Flow::stop;
        Membership found = membership(key, left ? MembershipEvent::left : MembershipEvent::joined, when, "list_notice");
        found.native_id = letter.id;
        return sink_.accept(std::move(found), where);
    }

    /// One to one with somebody the owner wrote to: a person, never a group. Other letters of no list are not looked into.
    Flow read_direct(const Letter& letter, const std::optional<When>& when, const Location& where) {
        if (!ownership_.owner.person || is_automatic(letter) || letter.has("list-unsubscribe")) return ignore("no_list");
        const Person author = author_of(letter, {});
        std::optional<Person> other;
        bool are_more = false;
        const auto add = [&](Person person) {
            if (person.key.empty() || is_mine(person.key)) return;
            are_more = are_more || (other && other->key != person.key);
            if (!other) other = std::move(person);
        };
        add(author);
        for (const std::vector<Mailbox>* mailboxes : {&letter.to, &letter.cc})
            for (const Mailbox& each : *mailboxes) add({.key = canonical_address(each.address), .name = each.name});
        if (!other || are_more || !findings_.written_to.contains(hash64(other->key))) return ignore("no_list");

        Activity activity = post_of(letter, when);
        activity.platform = platform;
        activity.group = "direct:" + other->key;
        activity.author = author;
        activity.is_me = is_mine(author.key);
        activity.kind = ActivityKind::message;
        KnownGroup& known = groups_[activity.group];
        if (!std::exchange(known.is_direct, true)) {
            Group group;
            group.platform = platform;
            group.key = activity.group;
            group.name = other->name.empty() ? other->key : other->name;
            group.kind = GroupKind::direct;
            if (sink_.accept(std::move(group), where) == Flow::stop) return Flow::stop;
        }
        known.mailbox.add(activity);
        return sink_.accept(std::move(activity), where);
    }

    Flow read_digest(const Letter& digest, const std::string& key, const FileFindings& in_file, const Location& where) {
        sink_.ignore("digest");
        for (const std::string& bytes : digest.digest) {
            const auto letter = parse_letter(bytes);
            const Flow flow = letter ? emit(*letter, moment_of(*letter, {}, context_).when, key, in_file, where)
                                     : sink_.reject(refusal(msg("mail.no_headers"), where), bytes);
            if (flow == Flow::stop) return flow;
        }
        return Flow::proceed;
    }

    // ---- posts

    Flow emit(const Letter& letter, const std::optional<When>& when, const std::string& key, const FileFindings& in_file,
              const Location& where) {
        if (ensure_group(key, where) == Flow::stop) return Flow::stop;
        Activity activity = post_of(letter, when);
        activity.platform = platform;
        activity.group = key;
        activity.author = author_of(letter, key);
        activity.is_me = is_mine(activity.author.key);
        activity.automatic = is_automatic(letter);
        for (const std::vector<Mailbox>* mailboxes : {&letter.to, &letter.cc})
            for (const Mailbox& each : *mailboxes)
                if (!activity.is_me && is_mine(canonical_address(each.address))) activity.mentions_me = true;

        KnownGroup& group = groups_[key];
        (in_file.is_archive ? group.archive : group.mailbox).add(activity);
        const bool is_delivered = !in_file.is_archive && !activity.is_me && activity.when;
        if (is_delivered && (!group.delivered || group.delivered->at < activity.when->at)) group.delivered = activity.when;
        return sink_.accept(std::move(activity), where);
    }

    // ---- coverage

    Flow cover(const std::string& key, const KnownGroup& group) {
        const auto say = [&](CoverageKind kind, std::optional<Instant> begin, std::optional<Instant> end) {
            Coverage coverage;
            coverage.platform = platform;
            coverage.group = key;
            coverage.kind = kind;
            coverage.begin = begin;
            coverage.end = end;
            return sink_.accept(std::move(coverage), {});
        };
        const auto kind_of = [](const Window& window, CoverageKind with_others) {
            if (window.others > 0) return with_others;
            return window.mine >= 5 ? CoverageKind::own_only : CoverageKind::partial_window;
        };
        const auto end_of = [&](const Window& window) {
            return exported_at_ && window.last <= exported_at_ ? exported_at_ : window.last;
        };
        if (group.mailbox.is_empty() && group.archive.is_empty()) return say(CoverageKind::names_only, {}, {});
        if (!group.mailbox.is_empty()) {
            const CoverageKind kind = kind_of(group.mailbox, CoverageKind::partial_window);
            if (say(kind, group.mailbox.first, end_of(group.mailbox)) == Flow::stop) return Flow::stop;
        }
        if (group.archive.is_empty()) return Flow::proceed;
        const CoverageKind kind = kind_of(group.archive, CoverageKind::full);
        const std::vector<Period> months = months_of(key);
        if (months.empty() || kind != CoverageKind::full) return say(kind, group.archive.first, end_of(group.archive));
        for (const Period& each : months) {
            const bool is_running = exported_at_ && each.begin < *exported_at_ && *exported_at_ < each.end;
            if (say(kind, each.begin, is_running ? *exported_at_ : each.end) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    /// The months that files of one month each hold, those next to each other as one: a missing file shows as a gap.
    [[nodiscard]] std::vector<Period> months_of(const std::string& key) const {
        std::vector<Period> found;
        for (const MailFile& each : layout_.files) {
            const auto file = findings_.files.find(each.entry.path);
            if (!each.named_after_period || file == findings_.files.end() || file->second.main_key != key) continue;
            if (const auto& [first, last] = std::pair(file->second.first, file->second.last); first && last)
                found.push_back({.begin = month_begin(*first), .end = month_end(*last)});
        }
        std::ranges::sort(found, {}, &Period::begin);
        std::vector<Period> joined;
        for (const Period& each : found)
            if (!joined.empty() && each.begin <= joined.back().end) joined.back().end = std::max(joined.back().end, each.end);
            else joined.push_back(each);
        return joined;
    }

    // ---- members

    [[nodiscard]] Membership member_of(const std::string& key, Person person, const std::vector<std::string>& cells) const {
        Membership member = membership(key, MembershipEvent::member, joined_in(cells), "members_csv");
        if (member.at) member.event = MembershipEvent::joined;
        member.role = Role::member;
        for (const std::string& cell : cells) member.role = std::max(member.role, role_in(cell));
        // Who never wrote is no owner found by letters; the profile may still know them.
        const bool is_known = !ownership_.owner.person && (context_.me.match(person.key) || context_.me.match(person.name));
        member.is_me = is_known || is_mine(person.key);
        if (!member.is_me) member.person = std::move(person);
        return member;
    }

    [[nodiscard]] static Role role_in(std::string_view cell) {
        constexpr std::array owners{"owner", "proprietaire", "inhaber", "propietario", "proprietario", "eigenaar"};
        constexpr std::array managers{"manager", "gestionnaire", "administrateur", "administrator", "administrador", "beheerder"};
        const std::string word = fold_search(cell);
        const auto is_one_of = [&](const auto& words) { return std::ranges::find(words, std::string_view(word)) != words.end(); };
        return is_one_of(owners) ? Role::owner : is_one_of(managers) ? Role::admin : Role::none;
    }

    /// Year, month, day, hour, minute and second in six cells side by side.
    [[nodiscard]] std::optional<When> joined_in(const std::vector<std::string>& cells) const {
        for (std::size_t i = 0; i + 6 <= cells.size(); ++i) {
            std::array<unsigned, 6> field{};
            bool is_whole = true;
            for (std::size_t k = 0; k < field.size(); ++k) {
                const auto number = parse_integer(cells[i + k]);
                is_whole = is_whole && number && *number >= 0 && *number <= 2'200;
                if (is_whole) field[k] = static_cast<unsigned>(*number);
            }
            if (!is_whole || field[0] < 1'995) continue;
            const LocalTime local{.year = static_cast<int>(field[0]), .month = field[1], .day = field[2],
                                  .hour = field[3], .minute = field[4], .second = field[5]};
            const auto at = context_.zone ? context_.zone->to_instant(local) : as_utc(local);
            const TimeBasis basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
            if (at) return When{.at = *at, .basis = basis, .written = {}};
        }
        return std::nullopt;
    }

    const Layout& layout_;
    const Findings& findings_;
    const Ownership& ownership_;
    const ReadContext& context_;
    std::optional<Instant> exported_at_;
    RecordSink& sink_;
    std::vector<std::uint64_t> numbers_;  // of letters read, by file
    std::map<std::string, KnownGroup> groups_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context)
        : source_(source), context_(context), layout_(layout_of(source)), findings_(survey(source, layout_, context)) {
        if (findings_.letters == 0) throw Error(refusal(msg("mail.no_mail"), {}, msg("mail.how_to")));
        ownership_ = settle_owner(findings_, context.me);
        exported_at_ = takeout_instant(source);
        if (!exported_at_) exported_at_ = export_instant(source, context.zone);
        // A file cannot be older than what it holds: its date was lost in a copy.
        if (exported_at_ && findings_.last && *exported_at_ < *findings_.last) exported_at_.reset();
    }

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        if (layout_.neighbours > 0) sink.ignore("mail_program_file", layout_.neighbours);
        if (layout_.strangers > 0) sink.ignore("not_mail", layout_.strangers);
        std::uint64_t size = 0;
        for (const MailFile& file : layout_.files) size += file.entry.size.value_or(0);
        const std::function<void(std::uint64_t)> second_half = [&](std::uint64_t bytes) {
            if (context_.progress) context_.progress((size + bytes) / 2);
        };
        Reader reader(layout_, findings_, ownership_, context_, exported_at_, sink);
        const std::vector<LetterFile> files(layout_.files.begin(), layout_.files.end());
        if (visit_letters(source_, files, letter_limit, second_half, reader) == Flow::stop) return;
        if (read_members(reader) == Flow::stop) return;
        (void)reader.finish();
    }

private:
    Flow emit_account(RecordSink& sink) const {
        const Owner& owner = ownership_.owner;
        if (!owner.person) return Flow::proceed;
        Account account;
        account.platform = platform;
        account.native_id = owner.person->key;
        account.evidence = ownership_.account_evidence;
        std::set<std::string> names;
        for (const Person& each : owner.also) names.insert(each.name);
        names.insert(owner.person->name);
        names.erase("");
        account.names.assign(names.begin(), names.end());
        return sink.accept(std::move(account), {});
    }

    Flow read_members(Reader& reader) const {
        if (layout_.members.empty()) return Flow::proceed;
        Flow flow = Flow::proceed;
        const auto is_wanted = [&](const Entry& entry) {
            return std::ranges::find(layout_.members, entry.path, &Entry::path) != layout_.members.end();
        };
        source_.for_each(is_wanted, [&](const Entry& entry, ByteStream& stream) {
            const auto is_beside = [&](const MailFile& file) {
                return file.in_list_folder && file.entry.folder() == entry.folder();
            };
            return flow = reader.read_members(entry, stream, std::ranges::find_if(layout_.files, is_beside)->list_address);
        });
        return flow;
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Findings findings_;
    Ownership ownership_;
    std::optional<Instant> exported_at_;
};

/// The first letter of a file. Text may stand before it only where the name says what the file is.
std::optional<std::string> first_letter(const std::string& head, const MailFile& file) {
    if (begins_as_letter(head)) return head;
    if (file.form == LetterForm::letter || (!file.proposed_by_name && !begins_as_mbox(head))) return std::nullopt;
    const auto stream = memory_stream(head);
    MboxReader reader(*stream);
    MboxLetter letter;
    while (reader.next(letter))
        if (!letter.from_line.empty()) return std::move(letter.bytes);
    return std::nullopt;
}

/// Articles of Usenet look like letters and are another connector's.
bool is_news(std::string_view letter) {
    const auto found = parse_letter(headers_of(letter), LetterParts::headers);
    return found && is_article(*found);
}

class MailConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = platform,
                                             .version = 1,
                                             .title = "Mailing lists in mail (mbox, Maildir, archives)",
                                             .message = "mail.recognises",
                                             .how_to = "mail.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = layout_of(source);
        if (layout.strangers > 0) return std::nullopt;
        // Those that their name proposes first; what has no ending can be anything.
        std::vector<const MailFile*> first;
        for (const bool by_name : {true, false})
            for (const MailFile& file : layout.files)
                if (file.proposed_by_name == by_name && first.size() < 3) first.push_back(&file);
        const MailFile* evidence = nullptr;
        for (const MailFile* file : first) {
            const std::string head = plain_head(source, file->entry);
            if (head.empty()) continue;
            const std::optional<std::string> letter = first_letter(head, *file);
            if (!letter || is_news(*letter)) return std::nullopt;
            if (evidence == nullptr) evidence = file;
        }
        if (evidence == nullptr) return std::nullopt;
        return Match{evidence->proposed_by_name ? Confidence::certain : Confidence::likely,
                     evidence->form == LetterForm::mbox ? msg("mail.evidence_mbox", arg("file", evidence->entry.name()))
                                                        : msg("mail.evidence_letters", arg("count", layout.files.size()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<Stream>(source, context);
    }
};

}  // namespace
}  // namespace mail

const Connector& mail_connector() {
    static const mail::MailConnector connector;
    return connector;
}

}  // namespace secateur
