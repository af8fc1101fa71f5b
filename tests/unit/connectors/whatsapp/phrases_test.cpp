// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/whatsapp/phrases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace secateur::whatsapp {
namespace whatsapp_phrases_test {

using enum SystemEvent;

struct SentenceCase {
    std::string text;
    SystemEvent event;
    bool me = false;
    std::vector<std::string> objects;
    std::string name;
};

class WhatsAppSentence : public testing::TestWithParam<SentenceCase> {};

TEST_P(WhatsAppSentence, SaysWhatHappenedToWhom) {
    const SentenceCase& row = GetParam();
    const SystemLine line = read_system_line(plain(row.text));
    EXPECT_EQ(line.event, row.event) << row.text;
    EXPECT_EQ(line.me, row.me) << row.text;
    EXPECT_EQ(line.objects, row.objects) << row.text;
    EXPECT_EQ(line.name, row.name) << row.text;
}

INSTANTIATE_TEST_SUITE_P(
    English, WhatsAppSentence,
    testing::ValuesIn<SentenceCase>({
        {"Messages and calls are end-to-end encrypted. Only people in this chat can read them.", other},
        {"Mia created group \"Birders\"", created, false, {"Mia"}, "Birders"},
        {"You created group \"The \"A\" team\"", created, true, {}, "The \"A\" team"},
        {"Mia added you", joined, true}, {"You were added", joined, true},
        {"You added Tom and Ann", joined, false, {"Tom", "Ann"}},
        {"Mia added Tom, Ann, and Jake", joined, false, {"Tom", "Ann", "Jake"}},
        {"Mia added you and Tom", joined, true, {"Tom"}},
        {"Tom joined using this group's invite link", joined, false, {"Tom"}},
        {"Tom joined using this group’s invite link", joined, false, {"Tom"}},
        {"You joined using a group link.", joined, true},
        {"Tom joined from the community", joined, false, {"Tom"}},
        {"Tom requested to join", group_other},
        {"Mia added this group to the community: Neighbours", group_other},
        {"Tom left", left, false, {"Tom"}}, {"You left", left, true},
        {"Mia removed Tom", left, false, {"Tom"}}, {"Mia removed you", left, true},
        {"Tom was removed", left, false, {"Tom"}},
        {"Mia changed the subject from \"A\" to \"Re: plan\"", renamed, false, {}, "Re: plan"},
        {"Mia changed the group name from “A” to “B”", renamed, false, {}, "B"},
        {"Mia changed this group's icon", group_other},
        {"You're now an admin", now_admin, true},
        {"You're no longer an admin", not_admin, true},
        {"Tom changed to +44 7700 900123", number_changed, false, {"+44 7700 900123"}},
        {"Mia reset this group's invite link", group_other}, {"Missed voice call", call}}));

INSTANTIATE_TEST_SUITE_P(
    French, WhatsAppSentence,
    testing::ValuesIn<SentenceCase>({
        {"Les messages et les appels sont chiffrés de bout en bout. Seules les personnes…", other},
        {"Zoé a créé le groupe « Famille : été »", created, false, {"Zoé"}, "Famille : été"},
        {"Vous avez créé le groupe « Midis »", created, true, {}, "Midis"},
        {"Hélène a créé ce groupe", created, false, {"Hélène"}},
        {"Zoé vous a ajoutée", joined, true}, {"Vous avez été ajouté(e)", joined, true},
        {"Zoé a ajouté Ali et Max", joined, false, {"Ali", "Max"}},
        {"Vous avez ajouté Maud Q.", joined, false, {"Maud Q."}},
        {"Ali a été ajouté(e)", joined, false, {"Ali"}},
        {"Ali a rejoint le groupe via le lien d’invitation", joined, false, {"Ali"}},
        {"Vous avez rejoint le groupe en utilisant le lien d'invitation", joined, true},
        {"Zoé a ajouté Ali, Max et 3 autres personnes", joined, false, {"Ali", "Max"}},
        {"Ali est partie", left, false, {"Ali"}},
        {"Ali a quitté le groupe", left, false, {"Ali"}},
        {"Vous avez quitté le groupe", left, true},
        {"Zoé a retiré Ali", left, false, {"Ali"}}, {"Zoé vous a retiré(e)", left, true},
        {"Zoé a changé le sujet de « A » à « B : suite »", renamed, false, {}, "B : suite"},
        {"Zoé a remplacé le sujet \"A\" par \"B\"", renamed, false, {}, "B"},
        {"Vous avez modifié le nom du groupe en « C »", renamed, true, {}, "C"},
        {"Zoé a changé l’icône de ce groupe", group_other},
        {"Vous êtes désormais admin", now_admin, true},
        {"Ali est passé à +33 6 39 98 00 02", number_changed, false, {"+33 6 39 98 00 02"}},
        {"Votre code de sécurité avec Ali a changé.", other}}));

INSTANTIATE_TEST_SUITE_P(Others, WhatsAppSentence,
                         testing::ValuesIn<SentenceCase>({
        {"Jana hat die Gruppe „Chor“ erstellt", created, false, {"Jana"}, "Chor"},
        {"Jana hat dich hinzugefügt", joined, true},
        {"Jana hat Uwe und Eva hinzugefügt", joined, false, {"Uwe", "Eva"}},
        {"Uwe hat die Gruppe verlassen", left, false, {"Uwe"}},
        {"Ana creó el grupo \"Coro\"", created, false, {"Ana"}, "Coro"},
        {"Ana añadió a Luis", joined, false, {"Luis"}},
        {"Luis salió del grupo", left, false, {"Luis"}},
        {"Ana criou o grupo \"Coro\"", created, false, {"Ana"}, "Coro"},
        {"Luis saiu", left, false, {"Luis"}},
        {"Ugo ha creato il gruppo \"Coro\"", created, false, {"Ugo"}, "Coro"},
        {"Jan heeft de groep ‘Koor’ gemaakt", created, false, {"Jan"}},
        {"Jan heeft je toegevoegd", joined, true},
        {"Иван создал(а) группу \"Хор\"", created, false, {"Иван"}, "Хор"},
        {"Иван покинул(а) группу", left, false, {"Иван"}},
        {"On se voit demain à la gare", none}}));

TEST(WhatsAppSystemSentence, CountsThoseItDoesNotName) {
    EXPECT_EQ(read_system_line("Zoé a ajouté Ali, Max et 3 autres personnes").unnamed, 3U);
    EXPECT_EQ(read_system_line("Mia added Tom and 12 others").unnamed, 12U);
}

struct BodyCase {
    std::string name;
    std::string text;
    bool iphone;
    Body::Kind kind;
    std::string expected;
    std::uint32_t attachments = 0;
    bool edited = false;
};

class WhatsAppMessageBody : public testing::TestWithParam<BodyCase> {};

TEST_P(WhatsAppMessageBody, IsWordsAndAttachments) {
    const BodyCase& row = GetParam();
    const bool marked = row.text.starts_with("\u200E");
    const Body body = read_body(row.text, marked && row.iphone, row.iphone);
    EXPECT_EQ(body.kind, row.kind);
    EXPECT_EQ(body.guessed ? "" : body.text, row.expected);
    EXPECT_EQ(body.attachments, row.attachments);
    EXPECT_EQ(body.edited, row.edited);
}

constexpr auto message = Body::Kind::message;

INSTANTIATE_TEST_SUITE_P(
    Android, WhatsAppMessageBody,
    testing::ValuesIn(std::vector<BodyCase>{
        {"plain", "Salut l’équipe !", false, message, "Salut l’équipe !"},
        {"heart_is_no_token", "<3", false, message, "<3"},
        {"link_is_no_token", "<https://example.org/a>", false, message, "<https://example.org/a>"},
        {"omitted_english", "<Media omitted>", false, message, "", 1},
        {"omitted_french", "<Médias omis>", false, message, "", 1},
        {"omitted_japanese", "<メディアなし>", false, message, "", 1},
        {"file_french", "IMG-20240101-WA0001.jpg (fichier joint)", false, message, "", 1},
        {"file_unknown_language", "IMG-20240101-WA0001.jpg (allegat d’arxiu)", false, message, "", 1},
        {"file_with_caption", "IMG-20240101-WA0001.jpg (file attached)\nLe banc\nsous le tilleul", false, message,
         "Le banc\nsous le tilleul", 1},
        {"document", "Compte rendu du 3 mai.pdf (fichier joint)", false, message, "", 1},
        {"no_file", "On part (enfin)", false, message, "On part (enfin)"},
        {"mark_in_brackets", "rendez-vous v2.5 (si possible)", false, message, "rendez-vous v2.5 (si possible)"},
        {"edited_french", "Demain 9 h <Ce message a été modifié>", false, message, "Demain 9 h", 0, true},
        {"edited_english", "Tomorrow at nine <This message was edited>", false, message, "Tomorrow at nine", 0, true},
        {"deleted_english", "This message was deleted", false, Body::Kind::deleted, ""},
        {"deleted_french_dot", "Ce message a été supprimé.", false, Body::Kind::deleted, ""},
        {"deleted_by_admin", "This message was deleted by admin Mia", false, Body::Kind::deleted, ""},
        {"talk_of_deleting", "This message was deleted yesterday, what was in it?", false, message,
         "This message was deleted yesterday, what was in it?"},
        {"seen_once", "", false, message, "", 1},
        {"withheld", "null", false, message, "", 1},
        {"missed_call", "Missed voice call", false, Body::Kind::call, ""},
        {"talk_of_calls", "Video call", false, message, "Video call"},
        {"location", "Localisation : https://maps.google.com/?q=50.8,4.3", false, message, "", 1},
        {"link_to_maps", "Voici https://maps.google.com/?q=50.8,4.3", false, message,
         "Voici https://maps.google.com/?q=50.8,4.3"},
        {"poll", "POLL:\nQuand ?\nOPTION: Lundi (3 votes)\nOPTION: Mardi (1 vote)", false, message, "Quand ?\nLundi\nMardi"},
        {"poll_french", "SONDAGE :\nQuand ?\nOPTION : Lundi (3 votes)", false, message, "Quand ?\nLundi"},
        {"waiting", "Waiting for this message. This may take a while.", false, message, ""},
        {"blank_lines_stay", "un\n\ntrois", false, message, "un\n\ntrois"},
    }),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(IPhone, WhatsAppMessageBody,
                         testing::ValuesIn(std::vector<BodyCase>{
                             {"image", "\u200Eimage absente", true, message, "", 1},
                             {"document", "Règlement.pdf • \u200E2 pages \u200Edocument manquant", true, message, "", 1},
                             {"caption_before", "Le banc \u200Eimage omitted", true, message, "Le banc", 1},
                             {"german", "\u200EBild weggelassen", true, message, "", 1},
                             {"unknown_language", "\u200Ekép kihagyva", true, message, "", 1},
                             {"old_image", "<image omitted>", true, message, "", 1},
                             {"old_unmarked", "image omitted", true, message, "", 1},
                             {"attached", "\u200E<attached: 00000035-PHOTO-2022-03-27-21-41-55.jpg>", true, message, "", 1},
                             {"attached_french", "Regarde \u200E<pièce jointe : 00000036-PHOTO.jpg>", true, message, "Regarde",
                              1},
                             {"attached_before_2017", "2015-08-04-PHOTO-00004762.jpg <attached>", true, message, "", 1},
                             {"deleted_by_me", "\u200EVous avez supprimé ce message.", true, Body::Kind::deleted, ""},
                             {"call", "\u200EVideo call, \u200E5 min", true, Body::Kind::call, ""},
                             {"sentence", "\u200EZoé added you", true, Body::Kind::system, "Zoé added you"},
                             {"long_unknown", "\u200EZoé lisätty ryhmään jonkun muun jäsenen toimesta", true, Body::Kind::system,
                              "Zoé lisätty ryhmään jonkun muun jäsenen toimesta"},
                             {"edited_unknown_language", "holnap kilenckor \u200E<Az üzenetet szerkesztették>", true, message,
                              "holnap kilenckor", 0, true},
                             {"typed", "image superbe", true, message, "image superbe"},
                         }),
                         [](const auto& test) { return test.param.name; });

TEST(WhatsAppDeletedPlaceholder, TellsWhoseItWas) {
    EXPECT_EQ(deleted_placeholder("You deleted this message"), Placeholder::deleted_by_me);
    EXPECT_EQ(deleted_placeholder("Vous avez supprimé ce message."), Placeholder::deleted_by_me);
    EXPECT_EQ(deleted_placeholder("Du hast diese Nachricht gelöscht."), Placeholder::deleted_by_me);
    EXPECT_EQ(deleted_placeholder("This message was deleted."), Placeholder::deleted);
    EXPECT_EQ(deleted_placeholder("You deleted this message?"), Placeholder::none);
}

TEST(WhatsAppTitleInFileName, FollowsTheWordsOfTheApp) {
    EXPECT_EQ(title_in_file_name("WhatsApp Chat with Birders"), "Birders");
    EXPECT_EQ(title_in_file_name("Discussion WhatsApp avec Course du jeudi (1)"), "Course du jeudi");
    EXPECT_EQ(title_in_file_name("WhatsApp Chat - Midis RH (2026)"), "Midis RH (2026)");
    EXPECT_EQ(title_in_file_name("WhatsApp_Chat_with_Birders"), "Birders");
    EXPECT_EQ(title_in_file_name("WhatsApp\u00A0Chat with\u00A0Birders"), "Birders");
    EXPECT_EQ(title_in_file_name("Notes de réunion"), "");
}

}  // namespace whatsapp_phrases_test
}  // namespace secateur::whatsapp
