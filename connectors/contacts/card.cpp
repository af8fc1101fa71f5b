// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/contacts/card.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace secateur::contacts {
namespace {

constexpr std::size_t most_of_a_kind = 100;  // addresses or numbers of one card
constexpr unsigned last_rank = 101;          // vCard 4 ranks from 1 to 100

/// The first value that says something stays: cards repeat a property for each language and each former employer.
void keep_first(std::string& kept, std::string value) {
    if (kept.empty()) kept = std::move(value);
}

std::string text_of(const ContentLine& line) { return std::string(trim(unescape_content(line.value))); }

std::string first_part(const ContentLine& line) { return split_content(line.value, ';').front(); }

/// "Morel;Isabelle;;Dr;" -> "Isabelle Morel".
std::string natural_order(const ContentLine& line) {
    const auto parts = split_content(line.value, ';');
    std::string name = parts.size() > 1 ? parts[1] : std::string();
    if (!name.empty() && !parts[0].empty()) name += ' ';
    return name + parts[0];
}

std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
    return digits;
}

bool is_web(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

}  // namespace

void Card::take(const ContentLine& line) {
    const std::string& name = line.name;
    if (name == "UID") keep_first(uid_, text_of(line));
    else if (name == "FN") keep_first(full_name_, text_of(line));
    else if (name == "N") keep_first(given_and_family_, natural_order(line));
    else if (name == "NICKNAME") keep_first(nickname_, text_of(line));
    else if (name == "ORG") keep_first(organisation_, first_part(line));
    else if (name == "TITLE") keep_first(title_, text_of(line));
    else if (name == "ROLE") keep_first(role_, text_of(line));
    else if (name == "KIND" || name == "X-ADDRESSBOOKSERVER-KIND") keep_first(kind_, upper_ascii(trim(line.value)));
    else if (name == "X-ABSHOWAS") is_company_ = is_company_ || equal_without_case(trim(line.value), "COMPANY");
    else if (name == "EMAIL") take_email(line);
    else if (name == "TEL" && phones_.size() < most_of_a_kind) phones_.push_back(text_of(line));
    else if (name == "URL" || name == "X-SOCIALPROFILE") take_url(line);
}

void Card::take_email(const ContentLine& line) {
    std::string address = mail_address(unescape_content(line.value));
    if (address.empty()) address = text_of(line);
    const bool is_known = std::ranges::find(emails_, address, &Address::address) != emails_.end();
    if (address.empty() || is_known || emails_.size() >= most_of_a_kind) return;
    unsigned rank = last_rank;
    if (const auto preference = parse_integer(line.parameter("PREF")); preference && *preference >= 1 && *preference < last_rank)
        rank = static_cast<unsigned>(*preference);
    if (line.has_type("PREF")) rank = 0;
    emails_.push_back({std::move(address), rank});
}

void Card::take_url(const ContentLine& line) {
    std::string url = text_of(line);
    // A profile tells who somebody is, a web page may be an employer's. Apple writes some profiles as "x-apple:name".
    if (line.name == "URL") keep_first(url_, std::move(url));
    else if (is_web(url)) keep_first(profile_, std::move(url));
}

Card::Kind Card::kind() const {
    if (kind_ == "GROUP") return Kind::group;
    if (kind_ == "LOCATION") return Kind::place;
    const bool has_person = !full_name_.empty() || !given_and_family_.empty() || !nickname_.empty();
    return kind_ == "ORG" || is_company_ || (!has_person && !organisation_.empty()) ? Kind::organisation : Kind::person;
}

std::string Card::name() const {
    for (const std::string* each : {&full_name_, &given_and_family_, &nickname_, &organisation_})
        if (!each->empty()) return *each;
    return {};
}

Contact Card::contact() const {
    Contact contact{.person = {.key = uid_, .name = name()},
                    .url = profile_.empty() ? url_ : profile_,
                    .organisation = organisation_,
                    .position = title_.empty() ? role_ : title_,
                    .circle = kind() == Kind::organisation ? "page" : "R1",
                    .origin = "address_book"};
    auto emails = emails_;
    std::ranges::stable_sort(emails, {}, &Address::rank);
    for (const Address& each : emails) contact.emails.push_back(each.address);
    std::string& key = contact.person.key;
    const bool is_anybody = !contact.person.name.empty() || !emails.empty() || !phones_.empty();
    if (!is_anybody) key.clear();
    else if (key.empty() && !contact.emails.empty()) key = contact.emails.front();
    else if (key.empty()) key = fold_name(contact.person.name);
    if (key.empty() && is_anybody && !phones_.empty()) key = digits_of(phones_.front());
    return contact;
}

}  // namespace secateur::contacts
