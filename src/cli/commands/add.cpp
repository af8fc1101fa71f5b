// SPDX-License-Identifier: GPL-3.0-or-later
// `add PLATFORM`: names typed or pasted, one a line. They are kept as a table in the client's folder and imported like any other,
// so that they can be read, corrected and taken back.
#include <fmt/format.h>

#include <fstream>
#include <istream>
#include <set>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "cli/import_run.hpp"
#include "cli/session.hpp"

namespace secateur::cli {
namespace {

bool is_platform(std::string_view text) {
    if (text.empty() || text.size() > 32) return false;
    for (const char c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return false;
    return true;
}

/// Names pasted from a page carry bullets and empty lines.
std::string cleaned(std::string_view line) {
    line = trim(line);
    for (const std::string_view mark : {"- ", "* ", "• ", "– "})
        if (line.starts_with(mark)) line.remove_prefix(mark.size());
    return std::string(trim(line));
}

std::filesystem::path new_table(const std::filesystem::path& folder, std::string_view platform, Date day) {
    for (int n = 1;; ++n) {
        auto path = folder / fmt::format("{}-{}-{}", platform, format_date(day), n);
        if (!std::filesystem::exists(path)) return path;
    }
}

}  // namespace

int run_add(Session& session, const Arguments& arguments) {
    std::string platform = fold_search(arguments.positionals[0]);
    for (char& c : platform)
        if (std::string_view(" '").find(c) != std::string_view::npos) c = '-';
    if (!is_platform(platform)) refuse(msg("cli.bad_platform", arg("platform", quote(arguments.positionals[0]))), msg("cli.hint_platform"));

    std::vector<std::string> names(arguments.positionals.begin() + 1, arguments.positionals.end());
    if (names.empty()) {
        if (session.may_ask()) session.tell(msg("cli.add_paste"));
        std::string line;
        while (std::getline(*session.environment().in, line)) {
            // An empty line ends what is typed; in a pasted file it is only a gap.
            if (trim(line).empty() && session.may_ask()) break;
            names.push_back(line);
        }
    }
    std::vector<std::string> unique;
    std::set<std::string> seen;
    for (const std::string& each : names) {
        const std::string name = cleaned(to_valid_utf8(each));
        if (!name.empty() && seen.insert(fold_name(name)).second) unique.push_back(name);
    }
    if (unique.empty()) refuse(msg("cli.add_nothing", arg("platform", platform)), msg("cli.hint_add"));

    const bool candidate = arguments.has("--candidate");
    const std::filesystem::path hand = session.home().folder(session.client(Session::IfNone::create)) / "hand";
    const std::filesystem::path folder = new_table(hand, platform, session.as_of());
    std::filesystem::create_directories(folder);
    {
        std::ofstream file(folder / "memberships.csv", std::ios::binary);
        file << "platform,name,state\n";
        for (const std::string& name : unique)
            file << platform << ',' << csv_cell(name) << ',' << (candidate ? "" : "member") << '\n';
        if (!file.flush())
            throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_write", arg("path", folder.string())), .where = {}, .hint = msg("cli.hint_disk")});
    }
    const int code = run_imports(session, {folder}, ImportWishes{.connector = "generic"});
    if (candidate && code == 0)
        for (const std::string& name : unique)
            session.store().set_answer(Answer{.group = platform + ":" + fold_name(name), .question = "scope", .value = "candidate", .date = session.as_of()});
    return code;
}

}  // namespace secateur::cli
