// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/letters.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/gzip.hpp"
#include "base/text.hpp"
#include "connectors/progress.hpp"
#include "connectors/quoting.hpp"

namespace secateur {
namespace {

constexpr std::size_t longest_own_text = std::size_t{256} << 10;

/// Up to the limit; what follows is not read.
MboxLetter read_letter(ByteStream& stream, std::size_t limit) {
    MboxLetter letter;
    letter.line = 1;
    std::string buffer(std::size_t{16} << 10, '\0');
    while (!letter.is_cut) {
        const std::size_t count = stream.read(buffer);
        if (count == 0) break;
        const std::size_t room = limit - letter.bytes.size();
        letter.length += count;
        letter.bytes.append(buffer, 0, std::min(room, count));
        letter.is_cut = count > room;
    }
    return letter;
}

Flow visit_file(std::size_t number, const LetterFile& file, ByteStream& stream, std::size_t limit, LetterVisitor& visitor) {
    if (file.form == LetterForm::letter) {
        const MboxLetter letter = read_letter(stream, limit);
        return letter.length > 0 ? visitor.on_letter(number, letter) : Flow::proceed;
    }
    MboxReader reader(stream, limit);
    MboxLetter letter;
    for (bool first = true; reader.next(letter); first = false) {
        // A file that begins with headers and has no From_ line is one letter.
        const bool is_letter = !letter.from_line.empty() || (first && begins_as_letter(letter.bytes));
        const Flow flow = is_letter ? visitor.on_letter(number, letter) : visitor.on_text(number, letter);
        if (flow == Flow::stop) return flow;
    }
    return Flow::proceed;
}

}  // namespace

Flow visit_letters(const Source& source, const std::vector<LetterFile>& files, std::size_t limit,
                   const std::function<void(std::uint64_t)>& progress, LetterVisitor& visitor) {
    std::map<std::string_view, std::size_t> by_path;
    for (std::size_t i = 0; i < files.size(); ++i) by_path.emplace(files[i].entry.path, i);
    Flow flow = Flow::proceed;
    std::uint64_t bytes = 0;
    const auto visit = [&](const Entry& entry, ByteStream& inner) {
        const std::size_t number = by_path.at(entry.path);
        ProgressStream counted(inner, bytes, progress);
        if (!is_packed(entry)) return flow = visit_file(number, files[number], counted, limit, visitor);
        try {
            const auto unpacked = unpacked_stream(counted, entry.path);
            return flow = visit_file(number, files[number], *unpacked, limit, visitor);
        } catch (const Error& error) {
            if (error.problem().kind != ErrorKind::input) throw;
            return flow = visitor.on_trouble(number, error.problem());
        }
    };
    source.for_each([&](const Entry& entry) { return by_path.contains(entry.path); }, visit);
    return flow;
}

std::string_view headers_of(std::string_view letter) noexcept {
    const std::size_t plain = letter.find("\n\n"), dos = letter.find("\r\n\r\n");
    const std::size_t end = std::min(plain, dos);
    return end == std::string_view::npos ? letter : letter.substr(0, end + (end == dos ? 4 : 2));
}

bool is_packed(const Entry& entry) {
    const std::string_view name = entry.name();
    return name.ends_with(".gz") || name.ends_with(".GZ");
}

std::string plain_head(const Source& source, const Entry& entry) {
    const std::string_view head = source.head(entry);
    return is_packed(entry) ? unpacked_head(head, std::size_t{64} << 10) : std::string(head);
}

bool is_article(const Letter& letter) noexcept {
    if (!letter.has("newsgroups")) return false;
    const bool by_server = letter.has("path") || letter.has("xref") || letter.has("nntp-posting-host");
    return by_server || (!letter.has("list-id") && !letter.has("x-beenthere") && !letter.has("delivered-to"));
}

Moment moment_of(const Letter& letter, std::string_view from_line, const ReadContext& context) {
    const Instant never = context.today == Date{} ? Instant::max() : Instant(context.today + std::chrono::days(2));
    const auto when = [](Instant at, TimeBasis basis) { return When{.at = at, .basis = basis, .written = {}}; };
    if (letter.date && letter.date->at < never) return {.when = when(letter.date->at, letter.date->basis)};
    if (const auto written = time_of_from_line(from_line, context.zone); written && written->at < never)
        return {.when = when(written->at, written->basis)};
    return {.when = std::nullopt, .is_future = letter.date.has_value()};
}

Activity post_of(const Letter& letter, const std::optional<When>& when) {
    Activity post;
    post.native_id = letter.id;
    post.when = when;
    post.parent = letter.parent;
    post.attachments = letter.attachments;
    post.links = letter.links;
    const std::string_view own = std::string_view(letter.text).substr(0, longest_own_text);
    post.text = own.size() == letter.text.size() ? letter.text : to_valid_utf8(own);
    const Subject subject = read_subject(letter.subject);
    if (letter.is_reaction) {
        post.kind = ActivityKind::reaction;
        post.text.clear();
    } else if (!letter.parent.empty() || subject.is_reply) {
        post.kind = ActivityKind::reply;
    } else {
        post.kind = subject.is_forward ? ActivityKind::share : ActivityKind::post;
        // What a thread is about stands in its subject, often nowhere else.
        if (!subject.text.empty()) post.text = post.text.empty() ? subject.text : subject.text + "\n\n" + post.text;
    }
    return post;
}

}  // namespace secateur
