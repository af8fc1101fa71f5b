// SPDX-License-Identifier: GPL-3.0-or-later
// What mail and Usenet share: an mbox taken apart, a letter decoded, the writer's own words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/gzip.hpp"
#include "base/text.hpp"
#include "connectors/mbox.hpp"
#include "connectors/mime.hpp"
#include "connectors/quoting.hpp"

namespace secateur {
namespace mail_letters_test {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> letters_in(std::string_view mbox, std::size_t limit = letter_limit) {
    const auto stream = memory_stream(mbox);
    MboxReader reader(*stream, limit);
    std::vector<std::string> found;
    MboxLetter letter;
    while (reader.next(letter)) found.push_back(letter.from_line + "|" + letter.bytes + (letter.is_cut ? "|cut" : ""));
    return found;
}

struct SplitCase {
    const char* name;
    std::string mbox;
    std::vector<std::string> letters;
};
class MailSplit : public testing::TestWithParam<SplitCase> {};
TEST_P(MailSplit, FindsTheLetters) { EXPECT_EQ(letters_in(GetParam().mbox), GetParam().letters); }

const std::string dated = "From a@b.c Thu Apr 14 11:06:56 2016";
INSTANTIATE_TEST_SUITE_P(
    Mbox, MailSplit,
    testing::ValuesIn(std::vector<SplitCase>{
        {"two", dated + "\nFrom: a\n\nx\n\n" + dated + "\nFrom: b\n\ny\n", {dated + "|From: a\n\nx\n\n",
                                                                            dated + "|From: b\n\ny\n"}},
        {"dos_line_ends", dated + "\r\nFrom: a\r\n\r\nx\r\n", {dated + "|From: a\n\nx\n"}},
        {"byte_order_mark_and_blank_lines", "\xEF\xBB\xBF\n\n" + dated + "\nFrom: a\n\nx\n", {dated + "|From: a\n\nx\n"}},
        {"no_blank_line_between_dated_letters", dated + "\nFrom: a\n\nx\n" + dated + "\nFrom: b\n\ny\n",
         {dated + "|From: a\n\nx\n", dated + "|From: b\n\ny\n"}},
        {"bare_separator", "From \nFrom: a\n\nx\n\nFrom \nFrom: b\n\ny\n", {"From |From: a\n\nx\n\n", "From |From: b\n\ny\n"}},
        {"sentence_that_begins_with_From", dated + "\nTo: a\n\nx\n\nFrom here on it rains.\nBring: a coat\n",
         {dated + "|To: a\n\nx\n\nFrom here on it rains.\nBring: a coat\n"}},
        {"escaped_once_and_twice", dated + "\nTo: a\n\n>From me\n>>From her\n> From him\n",
         {dated + "|To: a\n\nFrom me\n>From her\n> From him\n"}},
        {"raw_bytes_in_the_separator", "From luc\xED" "acharlie at w.com  Mon Nov  7 18:44:27 2016\nTo: a\n\nx\n",
         {"From luc\xED" "acharlie at w.com  Mon Nov  7 18:44:27 2016|To: a\n\nx\n"}},
        {"text_before_the_first", "hello\n\n" + dated + "\nTo: a\n\nx\n", {"|hello\n\n", dated + "|To: a\n\nx\n"}},
        {"content_length_that_lies", dated + "\nContent-Length: 9000\n\nx\n\n" + dated + "\nTo: b\n\ny\n",
         {dated + "|Content-Length: 9000\n\nx\n\n", dated + "|To: b\n\ny\n"}},
        {"separator_at_the_very_end", dated + "\nTo: a\n\nx\n\n" + dated, {dated + "|To: a\n\nx\n\n" + dated + "\n"}},
        {"nothing", "\n\n", {}},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MailMbox, KeepsTheBeginningOfALongLetterAndFindsTheNext) {
    const std::string mbox = dated + "\nTo: a\n\n" + std::string(10'000, 'x') + "\n\n" + dated + "\nTo: b\n\ny\n";
    EXPECT_THAT(letters_in(mbox, 100), ElementsAre(dated + "|To: a\n\n|cut", dated + "|To: b\n\ny\n"));
}

TEST(MailMbox, TellsWhereALetterStands) {
    const std::string first = dated + "\nTo: a\n\nx\n\n", second = dated + "\nTo: b\n\ny\n", mbox = first + second;
    const auto stream = memory_stream(mbox);
    MboxReader reader(*stream);
    MboxLetter letter;
    ASSERT_TRUE(reader.next(letter));
    EXPECT_EQ(letter.length, first.size());
    ASSERT_TRUE(reader.next(letter));
    EXPECT_EQ(letter.line, 6u);
    EXPECT_EQ(letter.offset, first.size());
    EXPECT_EQ(letter.length, second.size());
}

struct FromTimeCase {
    const char* line;
    const char* at;  // null: none
    TimeBasis basis = TimeBasis::utc;
};
class MailFromTime : public testing::TestWithParam<FromTimeCase> {};
TEST_P(MailFromTime, IsReadWhereItCanBe) {
    const auto time = time_of_from_line(GetParam().line, Zone::find("Europe/Brussels"));
    ASSERT_EQ(time.has_value(), GetParam().at != nullptr);
    if (!time) return;
    EXPECT_EQ(format_rfc3339(time->at), GetParam().at);
    EXPECT_EQ(time->basis, GetParam().basis);
}
INSTANTIATE_TEST_SUITE_P(Styles, MailFromTime,
                         testing::ValuesIn<FromTimeCase>({
        {"From 1@xxx Thu Apr 16 09:53:04 +0000 2015", "2015-04-16T09:53:04Z",
                     TimeBasis::offset},
        {"From a@b Thu Apr 16 09:53:04 2015 +0200", "2015-04-16T07:53:04Z",
                     TimeBasis::offset},
        {"From a@b Thu Apr 16 09:53:04 2015", "2015-04-16T07:53:04Z",
                     TimeBasis::local_assumed},
        {"From a@b Thu Apr 16 09:53:04 UTC 2015", "2015-04-16T09:53:04Z",
                     TimeBasis::utc},
        {"From a@b Thu Apr 16 09:53 2015", "2015-04-16T07:53:00Z",
                     TimeBasis::local_assumed},
        {"From a@b Thu Feb 31 09:53:04 2015", nullptr},
            {"From ", nullptr},
        {"From a@b Thu Apr 16 9h53 2015", nullptr}}));

// ---- words

struct WordsCase {
    const char* name;
    const char* text;
    const char* own;
    unsigned quoted, files;
};
class MailWords : public testing::TestWithParam<WordsCase> {};
TEST_P(MailWords, AreTheWritersOwn) {
    const OwnWords own = own_words(GetParam().text);
    EXPECT_EQ(own.text, GetParam().own);
    EXPECT_EQ(own.quoted_lines, GetParam().quoted);
    EXPECT_EQ(own.files, GetParam().files);
}
INSTANTIATE_TEST_SUITE_P(
    Quoting, MailWords,
    testing::ValuesIn<WordsCase>({
        {"reply_below", "On Mon, 3 May 2026, Anna wrote:\n> where?\n>> here\n\nThere.\n", "There.", 2, 0},
        {"between", "Hello\n\n> where?\nThere.\n> when?\nNow.\n", "Hello\n\nThere.\nNow.", 2, 0},
        {"french_folded",
                  "Oui.\n\nLe lun. 3 mai 2026 à 10:02, Anna Exemple\n<anna@example.org> a écrit\xC2\xA0:\n\n> où ?\n",
                      "Oui.", 1, 0},
        {"quote_that_was_html", "Yes.\n\nOn 3 May 2026 Anna wrote:\n", "Yes.", 0, 0},
        {"not_an_attribution", "This is what she wrote:\nnothing", "This is what she wrote:\nnothing", 0, 0},
        {"signature", "Text\n-- \nAnna\nTel. 1\n", "Text", 0, 0},
        {"mailman_footer", "Text\n_______________________________________________\nList mailing list\n",
                  "Text", 0, 0},
        {"google_footer_french", "Texte\nVous recevez ce message, car vous êtes abonné au groupe\n", "Texte",
                  0, 0},
        {"outlook", "Fine.\n\nDe : Anna\nEnvoyé : lundi\nObjet : x\n\nwords of hers\n", "Fine.", 0, 0},
        {"original_message", "Fine.\n-----Message d'origine-----\nhers\n", "Fine.", 0, 0},
        {"scrubbed_attachments",
                  "Text\n-------------- next part --------------\nA\n-------------- next part --------------\nB\n",
                      "Text", 0, 2},
        {"uuencoded", "See:\nbegin 644 a.jpg\nM123\n`\nend\nBye\n", "See:\nBye", 0, 1},
        {"a_colon_is_no_header", "From: the start\nwe knew\n", "From: the start\nwe knew", 0, 0}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MailWords, TakeNoLongerForHostileText) {
    std::string text;
    for (int i = 0; i < 6'000; ++i) text += "\n>\nbegin 644 x\n";
    EXPECT_EQ(own_words(text).quoted_lines, 6'000u);
}

TEST(MailSubjects, LoseTagsAndPrefixes) {
    const Subject reply = read_subject("Re: [hikers] RE[2]: Map for Sunday");
    EXPECT_EQ(reply.text, "Map for Sunday");
    EXPECT_EQ(reply.tag, "hikers");
    EXPECT_TRUE(reply.is_reply);
    EXPECT_TRUE(read_subject("TR : La carte").is_forward);
    EXPECT_TRUE(read_subject("RE : La carte").is_reply);
    const Subject post = read_subject("Reminder: Sunday");
    EXPECT_EQ(post.text, "Reminder: Sunday");
    EXPECT_FALSE(post.is_reply);
}

// ---- letters

Letter letter_of(std::string_view bytes) {
    const auto letter = parse_letter(bytes);
    EXPECT_TRUE(letter);
    return letter.value_or(Letter{});
}

TEST(MailLetters, DecodeEncodedWords) {
    const Letter letter = letter_of("From: =?ISO-8859-1?Q?Fran=E7ois?= <Francois@Example.com>\n"
                                    "Subject: =?UTF-8?Q?ca?= =?UTF-8?Q?f=C3=A9_du?=\n =?utf-8?B?IGx1bmRp?=\n\nx\n");
    EXPECT_EQ(letter.from, (Mailbox{"François", "francois@example.com"}));
    EXPECT_EQ(letter.subject, "café du lundi");
}

TEST(MailLetters, JoinACharacterCutBetweenTwoEncodedWords) {
    EXPECT_EQ(letter_of("Subject: =?UTF-8?Q?caf=C3?= =?UTF-8?Q?=A9?=\n\n").subject, "café");
}

TEST(MailLetters, ReadBareBytesInHeaders) {
    EXPECT_EQ(letter_of("Subject: caf\xC3\xA9\n\n").subject, "café");
    EXPECT_EQ(letter_of("Subject: caf\xE9\n\n").subject, "café");
}

struct CharsetCase {
    const char* name;
    std::string type, body, text;
};
class MailCharset : public testing::TestWithParam<CharsetCase> {};
TEST_P(MailCharset, BecomesUtf8) {
    EXPECT_EQ(letter_of("From: a@b.c\n" + GetParam().type + "\n\n" + GetParam().body + "\n").text, GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, MailCharset,
    testing::ValuesIn(std::vector<CharsetCase>{
        {"none_utf8", "X: y", "\xC3\xA9t\xC3\xA9", "été"},
        {"none_latin", "X: y", "\xE9t\xE9", "été"},
        {"latin1_is_windows", "Content-Type: text/plain; charset=ISO-8859-1", "\x93quoted\x94 \x80", "“quoted” €"},
        {"ascii_with_eight_bits", "Content-Type: text/plain; charset=us-ascii", "\xE9t\xE9", "été"},
        {"unknown_name", "Content-Type: text/plain; charset=x-unknown", "\xE9t\xE9", "été"},
        {"nonsense_name", "Content-Type: text/plain; charset=klingon", "\xE9t\xE9", "été"},
        {"says_utf8_is_not", "Content-Type: text/plain; charset=utf-8", "\xE9t\xE9", "été"},
        {"greek", "Content-Type: text/plain; charset=iso-8859-7", "\xE1\xE2", "αβ"},
        {"quoted_printable", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
         "=C3=A9t=C3=A9 =\nlong", "été long"},
        {"base64", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", "w6l0w6k=", "été"},
    }),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MailLetters, PreferPlainTextAndCountFiles) {
    const Letter letter = letter_of("From: a@b.c\nContent-Type: multipart/mixed; boundary=m\n\n--m\n"
                                    "Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/html\n\n"
                                    "<p>page</p>\n--a\nContent-Type: text/plain\n\nplain\n--a--\n--m\nContent-Type: image/png\n\n"
                                    "x\n--m\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n"
                                    "not words\n--m\nContent-Type: application/pgp-signature\n\ny\n--m--\n");
    EXPECT_EQ(letter.text, "plain");
    EXPECT_EQ(letter.attachments, 2u);
}

TEST(MailLetters, TakeThePageWherePlainTextIsEmpty) {
    const Letter letter = letter_of(
        "From: a@b.c\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\n\n--a\n"
        "Content-Type: text/html\n\n"
        "<html><head><title>t</title><style>p{}</style></head><body><p>Hello <a href=\"https://example.org/x\">you</a></p>"
        "<div class=\"gmail_quote\">old<blockquote>older</blockquote></div></body></html>\n--a--\n");
    EXPECT_EQ(letter.text, "Hello you");
    EXPECT_THAT(letter.links, ElementsAre("https://example.org/x"));
    EXPECT_EQ(letter.quoted_lines, 1u);
}

TEST(MailLetters, KnowWhatTheyAnswer) {
    EXPECT_EQ(letter_of("Message-ID: <me@x>\nIn-Reply-To: Your message of Monday <p@x>\n\n").parent, "p@x");
    EXPECT_EQ(letter_of("Message-id: <me@x>\nReferences: <root@x>\n\t<p@x>\n\n").parent, "p@x");
    EXPECT_EQ(letter_of("Message-ID: <me@x>\nIn-Reply-To: <me@x>\n\n").parent, "");
    EXPECT_EQ(letter_of("Message-ID: me@x\n\n").id, "me@x");
    EXPECT_EQ(letter_of("Message-ID: <>\n\n").id, "");
}

struct DateCase {
    const char* date;
    const char* at;
};
class MailLetterDate : public testing::TestWithParam<DateCase> {};
TEST_P(MailLetterDate, IsRead) {
    const auto date = letter_of(std::string("From: a@b.c\nDate: ") + GetParam().date + "\n\n").date;
    ASSERT_EQ(date.has_value(), GetParam().at != nullptr);
    if (!date) return;
    EXPECT_EQ(format_rfc3339(date->at), GetParam().at);
}
INSTANTIATE_TEST_SUITE_P(Obsolete, MailLetterDate,
                         testing::ValuesIn<DateCase>({
        {"Mon, 7 Nov 2016 19:44:27 +0100", "2016-11-07T18:44:27Z"},
        {"7 Nov 2016 19:44 EST", "2016-11-08T00:44:00Z"},
        {"Mon, 7 Nov 2016 19:44:27 -0000", "2016-11-07T19:44:27Z"},
        {"Mon, 7 Nov 2016 19:44:27 GMT (a comment)", "2016-11-07T19:44:27Z"},
        {"Tue, 7 Nov 95 19:44:27 +0000", "1995-11-07T19:44:27Z"},
        {"Thu, 1 Jan 1970 00:00:00 +0000", nullptr}, {"yesterday", nullptr}}));

TEST(MailLetters, FallBackOnTheLastReceived) {
    const auto date = letter_of("Received: from a by b;\n Tue, 8 Nov 2016 10:00:00 +0000\n"
                                "Received: from c; Mon, 7 Nov 2016 10:00:00 +0000\nFrom: a@b.c\n\n").date;
    ASSERT_TRUE(date);
    EXPECT_EQ(format_rfc3339(date->at), "2016-11-08T10:00:00Z");
}

TEST(MailLetters, UnmaskAddresses) {
    EXPECT_EQ(letter_of("From: jgb at example.com (Jesus Example)\n\n").from, (Mailbox{"Jesus Example", "jgb@example.com"}));
    EXPECT_EQ(letter_of("From: jgb chez example.com (=?utf-8?q?Ren=C3=A9?=)\n\n").from, (Mailbox{"René", "jgb@example.com"}));
    EXPECT_EQ(letter_of("From: Jesus <jgb(a)example.com>\n\n").from, (Mailbox{"Jesus", "jgb@example.com"}));
    EXPECT_EQ(unmask_address("meet me at the bridge"), "meet me at the bridge");
}

TEST(MailLetters, TakeDigestsApart) {
    const std::string headers = "From: l@x.org\nSubject: L Digest, Vol 1, Issue 2\n";
    const Letter mime = letter_of(headers + "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nTopics\n"
                                            "--m\nContent-Type: multipart/digest; boundary=d\n\n"
                                            "--d\n\nFrom: a@b.c\nMessage-ID: <1@x>\n\none\n\n"
                                            "--d\n\nFrom: b@b.c\nMessage-ID: <2@x>\n\ntwo\n\n--d--\n--m--\n");
    ASSERT_EQ(mime.digest.size(), 2u);
    EXPECT_EQ(letter_of(mime.digest[1]).id, "2@x");
    const std::string rule(30, '-');
    const Letter plain = letter_of(headers + "\nTopics:\n\n   1. Map\n\n" + std::string(70, '-') +
                                   "\n\nMessage: 1\nDate: Mon, 7 Nov 2016 10:00:00 +0000\nFrom: A <a@b.c>\nMessage-ID: <1@x>\n\none\n\n" +
                                   rule +
                                   "\n\nMessage: 2\nDate: Mon, 7 Nov 2016 11:00:00 +0000\nFrom: B <b@b.c>\nMessage-ID: <2@x>\n\ntwo\n\n" +
                                   rule + "\n\nEnd of L Digest\n");
    ASSERT_EQ(plain.digest.size(), 2u);
    EXPECT_EQ(letter_of(plain.digest[0]).id, "1@x");
    EXPECT_EQ(letter_of(plain.digest[1]).text, "two");
}

TEST(MailLetters, SurviveNestingWithoutEnd) {
    std::string bytes = "From: a@b.c\n";
    for (int i = 0; i < 1'000; ++i) bytes += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
        std::to_string(i) + "\n";
    EXPECT_THAT(letter_of(bytes).text, IsEmpty());
}

TEST(MailLetters, AreNothingWithoutHeaders) {
    EXPECT_FALSE(parse_letter("just a line of text\n\nand more\n"));
    EXPECT_FALSE(parse_letter(""));
}

TEST(MailGzip, IsUnpackedAndAnythingElsePasses) {
    constexpr std::string_view packed("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\xc0\x4e\x72\x01\x00\x68\x02\x31\x66\x1e\x00\x00\x00", 30);
    EXPECT_EQ(unpacked_head("plain text", 100), "plain text");
    EXPECT_EQ(unpacked_head("", 100), "");
    EXPECT_EQ(unpacked_head(packed, 5), "hello");
}

TEST(MailGzip, RefusesDamage) {
    const std::string damaged("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 21);
    const auto inner = memory_stream(damaged);
    const auto stream = unpacked_stream(*inner, "a.gz");
    EXPECT_THROW((void)read_all(*stream, 1'000, "a.gz"), Error);
}

}  // namespace mail_letters_test
}  // namespace secateur
