// SPDX-License-Identifier: GPL-3.0-or-later
// `client new|list|erase`: one folder a client; erasing is deleting that folder, with a receipt.
#include <filesystem>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "cli/session.hpp"
#include "reports/json/json_text.hpp"

namespace secateur::cli {
namespace {

int list_clients(Session& session) {
    const auto clients = session.home().clients();
    if (session.json()) {
        JsonText json;
        json.begin_object().member("schema", "secateur.clients/1").key("clients").begin_array();
        for (const std::string& client : clients) json.value(client);
        json.end_array().end_object();
        session.out() << json.take();
        return 0;
    }
    if (clients.empty()) session.say(msg("cli.no_clients_yet"));
    for (const std::string& client : clients) session.out() << client << '\n';
    return 0;
}

int erase_client(Session& session, const std::string& name, bool confirmed) {
    const Home& home = session.home();
    if (!home.exists(name)) refuse(msg("cli.unknown_client", arg("client", quote(name))), msg("cli.hint_client_list"));
    if (!confirmed) {
        if (!session.may_ask()) refuse(msg("cli.erase_needs_yes", arg("client", name)), msg("cli.hint_yes"));
        const auto answer = session.ask(msg("cli.erase_sure", arg("client", name)));
        if (!answer || *answer != name) {
            session.say(msg("cli.erase_not_done"));
            return 0;
        }
    }
    // The receipt names counts and a fingerprint of what was there, and nobody.
    std::uint64_t files = 0, bytes = 0, mark = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home.folder(name)))
        if (entry.is_regular_file()) {
            ++files;
            bytes += entry.file_size();
            mark = hash_combine(mark, hash64(entry.path().filename().string(), entry.file_size()));
        }
    std::error_code error;
    std::filesystem::remove_all(home.folder(name), error);
    if (error || home.exists(name))
        throw Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_erase", arg("path", home.folder(name).string()), arg("detail", error.message())),
                            .where = {}, .hint = msg("cli.hint_erase")});
    session.say(msg("cli.erased", arg("client", name), arg("files", files), arg("bytes", bytes), arg("receipt", hash_hex(mark))));
    return 0;
}

}  // namespace

int run_client(Session& session, const Arguments& arguments) {
    const auto& words = arguments.positionals;
    if (words.empty() || (words[0] == "list" && words.size() == 1)) return list_clients(session);
    if (words[0] == "new" && words.size() == 2) {
        if (session.home().exists(words[1])) refuse(msg("cli.client_exists", arg("client", quote(words[1]))), msg("cli.hint_client_list"));
        session.home().create(words[1]);
        session.say(msg("cli.client_created", arg("client", words[1]), arg("path", session.home().folder(words[1]).string())));
        return 0;
    }
    if (words[0] == "erase" && words.size() == 2) return erase_client(session, words[1], arguments.has("--yes"));
    refuse(msg("cli.client_usage", arg("word", quote(words[0]))), msg("cli.hint_command_help", arg("command", "client")));
}

}  // namespace secateur::cli
