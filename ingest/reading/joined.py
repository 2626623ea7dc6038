"""Names whose parts are joined by small words or hidden behind a first word that is none of a name's elsewhere: bodies in other
languages ("Autorité des marchés", "Bund freier Imker"), offices ("Attorney General's Office"), "Salt of Bergen", "Little Crane"."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from ingest.reading.capitals import INSTITUTION
from ingest.reading.contexts import weigh_context
from ingest.reading.document import TITLE, Document
from ingest.reading.lexicon.ordinary import is_ordinary
from ingest.reading.names import fold_case
from ingest.reading.nobody import DIRECTIONS
from ingest.reading.words import COMMON, TITLE_NOUNS

Spans = dict[int, list[tuple[int, int]]]

# What bodies are called in languages that put it first and join the rest by small words which are no English ones.
_ROMANCE = (
    "Autorit(?:é|à)|Autoridad|Autoridade|Haute\\sAutorité|Conseil|Consejo|Conselho|Consiglio|Commission|Comisión|Comissão|Commissione|Agence|Agencia|Agência|Agenzia|Garante|"
    "Syndicat|Sindicato|Sindacato|Fédération|Federación|Federação|Federazione|Ligue|Liga|Lega|Chambre|Cámara|Câmara|Camera|Cour|Corte|Tribunal|Tribunale|Ministère|"
    "Ministerio|Ministério|Ministero|Société|Sociedad|Sociedade|Società|Union|Unión|União|Unione|Association|Asociación|Associação|Associazione|Institut|Instituto|Istituto|"
    "Centre|Centro|Fondation|Fundación|Fundação|Fondazione|Collectif|Colectivo|Coletivo|Collettivo|Maison|Casa"
)
_OF = r"(?:de\sla|de\slos|de\slas|de|des|du|del|della|dello|dei|degli|delle|di|da|das|dos|do(?=\s\p{Lu})|per\s(?:la|il|i|le|gli)|para\s(?:la|el|los|las|o|a|os|as)|pour\s(?:la|le|les))\s|(?:de\sl|d|dell|all|nell|pour\sl)'"
_ITS_OWN = r"\p{L}{3,}"
_ENDS = r"(?:\s\p{Ll}{2,}(?:ali|onales|aux|elles|icos|icas|iques))?"  # "dei dati personali"
_GERMANIC = (
    r"(?:(?:Bund|Verband|Verein|Bundesverband|Landesverband|Fachverband|Berufsverband|Gesellschaft|Vereinigung|Verbraucherzentrale|Zentralrat|Bundesamt|Stiftung|"
    r"Gewerkschaft|Arbeitsgemeinschaft|Genossenschaft)\s(?:(?:der|des|für|zur|von)\s(?:\p{Ll}+e[nrs]\s)?|\p{Ll}+e[nrs]\s)\p{Lu}[\p{L}-]+"
    r"(?:\s(?:und|für|der|des|in)\s\p{Lu}[\p{L}-]+)*"
    r"|(?:Stichting|Vereniging|Autoriteit|Bond|Raad|Genootschap|Federatie|Koninklijke\s\p{Lu}\p{L}+)\s(?:van|voor|der|tot|tegen)\s(?:de\s|het\s)?\p{L}{3,})"
)
_ABROAD = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'-])(?:(?:{_ROMANCE})(?:\s{_ITS_OWN}){{0,2}}?\s(?:{_OF}){_ITS_OWN}(?:,?(?:\s(?:et|e|y|ed))?\s(?:{_OF}){_ITS_OWN})*{_ENDS}|{_GERMANIC})"
)
# "Information Commissioner's Office", "Paris Prosecutor's Office".
_OFFICE = regex.compile(
    r"(?<![\p{L}'-])(?:(?!The\s)\p{Lu}\p{L}+\s){0,3}(?:Commissioner|General|Prosecutor|Ombudsman|Registrar|Governor|Mayor|Comptroller|Auditor|Attorney|Chancellor|President)'s\sOffice(?!\p{L})"
)
# "Salt of Bergen" within a sentence, where an ordinary word has its capital from nothing but being a name.
_OF_PLACE = regex.compile(
    r"(?<!\p{Lu}[\p{L}'-]*\s)(?<=(?:[\p{Ll}\p{N},)]|\s-)\s)(?P<first>\p{Lu}\p{Ll}+)\sof\s(?:the\s)?(?P<rest>\p{Lu}[\p{L}-]+)(?![\p{L}'-]|\s\p{Lu})"
)
_DETERMINED = regex.compile(r"(?r)\b(?:an?|the|its|his|her|their|our|this|that|every|no|'s)\s$")
_OFFICER = regex.compile(rf"(?:{TITLE_NOUNS})", regex.IGNORECASE)
SAYS_SO = 1.5  # from which weight on the words around tell that "Salt of Bergen" is an organization
# Numbers and adjectives that begin names.
_FIRST = frozenset(
    "two three four five six seven eight nine ten twelve twenty forty second third big small little old good better late long light "
    "near fair plenty open still free full central pacific eastern right best great".split()
)
_LEADS = regex.compile(r"(?r)(?<![\p{L}\p{N}'-])(?P<first>\p{Lu}\p{Ll}+)\s$")


def find_joined_names(doc: Document, spans: Spans) -> set[str]:
    """The names of `doc` that are longer than the capitalised words in `spans`, or than one run of them."""
    found = {m.group() for s in doc.sentences for p in (_ABROAD, _OFFICE) for m in p.finditer(s.plain)}
    return found | _find_of_places(doc) | _find_led(doc, spans)


def _find_of_places(doc: Document) -> set[str]:
    """ "Salt of Bergen", if it is written so within a sentence and does what organizations do."""
    names = {
        m.group()
        for s in doc.sentences
        if " of " in s.plain
        for m in _OF_PLACE.finditer(s.plain)
        if _may_be_of(m.group("first")) and not _DETERMINED.search(s.plain[: m.start()])
    }
    weight: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence in doc.sentences if names else ():
        for name in names:
            start = sentence.plain.find(name)
            if start >= 0:
                weigh_context(weight[name], sentence.plain, start, start + len(name))
    return {n for n in names if weight[n]["organization"] >= max(SAYS_SO, weight[n]["person"])}


def _may_be_of(first: str) -> bool:
    plain = fold_case(first)
    noun = (is_ordinary(plain) or plain in DIRECTIONS) and plain not in COMMON and not INSTITUTION.match(f"{first} of ")
    return noun and not _OFFICER.fullmatch(first)


def _find_led(doc: Document, spans: Spans) -> set[str]:
    """ "Little Crane", where the text never says "Crane" without the word before: that belongs to the name."""
    told: Counter[str] = Counter()
    alone: set[str] = set()
    for sentence in doc.sentences:
        for start, end in spans[sentence.index] if sentence.paragraph != TITLE or sentence.index == 0 else ():
            name, first = sentence.plain[start:end], _LEADS.search(sentence.plain[:start])
            if first is None or fold_case(first.group("first")) not in _FIRST:
                alone.add(name)
            else:
                told[f"{first.group('first')} {name}"] += 1
    return {name for name, count in told.items() if count > 1 and name.split(" ", 1)[1] not in alone}
