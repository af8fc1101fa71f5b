// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded exports of any size, with the right answer beside: what a correct import must find. The same seed gives the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace secateur::bench {

enum class ExportKind { telegram, whatsapp, generic };

struct ExportShape {
    ExportKind kind = ExportKind::telegram;
    std::uint64_t messages = 100'000;
    std::uint64_t groups = 40;
    std::uint64_t people = 5'000;
    std::uint64_t seed = 1;
    double mine = 0.02;  // share of the messages that the owner wrote
};

struct GroupAnswer {
    std::string key;
    std::uint64_t activities = 0, mine = 0, others_authors = 0;
    std::int64_t first = 0, last = 0;  // unix seconds
};

/// Writes the export below `folder` and gives what is in it; throws std::runtime_error when the disk is full.
std::vector<GroupAnswer> generate_export(const ExportShape& shape, const std::filesystem::path& folder);

}  // namespace secateur::bench
