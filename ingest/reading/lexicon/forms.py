"""All forms of verbs, for patterns: one lemma stands for every person and tense."""

from __future__ import annotations

_IRREGULAR = {
    "be": "am is are was were been being",
    "beat": "beats beaten beating",
    "begin": "begins began begun beginning",
    "break": "breaks broke broken breaking",
    "bring": "brings brought bringing",
    "build": "builds built building",
    "buy": "buys bought buying",
    "catch": "catches caught catching",
    "choose": "chooses chose chosen choosing",
    "come": "comes came coming",
    "cut": "cuts cutting",
    "deal": "deals dealt dealing",
    "do": "does did done doing",
    "draw": "draws drew drawn drawing",
    "drive": "drives drove driven driving",
    "fall": "falls fell fallen falling",
    "feed": "feeds fed feeding",
    "find": "finds found finding",
    "fling": "flings flung flinging",
    "forbid": "forbids forbade forbidden forbidding",
    "freeze": "freezes froze frozen freezing",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "grow": "grows grew grown growing",
    "have": "has had having",
    "hide": "hides hid hidden hiding",
    "hit": "hits hitting",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "lay": "lays laid laying",
    "leave": "leaves left leaving",
    "lend": "lends lent lending",
    "let": "lets letting",
    "lose": "loses lost losing",
    "make": "makes made making",
    "overturn": "overturns overturned overturning",
    "pay": "pays paid paying",
    "put": "puts putting",
    "quit": "quits quitting",
    "read": "reads reading",
    "rewrite": "rewrites rewrote rewritten rewriting",
    "rise": "rises rose risen rising",
    "run": "runs ran running",
    "say": "says said saying",
    "see": "sees saw seen seeing",
    "seek": "seeks sought seeking",
    "sell": "sells sold selling",
    "send": "sends sent sending",
    "set": "sets setting",
    "shake": "shakes shook shaken shaking",
    "show": "shows showed shown showing",
    "shrink": "shrinks shrank shrunk shrinking",
    "shut": "shuts shutting",
    "sneak": "sneaks sneaked snuck sneaking",
    "spin": "spins spun spinning",
    "stand": "stands stood standing",
    "steal": "steals stole stolen stealing",
    "strike": "strikes struck striking",
    "swear": "swears swore sworn swearing",
    "take": "takes took taken taking",
    "teach": "teaches taught teaching",
    "tear": "tears tore torn tearing",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "throw": "throws threw thrown throwing",
    "uphold": "upholds upheld upholding",
    "wake": "wakes woke woken waking",
    "win": "wins won winning",
    "wind": "winds wound winding",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "withhold": "withholds withheld withholding",
    "write": "writes wrote written writing",
}
_VOWELS = "aeiou"
# Verbs of more than one syllable that double their last consonant all the same.
_DOUBLE = frozenset(
    "admit ban bar cancel cap commit compel defer equip expel nag omit permit refer rebut submit".split()
)


def _doubles(verb: str) -> bool:
    if verb in _DOUBLE:
        return True
    one = sum(c in _VOWELS for c in verb) == 1 and len(verb) > 2
    return one and verb[-1] not in "aeiouwxyhr" + "kg" * (verb[-2] not in _VOWELS) and verb[-2] in _VOWELS


def forms_of(verb: str) -> list[str]:
    """Every form of one verb: infinitive, third person, past, participles."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    third = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    stem = verb + verb[-1] if _doubles(verb) else verb
    held = [verb, third, f"{stem}ed", f"{stem}ing"]
    return [*held, f"{verb}ed", f"{verb}ing"] if verb.endswith("l") and stem != verb else held


def verbs(lemmas: str) -> str:
    """A pattern for every form of every verb of `lemmas`, separated by blanks."""
    found = {form for lemma in lemmas.split() for form in forms_of(lemma)}
    return "(?:" + "|".join(sorted(found, key=lambda f: (-len(f), f))) + ")"


def doing(lemmas: str) -> str:
    """A pattern for the -ing forms alone."""
    found = {form for lemma in lemmas.split() for form in forms_of(lemma) if form.endswith("ing")}
    return "(?:" + "|".join(sorted(found, key=lambda f: (-len(f), f))) + ")"


_SAME = frozenset("cut shut put set let hit quit read".split())


def done(lemmas: str) -> str:
    """A pattern for the past participles, and the past tenses that look alike."""
    found = {
        form
        for lemma in lemmas.split()
        for form in forms_of(lemma)
        if (form != lemma or lemma in _SAME) and not form.endswith(("ing", "s"))
    }
    return "(?:" + "|".join(sorted(found, key=lambda f: (-len(f), f))) + ")"
