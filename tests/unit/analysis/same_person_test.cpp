// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/same_person.hpp"

#include <gtest/gtest.h>

namespace secateur {
namespace same_person_test {

KnownAccount account(std::string id, std::string name, std::vector<std::int64_t> groups = {}) {
    KnownAccount made{.id = id, .platform = id.substr(0, id.find(':')), .name = std::move(name), .emails = {}, .links = {}, .groups = std::move(groups)};
    return made;
}

struct LinkCase {
    const char *link, *plain;
};

TEST(ProfileLink, LosesWhatVariesAndKeepsWhoItIs) {
    const LinkCase cases[] = {
        {"https://www.linkedin.com/in/nour-vanacker/", "linkedin.com/in/nour-vanacker"},
        {"http://fr.linkedin.com/in/Nour-Vanacker?trk=x", "linkedin.com/in/nour-vanacker"},
        {"linkedin.com/in/nour-vanacker#about", "linkedin.com/in/nour-vanacker"},
        {"https://m.facebook.com/nour.v", "facebook.com/nour.v"},
        {"https://en.example/nour", "en.example/nour"},
        {"https://nour.example/", ""},
        {"nour", ""},
        {"a/b", ""},
    };
    for (const LinkCase& each : cases) EXPECT_EQ(plain_profile_link(each.link), each.plain) << each.link;
}

TEST(SamePeople, AreProposedByAddressThenByLink) {
    std::vector<KnownAccount> accounts{account("linkedin:a", "Nour V."), account("mail:b", "N. Vanacker"), account("contacts:c", "Nour")};
    accounts[0].links = {"https://www.linkedin.com/in/nour"};
    accounts[1].emails = {"Nour@Mail.example "};
    accounts[2].emails = {"nour@mail.example"};
    accounts[2].links = {"linkedin.com/in/nour/"};
    const auto found = propose_same_people(accounts, {});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0], (SamePersonProposal{.a = "contacts:c", .b = "mail:b", .name_a = "Nour", .name_b = "N. Vanacker",
                                            .evidence = SameEvidence::address, .detail = "nour@mail.example", .others = 0}));
    EXPECT_EQ(found[1].evidence, SameEvidence::link);
    EXPECT_EQ(found[1].detail, "linkedin.com/in/nour");
}

TEST(SamePeople, AreNotProposedOnANameAlone) {
    const std::vector<KnownAccount> accounts{account("linkedin:a", "Nour Vanacker", {1}), account("telegram:b", "Nour Vanacker", {2})};
    EXPECT_TRUE(propose_same_people(accounts, {}).empty());
}

TEST(SamePeople, AreProposedWhenTheirGroupsShareTwoMoreNames) {
    std::vector<KnownAccount> accounts;
    for (const char* name : {"Nour Vanacker", "Otto Brandt", "Lin Moreau"}) {
        accounts.push_back(account(std::string("whatsapp:") + name, name, {1}));
        accounts.push_back(account(std::string("telegram:") + name, name, {2}));
    }
    accounts.push_back(account("linkedin:n", "Nour Vanacker", {3}));
    const auto found = propose_same_people(accounts, {});
    ASSERT_EQ(found.size(), 3U) << "the LinkedIn account shares the name only";
    for (const SamePersonProposal& each : found) {
        EXPECT_EQ(each.evidence, SameEvidence::name_and_people);
        EXPECT_EQ(each.others, 2U);
        EXPECT_EQ(each.name_a, each.name_b);
    }
    accounts.erase(accounts.begin() + 4);  // one name less in the first group
    EXPECT_TRUE(propose_same_people(accounts, {}).empty());
}

TEST(SamePeople, OfTwoGroupsThatSheMergedNeedNoMoreNames) {
    const std::vector<KnownAccount> accounts{account("linkedin:a", "Nour Vanacker", {7}), account("telegram:b", "Nour Vanacker", {7})};
    EXPECT_EQ(propose_same_people(accounts, {}).size(), 1U);
}

TEST(SamePeople, FirstNamesAreNobody) {
    const std::vector<KnownAccount> accounts{account("linkedin:a", "Nour", {7}), account("telegram:b", "Nour", {7})};
    EXPECT_TRUE(propose_same_people(accounts, {}).empty());
}

TEST(SamePeople, WhomSheKeptApartAreNotProposedAgain) {
    std::vector<KnownAccount> accounts{account("linkedin:a", "Nour"), account("mail:b", "Nour")};
    accounts[0].emails = accounts[1].emails = {"nour@mail.example"};
    EXPECT_EQ(propose_same_people(accounts, {}).size(), 1U);
    EXPECT_TRUE(propose_same_people(accounts, {{"linkedin:a", "mail:b"}}).empty());
}

TEST(SamePeople, ASharedMailboxIsNoPerson) {
    std::vector<KnownAccount> accounts;
    for (int i = 0; i < 5; ++i) {
        accounts.push_back(account("mail:" + std::to_string(i), "Colleague " + std::to_string(i)));
        accounts.back().emails = {"office@firm.example"};
    }
    EXPECT_TRUE(propose_same_people(accounts, {}).empty());
    accounts.pop_back();
    EXPECT_EQ(propose_same_people(accounts, {}).size(), 6U);
}

}  // namespace same_person_test
}  // namespace secateur
