"""Cues of charges, suits, decisions, orders and answers in other than the plainest words. Data for `cues`."""

from __future__ import annotations

_WRONG = (
    r"(?:distill?(?:s|ed|ing|ation)?|scrap(?:e[sd]?|ing)|siphon(?:s|ed|ing)?|syphon(?:s|ed|ing)?|harvest(?:s|ed|ing)?|hoover(?:s|ed|ing)?|"
    r"cop(?:y|ies|ied|ying)|st(?:eal|eals|ole|olen|ealing)|crawl(?:s|ed|ing)?|pirat(?:e[sd]?|ing)|clon(?:e[sd]?|ing)|rip(?:s|ped|ping)?\s+off|"
    r"plunder(?:s|ed|ing)?|loot(?:s|ed|ing)?|pilfer(?:s|ed|ing)?|lift(?:s|ed|ing)?|mimic(?:s|ked|king)?|imitat(?:e[sd]?|ing)|disguis(?:e[sd]?|ing)|"
    r"impersonat(?:e[sd]?|ing)|masquerad(?:e[sd]?|ing)|evad(?:e[sd]?|ing)|circumvent(?:s|ed|ing)?|ignor(?:e[sd]?|ing)|flout(?:s|ed|ing)?|"
    r"bypass(?:es|ed|ing)?|violat(?:e[sd]?|ing)|breach(?:es|ed|ing)?|abus(?:e[sd]?|ing)|misus(?:e[sd]?|ing)|hammer(?:s|ed|ing)?|bombard(?:s|ed|ing)?|milk(?:s|ed|ing)?|sneak(?:s|ed|ing)?|snuck|slip(?:s|ped|ping)?\s+(?:past|through|round)|raid(?:s|ed|ing)?|drain(?:s|ed|ing)?|vacuum(?:s|ed|ing)?|swallow(?:s|ed|ing)?|ingest(?:s|ed|ing)?|strip-?min(?:e[sd]?|ing)|filch(?:es|ed)?|swip(?:e[sd]?|ing)|nick(?:s|ed)|"
    r"help(?:s|ed|ing)?\s+(?:itself|themselves))"
)

# (kind, weight, frame, pattern)
ROWS: tuple[tuple[str, float, str, str], ...] = (
    # ── accusation ──────────────────────────────────────────────────
    (
        "accusation",
        2.4,
        "said",
        _WRONG + r"\b",
    ),
    (
        "accusation",
        3,
        "verb",
        r"(?:complain(?:s|ed|ing)?\b|(?:took|tak(?:es|en|ing)|air(?:s|ed|ing)?|voic(?:e[sd]?|ing)|ma(?:kes?|"
        r"de))\s+(?:\S+\s+){0,3}?(?:complaints?|grievances?|accusations?|allegations?)\b|(?:level(?:s|led|"
        r"ed)?|lay(?:s)?|laid|lob(?:s|bed)?|fling(?:s)?|flung|hurl(?:s|ed)?)\s+(?:\S+\s+){0,3}?(?:charges?|"
        r"accusations?|allegations?|blame)\b|cr(?:ies|ied)\s+foul|"
        r"(?:publicly\s+)?charg(?:e[sd])\s+(?=(?:\S+\s+){1,5}?with\b)|point(?:s|ed)?\s+(?:a|the)\s+finger|"
        r"(?:caught|catch(?:es)?|spot(?:s|ted)?|nabbed)\s+(?=(?:\S+\s+){1,4}?(?:using|scraping|copying|"
        r"stealing|crawling|distilling|ignoring|taking|training|disguis\w+)\b)|took\s+(?:\S+\s+)?to\s+task|"
        r"takes\s+(?:\S+\s+)?to\s+task|tak(?:es|en)\s+aim\s+at|lash(?:es|ed)\s+out\s+at|(?:claim(?:s|ed)?|"
        r"assert(?:s|ed)?|contend(?:s|ed)?|maintain(?:s|ed)?)\s+that\s+(?=(?:\S+\s+){0,14}?" + _WRONG + r"\b))",
    ),
    (
        "accusation",
        2.8,
        "noun",
        r"(?:cease-and-desist|cease\s+and\s+desist|desist\s+letter|legal\s+threat|letter\s+before\s+action)\b|"
        r"(?:complaint|grievance|allegation|accusation|claim|charge)s?\s+(?:\S+\s+){0,2}?(?:about|against)\b|"
        r"(?:found|uncover(?:s|ed)|unearth(?:s|ed)|publish(?:es|ed)|present(?:s|ed)|lay(?:s)?\s+out|"
        r"laid\s+out)\s+(?:\S+\s+){0,3}?(?:evidence|proof|dossier|logs)\b",
    ),
    # ── lawsuit ─────────────────────────────────────────────────────
    (
        "lawsuit",
        3.8,
        "verb",
        r"(?:go(?:es)?|gone|went)\s+to\s+(?:law|court)\b|(?:ask(?:s|ed|ing)?|petition(?:s|ed|ing)?|"
        r"urg(?:e[sd]?|ing))\s+(?:\S+\s+){0,2}?(?:courts?|judges?|tribunal)\b|(?:institut(?:e[sd]?|ing)|"
        r"commenc(?:e[sd]?|ing)|mount(?:s|ed)?|press(?:es|ed)|initiat(?:e[sd]|ing)|tak(?:es|ing)|"
        r"took)\s+(?:\S+\s+){0,3}?(?:lawsuit|suit|legal\s+action|proceedings|litigation|legal\s+fight)\b|"
        r"slap(?:s|ped)?\s+(?:\S+\s+){0,4}?with\s+(?:\S+\s+){0,2}?(?:lawsuit|suit)|tak(?:es|"
        r"ing)\s+on\s+(?:\S+\s+){0,4}?in\s+court",
    ),
    (
        "lawsuit",
        3,
        "noun",
        r"(?:lawsuit|suit|complaint|class\s+action|claim|action)\s+(?:\w+\s+){0,2}?(?:lodged|filed|brought|"
        r"unsealed|launched)\b|according\s+to\s+the\s+(?:complaint|lawsuit|suit|claim|filing)\b",
    ),
    (
        "lawsuit",
        3.4,
        "party",
        r"(?:the\s+)?(?P<side>plaintiffs?|claimants?|petitioners?|defendants?|respondents?)(?:\s+(?:is|are|"
        r"was|were))?,?\s+(?=(?-i:\p{Lu}))",
    ),
    # ── ruling ──────────────────────────────────────────────────────
    (
        "ruling",
        3.6,
        "verb",
        r"(?:to\s+pay|pays?|paid|paying|agree[sd]?\s+to\s+pay)\s+(?=(?:\S+\s+){0,14}?(?:to\s+(?:settle|end|"
        r"resolve|close)|over\s+(?:pirated|copied|scraped|stolen|alleged)|settlement|damages)\b)|"
        r"settl(?:e[sd]?|ing)\s+(?=(?:\S+\s+){0,5}?(?:with|suit|lawsuit|case|claims?|litigation|charges|"
        r"dispute)\b)|(?:end(?:s|ing)?|clos(?:e[sd]?|ing)|resolv(?:e[sd]?|ing)|wind(?:s)?\s+up)\s+(?:the|a|"
        r"its|their)\s+(?:\S+\s+)?(?:lawsuit|suit|case|litigation|court\s+fight)\b",
    ),
    (
        "ruling",
        3.6,
        "court",
        r"(?:bars?|barred|blocks?|blocked|enjoins?|forbids?|forbade|stops?|stopped|orders?|ordered|lets?|"
        r"allows?|allowed|clears?|cleared|decid(?:e[sd]|ing)|conclud(?:e[sd])|h(?:olds|eld)|find(?:s)?|found|"
        r"handed\s+down|affirm(?:s|ed)|revers(?:e[sd])|reinstat(?:e[sd])|(?:sw|str)(?:ikes?|uck)\s+down|"
        r"approv(?:e[sd])|sign(?:s|ed)\s+off\s+on)\s+(?=\S)",
    ),
    # ── regulation ──────────────────────────────────────────────────
    (
        "regulation",
        3.6,
        "decree",
        r"(?:order(?:s|ed|ing)?|requir(?:e[sd]|ing)|instruct(?:s|ed|ing)?|direct(?:s|ed|ing)?|command(?:s|"
        r"ed)?|compel(?:s|led)?|oblig(?:e[sd])|"
        r"mandat(?:e[sd]))\s+(?=(?:\S+\s+){1,9}?to\s+(?:\w+ly\s+)?(?:suspend|stop|halt|cease|block|withdraw|"
        r"open|restore|delete|disable|remove|hand|share|provide|give|let|allow|refrain|end|limit|restrict|"
        r"shut|cut|pull|take)\b)",
    ),
    (
        "regulation",
        3.4,
        "decree",
        r"(?:decre(?:e[sd]|eing)|outlaw(?:s|ed)?|blacklist(?:s|ed|ing)?|strip(?:s|ped)?|sanction(?:s|ed)?|"
        r"freez(?:es)|froze|add(?:s|ed)?\s+(?:\S+\s+){0,5}?to\s+(?:its|the)\s+(?:entity|black)\s?list|"
        r"open(?:s|ed)?\s+(?:\S+\s+){0,4}?(?:inquiry|probe|investigation|proceedings)|"
        r"sent\s+(?:\S+\s+)?objections|charg(?:e[sd]))\b",
    ),
    (
        "regulation",
        2.6,
        "noun",
        r"(?:export|licen[cs]ing|trade)\s+(?:rule|ban|restriction|requirement|curb)s?\b|(?:statement\s+of|"
        r"formal)\s+objections\b|interim\s+measures?\b",
    ),
    # ── response ────────────────────────────────────────────────────
    (
        "response",
        2.8,
        "verb",
        r"(?:shrug(?:s|ged|ging)?\b|hit(?:s|ting)?\s+back|str(?:ikes?|uck)\s+back|push(?:es|ed)?\s+back|"
        r"fir(?:es|ed)\s+back|repl(?:ies|ied)\s+(?:to|that)|answer(?:s|ed)?\s+(?:that|with)|disput(?:e[sd]|"
        r"ing)|reject(?:s|ed)?\s+(?=(?:\S+\s+){0,5}?(?:accus|alleg|charge|claim))|den(?:y|ies|ied|"
        r"ying)\b(?!\s+(?:\S+\s+){0,4}?access)|brush(?:es|ed)?\s+(?:off|aside)|dismiss(?:es|"
        r"ed)?\s+(?=(?:\S+\s+){0,5}?(?:accus|alleg|charge|claim|criticism))|back(?:s|ed)?\s+(?:its|his|"
        r"her)\s+decision|stand(?:s)?\s+by\s+(?:its|the)|stood\s+by|apologi[sz](?:e[sd]?|ing)|counter(?:s|"
        r"ed)\b|vow(?:s|ed)?\s+to\s+(?:fight|appeal)|refus(?:e[sd]|es)\s+to\s+pay)",
    ),
    (
        "response",
        3,
        "answer",
        r"(?:shut|close|closing|shutting|fold|leave|quit|go\s+dark|stop)(?:s|ing)?\s+(?:down\s+)?(?:rather|"
        r"sooner|instead)\b|(?:rather|sooner)\s+(?:close|shut|quit|fold|leave|die)\s+than\b|call(?:s|ed|"
        r"ing)?\s+it\s+(?:a\s+day|quits)|throw(?:s)?\s+in\s+the\s+towel|bow(?:s|ed|ing)?\s+out|pack(?:s|ed|"
        r"ing)?\s+(?:it\s+)?(?:in|up)|(?:dr(?:op|opp)|ditch|swap|replac|abandon)(?:e?s|e?d|"
        r"ing)\s+(?=(?-i:\p{Lu}))|(?:built|builds?|writes?|wrote)\s+(?:its|their)\s+own\b",
    ),
)
