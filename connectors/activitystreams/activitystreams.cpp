// SPDX-License-Identifier: GPL-3.0-or-later
// A plain ActivityStreams 2.0 file: an outbox, a collection, a list, or one activity a line. See format.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "connectors/activitystreams/activity_reader.hpp"
#include "connectors/activitystreams/document.hpp"
#include "connectors/connector.hpp"
#include "connectors/progress.hpp"
#include "connectors/support.hpp"

namespace secateur {
namespace activitystreams {
namespace {

constexpr std::size_t most_candidates = 10;

Owner settle_owner(const Findings& findings, const Identities& identities) {
    Owner owner;
    const auto matches = [&](const std::pair<const std::string, Actor>& each) {
        return identities.match(each.first) || identities.match(each.second.name) || identities.match(actor_handle(each.first));
    };
    const bool is_outbox = findings.actors.size() == 1 && !findings.is_passed_on;
    if (is_outbox && (!identities.forced || matches(*findings.actors.begin()))) {
        const auto& [key, actor] = *findings.actors.begin();
        owner.person = Person{.key = key, .name = actor.name};
        owner.evidence = msg("activitystreams.owner_only", arg("name", actor.name));
        owner.from_export = !identities.forced;
        return owner;
    }
    const auto count = std::ranges::count_if(findings.actors, matches);
    if (count == 1) {  // two of one name are not guessed
        const auto& [key, actor] = *std::ranges::find_if(findings.actors, matches);
        owner.person = Person{.key = key, .name = actor.name};
        owner.evidence = msg("activitystreams.owner_profile", arg("name", actor.name));
        return owner;
    }
    for (const auto& [key, actor] : findings.actors)
        owner.candidates.push_back({.person = {.key = key, .name = actor.name}, .activities = actor.activities,
                                    .evidence = msg("activitystreams.candidate", arg("count", actor.activities))});
    std::ranges::stable_sort(owner.candidates, std::ranges::greater{}, &OwnerCandidate::activities);
    if (owner.candidates.size() > most_candidates) owner.candidates.resize(most_candidates);
    return owner;
}

class Stream final : public RecordStream {
public:
    Stream(const Source& source, const Entry& entry, Shape shape, const ReadContext& context)
        : source_(source),
          entry_(entry),
          shape_(shape),
          context_(context),
          findings_(survey(*source.open(entry), entry.path, shape)),
          owner_(settle_owner(findings_, context.me)),
          exported_at_(export_instant(source, context.zone)) {}

    const Owner& owner() const override { return owner_; }
    std::optional<Instant> exported_at() const override { return exported_at_; }

    void read_into(RecordSink& sink) override {
        Location start;
        start.entry = entry_.path;
        const bool is_outbox = owner_.person && findings_.actors.size() == 1 && !findings_.is_passed_on;
        if (owner_.person && emit_account(sink, start) == Flow::stop) return;
        ActivityReader reader(findings_, owner_.person ? owner_.person->key : std::string(), is_outbox, context_, exported_at_,
                              sink);
        const auto inner = source_.open(entry_);
        std::uint64_t bytes = 0;
        ProgressStream counted(*inner, bytes, context_.progress);
        JsonOutcome outcome = read_json(counted, entry_.path, patterns(shape_), reader, json_options(shape_));
        if (outcome.end == JsonEnd::stopped) return;
        if (outcome.end == JsonEnd::broken && sink.reject(std::move(outcome.problem), {}) == Flow::stop) return;
        if (reader.close(start) == Flow::stop) return;
        sink.lack(is_outbox ? msg("activitystreams.lack_others") : msg("activitystreams.lack_whole"));
    }

private:
    Flow emit_account(RecordSink& sink, const Location& start) const {
        const Person& person = *owner_.person;
        Account account{.native_id = person.key, .handle = actor_handle(person.key)};
        account.names.push_back(person.name);
        account.evidence = context_.me.forced   ? "account.asked"
                           : owner_.from_export ? "account.from_export"
                                                : "account.from_profile";
        return sink.accept(std::move(account), start);
    }

    const Source& source_;
    const Entry& entry_;
    Shape shape_;
    ReadContext context_;
    Findings findings_;
    Owner owner_;
    std::optional<Instant> exported_at_;
};

class ActivityStreamsConnector final : public Connector {
public:
    const ConnectorInfo& info() const noexcept override {
        static constexpr ConnectorInfo about{.name = "activitystreams",
                                             .version = 1,
                                             .title = "ActivityStreams 2.0 (JSON, JSON Lines)",
                                             .message = "activitystreams.recognises",
                                             .how_to = "activitystreams.how_to"};
        return about;
    }

    std::optional<Match> detect(const Source& source) const override {
        const Entry* entry = main_file(source);
        if (entry == nullptr || !look(source.head(*entry)).is_streams) return std::nullopt;
        // An outbox of that very name may have been taken out of Mastodon's archive: whoever knows that archive knows better.
        const Confidence confidence = fold_name(entry->name()) == "outbox.json" ? Confidence::possible : Confidence::likely;
        return Match{confidence, msg("activitystreams.evidence", arg("file", entry->name()))};
    }

    std::unique_ptr<RecordStream> open(const Source& source, const ReadContext& context) const override {
        const Entry* entry = main_file(source);
        const Look found = entry != nullptr ? look(source.head(*entry)) : Look{};
        if (!found.is_streams) {
            Location where;
            if (entry != nullptr) where.entry = entry->path;
            throw Error(refusal(msg("activitystreams.not_streams"), where, msg("activitystreams.how_to")));
        }
        return std::make_unique<Stream>(source, *entry, found.shape, context);
    }
};

}  // namespace
}  // namespace activitystreams

const Connector& activitystreams_connector() {
    static const activitystreams::ActivityStreamsConnector connector;
    return connector;
}

}  // namespace secateur
