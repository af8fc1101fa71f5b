// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/encode.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_stream.hpp"

namespace secateur {
namespace {

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    out += '"';
}

void write(std::string& out, const Message& message) {
    out += "{\"id\":";
    write_string(out, message.id);
    out += ",\"args\":[";
    for (std::size_t i = 0; i < message.arguments.size(); ++i) {
        const Argument& each = message.arguments[i];
        if (i > 0) out += ',';
        out += "{\"name\":";
        write_string(out, each.name);
        if (const auto* text = std::get_if<std::string>(&each.value)) {
            out += ",\"text\":";
            write_string(out, *text);
        } else if (const auto* integer = std::get_if<std::int64_t>(&each.value)) {
            fmt::format_to(std::back_inserter(out), ",\"integer\":{}", *integer);
        } else if (const auto* real = std::get_if<double>(&each.value)) {
            fmt::format_to(std::back_inserter(out), ",\"real\":{}", *real);
        } else {
            fmt::format_to(std::back_inserter(out), ",\"day\":{}", std::get<Day>(each.value).time_since_epoch().count());
        }
        out += '}';
    }
    out += "]}";
}

Message read_message(JsonValue value) {
    Message message{.id = std::string(value["id"].string()), .arguments = {}};
    for (const JsonValue each : value["args"]) {
        Argument argument{.name = std::string(each["name"].string()), .value = std::string(each["text"].string())};
        if (const auto integer = each["integer"].integer()) argument.value = *integer;
        else if (const auto real = each["real"].number()) argument.value = *real;
        else if (const auto day = each["day"].integer()) argument.value = Day{std::chrono::days{*day}};
        message.arguments.push_back(std::move(argument));
    }
    return message;
}

void write_number(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>(0x80U | (value & 0x7FU));
        value >>= 7U;
    }
    out += static_cast<char>(value);
}

std::size_t shared_bytes(std::string_view before, std::string_view token) {
    const std::size_t most = std::min(before.size(), token.size());
    std::size_t shared = 0;
    while (shared < most && before[shared] == token[shared]) ++shared;
    return shared;
}

bool read_number(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

}  // namespace

std::string encode(const Message& message) {
    std::string out;
    if (!message.empty()) write(out, message);
    return out;
}

std::string encode(const std::vector<Message>& messages) {
    std::string out = "[";
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (i > 0) out += ',';
        write(out, messages[i]);
    }
    return out + ']';
}

std::string encode(const std::vector<Warning>& warnings) {
    std::string out = "[";
    for (std::size_t i = 0; i < warnings.size(); ++i) {
        const Warning& each = warnings[i];
        if (i > 0) out += ',';
        out += "{\"code\":";
        write_string(out, each.code);
        out += ",\"message\":";
        write(out, each.message);
        out += ",\"entry\":";
        write_string(out, each.where.entry);
        const auto number = [&](std::string_view name, const std::optional<std::uint64_t>& value) {
            if (value) fmt::format_to(std::back_inserter(out), ",\"{}\":{}", name, *value);
        };
        number("line", each.where.line);
        number("record", each.where.record);
        number("offset", each.where.offset);
        number("length", each.where.length);
        out += '}';
    }
    return out + ']';
}

std::string encode(const SourceCounts& counts) {
    std::string out = fmt::format(
        R"({{"read":{},"accepted":{},"added":{},"updated":{},"duplicates":{},"quarantined":{},"groups":{},"memberships":{},"contacts":{},)"
        R"("activities":{},"mine":{},"unattributed":{},"direct":{},"coverage":)",
        counts.read, counts.accepted, counts.added, counts.updated, counts.duplicates, counts.quarantined, counts.groups, counts.memberships,
        counts.contacts, counts.activities, counts.mine, counts.unattributed, counts.direct);
    write_string(out, counts.coverage);
    if (counts.first) fmt::format_to(std::back_inserter(out), ",\"first\":{}", counts.first->time_since_epoch().count());
    if (counts.last) fmt::format_to(std::back_inserter(out), ",\"last\":{}", counts.last->time_since_epoch().count());
    out += ",\"ignored\":{";
    bool first = true;
    for (const auto& [reason, count] : counts.ignored) {
        if (!first) out += ',';
        first = false;
        write_string(out, reason);
        fmt::format_to(std::back_inserter(out), ":{}", count);
    }
    return out + "}}";
}

Message decode_message(std::string_view text) {
    if (text.empty()) return {};
    return read_message(JsonDocument(text).root());
}

std::vector<Message> decode_messages(std::string_view text) {
    std::vector<Message> messages;
    const JsonDocument document(text);
    for (const JsonValue each : document.root()) messages.push_back(read_message(each));
    return messages;
}

std::vector<Warning> decode_warnings(std::string_view text) {
    std::vector<Warning> warnings;
    const JsonDocument document(text);
    for (const JsonValue each : document.root())
        warnings.push_back({.code = std::string(each["code"].string()),
                            .message = read_message(each["message"]),
                            .where = {.entry = std::string(each["entry"].string()),
                                      .line = each["line"].unsigned_integer(),
                                      .record = each["record"].unsigned_integer(),
                                      .offset = each["offset"].unsigned_integer(),
                                      .length = each["length"].unsigned_integer()}});
    return warnings;
}

SourceCounts decode_counts(std::string_view text) {
    const JsonDocument document(text);
    const JsonValue root = document.root();
    const auto number = [&](std::string_view name) { return root[name].unsigned_integer().value_or(0); };
    const auto instant = [&](std::string_view name) -> std::optional<Instant> {
        const auto seconds = root[name].integer();
        return seconds ? std::optional(Instant{std::chrono::seconds{*seconds}}) : std::nullopt;
    };
    SourceCounts counts{.read = number("read"), .accepted = number("accepted"), .added = number("added"), .updated = number("updated"),
                        .duplicates = number("duplicates"), .quarantined = number("quarantined"), .ignored = {}, .groups = number("groups"),
                        .memberships = number("memberships"), .contacts = number("contacts"), .activities = number("activities"),
                        .mine = number("mine"), .unattributed = number("unattributed"), .direct = number("direct"), .first = instant("first"),
                        .last = instant("last"), .coverage = std::string(root["coverage"].string())};
    for (const JsonValue each : root["ignored"]) counts.ignored[std::string(each.key())] = each.unsigned_integer().value_or(0);
    return counts;
}

void append_term(std::string& blob, std::string_view before, const TermCount& term) {
    const auto& [token, count] = term;
    const std::size_t shared = shared_bytes(before, token);
    write_number(blob, shared);
    write_number(blob, token.size() - shared);
    blob.append(token.substr(shared));
    write_number(blob, count);
}

std::string encode_terms(std::span<const TermCount> sorted) {
    std::size_t most = 0;
    for (const TermCount& each : sorted) most += each.first.size() + 15;
    std::string blob(most, '\0');
    char* to = blob.data();
    const auto number = [&](std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) *to++ = static_cast<char>(0x80U | (value & 0x7FU));
        *to++ = static_cast<char>(value);
    };
    std::string_view before;
    for (const auto& [token, count] : sorted) {
        const std::size_t shared = shared_bytes(before, token);
        number(shared);
        number(token.size() - shared);
        for (std::size_t i = shared; i < token.size(); ++i) *to++ = token[i];
        number(count);
        before = token;
    }
    blob.resize(static_cast<std::size_t>(to - blob.data()));
    return blob;
}

bool decode_terms(std::string_view blob, const std::function<void(std::string_view, std::uint32_t)>& visit) {
    std::string token;
    while (!blob.empty()) {
        std::uint64_t shared = 0, rest = 0, count = 0;
        if (!read_number(blob, shared) || !read_number(blob, rest) || shared > token.size() || rest > blob.size()) return false;
        token.resize(shared);
        token.append(blob.substr(0, rest));
        blob.remove_prefix(rest);
        if (!read_number(blob, count)) return false;
        visit(token, static_cast<std::uint32_t>(std::min<std::uint64_t>(count, UINT32_MAX)));
    }
    return true;
}

std::string merge_terms(std::string_view blob, std::span<const TermCount> sorted) {
    std::string merged, before;
    auto next = sorted.begin();
    const auto push = [&](std::string_view token, std::uint32_t count) {
        append_term(merged, before, {token, count});
        before = token;
    };
    decode_terms(blob, [&](std::string_view token, std::uint32_t count) {
        for (; next != sorted.end() && next->first < token; ++next) push(next->first, next->second);
        if (next != sorted.end() && next->first == token) count += (next++)->second;
        push(token, count);
    });
    for (; next != sorted.end(); ++next) push(next->first, next->second);
    return merged;
}

}  // namespace secateur
