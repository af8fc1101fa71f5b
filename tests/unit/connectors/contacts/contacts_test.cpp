// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_source.hpp"
#include "tests/support/record_text.hpp"
#include "tests/support/vector_sink.hpp"

namespace secateur {
const Connector& contacts_connector();
}

namespace secateur::test {
namespace contacts_test {

using testing::ElementsAre;

std::string card(std::string_view lines, std::string_view version = "3.0") {
    return "BEGIN:VCARD\r\nVERSION:" + std::string(version) + "\r\n" + std::string(lines) + "END:VCARD\r\n";
}
Reading read_book(std::string text, ReadContext context = {}) {
    const MemorySource source("contacts_2026-05-01.vcf", {{"contacts.vcf", std::move(text)}});
    return read_source(contacts_connector(), source, context);
}
Contact only(const VectorSink& sink) {
    EXPECT_EQ(sink.count<Contact>(), 1u);
    return sink.count<Contact>() == 1 ? sink.all<Contact>()[0] : Contact{};
}

struct CardCase {
    const char* name;
    std::string lines, contact;  // key=name|url|organisation|position|emails|circle
};
class ContactsCards : public testing::TestWithParam<CardCase> {};
TEST_P(ContactsCards, MakeOneContact) {
    const Contact found = only(read_book(card(GetParam().lines)).sink);
    EXPECT_EQ(text_of(found.person) + "|" + found.url + "|" + found.organisation + "|" + found.position + "|" + text_of(found.emails) + "|" + found.circle,
              GetParam().contact);
    EXPECT_EQ(found.origin, "address_book");
    EXPECT_FALSE(found.connected);
}
INSTANTIATE_TEST_SUITE_P(
    Contacts, ContactsCards,
    testing::ValuesIn<CardCase>({
        {"whole", "N:Morel;Isa;;;\nFN:Isa Morel\nUID:u-1\nORG:Acme\\, SA;Lab\nTITLE:Boss\nROLE:x\nEMAIL:I@A.example\nURL:https://a.example\n",
                 "u-1=Isa Morel|https://a.example|Acme, SA|Boss|i@a.example;|R1"},
        {"address_for_a_key", "FN:Isa Morel\nEMAIL;TYPE=home:b@b.example\nEMAIL;TYPE=pref:a@a.example\n",
                 "a@a.example=Isa Morel||||a@a.example;b@b.example;|R1"},
        {"ranked_addresses", "FN:Isa\nEMAIL:c@c.example\nEMAIL;PREF=2:b@b.example\nEMAIL;PREF=1:a@a.example\nEMAIL:C@C.example\n",
                 "a@a.example=Isa||||a@a.example;b@b.example;c@c.example;|R1"},
        {"name_from_its_parts", "N:Morel;Isa;;Dr;\n", "isa morel=Isa Morel|||||R1"},
        {"family_name_alone", "N:Morel;;;;\n", "morel=Morel|||||R1"},
        {"nickname", "NICKNAME:Zaza\n", "zaza=Zaza|||||R1"},
        {"number_alone", "TEL;CELL:+32 460 00-11\n", "+324600011=|||||R1"},
        {"company", "ORG:Acme\nTEL:1\n", "acme=Acme||Acme|||page"},
        {"shown_as_company", "FN:Acme\nORG:Acme\nX-ABShowAs:Company\n", "acme=Acme||Acme|||page"},
        {"kind_org", "KIND:org\nFN:Acme\n", "acme=Acme|||||page"},
        {"profile_before_page", "FN:Isa\nURL:https://a.example\nX-SOCIALPROFILE;type=x:x-apple:isa\nX-SOCIALPROFILE:https://x.example/isa\n",
                 "isa=Isa|https://x.example/isa||||R1"},
        {"role", "FN:Isa\nROLE:Treasurer\n", "isa=Isa|||Treasurer||R1"},
        {"grouped_lines", "item1.FN:Isa\nitem1.X-ABLabel:x\n", "isa=Isa|||||R1"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct IgnoredCase {
    const char* name;
    std::string lines, reason;
};
class ContactsIgnored : public testing::TestWithParam<IgnoredCase> {};
TEST_P(ContactsIgnored, AreNoContactsAndCounted) {
    ReadContext context;
    context.me.names = {"Mira Example"};
    context.me.emails = {"mira@mail.example"};
    context.me.phones = {"+32 460 11 22 33"};
    const VectorSink sink = read_book(card(GetParam().lines), context).sink;
    EXPECT_EQ(sink.count<Contact>(), 0u);
    EXPECT_TRUE(sink.rejected.empty());
    EXPECT_EQ(sink.ignored_for(GetParam().reason), 1u);
}
INSTANTIATE_TEST_SUITE_P(Contacts, ContactsIgnored,
                         testing::ValuesIn<IgnoredCase>({
        {"apple_group", "FN:Choir\nX-ADDRESSBOOKSERVER-KIND:group\n", "contact_group"},
        {"group", "FN:Choir\nKIND:group\nMEMBER:urn:uuid:1\n", "contact_group"},
        {"place", "FN:Hall\nKIND:location\n", "place"},
        {"own_address", "FN:M. E.\nEMAIL:MIRA@mail.example\n", "own_card"},
        {"own_number", "FN:M. E.\nTEL:0460 11 22 33\n", "own_card"},
        {"own_name", "FN:mira example\n", "own_card"}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Contacts, OfMyNameWithAnotherAddressAreSomebodyElse) {
    ReadContext context;
    context.me.names = {"Mira Example"};
    EXPECT_EQ(read_book(card("FN:Mira Example\nEMAIL:other@mail.example\n"), context).sink.count<Contact>(), 1u);
}

struct RefusedCase {
    const char* name;
    std::string text, reason;
    std::uint64_t line;
    std::size_t contacts;
};
class ContactsRefused : public testing::TestWithParam<RefusedCase> {};
TEST_P(ContactsRefused, CardsHaveTheirPlaceAndLeaveTheOthersAlone) {
    const VectorSink sink = read_book(GetParam().text).sink;
    EXPECT_EQ(sink.count<Contact>(), GetParam().contacts);
    ASSERT_EQ(sink.rejected.size(), 1u);
    EXPECT_EQ(sink.rejected[0].problem.reason.id, GetParam().reason);
    EXPECT_EQ(sink.rejected[0].problem.where.line, GetParam().line);
}
INSTANTIATE_TEST_SUITE_P(Contacts, ContactsRefused,
                         testing::ValuesIn<RefusedCase>({
        {"nobody", card("FN:A\n") + card("NOTE:x\nUID:7\n"), "contacts.nameless", 5, 1},
        {"cut_off", card("FN:A\n") + "BEGIN:VCARD\nFN:B\n", "contacts.cut_off", 5, 1},
        {"no_end", "BEGIN:VCARD\nFN:A\n" + card("FN:B\n"), "contacts.no_end", 1, 1}}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Contacts, InsideAContactAreNobodysBusiness) {
    const VectorSink sink = read_book(card("FN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Assistant\nEND:VCARD\nTITLE:Chair\n", "2.1") + card("FN:Next\n")).sink;
    ASSERT_EQ(sink.count<Contact>(), 2u);
    EXPECT_EQ(sink.all<Contact>()[0].person.name, "Boss");
    EXPECT_EQ(sink.all<Contact>()[0].position, "Chair");
}

TEST(Contacts, KeepNothingOfNotesPicturesAndBirthdays) {
    const Contact found = only(read_book(card("FN:Isa\nNOTE:secret\nBDAY:19700101\nADR:;;secret street;;;;\nPHOTO;ENCODING=b:c2VjcmV0\n")).sink);
    EXPECT_EQ(text_of(Record(found)).find("secret"), std::string::npos);
}

TEST(Contacts, CountStrayAndBrokenLines) {
    const VectorSink sink = read_book(card("FN:Isa\nno colon here\n") + "Stray: line\n").sink;
    EXPECT_EQ(sink.count<Contact>(), 1u);
    EXPECT_TRUE(sink.warned("broken_lines"));
    EXPECT_EQ(sink.ignored_for("outside_card"), 1u);
}

TEST(Contacts, SayWhatAnAddressBookCovers) {
    const Reading reading = read_book(card("FN:Isa\n"));
    EXPECT_FALSE(reading.owner.person);
    ASSERT_NE(reading.sink.coverage(""), nullptr);
    EXPECT_EQ(reading.sink.coverage("")->kind, CoverageKind::names_only);
    ASSERT_TRUE(reading.exported_at);
    EXPECT_EQ(format_rfc3339(*reading.exported_at), "2026-05-01T23:59:59Z");
    EXPECT_TRUE(reading.sink.lacks_id("contacts.lack_times"));
}

struct DetectCase {
    const char* name;
    std::map<std::string, std::string> files;
    bool mine;
};
class ContactsDetection : public testing::TestWithParam<DetectCase> {};
TEST_P(ContactsDetection, ClaimsAddressBooksOnly) {
    EXPECT_EQ(contacts_connector().detect(MemorySource("x", GetParam().files)).has_value(), GetParam().mine);
}
INSTANTIATE_TEST_SUITE_P(
    Contacts, ContactsDetection,
    testing::ValuesIn<DetectCase>({
        {"one", {{"a.vcf", card("FN:A\n")}}, true}, {"renamed", {{"a.txt", card("FN:A\n")}}, true},
        {"lower_case", {{"a.vcf", "begin:vcard\nfn:A\nend:vcard\n"}}, true},
        {"takeout", {{"Takeout/Contacts/Tous/Tous.vcf", card("FN:A\n")}, {"Takeout/Contacts/Tous/A.jpg", "x"}, {"Takeout/archive_browser.html", "x"}}, true},
        {"beside_a_chat", {{"_chat.txt", "x"}, {"a.vcf", card("FN:A\n")}}, false},
        {"empty", {{"a.vcf", ""}}, false}, {"calendar", {{"a.vcf", "BEGIN:VCALENDAR\n"}}, false}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Contacts, AreNotOpenedFromSomethingElse) {
    EXPECT_THROW((void)contacts_connector().open(MemorySource("x", {{"a.txt", "x"}}), {}), Error);
}

struct SampleCase {
    const char* name;
    std::string names;  // with their organisations
};
class ContactsSamples : public testing::TestWithParam<SampleCase> {};
TEST_P(ContactsSamples, GiveWhatWasCountedByHand) {
    const auto source = open_source(std::filesystem::path(SECATEUR_SOURCE_DIR) / "sample_data/contacts" / GetParam().name);
    ReadContext context;
    context.me.names = {"Mira Example"};
    const VectorSink sink = read_source(contacts_connector(), *source, context).sink;
    std::string names;
    for (const Contact& each : sink.all<Contact>()) names += each.person.name + "/" + each.organisation + ";";
    EXPECT_EQ(names, GetParam().names);
    EXPECT_TRUE(sink.rejected.empty());
}
INSTANTIATE_TEST_SUITE_P(Contacts, ContactsSamples,
                         testing::ValuesIn<SampleCase>({
        {"google", "Anna Dubois/Atelier Vert;Imprimerie du Canal/Imprimerie du Canal;/;"},
        {"apple", "Baptiste Lefèvre/Commune de Rivemont;Carla Peeters/;"},
        {"android", "Léa Mél/Théâtre;"}}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace contacts_test
}  // namespace secateur::test
