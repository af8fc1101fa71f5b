// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <exception>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "base/bounded_queue.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "ingest/features.hpp"
#include "ingest/fingerprint.hpp"
#include "ingest/identity.hpp"
#include "store/import_transaction.hpp"

namespace secateur {
namespace {

constexpr std::size_t batch_records = 256;
constexpr std::size_t batch_bytes = std::size_t{1} << 20;
constexpr std::size_t queued_batches = 3;
constexpr std::uint64_t fewest_to_judge = 50;  // rejections are judged from so many records on
constexpr std::uint64_t own_only_from = 5;     // activities, all mine, before "only mine were exported" is inferred

// ------------------------------------------------------------------------------------------------------------- batches

/// Where a record stands; the name of its file is kept once a batch.
struct Place {
    std::uint32_t entry = 0;
    std::optional<std::uint64_t> line, record, offset, length;
};

struct Rejection {
    Problem problem;
    std::uint64_t raw_hash = 0;
};

/// What passes from the reading to the writing thread at once.
struct Batch {
    std::vector<Record> records;
    std::vector<Place> places;
    std::vector<std::string> entries;
    std::vector<Rejection> rejections;
    std::size_t bytes = 0;

    void clear() {
        records.clear();
        places.clear();
        entries.clear();
        rejections.clear();
        bytes = 0;
    }
    [[nodiscard]] bool empty() const { return records.empty() && rejections.empty(); }
};

using BatchPointer = std::unique_ptr<Batch>;

struct ProgressState {
    const ImportOptions& options;
    ImportProgress progress;
    void report() const {
        if (options.progress) options.progress(progress);
    }
};

/// The reading thread's end: fills batches, and keeps what is said about the source as a whole.
class BatchSink final : public RecordSink {
public:
    BatchSink(BoundedQueue<BatchPointer>& full, BoundedQueue<BatchPointer>& empty, ProgressState& progress)
        : full_(full), empty_(empty), progress_(progress), batch_(std::make_unique<Batch>()) {}

    Flow accept(Record record, const Location& where) override {
        if (closed_) return Flow::stop;
        if (const auto* activity = std::get_if<Activity>(&record)) batch_->bytes += activity->text.size();
        batch_->records.push_back(std::move(record));
        batch_->places.push_back(place(where));
        ++progress_.progress.records;
        return full() ? send() : Flow::proceed;
    }

    Flow reject(Problem problem, std::string_view raw) override {
        if (closed_) return Flow::stop;
        batch_->bytes += 256;
        batch_->rejections.push_back({std::move(problem), hash64(raw)});
        ++progress_.progress.records;
        return full() ? send() : Flow::proceed;
    }

    void ignore(std::string_view reason, std::uint64_t count) override {
        const auto known = ignored.find(reason);
        if (known != ignored.end()) known->second += count;
        else ignored.emplace(reason, count);
    }

    Flow skip(const KnownRun&) override { return closed_ ? Flow::stop : Flow::proceed; }

    void warn(std::string_view code, Message message, const Location& where) override {
        Warning warning{.code = std::string(code), .message = std::move(message), .where = where};
        if (warnings.size() < 1'000 && std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(std::move(warning));
    }

    void lack(Message message) override {
        if (std::ranges::find(lacks, message) == lacks.end()) lacks.push_back(std::move(message));
    }

    void finish() {
        if (!closed_ && !batch_->empty()) (void)send();
    }

    std::map<std::string, std::uint64_t, std::less<>> ignored;
    std::vector<Warning> warnings;
    std::vector<Message> lacks;

private:
    [[nodiscard]] bool full() const { return batch_->records.size() + batch_->rejections.size() >= batch_records || batch_->bytes >= batch_bytes; }

    Place place(const Location& where) {
        if (batch_->entries.empty() || batch_->entries.back() != where.entry) batch_->entries.push_back(where.entry);
        return {.entry = static_cast<std::uint32_t>(batch_->entries.size() - 1), .line = where.line, .record = where.record, .offset = where.offset,
                .length = where.length};
    }

    Flow send() {
        progress_.report();
        if (!full_.push(std::move(batch_))) {
            closed_ = true;
            return Flow::stop;
        }
        auto next = empty_.pop();
        if (!next) {
            closed_ = true;
            return Flow::stop;
        }
        batch_ = std::move(*next);
        batch_->clear();
        return Flow::proceed;
    }

    BoundedQueue<BatchPointer>& full_;
    BoundedQueue<BatchPointer>& empty_;
    ProgressState& progress_;
    BatchPointer batch_;
    bool closed_ = false;
};

/// Runs the connector in its own thread. Whatever happens here, the thread has ended when this is gone.
class Reader {
public:
    Reader(RecordStream& stream, ProgressState& progress) : full_(queued_batches), empty_(queued_batches + 2), sink_(full_, empty_, progress) {
        for (std::size_t i = 0; i < queued_batches + 1; ++i) (void)empty_.push(std::make_unique<Batch>());
        thread_ = std::thread([this, &stream] {
            try {
                stream.read_into(sink_);
                sink_.finish();
            } catch (...) {
                failure_ = std::current_exception();
            }
            full_.close();
        });
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { stop(); }

    /// Nothing at the end; throws what the connector threw.
    BatchPointer next() {
        auto batch = full_.pop();
        if (batch) return std::move(*batch);
        stop();
        if (failure_) std::rethrow_exception(failure_);
        return nullptr;
    }
    /// As it is: what the reading thread has allocated it also frees, or the two would wait for each other's memory.
    void give_back(BatchPointer batch) { (void)empty_.push(std::move(batch)); }
    /// Only after the end.
    [[nodiscard]] BatchSink& sink() { return sink_; }

private:
    void stop() {
        full_.close();
        empty_.close();
        if (thread_.joinable()) thread_.join();
    }
    BoundedQueue<BatchPointer> full_, empty_;
    BatchSink sink_;
    std::exception_ptr failure_;
    std::thread thread_;
};

// -------------------------------------------------------------------------------------------------------------- writer

/// One group as this source shows it.
struct SourceGroup {
    std::int64_t number = 0;
    std::uint64_t hash = 0;
    std::string platform, key;
    std::optional<GroupKind> kind;
    std::uint64_t activities = 0, mine = 0, others = 0;
    std::optional<Instant> first, last;
    bool is_log = true;  // all dated messages without ids of their own
    bool my_membership = false;
    std::vector<CoveragePeriod> coverage;

    [[nodiscard]] bool is_direct() const { return kind == GroupKind::direct; }
};

class Writer {
public:
    Writer(ImportTransaction& transaction, const ConnectorInfo& connector, const ReadContext& context, const Owner& owner, const ImportOptions& options)
        : transaction_(transaction), connector_(connector), options_(options), features_(context.me, people(owner)),
          terms_([this](std::int64_t group, std::int32_t quarter, auto sorted) { transaction_.add_terms(group, quarter, sorted); }) {
        // Nobody knows the hour here: a day of grace for zones, and one because the clock of a phone may be wrong.
        if (context.today != Date{}) latest_ = Instant{context.today + std::chrono::days{2}};
    }

    void write(Batch& batch) {
        for (Rejection& each : batch.rejections) reject(std::move(each.problem), each.raw_hash);
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            const Place& place = batch.places[i];
            if (place.entry != entry_index_ || i == 0) {
                entry_index_ = place.entry;
                if (const std::string& name = batch.entries[place.entry]; name != entry_) {
                    entry_ = name;
                    file_ = logical_file(entry_);
                }
            }
            place_ = &place;
            std::visit([this](auto& record) { take(record); }, batch.records[i]);
        }
    }

    /// What needs the whole source: replaced logs, coverage. Fills `counts`.
    void settle(const std::optional<Instant>& exported_at) {
        terms_.flush();
        for (auto& [key, group] : groups_) {
            if (group.activities == 0 || !group.is_log || group.key.empty()) continue;
            const std::uint64_t lost = transaction_.replace_period(group.number, {*group.first, *group.last + std::chrono::seconds{1}});
            counts_.added -= std::min(counts_.added, lost);
            counts_.duplicates += lost;
        }
        write_coverage(exported_at);
        counts_.accepted = counts_.read - counts_.quarantined;
        for (const auto& [key, group] : groups_) {
            if (group.is_direct()) {
                counts_.direct += group.activities;
                continue;
            }
            counts_.activities += group.activities;
            counts_.mine += group.mine;
            if (group.key.empty()) {
                counts_.unattributed += group.activities;
                continue;
            }
            ++counts_.groups;
            counts_.memberships += group.my_membership;
        }
        counts_.contacts = contacts_.size() + nameless_contacts_;
    }

    [[nodiscard]] SourceCounts& counts() { return counts_; }
    [[nodiscard]] std::optional<Instant> newest() const { return newest_; }
    [[nodiscard]] std::vector<Problem>& first_rejections() { return first_rejections_; }

private:
    static std::vector<Person> people(const Owner& owner) {
        std::vector<Person> all = owner.also;
        if (owner.person) all.push_back(*owner.person);
        return all;
    }

    [[nodiscard]] std::string_view platform_of(const std::string& platform) const { return platform.empty() ? connector_.name : std::string_view(platform); }

    SourceGroup& group(std::string_view platform, std::string_view key) {
        if (last_group_ != nullptr && last_group_->key == key && last_group_->platform == platform) return *last_group_;
        lookup_.assign(platform).append(1, '\0').append(key);
        const auto [place, is_new] = groups_.try_emplace(lookup_);
        SourceGroup& found = place->second;
        if (is_new) {
            found.platform = platform;
            found.key = key;
            found.hash = hash64(lookup_);
            found.number = transaction_.group_number(platform, key);
        }
        last_group_ = &found;
        return found;
    }

    [[nodiscard]] Location location() const {
        return {.entry = entry_, .line = place_->line, .record = place_->record, .offset = place_->offset, .length = place_->length};
    }

    void reject(Problem problem, std::uint64_t raw_hash) {
        ++counts_.read;
        ++counts_.quarantined;
        if (first_rejections_.size() < 5) first_rejections_.push_back(problem);
        transaction_.quarantine({.source = transaction_.source(), .label = {}, .where = std::move(problem.where), .reason = std::move(problem.reason),
                                 .hint = std::move(problem.hint), .connector = std::string(connector_.name), .connector_version = connector_.version,
                                 .raw_hash = raw_hash});
    }

    /// False for a time that has not come: the record is refused then.
    bool in_time(const std::optional<When>& when) {
        if (!when) return true;
        if (latest_ && when->at >= *latest_) {
            const std::uint64_t hash = hash_combine(hash_combine(hash64(entry_), place_->record.value_or(place_->line.value_or(0))), place_->offset.value_or(0));
            reject({.kind = ErrorKind::input, .reason = msg("ingest.in_the_future", arg("date", date_of(when->at))), .where = location(),
                    .hint = msg("ingest.in_the_future_hint")},
                   hash_combine(hash, static_cast<std::uint64_t>(when->at.time_since_epoch().count())));
            return false;
        }
        if (!newest_ || *newest_ < when->at) newest_ = when->at;
        return true;
    }

    void count(Stored stored) {
        ++counts_.read;
        switch (stored) {
            case Stored::added: ++counts_.added; break;
            case Stored::updated: ++counts_.updated; break;
            case Stored::duplicate: ++counts_.duplicates; break;
        }
    }

    void take(Account& account) { transaction_.add(platform_of(account.platform), account); }

    void take(Group& record) {
        const std::string_view platform = platform_of(record.platform);
        SourceGroup& known = group(platform, record.key);
        if (!known.kind) known.kind = record.kind;
        (void)transaction_.group(platform, record);
    }

    void take(Coverage& coverage) {
        const CoveragePeriod period{.kind = coverage.kind, .begin = coverage.begin, .end = coverage.end, .source = 0, .whole_source_end_known = true};
        if (coverage.group.empty()) whole_.push_back(period);
        else group(platform_of(coverage.platform), coverage.group).coverage.push_back(period);
    }

    void take(Membership& membership) {
        if (!in_time(membership.at)) return;
        const std::string_view platform = platform_of(membership.platform);
        SourceGroup& known = group(platform, membership.group);
        known.my_membership = known.my_membership || membership.is_me;
        const std::int64_t person = transaction_.person(platform, membership.person, membership.is_me);
        count(transaction_.add(membership, known.number, person));
    }

    void take(Contact& contact) {
        if (!in_time(contact.connected)) return;
        const std::string_view platform = platform_of(contact.platform);
        const std::int64_t person = transaction_.person(platform, contact.person, false);
        // A company or hashtag she follows is kept, but it is nobody she knows.
        if (contact.circle != "page" && contact.circle != "follow") {
            if (person == 0) ++nameless_contacts_;
            else contacts_.insert(person);
        }
        count(transaction_.add(platform, contact, person));
    }

    void take(Meeting& meeting) {
        const std::string_view platform = platform_of(meeting.platform);
        std::vector<std::int64_t> people;
        for (const Person& each : meeting.people)
            if (const std::int64_t person = transaction_.person(platform, each, false); person != 0) people.push_back(person);
        std::ranges::sort(people);
        const std::int64_t number = meeting.group.empty() ? 0 : group(platform, meeting.group).number;
        count(transaction_.add(platform, meeting, number, people));
    }

    void take(Invitation& invitation) {
        if (!in_time(invitation.at)) return;
        const std::string_view platform = platform_of(invitation.platform);
        count(transaction_.add(platform, invitation, transaction_.person(platform, invitation.person, false)));
    }

    void take(Activity& activity) {
        if (!in_time(activity.when)) return;
        const std::string_view platform = platform_of(activity.platform);
        SourceGroup& known = group(platform, activity.group);
        const Identity identity = identities_.make(activity, known.hash, file_);

        ActivityToStore row;
        row.group = known.number;
        row.id = identity.id;
        row.origin = identity.origin;
        if (activity.when) {
            row.at = activity.when->at;
            row.precision = activity.when->precision;
            row.basis = activity.when->basis;
            const Instant at = activity.when->at;
            if (!known.first || at < *known.first) known.first = at;
            if (!known.last || *known.last < at) known.last = at;
            if (!counts_.first || at < *counts_.first) counts_.first = at;
            if (!counts_.last || *counts_.last < at) counts_.last = at;
        }
        row.kind = activity.kind;
        row.author = transaction_.person(platform, activity.author, activity.is_me);
        row.is_me = activity.is_me;
        row.automatic = activity.automatic;
        row.edited = activity.edited;
        if (!activity.parent.empty()) row.parent = native_identity(activity.parent).id;
        row.content_hash = content_hash(activity);
        row.attachments = activity.attachments;
        row.mentions_me = activity.mentions_me;
        row.replies_to_me = activity.parent_is_me && !activity.is_me;
        if (options_.with_text) {
            features_.read(activity, found_);
            row.words = found_.words;
            row.question = found_.question;
            row.thanks = found_.thanks;
            row.request = found_.request;
            row.introduction = found_.introduction;
            row.mentions_me = row.mentions_me || (found_.mentions_me && is_act(activity.kind));
            row.links = found_.links;
            row.sketch = found_.sketch;
            if (activity.is_me && !known.is_direct()) row.text = activity.text;
        } else {
            row.words = activity.words;
        }

        ++known.activities;
        if (activity.is_me) ++known.mine;
        else if (!activity.automatic) ++known.others;
        known.is_log = known.is_log && identity.origin == ActivityToStore::IdOrigin::content && activity.when && activity.kind == ActivityKind::message;

        const ImportTransaction::Addition addition = transaction_.add(row);
        count(addition.stored);
        if (addition.count_terms && options_.with_text && activity.when && is_act(activity.kind) && !known.is_direct())
            terms_.add(known.number, activity.when->at, features_.words());
    }

    void write_coverage(const std::optional<Instant>& exported_at) {
        std::size_t with_activities = 0;
        for (const auto& [key, group] : groups_) with_activities += group.activities > 0 && !group.key.empty();
        const std::optional<Instant> end = exported_at ? exported_at : newest_;
        // Only the newest record of a single group tells how far it goes: it may have fallen silent long before the export.
        const bool end_known = exported_at.has_value() || with_activities > 1;

        for (CoveragePeriod& each : whole_) {
            if (!each.end) {
                each.end = end;
                each.whole_source_end_known = end_known;
            }
            transaction_.add_coverage(0, each);
        }
        std::set<CoverageKind> kinds, direct_kinds;
        for (auto& [key, group] : groups_) {
            if (group.key.empty()) continue;
            std::vector<CoveragePeriod> periods = group.coverage;
            if (periods.empty()) {
                if (group.activities == 0) periods.push_back({.kind = CoverageKind::names_only, .begin = {}, .end = {}});
                else if (!whole_.empty()) periods = whole_;
                else periods.push_back({.kind = CoverageKind::full, .begin = {}, .end = {}});
            }
            for (CoveragePeriod& each : periods) {
                // Whoever sees nobody but himself cannot know that nobody else was there.
                if (each.kind == CoverageKind::full && group.others == 0)
                    each.kind = group.activities == 0 ? CoverageKind::names_only
                                : group.mine >= own_only_from ? CoverageKind::own_only
                                                              : CoverageKind::partial_window;
                if (!each.begin && group.activities > 0) each.begin = group.first;
                if (!each.end) {
                    each.end = end;
                    each.whole_source_end_known = end_known;
                }
                transaction_.add_coverage(group.number, each);
                (group.is_direct() ? direct_kinds : kinds).insert(each.kind);
            }
        }
        if (kinds.empty()) kinds = direct_kinds;
        if (kinds.empty())
            for (const CoveragePeriod& each : whole_) kinds.insert(each.kind);
        counts_.coverage = kinds.size() > 1 ? "mixed" : std::string(to_string(kinds.empty() ? CoverageKind::names_only : *kinds.begin()));
    }

    ImportTransaction& transaction_;
    const ConnectorInfo& connector_;
    const ImportOptions& options_;
    FeatureReader features_;
    Features found_;
    TermCounter terms_;
    IdentityMaker identities_;
    std::optional<Instant> latest_, newest_;

    std::unordered_map<std::string, SourceGroup> groups_;
    SourceGroup* last_group_ = nullptr;
    std::string lookup_;
    std::vector<CoveragePeriod> whole_;

    std::uint32_t entry_index_ = 0;
    std::string entry_;
    std::uint64_t file_ = logical_file("");
    const Place* place_ = nullptr;

    SourceCounts counts_;
    std::unordered_set<std::int64_t> contacts_;
    std::uint64_t nameless_contacts_ = 0;
    std::vector<Problem> first_rejections_;
};

// --------------------------------------------------------------------------------------------------------------- owner

std::string shown(const Person& person) { return person.name.empty() ? person.key : person.name; }

/// The words of a name or handle: "Isa M.", "MARTIN Isabelle", "isa_martin".
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : fold_search(name)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte) != 0) words.back() += c;
        else if (!words.back().empty()) words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

/// Whether two names could be of one person: they share a word, and are no two first names of one family. "Isa Martin" and "MARTIN
/// Isabelle" could, "Isabelle Martin" and "Isabelle Dupont" could; "Pierre Martin" and "Isabelle Martin" could not.
bool could_be_one(std::string_view a, std::string_view b) {
    const std::vector<std::string> left = words_of(a), right = words_of(b);
    const auto short_form = [](const std::string& one, const std::string& other) { return one.starts_with(other) || other.starts_with(one); };
    if (left.size() == 1 || right.size() == 1)
        return std::ranges::any_of(left, [&](const std::string& one) {
            return one.size() >= 3 && std::ranges::any_of(right, [&](const std::string& other) { return other.size() >= 3 && short_form(one, other); });
        });
    for (std::size_t i = 0; i < left.size(); ++i)
        for (std::size_t j = 0; j < right.size(); ++j) {
            if (left[i].size() < 3 || left[i] != right[j]) continue;
            if (i == 0 || j == 0) return true;
            for (std::size_t k = 0; k < i; ++k)
                for (std::size_t l = 0; l < j; ++l)
                    if (short_form(left[k], right[l])) return true;
        }
    return false;
}

/// First and last name at least: a handle or a first name alone proves nothing.
bool is_full_name(std::string_view name) { return trim(name).find(' ') != std::string_view::npos; }

/// Whether the profile bears out who a source said she is: what was only taken for her proves nothing of the next export.
bool is_proven(const SourceInfo& source, const Identities& given) {
    if (source.owner_forced || given.empty() || given.match(source.owner_name) || given.match(source.owner_key)) return true;
    return std::ranges::any_of(given.names, [&](const std::string& name) { return could_be_one(source.owner_name, name); });
}

/// Refuses the export of somebody else: where both sides give full names and nothing agrees. False where nothing agrees and nothing can
/// be compared.
bool check_client(const Store& store, const SourceInfo& info, const Owner& owner, const Identities& given) {
    if (!owner.person || !owner.from_export || given.forced) return true;
    std::vector<Person> faces = owner.also;
    faces.push_back(*owner.person);

    std::vector<std::string> names = given.names;
    std::string client;
    for (const SourceInfo& each : store.sources()) {
        if ((each.owner_name.empty() && each.owner_key.empty()) || !is_proven(each, given)) continue;
        if (!each.owner_name.empty()) names.push_back(each.owner_name);
        if (each.platform == info.platform && each.owner_key == owner.person->key && !owner.person->key.empty()) return true;
    }
    bool compared = false;
    for (const Person& face : faces) {
        if (given.match(face.name) || given.match(face.key)) return true;
        for (const std::string& name : names) {
            if (could_be_one(face.name, name) || could_be_one(face.key, name)) return true;
            if (!is_full_name(face.name) || !is_full_name(name)) continue;
            if (!compared) client = name;
            compared = true;
        }
    }
    if (!compared) return names.empty();
    throw Error({.kind = ErrorKind::input,
                 .reason = msg("ingest.other_client", arg("owner", quote(shown(*owner.person))), arg("client", quote(client))),
                 .where = {.entry = info.label, .line = {}, .record = {}, .offset = {}, .length = {}}, .hint = msg("ingest.other_client_hint")});
}

/// Who she turned out to be in earlier sources of the same platform helps to find her in this one.
Identities known_identities(const Store& store, const Identities& given, std::string_view platform) {
    Identities known = given;
    if (given.forced) return known;
    for (const SourceInfo& each : store.sources()) {
        if (each.platform != platform || !is_proven(each, given)) continue;
        if (!each.owner_key.empty()) known.ids.push_back(each.owner_key);
        if (!each.owner_name.empty()) known.names.push_back(each.owner_name);
    }
    return known;
}

std::string candidate_names(const std::vector<OwnerCandidate>& candidates) {
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(candidates.size(), 3); ++i) names += (i > 0 ? ", " : "") + quote(shown(candidates[i].person));
    return names;
}

std::uint64_t expected_bytes(const Source& source) {
    constexpr std::array<std::string_view, 8> read{".json", ".jsonl", ".ndjson", ".csv", ".txt", ".html", ".xml", ".mbox"};
    std::uint64_t bytes = 0;
    for (const Entry& each : source.entries())
        if (std::ranges::any_of(read, [&](std::string_view ending) { return each.path.ends_with(ending); })) bytes += each.size.value_or(0);
    // Rows take about a tenth of what is read, once in the log and once in the database.
    return bytes / 4 + (std::uint64_t{16} << 20);
}

ImportResult import_from(Store& store, const Source& source, const Connector& connector, std::span<const std::filesystem::path> paths,
                         const ReadContext& given, const ImportOptions& options) {
    const ConnectorInfo& about = connector.info();
    ImportResult result;
    SourceInfo& info = result.source;
    info.label = source.label();
    info.connector = about.name;
    info.connector_version = about.version;
    info.feature_version = feature_version;
    info.fingerprint = content_fingerprint(source, paths);
    info.options = options_fingerprint(given, options.with_text);
    info.platform = about.platform_name();
    info.owner_forced = given.me.forced;
    info.with_text = options.with_text;
    info.imported_on = given.today;

    ReadContext context = given;
    context.me = known_identities(store, given.me, about.platform_name());
    std::int64_t replaced = 0;
    SourceCounts before;
    for (SourceInfo& each : store.sources()) {
        if (each.fingerprint != info.fingerprint) continue;
        const bool owner_may_be_found = each.owner_key.empty() && each.owner_name.empty() && context.me.ids.size() + context.me.names.size() > given.me.ids.size() + given.me.names.size();
        if (each.connector == about.name && each.connector_version == about.version && each.feature_version == feature_version && each.options == info.options &&
            !owner_may_be_found) {
            result.status = ImportStatus::unchanged;
            result.source = std::move(each);
            SourceCounts& counts = result.source.counts;
            counts.duplicates = counts.accepted;
            counts.added = counts.updated = 0;
            return result;
        }
        replaced = each.id;
        before = each.counts;
    }

    ProgressState progress{.options = options, .progress = {.bytes = 0, .total_bytes = source.bytes_on_disk(), .records = 0}};
    context.progress = [&](std::uint64_t bytes) {
        progress.progress.bytes = bytes;
        progress.report();
        if (given.progress) given.progress(bytes);
    };
    const std::unique_ptr<RecordStream> stream = connector.open(source, context);
    const Owner& owner = stream->owner();
    if (!check_client(store, info, owner, given.me))
        info.warnings.push_back({.code = "owner_unproven", .message = msg("ingest.owner_unproven", arg("owner", quote(shown(*owner.person)))), .where = {}});
    if (owner.person) {
        info.owner_key = owner.person->key;
        info.owner_name = owner.person->name;
        info.owner_evidence = given.me.forced && !owner.from_export ? msg("ingest.owner_said") : owner.evidence;
    }
    info.exported_at = stream->exported_at();

    const auto transaction = store.begin_import(info, expected_bytes(source));
    if (replaced != 0) transaction->replace(replaced);
    Writer writer(*transaction, about, context, owner, options);
    {
        Reader reader(*stream, progress);
        while (BatchPointer batch = reader.next()) {
            writer.write(*batch);
            reader.give_back(std::move(batch));
        }
        BatchSink& sink = reader.sink();
        writer.counts().ignored.insert(sink.ignored.begin(), sink.ignored.end());
        info.warnings.insert(info.warnings.end(), std::make_move_iterator(sink.warnings.begin()), std::make_move_iterator(sink.warnings.end()));
        info.lacks = std::move(sink.lacks);
    }
    for (const Problem& notice : source.notices())
        if (info.warnings.size() < 1'000) info.warnings.push_back({.code = "source_notice", .message = notice.reason, .where = notice.where});
    if (!info.exported_at) info.exported_at = stream->exported_at();

    SourceCounts& counts = writer.counts();
    result.first_rejections = writer.first_rejections();
    const bool too_many = counts.read >= fewest_to_judge && counts.quarantined * 10 > counts.read;
    const bool would_lose = replaced != 0 && counts.quarantined > before.quarantined && counts.read - counts.quarantined < before.accepted;
    if ((too_many || would_lose) && !options.accept_quarantine) {
        result.status = ImportStatus::failed;
        counts.accepted = counts.read - counts.quarantined;
        info.counts = counts;
        result.problem = Problem{.kind = ErrorKind::input,
                                 .reason = would_lose ? msg("ingest.would_lose", arg("lost", before.accepted - counts.accepted))
                                                      : msg("ingest.too_many_rejected", arg("rejected", counts.quarantined), arg("read", counts.read)),
                                 .where = {.entry = info.label, .line = {}, .record = {}, .offset = {}, .length = {}},
                                 .hint = would_lose ? msg("ingest.would_lose_hint") : msg("ingest.too_many_rejected_hint")};
        return result;
    }
    writer.settle(info.exported_at);
    info.newest = writer.newest();
    info.counts = counts;
    if (!owner.person && counts.mine == 0 && counts.activities + counts.direct > 0) {
        result.candidates = owner.candidates;
        info.warnings.push_back({.code = "owner_unknown",
                                 .message = owner.candidates.empty() ? msg("ingest.owner_unknown_nobody")
                                                                     : msg("ingest.owner_unknown", arg("names", candidate_names(owner.candidates))),
                                 .where = {}});
    }
    transaction->finish(info);
    info.id = transaction->source();
    transaction->commit();
    return result;
}

}  // namespace

ImportResult import_source(Store& store, const PlannedSource& planned, const ReadContext& context, const ImportOptions& options) {
    return import_from(store, *planned.source, *planned.connector, planned.paths, context, options);
}

ImportResult import_source(Store& store, const Source& source, const Connector& connector, const ReadContext& context, const ImportOptions& options) {
    return import_from(store, source, connector, {}, context, options);
}

std::optional<std::string> read_quarantined(const QuarantineRow& row, std::uint64_t limit) {
    try {
        const auto source = open_source(row.label);
        const Entry* entry = nullptr;
        for (const Entry& each : source->entries())
            if (each.path == row.where.entry) entry = &each;
        if (entry == nullptr || (!row.where.offset && !row.where.line)) return std::nullopt;
        const auto stream = source->open(*entry);
        std::vector<char> buffer(std::size_t{64} << 10);
        std::uint64_t at = 0, line = 1;
        std::string found;
        const std::uint64_t wanted = std::min(row.where.length.value_or(limit), limit);
        for (std::size_t count = stream->read(buffer); count > 0; count = stream->read(buffer)) {
            const std::string_view piece(buffer.data(), count);
            if (row.where.offset) {
                const std::uint64_t begin = std::max(at, *row.where.offset);
                if (begin < at + count) found.append(piece.substr(begin - at, wanted - found.size()));
                at += count;
                // Without a length, the place is a line.
                if (!row.where.length && found.find('\n') != std::string::npos) found.resize(found.find('\n'));
                else if (found.size() < wanted) continue;
                return found;
            }
            for (const char c : piece) {
                if (c == '\n') {
                    if (line++ == *row.where.line) return found;
                } else if (line == *row.where.line && found.size() < limit) {
                    found += c;
                }
            }
        }
        return found.empty() ? std::nullopt : std::optional(std::move(found));
    } catch (const Error&) {
        return std::nullopt;  // gone, or no longer what it was
    }
}

}  // namespace secateur
