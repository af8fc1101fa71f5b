// SPDX-License-Identifier: GPL-3.0-or-later
// What every command needs, made from the global options: language, home, client, date, profile, store, and the streams.
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "base/messages.hpp"
#include "base/time.hpp"
#include "cli/command.hpp"
#include "cli/environment.hpp"
#include "cli/home.hpp"
#include "model/audit_report.hpp"
#include "model/profile.hpp"
#include "store/store.hpp"
#include "text/word_data.hpp"

namespace secateur::cli {

class Session {
public:
    Session(const Environment& environment, const Arguments& arguments);
    ~Session();

    [[nodiscard]] const Environment& environment() const noexcept { return environment_; }
    [[nodiscard]] Language language();
    [[nodiscard]] bool json() const noexcept { return json_; }
    [[nodiscard]] bool quiet() const noexcept { return quiet_; }
    [[nodiscard]] Date as_of() const noexcept { return as_of_; }
    /// A question may be asked: a terminal on both sides, and no --no-input.
    [[nodiscard]] bool may_ask() const noexcept;
    [[nodiscard]] bool colour() const;  // of standard output: a terminal, and no NO_COLOR

    [[nodiscard]] const Home& home() const noexcept { return home_; }
    /// The client's name: `--client`, else the only one. Throws Error(usage) when there are several, or none and `create` is false.
    enum class IfNone { refuse, create };
    [[nodiscard]] const std::string& client(IfNone if_none = IfNone::refuse);
    [[nodiscard]] bool has_client();
    /// A command of this program as it can be pasted into a shell, with `--client` where there is more than one.
    [[nodiscard]] std::string command(std::string_view words);
    [[nodiscard]] std::filesystem::path profile_path();
    [[nodiscard]] const Profile& profile();
    void save(const Profile& profile);
    [[nodiscard]] Store& store(IfNone if_none = IfNone::refuse);
    /// The dictionary and the word vectors: of $SECATEUR_DATA, else of `data` in the home, else of those beside the program
    /// (build/data, share/secateur), the first folder that has any. Empty where there are none.
    [[nodiscard]] const WordData& words();
    [[nodiscard]] Zone zone();  // the profile's, else UTC
    [[nodiscard]] AuditReport audit();

    [[nodiscard]] std::ostream& out() const { return *environment_.out; }
    [[nodiscard]] std::ostream& err() const { return *environment_.err; }
    [[nodiscard]] std::string text(const Message& message) { return render(message, language()); }
    /// The same, line by line.
    [[nodiscard]] std::vector<std::string> lines(const Message& message) { return lines_of(text(message)); }
    [[nodiscard]] static std::vector<std::string> lines_of(const std::string& text);
    /// A line for a person on standard output, made harmless for a terminal.
    void say(const Message& message);
    /// The same below a heading: indented and, on a terminal, broken at spaces to its width.
    void say_below(const Message& message, std::size_t indent = 2);
    /// One line, made harmless and broken at spaces likewise; what goes on stands `further` in.
    void put(std::string_view text, std::size_t indent = 0, std::size_t further = 2);
    /// A line on standard error, left out with --quiet.
    void tell(const Message& message);
    void tell(const Problem& problem);
    /// Asks on the terminal; nothing at the end of the input.
    [[nodiscard]] std::optional<std::string> ask(const Message& question);

    /// The one group that an id or a unique part of a name means; else Error(usage) with candidates (contracts 7).
    [[nodiscard]] GroupListing find_group(const std::string& words);

private:
    const Environment& environment_;
    std::optional<Language> asked_language_;
    std::optional<Language> language_;
    bool json_ = false, quiet_ = false, no_input_ = false;
    std::optional<std::string> asked_client_;
    Date as_of_{};
    Home home_;
    std::optional<std::string> client_;
    std::optional<Profile> profile_;
    std::unique_ptr<Store> store_;
    std::optional<WordData> words_;
};

/// Every commands/*.cpp defines its own; the table in command.cpp names them.
int run_init(Session&, const Arguments&);
int run_import(Session&, const Arguments&);
int run_add(Session&, const Arguments&);
int run_audit(Session&, const Arguments&);
int run_show(Session&, const Arguments&);
int run_report(Session&, const Arguments&);
int run_groups(Session&, const Arguments&);
int run_habits(Session&, const Arguments&);
int run_accounts(Session&, const Arguments&);
int run_overlap(Session&, const Arguments&);
int run_people(Session&, const Arguments&);
int run_followups(Session&, const Arguments&);
int run_sources(Session&, const Arguments&);
int run_answer(Session&, const Arguments&);
int run_quarantine(Session&, const Arguments&);
int run_template(Session&, const Arguments&);
int run_connectors(Session&, const Arguments&);
int run_client(Session&, const Arguments&);
int run_objective(Session&, const Arguments&);
int run_doctor(Session&, const Arguments&);
int run_backtest(Session&, const Arguments&);
int run_plan(Session&, const Arguments&);
int run_export(Session&, const Arguments&);
int run_decisions(Session&, const Arguments&);
int run_explain(Session&, const Arguments&);
int run_help(Session&, const Arguments&);
/// `secateur` alone: where things stand and the one next step.
int run_status(Session&);

}  // namespace secateur::cli
