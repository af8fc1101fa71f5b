// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of a connector. It answers three questions in order: is this mine (detect), is it whole enough to start (open),
// what is in it (read_into). It translates; it does not judge, merge, deduplicate or invent, and never sees the database.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"
#include "model/record.hpp"

namespace secateur {

struct ConnectorInfo {
    std::string_view name;      // stable key and folder name: "telegram"; also the platform of its records, unless `platform` says otherwise
    int version;                // raised whenever the same input may yield different records
    std::string_view title;     // "Telegram Desktop export (JSON)"
    std::string_view message;   // id of the message that says in one line what it recognises
    std::string_view how_to;    // id of the message that says how to get this export
    std::string_view platform = {};  // where several connectors read one platform: who she is in one export tells who she is in the other

    [[nodiscard]] std::string_view platform_name() const noexcept { return platform.empty() ? name : platform; }
};

enum class Confidence { possible, likely, certain };
struct Match {
    Confidence confidence = Confidence::possible;
    Message evidence;  // "has messages/index.json": shown to the user
};

/// Who the person is, from the profile and `--me`. All are compared after base/text fold_name; phones by their digits.
struct Identities {
    std::vector<std::string> names;
    std::vector<std::string> handles;  // "@isa" with or without the sign
    std::vector<std::string> emails;
    std::vector<std::string> phones;
    std::vector<std::string> ids;      // native ids as the platform writes them
    /// `--me` was given: it alone decides, even against the evidence of the export.
    bool forced = false;

    [[nodiscard]] bool empty() const noexcept {
        return names.empty() && handles.empty() && emails.empty() && phones.empty() && ids.empty();
    }
    /// Whether a name, handle, address, phone number or id as a platform shows it is one of these.
    [[nodiscard]] bool match(std::string_view shown) const;
};

/// What ingest already holds of a stream, for connectors that can skip unchanged runs. Null at first.
struct KnownRun {
    std::string stream;
    std::uint64_t begin = 0, length = 0;
    std::string hash;
};
struct ResumeIndex {
    virtual ~ResumeIndex() = default;
    [[nodiscard]] virtual std::optional<KnownRun> known(std::string_view stream, std::uint64_t begin) const = 0;
};

struct ReadContext {
    Identities me;
    std::optional<Zone> zone;  // the profile's or --timezone; absent: local times stay local_unknown, read as UTC
    Date today{};              // for refusing times in the future; read once in cli
    std::vector<std::string> languages = {"fr", "en"};
    const ResumeIndex* resume = nullptr;
    /// Bytes read so far, for the progress bar; may be empty. Called at most every 64 KiB.
    std::function<void(std::uint64_t)> progress;
};

/// Somebody who could be the owner of the export, strongest first.
struct OwnerCandidate {
    Person person;
    std::uint64_t activities = 0;
    Message evidence;
};

/// Settled before the first record is emitted.
struct Owner {
    std::optional<Person> person;            // absent: unknown
    Message evidence;                        // why
    std::vector<OwnerCandidate> candidates;  // when unknown: whom to propose, at most ten
    bool from_export = false;  // the export itself says so (not the profile): checked against the client's identities
    /// Everybody the export shows as the owner: several names or ids of one person.
    std::vector<Person> also;
};

struct RecordSink {
    virtual ~RecordSink() = default;
    [[nodiscard]] virtual Flow accept(Record record, const Location& where) = 0;
    [[nodiscard]] virtual Flow reject(Problem problem, std::string_view raw) = 0;  // raw dies after the call
    /// No record by its format: a drafts row, a service line of no use. `reason` is short and stable ("service_message").
    virtual void ignore(std::string_view reason, std::uint64_t count = 1) = 0;
    [[nodiscard]] virtual Flow skip(const KnownRun& run) = 0;
    /// Something to tell the user that stops nothing: the date order that was chosen, a repaired file. `code` is stable.
    virtual void warn(std::string_view code, Message message, const Location& where) = 0;
    /// What this export cannot show, or was not asked for; and how to get it.
    virtual void lack(Message message) = 0;
};

struct RecordStream {
    virtual ~RecordStream() = default;
    /// Known as soon as open() returns.
    [[nodiscard]] virtual const Owner& owner() const = 0;
    /// The instant of the export, where something says so (manifest, file name, entry time); see contracts 6.
    [[nodiscard]] virtual std::optional<Instant> exported_at() const { return std::nullopt; }
    virtual void read_into(RecordSink& sink) = 0;
};

struct Connector {
    virtual ~Connector() = default;
    [[nodiscard]] virtual const ConnectorInfo& info() const noexcept = 0;
    /// Peeks: names first, then at most the head of three entries. Never throws for "not mine".
    [[nodiscard]] virtual std::optional<Match> detect(const Source& source) const = 0;
    /// Throws Error when the export cannot be read at all; nothing is stored then. The source outlives the stream.
    [[nodiscard]] virtual std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const = 0;
};

}  // namespace secateur
