// SPDX-License-Identifier: GPL-3.0-or-later
// Facebook's "Download your information", JSON or HTML, all layouts since 2018. See format.md.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "connectors/connector.hpp"
#include "connectors/facebook/group_reader.hpp"
#include "connectors/facebook/owner.hpp"
#include "connectors/facebook/pages.hpp"
#include "connectors/facebook/survey.hpp"
#include "connectors/facebook/thread_reader.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace facebook {
namespace {

/// Hands the records of one file to their reader.
class FileHandler final : public JsonHandler {
public:
    FileHandler(FileKind kind, GroupReader& groups, ThreadReader& threads) : kind_(kind), groups_(groups), threads_(threads) {}

    Flow on_value(std::size_t, std::string_view key, JsonValue value, const Location& where) override {
        if (is_thread(kind_)) return threads_.read(value, where);
        // "*[*]" and "[*]": in a root array there is no key.
        return groups_.read(kind_, key, value, where);
    }

private:
    FileKind kind_;
    GroupReader& groups_;
    ThreadReader& threads_;
};

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const ReadContext& context, Survey survey)
        : source_(source), context_(context), survey_(std::move(survey)), me_(settle_owner(survey_, context_.me)),
          exported_at_(export_instant(source, context_.zone)) {}

    const Owner& owner() const override { return me_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        const std::string first = survey_.files.empty() ? std::string() : survey_.files.front().entry->path;
        GroupReader groups(survey_, me_, context_, sink);
        ThreadReader threads(survey_, me_, context_, sink);
        if (emit_account(first, sink) == Flow::stop || groups.emit_known_groups(first) == Flow::stop) return;

        std::map<std::string_view, File> wanted;
        for (const File& file : survey_.files) {
            if (file.kind == FileKind::other) sink.ignore("unread_file");
            else wanted.emplace(file.entry->path, file);
        }
        if (survey_.pages_beside_json > 0) sink.ignore("page_beside_json", survey_.pages_beside_json);
        bool stopped = false;
        std::uint64_t bytes = 0;
        source_.for_each([&](const Entry& entry) { return wanted.contains(entry.path); },
                         [&](const Entry& entry, ByteStream& stream) {
                             const File& file = wanted.at(entry.path);
                             stopped = read_file(file, stream, bytes, groups, threads, sink) == Flow::stop;
                             return stopped ? Flow::stop : Flow::proceed;
                         });
        if (stopped || threads.emit_threads(exported_at_) == Flow::stop ||
            groups.emit_coverage(exported_at_, first) == Flow::stop)
            return;
        tell(threads, sink);
    }

private:
    Flow read_file(const File& file, ByteStream& stream, std::uint64_t& bytes, GroupReader& groups, ThreadReader& threads,
                   RecordSink& sink) const {
        ProgressStream counted(stream, bytes, context_.progress);
        FileHandler handler(file.kind, groups, threads);
        if (is_thread(file.kind)) threads.begin_file(file);
        const auto& patterns = is_thread(file.kind) ? ThreadReader::patterns() : patterns_of(file.kind);
        JsonOutcome outcome = file.is_page ? read_page(counted, file, Wanted::records, handler)
                                           : read_json(counted, file.entry->path, patterns, handler);
        if (is_thread(file.kind)) threads.end_file(outcome.end == JsonEnd::complete);
        if (outcome.end == JsonEnd::stopped) return Flow::stop;
        if (outcome.end == JsonEnd::complete) return Flow::proceed;
        outcome.problem.hint = msg("facebook.rest_lost");
        return sink.reject(std::move(outcome.problem), {});
    }

    Flow emit_account(const std::string& entry, RecordSink& sink) const {
        if (!me_.is_known()) return Flow::proceed;
        Account account;
        account.native_id = me_.owner.person->key;
        if (!me_.owner.person->name.empty()) account.names.push_back(me_.owner.person->name);
        for (const Person& each : me_.owner.also) account.names.push_back(each.name);
        account.evidence = me_.account_evidence;
        Location where;
        where.entry = entry;
        return sink.accept(std::move(account), where);
    }

    void tell(const ThreadReader& threads, RecordSink& sink) const {
        const auto pages = std::ranges::count_if(
            survey_.files, [](const File& file) { return file.is_page && file.kind != FileKind::other; });
        if (pages > 0) {
            Location where;
            where.entry = survey_.files.front().entry->path;
            if (!context_.zone) sink.warn("local_times", msg("facebook.local_times", arg("count", pages)), where);
            sink.lack(msg("facebook.lack_json"));
        }
        const bool is_messages_only = std::ranges::all_of(
            survey_.files, [](const File& file) { return is_thread(file.kind) || file.kind == FileKind::other; });
        if (is_messages_only) {
            sink.lack(msg("facebook.lack_groups"));
            return;
        }
        if (!survey_.has(FileKind::membership)) sink.lack(msg("facebook.lack_membership"));
        if (!survey_.has(FileKind::posts) && !survey_.has(FileKind::comments)) sink.lack(msg("facebook.lack_acts"));
        else sink.lack(msg("facebook.lack_others"));
        if (!threads.has_threads()) sink.lack(msg("facebook.lack_messages"));
    }

    const Source& source_;
    ReadContext context_;
    Survey survey_;
    Me me_;
    std::optional<Instant> exported_at_;
};

bool holds_all(std::string_view head, std::initializer_list<std::string_view> words) {
    return std::ranges::all_of(words, [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
}

/// Whether a head is of the kind its name says, where other programs use the same name.
bool head_fits(FileKind kind, std::string_view head) {
    if (kind == FileKind::profile) return holds_all(head, {"\"profile"}) && holds_all(head, {"full_name"});
    if (kind == FileKind::encrypted_thread)
        return holds_all(head, {"\"participants\"", "\"threadName\""}) || holds_all(head, {"\"threadName\"", "\"senderName\""});
    if (is_thread(kind)) return holds_all(head, {"\"messages\"", "\"sender_name\"", "\"timestamp_ms\""});
    if (kind == FileKind::administered) return holds_all(head, {"groups_admined"});
    if (kind == FileKind::reactions) return holds_all(head, {"\"reaction"}) || holds_all(head, {"label_values"});
    if (kind == FileKind::all_comments) return holds_all(head, {"\"comments"});
    if (kind == FileKind::event_responses) return holds_all(head, {"event_responses"});
    return false;
}

/// The short names of Facebook's style, which Instagram shares; they stand in the styles at the top of every page.
bool is_meta_page(std::string_view head) {
    return head.find("_a6-g") != std::string_view::npos || head.find("_a72d") != std::string_view::npos;
}

class FacebookConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "facebook",
                                             .version = 2,
                                             .title = "Facebook export (JSON or HTML)",
                                             .message = "facebook.recognises",
                                             .how_to = "facebook.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const std::vector<File> files = list_files(source);
        // Instagram shares the layout of messages and of a few lists.
        const bool is_sister = std::ranges::any_of(source.entries(), [](const Entry& entry) {
            return entry.path.find("your_instagram_activity") != std::string::npos;
        });
        if (is_sister) return std::nullopt;
        int looks = 0;
        for (const File& file : files) {
            if (!is_telling(file.kind)) continue;
            const std::string_view head = source.head(*file.entry);
            const auto start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
            if (start != std::string_view::npos) {
                if (!file.is_page && (head[start] == '{' || head[start] == '[')) return match(Confidence::certain, file);
                if (file.is_page && head[start] == '<')
                    return match(is_meta_page(head) ? Confidence::certain : Confidence::likely, file);
            }
            if (++looks == 3) return std::nullopt;
        }
        // Names that other programs use too: by their heads, the likeliest kinds first.
        for (const FileKind kind :
             {FileKind::administered, FileKind::profile, FileKind::event_responses, FileKind::encrypted_thread,
              FileKind::reactions, FileKind::all_comments, FileKind::thread, FileKind::cutover_thread}) {
            const auto found = std::ranges::find(files, kind, &File::kind);
            if (found == files.end()) continue;
            if (++looks > 3) break;
            if (found->is_page) {
                if (is_meta_page(source.head(*found->entry))) return match(Confidence::likely, *found);
                continue;
            }
            if (head_fits(kind, source.head(*found->entry)))
                return match(kind == FileKind::administered || kind == FileKind::event_responses ? Confidence::certain
                                                                                                 : Confidence::likely,
                             *found);
        }
        return std::nullopt;
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        Survey found = survey(source);
        const bool has_something =
            std::ranges::any_of(found.files, [](const File& file) { return file.kind != FileKind::other; });
        if (!has_something) throw Error(refusal(msg("facebook.not_an_export"), {}, msg("facebook.how_to")));
        return std::make_unique<Stream>(source, context, std::move(found));
    }

private:
    static Match match(Confidence confidence, const File& file) {
        return {confidence, msg("facebook.evidence", arg("file", std::string(file.entry->name())))};
    }
};

}  // namespace
}  // namespace facebook

const Connector& facebook_connector() {
    static const facebook::FacebookConnector connector;
    return connector;
}

}  // namespace secateur
