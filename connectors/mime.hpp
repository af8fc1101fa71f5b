// SPDX-License-Identifier: GPL-3.0-or-later
// One letter (RFC 5322, MIME) from its bytes to a plain value: the only place that knows GMime. Bounded in parts, depth and size;
// whatever the bytes are, something comes out of them and all of it is valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace secateur {

struct Mailbox {
    std::string name;
    std::string address;  // in lower case; empty where none can be read
    bool operator==(const Mailbox&) const = default;
};

struct LetterTime {
    Instant at{};
    TimeBasis basis = TimeBasis::offset;
};

struct Letter {
    std::string id;      // Message-ID without <>
    std::string parent;  // what it answers: the last id of In-Reply-To, else of References
    std::string subject;
    Mailbox from;
    std::vector<Mailbox> reply_to, to, cc;
    std::optional<LetterTime> date;  // of Date, else of the last Received

    std::string text;                 // its own words
    std::uint32_t quoted_lines = 0;   // of others, not in `text`
    std::uint32_t attachments = 0;
    std::vector<std::string> links;   // of HTML, besides those in the text
    std::vector<std::string> digest;  // the letters that a digest joins, as bytes
    bool is_digest = false;           // joins letters, whether they could be taken apart or not
    bool is_reaction = false;         // one emoji sent by Gmail in answer to a letter

    /// The decoded value of a header, the first of that name; empty when it is not there.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept;

    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, at most 200
};

enum class LetterParts { headers, whole };
/// Nothing when there is not one header.
[[nodiscard]] std::optional<Letter> parse_letter(std::string_view bytes, LetterParts parts = LetterParts::whole);

/// The mailboxes of a header such as From: "Anna <anna@example.org>, \"B, C\" <b@example.org>".
[[nodiscard]] std::vector<Mailbox> parse_mailboxes(std::string_view value);
/// Addresses that an archive masked: "anna at example.org", "anna(a)example.org", "anna_at_example.org" with an "@" again.
[[nodiscard]] std::string unmask_address(std::string_view value);

}  // namespace secateur
