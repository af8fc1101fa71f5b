// SPDX-License-Identifier: GPL-3.0-or-later
// What a source shows, as plain lists of text for comparing.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/source.hpp"

namespace secateur::test {

inline std::vector<std::string> paths_of(const Source& source) {
    std::vector<std::string> paths;
    for (const Entry& entry : source.entries()) paths.push_back(entry.path);
    return paths;
}

/// "path: message id" of every notice.
inline std::vector<std::string> notices_of(const Source& source) {
    std::vector<std::string> lines;
    for (const Problem& notice : source.notices()) lines.push_back(notice.where.entry + ": " + notice.reason.id);
    return lines;
}

inline std::string content_of(const Source& source, std::string_view path) {
    for (const Entry& entry : source.entries()) {
        if (entry.path == path) return read_all(*source.open(entry), std::uint64_t{1} << 30U, entry.path);
    }
    ADD_FAILURE() << "no entry " << path;
    return {};
}

/// The id of the Error's reason; "" when nothing is thrown.
template <class Action>
std::string refusal_of(const Action& action) {
    try {
        (void)action();
    } catch (const Error& error) {
        return error.problem().reason.id;
    }
    return {};
}

}  // namespace secateur::test
