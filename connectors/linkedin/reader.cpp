// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/linkedin/reader.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "connectors/linkedin/people.hpp"
#include "connectors/support.hpp"

namespace secateur::linkedin {
namespace {

constexpr std::string_view platform = "linkedin";
constexpr std::size_t names_of_a_chat = 3;

std::string_view lack_id(FileKind kind) {
    using enum FileKind;
    switch (kind) {
        case shares: return "linkedin.lack_shares";
        case comments: return "linkedin.lack_comments";
        case reactions: return "linkedin.lack_reactions";
        case messages: return "linkedin.lack_messages";
        default: return "linkedin.lack_advertising";
    }
}

std::string chat_key(std::string_view conversation) { return "chat:" + std::string(conversation); }
std::string name_key(std::string_view name) { return "ads:" + fold_name(name); }

/// The addresses in a cell of attachments, or one where it holds something else.
std::uint32_t count_attachments(std::string_view cell) {
    if (is_missing(cell)) return 0;
    std::uint32_t count = 0;
    for (std::size_t at = cell.find("http"); at != std::string_view::npos; at = cell.find("http", at + 4)) ++count;
    return std::max<std::uint32_t>(count, 1);
}

}  // namespace

Reader::Reader(const Source& source, const ReadContext& context, Layout layout)
    : source_(source), context_(context), layout_(std::move(layout)), survey_(survey(source, layout_)),
      me_(find_owner(survey_, layout_, context.me)), exported_at_(export_instant(source, context.zone)) {
    if (survey_.files.empty()) throw Error(refusal(msg("linkedin.not_an_export"), {}, msg("linkedin.how_to")));
}

void Reader::read_into(RecordSink& sink) {
    sink_ = &sink;
    stopped_ = false;
    groups_.clear();
    told_conversations_.clear();
    equal_rows_.clear();
    unzoned_times_ = bytes_read_ = 0;

    tell_account();
    for (const SurveyedFile& file : survey_.files) {
        if (stopped_) return;
        try {
            read_file(file);
        } catch (const Error& error) {
            // The rest of this file is lost; the others may be whole.
            if (sink.reject(error.problem(), {}) == Flow::stop) stopped_ = true;
        }
    }
    if (stopped_) return;
    tell_coverage();
    tell_unnamed_groups();
    tell_files();
    tell_lacks();
}

/// A row without id is known by what it is, when, and what it points at: never by the text, which may be edited, unless there is
/// no date; never by the author, whose address some files do not tell. Rows that are equal in all this are numbered.
std::string Reader::natural_key(const Activity& activity, const Target& target) {
    std::string key(to_string(activity.kind));
    key += '|';
    key += activity.when ? std::string_view(activity.when->written) : trim(activity.text);
    key += '|';
    key += target.id;
    const std::uint32_t before = equal_rows_[hash64(key)]++;
    if (before > 0) key += '|' + std::to_string(before + 1);
    return key;
}

void Reader::send(Record record) {
    if (!stopped_ && sink_->accept(std::move(record), {}) == Flow::stop) stopped_ = true;
}

void Reader::read_file(const SurveyedFile& file) {
    FilePass pass(source_, file, *sink_, context_, stopped_, [this](std::uint64_t count) {
        bytes_read_ += count;
        if (context_.progress) context_.progress(bytes_read_);
    });
    using enum FileKind;
    switch (pass.kind()) {
        case profile: return;  // read for the owner
        case shares: read_shares(pass); break;
        case comments: read_links(pass, ActivityKind::comment); break;
        case reactions: read_links(pass, ActivityKind::reaction); break;
        case votes: read_links(pass, ActivityKind::vote); break;
        case instant_reposts: read_links(pass, ActivityKind::share); break;
        case messages: read_messages(pass); break;
        case ad_targeting: read_advertising(pass); break;
        case group_posts: read_group_file(pass, ActivityKind::post); break;
        case group_comments: read_group_file(pass, ActivityKind::comment); break;
        case group_likes: read_group_file(pass, ActivityKind::reaction); break;
        case coach_messages:
            while (pass.next()) pass.ignore("coach_messages");
            break;
        default: static_cast<void>(read_people(pass)); break;
    }
    if (stopped_) return;
    unzoned_times_ += pass.unzoned_times();
    pass.conclude();
}

void Reader::tell_account() {
    if (!me_.owner.person) return;
    const Person me = me_.person();
    Account account{.platform = std::string(platform), .native_id = layout_.member_id, .evidence = me_.evidence};
    if (!me_.slugs.empty()) account.handle = *me_.slugs.begin();
    if (!me.name.empty()) account.names.push_back(me.name);
    send(std::move(account));
}

void Reader::tell_group(FilePass& pass, const Target& target) {
    if (target.group.empty() || !groups_.try_emplace(target.group).second) return;
    pass.accept(Group{
        .platform = std::string(platform), .key = target.group, .url = "https://www.linkedin.com/groups/" + target.group + "/"});
}

void Reader::tell_named_group(FilePass& pass, const std::string& name) {
    const auto [place, is_new] = groups_.try_emplace(name_key(name));
    place->second.is_named = true;
    if (is_new) pass.accept(Group{.platform = std::string(platform), .key = place->first, .name = name});
}

void Reader::count_use(const std::string& key, ActivityKind kind) {
    const auto found = groups_.find(key);
    if (found == groups_.end()) return;
    ++(is_act(kind) ? found->second.acts : found->second.light);
}

void Reader::read_shares(FilePass& pass) {
    const auto date = pass.column("Date"), link = pass.column("ShareLink"), text = pass.column("ShareCommentary");
    const auto shared = pass.column("SharedUrl"), media = pass.column("MediaUrl");
    while (pass.next()) {
        Activity activity{.platform = std::string(platform), .author = me_.person(), .is_me = true};
        if (!pass.date(date, activity.when)) continue;
        const Target target = parse_link(pass.cell(link));
        activity.group = target.group;
        activity.text = clean_commentary(std::string(pass.cell(text)));
        const bool has_media = !pass.value(media).empty();
        activity.attachments = has_media ? 1 : 0;
        const std::string_view url = pass.value(shared);
        if (!url.empty()) activity.links.emplace_back(url);
        // A post of somebody passed on: of another member, or without a word of one's own.
        const bool of_a_post = parse_link(url).is_post;
        activity.kind = of_a_post || (trim(activity.text).empty() && !has_media) ? ActivityKind::share : ActivityKind::post;
        if (target.is_post) {
            activity.native_id = target.post.empty() ? target.id : target.post;
            if (activity.when) activity.when->written.clear();
        } else {
            activity.natural_key = natural_key(activity, target);
        }
        tell_group(pass, target);
        count_use(target.group, activity.kind);
        pass.accept(std::move(activity));
    }
}

/// Comments, reactions, votes and plain reposts: a date, and the link of the post they answer.
void Reader::read_links(FilePass& pass, ActivityKind kind) {
    const auto date = pass.column("Date"), link = pass.column("Link"), text = pass.column("Message");
    while (pass.next()) {
        Activity activity{.platform = std::string(platform), .author = me_.person(), .is_me = true, .kind = kind};
        if (!pass.date(date, activity.when)) continue;
        const Target target = parse_link(pass.cell(link));
        activity.group = target.group;
        if (kind != ActivityKind::share && target.is_post) activity.parent = target.post.empty() ? target.id : target.post;
        if (kind == ActivityKind::comment) activity.text = pass.cell(text);
        if (kind == ActivityKind::share && !is_missing(pass.cell(link))) activity.links.emplace_back(trim(pass.cell(link)));
        activity.natural_key = natural_key(activity, target);
        tell_group(pass, target);
        count_use(target.group, kind);
        pass.accept(std::move(activity));
    }
}

void Reader::read_messages(FilePass& pass) {
    const MessageColumns columns(pass.table());
    while (pass.next()) {
        const MessageUse use = message_use(columns, pass.cells());
        if (use != MessageUse::message) {
            pass.ignore(use == MessageUse::draft ? "draft" : "sponsored");
            continue;
        }
        const std::string id(trim(pass.cell(columns.conversation)));
        const auto conversation = survey_.conversations.find(id);
        if (id.empty() || conversation == survey_.conversations.end()) {
            pass.reject(msg("linkedin.no_conversation"));
            continue;
        }
        Activity activity{.platform = std::string(platform), .group = chat_key(id), .kind = ActivityKind::message};
        if (!pass.date(columns.date, activity.when)) continue;
        const std::string_view from = pass.cell(columns.from), url = pass.cell(columns.sender_url);
        activity.is_me = me_.is(from, url);
        activity.author = activity.is_me ? me_.person() : make_person(from, url);
        activity.text = pass.cell(columns.content);
        if (trim(activity.text).empty()) activity.text = pass.value(columns.subject);
        activity.attachments = count_attachments(pass.cell(columns.attachments));
        tell_conversation(pass, id, conversation->second);
        pass.accept(std::move(activity));
    }
}

void Reader::tell_conversation(FilePass& pass, const std::string& id, const Conversation& conversation) {
    if (!told_conversations_.insert(id).second) return;
    const bool is_group = conversation.is_group();
    std::vector<std::string> others;
    const auto add = [&](const std::string& name) {
        if (!name.empty() && !me_.names.contains(fold_name(name)) && std::ranges::find(others, name) == others.end())
            others.push_back(name);
    };
    for (const auto& [key, name] : conversation.people)
        if (!me_.slugs.contains(key)) add(name);
    for (const std::string& name : conversation.addressed) add(name);

    Group group{
        .platform = std::string(platform), .key = chat_key(id), .kind = is_group ? GroupKind::group_chat : GroupKind::direct};
    if (is_group) group.name = conversation.title;
    if (group.name.empty()) {
        for (std::size_t i = 0; i < others.size() && i < names_of_a_chat; ++i) group.name += (i > 0 ? ", " : "") + others[i];
        if (others.size() > names_of_a_chat) group.name += ", …";
    }
    if (group.name.empty()) group.name = conversation.title;
    pass.accept(std::move(group));
}

void Reader::read_advertising(FilePass& pass) {
    // Columns by their place: this file has several of one name.
    std::vector<std::size_t> columns;
    const auto& header = pass.table().header_cells();
    for (std::size_t i = 0; i < header.size(); ++i)
        if (fold_search(header[i]) == "member groups") columns.push_back(i);
    while (pass.next()) {
        for (const std::size_t column : columns) {
            for (const std::string& name : split_values(pass.cell(column))) {
                tell_named_group(pass, name);
                GroupUse& use = groups_[name_key(name)];
                if (std::exchange(use.is_listed, true)) continue;
                pass.accept(Membership{.platform = std::string(platform),
                                       .group = name_key(name),
                                       .event = MembershipEvent::member,
                                       .origin = "ad_targeting"});
            }
        }
    }
}

/// Files that archives before 2018 may have held: nobody has shown one, so the columns are taken by what they are called.
void Reader::read_group_file(FilePass& pass, ActivityKind kind) {
    const FileSpec& spec = file_spec(pass.kind());
    const auto date = pass.column(spec.date), text = pass.column(spec.text.empty() ? "" : spec.text);
    const auto name_column = pass.column("Group Name|Group"), page = pass.column("Group URL|Group Link|Group ID");
    const auto link = pass.column("Link|URL|Post URL|Post Link|Permalink");
    while (pass.next()) {
        Activity activity{.platform = std::string(platform), .author = me_.person(), .is_me = true, .kind = kind};
        if (!pass.date(date, activity.when)) continue;
        Target target = parse_link(pass.cell(link));
        if (target.group.empty()) target.group = parse_link(pass.cell(page)).group;
        if (target.group.empty()) {
            const std::string_view number = pass.value(page);
            if (!number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }))
                target.group = number;
        }
        const std::string name(pass.value(name_column));
        activity.group = target.group;
        if (!target.group.empty()) {
            if (groups_.try_emplace(target.group).second)
                pass.accept(Group{.platform = std::string(platform),
                                  .key = target.group,
                                  .name = name,
                                  .url = "https://www.linkedin.com/groups/" + target.group + "/"});
            groups_[target.group].is_named = groups_[target.group].is_named || !name.empty();
        } else if (!name.empty()) {
            tell_named_group(pass, name);
            activity.group = name_key(name);
        }
        activity.text = pass.cell(text);
        activity.natural_key = natural_key(activity, target);
        count_use(activity.group, kind);
        pass.accept(std::move(activity));
    }
}

void Reader::tell_coverage() {
    Coverage whole{.platform = std::string(platform), .kind = CoverageKind::own_only, .end = exported_at_};
    for (const FileSpec* spec : missing_files()) whole.not_requested.emplace_back(lack_id(spec->kind));
    send(std::move(whole));
    for (const auto& [key, use] : groups_)
        send(Coverage{.platform = std::string(platform),
                      .group = key,
                      .kind = use.acts + use.light > 0 ? CoverageKind::own_only : CoverageKind::names_only,
                      .end = exported_at_});
    for (const std::string& id : told_conversations_) {
        const Conversation& conversation = survey_.conversations.at(id);
        // Everybody's messages are in the file; yet with mine alone nothing shows that others could have answered.
        const bool others = std::ranges::any_of(conversation.senders, [&](const auto& sender) {
            return !me_.slugs.contains(sender.first) && !me_.names.contains(sender.first);
        });
        send(Coverage{.platform = std::string(platform),
                      .group = chat_key(id),
                      .kind = others ? CoverageKind::full : CoverageKind::own_only,
                      .begin = conversation.first,
                      .end = exported_at_});
    }
}

void Reader::tell_unnamed_groups() {
    for (const auto& [key, use] : groups_) {
        if (use.is_named) continue;
        sink_->warn("unnamed_group",
                    msg("linkedin.unnamed_group", arg("group", key), arg("acts", use.acts), arg("reactions", use.light)), {});
    }
}

void Reader::tell_files() {
    for (const Entry* entry : layout_.set_aside)
        sink_->warn("file_set_aside", msg("linkedin.set_aside", arg("file", entry->name())), {.entry = entry->path});
    for (const FoundFile* file : survey_.no_header)
        sink_->warn("unknown_header", msg("linkedin.unknown_header", arg("file", file->entry->name())),
                    {.entry = file->entry->path});
    if (unzoned_times_ > 0) sink_->warn("local_times", msg("linkedin.local_times", arg("count", unzoned_times_)), {});
}

std::vector<const FileSpec*> Reader::missing_files() const {
    using enum FileKind;
    std::vector<const FileSpec*> missing;
    if (layout_.is_complete()) return missing;  // then nothing was there to be written
    for (const FileKind kind : {shares, comments, reactions, messages, ad_targeting})
        if (layout_.find(kind) == nullptr) missing.push_back(&file_spec(kind));
    return missing;
}

void Reader::tell_lacks() {
    sink_->lack(msg("linkedin.lack_groups"));
    const auto missing = missing_files();
    if (missing.empty()) return;
    std::string titles;
    for (const FileSpec* spec : missing) titles += (titles.empty() ? "" : ", ") + std::string(spec->title);
    sink_->lack(msg("linkedin.lack_complete", arg("files", titles)));
}

}  // namespace secateur::linkedin
