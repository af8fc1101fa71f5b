// SPDX-License-Identifier: GPL-3.0-or-later
// `template DIR`: empty tables to fill by hand, for every platform without a connector.
#include <array>
#include <filesystem>
#include <fstream>

#include "cli/session.hpp"

namespace secateur::cli {
namespace {

struct Table {
    std::string_view file, header, example;  // the example row is a comment, and reads as one
};

constexpr std::array<Table, 5> tables{{
    {"groups.csv", "platform,group_id,name,url,description,topics,language,visibility,members,members_active_30d,posts_30d,last_post_at,measured_at",
     "# beeclub,42,Hillside Beekeepers,https://bee.example/g/42,,bees;honey,en,private,230,31,58,2026-11-01T08:00:00Z,2026-11-20T00:00:00Z"},
    {"memberships.csv", "platform,group_id,name,account,state,role,joined_at,left_at,notify,last_visit_at,pinned,note",
     "# beeclub,42,Hillside Beekeepers,mira,member,member,2019-04-02,,mentions,2026-10-30T07:00:00Z,false,"},
    {"posts.csv", "platform,group_id,post_id,kind,created_at,author_is_me,author,reply_to,thread_id,title,text,text_len,lang,topics,url,reactions,replies",
     "# beeclub,42,9001,reply,2026-10-30T07:05:00Z,true,,8990,,,Count me in.,,en,,,,"},
    {"accounts.csv", "platform,last_used,public,password_known", "# beeclub,2019-06-30,true,false"},
    {"meetings.csv", "date,person,place,met_through", "# 2026-10-14,Ada Example,Brussels,Hillside Beekeepers"},
}};

}  // namespace

int run_template(Session& session, const Arguments& arguments) {
    const std::filesystem::path folder = arguments.positionals[0];
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto cannot_write = [&](const std::filesystem::path& path) {
        return Error(Problem{.kind = ErrorKind::io, .reason = msg("cli.cannot_write", arg("path", path.string())), .where = {}, .hint = msg("cli.hint_disk")});
    };
    if (error) throw cannot_write(folder);
    for (const Table& table : tables)
        if (std::filesystem::exists(folder / table.file))
            throw Error(Problem{.kind = ErrorKind::usage, .reason = msg("cli.template_exists", arg("path", (folder / table.file).string())), .where = {},
                                .hint = msg("cli.hint_template_exists")});
    for (const Table& table : tables) {
        std::ofstream file(folder / table.file, std::ios::binary);
        file << table.header << '\n' << table.example << '\n';
        if (!file.flush()) throw cannot_write(folder / table.file);
    }
    session.say(msg("cli.template_written", arg("count", tables.size()), arg("path", folder.string())));
    return 0;
}

}  // namespace secateur::cli
