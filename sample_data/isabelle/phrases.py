# SPDX-License-Identifier: GPL-3.0-or-later
"""What people say in Isabelle's groups. All invented.

A thread is a block of lines: the opener, then replies (">"). A line starting with "*" is said by Isabelle.
"{a|b}" picks one of the choices, "{@list}" one item of a list below.
"""

LISTS = {
    "tool": ["Skillora", "Peoplys", "Kompeto", "LearnPort", "Tandem RH", "Formalia", "Odysso", "Mentorly Box"],
    "theme": ["l'IA générative en formation", "les compétences transférables", "la formation en situation de travail",
              "l'entretien de progrès", "la marque employeur", "le mentorat croisé", "l'intégration des nouveaux",
              "la mobilité interne", "le microlearning", "la cartographie des compétences", "le feedback continu",
              "les parcours hybrides", "la fidélisation des talents", "la qualité de vie au travail"],
    "topic": ["skills-based hiring", "learning analytics", "AI coaching", "internal mobility", "pay transparency",
              "onboarding automation", "skills taxonomies", "manager enablement", "digital credentials", "people data ethics"],
    "site": ["revue-competences", "rh-demain", "learning-lab", "formation-durable", "observatoire-skills"],
    "place": ["Ixelles", "Saint-Gilles", "Etterbeek", "place Flagey", "la gare Centrale", "Schaerbeek", "Uccle",
              "le parc Royal", "Forest", "le Châtelain"],
    "commune": ["Ixelles", "Saint-Gilles", "Etterbeek", "Schaerbeek", "Uccle", "Forest"],
    "merci": ["Merci !", "Merci beaucoup.", "Super, merci.", "Un grand merci.", "Merci, ça m'aide.", "Précieux, merci.", "Merci pour le partage.", "Top, merci 🙏"],
    "oui": ["Oui !", "Avec plaisir.", "J'en suis.", "Partant.", "Présente.", "Je viens.", "Comptez-moi.", "Volontiers.", "Ok pour moi."],
    "dispo": ["Je prends si encore dispo !", "Toujours dispo ?", "Intéressée, mp.", "Je peux passer ce soir ?", "Réservé, désolé.", "Vous gardez jusqu'à samedi ?", "Trop tard pour moi ?",
              "Mon voisin cherche ça, je lui dis.", "Une photo ?", "C'est vendu ?", "Je suis à deux rues.", "Dernier prix ?"],
    "rue_avis": ["Je partage.", "Vu un avis sur la vitrine de la pharmacie.", "Aperçu vers le parc ce matin.", "Demandez au tabac.", "Courage, on ouvre l'œil.", "Pas vu, mais je regarde."],
    "quartier": ["Encore !", "Merci pour l'info.", "Ils avaient dit en mars…", "Bon à savoir.", "Ça dure jusqu'à quand ?", "Rien d'affiché chez nous.", "Aucune idée.", "Exercice, paraît-il.", "Moi aussi je me demande."],
    "adresse": ["Chez Momo sans hésiter.", "Rien ne vaut celle du pont.", "La petite rue derrière l'église.", "😋", "Fermé le lundi, attention.", "Avant oui, plus maintenant.", "Ma préférée est à Montchat."],
    "artisan": ["J'en connais un, mp.", "Évitez celui de la place.", "Le mien est venu en deux heures.", "Demandez un devis d'abord.", "Ma belle-sœur en est contente.", "Pas avant lundi, je crois."],
    "day": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
    "hour": ["8 h 30", "12 h 15", "12 h 30", "18 h", "18 h 30", "19 h"],
    "secteur": ["le non-marchand", "une PME industrielle", "la banque", "les soins de santé", "le secteur public",
                "la grande distribution", "les services informatiques", "l'hôtellerie"],
    "nb": ["12", "25", "40", "60", "85", "120", "200", "350", "600"],
    "prix": ["5", "8", "10", "12", "15", "20", "25", "30", "40", "60", "80", "120"],
    "objet": ["une poussette", "un canapé deux places", "une table basse", "un vélo enfant", "des rollers", "un micro-ondes",
              "une lampe de bureau", "un lit parapluie", "un lot de livres", "une cafetière", "des chaises pliantes",
              "un aspirateur", "une commode", "un tapis berbère", "une trottinette", "un four à pizza", "des bocaux",
              "une yaourtière", "un miroir", "un porte-vélos"],
    "rue": ["cours Lafayette", "place Bellecombe", "rue Vendôme", "cours Vitton", "rue Garibaldi", "la Part-Dieu",
            "le parc", "quai Sarrail", "rue de Créqui", "Masséna", "place Guichard", "Montchat"],
    "plat": ["tarte aux poireaux", "gratin de courge", "blanquette de veau", "quiche au saumon", "curry de pois chiches",
             "carbonade à la bière", "soupe au potimarron", "parmentier de canard", "cake aux olives", "gaufres de Liège",
             "tajine aux abricots", "clafoutis aux cerises", "lasagnes d'épinards", "pain d'épices", "stoemp aux carottes"],
}

# ---------------------------------------------------------------- Telegram, whole conversations

VEILLE = """
📌 Étude : {@nb} entreprises interrogées sur {@theme}. {Trois chiffres à retenir|La synthèse en deux pages|Les écarts entre secteurs} : {@link}

Digitalisation RH : {@tool} annonce {un module de cartographie des compétences|un connecteur avec les SIRH courants|une brique d'IA pour les entretiens|la fin de son offre gratuite}. {Analyse|Notre lecture|Ce que ça change pour les équipes formation} ici : {@link}

{Décryptage|Dossier|À lire} : {@theme}, {effet de mode ou vrai virage|ce que disent les chercheurs|retour de six responsables formation|les erreurs à éviter}. {@link}

Belgique : {le compte individuel de formation|l'obligation de plan de formation|le droit à cinq jours de formation par an|la transparence salariale} {expliqué en dix questions|vu par trois DRH|et les PME : où en est-on}. {@link}

Podcast de la semaine : « {@theme} », avec une responsable formation {d'un hôpital|d'une coopérative|d'une PME de Namur|d'un groupe industriel}. {28|35|41|52} minutes. {@link}

Webinaire gratuit {@day} à {@hour} : {@theme}. Replay envoyé aux inscrits. {@link}

Chiffre du jour : {34|41|47|52|58|63} % des responsables RH disent {manquer de données fiables sur les compétences|ne pas mesurer l'effet de leurs formations|utiliser l'IA chaque semaine|peiner à libérer du temps pour apprendre}. Source et méthode : {@link}

Outil : comparatif de {cinq|sept|neuf} plateformes de formation ({prix|accessibilité|export des données|langues}), mis à jour ce mois-ci. {@link}

{Réglementation|Juridique} : IA et recrutement, {ce que le règlement européen impose|la check-list avant d'acheter un outil|les systèmes classés à haut risque}. {@link}

Note de lecture : « {Apprendre au travail|Le métier de former|Les compétences invisibles|Manager sans recettes} ». {À mettre dans toutes les mains|Utile, un peu long|Deux chapitres valent l'achat} : {@link}

Recherche : {le feedback écrit|l'espacement des séances|le tutorat par les pairs|la réalité virtuelle} {améliore la rétention|n'améliore pas le transfert|réduit l'abandon} chez {@nb} apprenants. {@link}

Agenda RH et formation du mois : {salons, webinaires et appels à communication|les rendez-vous à Bruxelles, Liège et Paris}. {@link}
"""

RHBXL = """
Bonjour à tous, nous cherchons {un formateur|une formatrice|un cabinet} pour {un cycle management de proximité|une formation à l'entretien d'évaluation|un atelier sur l'IA au quotidien}, {@nb} personnes, à Bruxelles. Des noms ?
> {J'ai travaillé avec une indépendante d'Etterbeek, très carrée. Je te donne le contact en privé.|Nous avons fait ça en interne avec deux managers relais, ça a bien marché.}
* {Je l'ai fait l'an dernier pour 60 managers à Lyon : je peux partager mon cahier des charges et la grille de choix.|J'ai une trame de cahier des charges, je vous l'envoie ce soir si utile.}
> Oh oui volontiers, merci beaucoup Isabelle !
> {Merci pour le partage, c'est exactement ce qu'il me fallait.|Je la veux bien aussi, merci !|Quelle générosité, merci.}

Qui utilise {@tool} pour {le plan de formation|les entretiens annuels|suivre les compétences} ? On hésite avec {@tool}.
> On l'a depuis un an dans {@secteur}. Bon pour les demandes, faible sur les rapports.
> Attention à l'export des données, {trois semaines d'échanges avec le support|il faut le demander dans le contrat}.
* Chez mon ancien employeur nous l'avions relié au SIRH : la reprise des compétences a pris plus de temps que tout le reste. {Je peux raconter|Un appel de vingt minutes si tu veux}.
> Je veux bien l'appel, {@day} ?

* Question : qui, à Bruxelles, anime une communauté de {responsables formation|DRH de PME|référents compétences} ? Je viens d'arriver et j'aimerais {aider à organiser|rencontrer des gens du métier}.
> Bienvenue ! Il y a le petit-déjeuner du {premier|deuxième|troisième} {@day} vers {@place}, je te présente.
> Et les midis RH, tu connais ? C'est le bon endroit pour commencer.
* Merci à vous deux pour ces pistes, je viendrai avec plaisir.

Le DRH {d'un hôpital|d'une mutualité|d'un groupe alimentaire} intervient sur {@theme} {@day} à {@hour}, {@place}. Il reste {trois|cinq|six} places.
> {@oui}
* Je viens. Puis-je amener une collègue de Liège ?
> {Bien sûr, plus on est de fous.|Avec plaisir, donne-moi son nom.|Oui, il reste une chaise.}

Plan de formation annuel : {comment comptez-vous les heures informelles|vous le présentez au conseil d'entreprise quand|qui valide chez vous} ?
> {Chez nous les managers déclarent par trimestre, c'est imparfait mais ça vit.|Un formulaire de trois lignes, rempli en équipe.|On a renoncé à tout compter, on compte ce qui est demandé.}
> {On compte le tutorat quand il y a un objectif écrit.|En décembre, avec le budget.|Le comité valide, la DRH arbitre.}
* {J'avais proposé une fiche d'une page : objectif, tuteur, preuve. Les syndicats l'ont bien accueillie.|À Lyon nous présentions d'abord les besoins, ensuite seulement les heures. La discussion changeait de ton.|Un conseil : montrez deux parcours réels plutôt qu'un tableau, le comité retient les visages.}

Offre : responsable formation H/F, CDI, {Bruxelles-ville|Zaventem|Louvain-la-Neuve}, {@secteur}. Français et anglais, néerlandais un plus. Je connais la DRH, écrivez-moi.
> {Je transmets à deux personnes.|Partagé dans mon réseau.|Quel niveau de néerlandais exactement ?}
* Très intéressant, je t'écris en privé aujourd'hui. Merci pour l'info !

Retour du {salon|petit-déjeuner|séminaire} d'hier sur {@theme} : {beaucoup d'outils, peu de preuves|les témoignages de PME valaient le détour|la DRH de clôture a été remarquable}.
> {D'accord avec toi, surtout sur la mesure.|J'ai trouvé l'après-midi plus faible.|Le témoignage de l'hôpital m'a marqué.}
* J'ai pris quatre pages de notes, je les mets au propre et je les partage vendredi.
> Super, merci d'avance.

Néerlandais en réunion RH : vous faites comment quand {la moitié de l'équipe|le comité} ne suit pas ?
> {Chacun sa langue, résumé dans les deux.|On alterne une réunion sur deux.|Les diapositives dans l'autre langue, ça aide.}
> Une interprète deux fois par an, pour les moments importants.
* Je m'y mets, cours le lundi. D'ici là je lis les documents la veille.

{Bonne nouvelle|Petite annonce} : notre baromètre « compétences {2025|2026} » est en ligne, {@nb} répondants en Wallonie et à Bruxelles. {@link}
> Merci, le chapitre sur {@theme} est précieux.
* Bravo. Je l'ai cité dans un article que j'écris sur la formation des managers.

IA et recrutement : {notre service juridique bloque tout|qui a rédigé une charte|avez-vous informé les candidats} ?
> {Charte d'une page, discutée en comité. Je peux partager.|On informe les candidats dans l'annonce.|Rien d'automatique sans relecture humaine.}
* Nous avions commencé par l'inventaire des usages réels : édifiant. {Je vous envoie la grille|La grille est dans les fichiers}.
> Grille reçue, merci pour ton aide !

Cherche témoin pour un webinaire sur {@theme}, 20 minutes, {@secteur} de préférence.
> Pas disponible cette fois mais je diffuse.
* Je peux témoigner côté industrie et logistique si ça vous convient.
> Parfait, on s'appelle {@day}.

Qui connaît un bon coach pour {un codir de cinq personnes|une prise de poste|un retour de congé long} ?
> Deux noms en privé.
> Demande aussi aux anciens du programme Passerelle, ils en ont fait travailler plusieurs.
"""

FORMNUM = """
Je partage : {@link} — {un canevas de scénario pédagogique|comment écrire des objectifs observables|une grille d'accessibilité|douze activités à distance}.
> {Merci, je m'en sers dès {@day}.|Repéré, merci.}
* Très bon, surtout la partie évaluation. {Je l'ai adapté pour des caristes|Je l'ai traduit pour mes tuteurs}, dites-moi si ça vous intéresse.
> {Oui, je prends, merci Isabelle.|Volontiers, merci !|Ah oui, envoie, merci beaucoup.}

Vous évaluez comment le transfert {trois mois|six semaines|deux mois} après ? Mes questionnaires ne donnent rien.
> {Un appel de dix minutes au manager, trois questions fixes.|Une photo de la situation de travail, avant et après.|On ne le fait pas assez, faute de budget.}
> J'observe sur le terrain quand le client paie, sinon un carnet de bord.
* Je demande une preuve choisie par l'apprenant : photo, document, vidéo. Bien plus parlant.

Quelqu'un a essayé {@tool} pour {des quiz espacés|des classes virtuelles|des parcours hybrides} ?
> Oui, {@nb} apprenants, abandon divisé par deux.
> Trop cher dès {@nb} comptes.
* Même avis : utile, mais demandez d'abord l'export des résultats.

Cas pratique : groupe de {@nb}, niveaux très différents, une journée. Vous feriez quoi ?
> {Positionnement avant, ateliers tournants l'après-midi.|Deux groupes le matin, un seul l'après-midi.|Je commence par leurs cas, jamais par ma théorie.}
> {Binômes expert-débutant, mais il faut cadrer.|Des consignes à trois niveaux.|Un défi commun pour finir.}
* {J'aime le puzzle pédagogique dans ce cas, et un vrai temps de silence pour écrire.|Je demanderais aux plus à l'aise de préparer une démonstration.}

{Atelier|Rencontre en ligne} {@day} à {@hour} : on teste ensemble {des consignes pour assistants d'IA|un escape game de formation|la facilitation graphique}. Lien dans l'heure.
> {@oui}
> {Pas dispo, un replay ?|Je m'inscris pour le suivant.}
* Présente. Je peux prendre les notes.

Nouvel article : {@theme}. {Critique bienvenue|Vos retours m'aideraient}. {@link}
> {Lu : la deuxième partie est la plus solide.|Clair, il manque un exemple chiffré.|Je l'utilise en ouverture de module.|Tu devrais le proposer à une revue.}
* {Je relierais ça au tutorat, il manque l'exemple du terrain. Sinon très clair, bravo.|Beau texte. J'ajouterais le point de vue des managers, ils sont absents.|Très utile. As-tu des chiffres sur l'abandon ?}
> {Merci pour ton retour, je complète.|Bien vu, merci Isabelle.|Je corrige ce soir, merci de ta lecture.}

Le podcast {du mois|d'hier} sur {@theme} : {@link}
> Écouté dans le train, excellent.

Comment facturez-vous la conception {d'un module d'une heure|d'une classe inversée|d'une vidéo de trois minutes} ?
> {Au forfait, jamais à l'heure.|À l'heure, avec un plafond.|Je découpe en lots et je chiffre chaque lot.}
> {Deux jours de conception pour un jour livré, minimum.|Plutôt trois pour un, dès qu'il y a de la vidéo.|Moins si le client fournit de vrais cas.}
> {Je montre un exemple avant de chiffrer, ça évite les malentendus.|Je facture aussi la première mise à jour.|Et jamais sans avoir vu le terrain.}

* Bonjour, je cherche {des exemples de passeport de compétences|un retour sur les badges numériques|une trame d'AFEST} pour {@secteur}. Qui aurait ça ?
> Je t'envoie le nôtre, anonymisé.
> Regarde aussi ici : {@link}
* Merci infiniment, c'est très précieux pour mon dossier.

Accessibilité : {sous-titres automatiques corrects|contrastes|lecteur d'écran}, vous utilisez quoi ?
> Je relis à la main, l'automatique se trompe sur le jargon.
> Une check-list de neuf points, je la poste : {@link}

Débat : faut-il encore {des formations de deux jours|des quiz de fin|des attestations papier} ?
> Oui si on sait pourquoi.
> La durée n'est pas le problème, l'absence de suite, si.
* {Ce qui compte, c'est la première semaine après. Je ne vends plus rien sans suite.|Tout dépend de qui les attend au retour.}

Retour d'expérience : {réalité virtuelle pour la sécurité|tutorat à distance|codéveloppement en ligne} avec {@nb} personnes. Résumé : {@link}
> Merci ! Quel budget ?
> Intéressant, la courbe d'oubli surtout.
"""

FORMCOPY = """
Vu passer, je reposte : {@shared}
> {Déjà vu sur l'autre groupe 😉|Merci.|Lu la semaine dernière, très bien.}

Pour ceux qui l'ont manqué : {@shared}
* {Merci pour la session de rattrapage|Bien utile quand on n'a pas tout suivi}.

{À lire|Partage|Intéressant|Repris de l'autre groupe|Je mets ici aussi} : {@shared}
> {Merci.|👍|Vu.|Doublon, non ?}

{Quelqu'un a déjà un avis sur|On a déjà échangé sur|Rien ici sur} {@theme} ?
> {Oui, sur l'autre groupe surtout.|Peu de monde ici, essaie l'autre groupe.|Je n'ai rien vu passer.}

{Rappel|Pour mémoire} : les {ateliers|rendez-vous} sont publiés dans l'autre groupe, celui-ci sert de relais.
> {Ok.|Noté.|Alors pourquoi deux groupes ?}
* {Noté, merci|Entendu, je suis dans les deux}.
"""

EXBRIVAL = """
{Qui se souvient de|Je viens de retrouver une photo de} {l'inventaire de 2021|la panne des portiques|la fête des vingt ans|la grève des trains de décembre} 😂
> {Et le chef qui dirigeait tout en chaussettes !|On riait trop fort, le directeur était derrière.|Il nous fallait du café et de la chance.}
* {J'ai encore le badge « pilote de crise ».|Je riais tellement que j'en pleurais.|Les meilleures années, quand même.} {Quelle époque|Vous me manquez}.
> {Garde-le précieusement.|Vends-le aux enchères 😄|Le mien est dans un tiroir.}

Des nouvelles de {Rillieux|l'entrepôt 3|la nouvelle direction} ? Il paraît qu'ils {réorganisent encore|recrutent|vendent le site}.
> {J'y suis jusqu'en juin, ensuite mystère.|Rien d'officiel, beaucoup de couloir.|Ils ont repeint la cantine, c'est déjà ça.}
> {On en parle autour d'un verre ?|Tenez-nous au courant.|Bon courage à ceux qui restent.}

Apéro des anciens {@day} à {@hour}, {@rue}, qui vient ?
> {@oui}
> {Présent, j'amène le saucisson.|J'arrive après le service.|Une heure, pas plus, promis.}
* {Je serai à Lyon ce jour-là, comptez-moi|Pas cette fois, mais je vous embrasse depuis Bruxelles}.
> {Tu nous manques Isa.|On boira à ta santé.|Chouette, à très vite Isa !}

{Petite annonce|Ça y est} : {je quitte la boîte|j'ai signé ailleurs|je passe à mi-temps|je lance ma boîte} !
> Bravo, bien mérité !
* Félicitations, je suis si contente pour toi. Raconte-nous la suite.
> {Merci Isa, ton coup de pouce sur l'entretien a compté.|Merci, ta relecture de mon CV a tout changé.|Je te raconte au téléphone, merci encore.}

* Première semaine à Bruxelles : {il pleut, mais les gens sourient|j'ai déjà trop mangé de frites|le déménagement a tenu dans un camion}.
> Profites-en !
> On vient te voir au printemps.
* La chambre d'amis vous attend.

Quelqu'un a le numéro {du transporteur de Saint-Priest|de l'ancien médecin du travail|de Josiane à la paie} ?
> Oui, je te l'envoie.

Bon anniversaire {Mireille|Serge|Hakim|Odile} 🎂
> {Plein de bonheur !|Un verre à ta santé.|🎂🎂|La jeunesse n'attend pas.}
* {Joyeux anniversaire ! Gros bisous.|Plein de belles choses pour cette année.|On fêtera ça à Bruxelles !}

Pot de départ {de Marcel|d'Évelyne|de l'équipe de nuit} {@day} : on se cotise ? {@prix} € chacun.
> Ok pour moi.
* {Je participe, dites-moi où envoyer.|Bien sûr, je fais le virement ce soir.|Oui, et je signe la carte à distance.}

La mutuelle a {répondu|remboursé|perdu mon dossier}, et vous ?
> Pareil.
> Appelez le matin.

Match {samedi|dimanche} : qui regarde {au bar de la place|chez moi} ?
> {J'apporte les pizzas.|Pas moi, garde des petits.|Réservez-moi un tabouret.}
"""

FORUM25 = """
Le programme du Forum des compétences est calé : {trois ateliers|deux tables rondes|une conférence}, salle {B12|A3|du parc}.
> Super boulot.
* Je me charge des fiches intervenants et du déroulé formation.
> Merci Isabelle.

Qui relance {les imprimeurs|la mairie|les exposants} ?
> Je m'en occupe {@day}.
* Je peux prendre les {deux|quatre} derniers exposants.

Budget : il reste {@prix}0 € pour {les badges|le café|la signalétique}.
> On valide.

Point d'équipe {@day} à {@hour}.
> Ok.
* J'y serai.

Bilan : {@nb} visiteurs, {merci à tous|belle réussite}, {on archive les fichiers|les photos sont dans le dossier}.
> Bravo à l'équipe !
* {Merci à vous, j'ai beaucoup appris.|Très fière de cette équipe, merci.}
"""

DUTCH = """
Goedemorgen allemaal! Wie komt er {maandag|dinsdag|donderdag} naar de conversatietafel in {Elsene|Sint-Gillis|Schaarbeek}?
> {Ik kom zeker.|Helaas, ik moet werken.|Ik kom wat later.}
* Ik ben er ook. Mijn Nederlands is nog heel pril, sorry!
> Geen probleem, daarvoor zijn we hier.

Woord van de week: {goesting|plezant|afspraak|boterham|gezellig|regenjas}. Maak een zin!
> Ik heb vandaag echt {goesting in frietjes|zin in een wandeling}.
* Mijn zin: ik heb om vier uur een afspraak in de bibliotheek.
> {Heel goed gedaan Isabelle!|Knap, en bijna zonder fout!|Prima zin, Isabelle.}

Waar kan ik {een goede fiets|een tweedehands woordenboek|een avondcursus} vinden in de buurt?
> {Op de zondagsmarkt heb je veel keuze.|In de kringwinkel aan het kanaal.|Kijk eens op het prikbord van het buurthuis.}
> {Vraag het eens in de bibliotheek aan het Muntplein.|Mijn buurman verkoopt er een.}
* {Bedankt voor de tip, ik ga zaterdag kijken|Dank je, dat is dicht bij mij}.
> Graag gedaan, Isabelle.

{Zaterdag|Zondag} gaan we samen {wandelen in het Zoniënwoud|naar het museum|koffie drinken op het dorpsplein}. Iedereen welkom!
> Leuk, ik breng koekjes mee.
* Ik kom graag mee. Hoe laat spreken we af?
> Om tien uur aan de tramhalte.

Wie kan mij het verschil uitleggen tussen {"er" en "daar"|"als" en "wanneer"|"kennen" en "weten"}?
> {Morgen leg ik het uit met voorbeelden.|Kijk naar de zin, niet naar het woord.}
> {Dat blijft moeilijk, ook voor ons.|Goede vraag!}
* {Dank u, nu begrijp ik het beter|Ik noteer het in mijn schrift}.

Luistertip: het nieuws in gemakkelijke taal, elke avond {vijf|tien} minuten.
> Bedankt voor de tip!
* Dank je wel, ik luister elke dag in de tram.

Mijn buurvrouw zegt altijd "{allez|salukes|tot in de draai}". Is dat Nederlands of Brussels?
> {Echt Brussels, en heel schoon!|Een beetje van de twee.|In de Marollen hoor je dat nog.}

{Proficiat|Gefeliciteerd} aan iedereen die het examen {A1|A2|B1} gehaald heeft!
> {Hoera! Trakteren maar.|Wat een prestatie!|Op naar het volgende niveau.}
"""

BONSPLANS = """
Je donne {@objet}, à venir chercher {@rue} {ce soir|demain|ce week-end}.
> {@dispo}
> {@dispo}

Vends {@objet}, {très bon état|quelques rayures|servi deux fois}, {@prix} €, {@rue}.
> {@dispo}
> {Mp.|Je vous écris.|Possible demain ?}

{Promo|Bon plan} : {-30 %|-50 %|deux pour un|livraison gratuite} {au marché|à la friperie|à la boulangerie|au magasin bio} {@rue} jusqu'à {@day}.
> {Top 👍|J'y cours.|Merci !|File d'attente jusqu'au coin de la rue.|Il en reste ?}

Perdu {chat gris|chat roux|trousseau de clés|doudou lapin|écharpe bleue} vers {@rue} {hier soir|ce matin}, merci de partager.
> {@rue_avis}
> {@rue_avis}

Cherche {plombier|électricien|nounou|serrurier|peintre|dentiste} {pas trop cher|sérieux|dispo vite} vers {@rue}.
> {@artisan}
> {@artisan}

Attention, {travaux|coupure d'eau|métro arrêté|marché déplacé} {@rue} {@day}.
> {@quartier}
> {@quartier}

Quelqu'un sait pourquoi {les sirènes|l'hélicoptère|le feu d'artifice|tout ce bruit} {@rue} ?
> {@quartier}

Vide-grenier {dimanche|samedi} {@rue}, de {7 h|8 h|9 h} à {13 h|16 h|18 h}.
> {On y sera.|Je tiens un stand !|S'il ne pleut pas.|Il faut réserver ?}

Places {de concert|de foot|de théâtre} à {@prix} € pour {@day}, je ne peux plus y aller.
> {Combien de places ?|Quel rang ?|Je prends les deux.|Trop loin pour moi.}

{Meilleur kebab|Meilleure brioche aux pralines|Meilleure glace|Bonne pizzeria} vers {@rue} ? Débat ouvert.
> {@adresse}
> {@adresse}
> {@adresse}

{Trouvé|Ramassé} {un gant|une carte de bus|un casque|un porte-monnaie|une peluche} {@rue}, déposé {à la boulangerie|au commissariat|chez le fleuriste}.
> {Merci pour elle !|Beau geste.|Je crois que c'est à ma voisine.}

{Covoiturage|Trajet} {Lyon–Grenoble|Lyon–Annecy|Lyon–Saint-Étienne} {@day} {matin|soir}, {deux|trois} places, {@prix} €.
> {Je prends une place.|Vous partez d'où ?|Retour possible dimanche ?}

{Apéro des voisins|Atelier réparation de vélos|Distribution de compost|Collecte de vêtements} {@day} {@rue}, {gratuit|entrée libre|chacun apporte quelque chose}.
> {Bonne idée !|J'amène une quiche.|À quelle heure ?|Super initiative.}
"""

CAFES = """
Prochain café apprenant : {@day} {@hour}, {@place}. Thème : {@theme}. On vient avec une question, on repart avec trois pistes.
> J'amène un débutant.
> Présente !

Compte rendu du dernier café : {@theme}, {neuf|onze|quatorze} participants, {deux binômes de mentorat lancés|un groupe de lecture est né}.
> Merci à l'animateur.
> Très bonne soirée, des échanges vrais.

Qui veut animer celui de {novembre|décembre} ?
> Je peux faire la moitié.

Bienvenue à {celles et ceux|toutes les personnes} qui arrivent : {présentez-vous en deux lignes|dites-nous votre métier et votre question du moment}.
> Responsable formation dans {@secteur}, ma question : {@theme}.
> Consultante indépendante en compétences, curieuse de tout.
"""

# ---------------------------------------------------------------- WhatsApp

FAMILLE = """
{Coucou la famille|Bonjour à tous} ! {Papi a bien dormi|Mamie est rentrée de l'hôpital|Le chat est revenu} ☀️
> {Ouf, bonne nouvelle.|Merci pour les nouvelles.|Embrasse tout le monde.|Quel soulagement.}
* {Merci de nous tenir au courant, je vous embrasse|Ouf ! Je l'appelle ce soir}.

Qui apporte quoi {dimanche|à Noël|pour l'anniversaire de papi} ?
> {Je fais le gratin.|Je m'occupe de l'entrée.|Une grande salade pour moi.}
> {Moi le vin.|Le pain et le fromage.|J'apporte les chaises.}
* Je m'occupe du dessert, {un fondant|une tarte aux pralines|du spéculoos maison}.

<Médias omis>
> {Qu'il est beau !|Quelle photo !|On dirait papi jeune.|C'est où ?}
* {Adorable|Il a tellement grandi} 😍

Bon anniversaire {Léonie|papa|tonton Guy|Basile|maman} 🎉
> {Joyeux anniversaire ! 🎂|On t'embrasse fort !|Plein de bonheur.}
* {Joyeux anniversaire, gros bisous de nous deux|Bon anniversaire, on fête ça dimanche|Très belle journée à toi}.

{Quelqu'un a|Qui a} {les clés de la cave|la perceuse|le numéro du vétérinaire|la recette de la tarte} ?
> {Dans le garage.|Au grenier, carton bleu.|Chez la voisine, je crois.}
> {Je regarde ce soir.|Trouvé !|Pas chez moi.}

On se fait un appel vidéo {dimanche à 18 h|demain soir|ce soir} ?
> {@oui}
* Parfait pour moi, {je mets le lien|je serai rentrée}.

Le train arrive à {14 h 02|17 h 34|19 h 10}, qui {vient me chercher|peut m'aider avec les valises} ?
> {J'y serai.|Moi, voie B.|On vient à deux.}
* {Bon voyage, prends un pull|À tout à l'heure}.

{Météo|Neige|Grêle} : {tout est blanc ici|le jardin est inondé|plus de courant depuis midi}.
> {Faites attention à vous.|Ici grand soleil, désolé.|Les bougies sont dans le buffet.}
* Prenez soin de vous, appelez si besoin.
"""

PARENTS = """
Bonjour, {quelqu'un a|qui a} les devoirs de {maths|français|géographie} pour {@day} ?
> Page {34|52|61|78}, exercices 2 à 5.
* Et la poésie à apprendre, jusqu'à la troisième strophe.
> Merci beaucoup !

Sortie {piscine|musée|bibliothèque|au parc} {@day} : il manque {un|deux|trois} accompagnateurs.
> Je peux le matin.
* Je suis disponible, inscrivez-moi.

{Gourde rouge|Bonnet à pompon|Gilet bleu|Cahier vert} oublié à la grille, à qui ?
> À Jules je crois.
> C'est à nous, merci !

Cantine : {grève {@day}|menu changé|pique-nique à prévoir}.
> Encore…
> Bien noté, merci.

La maîtresse demande {des boîtes à œufs|des rouleaux de carton|un vieux tee-shirt} pour {@day}.
> J'en ai plein.
* J'en apporte un sac.

Cadeau de fin d'année pour la maîtresse : {3|5} € par famille ?
> Ok.
* Bonne idée, je participe.

Réunion de rentrée : le {compte rendu|nouveau règlement|calendrier} est dans les cartables.
> Merci.

Anniversaire de {Zélie|Jules|Noah|Inès} samedi {14 h|15 h}, répondez-moi en privé.
> Avec plaisir.
"""

DEUIL = """
{Bonsoir|Bonjour} à tous. {Journée difficile, ce serait son anniversaire|Je n'arrive pas à ranger ses affaires|Les fêtes approchent et je redoute la table vide}.
> Je pense à toi. On est là.
> Une chose à la fois. Rien ne presse.
* {Je t'entends. Chez moi c'est le dimanche soir qui serre le plus|De tout cœur avec toi. Écrire m'a aidée ces soirs-là}.
> Merci, ça fait du bien de le lire.

Prochaine rencontre {@day} à {@hour}. {Chacun parle ou se tait, comme il veut|Thé et silence bienvenus}.
> Je viendrai.
* Je serai là.

{Aujourd'hui j'ai ri pour la première fois|J'ai remis de la musique|J'ai replanté ses rosiers}. Je voulais vous le dire.
> Quelle douceur de lire cela.
* Ça me touche beaucoup. Merci de le partager avec nous.

* {Deux ans aujourd'hui que maman est partie|Je relis ses lettres ce soir|Le déménagement a réveillé beaucoup de choses}. Merci d'être là.
> On est avec toi Isabelle.
> Je t'embrasse fort.

Un livre qui m'a aidée : {« Les jours d'après »|« Le banc sous le tilleul »|« Parler aux absents »}.
> Je le note.

{Courage à ceux|Une pensée pour ceux} pour qui {novembre|la Toussaint|l'été|Noël} est lourd.
> Merci.
* Merci pour ces mots.
"""

MIDIS = """
* Prochain midi RH : {@day} à {@hour}, {@place}. Thème : {@theme}. Répondez par oui ou non, je réserve demain.
> {Oui pour moi.|Avec joie.|Oui, j'arrive dix minutes en retard.}
> Oui, et j'amène une collègue {de la banque|du secteur public|d'une PME}.
> Pas cette fois, partante pour le suivant.
* {Merci, c'est réservé pour|Parfait, table au nom de Maréchaud pour|Nous serons} {sept|huit|neuf|onze}.

Merci Isabelle pour l'organisation, {belles rencontres|j'ai revu deux DRH que je cherchais depuis des mois}.
> Pareil, très bon format.
* {Avec joie. Je vous envoie la liste des présents et les liens.|Merci à vous d'être venus si nombreux.|Très contente, la prochaine table sera plus grande.}

Je connais {une DRH|un responsable formation} qui voudrait nous rejoindre, on ouvre ?
> Pour moi oui, si on reste sous vingt.
* Oui, je l'ajoute. On garde une table ronde où chacun parle.

Question du jour : {@theme}, vous en êtes où ?
> {On démarre, {@nb} personnes concernées.|Un pilote avec une seule équipe.|Le comité a dit oui, sans budget.}
> {Au frigo depuis l'été.|Nous cherchons un exemple voisin.|On en reparle après les élections sociales.}
* {J'ai une fiche d'une page là-dessus, je l'apporte {@day}.|Je peux préparer trois questions pour lancer la table.|Merci, c'est précisément le thème de mon article.}

Poste ouvert chez nous : {responsable formation|chargé de développement RH|learning partner}, j'en parle d'abord ici.
> Je transmets.
* Merci de penser à nous, je t'appelle !
"""

COURSE = """
{Jeudi 19 h|Ce soir 18 h 30}, {porte des Enfants|devant la roseraie|côté lac}, {8|10|12} km tranquilles.
> Présent !
* J'y serai, allure cool pour moi.
> On t'attend Isa.

{Semi|Dix kilomètres} de {printemps|la rentrée} : qui s'inscrit ?
> Moi, objectif moins d'{1 h|deux heures}.
* Je signe si on le fait ensemble.
> Ensemble, promis.

Pluie annoncée, on {maintient|décale à vendredi|va au café} ?
> On maintient !
> Café pour moi 😅

{Genou|Mollet|Tendon} {qui tire|grognon}, je passe mon tour.
> Repos, et glace.
* Soigne-toi bien, on ralentira.

Bravo à ceux qui ont fini {le marathon|le trail des Balmes|le relais|la nocturne} 👏
> {Encore des courbatures.|La prochaine fois sans orage.|Quelle ambiance !}
* {Bravo, vous m'impressionnez !|Chapeau les amis.}

Qui a trouvé {des gants|une frontale|une gourde} jeudi ?
> Dans mon coffre.
"""

HRCAFE = """
Hi all, next HR café is {Tuesday|Wednesday|Thursday} {18:00|18:30|19:00} near {the Central station|Flagey|Dansaert}. Topic: {@topic}.
> Super, ik kom! Breng iemand mee van ons team.
* Count me in. I can share what we learned about it in logistics.
> Great, dank je Isabelle!

Iemand ervaring met {een vaardighedenmatrix|een nieuw loonbeleid|digitale opleidingen} voor {@nb} medewerkers?
> Ja, we zijn vorig jaar gestart. Stuur me een bericht.
> Same here, we began with one team and a simple spreadsheet.
* We did it with shop-floor tutors, happy to tell you more over coffee.

We are hiring an L&D officer, Dutch and English, French a plus. Mail me at jobs@atelier-noord.example.
> Ik deel het even intern.
* Thanks for sharing, I have just the person in mind and I may apply too.

Wie spreekt er volgende keer? We hebben nog een spreker nodig over {opleiding|welzijn|onboarding}.
> I can do fifteen minutes on {@topic}.
* I would love to talk about training managers, in English and a little Dutch.
> Top, afgesproken.

Nice to meet everybody {yesterday|last night}! {Bedankt voor de gezellige avond|So many good ideas}.
> Het was heel leuk, tot de volgende.
* Thank you all for the warm welcome, I met three people I will call back.

Question: how do you measure {@topic}? Management wants one number.
> Wij meten het met een korte enquête, elk kwartaal.
> One number is never enough, but start with retention.
* We used internal moves per hundred people. Easy to explain, hard to fake.
"""

# ---------------------------------------------------------------- own posts only ("*" is understood)

TG_FLAT = """
Bonjour, je cherche {un appartement deux chambres|un logement calme|un deux chambres avec balcon} à {@commune}, à partir de {juillet|mi-juillet|août}, budget 1 150 € charges comprises. Dossier complet.
Merci pour l'annonce ! Est-ce que la visite de {@day} tient toujours ?
Quelqu'un connaît ce propriétaire ? L'annonce me paraît trop belle pour {@commune}.
Question garantie locative : {deux|trois} mois sur compte bloqué, c'est bien la règle ?
Je visite {@day} à {@hour} vers {@place}. Y a-t-il des travaux prévus dans la rue ?
Le bail demande un état des lieux par un expert : à partager moitié-moitié, c'est l'usage ?
Mon dossier est prêt : trois fiches de paie, attestation d'assurance, lettre de l'ancien bailleur. Que demandent vos propriétaires en plus ?
Charges de {120|140|160} € pour un deux chambres à {@commune}, cela vous semble normal ?
Colocation possible pour les deux premières semaines d'août, le temps que l'appartement se libère. Une piste ?
Tram ou train pour aller de {@commune} au centre le matin ? Je choisis le quartier avec cela.
Quelqu'un a-t-il loué par l'agence du {square|canal|parvis} ? Sérieuse ?
Logement trouvé à Ixelles, merci à tous pour vos conseils. Je laisse ici ma liste d'agences sérieuses.
Pour celles et ceux qui cherchent encore : un deux chambres se libère au-dessus de chez moi en octobre.
"""

TG_HRTECH = """
We compared three tools for {@topic}; the cheapest one had the cleanest data export.
Has anyone here measured the effect of {@topic} beyond satisfaction surveys?
Good summary on {@topic}: {@link}
In Belgium the training account changes the picture for HR technology: employers must now report learning days.
Interesting demo of {@tool} yesterday. Strong on skills, weak on accessibility.
I wrote a short note on {@topic} for non-technical HR managers: {@link}
Our pilot with {@nb} learners shows that reminders by managers beat any notification.
Agree with the post above: without a shared skills language, HR digitalisation is only paperwork on a screen.
Does anyone know a vendor that lets you leave with your training records in an open format?
Reading the new guidance on {@topic}: the useful part is the annex with examples.
We stopped a {@topic} project this spring. The blocker was not the tool, it was job titles nobody agreed on.
Anyone going to the HR technology day in Brussels? Happy to meet for coffee.
Our works council asked three good questions about {@topic}. I can share them.
My takeaway on {@tool}: fine for training managers, too heavy for a small HR team.
Do you publish your skills data to employees? We did, with {@nb} people, and nobody complained.
"""

TG_RANDO = """
Je viens dimanche, place pour deux dans ma voiture.
Merci pour la balade, {le point de vue sur la Saône était superbe|quelle boue, quels rires}.
Qui a la trace du parcours du Mont Thou ?
Pas disponible ce mois-ci, bonne marche à tous.
Chaussures hautes dimanche ? Il a plu toute la semaine.
J'apporte le thé et un cake, quelqu'un prend la trousse de secours ?
Bravo à Gérald pour l'itinéraire, {même la montée finale|les deux cols compris}.
Rendez-vous au parking de Poleymieux à neuf heures, je serai en rouge.
Dernière sortie avec vous avant mon départ pour Bruxelles, merci pour ces deux années.
"""

LI_DRH = """
DRH et responsables formation en Belgique : quelle est la première compétence que vous cherchez chez un manager en {2025|2026} ? Je rassemble les réponses et je partage la synthèse.
J'ai relu {@nb} plans de formation. Trois lignes reviennent chez ceux qui marchent : un objectif observable, un tuteur nommé, une preuve choisie par l'apprenant.
Compte individuel de formation : retour d'une responsable RH qui l'a vécu dans {@secteur}. Qu'en est-il chez vous, à Bruxelles ?
Je m'installe à Bruxelles après douze ans de RH et de formation à Lyon. Je serais heureuse d'échanger avec des DRH sur {@theme}.
Merci à celles et ceux qui sont venus au midi RH hier. Notes et liens pour les absents : {@link}
Comment votre comité de direction suit-il {@theme} ? Un indicateur suffit-il, ou vaut-il mieux un récit ?
Former les managers de proximité sans les sortir deux jours du terrain : ce que nous avons essayé, ce qui a échoué, ce qui reste.
Décideurs RH : seriez-vous prêts à ouvrir une journée d'observation croisée entre entreprises bruxelloises ?
Trois idées retenues du séminaire RH de la semaine à Bruxelles : moins de catalogues, plus de tuteurs, et des compétences que l'on nomme simplement.
Un DRH me disait hier : « je ne cherche pas des formations, je cherche des gens qui apprennent ». Qu'en pensez-vous dans {@secteur} ?
Retour d'expérience : {@theme} auprès de {@nb} personnes, ce que je referais et ce que j'éviterais.
Les petites entreprises belges forment plus qu'elles ne le déclarent. Comment rendre visible ce travail de formation ?
Je prépare un article sur {@theme} et je cherche deux responsables RH en Belgique à citer. Un quart d'heure d'échange suffit.
Digitalisation RH : avant de choisir un outil, j'ai appris à écrire la liste de ce que nous cesserons de faire.
Petite synthèse de vos réponses sur la compétence clé d'un manager : écouter arrive en tête, loin devant décider.
"""

LI_DRH_COM = """
Tout à fait d'accord, et j'ajouterais "la preuve du terrain" : sans elle, le plan de formation reste un tableau.
Merci pour ce partage. Chez nous, le tutorat a compté davantage que la plateforme.
Très juste. Je serais curieuse de savoir comment vous avez embarqué les managers.
Belle initiative. Je peux témoigner si le format vous convient.
Nous avons vu la même chose dans la logistique : {@theme}, oui, mais avec du temps protégé.
Question : qui porte le sujet, la DRH ou les métiers ?
À Bruxelles, j'observe aussi que la langue de travail change tout dans {@theme}.
Félicitations pour ce poste ! La fonction formation y gagne.
Merci, je l'envoie à une responsable formation qui se pose exactement la question.
Je nuancerais : {@theme} ne tient que si le supérieur direct y croit.
Bravo à votre équipe. Peut-on venir voir sur place ?
Exemple très parlant. Avez-vous une trace écrite à partager ?
C'est ce que je vois aussi à Bruxelles depuis cet été, surtout dans {@secteur}.
"""

LI_EDTECH = """
Digital learning: three things I would ask any EdTech vendor before a pilot, starting with data export.
Short review of {@tool} after six weeks with {@nb} learners: good pace, poor reporting.
Microlearning or long courses? Our results with shop-floor teams say: both, but never without a tutor.
A reading list on {@topic} for L&D managers: {@link}
"""

LI_SUPPLY = """
Recrutement de caristes avant la haute saison : comment faites-vous à Lyon et dans l'Isère ?
Entrepôts du Rhône : la formation à la sécurité en dix minutes par jour a réduit nos accidents.
Le salon de la logistique à Lyon approche. Qui y tient un stand ?
"""

LI_OPEN = """
Bravo pour cette publication, je la fais lire à mon équipe.
Merci {Maud|Anselme|Noor}, point de vue utile sur {@theme}.
Félicitations pour ce nouveau départ !
Excellente question. Chez nous, c'est le temps disponible qui manque, pas les contenus.
Je partage volontiers. La mesure reste le point faible.
Interesting angle on {@topic}, thanks for sharing.
Je garde cette phrase sur les managers de proximité, elle dit tout.
Merci pour la transparence sur ce qui n'a pas marché.
Heureuse de lire cela, à très bientôt j'espère.
Belle synthèse de {@theme}, limpide.
Could you share the method behind these numbers?
"""

FB_ADMIN = """
Bienvenue aux nouveaux membres ! Dites-nous en deux lignes votre métier dans la formation ou les RH et ce que vous cherchez à Bruxelles.
Rendez-vous du mois : {@day} à {@hour}, {@place}, sur {@theme}. Entrée libre, inscription en commentaire.
Rappel de la charte : une offre d'emploi par semaine et par personne, avec la commune et la langue de travail.
Compte rendu de notre dernière rencontre sur {@theme} : {@link}
Appel à témoins : responsables formation dans {@secteur}, pour une table ronde à Bruxelles.
Qui connaît une salle pour {@nb} personnes vers {@place}, gratuite ou presque ?
Offre relayée : conseiller en formation H/F, Bruxelles, {@secteur}. Contact en message privé.
Sondage de rentrée : préférez-vous des midis, des petits-déjeuners ou des fins de journée ?
Merci à toutes et tous pour la rencontre d'hier, {@nb} personnes, de belles idées pour la formation à Bruxelles.
Échange de pratiques : qui veut présenter un outil ou une animation, quinze minutes, sans vendre ?
Portrait du mois : une formatrice nous raconte sa reconversion depuis {@secteur}. À lire ici : {@link}
Question de la semaine pour les RH et les formateurs : comment abordez-vous {@theme} avec les managers ?
"""

FB_ADMIN_COM = """
Bienvenue {Maud|Anselme|Solveig|Bilal} ! N'hésite pas à venir à la prochaine rencontre.
Merci pour la salle, c'est parfait.
Je t'ajoute à la liste des témoins.
Oui, c'est ouvert aux indépendants de la formation.
Merci pour ton retour, je transmets à l'intervenante.
"""

FB_LOGEMENT = """
Cherche appartement à louer, deux chambres, {Ixelles|Saint-Gilles|Etterbeek}, pour {juillet|août}. Famille calme, un enfant, dossier complet.
Visite d'un logement {@day} : que faut-il vérifier pour le chauffage et le compteur ?
Que pensez-vous du loyer demandé pour ce deux chambres à {@commune} ?
Bail signé, merci à ce groupe pour l'aide ! Je peux relire le dossier d'une autre famille qui cherche un logement à Bruxelles.
"""

FB_CONGRES = """
Je présente cette année un atelier sur {@theme} au congrès, salle {2|4|7}. Venez me contredire !
Qui arrive la veille du congrès ? On pourrait dîner ensemble.
Programme du congrès en ligne : les ateliers formation sont le {jeudi|vendredi} matin.
Merci à l'équipe du congrès, quelle énergie. Je mets mes diapositives ici : {@link}
Covoiturage pour le congrès depuis {Lyon|Bruxelles}, trois places.
Retour de congrès : ce que je garde sur {@theme}.
"""

FB_DRESSING = """
Vends manteau de laine taille 40, porté un hiver, 35 €, remise en main propre à Lyon 6e.
Lot de vêtements fille 8 ans, 20 €, disponible {@rue}.
Bottines cuir pointure 39, neuves, 45 €.
Robe de cérémonie bleue, taille 38, 25 €, essayage possible.
"""

FB_PEDAGO = """
Pédagogie active : mon jeu de cartes pour faire parler des compétences, téléchargeable ici : {@link}
Soft skills : vous évaluez l'écoute comment, vous ? Je cherche une grille simple.
Retour d'un atelier de facilitation avec {@nb} formateurs : moins de diapositives, plus de questions.
Une activité brise-glace qui ne gêne personne ? Je prends.
"""

FB_RECETTES = """
Recette du dimanche : {@plat}. {Le secret, c'est la cuisson lente|Ma grand-mère ajoutait une pointe de muscade|Prévoir deux parts par personne}.
Recette de {@plat} ratée aujourd'hui, trop cuite. Une astuce pour rattraper ?
Avec les restes de {@plat}, j'ai fait des croquettes. Tout le monde a repris.
Essayé hier votre recette de {@plat} : un délice, merci.
Qui a une bonne recette de {@plat} sans beurre ?
{@plat} pour douze dimanche : vous doublez les temps de cuisson ?
Photo ratée mais {@plat} réussi. Ma fille a fini le plat.
Premier essai de {@plat} dans mon four belge, il chauffe plus fort, attention.
Variante de {@plat} avec ce qui restait au marché, notez : une poignée d'herbes à la fin.
"""

FB_EXPATS = """
Hello, we have just moved to Ixelles with our daughter. Any tips for the commune registration?
Thanks everyone, the registration took twenty minutes, bring two photos.
"""

# ---------------------------------------------------------------- small group chats

COUSINADE = """
Date de la cousinade : {le 15 août|le week-end du 22 août} chez {tonton Guy|Basile} ?
> Ça marche.
* Super, je m'occupe du planning des chambres.

Qui a des tréteaux et {des nappes|une sono|des glacières} ?
> Moi !
* J'apporte les nappes.

Photos de la cousinade : {le lien arrive|j'en ai mis cent}.
> Merci !
* Quels beaux souvenirs, merci à tous.
"""

COVOIT = """
Départ demain {7 h 40|7 h 50|8 h}, même endroit.
> Ok.
* J'y serai.

Je ne monte pas {@day}, télétravail.
> Noté.
* Pareil pour moi.
"""

JURY = """
Bonjour à tous, voici la grille du jury de certification des formateurs, version {2|3}. Vos remarques avant {@day} ?
* Relu : je propose de noter l'évaluation des acquis sur deux critères séparés.
> Très bonne idée, je corrige.

Calendrier : {six|huit|neuf} candidats, session {du matin|de l'après-midi}. Qui prend le premier dossier ?
> Je le prends.
* Je prends les deux suivants.

Merci pour cette session exigeante et bienveillante. {On se revoit au printemps|Compte rendu joint}.
* Merci à vous, j'ai appris de chaque dossier.
> Au plaisir !
"""

DIRECT = """
{Bonjour Isabelle|Coucou Isa}, {tu vas bien|comment se passe Bruxelles|bien installée} ?
* {Très bien merci, et toi|Ça prend forme, je cours partout} ?
> Pareil, on se voit bientôt ?
* Avec plaisir, {@day} {@hour} ?

* Merci pour la mise en relation avec {ta DRH|ton ancien collègue|la responsable du salon}, nous nous parlons {@day}.
> Parfait, tiens-moi au courant.

Tu aurais cinq minutes pour relire {mon CV|ma lettre|mon programme de formation} ?
* Bien sûr, envoie.
> Merci, tu es précieuse.

J'ai vu passer un poste de responsable formation {à Bruxelles|à Zaventem}, j'ai pensé à toi.
* Merci d'avoir pensé à moi ! Je candidate ce soir.

* Je passe à Lyon {@day}, un café ?
> Oui ! {@hour}, comme d'habitude.
"""

# ---------------------------------------------------------------- Slack of a former mission

PROJET = """
Inventaire tournant zone {B|C|F} : {@nb} écarts ce matin. Qui reprend les emplacements {du quai|de la mezzanine|du froid} ?
> Je m'en occupe avant {@hour}.
> Bloque aussi les palettes sans étiquette.
* J'ai mis la consigne sur l'écran du quai, dites-moi si un cariste bloque.
> Reçu, merci Isabelle.

Le terminal {12|17|23} ne lit plus les codes-barres. Redémarré deux fois.
> Change la batterie d'abord.
> Ticket ouvert chez le fournisseur.

Camion de {@hour} annulé, on décale la préparation des commandes {du sud|du drive|de Dijon}.
> Vu avec le transporteur.
> Ça nous arrange, on manque de bras.

Livraison logicielle ce soir : arrêt du module réception de {20|21|22} h à minuit. Merci de vider les files d'attente.
> File vidée.
> Retour arrière prêt au cas où.
* Je préviens les chefs d'équipe du soir.
> Merci, on garde le téléphone ouvert.

Petit souci : palettes bloquées en {B4|C2|F9}, poids faux dans la fiche article. Correction faite ?
> Corrigé, relance la tâche.
> Même souci hier sur {@nb} références.

Planning des quais de {@day} : {six|huit|neuf} portes, deux en maintenance.
> Portes {3|5|7} chez moi.
> Ok pour le reste.

Tableau de bord : {@nb} lignes préparées à l'heure, {deux|trois|cinq} retards transport.
> Le retard vient du péage.
"""

PAUSE = """
Qui a vu le match d'hier ? {Quel arrêt à la dernière minute|On ne s'en remettra pas|Deux poteaux et rien}.
> Ne m'en parle pas.
> J'ai dormi à la mi-temps.

Gâteau au bureau {@day}, c'est {l'anniversaire de Tess|la recette de ma tante|pour fêter les vacances}.
> Garde-moi une part.
* Quelle chance, une part virtuelle pour moi !
> Promis, avec photo.

Photo du chat de la semaine : il a dormi sur {le clavier|l'imprimante|mon badge}.
> Adorable.
> Le mien fait pareil.

Le petit café du matin est mort : la machine refuse les pièces. {Encore|Depuis ce matin|Seulement pour moi ?}
> Elle a une âme.
> Tape à gauche.

Idée de série pour {l'hiver|le week-end|le train} ?
> Celle avec les phares, très belle.
> Trop lente pour moi.
* J'ai aimé la danoise, trois soirs et c'est fini.
> Notée !
"""

TUTEURS = """
Nouvelle paire tuteur-apprenti {@day}. Vous ouvrez comment le premier entretien de formation ?
> Par une tâche réelle, jamais par le référentiel.
* Je demande à chacun ce qu'il craint. Ensuite seulement les objectifs et la grille de compétences.
> Je note, merci Isabelle.

* Vu dans la Lettre Compétences : {@shared}. Utile pour nos parcours de tuteurs ?
> Oui, surtout l'annexe, merci pour le partage.
> Lu, je le donne à mes responsables formation.

Mon petit carnet de tutorat a grossi : {douze|quinze|dix-huit} pages. Trop pour un apprenti ?
> Coupe de moitié.
* Deux pages et une preuve par compétence, le reste se dit. Je t'envoie le mien.
> Volontiers, merci beaucoup.

* Question : comment évaluez-vous ce que le tuteur lui-même a appris ?
> Un entretien croisé, une fois par an.
> Chez nous c'est dans l'entretien annuel, avec les ressources humaines.
* Merci, l'entretien croisé me plaît, j'essaie en {janvier|septembre}.

Former les tuteurs en {deux heures|une demi-journée} : possible selon vous ?
> Oui, si l'on revient trois fois.
* Possible avec des vidéos courtes faites sur le poste. J'ai {deux|trois} exemples.
> Montre-les la prochaine fois, ce sera précieux.
"""

# ---------------------------------------------------------------- Discord and Reddit

LD_EUROPE = """
We rolled out a skills taxonomy for {@nb} people; happy to share the mistakes we made with the training managers.
Does anyone measure learning transfer after {six weeks|three months}? I ask for one proof chosen by the learner.
This piece on {@topic} is worth ten minutes for any HR or training team: {@link}
Agree with Tove: digital learning without the manager is a library nobody enters.
For {@topic} we began with an inventory of real uses, then a one-page charter with the works council.
Here is my grid for choosing a digital learning platform, feel free to copy it.
Coming from Lyon to Brussels: how do L&D teams here handle training in three languages?
Thanks a lot, the tip on language cohorts is exactly what I needed.
"""

FRESQUE = """
Prochaine session de la fresque {@day} : il manque {un animateur|deux animatrices|une salle}. Qui peut ?
> Moi si c'est après {@hour}.
* Je peux animer la table du fond.
> Parfait, merci Isabelle !

Petit rappel : les cartes plastifiées sont {chez moi|à la maison des associations|dans le coffre}. Qui les prend ?
> Je passe.
* Je les ramène après, j'habite à côté.
> Merci, tu nous sauves.

Retour de la session : {@nb} lycéens, une classe très vive. {Bravo à tous|On recommence|Photos bientôt}.
> Belle équipe.
"""

REDDIT_ID = [
    ("2025-02-11 20:14", "For storyboards I start from the decision the learner must take, then cut everything else."),
    ("2025-03-19 21:02", "We replaced the final quiz by a proof from the workplace. Completion fell, transfer rose."),
    ("2025-05-06 19:40", "Ask for an export of the results before you sign with any digital learning platform."),
    ("2025-09-23 20:55", "Spaced practice over six weeks worked for forklift drivers; one question a day on the tablet."),
    ("2025-12-02 21:10", "Training managers rarely lack content. They lack time with the team leads."),
    ("2026-08-12 21:25", "Moving countries as an L&D manager: bring examples of your training design, not certificates."),
]

# ---------------------------------------------------------------- mailing lists

COLLOQUE = """
Colloque du tutorat {2025|2026} : l'appel à témoignages est ouvert jusqu'au 10 décembre.
* Je propose un témoignage : former des tuteurs en entrepôt, vingt minutes.
> Proposition bien reçue, merci Isabelle.

Qui anime l'atelier sur l'évaluation des compétences {le matin|l'après-midi} ?
* Je veux bien, avec une formatrice de Grenoble.
> Noté au programme.

Salle et repas : répondez avant {@day}, nous serons {@nb}.
> Présent.
* Présente, sans gluten si possible.

Les actes du colloque : chacun relit sa page sur la formation des tuteurs.
* Ma page est relue, deux corrections.
> Intégrées, merci.
"""

FORCO = """
Bonjour à la liste, petite question : quelqu'un a-t-il un modèle de {convention de formation|positionnement à l'entrée|bilan pédagogique} à jour ?
> Voici le mien, {deux pages|une page et demie}, à adapter.
* Bonjour, le modèle de la liste est dans les archives de {mars|juin}. Je le remets ici avec les changements de l'année.
> Merci, c'est plus clair ainsi.

Financement : qui a déjà fait prendre en charge {un bilan de compétences|un parcours hybride|du tutorat} ?
> Oui, compter trois mois.
> Le dossier passe mieux avec une lettre de l'employeur.

* Rappel de la modération : une question par message, et le résultat quand vous l'avez. Cela sert à tous.
> Bien compris.
"""

LETTRE = """
Lettre Compétences Belgique : {le baromètre des formations|la réforme du congé-formation|trois entreprises qui forment leurs tuteurs|l'IA dans les services de formation}. Lire : {@link}
Lettre Compétences Belgique : {@theme}, dossier complet avec {deux|trois} témoignages de responsables formation. Lire : {@link}
Lettre Compétences Belgique : chiffres du mois sur les ressources humaines et les compétences. Lire : {@link}
"""

SYNDICAT = """
Assemblée de la section {@day} à {@hour}. Ordre du jour : négociation salariale, élections, permanences.
> Je serai là.
> Excusé.

Tract sur {le télétravail|les heures supplémentaires|la prime} : relisez avant {@day}, diffusion syndicale ensuite.
> Deux fautes page une.
* Relu, rien à ajouter.
> Merci camarade.

Permanence juridique du syndicat : {mardi|jeudi}, sur rendez-vous pour les adhérents.
> Merci de l'info.
"""

# ---------------------------------------------------------------- more WhatsApp

EQUIV_ASK = [
    ("2026-03-14 10:02", "*", "Bonjour, je cherche à faire reconnaître mon diplôme français en Belgique. Par où commencer ?"),
    ("2026-03-14 10:40", "Nadia Belhoucine", "Bonjour Isabelle ! Commence par le formulaire de la Fédération, compte quatre mois. Je te résume les pièces : diplôme, relevés, copie certifiée."),
    ("2026-03-14 18:15", "*", "D'accord. Faut-il une traduction pour les relevés ?"),
    ("2026-03-14 18:50", "Nadia Belhoucine", "Non, tout est en français, mais fais certifier les copies à la commune, c'est là que j'avais perdu un mois."),
    ("2026-05-20 12:11", "*", "Dossier envoyé. Combien de temps pour l'accusé de réception ?"),
    ("2026-05-20 13:30", "Nadia Belhoucine", "Trois semaines pour moi. Écris à l'adresse du service, je te la donne : equivalence@service.example. Relance au bout d'un mois."),
    ("2026-07-28 09:05", "*", "J'ai ma décision, diplôme reconnu !"),
]

EQUIV = """
Petite question : qui a reçu sa décision d'équivalence ce mois-ci ? {Dossier de mars|Dossier de mai|Toujours rien pour moi}.
> Pas encore.
> Moi oui, quatre mois et demi.

Copie certifiée refusée par {la commune|le service}, que faire ?
> Retourne avec l'original.
> Demande un autre guichet.

Le formulaire d'équivalence a changé, {la page trois|l'annexe|la liste des pièces} est nouvelle.
> Bon à savoir.
"""

INDEP = """
Bonjour à tous, un client demande une formation en {deux|trois} langues. Vous facturez la préparation ?
> Oui, à part, un jour pour trois.
> Je l'inclus mais je le dis.

Responsable RH d'une PME de {Namur|Wavre|Nivelles} cherche un formateur pour {@theme}. Je transmets les noms {@day}.
> Je suis intéressé.
> Moi aussi, merci.

Petite question : qui a une clause type pour l'annulation d'une formation ?
> Trente jours, cinquante pour cent.
"""

REVUE = """
Revue de presse formation : {@theme}, l'article du jour {@link}
> Lu, très juste.
* {@merci}

À lire sur la formation et les compétences : {@link}
> Bonne synthèse.

Étude RH du matin : {@nb} responsables formation répondent sur {@theme}. {@link}
* {@merci}
> Avec plaisir Isabelle !
"""

HORS_SUJET = """
Pronostics du week-end : {2-1|0-0|3-2}, qui dit mieux ?
> Match nul, comme toujours.
> J'ai mis dix euros.
> Rêveur.

Bonjour le groupe ☀️ petit café et bon {@day} à tous !
> Bonjour bonjour.
> Café !
> Belle journée.

{Ma voiture|Mon vélo|Le tram 81} m'a encore lâché ce matin. Quelqu'un connaît un garagiste honnête ?
> Aucun garagiste n'est honnête.
> Le mien à Forest.
> Achète un cheval.

Vidéo du jour : le perroquet qui imite la perceuse 😂
> J'ai pleuré.
> Déjà vue trois fois.

Un verre {@day} ? {Terrasse si soleil|Chez Gino|Celui qui perd paie}.
> Moi !
> Pas ce soir.
> Toujours.

Qui vend une place pour le concert de {@day} ?
> Trop tard, vendue.
> Regarde sur la bourse aux billets.
"""

AFEST = """
Formation en situation de travail : qui a déjà fait l'analyse d'activité avec {des soignants|des cuisiniers|des magasiniers} ?
> Oui, deux jours sur le poste, sinon rien.
* Avec des caristes : filmer, regarder ensemble, choisir trois gestes. Je raconte {@day} si vous voulez.
> Avec plaisir, merci.

Petite question sur la phase réflexive : vous la placez le jour même ?
> Le lendemain, à froid.
* Le jour même, vingt minutes, avec le tuteur qui se tait.
> Le tuteur qui se tait, c'est tout l'art !

* J'ai une trame de carnet d'apprentissage pour les responsables formation, relecture bienvenue.
> Envoie, je relis ce soir.
> Moi aussi.
* Merci à vous deux, corrections reprises.
"""

COUTURE = """
Atelier de {@day} : on coupe les patrons de {la jupe|la chemise|du tablier}. Qui apporte les ciseaux crantés ?
> Moi.
> J'ai deux paires.

La surjeteuse est {réparée|en panne|prêtée}.
> Enfin !
> Encore…

Tissus à donner, {coton|lin|velours}, {deux|trois} mètres.
> Je prends le tout.
> Partageons.
"""

COUTURE_MINE = [
    ("2026-05-21 20:10", "Claire Vanhoorde", "Isabelle nous rejoint, elle débute."),
    ("2026-05-21 20:22", "*", "Bonsoir à toutes, je débute vraiment. Claire, tu passes me prendre jeudi ?"),
    ("2026-05-21 20:31", "Claire Vanhoorde", "Oui Isabelle, à 19 h en bas de chez toi."),
    ("2026-06-18 21:40", "*", "Mon ourlet part en biais, je l'apporte la prochaine fois."),
    ("2026-06-18 21:58", "Claire Vanhoorde", "On le reprendra ensemble, ne t'inquiète pas."),
    ("2026-06-25 20:15", "*", "Pas là ce soir, cartons du déménagement."),
]

RELAIS_WA = """
{Repris du groupe Telegram|Pour ceux qui ne sont que sur WhatsApp}, formation et numérique : {@shared}
> Merci du relais.
> Vu là-bas aussi.

Lien formateurs numériques de la semaine : {@shared}
> 👍
"""
