// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/profile_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#include "analysis/policy.hpp"
#include "base/error.hpp"
#include "base/messages.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace secateur::cli {
namespace {

class Reader {
public:
    explicit Reader(const std::filesystem::path& path) : path_(path) {}

    Profile read() {
        std::ifstream file(path_, std::ios::binary);
        if (!file) return {};
        std::stringstream text;
        text << file.rdbuf();
        try {
            const toml::table root = toml::parse(text.str());
            return profile(root);
        } catch (const toml::parse_error& error) {
            refuse(error.source().begin.line, msg("cli.profile_syntax", arg("detail", std::string(error.description()))));
        }
    }

private:
    [[noreturn]] void refuse(std::uint64_t line, Message reason) const {
        throw Error(Problem{.kind = ErrorKind::usage, .reason = std::move(reason), .where = {.entry = path_.string(), .line = line},
                            .hint = msg("cli.hint_profile")});
    }
    [[noreturn]] void refuse(const toml::node& node, Message reason) const { refuse(node.source().begin.line, std::move(reason)); }

    void only(const toml::table& table, std::initializer_list<std::string_view> known) const {
        for (const auto& [key, node] : table)
            if (std::ranges::find(known, key.str()) == known.end())
                refuse(node, msg("cli.profile_unknown_key", arg("key", quote(key.str()))));
    }

    std::optional<std::string> text(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        if (!node) return std::nullopt;
        if (const auto* value = node->as_string()) return value->get();
        refuse(*node, msg("cli.profile_wants_text", arg("key", key)));
    }
    std::optional<double> number(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        return node ? std::optional(number(*node, key)) : std::nullopt;
    }
    double number(const toml::node& node, std::string_view key) const {
        const auto value = node.value<double>();
        if (!value || *value < 0) refuse(node, msg("cli.profile_wants_number", arg("key", quote(key))));
        return *value;
    }
    std::optional<Date> day(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        if (!node) return std::nullopt;
        if (const auto* date = node->as_date()) {
            const toml::date value = date->get();
            const std::chrono::year_month_day found{std::chrono::year(value.year), std::chrono::month(value.month), std::chrono::day(value.day)};
            if (found.ok()) return Date(found);
        }
        if (const auto* value = node->as_string())
            if (const auto found = parse_date(value->get())) return found;
        refuse(*node, msg("cli.profile_wants_date", arg("key", key)));
    }
    std::vector<std::string> list(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        if (!node) return {};
        if (const auto* value = node->as_string()) return {value->get()};
        std::vector<std::string> found;
        const toml::array* array = node->as_array();
        if (!array) refuse(*node, msg("cli.profile_wants_list", arg("key", key)));
        for (const toml::node& each : *array) {
            const auto* value = each.as_string();
            if (!value) refuse(each, msg("cli.profile_wants_list", arg("key", key)));
            found.push_back(value->get());
        }
        return found;
    }
    const toml::table* table(const toml::table& root, std::string_view key) const {
        const toml::node* node = root.get(key);
        if (!node) return nullptr;
        if (!node->is_table()) refuse(*node, msg("cli.profile_wants_table", arg("key", key)));
        return node->as_table();
    }

    Profile profile(const toml::table& root) const {
        only(root, {"name", "language", "timezone", "minutes_per_week", "pinned", "identities", "minutes", "objectives", "policy"});
        Profile found;
        found.name = text(root, "name").value_or("");
        found.language = text(root, "language");
        if (found.language && !parse_language(*found.language))
            refuse(*root.get("language"), msg("cli.profile_language", arg("value", quote(*found.language))));
        found.timezone = text(root, "timezone");
        if (found.timezone && !Zone::find(*found.timezone))
            refuse(*root.get("timezone"), msg("cli.profile_timezone", arg("value", quote(*found.timezone))));
        found.minutes_per_week = number(root, "minutes_per_week");
        found.pinned = list(root, "pinned");
        if (const toml::table* identities = table(root, "identities")) {
            only(*identities, {"names", "handles", "emails", "phones", "ids"});
            found.names = list(*identities, "names");
            found.handles = list(*identities, "handles");
            found.emails = list(*identities, "emails");
            found.phones = list(*identities, "phones");
            found.ids = list(*identities, "ids");
        }
        if (const toml::table* minutes = table(root, "minutes"))
            for (const auto& [platform, node] : *minutes) found.platform_minutes[std::string(platform.str())] = number(node, platform.str());
        if (const toml::table* policy = table(root, "policy")) {
            Policy checked;
            for (const auto& [name, node] : *policy) {
                const double value = number(node, name.str());
                if (!checked.set(name.str(), value)) refuse(node, msg("cli.profile_policy", arg("key", quote(name.str()))));
                found.policy[std::string(name.str())] = value;
            }
        }
        if (const toml::node* objectives = root.get("objectives")) {
            const toml::array* array = objectives->as_array();
            if (!array) refuse(*objectives, msg("cli.profile_wants_tables", arg("key", "objectives")));
            for (const toml::node& node : *array) found.objectives.push_back(objective(node, found.objectives));
        }
        return found;
    }

    Objective objective(const toml::node& node, const std::vector<Objective>& before) const {
        const toml::table* table = node.as_table();
        if (!table) refuse(node, msg("cli.profile_wants_tables", arg("key", "objectives")));
        only(*table, {"id", "text", "rank", "start", "done", "trade", "sector", "place", "people", "interests", "without"});
        Objective found;
        found.id = text(*table, "id").value_or("");
        found.text = text(*table, "text").value_or("");
        if (found.id.empty() || found.text.empty()) refuse(node, msg("cli.profile_objective_incomplete"));
        if (std::ranges::any_of(before, [&](const Objective& each) { return each.id == found.id; }))
            refuse(node, msg("cli.profile_objective_twice", arg("id", quote(found.id))));
        const auto rank = number(*table, "rank");
        found.rank = rank ? std::clamp(static_cast<int>(*rank), 1, 99) : static_cast<int>(before.size()) + 1;
        found.start = day(*table, "start");
        found.done = day(*table, "done");
        found.trade = list(*table, "trade");
        found.sector = list(*table, "sector");
        found.place = list(*table, "place");
        found.people = list(*table, "people");
        found.interests = list(*table, "interests");
        found.without = list(*table, "without");
        return found;
    }

    std::filesystem::path path_;
};

std::string quoted(const std::string& text) {
    std::stringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string list_text(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const std::string& each : list) out += (out.size() > 1 ? ", " : "") + quoted(each);
    return out + "]";
}

std::string number_text(double value) { return fmt::format("{}", value); }

}  // namespace

std::string objective_id(std::string_view text, const std::vector<Objective>& others) {
    std::string id;
    std::size_t words = 0;
    for (const char c : fold_search(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            id += c;
        else if (!id.empty() && id.back() != '-') {
            if (++words == 3) break;
            id += '-';
        }
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    if (id.empty()) id = "objective";
    const std::string base = id;
    for (int n = 2; std::any_of(others.begin(), others.end(), [&](const Objective& each) { return each.id == id; }); ++n) id = base + "-" + std::to_string(n);
    return id;
}

Profile load_profile(const std::filesystem::path& path) { return Reader(path).read(); }

std::string profile_text(const Profile& profile) {
    const Language language = profile.language ? parse_language(*profile.language).value_or(Language::english) : Language::english;
    std::string out;
    const auto comment = [&](std::string_view id) {
        const std::string text = render(Message{std::string(id), {}}, language);
        for (const auto line : split(text, '\n')) out += fmt::format("# {}\n", line);
    };
    const auto line = [&](std::string_view key, const std::string& value) { out += fmt::format("{} = {}\n", key, value); };

    comment("cli.profile_comment_head");
    out += '\n';
    line("name", quoted(profile.name));
    if (profile.language) line("language", quoted(*profile.language));
    comment("cli.profile_comment_timezone");
    if (profile.timezone) line("timezone", quoted(*profile.timezone));
    comment("cli.profile_comment_minutes_per_week");
    if (profile.minutes_per_week) line("minutes_per_week", number_text(*profile.minutes_per_week));
    comment("cli.profile_comment_pinned");
    line("pinned", list_text(profile.pinned));

    out += '\n';
    comment("cli.profile_comment_identities");
    out += "[identities]\n";
    line("names", list_text(profile.names));
    line("handles", list_text(profile.handles));
    line("emails", list_text(profile.emails));
    line("phones", list_text(profile.phones));
    line("ids", list_text(profile.ids));

    out += '\n';
    comment("cli.profile_comment_minutes");
    out += "[minutes]\n";
    for (const auto& [platform, minutes] : profile.platform_minutes) line(quoted(platform), number_text(minutes));

    out += '\n';
    comment("cli.profile_comment_objectives");
    for (const Objective& objective : profile.objectives) {
        out += "\n[[objectives]]\n";
        line("id", quoted(objective.id));
        line("text", quoted(objective.text));
        line("rank", fmt::format("{}", objective.rank));
        if (objective.start) line("start", format_date(*objective.start));
        if (objective.done) line("done", format_date(*objective.done));
        const std::array<std::pair<std::string_view, const std::vector<std::string>*>, 6> facets{{{"trade", &objective.trade},
            {"sector", &objective.sector}, {"place", &objective.place}, {"people", &objective.people}, {"interests", &objective.interests},
            {"without", &objective.without}}};
        for (const auto& [key, list] : facets)
            if (!list->empty()) line(key, list_text(*list));
    }
    if (!profile.policy.empty()) {
        out += "\n[policy]\n";
        for (const auto& [name, value] : profile.policy) line(name, number_text(value));
    }
    return out;
}

void save_profile(const Profile& profile, const std::filesystem::path& path) {
    const std::filesystem::path beside = path.string() + ".new";
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file << profile_text(profile);
        file.flush();
        if (!file)
            throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_write", arg("path", path.string())), .where = {}, .hint = msg("cli.hint_disk")});
    }
    std::filesystem::rename(beside, path);
}

}  // namespace secateur::cli
