// SPDX-License-Identifier: GPL-3.0-or-later
// Newsgroups of Usenet: spools with one article a file, mbox dumps, and the .newsrc of a newsreader. See format.md.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "connectors/lines.hpp"
#include "connectors/support.hpp"
#include "connectors/usenet/articles.hpp"

namespace secateur {
namespace usenet {
namespace {

constexpr std::string_view platform = "usenet";
constexpr std::size_t header_limit = std::size_t{64} << 10;

Person author_of(const Letter& article) {
    const Mailbox& from = article.from;
    return {.key = from.address.empty() ? fold_name(from.name) : from.address, .name = from.name};
}

struct AuthorFindings {
    Person person;
    std::uint64_t articles = 0;
};
struct Findings {
    std::map<std::string, AuthorFindings> authors;
    std::map<std::size_t, std::string> main_groups;  // of an mbox, by place in the layout
    std::uint64_t articles = 0;
    std::optional<Instant> last;
};

/// Headers only: who wrote, and which newsgroup an mbox is of when its name does not say.
class Surveyor final : public LetterVisitor {
public:
    Surveyor(const Layout& layout, const ReadContext& context) : layout_(layout), context_(context) {}

    Flow on_letter(std::size_t number, const MboxLetter& found) override {
        const auto article = parse_letter(headers_of(found.bytes), LetterParts::headers);
        if (!article || !article->has("newsgroups")) return Flow::proceed;
        ++findings_.articles;
        if (const Moment moment = moment_of(*article, found.from_line, context_); moment.when)
            findings_.last = std::max(findings_.last.value_or(moment.when->at), moment.when->at);
        if (const Person author = author_of(*article); !author.key.empty()) {
            AuthorFindings& known = findings_.authors[author.key];
            if (known.person.name.empty()) known.person = author;
            ++known.articles;
        }
        if (layout_.files[number].form == LetterForm::letter) return Flow::proceed;
        auto& [articles, groups] = counts_[number];
        ++articles;
        for (const std::string& each : newsgroups_of(*article)) ++groups[each];
        return Flow::proceed;
    }
    Flow on_text(std::size_t, const MboxLetter&) override { return Flow::proceed; }
    Flow on_trouble(std::size_t, const Problem&) override { return Flow::proceed; }

    [[nodiscard]] Findings finish() {
        for (const auto& [number, counted] : counts_) {
            const auto& [articles, groups] = counted;
            const auto most = std::ranges::max_element(groups, {}, [](const auto& each) { return each.second; });
            if (most != groups.end() && most->second * 10 >= articles * 8) findings_.main_groups[number] = most->first;
        }
        return std::move(findings_);
    }

private:
    const Layout& layout_;
    const ReadContext& context_;
    Findings findings_;
    std::map<std::size_t, std::pair<std::uint64_t, std::map<std::string, std::uint64_t>>> counts_;  // of each mbox
};

struct Ownership {
    Owner owner;
    std::set<std::string> my_keys;
};

Ownership settle_owner(const Findings& findings, const Identities& me) {
    Ownership found;
    std::vector<const AuthorFindings*> ranked;
    for (const auto& [key, author] : findings.authors) ranked.push_back(&author);
    std::ranges::sort(ranked, [](const auto* a, const auto* b) {
        return std::tuple(b->articles, a->person.key) < std::tuple(a->articles, b->person.key);
    });
    for (const AuthorFindings* each : ranked) {
        if (!me.match(each->person.key) && !me.match(each->person.name)) continue;
        found.my_keys.insert(each->person.key);
        if (found.owner.person) {
            found.owner.also.push_back(each->person);
            continue;
        }
        found.owner.person = each->person;
        found.owner.evidence = me.forced ? msg("usenet.owner_asked", arg("name", each->person.key))
                                         : msg("usenet.owner_profile", arg("name", each->person.key));
    }
    if (found.owner.person) return found;
    for (std::size_t i = 0; i < std::min<std::size_t>(ranked.size(), 10); ++i)
        found.owner.candidates.push_back({.person = ranked[i]->person,
                                          .activities = ranked[i]->articles,
                                          .evidence = msg("usenet.candidate", arg("count", ranked[i]->articles))});
    return found;
}

/// What was read of one newsgroup.
struct Known {
    std::optional<Instant> first, last;
    std::uint64_t mine = 0, others = 0;
    bool is_dump = false;  // a spool or an mbox of this newsgroup, not articles of several
};

class Reader final : public LetterVisitor {
public:
    Reader(const Layout& layout, const Findings& findings, const Ownership& ownership, const ReadContext& context,
           RecordSink& sink)
        : layout_(layout), findings_(findings), ownership_(ownership), context_(context), sink_(sink),
          numbers_(layout.files.size()) {}

    Flow on_letter(std::size_t number, const MboxLetter& found) override {
        const Location where = place(number, found);
        const auto article = parse_letter(found.bytes);
        if (!article) return sink_.reject(refusal(msg("usenet.no_headers"), where), found.bytes);
        const std::vector<std::string> newsgroups = newsgroups_of(*article);
        if (newsgroups.empty()) {
            sink_.ignore("not_an_article");
            return Flow::proceed;
        }
        if (article->has("control") || article->has("also-control")) {
            sink_.ignore("control");
            return Flow::proceed;
        }
        const Moment moment = moment_of(*article, found.from_line, context_);
        if (moment.is_future)
            return sink_.reject(refusal(msg("usenet.future", arg("date", quote(article->header("date")))), where), found.bytes);

        std::string dump = named_in(layout_.files[number].entry.path, newsgroups);
        const auto main = findings_.main_groups.find(number);
        if (dump.empty() && main != findings_.main_groups.end()) dump = main->second;
        if (!dump.empty()) return emit(*article, moment.when, dump, true, where);
        for (const std::string& each : newsgroups)
            if (emit(*article, moment.when, each, false, where) == Flow::stop) return Flow::stop;
        return Flow::proceed;
    }

    Flow on_text(std::size_t number, const MboxLetter& text) override {
        return sink_.reject(refusal(msg("usenet.no_headers"), place(number, text)), text.bytes);
    }

    Flow on_trouble(std::size_t, const Problem& problem) override { return sink_.reject(problem, {}); }

    Flow read_subscriptions(const Entry& entry, ByteStream& stream) {
        LineReader lines(stream);
        while (const std::optional<Line> line = lines.next()) {
            if (trim(line->text).empty() || line->text.starts_with("options") || line->text.starts_with('#')) {
                sink_.ignore("blank_line");
                continue;
            }
            Location where;
            where.entry = entry.path;
            where.line = line->number;
            where.offset = line->offset;
            where.length = line->end - line->offset;
            const auto found = parse_subscription(line->text);
            if (!found) {
                if (sink_.reject(refusal(msg("usenet.bad_subscription", arg("line", quote(line->text))), where), line->text) ==
                    Flow::stop)
                    return Flow::stop;
                continue;
            }
            // Readers list every newsgroup of the server; only what was opened was ever subscribed to.
            if (!found->is_subscribed && !found->has_read) {
                sink_.ignore("never_subscribed");
                continue;
            }
            if (ensure_group(found->newsgroup, where) == Flow::stop) return Flow::stop;
            Membership member;
            member.platform = platform;
            member.group = found->newsgroup;
            member.event = found->is_subscribed ? MembershipEvent::member : MembershipEvent::left;
            member.origin = "newsrc";
            if (sink_.accept(std::move(member), where) == Flow::stop) return Flow::stop;
        }
        return Flow::proceed;
    }

    Flow finish(std::optional<Instant> exported_at) {
        for (const auto& [key, known] : groups_) {
            Coverage coverage;
            coverage.platform = platform;
            coverage.group = key;
            if (known.mine + known.others > 0) {
                coverage.kind = known.others > 0 && known.is_dump ? CoverageKind::full : CoverageKind::partial_window;
                if (known.others == 0 && known.mine >= 5) coverage.kind = CoverageKind::own_only;
                coverage.begin = known.first;
                coverage.end = exported_at ? exported_at : known.last;
            }
            if (sink_.accept(std::move(coverage), {}) == Flow::stop) return Flow::stop;
        }
        if (!ownership_.owner.person && findings_.articles > 0) sink_.lack(msg("usenet.lack_address"));
        sink_.lack(msg("usenet.lack_expired"));
        return Flow::proceed;
    }

private:
    [[nodiscard]] Location place(std::size_t number, const MboxLetter& found) {
        Location where;
        where.entry = layout_.files[number].entry.path;
        where.line = found.line;
        where.record = ++numbers_[number];
        where.offset = found.offset;
        where.length = found.length;
        return where;
    }

    Flow ensure_group(const std::string& key, const Location& where) {
        if (!groups_.emplace(key, Known{}).second) return Flow::proceed;
        Group group;
        group.platform = platform;
        group.key = key;
        group.name = key;
        group.kind = GroupKind::forum;
        return sink_.accept(std::move(group), where);
    }

    Flow emit(const Letter& article, const std::optional<When>& when, const std::string& key, bool is_dump,
              const Location& where) {
        if (ensure_group(key, where) == Flow::stop) return Flow::stop;
        Activity activity = post_of(article, when);
        activity.platform = platform;
        activity.group = key;
        activity.author = author_of(article);
        activity.is_me = ownership_.my_keys.contains(activity.author.key);
        Known& known = groups_[key];
        known.is_dump = known.is_dump || is_dump;
        ++(activity.is_me ? known.mine : known.others);
        if (when) {
            known.first = std::min(known.first.value_or(when->at), when->at);
            known.last = std::max(known.last.value_or(when->at), when->at);
        }
        return sink_.accept(std::move(activity), where);
    }

    const Layout& layout_;
    const Findings& findings_;
    const Ownership& ownership_;
    const ReadContext& context_;
    RecordSink& sink_;
    std::vector<std::uint64_t> numbers_;  // of articles read, by file
    std::map<std::string, Known> groups_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context) : source_(source), context_(context), layout_(layout_of(source)) {
        Surveyor surveyor(layout_, context);
        const std::function<void(std::uint64_t)> first_half = [&](std::uint64_t bytes) {
            if (context_.progress) context_.progress(bytes / 2);
        };
        (void)visit_letters(source, layout_.files, header_limit, first_half, surveyor);
        findings_ = surveyor.finish();
        if (findings_.articles == 0 && layout_.subscriptions.empty())
            throw Error(refusal(msg("usenet.no_article"), {}, msg("usenet.how_to")));
        ownership_ = settle_owner(findings_, context.me);
        exported_at_ = export_instant(source, context.zone);
        if (exported_at_ && findings_.last && *exported_at_ < *findings_.last) exported_at_.reset();
    }

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        if (emit_account(sink) == Flow::stop) return;
        if (layout_.indexes > 0) sink.ignore("index", layout_.indexes);
        if (layout_.strangers > 0) sink.ignore("not_an_article", layout_.strangers);
        std::uint64_t size = 0;
        for (const LetterFile& file : layout_.files) size += file.entry.size.value_or(0);
        const std::function<void(std::uint64_t)> second_half = [&](std::uint64_t bytes) {
            if (context_.progress) context_.progress((size + bytes) / 2);
        };
        Reader reader(layout_, findings_, ownership_, context_, sink);
        if (visit_letters(source_, layout_.files, letter_limit, second_half, reader) == Flow::stop) return;
        Flow flow = Flow::proceed;
        const auto is_wanted = [&](const Entry& entry) {
            return std::ranges::find(layout_.subscriptions, entry.path, &Entry::path) != layout_.subscriptions.end();
        };
        if (!layout_.subscriptions.empty())
            source_.for_each(is_wanted, [&](const Entry& entry, ByteStream& stream) {
                return flow = reader.read_subscriptions(entry, stream);
            });
        if (flow == Flow::proceed) (void)reader.finish(exported_at_);
    }

private:
    Flow emit_account(RecordSink& sink) const {
        const Owner& owner = ownership_.owner;
        if (!owner.person) return Flow::proceed;
        Account account;
        account.platform = platform;
        account.native_id = owner.person->key;
        if (!owner.person->name.empty()) account.names.push_back(owner.person->name);
        account.evidence = context_.me.forced ? "account.asked" : "account.from_profile";
        return sink.accept(std::move(account), {});
    }

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Findings findings_;
    Ownership ownership_;
    std::optional<Instant> exported_at_;
};

/// The first article or letter of a file.
std::optional<Letter> first_of(const Source& source, const LetterFile& file) {
    const std::string head = plain_head(source, file.entry);
    if (!begins_as_mbox(head)) return begins_as_letter(head) ? parse_letter(headers_of(head), LetterParts::headers)
        : std::nullopt;
    const auto stream = memory_stream(head);
    MboxReader reader(*stream, header_limit);
    MboxLetter letter;
    if (!reader.next(letter)) return std::nullopt;
    return parse_letter(headers_of(letter.bytes), LetterParts::headers);
}

bool is_newsrc(std::string_view head) {
    const bool is_cut = head.size() >= header_limit;
    std::size_t good = 0;
    for (std::string_view line : split(head.substr(0, is_cut ? head.rfind('\n') : head.size()), '\n')) {
        line = trim(line);
        if (line.empty() || line.starts_with("options") || line.starts_with('#')) continue;
        if (!parse_subscription(line)) return false;
        ++good;
    }
    return good > 0;
}

class UsenetConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = platform,
                                             .version = 1,
                                             .title = "Usenet (spool, mbox, .newsrc)",
                                             .message = "usenet.recognises",
                                             .how_to = "usenet.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Layout layout = layout_of(source);
        if (layout.strangers > 0) return std::nullopt;
        if (layout.files.empty()) {
            if (layout.subscriptions.empty()) return std::nullopt;
            const Entry& entry = layout.subscriptions.front();
            if (!is_newsrc(source.head(entry))) return std::nullopt;
            return Match{Confidence::certain, msg("usenet.evidence_newsrc", arg("file", entry.name()))};
        }
        std::string newsgroup;
        for (std::size_t i = 0; i < std::min<std::size_t>(layout.files.size(), 3); ++i) {
            const auto article = first_of(source, layout.files[i]);
            if (!article || !is_article(*article)) return std::nullopt;
            const std::vector<std::string> newsgroups = newsgroups_of(*article);
            if (newsgroups.empty()) return std::nullopt;
            if (newsgroup.empty()) newsgroup = newsgroups.front();
        }
        return Match{Confidence::certain, msg("usenet.evidence", arg("newsgroup", newsgroup))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        return std::make_unique<Stream>(source, context);
    }
};

}  // namespace
}  // namespace usenet

const Connector& usenet_connector() {
    static const usenet::UsenetConnector connector;
    return connector;
}

}  // namespace secateur
