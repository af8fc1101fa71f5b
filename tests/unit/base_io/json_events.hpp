// SPDX-License-Identifier: GPL-3.0-or-later
// Reads JSON in a test and writes down every event as one line of text, so that cases compare as plain tables.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_stream.hpp"

namespace secateur::test {

/// Hands out at most `step` bytes a call, as a slow disk would.
class SlowStream final : public ByteStream {
public:
    SlowStream(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}
    std::size_t read(std::span<char> buffer) override {
        const std::size_t count = std::min({buffer.size(), rest_.size(), step_});
        std::memcpy(buffer.data(), rest_.data(), count);
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
    std::size_t step_;
};

class EventLog final : public JsonHandler {
public:
    explicit EventLog(std::string_view document) : document_(document) {}

    Flow on_value(std::size_t pattern, std::string_view key, JsonValue value, const Location& where) override {
        std::string line = std::to_string(pattern);
        if (!key.empty()) line += " " + std::string(key);
        lines.push_back(line + " = " + value.text());
        records.push_back(where.record.value_or(0));
        // What the place says must be the value itself.
        sources.emplace_back(document_.substr(where.offset.value_or(0), where.length.value_or(0)));
        return lines.size() >= stop_after ? Flow::stop : Flow::proceed;
    }
    Flow on_begin(std::size_t pattern, const Location& where) override {
        lines.push_back(std::to_string(pattern) + " begins with " + std::string(document_.substr(where.offset.value_or(0), 1)));
        return lines.size() >= stop_after ? Flow::stop : Flow::proceed;
    }
    Flow on_end(std::size_t pattern) override {
        lines.push_back(std::to_string(pattern) + " ends");
        return lines.size() >= stop_after ? Flow::stop : Flow::proceed;
    }

    std::vector<std::string> lines;
    std::vector<std::uint64_t> records;
    std::vector<std::string> sources;
    std::size_t stop_after = static_cast<std::size_t>(-1);

private:
    std::string_view document_;
};

struct Reading {
    JsonOutcome outcome;
    std::vector<std::string> lines;
    std::vector<std::uint64_t> records;
    std::vector<std::string> sources;
};

inline Reading read_events(std::string_view document, const std::vector<JsonPattern>& patterns, const JsonOptions& options = {},
                           std::size_t step = static_cast<std::size_t>(-1)) {
    SlowStream stream(document, step);
    EventLog log(document);
    Reading reading;
    reading.outcome = read_json(stream, "result.json", patterns, log, options);
    reading.lines = log.lines;
    reading.records = log.records;
    reading.sources = log.sources;
    return reading;
}

inline JsonPattern value_at(std::string_view path) { return {JsonPattern::value, path}; }
inline JsonPattern scope_at(std::string_view path) { return {JsonPattern::scope, path}; }

}  // namespace secateur::test
