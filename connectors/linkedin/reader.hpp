// SPDX-License-Identifier: GPL-3.0-or-later
// The stream of records: what I did in groups by number and outside them, conversations, groups by name; then what this archive
// cannot tell.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/linkedin/file_pass.hpp"
#include "connectors/linkedin/owner.hpp"
#include "connectors/linkedin/survey.hpp"

namespace secateur::linkedin {

class Reader final : public RecordStream {
public:
    /// The source outlives the reader.
    Reader(const Source& source, const ReadContext& context, Layout layout);

    [[nodiscard]] const Owner& owner() const override { return me_.owner; }
    [[nodiscard]] std::optional<Instant> exported_at() const override { return exported_at_; }
    void read_into(RecordSink& sink) override;

private:
    /// What was seen of a group, for its coverage and for the question about its name.
    struct GroupUse {
        bool is_named = false;
        bool is_listed = false;  // in the advertising file
        std::uint64_t acts = 0, light = 0;
    };

    void read_file(const SurveyedFile& file);
    void read_shares(FilePass& pass);
    void read_links(FilePass& pass, ActivityKind kind);
    void read_messages(FilePass& pass);
    void read_advertising(FilePass& pass);
    void read_group_file(FilePass& pass, ActivityKind kind);

    void tell_account();
    void tell_group(FilePass& pass, const Target& target);
    void tell_named_group(FilePass& pass, const std::string& name);
    void count_use(const std::string& key, ActivityKind kind);
    void tell_conversation(FilePass& pass, const std::string& id, const Conversation& conversation);
    void tell_coverage();
    void tell_unnamed_groups();
    void tell_files();
    void tell_lacks();
    [[nodiscard]] std::vector<const FileSpec*> missing_files() const;
    [[nodiscard]] std::string natural_key(const Activity& activity, const Target& target);
    void send(Record record);

    const Source& source_;
    ReadContext context_;
    Layout layout_;
    Survey survey_;
    Me me_;
    std::optional<Instant> exported_at_;

    RecordSink* sink_ = nullptr;  // during read_into
    bool stopped_ = false;
    std::map<std::string, GroupUse> groups_;
    std::set<std::string> told_conversations_;
    std::unordered_map<std::uint64_t, std::uint32_t> equal_rows_;  // by the hash of their key
    std::uint64_t unzoned_times_ = 0, bytes_read_ = 0;
};

}  // namespace secateur::linkedin
