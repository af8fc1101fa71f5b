// SPDX-License-Identifier: GPL-3.0-or-later
// An export held in memory: path and bytes of each entry. Lets connector tests run without a disk, and cut files at every byte.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.hpp"

namespace secateur::test {

class MemorySource final : public Source {
public:
    /// `label` is what the user would have given; its last component without an archive or file ending is the stem.
    MemorySource(std::string label, std::map<std::string, std::string> files, std::optional<Instant> modified = std::nullopt)
        : files_(std::move(files)), label_(std::move(label)), modified_(modified) {
        for (const auto& [path, bytes] : files_)
            entries_.push_back({.path = path, .size = bytes.size(), .modified = modified_, .part = 0});
    }

    [[nodiscard]] SourceKind kind() const noexcept override { return SourceKind::folder; }
    [[nodiscard]] const std::string& label() const noexcept override { return label_; }
    [[nodiscard]] std::string stem() const override {
        std::string name = label_.substr(label_.rfind('/') + 1);
        for (const std::string_view ending : {".tar.gz", ".zip", ".json", ".txt", ".csv"})
            if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
        return name;
    }
    [[nodiscard]] const std::vector<Entry>& entries() const override { return entries_; }
    [[nodiscard]] const std::vector<Problem>& notices() const override { return notices_; }
    [[nodiscard]] std::unique_ptr<ByteStream> open(const Entry& entry) const override {
        return memory_stream(files_.at(entry.path));
    }
    void for_each(const std::function<bool(const Entry&)>& wanted,
                  const std::function<Flow(const Entry&, ByteStream&)>& visit) const override {
        for (const Entry& entry : entries_) {
            if (!wanted(entry)) continue;
            const auto stream = open(entry);
            if (visit(entry, *stream) == Flow::stop) return;
        }
    }
    [[nodiscard]] std::string_view head(const Entry& entry) const override {
        return std::string_view(files_.at(entry.path)).substr(0, std::size_t{64} << 10);
    }
    [[nodiscard]] std::uint64_t bytes_on_disk() const override {
        std::uint64_t sum = 0;
        for (const auto& [path, bytes] : files_) sum += bytes.size();
        return sum;
    }
    [[nodiscard]] std::optional<Instant> newest_modification() const override { return modified_; }

private:
    std::map<std::string, std::string> files_;
    std::string label_;
    std::optional<Instant> modified_;
    std::vector<Entry> entries_;
    std::vector<Problem> notices_;
};

}  // namespace secateur::test
