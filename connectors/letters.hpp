// SPDX-License-Identifier: GPL-3.0-or-later
// What mail and Usenet share beyond one letter: going through all files of a source, dating a letter, making a post of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/mbox.hpp"
#include "connectors/mime.hpp"

namespace secateur {

enum class LetterForm : std::uint8_t { mbox, letter };  // many in a file, or one
struct LetterFile {
    Entry entry;
    LetterForm form = LetterForm::mbox;
};

/// `file` is the place in the list that was given.
struct LetterVisitor {
    virtual ~LetterVisitor() = default;
    virtual Flow on_letter(std::size_t file, const MboxLetter& letter) = 0;
    /// Text that is no letter: what stands before the first one, or a file of something else.
    virtual Flow on_text(std::size_t file, const MboxLetter& text) = 0;
    /// A packed file that is damaged; the others are read all the same.
    virtual Flow on_trouble(std::size_t file, const Problem& problem) = 0;
};
/// Visits every letter, at most `limit` bytes of each. `progress` hears of the bytes read so far.
Flow visit_letters(const Source& source, const std::vector<LetterFile>& files, std::size_t limit,
                   const std::function<void(std::uint64_t)>& progress, LetterVisitor& visitor);

/// Only what stands above the first blank line.
[[nodiscard]] std::string_view headers_of(std::string_view letter) noexcept;
/// Whether an entry is gzip by its name.
[[nodiscard]] bool is_packed(const Entry& entry);
/// The head of an entry, unpacked where need be.
[[nodiscard]] std::string plain_head(const Source& source, const Entry& entry);

/// Of Usenet: it names newsgroups, and either a news server passed it on or no list and no mailbox did.
[[nodiscard]] bool is_article(const Letter& letter) noexcept;

struct Moment {
    std::optional<When> when;
    bool is_future = false;  // dated, but after `today`
};
/// Its date, else the From_ line's; nothing from before mail was.
[[nodiscard]] Moment moment_of(const Letter& letter, std::string_view from_line, const ReadContext& context);

/// Post, reply, share or reaction, with the writer's own words; group and author are the caller's.
[[nodiscard]] Activity post_of(const Letter& letter, const std::optional<When>& when);

}  // namespace secateur
