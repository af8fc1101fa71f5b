// SPDX-License-Identifier: GPL-3.0-or-later
#include "connectors/whatsapp/phrases.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "connectors/whatsapp/header.hpp"

namespace secateur::whatsapp {
namespace {

using enum SystemEvent;

/// A sentence of the app. {x} is who acts, {y} whom it is about, * anything. `me` says that the reader of the chat is the person
/// it is about.
struct Phrase {
    std::string_view pattern;
    SystemEvent event;
    bool me = false;
};

// In each language the special precedes the general: "added this group to the community" before "added {y}".
constexpr Phrase english[] = {
    {"Messages and calls are end-to-end encrypted*", other},
    {"Messages to this *", other},
    {"Messages you send to this *", other},
    {"*end-to-end encrypt*", other},
    {"*security code*", other},
    {"*disappearing messages*", other},
    {"*message timer*", other},
    {"*messages will disappear*", other},
    {"*this group to the community*", group_other},
    {"*this group from the community*", group_other},
    {"This group *", group_other},
    {"*this group's icon", group_other},
    {"*the group's icon", group_other},
    {"*the group icon", group_other},
    {"*group description*", group_other},
    {"*this group's settings*", group_other},
    {"*the group settings*", group_other},
    {"*reset this group's invite link*", group_other},
    {"*requested to *", group_other},
    {"*pinned a message*", other},
    {"Only admins can *", group_other},
    {"*so only admins *", group_other},
    {"*to allow only admins*", group_other},
    {"{x} changed the subject*", renamed},
    {"{x} changed the group name*", renamed},
    {"{x} changed the group's name*", renamed},
    {"{x} changed this group's name*", renamed},
    {"{x} changed this group's *", group_other},
    {"You created group*", created, true},
    {"You created the group*", created, true},
    {"You created this group*", created, true},
    {"{x} created group*", created},
    {"{x} created the group*", created},
    {"{x} created this group*", created},
    {"You were added*", joined, true},
    {"{x} added you", joined, true},
    {"{x} added you to *", joined, true},
    {"You added {y}", joined},
    {"{x} added {y}", joined},
    {"{y} were added", joined},
    {"{y} was added by {x}", joined},
    {"{y} was added", joined},
    {"You joined*", joined, true},
    {"{y} joined using *", joined},
    {"{y} joined from *", joined},
    {"{y} joined via *", joined},
    {"{y} joined the group*", joined},
    {"{y} joined this group*", joined},
    {"{y} joined the community*", joined},
    {"{y} joined", joined},
    {"You left*", left, true},
    {"{y} left the group", left},
    {"{y} left the community*", left},
    {"{y} left", left},
    {"You were removed*", left, true},
    {"{x} removed you*", left, true},
    {"You removed {y}", left},
    {"{x} removed {y}", left},
    {"{y} was removed*", left},
    {"{y} were removed*", left},
    {"You're now an admin*", now_admin, true},
    {"You are now an admin*", now_admin, true},
    {"You're no longer an admin*", not_admin, true},
    {"You are no longer an admin*", not_admin, true},
    {"*now an admin*", group_other},
    {"*no longer an admin*", group_other},
    {"{x} changed their phone number*", other},
    {"*changed their phone number*", other},
    {"{x} changed to {y}", number_changed},
    {"You blocked *", other},
    {"You unblocked *", other},
    {"This chat is with *", other},
    {"This business *", other},
    {"*is a contact", other},
    {"*started a call*", call},
    {"*started a video call*", call},
    {"*started a voice call*", call},
    {"Missed *call*", call},
    {"Silenced *call*", call},
};

constexpr Phrase french[] = {
    {"*chiffrés de bout en bout*", other},
    {"*chiffrement de bout en bout*", other},
    {"Les messages envoyés dans *", other},
    {"Les messages que vous envoyez *", other},
    {"*code de sécurité*", other},
    {"*messages éphémères*", other},
    {"*durée des messages*", other},
    {"*minuteur des messages*", other},
    {"*ce groupe à la communauté*", group_other},
    {"*ce groupe de la communauté*", group_other},
    {"*l'icône de ce groupe*", group_other},
    {"*l'icône du groupe*", group_other},
    {"*la description*", group_other},
    {"*les paramètres d*", group_other},
    {"*le lien d'invitation d*du groupe", group_other},
    {"*a réinitialisé le lien *", group_other},
    {"*demandé à rejoindre*", group_other},
    {"*demandé à ajouter*", group_other},
    {"*épinglé un message*", other},
    {"{x} a changé le sujet*", renamed},
    {"{x} a modifié le sujet*", renamed},
    {"{x} a remplacé le sujet*", renamed},
    {"{x} a changé le nom d*", renamed},
    {"{x} a modifié le nom d*", renamed},
    {"{x} a renommé le groupe*", renamed},
    {"Vous avez changé le sujet*", renamed, true},
    {"Vous avez modifié le sujet*", renamed, true},
    {"Vous avez remplacé le sujet*", renamed, true},
    {"Vous avez changé le nom d*", renamed, true},
    {"Vous avez modifié le nom d*", renamed, true},
    {"Vous avez renommé le groupe*", renamed, true},
    {"Vous avez créé le groupe*", created, true},
    {"Vous avez créé ce groupe*", created, true},
    {"{x} a créé le groupe*", created},
    {"{x} a créé ce groupe*", created},
    {"{x} a créé un groupe*", created},
    {"Vous avez été ajouté*", joined, true},
    {"{x} vous a ajouté*", joined, true},
    {"Vous avez ajouté {y}", joined},
    {"{x} a ajouté {y}", joined},
    {"{y} a été ajouté*", joined},
    {"{y} ont été ajouté*", joined},
    {"Vous avez rejoint *", joined, true},
    {"{y} a rejoint *", joined},
    {"{y} s'est joint*", joined},
    {"Vous avez quitté*", left, true},
    {"Vous êtes parti*", left, true},
    {"{y} a quitté*", left},
    {"{y} est parti*", left},
    {"Vous avez été retiré*", left, true},
    {"Vous avez été supprimé*", left, true},
    {"{x} vous a retiré*", left, true},
    {"{x} vous a supprimé*", left, true},
    {"Vous avez retiré {y}", left},
    {"{x} a retiré {y}", left},
    {"{y} a été retiré*", left},
    {"{y} a été supprimé*", left},
    {"Vous êtes désormais admin*", now_admin, true},
    {"Vous êtes maintenant admin*", now_admin, true},
    {"Vous êtes à présent admin*", now_admin, true},
    {"Vous n'êtes plus admin*", not_admin, true},
    {"*est désormais admin*", group_other},
    {"*n'est plus admin*", group_other},
    {"*a changé de numéro*", other},
    {"{x} est passé à {y}", number_changed},
    {"{x} est passée à {y}", number_changed},
    {"{x} est passé(e) à {y}", number_changed},
    {"Vous avez bloqué *", other},
    {"Vous avez débloqué *", other},
    {"Cette discussion est *", other},
    {"Ce compte *", other},
    {"Appel *manqué*", call},
    {"*a démarré un appel*", call},
    {"*a lancé un appel*", call},
};

constexpr Phrase german[] = {
    {"*Ende-zu-Ende-verschlüssel*", other},
    {"*Sicherheitsnummer*", other},
    {"*selbstlöschende Nachrichten*", other},
    {"*Gruppenbild*", group_other},
    {"*Gruppenbeschreibung*", group_other},
    {"*Gruppeneinstellungen*", group_other},
    {"{x} hat den Betreff*", renamed},
    {"{x} hat den Gruppennamen*", renamed},
    {"Du hast den Betreff*", renamed, true},
    {"Du hast den Gruppennamen*", renamed, true},
    {"Du hast die Gruppe *erstellt", created, true},
    {"Du hast diese Gruppe erstellt", created, true},
    {"{x} hat die Gruppe *erstellt", created},
    {"{x} hat diese Gruppe erstellt", created},
    {"Du wurdest hinzugefügt*", joined, true},
    {"{x} hat dich hinzugefügt", joined, true},
    {"Du hast {y} hinzugefügt", joined},
    {"{x} hat {y} hinzugefügt", joined},
    {"{y} wurde hinzugefügt", joined},
    {"Du bist *beigetreten", joined, true},
    {"{y} ist *beigetreten", joined},
    {"Du hast die Gruppe verlassen", left, true},
    {"{y} hat die Gruppe verlassen", left},
    {"Du wurdest entfernt", left, true},
    {"{x} hat dich entfernt", left, true},
    {"Du hast {y} entfernt", left},
    {"{x} hat {y} entfernt", left},
    {"{y} wurde entfernt", left},
    {"Du bist jetzt *dmin*", now_admin, true},
    {"Du bist kein *dmin*", not_admin, true},
    {"{x} hat zu {y} gewechselt", number_changed},
    {"Verpasster *nruf*", call},
};

constexpr Phrase spanish[] = {
    {"*cifrados de extremo a extremo*", other},
    {"*cifrado de extremo a extremo*", other},
    {"*código de seguridad*", other},
    {"*mensajes temporales*", other},
    {"*ícono de*grupo", group_other},
    {"*icono de*grupo", group_other},
    {"*la descripción*", group_other},
    {"*los ajustes de*grupo*", group_other},
    {"{x} cambió el asunto*", renamed},
    {"{x} cambió el nombre*", renamed},
    {"Cambiaste el asunto*", renamed, true},
    {"Cambiaste el nombre*", renamed, true},
    {"Creaste el grupo*", created, true},
    {"Creaste este grupo*", created, true},
    {"{x} creó el grupo*", created},
    {"{x} creó este grupo*", created},
    {"Se te añadió*", joined, true},
    {"{x} te añadió*", joined, true},
    {"{x} te agregó*", joined, true},
    {"Añadiste a {y}", joined},
    {"Agregaste a {y}", joined},
    {"{x} añadió a {y}", joined},
    {"{x} agregó a {y}", joined},
    {"Te uniste *", joined, true},
    {"{y} se unió*", joined},
    {"Saliste*", left, true},
    {"{y} salió del grupo", left},
    {"{y} salió", left},
    {"{x} te eliminó*", left, true},
    {"Eliminaste a {y}", left},
    {"{x} eliminó a {y}", left},
    {"Ahora eres admin*", now_admin, true},
    {"Ya no eres admin*", not_admin, true},
    {"{x} cambió a {y}", number_changed},
    {"{x} cambió al {y}", number_changed},
    {"Llamada *perdida", call},
    {"Videollamada perdida", call},
};

constexpr Phrase portuguese[] = {
    {"*criptografia de ponta a ponta*", other},
    {"*encriptadas ponto a ponto*", other},
    {"*código de segurança*", other},
    {"*mensagens temporárias*", other},
    {"*imagem do grupo*", group_other},
    {"*imagem deste grupo*", group_other},
    {"*descrição do grupo*", group_other},
    {"{x} mudou o nome*", renamed},
    {"{x} mudou o assunto*", renamed},
    {"{x} alterou o nome*", renamed},
    {"{x} alterou o assunto*", renamed},
    {"Você criou *grupo*", created, true},
    {"{x} criou o grupo*", created},
    {"{x} criou este grupo*", created},
    {"Você foi adicionad*", joined, true},
    {"{x} adicionou você*", joined, true},
    {"Você adicionou {y}", joined},
    {"{x} adicionou {y}", joined},
    {"{y} foi adicionad*", joined},
    {"Você entrou*", joined, true},
    {"{y} entrou*", joined},
    {"Você saiu*", left, true},
    {"{y} saiu do grupo", left},
    {"{y} saiu", left},
    {"Você foi removid*", left, true},
    {"{x} removeu você*", left, true},
    {"Você removeu {y}", left},
    {"{x} removeu {y}", left},
    {"{y} foi removid*", left},
    {"Você agora é admin*", now_admin, true},
    {"Agora você é admin*", now_admin, true},
    {"Você não é mais admin*", not_admin, true},
    {"{x} mudou para {y}", number_changed},
    {"Chamada *perdida", call},
};

constexpr Phrase italian[] = {
    {"*crittograf*end-to-end*", other},
    {"*codice di sicurezza*", other},
    {"*messaggi effimeri*", other},
    {"*l'immagine di questo gruppo*", group_other},
    {"*l'immagine del gruppo*", group_other},
    {"*descrizione*gruppo*", group_other},
    {"{x} ha cambiato l'oggetto*", renamed},
    {"{x} ha modificato l'oggetto*", renamed},
    {"{x} ha cambiato il nome*", renamed},
    {"{x} ha modificato il nome*", renamed},
    {"Hai creato *gruppo*", created, true},
    {"{x} ha creato il gruppo*", created},
    {"{x} ha creato questo gruppo*", created},
    {"Sei stato aggiunto*", joined, true},
    {"Sei stata aggiunta*", joined, true},
    {"{x} ti ha aggiunt*", joined, true},
    {"Hai aggiunto {y}", joined},
    {"{x} ha aggiunto {y}", joined},
    {"{y} è stato aggiunto", joined},
    {"{y} è stata aggiunta", joined},
    {"Ti sei unit*", joined, true},
    {"{y} si è unit*", joined},
    {"Hai abbandonato*", left, true},
    {"Sei uscit*", left, true},
    {"{y} ha abbandonato*", left},
    {"{y} è uscito*", left},
    {"{y} è uscita*", left},
    {"{x} ti ha rimoss*", left, true},
    {"Hai rimosso {y}", left},
    {"{x} ha rimosso {y}", left},
    {"Ora sei admin*", now_admin, true},
    {"Ora sei amministrat*", now_admin, true},
    {"{x} è passato a {y}", number_changed},
    {"Chiamata *persa", call},
};

constexpr Phrase dutch[] = {
    {"*end-to-end*versleuteld*", other},
    {"*beveiligingscode*", other},
    {"*verdwijnende berichten*", other},
    {"*groepsafbeelding*", group_other},
    {"*groepsbeschrijving*", group_other},
    {"*groepsinstellingen*", group_other},
    {"{x} heeft het onderwerp*", renamed},
    {"{x} heeft de groepsnaam*", renamed},
    {"Je hebt *groep *gemaakt", created, true},
    {"U hebt *groep *gemaakt", created, true},
    {"{x} heeft de groep *gemaakt", created},
    {"{x} heeft groep *gemaakt", created},
    {"{x} heeft deze groep gemaakt", created},
    {"Je bent toegevoegd*", joined, true},
    {"U bent toegevoegd*", joined, true},
    {"{x} heeft je toegevoegd", joined, true},
    {"{x} heeft jou toegevoegd", joined, true},
    {"{x} heeft u toegevoegd", joined, true},
    {"Je hebt {y} toegevoegd", joined},
    {"U hebt {y} toegevoegd", joined},
    {"{x} heeft {y} toegevoegd", joined},
    {"{y} is toegevoegd", joined},
    {"Je bent lid geworden*", joined, true},
    {"{y} is lid geworden*", joined},
    {"{y} neemt nu deel*", joined},
    {"Je hebt de groep verlaten", left, true},
    {"U hebt de groep verlaten", left, true},
    {"{y} heeft de groep verlaten", left},
    {"{x} heeft je verwijderd", left, true},
    {"{x} heeft u verwijderd", left, true},
    {"Je hebt {y} verwijderd", left},
    {"{x} heeft {y} verwijderd", left},
    {"{y} is verwijderd", left},
    {"Je bent nu *beheerder*", now_admin, true},
    {"U bent nu *beheerder*", now_admin, true},
    {"{x} is gewijzigd in {y}", number_changed},
    {"Gemiste *oproep", call},
};

constexpr Phrase russian[] = {
    {"*сквозным шифрованием*", other},
    {"*защищены*шифрован*", other},
    {"*код безопасности*", other},
    {"*исчезающие сообщения*", other},
    {"*изображение группы*", group_other},
    {"*иконку группы*", group_other},
    {"*описание группы*", group_other},
    {"{x} изменил* тему*", renamed},
    {"{x} изменил* название группы*", renamed},
    {"Вы создали группу*", created, true},
    {"{x} создал* группу*", created},
    {"Вас добавили*", joined, true},
    {"{x} добавил(-а) вас", joined, true},
    {"{x} добавил(а) вас", joined, true},
    {"Вы добавили {y}", joined},
    {"{x} добавил(-а) {y}", joined},
    {"{x} добавил(а) {y}", joined},
    {"{x} добавила {y}", joined},
    {"{x} добавил {y}", joined},
    {"Вы присоединились*", joined, true},
    {"{y} присоединил*", joined},
    {"Вы вышли*", left, true},
    {"Вы покинули*", left, true},
    {"{y} вышел*", left},
    {"{y} вышла*", left},
    {"{y} покинул*", left},
    {"{x} удалил(-а) вас", left, true},
    {"{x} удалил(а) вас", left, true},
    {"Вы удалили {y}", left},
    {"{x} удалил(-а) {y}", left},
    {"{x} удалил(а) {y}", left},
    {"Пропущенный *звонок", call},
};

struct Language {
    std::span<const Phrase> phrases;
    std::string_view conjunction;  // before the last name of a list
    std::string_view you;          // me inside a list
    std::string_view others;       // "3 others"
};
constexpr Language languages[] = {
    {english, " and ", "you", "other"}, {french, " et ", "vous", "autre"},   {german, " und ", "dich", "weitere"},
    {spanish, " y ", "ti", "más"},      {portuguese, " e ", "você", "outr"}, {italian, " e ", "te", "altr"},
    {dutch, " en ", "jou", "andere"},   {russian, " и ", "вас", "друг"},
};

struct Found {
    std::string_view x, y;
    std::size_t verb_at = 0;
};

/// Matches the pattern from the left; every wildcard takes as little as it can, the last one what is left.
bool matches(std::string_view pattern, std::string_view text, std::size_t at, Found& found, bool& verb_seen) {
    while (!pattern.empty()) {
        const std::size_t wild = pattern.find_first_of("{*");
        if (wild != 0) {
            const std::string_view words = pattern.substr(0, wild);
            if (!text.substr(at).starts_with(words)) return false;
            if (!verb_seen) found.verb_at = at, verb_seen = true;
            at += words.size();
            pattern.remove_prefix(words.size());
            continue;
        }
        std::string_view* capture = nullptr;
        if (pattern[0] == '*') {
            pattern.remove_prefix(1);
        } else {
            capture = pattern[1] == 'x' ? &found.x : &found.y;
            pattern.remove_prefix(3);
        }
        if (pattern.empty()) {
            if (capture != nullptr) *capture = text.substr(at);
            return capture == nullptr || !capture->empty();
        }
        const std::string_view words = pattern.substr(0, pattern.find_first_of("{*"));
        const bool last = words.size() == pattern.size();
        std::size_t next = std::string_view::npos;
        if (last) {
            if (text.size() >= at + words.size() && text.ends_with(words)) next = text.size() - words.size();
        } else {
            next = text.find(words, at);
        }
        if (next == std::string_view::npos || (capture != nullptr && next == at)) return false;
        if (capture != nullptr) *capture = text.substr(at, next - at);
        at = next;
    }
    return at == text.size();
}

struct Quotes {
    std::string_view open, close;
};
constexpr Quotes quotes[] = {{"«", "»"}, {"“", "”"}, {"„", "“"}, {"\"", "\""}, {"「", "」"}, {"『", "』"}};

/// The last quoted part of a line: of "from A to B" it is the new one.
std::string last_quoted(std::string_view text) {
    std::string_view best;
    std::size_t best_end = 0;
    for (const auto& [open, close] : quotes) {
        const std::size_t end = text.rfind(close);
        if (end == std::string_view::npos || end == 0 || end < best_end) continue;
        std::size_t begin = text.rfind(open, end - 1);
        // A name with quotes of its own: to "The "A" team".
        if (open == "\"")
            for (const std::string_view before : {" to ", " en ", " par ", " group ", " in ", " groupe ", " à "}) {
                const std::size_t word = text.find(std::string(before) + "\"");
                if (word != std::string_view::npos && word + before.size() < end && text.ends_with('"'))
                    begin = word + before.size();
            }
        if (begin == std::string_view::npos || begin + open.size() > end) continue;
        best = text.substr(begin + open.size(), end - begin - open.size());
        best_end = end;
    }
    return std::string(trim(best));
}

void add_names(std::string_view list, const Language& language, SystemLine& line) {
    const auto add = [&](std::string_view name) {
        name = trim(name);
        if (name.empty()) return;
        if (name == language.you) {
            line.me = true;
            return;
        }
        std::size_t digits = 0;
        while (digits < name.size() && name[digits] >= '0' && name[digits] <= '9') ++digits;
        if (digits > 0 && digits < 5 && name.find(language.others) != std::string_view::npos) {
            line.unnamed += static_cast<std::uint64_t>(parse_integer(name.substr(0, digits)).value_or(0));
            return;
        }
        line.objects.emplace_back(name);
    };
    const bool several = list.find(", ") != std::string_view::npos;
    for (std::size_t comma = list.find(", "); comma != std::string_view::npos; comma = list.find(", ")) {
        add(list.substr(0, comma));
        list.remove_prefix(comma + 2);
    }
    // After a comma the conjunction may stand alone: "Mum, Dad, and Jake".
    const std::string_view word = language.conjunction.substr(1);
    if (several && list.starts_with(word)) {
        add(list.substr(word.size()));
        return;
    }
    const std::size_t last = list.rfind(language.conjunction);
    if (last != std::string_view::npos) {
        add(list.substr(0, last));
        add(list.substr(last + language.conjunction.size()));
    } else {
        add(list);
    }
}

std::string_view without_stop(std::string_view text) noexcept {
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

struct Sentence {
    std::string_view text;
    bool by_me;
};
constexpr Sentence deleted_sentences[] = {
    {"This message was deleted", false},
    {"You deleted this message", true},
    {"Ce message a été supprimé", false},
    {"Vous avez supprimé ce message", true},
    {"Diese Nachricht wurde gelöscht", false},
    {"Du hast diese Nachricht gelöscht", true},
    {"Se eliminó este mensaje", false},
    {"Este mensaje fue eliminado", false},
    {"Eliminaste este mensaje", true},
    {"Has eliminado este mensaje", true},
    {"Mensagem apagada", false},
    {"Esta mensagem foi apagada", false},
    {"Você apagou esta mensagem", true},
    {"Esta mensagem foi eliminada", false},
    {"Eliminou esta mensagem", true},
    {"Questo messaggio è stato eliminato", false},
    {"Hai eliminato questo messaggio", true},
    {"Dit bericht is verwijderd", false},
    {"Dit bericht werd verwijderd", false},
    {"Je hebt dit bericht verwijderd", true},
    {"U hebt dit bericht verwijderd", true},
    {"Данное сообщение удалено", false},
    {"Это сообщение удалено", false},
    {"Вы удалили данное сообщение", true},
    {"Вы удалили это сообщение", true},
};
constexpr std::string_view deleted_by_admin[] = {"This message was deleted by ", "Ce message a été supprimé par ",
                                                 "Diese Nachricht wurde von "};

constexpr std::string_view edited_sentences[] = {
    "This message was edited",
    "Ce message a été modifié",
    "Se editó este mensaje",
    "Diese Nachricht wurde bearbeitet",
    "Mensagem editada",
    "Esta mensagem foi editada",
    "Questo messaggio è stato modificato",
    "Dit bericht is bewerkt",
    "Dit bericht is aangepast",
    "Сообщение изменено",
    "Это сообщение изменено",
};

constexpr std::string_view waiting_sentences[] = {"Waiting for this message", "En attente de ce message",
                                                  "Warte auf diese Nachricht", "Esperando este mensaje"};

/// The last word of an iPhone's "image omitted", by language.
constexpr std::string_view omitted_words[] = {
    "omitted",     "omis",        "omise",       "omises",    "absent",    "absente",   "manquant",  "manquante",
    "retiré",      "retirée",     "weggelassen", "omitida",   "omitido",   "omessa",    "omesso",    "esclusa",
    "escluso",     "incluso",     "weggelaten",  "revelada",  "revelado",  "ocultada",  "ocultado",  "ausente",
    "utelämnad",   "utelämnades", "utelatt",     "udeladt",   "udelukket", "pominięto", "pominięta", "pominięty",
    "отсутствует", "пропущен",    "пропущена",   "пропущено", "vynechán",  "vynechána", "atlandı",   "bị bỏ qua",
};
/// What may be omitted when no mark says that it was not typed (iPhones before 2018).
constexpr std::string_view media_words[] = {"image", "video", "vidéo", "audio", "gif", "sticker", "document", "bild", "imagen"};

constexpr std::string_view attached_words[] = {
    "file attached",   "fichier joint",    "Datei angehängt",    "archivo adjunto", "file allegato",
    "arquivo anexado", "ficheiro anexado", "bestand bijgevoegd", "файл добавлен",   "файл прикреплен",
    "файл прикреплён", "dosya ekli",       "plik dołączony",     "załączono plik",  "bifogad fil",
    "fil vedhæftet",   "fil vedlagt",      "přiložený soubor",   "ファイル添付",    "附件",
    "文件附件",        "파일 첨부됨",      "الملف مرفق",
};

constexpr std::string_view poll_words[] = {
    "POLL:", "SONDAGE :", "SONDAGE:", "ENCUESTA:", "UMFRAGE:", "ENQUETE:", "SONDAGGIO:", "PEILING:", "ОПРОС:"};

constexpr std::string_view call_words[] = {"voice call", "video call",    "appel vocal",  "appel vidéo", "sprachanruf",
                                           "videoanruf", "llamada",       "videollamada", "ligação de",  "chamada de",
                                           "chiamata",   "videochiamata", "spraakoproep", "video-oproep"};

std::string lower_first(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return lower;
}

std::size_t count_spaces(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, ' ')); }

/// "Missed voice call", "Video call, 5 min": what an iPhone marks, or what nobody types.
bool is_call(std::string_view body, bool marked) {
    if (body.size() > 60 || (!marked && !body.starts_with("Missed ") && !body.starts_with("Appel "))) return false;
    const std::string lower = lower_first(body);
    const bool names_call =
        std::ranges::any_of(call_words, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    if (!names_call) return false;
    if (marked) return true;
    for (const std::string_view phrase : {"missed voice call", "missed video call", "missed group voice call",
                                          "missed group video call", "appel vocal manqué", "appel vidéo manqué"})
        if (lower == phrase) return true;
    return false;
}

/// "<attached: 00000035-PHOTO.jpg>" or "<Anhang: ...>" at the end of a text; where it begins.
std::optional<std::size_t> attached_at(std::string_view text) {
    if (text.empty() || text.back() != '>') return std::nullopt;
    const std::size_t begin = text.rfind('<');
    if (begin == std::string_view::npos || text.size() - begin > 300) return std::nullopt;
    const std::string_view inside = text.substr(begin + 1, text.size() - begin - 2);
    const std::size_t colon = inside.find(':');
    // A word or two, a colon, a file name with an ending.
    if (colon == std::string_view::npos || colon > 30 || inside.find('/') != std::string_view::npos) return std::nullopt;
    const std::size_t dot = inside.rfind('.');
    if (dot == std::string_view::npos || dot < colon || inside.size() - dot > 6 || inside.size() - dot < 3) return std::nullopt;
    return begin;
}

/// "IMG-20240101-WA0001.jpg (file attached)": whether a line is a file's name and nothing else that was typed.
bool is_attached_line(std::string_view line) {
    if (line.empty() || line.back() != ')') return false;
    const std::size_t open = line.rfind(" (");
    if (open == std::string_view::npos || line.size() - open > 60) return false;
    const std::string_view words = line.substr(open + 2, line.size() - open - 3), name = line.substr(0, open);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || name.size() - dot > 8 || name.size() - dot < 3) return false;
    if (std::ranges::find(attached_words, words) != std::end(attached_words)) return true;
    // Any other language: the name that WhatsApp gives to media.
    const std::size_t wa = name.find("-WA");
    return wa != std::string_view::npos && wa >= 8 && name.find(' ') == std::string_view::npos;
}

bool is_angle_token(std::string_view text) {
    if (text.size() < 3 || text.size() > 80 || text.front() != '<' || text.back() != '>') return false;
    const std::string_view inside = text.substr(1, text.size() - 2);
    // "<3" has no end, "<https://...>" is a link.
    return inside.find_first_of("<>/\n") == std::string_view::npos;
}

/// An iPhone's "image omitted", also after a file's name and its pages.
bool is_omitted(std::string_view body, bool marked) {
    if (body.empty() || body.size() > 300 || body.find('\n') != std::string_view::npos) return false;
    const std::size_t space = body.rfind(' ');
    if (space == std::string_view::npos) return false;
    const std::string last = lower_first(body.substr(space + 1));
    if (std::ranges::find(omitted_words, last) == std::end(omitted_words)) return false;
    if (marked)
        return count_spaces(body) <= 3 || body.find("\xE2\x80\xA2") != std::string_view::npos ||
               body.find('.') != std::string_view::npos;
    const std::string first = lower_first(body.substr(0, body.find(' ')));
    return count_spaces(body) == 1 && std::ranges::find(media_words, first) != std::end(media_words);
}

/// "Location: https://maps.google.com/?q=...", in any language; the place of a person is not kept.
bool is_location(std::string_view text) {
    const std::size_t link = text.find("https://");
    if (link == std::string_view::npos || link > 200 || text.find_first_of(" \n", link) != std::string_view::npos) return false;
    const std::string_view url = text.substr(link), before = text.substr(0, link);
    const bool maps = url.starts_with("https://maps.google.com/?q=") || url.starts_with("https://foursquare.com/v/");
    return maps && (before.ends_with(": ") || before.empty());
}

/// The question and the answers of a poll, one a line, without the votes, which change from export to export.
std::string poll_text(std::string_view text, std::string_view word) {
    text.remove_prefix(word.size());
    std::string result;
    bool question = true;
    for (std::string_view line : split(text, '\n')) {
        line = trim(line);
        if (line.empty()) continue;
        if (!question) {
            const std::size_t colon = line.find(':');
            if (colon != std::string_view::npos && colon < 16 &&
                std::ranges::none_of(line.substr(0, colon), [](char c) { return c >= 'a' && c <= 'z'; }))
                line = trim(line.substr(colon + 1));
            if (line.ends_with(')')) {
                const std::size_t open = line.rfind(" (");
                if (open != std::string_view::npos && line.find_first_of("0123456789", open) != std::string_view::npos)
                    line = line.substr(0, open);
            }
        }
        if (!result.empty()) result += '\n';
        result += line;
        question = false;
    }
    return result;
}

void trim_end(std::string& text) {
    const std::string_view kept = trim(text);
    if (kept.size() == text.size()) return;
    text = std::string(kept);
}

/// The mark of an edited message at the end of a text; takes it off. `marked_before`: U+200E stood before it.
bool take_edited(std::string& text, std::size_t marked_token) {
    if (text.empty() || text.back() != '>') return false;
    const std::size_t begin = text.rfind('<');
    if (begin == std::string::npos || text.size() - begin > 120) return false;
    const std::string whole = plain(std::string_view(text).substr(begin + 1, text.size() - begin - 2));
    const std::string_view inside = without_stop(whole);
    const bool known = std::ranges::find(edited_sentences, inside) != std::end(edited_sentences);
    // In other languages an iPhone's mark shows that nobody typed it.
    if (!known && (marked_token != begin || begin == 0 || inside.find_first_of(":.") != std::string::npos ||
                   inside.find(' ') == std::string::npos))
        return false;
    text.resize(begin);
    trim_end(text);
    return true;
}

constexpr std::string_view file_name_prefixes[] = {
    "WhatsApp Chat with ",
    "WhatsApp Chat - ",
    "Discussion WhatsApp avec ",
    "Chat de WhatsApp con ",
    "Chat WhatsApp con ",
    "Conversa do WhatsApp com ",
    "Conversa no WhatsApp com ",
    "WhatsApp Chat mit ",
    "WhatsApp-Chat mit ",
    "WhatsApp-chat met ",
    "WhatsApp Chat met ",
    "Чат WhatsApp с ",
    "Chat WhatsApp s uživatelem ",
    "Chat WhatsApp con ",
    "Chat de WhatsApp - ",
    "Discussion WhatsApp - ",
    "WhatsApp-chatt med ",
    "WhatsApp-chat med ",
    "Czat WhatsApp z użytkownikiem ",
};

}  // namespace

std::string plain(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t mark = mark_length(text, i)) {
            i += mark;
        } else if (const std::size_t space = space_length(text, i)) {
            result += ' ';
            i += space;
        } else if (text.substr(i, 3) == "\xE2\x80\x99") {  // ’
            result += '\'';
            i += 3;
        } else {
            result += text[i++];
        }
    }
    return std::string(trim(result));
}

namespace {

/// Which pairs of neighbouring bytes a text holds, by a small hash: what a phrase needs and a text lacks rules the phrase out.
class Pairs {
public:
    explicit Pairs(std::string_view text) {
        for (std::size_t i = 1; i < text.size(); ++i) {
            const std::size_t pair = of(text[i - 1], text[i]);
            seen_[pair / 64] |= std::uint64_t{1} << pair % 64;
        }
    }
    [[nodiscard]] bool has(std::size_t pair) const { return (seen_[pair / 64] >> pair % 64 & 1U) != 0; }
    [[nodiscard]] static std::size_t of(char a, char b) {
        return (static_cast<std::size_t>(static_cast<unsigned char>(a)) << 4 ^ static_cast<unsigned char>(b)) % 2048;
    }

private:
    std::array<std::uint64_t, 32> seen_{};
};

struct IndexedPhrase {
    const Language* language;
    const Phrase* phrase;
    std::array<std::uint16_t, 6> needed{};  // pairs of its words, from all over the pattern
    std::size_t count = 0;
};

const std::vector<IndexedPhrase>& indexed_phrases() {
    static const std::vector<IndexedPhrase> list = [] {
        std::vector<IndexedPhrase> made;
        for (const Language& language : languages)
            for (const Phrase& phrase : language.phrases) {
                std::vector<std::uint16_t> pairs;
                bool in_wildcard = false, after_word = false;
                for (std::size_t i = 0; i < phrase.pattern.size(); ++i) {
                    const char here = phrase.pattern[i];
                    in_wildcard = in_wildcard || here == '{';
                    const bool word = !in_wildcard && here != '*';
                    if (word && after_word) pairs.push_back(static_cast<std::uint16_t>(Pairs::of(phrase.pattern[i - 1], here)));
                    after_word = word;
                    in_wildcard = in_wildcard && here != '}';
                }
                IndexedPhrase& each = made.emplace_back(IndexedPhrase{.language = &language, .phrase = &phrase});
                each.count = std::min(pairs.size(), each.needed.size());
                for (std::size_t k = 0; k < each.count; ++k) each.needed[k] = pairs[k * pairs.size() / each.count];
            }
        return made;
    }();
    return list;
}

}  // namespace

SystemLine read_system_line(std::string_view text) {
    SystemLine line;
    const std::string_view unstopped = without_stop(text);
    if (text.size() > 2000) return line;  // the longest sentences have 300 bytes
    const Pairs pairs(text);
    for (const IndexedPhrase& candidate : indexed_phrases()) {
        const std::span needed(candidate.needed.data(), candidate.count);
        if (!std::ranges::all_of(needed, [&](std::uint16_t pair) { return pairs.has(pair); })) continue;
        const Phrase& phrase = *candidate.phrase;
        const Language& language = *candidate.language;
        Found found;
        bool verb_seen = false;
        // A full stop ends some sentences, and some names: "You added Maud Q."
        if (!matches(phrase.pattern, phrase.pattern.ends_with('}') ? text : unstopped, 0, found, verb_seen)) continue;
        // A sentence is about one person or a short list; a long text that holds the words is something else.
        if (found.x.size() > 120) continue;
        line.event = phrase.event;
        line.me = phrase.me;
        line.verb_at = found.verb_at;
        line.subject = std::string(trim(found.x));
        if (line.event == joined || line.event == left) {
            if (!found.y.empty()) add_names(found.y, language, line);
        } else if (line.event == number_changed) {
            line.objects.emplace_back(trim(found.y));
        } else if (line.event == created) {
            line.name = last_quoted(text);
            if (!phrase.me) line.objects.push_back(line.subject);
        } else if (line.event == renamed) {
            line.name = last_quoted(text);
        }
        // "X changed to Y" must not swallow sentences about something else.
        if (line.event == number_changed && (line.objects[0].size() > 80 || line.subject.size() > 80)) {
            line = {};
            continue;
        }
        if (line.subject == "You" || line.subject == "Vous" || line.subject == "Du" || line.subject == "Je" ||
            line.subject == "Вы")
            line.subject.clear();
        return line;
    }
    return line;
}

bool has_quotes(std::string_view text) noexcept {
    return text.find('"') != std::string_view::npos || text.find("«") != std::string_view::npos ||
           text.find("“") != std::string_view::npos || text.find("„") != std::string_view::npos ||
           text.find("「") != std::string_view::npos;
}

bool may_be_author(std::string_view name, std::size_t most_characters) noexcept {
    std::size_t characters = 0;
    for (const char c : name) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return !name.empty() && characters <= most_characters;
}

Placeholder deleted_placeholder(std::string_view body) {
    if (body.size() < 12 || body.size() > 160) return Placeholder::none;
    // Nearly all that people write is told apart by its first letters, without copying.
    const char first = body.front();
    if (std::ranges::none_of(deleted_sentences, [&](const Sentence& each) {
            return each.text.front() == first && each.text.substr(0, 4) == body.substr(0, 4);
        }))
        return Placeholder::none;
    const std::string whole = plain(body);
    const std::string_view text = without_stop(whole);
    for (const auto& [sentence, by_me] : deleted_sentences)
        if (text == sentence) return by_me ? Placeholder::deleted_by_me : Placeholder::deleted;
    for (const std::string_view beginning : deleted_by_admin)
        if (text.starts_with(beginning) && text.size() < beginning.size() + 80 &&
            (!beginning.starts_with("Diese") || text.ends_with(" gelöscht")))
            return Placeholder::deleted;
    return Placeholder::none;
}

Body read_body(std::string text, bool marked, bool bracketed) {
    Body body;
    const auto done = [&](std::string kept) {
        body.text = std::move(kept);
        return std::move(body);
    };
    // "caption U+200E image omitted": what was typed stands before the mark.
    if (bracketed) {
        const std::size_t mark = text.rfind("\xE2\x80\x8E");
        if (mark != std::string::npos && mark > 0 && is_omitted(trim(std::string_view(text).substr(mark + 3)), true)) {
            body.attachments = 1;
            text.resize(mark);
            text = strip_bidi(text);
            trim_end(text);
            if (text.find("\xE2\x80\xA2") != std::string::npos && text.find('\n') == std::string::npos)
                text.clear();  // Name.pdf • 2 pages
            return done(std::move(text));
        }
    }
    // An iPhone's mark inside a text stands before what the app added at its end.
    std::size_t marked_token = std::string::npos;
    if (text.find('\xE2') != std::string::npos || text.find('\xEF') != std::string::npos) {
        const std::size_t mark = text.rfind("\xE2\x80\x8E<");
        std::string stripped = strip_bidi(text);
        if (mark != std::string::npos) marked_token = stripped.rfind('<');
        text = std::move(stripped);
    }
    trim_end(text);
    if (text.empty() || text == "null") {  // seen once only, or withheld: a photo, a film or a voice
        body.attachments = 1;
        return done({});
    }
    switch (deleted_placeholder(text)) {
        case Placeholder::deleted_by_me: body.deleted_by_me = true; [[fallthrough]];
        case Placeholder::deleted: body.kind = Body::Kind::deleted; return done({});
        case Placeholder::none: break;
    }
    if (is_call(text, marked)) {
        body.kind = Body::Kind::call;
        return done({});
    }
    body.edited = take_edited(text, marked_token);
    if (text.empty()) return done({});

    // Their second letter is a capital, or beyond ASCII.
    const bool shouted = text.size() > 5 && (text[1] < 'a' || text[1] > 'z') && text[1] != ' ';
    for (const std::string_view word : poll_words)
        if (shouted && text.starts_with(word) && (marked || text.find('\n') != std::string::npos))
            return done(poll_text(text, word));
    if (is_location(text)) {
        body.attachments = 1;
        return done({});
    }
    for (const std::string_view sentence : waiting_sentences)
        if (text.front() == sentence.front() && text.starts_with(sentence) && text.size() < 120) return done({});

    // Files: at the end (iPhone) or on the first line with the words below (Android).
    if (const std::optional<std::size_t> token = attached_at(text)) {
        body.attachments = 1;
        text.resize(*token);
        trim_end(text);
        if (text.find("\xE2\x80\xA2") != std::string::npos && text.find('\n') == std::string::npos)
            text.clear();  // Name.pdf • 2 pages
        return done(std::move(text));
    }
    const std::size_t first_end = std::min(text.find('\n'), text.size());
    if (is_attached_line(std::string_view(text).substr(0, first_end))) {
        body.attachments = 1;
        text.erase(0, std::min(first_end + 1, text.size()));
        trim_end(text);
        return done(std::move(text));
    }
    for (const std::string_view token : {" <attached>", " <joint>", " <pièce jointe>", " <angehängt>", " <adjunto>"})
        if (text.ends_with('>') && text.ends_with(token)) {
            body.attachments = 1;
            return done({});
        }
    if (is_angle_token(std::string_view(text).substr(0, first_end))) {
        body.attachments = 1;
        text.erase(0, std::min(first_end + 1, text.size()));
        trim_end(text);
        return done(std::move(text));
    }
    if (bracketed && is_omitted(std::string_view(text).substr(0, first_end), marked)) {
        body.attachments = 1;
        text.erase(0, std::min(first_end + 1, text.size()));
        trim_end(text);
        return done(std::move(text));
    }
    if (marked) {
        if (read_system_line(plain(text)).event != none) {
            body.kind = Body::Kind::system;
            return done(std::move(text));
        }
        if (count_spaces(text) < 4 && text.size() <= 60) {  // a picture or a sticker, in a language without a row above
            body.attachments = 1;
            body.guessed = true;
            return done(std::move(text));
        }
        body.kind = Body::Kind::system;
    }
    return done(std::move(text));
}

std::string title_in_file_name(std::string_view stem) {
    std::string name;
    for (std::size_t i = 0; i < stem.size();) {
        if (const std::size_t mark = mark_length(stem, i)) {
            i += mark;
        } else if (const std::size_t space = space_length(stem, i)) {
            name += ' ';
            i += space;
        } else {
            name += stem[i++];
        }
    }
    // Web mail and some phones write '_' for every space.
    std::string spaced = name;
    if (name.find(' ') == std::string::npos) std::ranges::replace(spaced, '_', ' ');
    for (const std::string_view prefix : file_name_prefixes) {
        if (!spaced.starts_with(prefix)) continue;
        std::string_view title = trim(std::string_view(spaced).substr(prefix.size()));
        if (title.ends_with(')')) {  // the copy's number: "Birders (1)"
            const std::size_t open = title.rfind('(');
            const std::string_view inside =
                open == std::string_view::npos ? std::string_view() : title.substr(open + 1, title.size() - open - 2);
            if (open > 0 && inside.size() < 3 && !inside.empty() &&
                std::ranges::all_of(inside, [](char c) { return c >= '0' && c <= '9'; }))
                title = trim(title.substr(0, open));
        }
        return std::string(title);
    }
    return {};
}

}  // namespace secateur::whatsapp
