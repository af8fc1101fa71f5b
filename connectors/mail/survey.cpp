// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/mail/survey.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/quoting.hpp"

namespace secateur::mail {
namespace {

constexpr std::size_t header_limit = std::size_t{64} << 10;
constexpr std::size_t most_kinds = 1'000;  // of keys and tags that are counted in one file

using Counts = std::map<std::string, std::uint64_t>;

void count_in(Counts& counts, const std::string& key) {
    if (counts.size() < most_kinds || counts.contains(key)) ++counts[key];
}

Counts::value_type most_of(const Counts& counts) {
    const auto found = std::ranges::max_element(counts, {}, &Counts::value_type::second);
    return found == counts.end() ? Counts::value_type{} : *found;
}

/// Left behind by a mail program, or by Gmail.
bool is_of_mailbox(const Letter& letter) {
    constexpr std::string_view signs[] = {"x-gmail-labels", "x-mozilla-status", "x-uidl", "x-keywords", "x-imapbase"};
    return std::ranges::any_of(signs, [&](std::string_view each) { return letter.has(each); });
}

bool is_plain_address(std::string_view text) {
    return text.find('@') != std::string_view::npos && text.find(' ') == std::string_view::npos;
}

class Surveyor final : public LetterVisitor {
public:
    Surveyor(const Layout& layout, const ReadContext& context)
        : layout_(layout), context_(context), evidence_(layout.files.size()) {
        for (const std::string& each : context.me.emails) mine_.insert(canonical_address(each));
    }

    Flow on_letter(std::size_t number, const MboxLetter& found) override {
        const auto letter = parse_letter(headers_of(found.bytes), LetterParts::headers);
        if (!letter) return Flow::proceed;
        const MailFile& file = layout_.files[number];
        FileFindings& in_file = findings_.files[file.entry.path];
        ++in_file.letters;
        ++findings_.letters;
        if (const Moment moment = moment_of(*letter, found.from_line, context_); moment.when) {
            const Instant at = moment.when->at;
            in_file.first = std::min(in_file.first.value_or(at), at);
            in_file.last = std::max(in_file.last.value_or(at), at);
            findings_.last = std::max(findings_.last.value_or(at), at);
        }
        Evidence& evidence = evidence_[number];
        evidence.of_mailbox = evidence.of_mailbox || file.form == LetterForm::letter || is_of_mailbox(*letter);
        const Label label = label_of(*letter, file);
        if (label != Label::none && label != Label::sent) return Flow::proceed;

        const bool bare = letter->header("from").find('@') == std::string_view::npos;
        if (bare && is_plain_address(letter->from.address)) ++evidence.masked;
        const std::optional<ListSeen> list = list_of(*letter);
        if (list) {
            add_list(*list);
            count_in(evidence.keys, list->key);
        }
        if (const Subject subject = read_subject(letter->subject); !subject.tag.empty()) count_in(evidence.tags, subject.tag);
        add_people(*letter, list ? list->key : std::string(), label == Label::sent);
        return Flow::proceed;
    }
    Flow on_text(std::size_t, const MboxLetter&) override { return Flow::proceed; }
    Flow on_trouble(std::size_t, const Problem&) override { return Flow::proceed; }

    [[nodiscard]] Findings finish() {
        for (std::size_t i = 0; i < layout_.files.size(); ++i) {
            const auto found = findings_.files.find(layout_.files[i].entry.path);
            if (found != findings_.files.end()) settle(layout_.files[i], evidence_[i], found->second);
        }
        return std::move(findings_);
    }

private:
    /// Of one file.
    struct Evidence {
        bool of_mailbox = false;
        std::uint64_t masked = 0;  // addresses
        Counts keys, tags;
    };

    /// Archive or mailbox, and the list of an archive.
    static void settle(const MailFile& file, const Evidence& evidence, FileFindings& found) {
        const auto [key, count] = most_of(evidence.keys);
        const auto [tag, tagged] = most_of(evidence.tags);
        const bool one_list = count * 10 >= found.letters * 9;
        const bool named_as_archive = evidence.keys.empty() && (file.named_after_period || !file.list_address.empty());
        found.is_archive = file.in_list_folder || evidence.masked * 2 >= found.letters ||
                           (!evidence.of_mailbox && (one_list || named_as_archive));
        if (!found.is_archive) return;
        if (one_list || (count > 0 && file.in_list_folder)) {
            found.main_key = key;
        } else if (!file.list_address.empty()) {
            found.main_key = key_of_address(file.list_address);
        } else {
            const bool by_tag = tagged * 2 >= found.letters || file.archive_name.empty();
            found.main_name = by_tag ? tag : file.archive_name;
            found.main_key = fold_name(found.main_name);
        }
    }

    void add_list(const ListSeen& list) {
        ListSeen& known = findings_.lists[list.key];
        known.key = list.key;
        if (known.name.empty()) known.name = list.name;
        if (known.url.empty()) known.url = list.url;
        known.may_post = known.may_post || list.may_post;
        known.may_unsubscribe = known.may_unsubscribe || list.may_unsubscribe;
        for (const std::string& address : list.addresses) findings_.list_of_address.emplace(address, list.key);
    }

    void add_people(const Letter& letter, const std::string& list_key, bool sent) {
        const Person author = author_of(letter, list_key);
        if (!author.key.empty()) {
            AuthorFindings& known = findings_.authors[author.key];
            if (known.person.name.empty()) known.person = author;
            ++known.letters;
            known.sent += sent;
        }
        findings_.sent += sent;
        if ((sent || mine_.contains(author.key)) && letter.to.size() == 1 && letter.cc.empty())
            findings_.written_to.insert(hash64(canonical_address(letter.to.front().address)));
        if (!list_key.empty()) return;
        for (const std::string_view name : {"delivered-to", "x-original-to", "envelope-to"}) {
            if (!is_plain_address(letter.header(name))) continue;
            count_in(findings_.delivered, canonical_address(letter.header(name)));
            return;
        }
    }

    const Layout& layout_;
    const ReadContext& context_;
    Findings findings_;
    std::vector<Evidence> evidence_;
    std::set<std::string> mine_;
};

}  // namespace

Findings survey(const Source& source, const Layout& layout, const ReadContext& context) {
    Surveyor surveyor(layout, context);
    const std::function<void(std::uint64_t)> first_half = [&](std::uint64_t bytes) {
        if (context.progress) context.progress(bytes / 2);
    };
    const std::vector<LetterFile> files(layout.files.begin(), layout.files.end());
    (void)visit_letters(source, files, header_limit, first_half, surveyor);
    return surveyor.finish();
}

Label label_of(const Letter& letter, const MailFile& file) {
    Label found = Label::none;
    for (const std::string_view word : split(letter.header("x-gmail-labels"), ',')) {
        const Label label = label_named(trim(word));
        if (label == Label::junk || label == Label::draft || label == Label::chat) return label;
        if (label == Label::sent) found = label;
    }
    return found != Label::none ? found : file.label;
}

Ownership settle_owner(const Findings& findings, const Identities& me) {
    Ownership found;
    std::set<std::string> my_addresses;
    for (const std::string& each : me.emails) my_addresses.insert(canonical_address(each));
    std::vector<const AuthorFindings*> ranked;
    for (const auto& [key, author] : findings.authors) ranked.push_back(&author);
    std::ranges::sort(ranked, [](const auto* a, const auto* b) {
        return std::tuple(b->sent, b->letters, a->person.key) < std::tuple(a->sent, a->letters, b->person.key);
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
    const auto is_known = [&](const Person& person) {
        return my_addresses.contains(person.key) || me.match(person.name) || me.match(person.key);
    };
    if (me.forced) {
        for (const AuthorFindings* each : ranked)
            if (is_known(each->person))
                mine(each->person, msg("mail.owner_asked", arg("name", each->person.key)), "account.asked");
        found.my_keys.insert(my_addresses.begin(), my_addresses.end());
    } else {
        // One in ten: others' letters end up among the sent ones too.
        for (const AuthorFindings* each : ranked)
            if (each->sent > 0 && each->sent * 10 >= findings.sent)
                mine(each->person, msg("mail.owner_sent", arg("name", each->person.key)), "account.from_export");
        std::uint64_t sum = 0;
        for (const auto& each : findings.delivered) sum += each.second;
        const auto [address, count] = most_of(findings.delivered);
        if (!found.owner.person && count >= 3 && count * 10 >= sum * 6) {
            const auto author = findings.authors.find(address);
            const Person person = author != findings.authors.end() ? author->second.person : Person{.key = address, .name = {}};
            mine(person, msg("mail.owner_delivered", arg("name", address)), "account.from_export");
        }
        found.owner.from_export = found.owner.person.has_value();
        // In somebody else's mailbox the person we know is one of the others.
        const bool is_other =
            found.owner.person && !is_known(*found.owner.person) && std::ranges::none_of(found.owner.also, is_known);
        for (const AuthorFindings* each : ranked)
            if (!is_other && is_known(each->person))
                mine(each->person, msg("mail.owner_profile", arg("name", each->person.key)), "account.from_profile");
    }
    if (found.owner.person) return found;
    for (const AuthorFindings* each : ranked) {
        if (found.owner.candidates.size() == 10) break;
        found.owner.candidates.push_back({.person = each->person,
                                          .activities = each->letters,
                                          .evidence = msg("mail.candidate", arg("count", each->letters))});
    }
    return found;
}

}  // namespace secateur::mail
