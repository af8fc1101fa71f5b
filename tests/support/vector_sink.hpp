// SPDX-License-Identifier: GPL-3.0-or-later
// A sink that keeps everything a connector says, for tests that ask what was read. Checks nothing by itself.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "connectors/connector.hpp"

namespace secateur::test {

struct VectorSink final : RecordSink {
    struct Accepted {
        Record record;
        Location where;
    };
    struct Rejected {
        Problem problem;
        std::string raw;
    };
    struct Warning {
        std::string code;
        Message message;
        Location where;
    };

    std::vector<Accepted> accepted;
    std::vector<Rejected> rejected;
    std::map<std::string, std::uint64_t, std::less<>> ignored;
    std::vector<KnownRun> skipped;
    std::vector<Warning> warnings;
    std::vector<Message> lacks;
    std::optional<std::size_t> stop_after;  // accepted records after which the sink asks to stop
    std::size_t calls_after_stop = 0;       // records pushed although a stop was asked for

    Flow accept(Record record, const Location& where) override {
        if (stop_after && accepted.size() >= *stop_after) ++calls_after_stop;
        accepted.push_back({std::move(record), where});
        return flow();
    }
    Flow reject(Problem problem, std::string_view raw) override {
        if (stop_after && accepted.size() >= *stop_after) ++calls_after_stop;
        rejected.push_back({std::move(problem), std::string(raw)});
        return flow();
    }
    void ignore(std::string_view reason, std::uint64_t count) override { ignored[std::string(reason)] += count; }
    Flow skip(const KnownRun& run) override {
        skipped.push_back(run);
        return flow();
    }
    void warn(std::string_view code, Message message, const Location& where) override {
        warnings.push_back({std::string(code), std::move(message), where});
    }
    void lack(Message message) override { lacks.push_back(std::move(message)); }

    /// Every accepted record of one type, in the order it came.
    template <class T>
    [[nodiscard]] std::vector<T> all() const {
        std::vector<T> found;
        for (const Accepted& each : accepted)
            if (const T* record = std::get_if<T>(&each.record)) found.push_back(*record);
        return found;
    }
    template <class T>
    [[nodiscard]] std::size_t count() const {
        std::size_t found = 0;
        for (const Accepted& each : accepted) found += std::holds_alternative<T>(each.record) ? 1 : 0;
        return found;
    }
    /// The first record of that type for which `wanted` holds; null when there is none.
    template <class T, class Wanted>
    [[nodiscard]] const T* find(Wanted wanted) const {
        for (const Accepted& each : accepted)
            if (const T* record = std::get_if<T>(&each.record); record != nullptr && wanted(*record)) return record;
        return nullptr;
    }
    [[nodiscard]] const Activity* activity(std::string_view group, std::string_view native_id) const {
        return find<Activity>([&](const Activity& each) { return each.group == group && each.native_id == native_id; });
    }
    [[nodiscard]] const Group* group(std::string_view key) const {
        return find<Group>([&](const Group& each) { return each.key == key; });
    }
    [[nodiscard]] const Coverage* coverage(std::string_view group_key) const {
        return find<Coverage>([&](const Coverage& each) { return each.group == group_key; });
    }
    [[nodiscard]] std::uint64_t ignored_for(std::string_view reason) const {
        const auto found = ignored.find(reason);
        return found == ignored.end() ? 0 : found->second;
    }
    [[nodiscard]] bool warned(std::string_view code) const {
        for (const Warning& each : warnings)
            if (each.code == code) return true;
        return false;
    }
    [[nodiscard]] bool lacks_id(std::string_view id) const {
        for (const Message& each : lacks)
            if (each.id == id) return true;
        return false;
    }

private:
    [[nodiscard]] Flow flow() const { return stop_after && accepted.size() >= *stop_after ? Flow::stop : Flow::proceed; }
};

/// What one reading gave: who the owner is, when the export was made, and everything that was pushed.
struct Reading {
    Owner owner;
    std::optional<Instant> exported_at;
    VectorSink sink;
};

/// Opens and reads a source whole. Throws what the connector throws.
inline Reading read_source(const Connector& connector, const Source& source, const ReadContext& context = {}) {
    Reading reading;
    const auto stream = connector.open(source, context);
    reading.owner = stream->owner();
    reading.exported_at = stream->exported_at();
    stream->read_into(reading.sink);
    return reading;
}

}  // namespace secateur::test
