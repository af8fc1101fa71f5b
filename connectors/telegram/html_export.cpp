// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/telegram/html_export.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"
#include "connectors/telegram/chat_reader.hpp"
#include "connectors/telegram/html_pages.hpp"
#include "connectors/telegram/owner.hpp"

namespace secateur::telegram {
namespace {

/// 1 for "messages.html", 12 for "messages12.html"; 0 for any other name.
std::uint64_t page_number(std::string_view name) {
    constexpr std::string_view stem = "messages", ending = ".html";
    if (!name.starts_with(stem) || !name.ends_with(ending) || name.size() < stem.size() + ending.size()) return 0;
    const std::string_view digits = name.substr(stem.size(), name.size() - stem.size() - ending.size());
    if (digits.empty()) return 1;
    const auto number = digits.find_first_not_of("0123456789") == std::string_view::npos ? parse_integer(digits) : std::nullopt;
    return number && *number > 1 ? static_cast<std::uint64_t>(*number) : 0;
}

bool is_below(std::string_view path, std::string_view folder) {
    return folder.empty() || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

std::string_view parent_of(std::string_view folder) {
    const std::size_t slash = folder.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
}

std::string joined(std::string_view folder, std::string_view name) {
    return folder.empty() ? std::string(name) : std::string(folder) + '/' + std::string(name);
}

bool shows(const Source& source, const Entry& entry, std::string_view mark) {
    const std::string_view head = source.head(entry);
    return head.find("class=\"page_wrap\"") != std::string_view::npos && head.find(mark) != std::string_view::npos;
}

std::optional<HtmlLayout> account_below(const Source& source, std::string_view root) {
    HtmlLayout layout;
    layout.is_account = true;
    std::map<std::string_view, HtmlChatFiles> chats;
    const std::string chats_folder = joined(root, "chats");
    for (const Entry& entry : source.entries()) {
        if (!is_below(entry.path, root)) return std::nullopt;  // of something else: let each folder be offered on its own
        if (entry.path == joined(root, "export_results.html")) layout.card = &entry;
        else if (entry.path == joined(root, "lists/chats.html")) layout.chat_list = &entry;
        else if (entry.path == joined(root, "lists/contacts.html")) layout.contacts = &entry;
        else if (entry.path == joined(root, "lists/frequent.html")) layout.frequent = &entry;
        else if (parent_of(entry.folder()) == chats_folder && page_number(entry.name()) > 0) {
            HtmlChatFiles& chat = chats[entry.folder()];
            chat.folder = entry.folder();
            chat.pages.push_back(&entry);
        }
    }
    for (auto& [folder, chat] : chats) layout.chats.push_back(std::move(chat));
    return layout;
}

std::optional<HtmlLayout> single_in(const Source& source, std::string_view folder) {
    HtmlLayout layout;
    HtmlChatFiles chat{std::string(folder), {}};
    for (const Entry& entry : source.entries()) {
        if (!is_below(entry.path, folder)) return std::nullopt;
        if (entry.folder() == folder && page_number(entry.name()) > 0) chat.pages.push_back(&entry);
    }
    layout.chats.push_back(std::move(chat));
    return layout;
}

void sort_pages(HtmlLayout& layout) {
    for (HtmlChatFiles& chat : layout.chats)
        std::ranges::sort(chat.pages, {}, [](const Entry* page) { return std::pair(page_number(page->name()), page->path); });
}

/// "../chats/chat_01/messages.html#allow_back", as a folder of the source.
std::string folder_of_link(std::string_view href, std::string_view root) {
    href = href.substr(0, href.find('#'));
    while (href.starts_with("../")) href.remove_prefix(3);
    return joined(root, parent_of(href));
}

/// A chat with all that is known of it before its messages are read.
struct Chat {
    ChatHead head;
    const HtmlChatFiles* files = nullptr;  // null: no messages
    Location where;
};

ChatType type_named(const HtmlListEntry& entry) {
    if (entry.info == "private") {
        if (entry.name == "Saved messages") return ChatType::saved_messages;
        return entry.name == "Replies" ? ChatType::replies : ChatType::personal;
    }
    if (entry.info == "bot") return ChatType::bot;
    if (entry.info == "group") return ChatType::supergroup;
    return entry.info == "channel" ? ChatType::channel : ChatType::unknown;
}

class ChatList final : public HtmlListHandler {
public:
    ChatList(const HtmlLayout& layout, std::vector<Chat>& chats) : layout_(layout), chats_(chats) {
        root_ = parent_of(layout.chat_list->folder());
    }
    Flow on_entry(const HtmlListEntry& entry, const Location& where) override {
        Chat chat;
        chat.head.name = entry.name;
        chat.head.type = type_named(entry);
        chat.head.has_type = true;
        // The explanation above the list is in the language of the program; that of the chats one has left is always the second.
        chat.head.left = entry.list > 1 || entry.explanation.find("left") != std::string::npos;
        chat.head.own_only = entry.details.find("outgoing") != std::string::npos;
        const std::string folder = folder_of_link(entry.href, root_);
        for (const HtmlChatFiles& files : layout_.chats)
            if (!entry.href.empty() && files.folder == folder) chat.files = &files;
        chat.where = where;
        chats_.push_back(std::move(chat));
        return Flow::proceed;
    }

private:
    const HtmlLayout& layout_;
    std::vector<Chat>& chats_;
    std::string root_;
};

/// Goes through one chat for its people, and for its kind where no list tells it.
class ChatSurvey final : public HtmlChatHandler {
public:
    ChatSurvey(Findings& findings, Chat& chat) : findings_(findings), chat_(chat) {}

    Flow on_name(const std::string& name) override {
        if (chat_.head.name.empty()) chat_.head.name = name;
        page_name_ = name;
        return Flow::proceed;
    }
    Flow on_message(const HtmlMessage& message, const Location&) override {
        if (message.is_service) {
            const ServiceLine line = parse_service_line(message.text);
            const bool is_group = line.kind != ServiceLine::other && line.kind != ServiceLine::unsupported;
            says_channel_ = says_channel_ || line.kind == ServiceLine::created_channel;
            says_group_ = says_group_ || (is_group && line.kind != ServiceLine::created_channel);
            for (const std::string& name : line.people) findings_.members.insert(name);
            return Flow::proceed;
        }
        says_channel_ = says_channel_ || (!message.signature.empty() && message.from == page_name_);
        std::string key = fold_name(message.from);
        if (key.empty()) return Flow::proceed;
        AuthorCount& author = findings_.authors[key];
        ++author.messages;
        if (author.name.empty()) author.name = message.from;
        if (authors_.size() < 3) authors_.insert(std::move(key));
        return Flow::proceed;
    }
    void close() {
        ChatHead& head = chat_.head;
        if (head.type == ChatType::saved_messages && !page_name_.empty()) findings_.notes_key = fold_name(page_name_);
        const std::string itself = fold_name(head.name);
        const bool by_itself = authors_.contains(itself);
        if (head.type == ChatType::unknown) head.type = guessed_type(by_itself);
        if (head.type != ChatType::personal) return;
        authors_.erase(itself);  // whoever else writes in a chat of two is the owner
        if (authors_.size() == 1) ++findings_.opposite_authors[*authors_.begin()];
    }

private:
    /// The pages of one chat do not say what it is.
    [[nodiscard]] ChatType guessed_type(bool by_itself) const {
        if (says_channel_) return ChatType::channel;
        if (says_group_ || !by_itself || authors_.size() > 2) return ChatType::supergroup;
        return authors_.size() == 1 ? ChatType::channel : ChatType::personal;
    }

    Findings& findings_;
    Chat& chat_;
    std::string page_name_;
    std::set<std::string> authors_;  // the first three
    bool says_channel_ = false, says_group_ = false;
};

class PageReader final : public HtmlChatHandler {
public:
    explicit PageReader(ChatReader& chats) : chats_(chats) {}
    Flow on_name(const std::string&) override { return Flow::proceed; }
    Flow on_message(const HtmlMessage& message, const Location& where) override { return chats_.read(message, where); }

private:
    ChatReader& chats_;
};

class ContactPage final : public HtmlListHandler {
public:
    ContactPage(const ReadContext& context, RecordSink& sink, bool frequent) : context_(context), sink_(sink),
        frequent_(frequent) {}

    Flow on_entry(const HtmlListEntry& entry, const Location& where) override {
        if (frequent_ && entry.info != "people") {
            sink_.ignore("frequent_contact");
            return Flow::proceed;
        }
        Contact contact;
        contact.person = {fold_name(entry.name), entry.name};
        if (entry.name == "Deleted Account") contact.person = {};
        if (contact.person.key.empty()) return sink_.reject(refusal(msg("telegram.nameless_contact"), where), entry.details);
        contact.origin = frequent_ ? "frequent_contacts" : "contacts";
        if (const auto clock = frequent_ ? std::nullopt : parse_clock(entry.info)) {
            const auto at = context_.zone ? context_.zone->to_instant(clock->local) : as_utc(clock->local);
            const TimeBasis basis = context_.zone ? TimeBasis::local_assumed : TimeBasis::local_unknown;
            if (at && *at > Instant{}) contact.connected = When{.at = *at, .basis = basis, .written = {}};
        }
        return sink_.accept(std::move(contact), where);
    }

private:
    const ReadContext& context_;
    RecordSink& sink_;
    bool frequent_;
};

class HtmlStream final : public RecordStream {
public:
    HtmlStream(const Source& source, const ReadContext& context, HtmlLayout layout)
        : source_(source), context_(context), layout_(std::move(layout)), exported_at_(export_instant(source, context.zone)) {
        list_chats();
        look();
        ownership_ = settle_owner(findings_, context_.me);
        name_twins_apart();
    }

    const Owner& owner() const override { return ownership_.owner; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location main;
        main.entry = layout_.main_page()->path;
        auto account = account_of(findings_, ownership_);
        if (account && sink.accept(std::move(*account), main) == Flow::stop) return;
        if (read_contacts(layout_.contacts, false, sink) == Flow::stop) return;
        if (read_contacts(layout_.frequent, true, sink) == Flow::stop) return;
        ChatReader chats(ownership_.me, context_, exported_at_, layout_.is_account, sink);
        for (const Chat& chat : chats_)
            if (read_chat(chat, chats, sink) == Flow::stop) return;
        tell(chats, sink, main);
    }

private:
    void list_chats() {
        if (layout_.chat_list != nullptr) {
            ChatList list(layout_, chats_);
            list_outcome_ = read_list_page(*source_.open(*layout_.chat_list), layout_.chat_list->path, list);
        }
        for (const HtmlChatFiles& files : layout_.chats) {  // of an account without its list, or one chat
            const bool is_listed = std::ranges::any_of(chats_, [&](const Chat& chat) { return chat.files == &files; });
            if (is_listed) continue;
            Chat chat;
            chat.files = &files;
            chat.where.entry = files.pages.front()->path;
            chats_.push_back(std::move(chat));
        }
    }

    void look() {
        findings_.is_account = layout_.is_account;
        findings_.has_contacts = layout_.contacts != nullptr;
        if (layout_.card != nullptr) {
            const HtmlCard card = read_card(*source_.open(*layout_.card), layout_.card->path);
            findings_.my_name = card.name;
            findings_.my_handle = card.handle;
            findings_.my_phone = card.phone;
            findings_.my_key = fold_name(card.name);
        }
        const bool survey_all = needs_survey(findings_, context_.me);
        for (Chat& chat : chats_) {
            if (chat.files == nullptr || !(survey_all || chat.head.type == ChatType::unknown)) continue;
            ChatSurvey survey(findings_, chat);
            for (const Entry* page : chat.files->pages) (void)read_chat_page(*source_.open(*page), page->path, survey);
            survey.close();
        }
    }

    /// Pages have no numbers, so chats are known by their names; of several with one name the later ones are numbered.
    void name_twins_apart() {
        std::map<std::string, unsigned> seen;
        for (Chat& chat : chats_) {
            std::string key = chat_key(chat.head, false);
            if (key.empty()) continue;
            if (is_direct(chat.head.type)) key.replace(0, key.find(':'), "person");  // no group of the same name
            const unsigned number = ++seen[key];
            chat.head.own_key = number == 1 ? key : key + '#' + std::to_string(number);
        }
    }

    Flow read_contacts(const Entry* entry, bool frequent, RecordSink& sink) {
        if (entry == nullptr) return Flow::proceed;
        ContactPage page(context_, sink, frequent);
        const auto inner = source_.open(*entry);
        ProgressStream counted(*inner, bytes_, context_.progress);
        return settle(read_list_page(counted, entry->path, page), sink);
    }

    Flow read_chat(const Chat& chat, ChatReader& chats, RecordSink& sink) {
        chats.begin_chat(chat.head, chat.where.entry);
        bool whole = true;
        if (chat.files != nullptr) {
            PageReader reader(chats);
            for (const Entry* page : chat.files->pages) {
                const auto inner = source_.open(*page);
                ProgressStream counted(*inner, bytes_, context_.progress);
                MarkupOutcome outcome = read_chat_page(counted, page->path, reader);
                whole = whole && outcome.end == MarkupEnd::complete;
                if (settle(std::move(outcome), sink) == Flow::stop) return Flow::stop;
            }
        }
        return chats.end_chat(whole);
    }

    Flow settle(MarkupOutcome outcome, RecordSink& sink) {
        if (outcome.end == MarkupEnd::stopped) return Flow::stop;
        if (outcome.end == MarkupEnd::complete) return Flow::proceed;
        whole_ = false;
        outcome.problem.hint = msg("telegram.rest_lost");
        return sink.reject(std::move(outcome.problem), {});
    }

    void tell(const ChatReader& chats, RecordSink& sink, const Location& main) {
        if (chats.local_times() > 0 && !context_.zone)
            sink.warn("local_times", msg("telegram.local_times", arg("count", chats.local_times())), main);
        if (chats.standard_offsets() > 0)
            sink.warn("standard_offset", msg("telegram.standard_offset", arg("count", chats.standard_offsets())), main);
        if (list_outcome_.end == MarkupEnd::broken && settle(std::move(list_outcome_), sink) == Flow::stop) return;
        if (!whole_) return;
        sink.lack(msg("telegram.lack_numbers"));
        if (!layout_.is_account) {
            sink.lack(msg("telegram.lack_single"));
            return;
        }
        if (chats.own_only_chats() > 0) sink.lack(msg("telegram.lack_others"));
        if (!findings_.has_contacts) sink.lack(msg("telegram.lack_contacts"));
        if (findings_.my_key.empty()) sink.lack(msg("telegram.lack_card"));
    }

    const Source& source_;
    ReadContext context_;
    HtmlLayout layout_;
    std::optional<Instant> exported_at_;
    std::vector<Chat> chats_;
    MarkupOutcome list_outcome_;
    Findings findings_;
    Ownership ownership_;
    std::uint64_t bytes_ = 0;
    bool whole_ = true;
};

}  // namespace

std::optional<HtmlLayout> find_html(const Source& source) {
    const auto& entries = source.entries();
    constexpr std::string_view chat_mark = "chat_page";
    if (source.kind() == SourceKind::file) {
        if (entries.empty() || !shows(source, entries.front(), chat_mark)) return std::nullopt;
        HtmlLayout layout;
        layout.chats.push_back({std::string(entries.front().folder()), {&entries.front()}});
        return layout;
    }
    // The shallowest page of each kind; two at one depth are two exports.
    const auto depth = [](const Entry& entry) { return std::ranges::count(entry.path, '/'); };
    const auto shallowest = [&](auto wanted) -> const Entry* {
        const Entry* best = nullptr;
        bool is_alone = true;
        for (const Entry& entry : entries) {
            if (!wanted(entry)) continue;
            if (best == nullptr || depth(entry) < depth(*best)) {
                best = &entry;
                is_alone = true;
            } else if (depth(entry) == depth(*best) && entry.folder() != best->folder()) {
                is_alone = false;
            }
        }
        return is_alone ? best : nullptr;
    };
    std::optional<HtmlLayout> layout;
    if (const Entry* card = shallowest([](const Entry& entry) { return entry.name() == "export_results.html"; })) {
        if (shows(source, *card, "page_body")) layout = account_below(source, card->folder());
    } else if (const Entry* list = shallowest([](const Entry& entry) {
                   return entry.path == "lists/chats.html" || entry.path.ends_with("/lists/chats.html");
               })) {
        if (shows(source, *list, "list_page")) layout = account_below(source, parent_of(list->folder()));
    } else if (const Entry* page = shallowest([](const Entry& entry) { return page_number(entry.name()) > 0; })) {
        if (shows(source, *page, chat_mark)) layout = single_in(source, page->folder());
    }
    if (layout) sort_pages(*layout);
    return layout && layout->main_page() != nullptr ? std::move(layout) : std::nullopt;
}

std::unique_ptr<RecordStream> open_html(const Source& source, const ReadContext& context, HtmlLayout layout) {
    return std::make_unique<HtmlStream>(source, context, std::move(layout));
}

}  // namespace secateur::telegram
