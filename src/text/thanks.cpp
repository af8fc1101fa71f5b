// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/thanks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/sixteen.hpp"
#include "base/text.hpp"

namespace secateur {
namespace {

using Words = std::initializer_list<std::string_view>;

bool one_of(std::string_view word, Words list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// Many phrases, by the letter they begin with.
class Phrases {
public:
    explicit Phrases(Words list) {
        for (const std::string_view each : list) by_letter_[static_cast<unsigned char>(each.front())].push_back(each);
    }
    [[nodiscard]] const std::vector<std::string_view>& with_letter(char letter) const { return by_letter_[static_cast<unsigned char>(letter)]; }

private:
    std::array<std::vector<std::string_view>, 256> by_letter_;
};

/// Folded: lower case, no accents.
struct Word {
    std::string_view text;
    std::size_t sentence = 0;
    bool after_comma = false;
};

/// A text as words and sentences. Quoted lines and what stands between quotation marks are somebody else's words and left out.
class Reading {
public:
    explicit Reading(std::string_view text) {
        folded_.reserve(text.size() + 1);
        for (const std::string_view raw : split(text, '\n')) {
            const std::string line = fold_search(without_quotes(raw));
            const std::string_view bare = trim(line);
            if (bare.starts_with('>')) continue;
            // What follows "on Monday Ada wrote:" is hers.
            if (bare.ends_with("a ecrit :") || bare.ends_with("a ecrit:") || bare.ends_with(" wrote:")) break;
            folded_ += line;
            folded_ += '\n';
        }
        read(folded_);
    }
    Reading(const Reading&) = delete;  // its words lie in its text
    Reading& operator=(const Reading&) = delete;

    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] std::string_view at(std::size_t i) const { return i < words_.size() ? words_[i].text : std::string_view(); }
    [[nodiscard]] std::size_t sentence(std::size_t i) const { return words_[i].sentence; }
    [[nodiscard]] bool after_comma(std::size_t i) const { return i < words_.size() && words_[i].after_comma; }
    [[nodiscard]] bool asks(std::size_t sentence) const { return sentence < ends_.size() && ends_[sentence] == '?'; }
    [[nodiscard]] bool exclaims(std::size_t sentence) const { return sentence < ends_.size() && ends_[sentence] == '!'; }
    [[nodiscard]] bool announces(std::size_t sentence) const { return sentence < ends_.size() && ends_[sentence] == ':'; }
    [[nodiscard]] std::size_t begin_of(std::size_t i) const {
        while (i > 0 && words_[i - 1].sentence == words_[i].sentence) --i;
        return i;
    }
    [[nodiscard]] std::size_t end_of(std::size_t i) const {
        const std::size_t own = words_[i].sentence;
        while (i < words_.size() && words_[i].sentence == own) ++i;
        return i;
    }
    /// The word so many places before, empty beyond the sentence.
    [[nodiscard]] std::string_view before(std::size_t i, std::size_t back = 1) const {
        return back <= i && words_[i - back].sentence == words_[i].sentence ? at(i - back) : std::string_view();
    }
    [[nodiscard]] std::string_view after(std::size_t i, std::size_t on = 1) const {
        return i + on < words_.size() && words_[i + on].sentence == words_[i].sentence ? at(i + on) : std::string_view();
    }
    /// One of the words within so many places before, in the sentence.
    [[nodiscard]] bool near_before(std::size_t i, std::size_t reach, Words list) const {
        for (std::size_t back = 1; back <= reach; ++back)
            if (one_of(before(i, back), list)) return true;
        return false;
    }
    [[nodiscard]] bool near_after(std::size_t i, std::size_t reach, Words list) const {
        for (std::size_t on = 1; on <= reach; ++on)
            if (one_of(after(i, on), list)) return true;
        return false;
    }
    /// The words of the phrase, separated by one space, from there on, in one sentence.
    [[nodiscard]] bool stands_at(std::size_t i, std::string_view phrase) const {
        for (std::size_t place = i;; ++place) {
            const std::string_view word = at(place);
            if (word.empty() || !phrase.starts_with(word) || words_[place].sentence != words_[i].sentence) return false;
            phrase.remove_prefix(word.size());
            if (phrase.empty()) return true;
            if (phrase.front() != ' ') return false;
            phrase.remove_prefix(1);
        }
    }
    [[nodiscard]] bool stands_at(std::size_t i, const Phrases& phrases) const {
        return std::ranges::any_of(phrases.with_letter(words_[i].text.front()), [&](std::string_view each) { return stands_at(i, each); });
    }
    [[nodiscard]] bool holds(std::size_t begin, std::size_t end, const Phrases& phrases) const {
        for (std::size_t i = begin; i < end; ++i)
            if (stands_at(i, phrases)) return true;
        return false;
    }
    [[nodiscard]] bool holds(std::size_t begin, std::size_t end, Words phrases) const {
        for (std::size_t i = begin; i < end; ++i)
            for (const std::string_view each : phrases)
                if (stands_at(i, each)) return true;
        return false;
    }

private:
    static std::string without_quotes(std::string_view line) {
        std::string out(line);
        constexpr std::array<std::pair<std::string_view, std::string_view>, 3> pairs{{{"«", "»"}, {"“", "”"}, {"\"", "\""}}};
        for (const auto& [open, close] : pairs)
            for (std::size_t begin = out.find(open); begin != std::string::npos; begin = out.find(open, begin)) {
                const std::size_t end = out.find(close, begin + open.size());
                if (end == std::string::npos) break;
                out.replace(begin, end + close.size() - begin, " ");
            }
        // 'so' too, but not the apostrophe of "don't".
        const auto is_letter = [](char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; };
        for (std::size_t begin = out.find('\''); begin != std::string::npos; begin = out.find('\'', begin + 1)) {
            if ((begin > 0 && is_letter(out[begin - 1])) || begin + 1 >= out.size() || !is_letter(out[begin + 1])) continue;
            std::size_t end = out.find('\'', begin + 1);
            while (end != std::string::npos && end + 1 < out.size() && is_letter(out[end + 1])) end = out.find('\'', end + 1);
            if (end == std::string::npos) break;
            out.replace(begin, end + 1 - begin, " ");
        }
        return out;
    }

    void end_sentence(char mark) {
        if (open_) {
            ends_.push_back(mark);
            open_ = false;
        } else if (mark != '\n' && !ends_.empty() && ends_.back() != '?') {
            ends_.back() = mark;  // "Merci ! ?"
        }
    }

    void read(std::string_view text) {
        bool comma = false;
        for (std::size_t i = 0; i < text.size();) {
            const char c = text[i];
            const auto is_letter = [](char each) { return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9'); };
            if (!is_letter(c)) {
                const bool inside = i > 0 && i + 1 < text.size() && is_letter(text[i - 1]) && is_letter(text[i + 1]);
                if (c == '!' || c == '?' || c == ';' || c == ':' || c == '\n' || (c == '.' && !inside)) {
                    end_sentence(c);
                    comma = false;
                } else if (c == ',' || c == '(' || c == ')') {
                    comma = true;
                }
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < text.size() && is_letter(text[end])) ++end;
            words_.push_back({plain(text.substr(i, end - i)), ends_.size(), comma});
            open_ = true;
            comma = false;
            i = end;
        }
    }

    /// "merciii" and "mercis" are "merci", "thanksss" is "thanks".
    static std::string_view plain(std::string_view word) {
        if (word[0] != 'm' && word[0] != 't') return word;
        for (const std::string_view stem : {std::string_view("merci"), std::string_view("thanks"), std::string_view("thank")})
            if (word.size() > stem.size() && word.starts_with(stem) && word.find_first_not_of(stem == "merci" ? "is" : "s", stem.size()) == std::string_view::npos)
                return stem == "thank" ? "thanks" : stem;
        if (one_of(word, {"mercy", "mrc", "mrci", "mci", "merki"})) return word == "mercy" ? word : "merci";
        if (one_of(word, {"thx", "thnx", "thks", "tks", "tnx", "thanx", "tysm", "tyvm", "ty"})) return "thanks";
        return word;
    }

    std::string folded_;
    std::vector<Word> words_;
    std::vector<char> ends_;  // what ends each sentence
    bool open_ = false;
};

bool is_determiner(std::string_view word) {
    return one_of(word, {"votre", "vos", "ton", "ta", "tes", "ce", "cet", "cette", "ces", "sa", "son", "ses", "un", "une", "tout", "toute", "tant", "part"});
}

bool is_infinitive(std::string_view word) {
    return word.size() >= 4 && (word.ends_with("er") || word.ends_with("ir") || word.ends_with("re")) &&
           !one_of(word, {"hier", "cher", "autre", "notre", "votre", "atelier", "premier", "super", "plaisir", "janvier", "fevrier", "septembre", "octobre", "novembre",
                          "decembre", "loisir", "souvenir", "avenir"});
}

/// After "merci de", "je vous remercie de": what is asked for, or what was given?
bool asks_to(const Reading& text, std::size_t i, std::size_t end) {
    const auto is_small = [](std::string_view word) {
        return one_of(word, {"me", "m", "nous", "te", "t", "se", "s", "le", "la", "l", "les", "lui", "leur", "vous", "y", "en", "ne", "pas", "plus", "jamais", "bien",
                             "toujours", "tous", "toutes", "donc", "aussi"});
    };
    while (i < end && is_small(text.at(i))) ++i;
    if (i >= end || is_determiner(text.at(i))) return false;
    if (text.at(i) == "avoir")
        return one_of(text.after(i), {"votre", "vos", "ton", "ta", "tes", "le", "la", "les", "un", "une", "des", "du", "sur", "avec", "sous", "au"});
    if (text.at(i) == "etre")
        return !one_of(text.after(i), {"venu", "venus", "venue", "venues", "passe", "passes", "passee", "passees", "reste", "restes", "restee", "la", "si", "aussi", "un",
                                       "une", "intervenu", "intervenue", "intervenus", "revenu", "revenue", "arrive", "mon", "ma", "alle", "allee", "toi", "vous", "tel",
                                       "telle", "toujours", "present", "presents", "presente"});
    return is_infinitive(text.at(i));
}

/// `marked`: a question mark is enough.
bool asks_in_words(const Reading& text, std::size_t begin, std::size_t end, bool marked = true) {
    for (std::size_t i = begin; i < end; ++i) {
        if (marked && text.asks(text.sentence(i))) return true;
        const bool first = text.before(i).empty();
        if (first && text.at(i).size() > 4 && text.at(i).ends_with("ez") && !one_of(text.at(i), {"allez", "assez", "voyez", "savez", "tenez"})) return true;
        if (first && one_of(text.at(i), {"send", "fill", "register", "reply", "check", "email", "call", "message", "share", "vote", "remember", "let", "give", "tell", "drop",
                                         "ping", "dm", "rsvp", "cherche", "recherche", "besoin", "looking", "seeking", "need", "wanted", "iso", "perdu", "lost"}) &&
            !text.stands_at(i, "wanted to"))
            return true;
        if ((text.at(i) == "merci" || text.at(i) == "remercie") && one_of(text.after(i), {"de", "d"}) && asks_to(text, i + 2, text.end_of(i))) return true;
    }
    static const Phrases requests{{
        "quelqu un", "je cherche", "nous cherchons", "on cherche", "cherche a", "je recherche", "nous recherchons", "pouvez vous", "pourriez vous", "pourrais tu",
        "peux tu", "tu peux me", "vous pouvez me", "auriez vous", "avez vous", "as tu", "aurais tu", "besoin de", "besoin d", "besoin que", "svp", "stp",
        "s il vous plait", "s il te plait", "veuillez", "n hesitez pas", "n hesite pas", "aidez moi", "preneur", "preneuse", "des idees", "des conseils",
        "une idee", "un conseil", "des pistes", "je me demande", "je me demandais", "qui pourrait", "qui peut", "qui connait", "qui saurait", "j aimerais savoir",
        "je voudrais", "je souhaiterais", "je serais", "contactez moi", "ecrivez moi", "dites moi", "dis moi", "envoie moi", "en mp", "confirmez", "je suis a la recherche",
        "faites moi signe", "fais moi signe", "faites le savoir", "au plus tard", "avant le", "il faut", "il faudrait", "vous devez", "pensez a", "priere de", "ne pas",
        "on a besoin", "il nous manque", "il me manque", "dans l attente", "qqn", "qq un", "une bonne adresse", "pourrait on", "tenez moi", "tiens moi", "a rendre",
        "faire suivre", "fais suivre", "a partager", "reponse souhaitee", "l un de vous", "l un d entre vous", "une ame charitable", "je compte sur",
        "si vous avez", "si vous connaissez", "si tu as", "si tu connais", "si quelqu", "serait il possible", "est il possible",
        "please", "pls", "plz", "could you", "can you", "would you", "could someone", "can someone", "can anyone", "could anyone", "does anyone", "does anybody",
        "has anyone", "is anyone", "anyone", "anybody", "looking for", "i need", "we need", "help me", "let me know", "dm me", "message me", "any advice",
        "any tips", "any help", "any idea", "any ideas", "any recommendations", "any suggestions", "any pointers", "any leads", "any thoughts", "how do i",
        "how can i", "wondering", "would appreciate", "d appreciate", "kindly", "i would like to add", "i d like to add", "would love to", "be grateful if",
        "one of you", "some of you", "we are short", "must be", "do not", "don t forget", "make sure", "be sure to", "no later than", "by friday", "by monday", "rsvp",
        "get in touch", "reach out", "in need of", "in search of", "on the lookout", "hoping someone", "hoping to find", "keen to hear", "advice on", "help with",
        "like to connect", "love to connect", "like to join", "add me to", "accept my invitation", "professional network", "hope someone", "hope somebody", "someone can",
        "someone could", "somebody can", "any chance", "any good", "would be great if", "be great to", "if possible", "trying to find", "asap", "in the market for", "help wanted",
        "would be useful", "stuck on", "struggling to", "struggling with", "en urgence",
        "if you could", "if you know", "if someone", "if anybody"}};
    return text.holds(begin, end, requests);
}

/// Whether they meet, or how the other is: an answer to that is company, not help.
bool is_sociable(const Reading& text, std::size_t begin, std::size_t end) {
    static const Phrases company{{
        "un cafe", "un verre", "une biere", "un the", "un apero", "un dejeuner", "on dejeune", "dejeuner ensemble", "un diner", "on dine", "on se voit", "se voir", "se revoir", "on se retrouve",
        "se retrouver", "se croiser", "ca va", "ca te dit", "ca vous dit", "ca te dirait", "ca vous dirait", "comment vas tu", "comment allez vous", "tu vas bien", "vous allez bien",
        "quoi de neuf", "et toi", "et vous", "tu viens", "vous venez", "qui vient", "qui y va", "qui sera la", "tu seras la", "vous serez la", "tu y seras", "vous y serez", "partant",
        "partante", "partants", "partantes", "disponible pour en parler", "puis je amener", "puis je venir", "je peux amener", "je peux venir", "peut on venir", "can i bring", "can i come", "may i bring", "may i come",
        "bien rentre", "bien rentree", "bien arrive", "bien arrivee", "n est ce pas",
        "a coffee", "for coffee", "coffee", "a drink", "a beer", "for lunch", "have lunch", "lunch together", "for dinner", "have dinner", "how are you", "how s it going", "how is it going",
        "what s up", "what s new", "are you coming", "will you be there", "who s coming", "who is coming", "who s in", "shall we meet", "can we meet", "catch up", "isn t it", "and you"}};
    static const Phrases help{{"aide", "aider", "conseil", "conseils", "conseiller", "avis", "besoin", "help", "advice", "advise", "need"}};
    return text.holds(begin, end, company) && !text.holds(begin, end, help);
}

bool asks_for_help(const Reading& text, bool marked) {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.end_of(begin);
        const bool company = text.asks(text.sentence(begin)) && is_sociable(text, begin, end);
        if (!company && asks_in_words(text, begin, end, marked)) return true;
        begin = end;
    }
    return false;
}

/// "She wrote back: thanks" tells what somebody else said.
bool is_reported(const Reading& text, std::size_t i) {
    const std::size_t begin = text.begin_of(i);
    if (text.near_before(i, 6, {"said", "says", "told", "replied", "wrote", "writes", "texted", "emailed", "answered", "whispered", "mumbled", "muttered", "shouted"}))
        return true;
    if (i != begin || begin == 0 || !text.announces(text.sentence(begin - 1))) return false;
    return text.near_before(begin - 1, 8, {"said", "says", "replied", "wrote", "answered", "he", "she", "they", "dit", "repondu", "ecrit", "il", "elle"}) ||
           one_of(text.at(begin - 1), {"back", "said", "says", "replied", "wrote", "note", "card", "sign", "reads", "dit", "repondu", "ecrit", "repond"});
}

/// Something was received, or at least taken in, before.
bool tells_of_receiving(const Reading& text, std::size_t end) {
    for (std::size_t i = 0; i < end; ++i)
        if (one_of(text.at(i), {"recu", "note", "vu", "marche", "fonctionne", "trouve", "aide", "utile", "super", "top", "genial", "bien", "ok", "parfait", "ca", "cela", "interessant", "lu", "oui",
                                "volontiers", "accord", "plaisir", "bravo", "entendu", "compris", "merci", "j", "je", "c", "tres", "trop", "belle", "beau", "quel", "quelle", "vous", "tu", "t",
                                "got", "works", "worked", "perfect", "helps", "helped", "helpful", "fixed", "received", "found", "good", "great", "okay", "sounds", "understood", "noted",
                                "oh", "ah", "aw", "yes", "yeah", "yep", "sure", "cool", "useful", "ha", "haha", "wow", "nice", "lovely", "brilliant", "amazing", "exactly", "i", "that", "so", "it",
                                "thank", "thanks", "you", "what", "made", "just", "saved", "done"}))
            return true;
    return false;
}

/// A bare word of thanks behind a request, or behind an instruction, closes it. It thanks only where something was received before.
bool merely_closes(const Reading& text, std::size_t i) {
    const std::size_t begin = text.begin_of(i), end = text.end_of(i);
    if (!asks_in_words(text, 0, i) && (i < 4 || end != text.size() || end - i > 3 || tells_of_receiving(text, i))) return false;
    for (std::size_t at = begin; at < end; ++at)
        if (one_of(text.at(at), {"comprehension", "cooperation", "vigilance", "attention", "reponses", "retours", "suggestions", "propositions", "lumieres", "understanding", "consideration",
                                 "responses", "replies", "answers"}))
            return true;
    // Beside it, not in what was asked before the comma.
    std::size_t beside = i;
    while (beside > begin && i - beside < 3 && (i - begin <= 3 || !text.after_comma(beside))) --beside;
    for (std::size_t at = beside; at < end; ++at)
        if (one_of(text.at(at), {"ok", "okay", "parfait", "parfaite", "super", "top", "genial", "nickel", "excellent", "beaucoup", "bcp", "infiniment", "mille", "grand", "immense",
                                 "pour", "encore", "vraiment", "accord", "recu", "note", "cool", "precieux", "aide", "great", "perfect", "awesome", "brilliant", "lovely",
                                 "for", "again", "du", "des", "really", "wonderful"}))
            return false;
    // "Ok, parfait." as a sentence of its own before it.
    for (std::size_t at = 0; at < begin; ++at)
        if (at == text.begin_of(at) && text.end_of(at) - at <= 3 && one_of(text.at(at), {"ok", "okay", "parfait", "super", "great", "perfect", "excellent", "nickel"})) return false;
    return true;
}

bool is_advance(const Reading& text, std::size_t i) { return text.near_after(i, 8, {"avance", "advance", "advanced", "anticipation", "anticipe"}); }

bool merci_thanks(const Reading& text, std::size_t i) {
    const std::string_view before = text.before(i), two_before = text.before(i, 2), after = text.after(i), two_after = text.after(i, 2);
    const std::size_t end = text.end_of(i);
    if (is_reported(text, i) || text.stands_at(text.begin_of(i), "ca ira")) return false;
    if (is_advance(text, i) || one_of(before, {"sans", "dieu", "la", "le", "mot", "ni", "aucun", "leur", "ses", "son"})) return false;
    if (before == "non") return (after == "a" && one_of(two_after, {"toi", "vous"})) || (text.after_comma(i) && after == "pour");
    if (one_of(before, {"dit", "dis", "dites", "disent", "disait", "disant", "repondu", "repond", "ecrit", "disais", "dirent"})) {
        // "j'ai dit merci" tells of it; "je vous dis merci" does it.
        return before == "dis" && text.near_before(i, 4, {"je"}) && text.near_before(i, 3, {"vous", "te"});
    }
    if (before == "dire" || (two_before == "dire" && one_of(before, {"un", "grand", "mille", "simplement", "juste", "encore"})) ||
        (text.before(i, 3) == "dire" && before == "grand")) {
        return text.near_before(i, 6, {"vous", "te"}) && text.near_before(i, 9, {"je", "j", "nous", "tiens", "tenais", "voulais", "voulait", "passage", "juste", "veux"}) &&
               !text.near_before(i, 9, {"lui", "leur", "faut", "oublie", "oubliez", "il", "elle", "ils", "elles"});
    }
    if (one_of(before, {"un", "meme", "simple", "petit"}) && text.near_before(i, 5, {"pas", "sans", "jamais", "attend", "attends", "recu", "aucun", "suffit", "merite"})) return false;
    if (before == "un" && one_of(after, {"ne", "n", "suffit", "suffirait", "fait", "aurait", "serait", "est", "ca"})) return false;
    if (before == "de" && two_before != "plein") return false;
    if (after == "qui" && (two_after.empty() || text.asks(text.sentence(i)))) return false;
    if (one_of(after, {"si", "dieu", "seigneur", "patron"})) return false;
    if (after == "pour" && one_of(two_after, {"toute", "tout", "toutes", "tous"}) &&
        one_of(text.after(i, 3), {"aide", "info", "infos", "information", "informations", "piste", "pistes", "reponse", "reponses", "suggestion", "suggestions", "conseil", "idee", "retour", "proposition"}))
        return false;
    // "Merci la SNCF" thanks nobody here; "merci à ma mère" thanks somebody who does not read it.
    if (after == "la" && !one_of(two_after, {"team", "famille", "equipe", "miss", "belle", "bande", "compagnie"})) return false;
    if (after == "le" && !one_of(two_after, {"groupe", "collectif", "chef"})) return false;
    if (one_of(after, {"a", "aux"})) {
        if (one_of(two_after, {"mon", "ma", "mes"})) return false;
        if (one_of(text.after(i, 3), {"mairie", "ville", "vie", "sncf", "poste", "banque", "univers", "etat", "region", "meteo", "prefecture", "commune", "chance"})) return false;
    }
    if (one_of(after, {"de", "d"})) {
        if (asks_to(text, i + 2, end)) return false;
    } else {
        // "merci à tous de bien vouloir", "merci à chacun de confirmer"
        for (std::size_t on = 2; on <= 6; ++on)
            if (one_of(text.after(i, on), {"de", "d"}) && one_of(after, {"a", "aux", "beaucoup", "donc", "bien", "tous", "encore", "par", "vous"}) && asks_to(text, i + on + 1, end)) return false;
    }
    if (one_of(after, {"a", "aux"}) && text.near_after(i, 7, {"pourra", "pourront", "pourrait", "pourraient", "peut", "peuvent", "voudra", "voudront", "sait", "savent", "saura",
                                                              "sauront", "aura", "auront", "aurait", "auraient", "repondra", "repondront", "prendra", "prendront", "dieu"}))
        return false;
    return !merely_closes(text, i);
}

bool remercie_thanks(const Reading& text, std::size_t i) {
    const std::string_view word = text.at(i);
    const std::size_t begin = text.begin_of(i), end = text.end_of(i);
    if (is_advance(text, i)) return false;
    if (word == "remerciements" || word == "remerciement")
        return text.near_before(i, 4, {"mes", "nos", "sinceres", "chaleureux", "tous", "encore", "vifs", "avec"}) && !text.near_before(i, 6, {"ses", "leurs", "lettre", "mot", "message", "discours", "recu", "mail"});
    if (one_of(word, {"remerciant", "remerciante"})) {
        if (merely_closes(text, i)) return false;
        return text.near_before(i, 2, {"vous", "te", "t"}) && (text.near_after(i, 1, {"pour", "encore"}) || (one_of(text.after(i), {"de", "d"}) && !asks_to(text, i + 2, end)));
    }
    for (std::size_t on = 1; on <= 4; ++on)
        if (one_of(text.after(i, on), {"de", "d"}) && asks_to(text, i + on + 1, end)) return false;
    const bool to_reader = text.near_before(i, 3, {"vous", "te", "t"}) || one_of(text.after(i), {"tous", "toutes", "chacun", "chacune", "chaleureusement", "vivement", "ceux", "celles",
                                                                                                 "l", "toute", "tout", "les", "infiniment"});
    if (text.near_before(i, 2, {"ai", "a", "ont", "avons", "as", "avez", "avait", "avais", "avaient", "est", "fut", "ete"}) && word == "remercie") return false;  // "remercié"
    if (text.near_before(i, 3, {"il", "elle", "ils", "elles", "lui", "leur", "faut", "tu", "doit", "devrait"})) return false;
    if (text.near_before(i, 4, {"ne", "n"}) && !text.near_before(i, 3, {"comment", "jamais", "assez"})) return false;
    if (word == "remercier") {
        if (text.holds(begin, i, {"comment vous", "comment te", "comment t", "moi de vous", "moi de te", "moi vous", "moi te"})) return true;
        if (text.near_before(i, 5, {"pensez", "pense", "penser", "oubliez", "oublie", "oublier", "dois", "va", "allez", "faire"})) return false;
        return text.near_before(i, 8, {"je", "j", "nous", "tiens", "tenons", "tenais", "voulais", "voulions", "souhaite", "souhaitais", "aimerais", "voudrais", "profite", "permets"});
    }
    if (word == "remercions") return text.near_before(i, 3, {"nous", "vous"}) || to_reader;
    // remercie
    if (one_of(text.before(i), {"le", "la", "les", "l"})) return false;
    if (text.near_before(i, 4, {"je", "j"})) return !one_of(text.after(i), {"le", "dieu"}) && text.after(i, 2) != "ciel";
    if (text.near_before(i, 3, {"on", "equipe", "nous"})) return to_reader;
    return one_of(text.before(i), {"vous", "te", "t"}) && i - 1 == begin;
}

bool thanks_thanks(const Reading& text, std::size_t i) {
    const std::string_view before = text.before(i), two_before = text.before(i, 2), after = text.after(i), two_after = text.after(i, 2);
    const std::size_t end = text.end_of(i);
    if (is_reported(text, i)) return false;
    // "I'm good, thanks", "not for me, thanks" decline.
    if (text.near_before(i, 5, {"pass", "interested", "not", "nope"}) || text.holds(text.begin_of(i), i, {"m good", "m fine", "m ok", "all set", "am good", "am fine", "are fine", "re fine", "re good",
                                                                                                                   "all good", "m sorted", "already sorted", "just looking", "no need", "enough", "don t need",
                                                                                                                   "m okay", "m alright", "already have", "already got", "maybe later", "another time", "rather not"}))
        return false;
    if (one_of(text.at(text.begin_of(i)), {"no", "nah", "nope"}) && !one_of(text.after(text.begin_of(i)), {"problem", "worries", "rush", "way", "idea"})) return false;
    if (is_advance(text, i) || text.holds(i, end, {"ahead of time", "no thanks", "but no", "for nothing", "for not", "for any", "for ruining", "for spoiling",
                                                       "for wasting", "for ignoring", "for respecting", "for refraining", "for remembering", "for completing", "for filling", "for cooperating",
                                                       "if you", "if anyone", "if someone", "to god", "be to god", "to whoever"})) return false;
    if (one_of(before, {"no", "without", "any", "expect", "get", "got", "of", "their", "his", "her", "your", "he", "she", "who", "the", "give", "gave", "deserve", "deserves",
                        "need", "receive", "received", "zero", "little"}))
        return false;
    if (one_of(after, {"would", "obama", "were", "was", "is", "are", "have", "had"}) || one_of(before, {"some"}) || text.near_before(i, 4, {"tell", "pass", "convey", "give", "him", "them", "please"})) return false;
    if (one_of(before, {"said", "says", "wrote", "writes", "replied", "sends", "send", "pass", "sent"})) return false;
    if (one_of(before, {"say", "saying"}) || one_of(two_before, {"say", "saying"}))
        return text.near_before(i, 9, {"i", "we", "just", "let", "id"}) && !text.near_before(i, 9, {"you", "he", "she", "they", "never", "not", "forget", "didn", "don", "always"});
    // "The whole family thanks everyone" tells of it; "ok great thanks" does it.
    const bool open = i == text.begin_of(i) || text.after_comma(i) ||
                      one_of(before, {"many",  "big",  "huge",  "special", "massive", "sincere", "warm",  "heartfelt", "my",    "our",     "with",   "ok",    "okay",     "great",  "perfect", "awesome",
                                      "cool",  "yes",  "yeah",  "yep",     "oh",      "ah",      "aw",    "hey",       "hi",    "hello",   "all",    "so",    "well",     "super",  "brilliant", "excellent",
                                      "wonderful", "amazing", "lovely", "sweet", "wow", "million", "thousand", "deepest", "sincerest", "warmest", "extra", "belated", "quick", "again", "and", "but",
                                      "got", "noted", "done", "sure", "nice", "good", "works", "helps", "it", "that", "this", "now", "lot", "guys", "all", "folks", "much", "once", "right"});
    if (!open && one_of(after, {"you", "everyone", "everybody", "all", "the", "his", "her", "their", "my", "its", "our", "were", "was", "is", "go", "goes"})) return false;
    if (one_of(before, {"for", "in", "as", "a", "offer", "offered", "owe", "asking", "small"})) return false;
    if (one_of(after, {"go", "goes"}) && text.after(i, 3) != "you") return false;
    if (after == "from" && !one_of(two_after, {"me", "us", "all", "both", "everyone", "here"})) return false;
    if (after == "to" && one_of(two_after, {"the", "our", "my", "mr", "mrs", "ms", "dr", "his", "her", "their", "a", "an", "some", "this", "that"}) &&
        !text.near_after(i, 8, {"you", "volunteers", "team", "members", "organisers", "organizers", "everyone", "mods", "moderators", "admins", "group", "community", "crew", "hosts", "helpers", "folks"}))
        return false;
    if (after == "to") {
        const std::string_view third = text.after(i, 3);
        if (two_after == "all" && !third.empty() && !one_of(third, {"of", "who", "that", "for", "involved", "here", "those", "our"})) return false;
        if (two_after == "your" && !text.near_after(i, 6, {"help", "advice", "tip", "tips", "support", "feedback", "post", "posts", "link", "links", "suggestion", "suggestions", "reply", "intro",
                                                           "introduction", "recommendation", "answer", "answers", "kindness", "notes", "generosity", "encouragement", "work", "pointers"}))
            return false;
        if (one_of(two_after, {"you", "all", "everyone", "everybody", "your", "u", "yall", "each"})) return !text.near_after(i, 7, {"will", "can", "could", "ll", "would", "rsvps"});
        if (one_of(before, {"many", "big", "huge", "special", "massive", "sincere", "warm", "heartfelt", "my", "our"})) return true;
        if (i != text.begin_of(i)) return false;
        bool comma = false;
        for (std::size_t at = i + 1; at < end; ++at) comma = comma || text.after_comma(at);
        return !comma && (text.near_after(i, 8, {"for", "who"}) || text.exclaims(text.sentence(i)));
    }
    if (text.holds(i, end, {"by tomorrow", "by monday", "by tuesday", "by wednesday", "by thursday", "by friday", "by noon", "by eod", "before friday"})) return false;
    return !merely_closes(text, i);
}

bool thank_thanks(const Reading& text, std::size_t i) {
    const std::string_view before = text.before(i), after = text.after(i);
    const std::size_t begin = text.begin_of(i), end = text.end_of(i);
    if (one_of(after, {"god", "goodness", "heaven", "heavens", "christ", "lord", "me", "him", "her", "them", "us", "yourself", "fuck", "himself", "herself", "jesus", "gods"})) return false;
    const bool you = one_of(after, {"you", "u", "ya", "yall"});
    if (you && (is_advance(text, i) || text.holds(i, end, {"ahead of time", "for not", "for any", "if you", "for nothing", "if anyone", "but no", "for ruining",
                                                                               "for respecting", "for refraining", "for remembering", "for completing", "for filling", "for cooperating"}))) return false;
    if (you && one_of(text.after(i, 2), {"note", "notes", "card", "cards", "letter", "letters", "gift", "gifts", "party", "email", "speech", "message", "page", "post", "emails", "speeches", "messages", "cake",
                                               "list", "is", "was", "isn", "bags"}) && before != "big") return false;
    const bool first_person = text.near_before(i, 8, {"i", "we", "let", "wanted", "want", "allow", "like", "just"});
    const bool other = text.near_before(i, 8, {"he", "she", "they", "you", "please", "remember", "forget", "should", "who", "must", "did", "didn", "never", "always", "someone", "nobody", "people"});
    if (before == "no" || one_of(before, {"don", "will", "ll"}) || (you && is_reported(text, i))) return false;
    if (you && text.holds(i, end, {"your order", "your purchase", "your subscription", "your application", "your inquiry", "your enquiry", "your payment", "your booking", "your registration",
                                   "for subscribing", "for registering", "for contacting", "for applying", "for ordering", "for shopping", "for calling", "for choosing", "for flying", "you no"}))
        return false;
    if (you && one_of(text.after(i, 2), {"lord", "jesus", "god", "universe", "coffee", "weather", "captain", "next"})) return false;
    if (before == "and" && text.before(i, 2) == "please") return false;
    if (one_of(before, {"to", "d"}) || before == "say" || text.before(i, 2) == "say" || text.before(i, 3) == "say") return first_person && !other;
    if (one_of(before, {"t", "cannot"})) return you && text.near_after(i, 5, {"enough"});
    if (one_of(before, {"a"})) {
        if (one_of(text.after(i, 2), {"would", "goes", "isn", "is", "doesn", "from", "costs", "never"})) return false;
        if (text.near_before(i, 5, {"send", "sent", "write", "wrote", "got", "receive", "received", "deserve", "deserves", "without", "not", "even", "never"})) return false;
        return !merely_closes(text, i);
    }
    if (!you) return (one_of(before, {"i", "we"}) || (first_person && before == "must")) && !other && !after.empty();
    if (one_of(before, {"they", "he", "she", "who", "team", "company", "not"})) return false;
    if (text.holds(i, end, {"by tomorrow", "by monday", "by tuesday", "by wednesday", "by thursday", "by friday", "by noon", "by eod"})) return false;
    if (i > begin && !text.after_comma(i) && text.near_before(i, 3, {"would", "should", "might"})) return false;
    return !merely_closes(text, i);
}

bool appreciate_thanks(const Reading& text, std::size_t i) {
    if (text.near_before(i, 6, {"would", "d", "will", "ll", "could", "should", "any", "might", "not", "don", "be", "if", "anything", "they", "he", "she", "you"}) || text.near_after(i, 3, {"if"})) return false;
    if (text.near_after(i, 4, {"cooperation", "patience", "understanding", "business", "interest", "loyalty"})) return false;
    // "Suggestions much appreciated" asks.
    const bool received = i - text.begin_of(i) <= 2 ? i - text.begin_of(i) <= 1 || one_of(text.before(i, 2), {"it", "so", "very"})
                                                    : text.near_before(i, 10, {"your", "you", "it", "that", "this", "was", "is", "were", "are", "re", "s"});
    if (text.at(i) == "appreciated")
        return received && text.near_before(i, 2, {"much", "really", "greatly", "so", "very", "truly", "hugely", "deeply"}) && !asks_in_words(text, 0, i);
    if (!text.near_before(i, 5, {"i", "we", "really", "truly", "much", "so"}) && i != text.begin_of(i)) return false;
    if (text.after(i) == "that") return text.after(i, 2).empty() || text.after_comma(i + 2);
    // "I appreciate you are busy" grants something.
    if (one_of(text.after(i, 2), {"are", "re", "is", "s", "may", "might", "have", "ve", "can", "will", "probably", "must"})) return false;
    if (one_of(text.after(i), {"the", "all", "how"})) return text.near_after(i, 4, {"help", "advice", "support", "tip", "tips", "feedback", "reply", "replies", "response", "responses", "effort", "efforts", "time", "invite",
                                                                                     "invitation", "info", "heads", "link", "links", "offer", "quick", "recommendation", "recommendations", "you", "kind", "suggestions",
                                                                                     "answers", "encouragement", "work"});
    return one_of(text.after(i), {"it", "you", "your", "this", "everyone", "everything", "u", "ya"});
}

bool kindness_thanks(const Reading& text, std::size_t i) {
    static const Phrases kind{{
        "me sauves la vie", "me sauvez la vie", "nous sauves la vie", "nous sauvez la vie", "m as sauve", "m avez sauve", "fiere chandelle", "te revaudrai", "vous revaudrai", "you saved my",
        "you ve saved my", "you re a lifesaver", "you are a lifesaver", "you re a life saver", "owe you one", "owe you big", "kind of you", "nice of you", "generous of you", "much obliged", "without you guys",
        "cheers for your", "cheers for that", "cheers for this", "cheers for sharing", "cheers for letting",
        "cheers for the help", "cheers for the tip", "cheers for the link", "cheers for the heads", "cheers for the info", "cheers for the advice", "cheers for the reply", "cheers mate",
        "cheers that", "cheers guys", "you re an angel", "done it without you", "done this without you", "indebted to you", "bless you",
        "de quoi te remercier", "de quoi vous remercier"}};
    for (const std::string_view each : kind.with_letter(text.at(i).front()))
        if (text.stands_at(i, each)) return !(each.starts_with("cheers") && merely_closes(text, i)) && !text.near_before(i, 4, {"would", "be", "if", "pas", "t", "d", "serait", "someone", "he", "she"});
    if (one_of(text.at(i), {"gentil", "gentille", "sympa", "adorable", "aimable", "genereux"}))
        for (const std::string_view each : {"de ta part", "de votre part", "a vous", "a toi"})
            if (text.stands_at(i + 1, each) && text.sentence(i) == text.sentence(std::min(i + 1, text.size() - 1)))
                return !text.near_before(i, 4, {"serait", "pas", "etait", "si"});
    if (text.at(i) == "grace" && one_of(text.after(i), {"a"}) && one_of(text.after(i, 2), {"vous", "toi", "votre", "vos", "ton", "ta", "tes"}))
        return (one_of(text.after(i, 2), {"vous", "toi"}) ||
                one_of(text.after(i, 3), {"aide", "soutien", "message", "messages", "conseil", "conseils", "lien", "liens", "retour", "retours", "post", "annonce", "coup", "piste", "pistes", "info", "infos",
                                          "astuce", "astuces", "generosite", "reponse", "reponses", "partage", "partages", "relecture", "recommandation", "mobilisation", "presence", "contact",
                                          "contacts", "patience", "explications", "encouragements"})) &&
               !text.near_before(i, 3, {"pas", "non", "rendre", "rends", "rendons"}) && !text.asks(text.sentence(i));
    if (one_of(text.at(i), {"reconnaissant", "reconnaissante", "reconnaissants", "reconnaissantes"}))
        return text.near_before(i, 7, {"vous", "te", "t"}) && text.near_before(i, 7, {"suis", "sommes", "reste", "restons"}) && !text.near_before(i, 6, {"serais", "serai", "serions", "si"});
    if (one_of(text.at(i), {"reconnaissance", "gratitude"})) {
        if (text.stands_at(i, "gratitude journal") || text.near_before(i, 4, {"sa", "leur", "his", "her", "their", "on", "about"})) return false;
        return text.near_before(i, 4, {"ma", "notre", "my", "our", "toute", "avec", "with"});
    }
    if (one_of(text.at(i), {"grateful", "thankful"})) {
        if (text.near_before(i, 5, {"would", "d", "be", "he", "she", "they", "should", "if", "not", "you"})) return false;
        const bool closes = text.after(i).empty() || one_of(text.after(i, 2), {"the"});
        if (text.near_after(i, 5, {"my", "his", "our", "any", "if", "could"})) return false;
        return text.near_after(i, 6, {"you", "your", "everyone", "everybody", "u", "group", "community", "thread", "forum"}) ||
               (closes && text.near_before(i, 4, {"so", "very", "really", "forever", "truly", "extremely", "incredibly", "super", "most"}) &&
                (text.after(i).empty() || text.near_after(i, 6, {"help", "advice", "support", "tips", "feedback", "replies", "answers", "suggestions", "welcome"})));
    }
    return false;
}

bool thanks_in(const Reading& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words.at(i);
        if (word == "merci" ? merci_thanks(words, i)
            : word.starts_with("remerci") ? remercie_thanks(words, i)
            : word == "thanks" || word == "thankyou" ? thanks_thanks(words, i)
            : word == "thank" ? thank_thanks(words, i)
            : word == "appreciate" || word == "appreciated" ? appreciate_thanks(words, i)
                                                            : kindness_thanks(words, i))
            return true;
    }
    return false;
}

bool introduces(const Reading& words) {
    static const Phrases introductions{{"je te presente", "je vous presente", "vous mets en relation", "te mets en relation", "vous mets en contact", "te mets en contact",
                                        "mise en relation avec", "let me introduce", "like to introduce", "introducing you", "want to introduce", "please meet",
                                        "connect you with", "put you in touch", "connecting you with"}};
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const std::string_view each : introductions.with_letter(words.at(i).front()))
            if (words.stands_at(i, each)) {
                // "Thank you for the introduction": somebody else brought them together.
                if (words.near_before(i, 8, {"merci", "remercie", "remercier", "thanks", "thank", "grateful", "grace"})) return false;
                // Herself, or a thing of hers: nobody is brought together.
                const std::size_t next = i + static_cast<std::size_t>(std::count(each.begin(), each.end(), ' ')) + 1;
                return !one_of(words.at(next), {"myself", "mes", "mon", "ma", "nos", "notre", "le", "la", "les", "un", "une", "my", "our", "the", "a"});
            }
    return false;
}

bool begins_with(std::string_view text, std::size_t at, std::string_view needle) {
    if (text.size() - at < needle.size()) return false;
    for (std::size_t i = 0; i < needle.size(); ++i)
        if (ascii_lower(text[at + i]) != needle[i]) return false;
    return true;
}

/// No thanks without one of these, at the beginning of a word: most posts end here, after one look at each letter.
constexpr std::array<std::string_view, 37> thankful_beginnings{
    "merc", "mrc", "mci", "merki", "thank", "thx", "thnx", "thks", "tks", "tnx", "thanx", "ty", "tysm", "tyvm", "remerci", "gr\xC3\xA2" "ce", "gr\xC3\x82" "ce", "grace",
    "grat", "appreciat", "reconnaissan", "sauve", "saved", "lifesaver", "life saver", "chandelle", "revaudrai", "owe you", "de ta part", "de votre part", "of you", "obliged",
    "cheers", "angel", "an angel", "indebted", "bless you"};
constexpr std::array<std::string_view, 6> thankful_pairs{"gentil \xC3\xA0", "gentil a", "gentille \xC3\xA0", "gentille a", "without you", "done it"};

/// Which four letters a text of thanks may hold at the beginning of a word: by their hash, so that a look costs one bit, and one in some
/// hundred looks is in vain. Cases and some signs are not told apart.
class Beginnings {
public:
    Beginnings() {
        for (const std::string_view word : thankful_beginnings) add(word);
        for (const std::string_view word : thankful_pairs) add(word);
    }
    /// `four`: with zeros behind the end of the text.
    [[nodiscard]] bool may_begin(std::array<char, 4> four) const { return has(fours_, hash_of_four(four)) || has(pairs_, pair(four)); }
    [[nodiscard]] bool begins(std::string_view text, std::size_t at) const {
        return std::ranges::any_of(words_[static_cast<unsigned char>(ascii_lower(text[at]))], [&](std::string_view word) { return begins_with(text, at, word); });
    }

private:
    using Bits = std::array<std::uint64_t, 1024>;
    static bool has(const Bits& bits, std::uint32_t at) { return (bits[at / 64] >> at % 64 & 1U) != 0; }
    static void set(Bits& bits, std::uint32_t at) { bits[at / 64] |= std::uint64_t{1} << at % 64; }
    void add(std::string_view word) {
        words_[static_cast<unsigned char>(word[0])].push_back(word);
        std::array<char, 4> four{};
        word.copy(four.data(), 4);
        if (word.size() == 2) set(pairs_, pair(four));
        if (word.size() >= 4) set(fours_, hash_of_four(four));
        if (word.size() != 3) return;
        for (int any = 0; any < 256; ++any) {
            four[3] = static_cast<char>(any);
            set(fours_, hash_of_four(four));
        }
    }
    /// Both below 65,536.
    static std::uint32_t hash_of_four(std::array<char, 4> four) { return (std::bit_cast<std::uint32_t>(four) | 0x20202020U) * 0x9E3779B1U >> 16U; }
    static std::uint32_t pair(std::array<char, 4> four) { return (static_cast<unsigned char>(four[0]) | static_cast<std::uint32_t>(static_cast<unsigned char>(four[1])) << 8U) | 0x2020U; }
    Bits fours_{}, pairs_{};
    std::array<std::vector<std::string_view>, 256> words_;
};

bool may_thank(std::string_view text) {
    static const Beginnings table;
    std::uint64_t letter_before = 0;
    for (std::size_t block = 0; block < text.size(); block += 64) {
        std::uint64_t letters = 0;
        for (std::size_t at = block; at < std::min(block + 64, text.size()); at += 16) letters |= std::uint64_t{Sixteen(text, at).letters()} << (at - block);
        std::uint64_t begins = letters & ~(letters << 1U | letter_before);
        letter_before = letters >> 63U;
        for (; begins != 0; begins &= begins - 1) {
            const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(begins));
            std::array<char, 4> four{};
            if (text.size() - at >= 4) std::memcpy(four.data(), text.data() + at, 4);
            else text.copy(four.data(), 4, at);
            if (table.may_begin(four) && table.begins(text, at)) return true;
        }
    }
    return false;
}

}  // namespace

bool is_thanks(std::string_view text) { return may_thank(text) && thanks_in(Reading(text)); }

SpeechActs speech_acts(std::string_view text) {
    const Reading words(text);
    return {.thanks = may_thank(text) && thanks_in(words), .request = asks_for_help(words, true), .plea = asks_for_help(words, false), .introduction = introduces(words)};
}

}  // namespace secateur
