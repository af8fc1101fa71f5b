// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the goals of docs/performance.md and prints them as a table: CPU seconds (user + system) of whole processes, taken in turn,
// medians, as ratios to yardsticks measured in the same run. Every import is compared with what the generator says is right.
//   bench_goals --program build/release/secateur [--messages 2000000] [--runs 5] [--work DIR] [--full]
// --full adds 10^7 messages (about 6 GB of disk) for the growth exponent and the flatness of memory.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define RAPIDJSON_SSE2 1
#include <rapidjson/filereadstream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace {

namespace fs = std::filesystem;

struct Cost {
    double cpu = 0, wall = 0;  // seconds
    double megabytes = 0;      // peak resident memory
};

double cpu_of(const rusage& usage) {
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Runs a program to its end, what it prints going to `out`; throws when it fails.
Cost run(const std::vector<std::string>& words, const fs::path& out = "/dev/null") {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = vfork();
    if (child == 0) {
        const int file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, STDOUT_FILENO);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) throw std::runtime_error("cannot run " + words[0]);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::string line;
        for (const std::string& word : words) line += word + " ";
        throw std::runtime_error("failed: " + line);
    }
    return {cpu_of(usage), wall, static_cast<double>(usage.ru_maxrss) / 1024};
}

std::string slurp(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// --- yardsticks, each in a process of its own -------------------------------------------------------------------------------

/// RapidJSON SAX over the file: iterative, no validation, a handler that does nothing.
int parse_only(const char* path) {
    std::FILE* file = std::fopen(path, "rb");
    if (!file) return 1;
    std::vector<char> buffer(256 * 1024);
    rapidjson::FileReadStream stream(file, buffer.data(), buffer.size());
    rapidjson::BaseReaderHandler<> nothing;
    rapidjson::Reader reader;
    const auto result = reader.Parse<rapidjson::kParseIterativeFlag>(stream, nothing);
    std::fclose(file);
    return result.IsError() ? 1 : 0;
}

/// Every entry of a ZIP inflated and, when it is JSON, parsed the same way: what any reader of a Slack export must do.
int inflate_and_parse(const char* path) {
    archive* zip = archive_read_new();
    archive_read_support_format_zip(zip);
    if (archive_read_open_filename(zip, path, 256 * 1024) != ARCHIVE_OK) return 1;
    std::vector<char> text;
    rapidjson::BaseReaderHandler<> nothing;
    rapidjson::Reader reader;
    for (archive_entry* entry = nullptr; archive_read_next_header(zip, &entry) == ARCHIVE_OK;) {
        text.clear();
        for (la_ssize_t got = 1; got > 0;) {
            const std::size_t used = text.size();
            text.resize(used + 64 * 1024);
            got = archive_read_data(zip, text.data() + used, 64 * 1024);
            if (got < 0) return 1;
            text.resize(used + static_cast<std::size_t>(got));
        }
        text.push_back('\0');
        rapidjson::StringStream stream(text.data());
        if (reader.Parse<rapidjson::kParseIterativeFlag>(stream, nothing).IsError()) return 1;
    }
    archive_read_free(zip);
    return 0;
}

void must(int code, sqlite3* db) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
}

using SqliteRow = std::vector<sqlite3_value*>;

/// The rows of two tables held in memory, then written to a new file with the same schema, 32 rows a statement, in one transaction. Prints
/// the CPU and wall seconds of the writing alone.
int insert_only(const char* from, const char* to) {
    sqlite3* source = nullptr;
    sqlite3* target = nullptr;
    must(sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY, nullptr), source);
    fs::remove(to);
    must(sqlite3_open(to, &target), target);
    for (const char* setting : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON"}) must(sqlite3_exec(target, setting, nullptr, nullptr, nullptr), target);
    sqlite3_stmt* schema = nullptr;
    must(sqlite3_prepare_v2(source, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'", -1, &schema, nullptr), source);
    while (sqlite3_step(schema) == SQLITE_ROW) must(sqlite3_exec(target, reinterpret_cast<const char*>(sqlite3_column_text(schema, 0)), nullptr, nullptr, nullptr), target);
    sqlite3_finalize(schema);

    std::map<std::string, std::vector<SqliteRow>> tables;
    for (const char* table : {"activity", "my_text"}) {
        sqlite3_stmt* rows = nullptr;
        must(sqlite3_prepare_v2(source, fmt::format("SELECT * FROM {}", table).c_str(), -1, &rows, nullptr), source);
        const int columns = sqlite3_column_count(rows);
        auto& kept = tables[table];
        while (sqlite3_step(rows) == SQLITE_ROW) {
            SqliteRow row;
            for (int i = 0; i < columns; ++i) row.push_back(sqlite3_value_dup(sqlite3_column_value(rows, i)));
            kept.push_back(std::move(row));
        }
        sqlite3_finalize(rows);
    }

    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const auto begin = std::chrono::steady_clock::now();
    must(sqlite3_exec(target, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), target);
    for (const auto& [table, rows] : tables) {
        if (rows.empty()) continue;
        const std::size_t columns = rows[0].size();
        constexpr std::size_t batch = 32;
        const auto statement = [&](std::size_t count) {
            std::string sql = "INSERT INTO " + table + " VALUES ";
            for (std::size_t r = 0; r < count; ++r) {
                sql += r ? ",(" : "(";
                for (std::size_t c = 0; c < columns; ++c) sql += c ? ",?" : "?";
                sql += ")";
            }
            sqlite3_stmt* prepared = nullptr;
            must(sqlite3_prepare_v2(target, sql.c_str(), -1, &prepared, nullptr), target);
            return prepared;
        };
        sqlite3_stmt* many = statement(batch);
        for (std::size_t i = 0; i < rows.size();) {
            const std::size_t count = std::min(batch, rows.size() - i);
            sqlite3_stmt* insert = count == batch ? many : statement(count);
            int slot = 0;
            for (std::size_t r = 0; r < count; ++r)
                for (sqlite3_value* value : rows[i + r]) must(sqlite3_bind_value(insert, ++slot, value), target);
            must(sqlite3_step(insert), target);
            must(sqlite3_reset(insert), target);
            if (insert != many) sqlite3_finalize(insert);
            i += count;
        }
        sqlite3_finalize(many);
    }
    must(sqlite3_exec(target, "COMMIT", nullptr, nullptr, nullptr), target);
    must(sqlite3_exec(target, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr), target);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    getrusage(RUSAGE_SELF, &after);
    fmt::print("{} {}\n", cpu_of(after) - cpu_of(before), wall);
    return 0;
}

// --- the bench -------------------------------------------------------------------------------------------------------------

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Cost median(const std::vector<Cost>& costs) {
    std::vector<double> cpu, wall, memory;
    for (const Cost& cost : costs) cpu.push_back(cost.cpu), wall.push_back(cost.wall), memory.push_back(cost.megabytes);
    return {median(cpu), median(wall), median(memory)};
}

struct Bench {
    fs::path self, program, generator, work;
    int runs = 5;

    [[nodiscard]] fs::path home(const std::string& name) const { return work / ("home-" + name); }

    /// A fresh client with two objectives, so that the audit has everything to do.
    void new_home(const std::string& name) const {
        fs::remove_all(home(name));
        run({program, "--home", home(name), "client", "new", "bench"});
        std::ofstream(home(name) / "clients/bench/profile.toml")
            << "name = \"Owner\"\ntimezone = \"UTC\"\nminutes_per_week = 240\n[identities]\nnames = [\"Owner Example\", \"Mira Example\"]\n"
               "[[objectives]]\nid = \"hr\"\ntext = \"ressources humaines et formation\"\n[[objectives]]\nid = \"data\"\ntext = \"data science\"\n";
    }
    Cost import(const std::string& name, const fs::path& exported, bool with_text) const {
        std::vector<std::string> words{program, "--home", home(name), "--quiet", "--no-input", "import", exported, "--json"};
        if (!with_text) words.push_back("--no-text");
        return run(words, work / "import.json");
    }
    Cost audit(const std::string& name) const { return run({program, "--home", home(name), "--as-of", "2026-10-31", "audit", "--json"}, work / "audit.json"); }

    fs::path generate(const std::string& kind, std::uint64_t messages, std::uint64_t groups) const {
        const fs::path folder = work / fmt::format("{}-{}", kind, messages);
        const fs::path answers = folder.string() + ".tsv";
        if (!fs::exists(answers)) {
            // A chat of WhatsApp has 1,024 people at most.
            run({generator, "--kind", kind, "--messages", std::to_string(messages), "--groups", std::to_string(groups), "--people",
                 kind == "whatsapp" ? "500" : "5000", "--out", folder}, work / "answers.new");
            fs::rename(work / "answers.new", answers);
        }
        return folder;
    }

    /// A Slack export as one ZIP of small day files, by bench/exports/slack.py.
    fs::path generate_slack(std::uint64_t records) const {
        const fs::path zip = work / fmt::format("slack-{}.zip", records);
        if (!fs::exists(zip)) {
            const fs::path fresh = zip.string() + ".new";
            run({"python3", "-c",
                 fmt::format("import sys; sys.path.insert(0, '{}'); import slack; slack.generate_zip('{}', {})", SECATEUR_SOURCE_DIR "/bench/exports",
                             fresh.string(), records)});
            fs::rename(fresh, zip);
        }
        return zip;
    }

    /// The stored result against the generator's answer; throws at the first difference.
    void verify(const std::string& name, const fs::path& exported) const {
        run({program, "--home", home(name), "--as-of", "2026-10-31", "groups", "--json"}, work / "groups.json");
        const std::string text = slurp(work / "groups.json");
        const secateur::JsonDocument json(text);
        std::map<std::string, std::string> stored;
        for (const auto group : json.root()["groups"]) {
            const auto mine = group["mine"]["activities"].integer().value_or(-1), others = group["others"]["activities"].integer().value_or(-1);
            stored[secateur::fold_name(group["key"].string())] = fmt::format("{} {} {}", mine + others, mine, group["others"]["authors"].integer().value_or(-1));
        }
        std::ifstream answers(exported.string() + ".tsv");
        std::size_t groups = 0;
        for (std::string line; std::getline(answers, line); ++groups) {
            const auto cells = secateur::split(line, '\t');
            const std::string key = secateur::fold_name(cells[0]), right = fmt::format("{} {} {}", cells[1], cells[2], cells[3]);
            if (stored[key] != right)
                throw std::runtime_error(fmt::format("{}: group {} holds (activities, mine, other authors) {}, not {}", exported.string(), key, stored[key], right));
        }
        if (groups != stored.size()) throw std::runtime_error(fmt::format("{}: {} groups stored, not {}", exported.string(), stored.size(), groups));
    }
};

struct Measured {
    Cost parse, insert, import, again, features, audit;
};

/// Import with everything on, and audit: what the growth from one size to another is measured on.
Measured measure_whole(const Bench& bench, std::uint64_t messages, std::uint64_t groups, int runs) {
    const fs::path exported = bench.generate("telegram", messages, groups);
    std::vector<Cost> features, audit;
    for (int i = 0; i < runs; ++i) {
        bench.new_home("full");
        features.push_back(bench.import("full", exported, true));
        if (i == 0) bench.verify("full", exported);
        audit.push_back(bench.audit("full"));
    }
    return {.features = median(features), .audit = median(audit)};
}

Measured measure(const Bench& bench, std::uint64_t messages, std::uint64_t groups, int runs) {
    const fs::path exported = bench.generate("telegram", messages, groups);
    const fs::path json = exported / "DataExport_2026-10-31/result.json";
    std::vector<Cost> parse, insert, import, again, features, audit;
    for (int i = 0; i < runs; ++i) {
        parse.push_back(run({bench.self, "--parse-only", json}));
        bench.new_home("plain");
        import.push_back(bench.import("plain", exported, false));
        again.push_back(bench.import("plain", exported, false));
        if (i == 0) bench.verify("plain", exported);
        run({bench.self, "--insert-only", bench.home("plain") / "clients/bench/secateur.db", bench.work / "insert.db"}, bench.work / "insert.txt");
        Cost writing;
        std::ifstream(bench.work / "insert.txt") >> writing.cpu >> writing.wall;
        insert.push_back(writing);
        bench.new_home("full");
        features.push_back(bench.import("full", exported, true));
        if (i == 0) bench.verify("full", exported);
        audit.push_back(bench.audit("full"));
    }
    return {median(parse), median(insert), median(import), median(again), median(features), median(audit)};
}

struct MeasuredSlack {
    Cost yardstick, insert, import;
};

MeasuredSlack measure_slack(const Bench& bench, std::uint64_t records) {
    const fs::path zip = bench.generate_slack(records);
    std::vector<Cost> yardstick, insert, import;
    for (int i = 0; i < bench.runs; ++i) {
        yardstick.push_back(run({bench.self, "--inflate-and-parse", zip}));
        bench.new_home("slack");
        import.push_back(bench.import("slack", zip, false));
        const std::string text = slurp(bench.work / "import.json");
        const secateur::JsonDocument json(text);
        const secateur::JsonValue totals = json.root()["totals"];
        const std::uint64_t found = totals["activities"].unsigned_integer().value_or(0) + totals["direct"].unsigned_integer().value_or(0);
        if (found != records) throw std::runtime_error(fmt::format("{}: {} activities, not {}", zip.string(), found, records));
        run({bench.self, "--insert-only", bench.home("slack") / "clients/bench/secateur.db", bench.work / "insert.db"}, bench.work / "insert.txt");
        Cost writing;
        std::ifstream(bench.work / "insert.txt") >> writing.cpu >> writing.wall;
        insert.push_back(writing);
    }
    return {median(yardstick), median(insert), median(import)};
}

void row(int goal, std::string_view what, double figure, double first, double strong, std::string_view unit = "") {
    fmt::print("| {} | {} | {:.2f}{} | {:g}{} | {:g}{} | {} |\n", goal, what, figure, unit, first, unit, strong, unit,
               figure <= strong ? "strong" : figure <= first ? "first" : "MISSED");
}

int main_bench(const Bench& bench, std::uint64_t messages, bool full) {
    const std::uint64_t groups = 400;
    fmt::print("Telegram, {} messages in {} groups, medians of {} runs taken in turn.\n\n", messages, groups, bench.runs);
    const Measured m = measure(bench, messages, groups, bench.runs);
    fmt::print("| step | CPU s | wall s | peak MB |\n|---|---|---|---|\n");
    for (const auto& [name, cost] : std::vector<std::pair<std::string_view, Cost>>{{"parse only (yardstick)", m.parse}, {"insert only (yardstick)", m.insert},
             {"import --no-text", m.import}, {"the same again", m.again}, {"import", m.features}, {"audit", m.audit}})
        fmt::print("| {} | {:.2f} | {:.2f} | {:.0f} |\n", name, cost.cpu, cost.wall, cost.megabytes);

    fmt::print("\n| # | ratio | reached | first | strong | |\n|---|---|---|---|---|---|\n");
    row(1, "import CPU / (parse + insert)", m.import.cpu / (m.parse.cpu + m.insert.cpu), 1.6, 1.3);
    row(2, "import wall / the larger of the two", m.import.wall / std::max(m.parse.wall, m.insert.wall), 1.8, 1.3);
    row(3, "peak resident memory of an import", std::max(m.import.megabytes, m.features.megabytes), 64, 32, " MB");
    row(4, "same file again / first import", m.again.cpu / m.import.cpu, 0.1, 0.05);
    fmt::print("| 7 | audit / import, {} activities | {:.2f} | | | the goal is set at 10^7: --full |\n", messages, m.audit.cpu / m.features.cpu);
    const std::uint64_t slack_records = std::min<std::uint64_t>(messages, 500'000);
    const MeasuredSlack slack = measure_slack(bench, slack_records);
    row(9, fmt::format("Slack ZIP of {} records / (inflate and parse + insert)", slack_records), slack.import.cpu / (slack.yardstick.cpu + slack.insert.cpu), 1.4, 1.2);
    row(3, "peak resident memory of the Slack import", slack.import.megabytes, 64, 32, " MB");
    row(11, "import / import --no-text", m.features.cpu / m.import.cpu, 2.0, 1.4);
    if (full) {
        const Measured small = measure_whole(bench, 100'000, groups, bench.runs), large = measure_whole(bench, 10'000'000, groups, 1);
        const auto exponent = [](const Cost& a, const Cost& b) { return std::log(b.cpu / a.cpu) / std::log(100.0); };
        row(3, "peak memory at 10^7 / at 10^5", large.features.megabytes / small.features.megabytes, 1.5, 1.5);
        row(7, "audit / import, 10^7 activities", large.audit.cpu / large.features.cpu, 0.25, 0.15);
        row(8, "growth exponent of the import, 10^5 to 10^7", exponent(small.features, large.features), 1.08, 1.05);
        row(8, "growth exponent of the audit, 10^5 to 10^7", exponent(small.audit, large.audit), 1.08, 1.05);
        fmt::print("\n10^7 messages: import {:.1f} CPU s, {:.0f} MB; audit {:.1f} CPU s, {:.0f} MB.\n", large.features.cpu, large.features.megabytes, large.audit.cpu, large.audit.megabytes);
    }

    fmt::print("\n| other formats | messages | CPU s | a second | peak MB |\n|---|---|---|---|---|\n");
    for (const std::string kind : {"whatsapp", "generic"}) {
        const std::uint64_t size = std::min<std::uint64_t>(messages, 200'000);
        const fs::path exported = bench.generate(kind, size, 20);
        std::vector<Cost> costs;
        for (int i = 0; i < bench.runs; ++i) {
            bench.new_home(kind);
            costs.push_back(bench.import(kind, exported, true));
            if (i == 0) bench.verify(kind, exported);
        }
        const Cost cost = median(costs);
        fmt::print("| {} | {} | {:.2f} | {:.0f} | {:.0f} |\n", kind, size, cost.cpu, static_cast<double>(size) / cost.cpu, cost.megabytes);
    }
    fmt::print("\nEvery stored result was the generator's.\n");
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        if (count == 3 && std::string_view(words[1]) == "--parse-only") return parse_only(words[2]);
        if (count == 3 && std::string_view(words[1]) == "--inflate-and-parse") return inflate_and_parse(words[2]);
        if (count == 4 && std::string_view(words[1]) == "--insert-only") return insert_only(words[2], words[3]);
        Bench bench;
        bench.self = fs::read_symlink("/proc/self/exe");
        bench.generator = bench.self.parent_path() / "generate_export";
        bench.program = bench.self.parent_path().parent_path() / "secateur";
        bench.work = fs::temp_directory_path() / "secateur-bench";
        std::uint64_t messages = 2'000'000;
        bool full = false;
        for (int i = 1; i < count; ++i) {
            const std::string_view word = words[i];
            if (word == "--help") {
                fmt::print("bench_goals [--messages N] [--runs N] [--full] [--program SECATEUR] [--work DIR]\n"
                           "Prints the goals of docs/performance.md and what is reached; --full also goes to 10^7 messages (6 GB of disk, half an hour).\n");
                return 0;
            }
            if (word == "--full")
                full = true;
            else if (i + 1 == count)
                throw std::runtime_error(fmt::format("{} needs a value", word));
            else if (word == "--program")
                bench.program = fs::absolute(words[++i]);
            else if (word == "--messages")
                messages = std::strtoull(words[++i], nullptr, 10);
            else if (word == "--runs")
                bench.runs = std::max(1, std::atoi(words[++i]));
            else if (word == "--work")
                bench.work = fs::absolute(words[++i]);
            else
                throw std::runtime_error(fmt::format("unknown option {}", word));
        }
        fs::create_directories(bench.work);
        return main_bench(bench, messages, full);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_goals: {}\n", error.what());
        return 1;
    }
}
