// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/home.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

namespace secateur::cli {

Home Home::locate(const std::optional<std::string>& option, const Environment& environment) {
    const auto variable = [&](const char* name) -> std::optional<std::string> {
        auto value = environment.variable ? environment.variable(name) : std::nullopt;
        return value && !value->empty() ? value : std::nullopt;
    };
    if (option) return Home(*option);
    if (const auto home = variable("SECATEUR_HOME")) return Home(*home);
    // The XDG rules ask for an absolute path; a relative one is to be ignored.
    if (const auto data = variable("XDG_DATA_HOME"); data && std::filesystem::path(*data).is_absolute())
        return Home(std::filesystem::path(*data) / "secateur");
    if (const auto home = variable("HOME")) return Home(std::filesystem::path(*home) / ".local" / "share" / "secateur");
    throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.no_home"), .where = {}, .hint = msg("cli.hint_home")});
}

std::vector<std::string> Home::clients() const {
    std::vector<std::string> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(root_ / "clients", none))
        if (entry.is_directory(none) && is_client_name(entry.path().filename().string())) found.push_back(entry.path().filename().string());
    std::ranges::sort(found);
    return found;
}

bool Home::exists(std::string_view client) const {
    std::error_code none;
    return is_client_name(client) && std::filesystem::is_directory(folder(client), none);
}

void Home::create(const std::string& client) const {
    if (!is_client_name(client))
        throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.bad_client_name", arg("client", quote(client))), .where = {}, .hint = msg("cli.hint_client_name")});
    std::error_code error;
    std::filesystem::create_directories(folder(client), error);
    if (error)
        throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_create", arg("path", folder(client).string()), arg("detail", error.message())),
                            .where = {}, .hint = msg("cli.hint_home")});
    std::filesystem::permissions(root_, std::filesystem::perms::owner_all, error);
    std::filesystem::permissions(root_ / "clients", std::filesystem::perms::owner_all, error);
    std::filesystem::permissions(folder(client), std::filesystem::perms::owner_all, error);
}

bool is_client_name(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '.' || name.front() == ' ' || name.back() == ' ' || !is_valid_utf8(name)) return false;
    return std::ranges::all_of(name, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || c == '-' || c == '_' ||
               c == '.' || c == ' ';
    });
}

}  // namespace secateur::cli
