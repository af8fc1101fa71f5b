// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/stackexchange/dump.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "base/text.hpp"

namespace secateur::stackexchange {
namespace {

struct FileName {
    std::string_view name;  // without .xml; also the root element
    FileKind kind;
    std::string_view member;  // what a row must have
};
constexpr std::array<FileName, 8> file_names{{
    {"users", FileKind::users, "DisplayName"},
    {"tags", FileKind::tags, "TagName"},
    {"posts", FileKind::posts, "PostTypeId"},
    {"comments", FileKind::comments, "PostId"},
    {"votes", FileKind::votes, "VoteTypeId"},
    {"badges", FileKind::unread, ""},
    {"postlinks", FileKind::unread, ""},
    {"posthistory", FileKind::unread, ""},
}};

const FileName* named(std::string_view name) {
    const std::string folded = fold_name(name);
    if (!folded.ends_with(".xml")) return nullptr;
    const auto found = std::ranges::find(file_names, std::string_view(folded).substr(0, folded.size() - 4), &FileName::name);
    return found == file_names.end() ? nullptr : &*found;
}

/// "stackoverflow.com-Posts" and "beekeeping.stackexchange.com (1)" are sites; "my dump" is none.
std::string site_in(std::string_view name) {
    std::string site = fold_name(name);
    for (const FileName& each : file_names)
        if (const std::string ending = "-" + std::string(each.name); site.ends_with(ending))
            site.resize(site.size() - ending.size());
    if (const auto space = site.find(' '); space != std::string::npos) site.resize(space);
    const auto dot = site.rfind('.');
    const bool is_host = dot != std::string::npos && dot > 0 && dot + 1 < site.size() && std::ranges::all_of(site, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
    return is_host ? site : std::string();
}

/// Holds each row until something follows it: a row in which the file breaks off looks whole to the XML reader.
class RowHandler final : public MarkupHandler {
public:
    explicit RowHandler(const TakeRow& take) : take_(take) {}
    Flow on_open(const MarkupTag& tag, const Location& where) override {
        if (flush() == Flow::stop) return Flow::stop;
        if (tag.name == "row") hold(tag, where);
        return Flow::proceed;
    }
    Flow on_close(std::string_view, const Location&) override { return Flow::proceed; }
    Flow on_text(std::string_view, const Location&) override { return flush(); }

    Flow flush() {
        if (!held_) return Flow::proceed;
        held_ = false;
        MarkupTag tag;
        tag.name = "row";
        tag.attributes = std::span(views_);
        return take_(tag, where_);
    }

private:
    void hold(const MarkupTag& tag, const Location& where) {
        held_ = true;
        where_ = where;
        where_.record = ++rows_;
        text_.clear();
        for (const MarkupAttribute& each : tag.attributes) text_.append(each.name).append(each.value);
        views_.clear();
        std::string_view rest = text_;
        const auto cut = [&](std::size_t size) {
            const std::string_view piece = rest.substr(0, size);
            rest.remove_prefix(size);
            return piece;
        };
        for (const MarkupAttribute& each : tag.attributes) {
            const std::string_view name = cut(each.name.size());
            views_.push_back({name, cut(each.value.size())});
        }
    }

    const TakeRow& take_;
    bool held_ = false;
    Location where_;
    std::string text_;  // names and values of the held row, one after the other
    std::vector<MarkupAttribute> views_;
    std::uint64_t rows_ = 0;
};

class LookHandler final : public MarkupHandler {
public:
    explicit LookHandler(const FileName& file) : file_(file) {}
    Flow on_open(const MarkupTag& tag, const Location&) override {
        if (!root_) {
            root_ = true;
            return tag.name == file_.name ? Flow::proceed : Flow::stop;
        }
        found = tag.name == "row" && tag.has(file_.member);
        return Flow::stop;
    }
    Flow on_close(std::string_view, const Location&) override { return Flow::proceed; }
    Flow on_text(std::string_view, const Location&) override { return Flow::proceed; }
    bool found = false;

private:
    const FileName& file_;
    bool root_ = false;
};

}  // namespace

const DumpFile* Layout::find(FileKind kind) const noexcept {
    const auto found = std::ranges::find(files, kind, &DumpFile::kind);
    return found == files.end() ? nullptr : &*found;
}

Layout lay_out(const Source& source) {
    Layout layout;
    std::optional<std::string_view> home;
    for (const Entry& entry : source.entries())
        if (const FileName* name = named(entry.name()); name != nullptr && name->kind != FileKind::unread && !home)
            home = entry.folder();
    if (!home) return layout;
    for (const Entry& entry : source.entries()) {
        const FileName* name = named(entry.name());
        const std::string folded = fold_name(entry.name());
        if (entry.folder() == *home && name != nullptr) layout.files.push_back({&entry, name->kind});
        else if (!folded.ends_with(".txt") && !folded.ends_with(".md")) layout.holds_all = false;
    }
    std::ranges::stable_sort(layout.files, {}, &DumpFile::kind);
    // The address of the site: the folder's name, else the archive's, else that of the folder a lone file lies in.
    const std::string_view folder = home->substr(home->rfind('/') + 1), path = source.label();
    const auto slash = path.rfind('/');
    const std::string_view above = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    for (const std::string& name : {std::string(folder), source.stem(), std::string(above.substr(above.rfind('/') + 1))})
        if (layout.site.empty()) layout.site = site_in(name);
    layout.is_named = !layout.site.empty();
    if (!layout.is_named) layout.site = fold_name(folder.empty() ? source.stem() : std::string(folder));
    if (layout.site.empty()) layout.site = "stackexchange";
    return layout;
}

MarkupOutcome read_rows(ByteStream& stream, const std::string& entry, const TakeRow& take) {
    RowHandler handler(take);
    MarkupOutcome outcome = read_xml(stream, entry, handler);
    if (outcome.end == MarkupEnd::complete && handler.flush() == Flow::stop) outcome.end = MarkupEnd::stopped;
    return outcome;
}

bool looks_right(FileKind kind, std::string_view head) {
    const FileName& file = *std::ranges::find(file_names, kind, &FileName::kind);
    if (file.member.empty()) return false;
    LookHandler handler(file);
    static_cast<void>(read_xml(*memory_stream(head), {}, handler));
    return handler.found;
}

void Names::add(std::int64_t id, std::string_view name) {
    if (name.empty() || id > std::numeric_limits<std::int32_t>::max() || id < std::numeric_limits<std::int32_t>::min() ||
        text_.size() + name.size() >= std::numeric_limits<std::uint32_t>::max())
        return;
    index_.emplace_back(static_cast<std::int32_t>(id), static_cast<std::uint32_t>(text_.size()));
    text_.append(name.substr(0, name.find('\0'))).push_back('\0');
}

void Names::settle() { std::ranges::stable_sort(index_, {}, &std::pair<std::int32_t, std::uint32_t>::first); }

std::string_view Names::find(std::int64_t id) const {
    const auto found = std::ranges::lower_bound(index_, id, {}, &std::pair<std::int32_t, std::uint32_t>::first);
    if (found == index_.end() || found->first != id) return {};
    return text_.c_str() + found->second;
}

Users read_users(ByteStream& stream, const std::string& entry, const Identities& me) {
    Users users;
    const bool asks = !me.empty();
    static_cast<void>(read_rows(stream, entry, [&](const MarkupTag& row, const Location&) {
        const std::string_view id = row["Id"], name = row["DisplayName"], account = row["AccountId"];
        const auto number = parse_integer(id);
        if (!number) return Flow::proceed;  // refused when the file is read
        users.names.add(*number, name);
        const auto is_given = [&](std::string_view each) {
            return !each.empty() && std::ranges::find(me.ids, each) != me.ids.end();
        };
        if (asks && *number > 0 && (me.match(name) || is_given(id) || is_given(account)))
            users.matches.push_back({.id = std::string(id),
                                     .account_id = std::string(account),
                                     .name = std::string(name),
                                     .created = std::string(row["CreationDate"]),
                                     .last_seen = std::string(row["LastAccessDate"])});
        return Flow::proceed;
    }));
    users.names.settle();
    return users;
}

}  // namespace secateur::stackexchange
