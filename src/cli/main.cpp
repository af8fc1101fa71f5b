// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "cli/program.hpp"

int main(int count, char** words) {
    std::signal(SIGPIPE, SIG_DFL);  // `secateur groups | head` ends quietly
    std::ios::sync_with_stdio(false);
    // Without TZ the C library looks the zone's file up again for every entry of a ZIP; this is the same zone, looked up once.
    setenv("TZ", ":/etc/localtime", 0);
    secateur::cli::Environment environment;
    environment.in = &std::cin;
    environment.out = &std::cout;
    environment.err = &std::cerr;
    environment.in_is_terminal = isatty(STDIN_FILENO) != 0;
    environment.out_is_terminal = isatty(STDOUT_FILENO) != 0;
    environment.err_is_terminal = isatty(STDERR_FILENO) != 0;
    environment.variable = [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    std::error_code unknown;
    environment.program_folder = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
    if (winsize size{}; environment.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        environment.columns = size.ws_col;
    // The only clock of the program: the local calendar day, for "as of today".
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    environment.today = std::chrono::sys_days(std::chrono::year(local.tm_year + 1900) / std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)) /
                                              std::chrono::day(static_cast<unsigned>(local.tm_mday)));
    const int code = secateur::cli::run_program({words + 1, words + count}, environment);
    std::cout.flush();
    return std::cout ? code : 1;
}
