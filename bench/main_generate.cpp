// SPDX-License-Identifier: GPL-3.0-or-later
// generate_export --kind telegram|whatsapp|generic --messages N --groups G [--people P] [--seed S] --out DIR
// Writes the export and, on standard output, what is in it: one line a group (key, activities, mine, other authors, first, last).
#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <string_view>

#include "bench/generate_export.hpp"

int main(int count, char** words) {
    using namespace secateur::bench;
    ExportShape shape;
    std::string out;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = words[i], value = words[i + 1];
        const auto number = [&] { return std::strtoull(words[i + 1], nullptr, 10); };
        if (name == "--kind")
            shape.kind = value == "whatsapp" ? ExportKind::whatsapp : value == "generic" ? ExportKind::generic : ExportKind::telegram;
        else if (name == "--messages")
            shape.messages = number();
        else if (name == "--groups")
            shape.groups = number();
        else if (name == "--people")
            shape.people = number();
        else if (name == "--seed")
            shape.seed = number();
        else if (name == "--out")
            out = value;
    }
    if (out.empty()) {
        fmt::print(stderr, "usage: generate_export --kind telegram|whatsapp|generic --messages N --groups G [--people P] [--seed S] --out DIR\n");
        return 2;
    }
    try {
        for (const GroupAnswer& answer : generate_export(shape, out))
            fmt::print("{}\t{}\t{}\t{}\t{}\t{}\n", answer.key, answer.activities, answer.mine, answer.others_authors, answer.first, answer.last);
    } catch (const std::exception& error) {
        fmt::print(stderr, "generate_export: {}\n", error.what());
        return 1;
    }
}
