// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/generate_export.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>
#include <stdexcept>
#include <vector>

namespace secateur::bench {
namespace {

/// SplitMix64: small, seeded, the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Few are frequent, many are rare: an index below n, roughly Zipf.
    std::uint64_t skewed(std::uint64_t n) {
        const double u = unit();
        return static_cast<std::uint64_t>(std::pow(static_cast<double>(n), u)) - 1;
    }

private:
    std::uint64_t state_;
};

/// Invented words of two to five syllables, some with accents, as in a French and English crowd.
std::vector<std::string> vocabulary(Random& random, std::size_t count) {
    static constexpr std::array<const char*, 24> syllables{"ba", "co", "di", "fé", "ga", "lo", "mi", "nu", "pa", "ré", "so", "ti",
                                                           "va", "el", "on", "ter", "ment", "ing", "qui", "ous", "er", "al", "té", "ra"};
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i) {
        std::string word;
        for (std::uint64_t n = 2 + random.below(3); n > 0; --n) word += syllables[random.below(syllables.size())];
        words.push_back(word);
    }
    return words;
}

class Writer {
public:
    explicit Writer(const std::filesystem::path& path) : file_(std::fopen(path.c_str(), "wb")) {
        if (!file_) throw std::runtime_error("cannot write " + path.string());
        buffer_.reserve(1 << 20);
    }
    ~Writer() {
        if (file_) std::fclose(file_);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    fmt::memory_buffer& out() { return buffer_; }
    void spill() {
        if (buffer_.size() > (1 << 20) - 8192) flush();
    }
    void close() {
        flush();
        if (std::fclose(std::exchange(file_, nullptr)) != 0) throw std::runtime_error("the disk is full");
    }

private:
    void flush() {
        if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) throw std::runtime_error("the disk is full");
        buffer_.clear();
    }
    std::FILE* file_;
    fmt::memory_buffer buffer_;
};

struct Clock {
    int year, month, day, hour, minute, second;
};
Clock clock_of(std::int64_t unix_seconds) {
    const std::chrono::sys_seconds at{std::chrono::seconds(unix_seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count())};
}

class Generator {
public:
    Generator(const ExportShape& shape, const std::filesystem::path& folder) : shape_(shape), folder_(folder), random_(shape.seed) {
        words_ = vocabulary(random_, 6'000);
    }

    std::vector<GroupAnswer> run() {
        std::filesystem::create_directories(folder_);
        switch (shape_.kind) {
            case ExportKind::telegram: telegram(); break;
            case ExportKind::whatsapp: whatsapp(); break;
            case ExportKind::generic: generic(); break;
        }
        return std::move(answers_);
    }

private:
    /// Groups differ in size as they do in life: the first is large, the last small. Sizes add up to the messages asked for.
    std::vector<std::uint64_t> sizes() {
        std::vector<double> weights;
        double sum = 0;
        for (std::uint64_t g = 0; g < shape_.groups; ++g) sum += weights.emplace_back(1.0 / std::pow(static_cast<double>(g) + 3.0, 0.6));
        std::vector<std::uint64_t> found;
        std::uint64_t left = shape_.messages;
        for (std::uint64_t g = 0; g < shape_.groups; ++g) {
            const auto size = g + 1 == shape_.groups ? left
                                                     : std::min(left, static_cast<std::uint64_t>(weights[g] / sum * static_cast<double>(shape_.messages)));
            found.push_back(size);
            left -= size;
        }
        return found;
    }

    void text_into(std::string& text) {
        text.clear();
        const std::uint64_t count = 1 + random_.skewed(160);
        for (std::uint64_t i = 0; i < count; ++i) {
            if (i > 0) text += random_.below(14) == 0 ? ". " : " ";
            text += words_[random_.skewed(words_.size())];
        }
        if (random_.below(40) == 0) text += fmt::format(" https://example.org/{}", random_.below(5'000));
        if (random_.below(12) == 0) text += " ?";
    }

    struct Turn {
        std::uint64_t author;  // 0: the owner
        std::int64_t at;
    };
    /// Who writes next, and when; tells the answer.
    Turn turn(GroupAnswer& answer, std::int64_t at, std::uint64_t crowd, std::vector<bool>& seen) {
        const std::uint64_t author = random_.unit() < shape_.mine ? 0 : 1 + random_.skewed(crowd);
        ++answer.activities;
        if (author == 0) {
            ++answer.mine;
        } else if (!seen[author]) {
            seen[author] = true;
            ++answer.others_authors;
        }
        if (answer.first == 0) answer.first = at;
        answer.last = at;
        return {author, at};
    }

    template <class Line>
    void conversation(std::uint64_t size, GroupAnswer& answer, Line&& line) {
        constexpr std::int64_t begin = 1'640'995'200, span = 150'000'000;  // 2022-01-01 and nearly five years
        const std::uint64_t crowd = std::max<std::uint64_t>(2, std::min(shape_.people, size / 4 + 2));
        std::vector<bool> seen(crowd + 2, false);
        const std::int64_t step = std::max<std::int64_t>(1, span / static_cast<std::int64_t>(std::max<std::uint64_t>(size, 1)));
        std::string text;
        for (std::uint64_t i = 0; i < size; ++i) {
            const std::int64_t at = begin + static_cast<std::int64_t>(i) * step + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(step)));
            const Turn who = turn(answer, at, crowd, seen);
            text_into(text);
            line(i, who, text);
        }
    }

    void telegram() {
        const auto folder = folder_ / "DataExport_2026-10-31";
        std::filesystem::create_directories(folder);
        Writer writer(folder / "result.json");
        auto out = fmt::appender(writer.out());
        fmt::format_to(out, "{{\n \"about\": \"Here is the data you requested.\",\n \"personal_information\": {{\n  \"user_id\": 1000,\n  \"first_name\": \"Owner\",\n"
                            "  \"last_name\": \"Example\",\n  \"username\": \"@owner_example\"\n }},\n \"chats\": {{\n  \"about\": \"\",\n  \"list\": [");
        const auto each = sizes();
        for (std::uint64_t g = 0; g < shape_.groups; ++g) {
            GroupAnswer answer{.key = fmt::format("channel{}", 1'500'000'000 + g)};
            fmt::format_to(out, "{}\n   {{\n    \"name\": \"Group {}\",\n    \"type\": \"private_supergroup\",\n    \"id\": {},\n    \"messages\": [", g ? "," : "", g,
                           1'500'000'000 + g);
            conversation(each[g], answer, [&](std::uint64_t i, const Turn& who, const std::string& text) {
                const Clock t = clock_of(who.at);
                const std::string date = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
                fmt::format_to(out, "{}\n     {{\n      \"id\": {},\n      \"type\": \"message\",\n      \"date\": \"{}\",\n      \"date_unixtime\": \"{}\",\n      \"from\": \"{} {}\",\n"
                                    "      \"from_id\": \"user{}\",\n",
                               i ? "," : "", i + 1, date, who.at, who.author == 0 ? "Owner" : words_[who.author % words_.size()],
                               who.author == 0 ? "Example" : words_[(who.author * 7) % words_.size()], 1000 + who.author);
                if (i > 20 && random_.below(4) == 0) fmt::format_to(out, "      \"reply_to_message_id\": {},\n", i + 1 - random_.below(20) - 1);
                fmt::format_to(out, "      \"text\": \"{}\",\n      \"text_entities\": [\n       {{\n        \"type\": \"plain\",\n        \"text\": \"{}\"\n       }}\n      ]\n     }}", text, text);
                writer.spill();
            });
            fmt::format_to(out, "\n    ]\n   }}");
            answers_.push_back(std::move(answer));
        }
        fmt::format_to(out, "\n  ]\n }}\n}}\n");
        writer.close();
    }

    void whatsapp() {
        const auto each = sizes();
        for (std::uint64_t g = 0; g < shape_.groups; ++g) {
            const std::string name = fmt::format("Group {}", g);
            GroupAnswer answer{.key = name};
            Writer writer(folder_ / fmt::format("WhatsApp Chat with {}.txt", name));
            auto out = fmt::appender(writer.out());
            conversation(each[g], answer, [&](std::uint64_t, const Turn& who, const std::string& text) {
                const Clock t = clock_of(who.at);
                fmt::format_to(out, "{:02}/{:02}/{:04}, {:02}:{:02} - {}: {}\n", t.day, t.month, t.year, t.hour, t.minute,
                               who.author == 0 ? std::string("Owner Example") : fmt::format("{} {}", words_[who.author % words_.size()], who.author), text);
                writer.spill();
            });
            writer.close();
            answers_.push_back(std::move(answer));
        }
    }

    void generic() {
        Writer groups(folder_ / "groups.csv"), posts(folder_ / "posts.csv");
        auto group_out = fmt::appender(groups.out());
        auto out = fmt::appender(posts.out());
        fmt::format_to(group_out, "platform,group_id,name,coverage,measured_at\n");
        fmt::format_to(out, "platform,group_id,post_id,kind,created_at,author_is_me,author,text\n");
        const auto each = sizes();
        for (std::uint64_t g = 0; g < shape_.groups; ++g) {
            GroupAnswer answer{.key = fmt::format("g{}", g)};
            fmt::format_to(group_out, "bench,g{},Group {},full,2026-10-31T00:00:00Z\n", g, g);
            groups.spill();
            conversation(each[g], answer, [&](std::uint64_t i, const Turn& who, const std::string& text) {
                const Clock t = clock_of(who.at);
                fmt::format_to(out, "bench,g{},p{}-{},post,{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z,{},{},\"{}\"\n", g, g, i, t.year, t.month, t.day, t.hour, t.minute, t.second,
                               who.author == 0 ? "true" : "false", who.author == 0 ? std::string() : fmt::format("a{}", who.author), text);
                posts.spill();
            });
            answers_.push_back(std::move(answer));
        }
        groups.close();
        posts.close();
    }

    const ExportShape& shape_;
    std::filesystem::path folder_;
    Random random_;
    std::vector<std::string> words_;
    std::vector<GroupAnswer> answers_;
};

}  // namespace

std::vector<GroupAnswer> generate_export(const ExportShape& shape, const std::filesystem::path& folder) { return Generator(shape, folder).run(); }

}  // namespace secateur::bench
