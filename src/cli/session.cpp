// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.hpp"

#include <algorithm>
#include <istream>

#include "analysis/audit.hpp"
#include "base/text.hpp"
#include "cli/audit_inputs.hpp"
#include "cli/profile_file.hpp"

namespace secateur::cli {

Session::Session(const Environment& environment, const Arguments& arguments)
    : environment_(environment), json_(arguments.has("--json")), quiet_(arguments.has("--quiet")), no_input_(arguments.has("--no-input")),
      asked_client_(arguments.value("--client")), as_of_(environment.today), home_(Home::locate(arguments.value("--home"), environment)) {
    if (const auto tag = arguments.value("--lang")) {
        asked_language_ = parse_language(*tag);
        if (!asked_language_) refuse(msg("cli.unknown_language", arg("language", quote(*tag))), msg("cli.hint_language"));
    }
    if (const auto day = arguments.value("--as-of")) {
        const auto parsed = parse_date(*day);
        if (!parsed) refuse(msg("cli.bad_date", arg("date", quote(*day))), msg("cli.hint_date"));
        as_of_ = *parsed;
    }
}

Session::~Session() = default;

Language Session::language() {
    if (language_) return *language_;
    if (asked_language_) return *(language_ = asked_language_);
    // A profile that cannot be read is complained about by the command that needs it, not here.
    try {
        if (has_client())
            if (const auto& tag = profile().language)
                if (const auto known = parse_language(*tag)) return *(language_ = known);
    } catch (const Error&) {
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment_.variable ? environment_.variable(name) : std::nullopt; value && !value->empty())
            return *(language_ = parse_language(*value).value_or(Language::english));
    return *(language_ = Language::english);
}

bool Session::may_ask() const noexcept { return environment_.in_is_terminal && environment_.err_is_terminal && !no_input_; }

bool Session::colour() const {
    const auto no_colour = environment_.variable ? environment_.variable("NO_COLOR") : std::nullopt;
    const auto term = environment_.variable ? environment_.variable("TERM") : std::nullopt;
    return environment_.out_is_terminal && !(no_colour && !no_colour->empty()) && !(term && *term == "dumb");
}

std::string Session::command(std::string_view words) {
    std::string line = "secateur ";
    if (has_client() && home_.clients().size() > 1) line += "--client " + shell_word(client()) + ' ';
    return line.append(words);
}

bool Session::has_client() {
    if (client_) return true;
    if (asked_client_) return home_.exists(*asked_client_);
    return home_.clients().size() == 1;
}

const std::string& Session::client(IfNone if_none) {
    if (client_) return *client_;
    if (asked_client_) {
        if (!home_.exists(*asked_client_)) {
            const auto known = home_.clients();
            refuse(msg("cli.unknown_client", arg("client", quote(*asked_client_))),
                   known.empty() ? msg("cli.hint_client_new", arg("client", quote(*asked_client_)))
                                 : msg("cli.hint_clients", arg("clients", joined(known))));
        }
        return *(client_ = asked_client_);
    }
    const auto known = home_.clients();
    if (known.size() == 1) return *(client_ = known.front());
    if (known.size() > 1) refuse(msg("cli.which_client", arg("count", known.size())), msg("cli.hint_clients", arg("clients", joined(known))));
    if (if_none == IfNone::refuse) refuse(msg("cli.no_client"), msg("cli.hint_start"));
    home_.create("me");
    return client_.emplace("me");
}

std::filesystem::path Session::profile_path() { return home_.folder(client()) / "profile.toml"; }

const Profile& Session::profile() {
    if (!profile_) profile_ = load_profile(profile_path());
    return *profile_;
}

void Session::save(const Profile& profile) {
    save_profile(profile, profile_path());
    profile_ = profile;
}

Store& Session::store(IfNone if_none) {
    if (!store_) store_ = std::make_unique<Store>(Store::open(home_.folder(client(if_none)) / "secateur.db"));
    return *store_;
}

Zone Session::zone() {
    if (const auto& name = profile().timezone)
        if (const auto zone = Zone::find(*name)) return *zone;
    return Zone::utc();
}

std::vector<std::string> Session::lines_of(const std::string& text) {
    std::vector<std::string> found;
    for (const auto line : split(text, '\n')) found.emplace_back(line);
    return found;
}

void Session::say(const Message& message) { out() << for_terminal_lines(text(message)) << '\n'; }

void Session::say_below(const Message& message, std::size_t indent) {
    for (const std::string& each : lines(message)) put(each, indent);
}

void Session::put(std::string_view text, std::size_t indent, std::size_t further) {
    const std::string margin(indent, ' '), whole = for_terminal(text);
    const std::size_t width = static_cast<std::size_t>(std::max(environment_.columns, 40)) - indent;
    if (!environment_.out_is_terminal || display_width(whole) <= width) {
        out() << margin << whole << '\n';
        return;
    }
    std::string line;
    for (const std::string_view word : split(whole, ' ')) {
        if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
            out() << margin << line << '\n';
            line = std::string(further, ' ');
        } else if (!line.empty()) {
            line += ' ';
        }
        line += word;
    }
    out() << margin << line << '\n';
}

void Session::tell(const Message& message) {
    if (!quiet_) err() << for_terminal_lines(text(message)) << '\n';
}

void Session::tell(const Problem& problem) { err() << for_terminal_lines(render(problem, language())) << '\n'; }

std::optional<std::string> Session::ask(const Message& question) {
    err() << for_terminal_lines(text(question)) << ' ' << std::flush;
    std::string line;
    if (!std::getline(*environment_.in, line)) return std::nullopt;
    return std::string(trim(line));
}

GroupListing Session::find_group(const std::string& words) {
    const std::vector<GroupListing> all = store().groups(as_of_, zone());
    const std::string wanted = fold_search(words);
    std::vector<const GroupListing*> equal, part;
    for (const GroupListing& each : all) {
        if (each.id == words) return each;
        const std::string name = fold_search(each.name);
        if (!name.empty() && name == wanted) equal.push_back(&each);
        if (!wanted.empty() && (name.find(wanted) != std::string::npos || each.id.find(words) != std::string::npos)) part.push_back(&each);
    }
    const auto& found = equal.empty() ? part : equal;
    if (found.size() == 1) return *found.front();
    if (found.empty()) refuse(msg("cli.unknown_group", arg("group", quote(words))), msg("cli.hint_groups"));
    std::string candidates;
    for (std::size_t i = 0; i < found.size() && i < 8; ++i) candidates += (i ? ", " : "") + found[i]->id + " (" + found[i]->name + ")";
    refuse(msg("cli.which_group", arg("group", quote(words)), arg("count", found.size())), msg("cli.hint_candidates", arg("candidates", candidates)));
}

const WordData& Session::words() {
    if (words_) return *words_;
    std::vector<std::filesystem::path> folders;
    if (const auto named = environment_.variable ? environment_.variable("SECATEUR_DATA") : std::nullopt; named && !named->empty())
        folders.emplace_back(*named);
    folders.push_back(home_.root() / "data");
    if (const auto& beside = environment_.program_folder; !beside.empty()) {
        folders.push_back(beside.parent_path() / "data");
        folders.push_back(beside.parent_path() / "share" / "secateur");
    }
    for (const auto& folder : folders)
        if (WordData found(folder); found.has_dictionary() || found.has_vectors()) return words_.emplace(std::move(found));
    return words_.emplace();
}

AuditReport Session::audit() { return make_audit(store(), profile(), client(), as_of_, zone(), words()); }

}  // namespace secateur::cli
