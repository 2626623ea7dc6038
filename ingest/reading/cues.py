"""Words and phrases that tell of an act, by kind. Data: each row is (kind, weight, pattern, frame).

Frames: `verb` (who does it stands before, whom it is done to after; the passive turns them round), `noun` ("the
revocation of A's access by B"), `loss` (told from the side of the one who loses: "A loses access to B's models").
In patterns, `~` stands for up to four words.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

WORDS = r"(?:[^\s,;.]+\s+){0,4}?"
# What one can be cut off from. A verb marked with @ counts only in a sentence that has one of these.
ACCESS = regex.compile(
    r"\b(?:access|APIs?|accounts?|keys?|models?|capacity|data(?:base)?s?|services?|platforms?|tokens?|endpoints?|clients?|crawl\w*|"
    r"scrap\w+|bots?|feeds?|firehose|licen[cs]\w*|integrations?|apps?|interfaces?|developers?|tier|quota|requests?|plug-?ins?|"
    r"SDKs?|chatbots?|assistants?|subscriptions?|AI|training|archive|index|content|terms|customers?|tools?|connections?|weights)\b"
)
_ACCESS_NP = r"(?:access|connection|API keys?|keys?|accounts?|capacity|supply|service|licen[cs]es?|data feed|feed|tokens?|credentials|permissions?|use|subscriptions?|integration|traffic|requests?|queries|logins?|sign-ins?)"

_ROWS: tuple[tuple[str, float, str, str], ...] = (
    # ── access cut off ────────────────────────────────────────────────────────
    ("revocation", 3, r"cut(?:s|ting)?\s+~off\b(?!\s+date)", "verb"),
    (
        "revocation",
        3,
        rf"(?:revok(?:e[sd]?|ing)|rescind(?:s|ed|ing)?|yank(?:s|ed|ing)?|pull(?:s|ed|ing)?|withdr(?:aws?|ew|awn|awing)|sever(?:s|ed|ing)?|terminat(?:e[sd]?|ing)|cancel(?:s|l?ed|l?ing)?|end(?:s|ed|ing)?|strip(?:s|ped|ping)?|remov(?:e[sd]?|ing)|disabl(?:e[sd]?|ing)|suspend(?:s|ed|ing)?|cut(?:s|ting)?|deactivat(?:e[sd]?|ing)|freez(?:es|ing)|froze(?:n)?|clos(?:e[sd]?|ing)|den(?:y|ies|ied|ying)|refus(?:e[sd]?|ing)|shut(?:s|ting)?|block(?:s|ed|ing)?)(?=\s+(?:[^\s,;.]+\s+){{0,6}}?{_ACCESS_NP}\b)",
        "verb",
    ),
    ("revocation", 3, r"pull(?:s|ed|ing)?\s+the\s+plug\b", "verb"),
    ("revocation", 3, r"(?:pull(?:s|ed|ing)?|yank(?:s|ed|ing)?)\s+the\s+rug\b", "verb"),
    (
        "revocation",
        3,
        r"(?:shut(?:s|ting)?|lock(?:s|ed|ing)?|kick(?:s|ed|ing)?|boot(?:s|ed|ing)?|freez(?:es|ing)|froze|push(?:es|ed|ing)?|cast(?:s|ing)?|throw(?:s|n|ing)?|threw|turf(?:s|ed|ing)?)\s+~(?:out\b|off\b)",
        "verb",
    ),
    ("revocation", 2.5, r"@(?:switch|turn|shut)(?:es|s|ed|ting|ing)?\s+~off\b", "verb"),
    (
        "revocation",
        2.5,
        r"clos(?:e[sd]?|ing)\s+(?:the\s+|its\s+)?(?:door|doors|gate|tap)\b|turn(?:s|ed|ing)?\s+(?:off\s+the\s+tap|the\s+tap\s+off)|slam(?:s|med|ming)?\s+the\s+door|show(?:s|ed|n)?\s+~the\s+door",
        "verb",
    ),
    ("revocation", 2, r"@suspend(?:s|ed|ing)?\b", "verb"),
    (
        "revocation",
        2,
        r"@(?:ban(?:s|ned|ning)?|bar(?:s|red|ring)?|block(?:s|ed|ing)?|eject(?:s|ed|ing)?|expel(?:s|led|ling)?|evict(?:s|ed|ing)?|oust(?:s|ed|ing)?|blacklist(?:s|ed|ing)?|deplatform(?:s|ed|ing)?|exclud(?:e[sd]?|ing)|unplug(?:s|ged|ging)?|disconnect(?:s|ed|ing)?|de-?authori[sz]e[sd]?|drop(?:s|ped)?)\b",
        "verb",
    ),
    (
        "revocation",
        2,
        r"@(?:stop(?:s|ped|ping)?|ceas(?:e[sd]?|ing)|halt(?:s|ed|ing)?|quit(?:s)?)\s+(?:serving|supplying|selling|licensing|providing|accepting|answering|letting|offering)\b",
        "verb",
    ),
    (
        "revocation",
        2,
        r"@(?:took|tak(?:es|en|ing))\s+away\b|@(?:switch|turn)(?:es|s|ed|ing)?\s+off\b|@discontinu(?:e[sd]?|ing)\b|@retir(?:e[sd]?|ing)\s+~APIs?\b",
        "verb",
    ),
    (
        "revocation",
        2.5,
        r"(?:revocation|suspension|termination|withdrawal|removal|cancellation|severing|deactivation|loss|expulsion|cut-?off|lock-?out|shut-?off|ban|blocking|exclusion)\s+of\b",
        "noun",
    ),
    (
        "revocation",
        1.2,
        r"(?:the|this|its|a|sudden|abrupt)\s+(?:revocation|cut-?off|lock-?out|shut-?off|expulsion)\b",
        "noun",
    ),
    (
        "revocation",
        3,
        r"(?:los(?:e[sd]?|ing|t)|forfeit(?:s|ed)?)\s+(?:\S+\s+){0,5}?(?:access|API|capacity|account|licen[cs]e|connection|feed)\b",
        "loss",
    ),
    (
        "revocation",
        2.5,
        r"(?:found|finds)\s+(?:itself|themselves|himself|herself)\s+(?:\w+\s+)?(?:blocked|locked out|shut out|cut off|barred|banned|without)\b",
        "loss",
    ),
    ("revocation", 3, r"los(?:e[sd]?|ing|t)\s+(?=(?:most of |all |the |its |their |direct )*(?-i:\p{Lu}))", "lossof"),
    (
        "revocation",
        2.5,
        r"(?:went|go(?:es|ing)?|gone)\s+dark\s+for\b|(?:stop(?:s|ped)?|ceas(?:es|ed))\s+(?:working|answering|responding|functioning)\s+(?:for|in|inside|with)\b",
        "fails",
    ),
    ("revocation", 2.5, r"sever(?:s|ed|ing)?\s+~from\b|stripp?(?:s|ed|ing)?\s+~of\s+(?:its|their)\b", "verb"),
    ("revocation", 2, r"(?:without|left\s+without|no\s+longer\s+(?:has|have|had))\s+(?:\S+\s+){0,3}?access\b", "loss"),
    (
        "revocation",
        3,
        rf"{_ACCESS_NP}\s+(?:[^\s,;.]+\s+){{0,6}}?(?:is|was|were|are|been|being|be|got|had)\s+(?:\w+ly\s+|also\s+|just\s+|now\s+|simply\s+)?"
        r"(?P<v>revoked|rescinded|yanked|pulled|withdrawn|severed|terminated|cancell?ed|ended|removed|disabled|suspended|cut(?:\s+off)?|deactivated|frozen|closed|denied|"
        r"refused|rejected|shut(?:\s+(?:off|down))?|blocked|taken\s+away|switched\s+off|turned\s+off|stopped|discontinued)\b",
        "undergo",
    ),
    (
        "restriction",
        3,
        rf"{_ACCESS_NP}\s+(?:[^\s,;.]+\s+){{0,6}}?(?:is|was|were|are|been|being|be|got)\s+(?:\w+ly\s+|also\s+|now\s+)?"
        r"(?P<v>restricted|limited|throttled|capped|curbed|curtailed|reduced|halved|slashed|rationed|narrowed|slowed|cut\s+(?:by|to|back))\b",
        "undergo",
    ),
    (
        "restoration",
        3.2,
        rf"{_ACCESS_NP}\s+(?:[^\s,;.]+\s+){{0,6}}?(?:is|was|were|are|been|being|be)\s+(?:\w+ly\s+|also\s+|now\s+)?"
        r"(?P<v>restored|reinstated|returned|given\s+back|switched\s+back\s+on|reopened|resumed|unblocked|back)\b",
        "undergo",
    ),
    # ── access narrowed ───────────────────────────────────────────────────────
    (
        "restriction",
        3,
        r"@(?:restrict(?:s|ed|ing)?|limit(?:s|ed|ing)?|throttl(?:e[sd]?|ing)|cap(?:s|ped|ping)?|curb(?:s|ed|ing)?|curtail(?:s|ed|ing)?|rate-limit(?:s|ed|ing)?|geo-?block(?:s|ed|ing)?|geo-?fenc(?:e[sd]?|ing)|ration(?:s|ed|ing)?|narrow(?:s|ed|ing)?|squeez(?:e[sd]?|ing)|withh(?:olds?|eld|olding)|halv(?:e[sd]?|ing)|slow(?:s|ed|ing)?|tighten(?:s|ed|ing)?|clamp(?:s|ed|ing)?\s+down|lock(?:s|ed|ing)?\s+down|hobbl(?:e[sd]?|ing)|slash(?:es|ed|ing)?)\b",
        "verb",
    ),
    (
        "restriction",
        2.5,
        r"@(?:reduc(?:e[sd]?|ing)|cut(?:s|ting)?(?!\s+(?:off|out))|shr(?:inks?|ank|unk|inking)|trim(?:s|med|ming)?|lower(?:s|ed|ing)?)\s+(?=~(?:capacity|limits?|quotas?|allowance|supply|requests?|throughput|rate|access)\b)",
        "verb",
    ),
    (
        "restriction",
        2.5,
        r"(?:rate|usage|weekly|daily|hourly|message|token|request|speed)\s+(?:limits?|caps?|ceilings?|quotas?)\b",
        "noun",
    ),
    ("restriction", 2, r"(?:restrictions?|limits?|curbs?|caps?|clampdown|throttling|geo-?blocking|ban)\s+on\b", "noun"),
    (
        "restriction",
        2.5,
        r"@(?:ban(?:s|ned|ning)?|bar(?:s|red|ring)?|block(?:s|ed|ing)?|shut(?:s|ting)?|lock(?:s|ed|ing)?|turn(?:s|ed|ing)?)\s+(?=(?:\S+\s+){0,6}?(?:crawlers?|bots?|scrapers?|spiders|third-party|unofficial|regions?|countries|territories|agents?|harness\w*|clients|users in|developers in|customers in|companies (?:in|controlled|owned|based)|firms (?:in|controlled|owned)|owned|controlled)\b)",
        "verb",
    ),
    (
        "restriction",
        2,
        r"@(?:no\s+longer\s+(?:available|offered|supported|sold)\s+(?:in|to)|not\s+(?:be\s+)?available\s+in)\b",
        "loss",
    ),
    (
        "restriction",
        2,
        r"(?:requir(?:e[sd]?|ing)|demand(?:s|ed|ing)?|ask(?:s|ed|ing)?\s+for)\s+(?:\S+\s+){0,5}?(?:verification|ID|identification|proof of identity|approval)\b",
        "verb",
    ),
    # ── access given back ─────────────────────────────────────────────────────
    (
        "restoration",
        3.5,
        r"(?:restor(?:e[sd]?|ing)|reinstat(?:e[sd]?|ing)|re-?open(?:s|ed|ing)?|unblock(?:s|ed|ing)?|re-?enabl(?:e[sd]?|ing)|re-?activat(?:e[sd]?|ing)|unban(?:s|ned|ning)?|re-?admit(?:s|ted|ting)?|re-?connect(?:s|ed|ing)?|unfreez(?:es|ing)|unfroze|reauthori[sz]e[sd]?)\b",
        "verb",
    ),
    (
        "restoration",
        3.5,
        r"@(?:switch(?:es|ed|ing)?|turn(?:s|ed|ing)?|brought|bring(?:s|ing)?|let(?:s|ting)?|g[ai]ve(?:s|n)?|giving|allow(?:s|ed|ing)?|welcom(?:es?|ed|ing))\s+~back\s*(?:on|in|online|to\s+customers)?\b",
        "verb",
    ),
    (
        "restoration",
        3,
        r"@(?:lift(?:s|ed|ing)?|revers(?:e[sd]?|ing)|eas(?:e[sd]?|ing)|relax(?:es|ed|ing)?|drop(?:s|ped|ping)?|rescind(?:s|ed|ing)?|roll(?:s|ed|ing)?\s+back|undo(?:es|ing)?|undid|scrap(?:s|ped|ping)?|walk(?:s|ed|ing)?\s+back|backtrack(?:s|ed|ing)?\s+on|remov(?:e[sd]?|ing))\s+(?=(?:\S+\s+){0,5}?(?:ban|block|restrictions?|suspension|limits?|curbs?|caps?|order|decision|cut-?off|embargo|freeze|controls|policy)\b)",
        "verb",
    ),
    (
        "restoration",
        3,
        r"(?:restoration|reinstatement|resumption|return|reopening)\s+of\s+(?=(?:\S+\s+){0,5}?(?:access|service|API|account))",
        "noun",
    ),
    (
        "restoration",
        3,
        r"(?:regain(?:s|ed|ing)?|wins?|won|winning|g[eo]ts?|getting|has|have|had)\s+(?:\S+\s+){0,4}?(?:access\s+(?:\S+\s+){0,5}?back|back\s+(?:\S+\s+){0,3}?access)\b|regain(?:s|ed|ing)?\s+(?:\S+\s+){0,4}?access\b",
        "loss",
    ),
    (
        "restoration",
        2.5,
        r"(?:back\s+online|available\s+again|resum(?:e[sd]?|ing)\s+(?:\S+\s+){0,3}?(?:service|access|sales|operations?)|access\s+(?:\S+\s+){0,3}?resum(?:e[sd]?|ing))\b",
        "loss",
    ),
    # ── terms ────────────────────────────────────────────────────────────────
    (
        "terms-change",
        3.2,
        r"(?:chang(?:e[sd]?|ing)|rewr(?:ites?|ote|itten|iting)|updat(?:e[sd]?|ing)|amend(?:s|ed|ing)?|revis(?:e[sd]?|ing)|reword(?:s|ed|ing)?|tighten(?:s|ed|ing)?|overhaul(?:s|ed|ing)?|alter(?:s|ed|ing)?|modif(?:y|ies|ied|ying)|expand(?:s|ed|ing)?|introduc(?:e[sd]?|ing)|publish(?:es|ed|ing)?|adopt(?:s|ed|ing)?|add(?:s|ed|ing)?|insert(?:s|ed|ing)?|edit(?:s|ed|ing)?|replac(?:e[sd]?|ing)|relicens(?:e[sd]?|ing)|unveil(?:s|ed|ing)?|issu(?:e[sd]?|ing)|quietly\s+\w+ed)\s+(?=(?:\S+\s+){0,8}?(?:terms(?!\s+of\s+the\s+(?:deal|agreement))|polic(?:y|ies)|developer\s+agreement|user\s+agreement|licen[cs]e(?:\s+(?:agreement|terms))?|usage\s+rules|rules|guidelines|conditions|clause|robots\.txt|section)\b)",
        "verb",
    ),
    (
        "terms-change",
        3,
        r"(?:new|amended|revised|updated|rewritten|changed|tighter|stricter|fresh)\s+(?:\S+\s+){0,3}?(?:terms|polic(?:y|ies)|developer\s+agreement|licen[cs]e\s+(?:terms|agreement)|usage\s+rules|conditions|wording|clause)\b",
        "noun",
    ),
    (
        "terms-change",
        3,
        r"(?:terms|polic(?:y|ies)|agreement|licen[cs]e|rules)\s+(?:\S+\s+){0,5}?(?:chang(?:e[sd]?|ing)|updated|amended|revised|rewritten|reworded|tightened|now\s+(?:forbid|ban|bar|prohibit|say|allow|permit)s?)\b",
        "noun",
    ),
    (
        "terms-change",
        2.5,
        r"chang(?:e|es)\s+(?:to|in)\s+(?:\S+\s+){0,5}?(?:terms|polic(?:y|ies)|agreement|licen[cs]e|rules)\b",
        "noun",
    ),
    (
        "terms-change",
        2.5,
        r"(?:forbid(?:s|ding)?|forbade|prohibit(?:s|ed|ing)?|outlaw(?:s|ed|ing)?|ban(?:s|ned|ning)?|bar(?:s|red|ring)?|rul(?:e[sd]?|ing)\s+out)\s+(?=(?:\S+\s+){0,8}?(?:train(?:ing)?|scraping|crawling|distill\w*|AI\s+use)\b)",
        "verb",
    ),
    # ── prices ───────────────────────────────────────────────────────────────
    (
        "price-change",
        3.2,
        r"(?:rais(?:e[sd]?|ing)|hik(?:e[sd]?|ing)|increas(?:e[sd]?|ing)|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|quadrupl(?:e[sd]?|ing)|lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|cut(?:s|ting)?|announc(?:e[sd]?|ing)|introduc(?:e[sd]?|ing)|set(?:s|ting)?|put(?:s|ting)?|unveil(?:s|ed|ing)?|publish(?:es|ed|ing)?|impos(?:e[sd]?|ing)|chang(?:e[sd]?|ing)|reveal(?:s|ed|ing)?|overhaul(?:s|ed|ing)?|quot(?:e[sd]?|ing)|restructur(?:e[sd]?|ing))\s+(?=(?:\S+\s+){0,7}?(?:prices?|pricing|fees?|charges?|tariffs?|paid\s+tiers?|price\s+list|rates|bill|surcharge|toll)\b)",
        "verb",
    ),
    (
        "price-change",
        3.2,
        r"(?:charg(?:e[sd]?|ing)\s+(?!that\b)(?=(?:\S+\s+){0,10}?(?:for|to\s+use|API|access|developers|per)\b)|(?:start|begin|began|started|going)\w*\s+(?:to\s+)?charg(?:e|ing)|will\s+(?:cost|charge)|price\s+of|paywall(?:s|ed|ing)?|meter(?:s|ed|ing)?\b)",
        "verb",
    ),
    (
        "price-change",
        3,
        r"(?:price|fee|cost|API)\s+(?:increases?|hikes?|rises?|change|list|cuts?)\b|new\s+(?:\S+\s+){0,3}?(?:pric(?:e|es|ing)|fees?|tariffs?|rates)\b|(?:end(?:s|ed|ing)?|stop(?:s|ped|ping)?|scrap(?:s|ped)?|kill(?:s|ed)?|axe[sd]?|shut(?:s|ting)?)\s+(?:\S+\s+){0,4}?(?:free\s+(?:access|API|tier|use|version|plan|of charge)|free)\b|no\s+longer\s+(?:be\s+)?(?:free|support\s+free)|pay-?per-\w+|stop(?:s|ped)?\s+being\s+free|(?:free\s+(?:\S+\s+)?(?:access|tier))\s+(?:\S+\s+){0,4}?(?:end|ends|ended|gone)\b",
        "verb",
    ),
    # ── words ────────────────────────────────────────────────────────────────
    (
        "accusation",
        3.2,
        r"(?:accus(?:e[sd]?|ing)|alleg(?:e[sd]?|ing)|blam(?:e[sd]?|ing)|denounc(?:e[sd]?|ing)|call(?:s|ed|ing)?\s+out|point(?:s|ed|ing)?\s+the\s+finger|suspect(?:s|ed|ing)?|complain(?:s|ed|ing)?\s+(?:that|of|about)|charg(?:es|ed)\s+that|warn(?:s|ed|ing)?\s+(?:\S+\s+){0,4}?(?:off|against|that\s+it\s+would)|demand(?:s|ed|ing)?\s+that)\b",
        "verb",
    ),
    (
        "accusation",
        3,
        r"(?:found|finds|has|have|had|holds|presents?|published|released|uncovered|detected|identified|traced|saw|claims?|claimed)\s+(?:\S+\s+){0,4}?(?:evidence|proof|signs|indications|traces|campaigns?|attempts?|accounts)\s+(?:that|of|by|to)\b",
        "verb",
    ),
    (
        "accusation",
        3,
        r"(?:(?:accusations?|allegations?)\s+(?:that|against|of|from|by)|charges?\s+(?:that|against))\b|cease[- ]and[- ]desist|(?:ordered|orders|told|tells|demand\w*)\s+(?=(?:\S+\s+){0,6}?to\s+stop\s+(?:using|scraping|copying|crawling|training)\b)",
        "noun",
    ),
    (
        "accusation",
        2.2,
        r"(?:distill(?:s|ed|ing|ation)?|distillation|scrap(?:ed|ing)|siphon(?:s|ed|ing)?|harvest(?:s|ed|ing)?|copied|cop(?:ying|ies)|copiers|st(?:ole|olen|ealing)|crawl(?:ed|ing|er|ers)|train(?:ed|ing)\s+on|learn(?:ed|t)\s+from|rip(?:s|ped|ping)?\s+off|extracted|plagiari[sz]\w+|fake\s+accounts|fraudulent\s+accounts|stealth\s+\w+|without\s+(?:permission|paying|a\s+licen[cs]e)|unpaid|mimic\w*|impersonat\w*|unlawful\w*|pirat\w+|robots\.txt)\b",
        "said",
    ),
    # ── courts ───────────────────────────────────────────────────────────────
    (
        "lawsuit",
        4,
        r"(?:su(?:es|ed|ing)|sue|fil(?:e[sd]|ing)\s+(?:\S+\s+){0,3}?against|went\s+to\s+court\s+against)\b|(?:fil(?:e[sd]?|ing)|br(?:ings?|ought|inging)|launch(?:es|ed)?|lodg(?:e[sd]?|ing)|open(?:s|ed)?|start(?:s|ed)?)\s+(?:\S+\s+){0,6}?(?:lawsuit|suit|complaint|legal\s+action|proceedings|case|claim|petition|class\s+action|counterclaim)\b|(?:tak(?:es|en|ing)|took|haul(?:s|ed|ing)?|drag(?:s|ged|ging)?)\s+(?:\S+\s+){0,7}?to\s+court\b",
        "verb",
    ),
    (
        "lawsuit",
        3,
        r"(?:lawsuit|suit|complaint|legal\s+action|class\s+action|proceedings|case)\s+(?:\S+\s+){0,3}?(?:against|by|from|filed)\b",
        "noun",
    ),
    (
        "ruling",
        4,
        r"(?:rul(?:e[sd]|ing)\s+(?:that|in\s+favou?r|against|for|on)|rul(?:e[sd])\b|dismiss(?:es|ed|ing)?|thr(?:ew|ows|own)\s+out|uph(?:olds?|eld)|overturn(?:s|ed)?|vacat(?:e[sd]|ing)|grant(?:s|ed|ing)?\s+(?=(?:\S+\s+){0,5}?(?:injunction|motion|judgment|order|relief|request))|den(?:y|ies|ied)\s+(?=(?:\S+\s+){0,5}?(?:motion|injunction|request|appeal|bid))|enjoin(?:s|ed)?|settl(?:e[sd]|ing)|sid(?:e[sd])\s+with|reject(?:s|ed)?\s+(?=(?:\S+\s+){0,6}?(?:claim|case|bid|argument|suit|appeal|defen[cs]e|motion))|fin(?:e[sd])|award(?:s|ed)?|convict(?:s|ed)?|quash(?:es|ed)?|h(?:olds|eld)\s+that|order(?:s|ed)\s+(?=\S+))",
        "court",
    ),
    (
        "ruling",
        2.5,
        r"(?:ruling|verdict|judgment|judgement|injunction|decision\s+by\s+(?:a|the)\s+(?:\S+\s+){0,3}?(?:court|judge|tribunal)|settlement|court\s+order|restraining\s+order)\b",
        "noun",
    ),
    # ── governments ──────────────────────────────────────────────────────────
    (
        "regulation",
        3.2,
        r"(?:order(?:s|ed|ing)?|ban(?:s|ned|ning)?|block(?:s|ed|ing)?|fin(?:e[sd]|ing)|prohibit(?:s|ed)?|instruct(?:s|ed)?|direct(?:s|ed)|forc(?:e[sd]|ing)|open(?:s|ed)?\s+(?:\S+\s+){0,5}?(?:investigation|inquiry|probe|case|proceedings)|launch(?:es|ed)?\s+(?:\S+\s+){0,5}?(?:investigation|inquiry|probe)|investigat(?:e[sd]|ing)|prob(?:e[sd]|ing)|halt(?:s|ed)?|restrict(?:s|ed)?|limit(?:s|ed)?|suspend(?:s|ed)?|requir(?:e[sd]|ing)|propos(?:e[sd]|ing)|adopt(?:s|ed)?|pass(?:es|ed)?|sign(?:s|ed)?|issu(?:e[sd])|impos(?:e[sd])|enact(?:s|ed)?|approv(?:e[sd])|bar(?:s|red)?|outlaw(?:s|ed)?|tell(?:s)?|told|designat(?:e[sd])|publish(?:es|ed)?|extend(?:s|ed)?)\b",
        "state",
    ),
    # ── agreements ───────────────────────────────────────────────────────────
    (
        "deal",
        3.6,
        r"(?:sign(?:s|ed|ing)?|strik(?:es|ing)|struck|str(?:ikes?)|reach(?:es|ed)?|announc(?:e[sd]?|ing)|enter(?:s|ed)?(?:\s+into)?|clos(?:e[sd])|agree[sd]?\s+(?:on|to)|ink(?:s|ed)?|mak(?:es)|made|unveil(?:s|ed)?|clinch(?:es|ed)?|seal(?:s|ed)?|form(?:s|ed)?|expand(?:s|ed)?|renew(?:s|ed)?)\s+(?=(?:\S+\s+){0,8}?(?:deal|agreement|partnership|licen[cs]e|pact|accord|licensing|alliance|contract|collaboration|arrangement)\b)",
        "verb",
    ),
    (
        "deal",
        3.4,
        r"(?:licens(?:es|ed|ing)|licences|partner(?:s|ed|ing)?\s+(?:up\s+)?with|team(?:s|ed|ing)?\s+up|acquir(?:e[sd]?|ing)|buy(?:s|ing)?|bought|tak(?:es|ing)\s+over|took\s+over|merg(?:e[sd]|ing)\s+with|invest(?:s|ed|ing)?\s+\S+\s+(?:\S+\s+)?in|agree[sd]?\s+(?:\S+\s+){0,3}?to\s+(?:buy|pay|license|sell|supply|let|share|acquire|provide)|join(?:s|ed)?\s+forces|sell(?:s|ing)?\s+(?:\S+\s+){0,4}?(?:data|archive|content|access)\s+to|sold\s+(?:\S+\s+){0,4}?(?:data|archive|content|access)\s+to)\b",
        "verb",
    ),
    (
        "deal",
        3,
        r"(?:licen[cs]ing|content|data|data-sharing|supply|multi-?year)\s+(?:deal|agreement|pact|partnership|contract)\b|(?:deal|agreement|partnership|pact|accord)\s+(?:\S+\s+){0,2}?(?:with|between)\b",
        "noun",
    ),
    # ── answers ──────────────────────────────────────────────────────────────
    (
        "response",
        2.6,
        r"(?:respond(?:s|ed|ing)?\s+(?:to|by|with)|retaliat(?:e[sd]?|ing)|hit(?:s|ting)?\s+back|fir(?:es|ed)\s+back|protest(?:s|ed|ing)?|boycott(?:s|ed|ing)?|apologi[sz](?:e[sd]?|ing)|apology|rebut(?:s|ted)?|walk(?:s|ed)?\s+away|pull(?:s|ed|ing)?\s+out|answer(?:s|ed)?\s+(?:the|to)|push(?:es|ed)?\s+back|(?:defend(?:s|ed)|explain(?:s|ed))\s+(?=(?:\S+\s+){0,6}?(?:decision|cut|move|ban|policy|block|limits?|why))|den(?:ies|ied)\s+(?=(?:\S+\s+){0,5}?(?:accus|alleg|charge|claim|distill|scrap|using|copying|that)))",
        "verb",
    ),
    (
        "response",
        2.6,
        r"(?:(?:shut(?:s|ting)?\s+down(?!\s+(?:the|its|their|\S+'s)\b)|clos(?:e[sd]?|ing)(?!\s+(?:to|enough|the\s+door|the\s+gate|ties|of|on|in\s+on|a|up)\b))|wind(?:s|ing)?\s+down|went\s+dark|go(?:es|ing)?\s+dark|gone\s+dark|set\s+(?:\S+\s+){0,6}?to\s+private|blackout|switch(?:es|ed|ing)?\s+to\s+(?:\S+\s+){0,4}?(?:models?|rival)|migrat(?:e[sd]|ing)|mov(?:es|ed|ing)\s+(?:\S+\s+){0,3}?(?:off|away\s+from))\b",
        "answer",
    ),
    (
        "regulation",
        3.4,
        r"order(?:s|ed|ing)?\s+(?=(?:\S+\s+){0,4}?(?:halt|stop|ban|block|freeze|suspension|removal|recall|to\s+stop|to\s+suspend|to\s+halt|to\s+block)\b)|(?:ban|fin|prob|investigat|block|sanction)(?:s|ned|ed|es)?\s+(?=(?-i:\p{Lu}))",
        "state",
    ),
    (
        "regulation",
        2.6,
        r"(?:provisional|emergency|interim|temporary|government|executive|export)\s+(?:order|ban|measures?|controls|rules?|directive)\b",
        "noun",
    ),
    (
        "deal",
        3.2,
        r"sign(?:s|ed|ing)?\s+~up\b|(?:partnership|deal|agreement|pact|arrangement|contract|collaboration)\s+(?:announced|signed|struck|unveiled|concluded|reached)\b|(?:is|are)\s+(?:going\s+to\s+)?(?:sell|licens)(?:ing)?\s+(?:\S+\s+){0,6}?to\b",
        "verb",
    ),
    (
        "deal",
        2,
        r"(?:gets?|gains?|got|gained|will\s+(?:get|have|gain|receive)|receives?)\s+(?:\S+\s+){0,3}?access\s+to\b",
        "verb",
    ),
    # ── seen from further off ─────────────────────────────────────────────────
    ("revocation", 3, r"(?:took|tak(?:es|en|ing))\s+(?=~away\s+from\b)", "verb"),
    (
        "restriction",
        2.6,
        r"@(?:keep(?:s|ing)?|kept|hold(?:s|ing)?|held)\s+(?=~(?:out\s+of|back|up\s+updates|to\s+(?:approved|vetted|selected|trusted)|for\s+(?:approved|vetted|selected|trusted))\b)",
        "verb",
    ),
    (
        "restriction",
        2.6,
        r"@(?:will\s+not|won't|declin(?:es|ed)\s+to|refus(?:e[sd]?|ing)\s+to)\s+(?:release|launch|offer|sell|run|work|serve|answer|load|let|allow|ship)\b",
        "verb",
    ),
    (
        "restriction",
        2.6,
        r"@(?:lock(?:s|ed|ing)?|ti(?:es|ed)|tying|confin(?:e[sd]|ing)|reserv(?:e[sd]|ing))\s+(?=~to\b)",
        "verb",
    ),
    (
        "restriction",
        2.4,
        r"@(?:stop(?:s|ped)?|paus(?:e[sd]?|ing)|suspend(?:s|ed)?|halt(?:s|ed)?)\s+(?=~(?:sign-ups|signups|new\s+(?:customers|users|accounts|subscriptions)|registrations|top-ups)\b)",
        "verb",
    ),
    (
        "restoration",
        3,
        r"@(?:giv(?:es?|en|ing)|gave|offer(?:s|ed|ing)?|grant(?:s|ed|ing)?|provid(?:es?|ed|ing))\s+(?=(?:\S+\s+){0,7}?again\b)",
        "verb",
    ),
    (
        "restoration",
        2.8,
        r"@(?:com(?:es?|ing)|came|(?:is|are|was|were)|return(?:s|ed|ing)?)\s+back\s+(?:to|for|online|in|on)\b|return(?:s|ed|ing)?\s+(?:to|for)\s+(?:\S+\s+){0,3}?(?:customers|users|developers|service|sale)\b",
        "verb",
    ),
    (
        "restoration",
        2.6,
        r"@open(?:s|ed|ing)?\s+(?=(?:\S+\s+){0,6}?to\s+(?:everyone|everybody|all|developers|the\s+public|customers)\b)",
        "verb",
    ),
    (
        "price-change",
        3.2,
        r"(?:prices?|pricing|fees?|rates|tariffs?|costs?)\s+(?:\S+\s+){0,5}?(?:ris(?:es?|ing)|rose|go(?:es)?\s+up|went\s+up|climb(?:s|ed)?|jump(?:s|ed)?|increas(?:e[sd]?)|doubl(?:e[sd]?)|tripl(?:e[sd]?)|quadrupl\w+|fall(?:s)?|fell|drop(?:s|ped)?)\b",
        "noun",
    ),
    (
        "price-change",
        2.8,
        r"(?:ha(?:s|ve|d)|will\s+have|(?:is|are)\s+going)\s+to\s+pay\b|(?:must|will)\s+(?:now\s+|soon\s+)?pay\b|free\s+(?:\S+\s+)?(?:API|access|tier|plan|use)\s+(?:\S+\s+){0,3}?(?:ends?|ended|ending|gone|closes?)\b|(?:usage-based|metered|per-message|pay-as-you-go)\s+(?:billing|credit|pricing|charges?)|premium\s+requests\b|free\s+of\s+charge\s+no\s+longer",
        "verb",
    ),
    (
        "deal",
        3,
        r"sign(?:s|ed|ing)?\s+(?:up\s+)?(?:for|with)\b|open(?:s|ed|ing)?\s+(?=(?:\S+\s+){0,5}?(?:archives?|titles|catalogue|catalog|library|content|shops?|data|articles|collection|back\s+catalogue)\b[^.;]{0,40}?\bto\b)|tak(?:es|ing)\s+(?:a\s+)?(?:\S+\s+){0,4}?(?:stake|percent|per\s+cent)\b|pay(?:s|ing)?\s+(?:about\s+|some\s+)?[$€£]\S+\s+(?:\S+\s+){0,3}?for\b|paid\s+[$€£]\S+\s+(?:\S+\s+){0,3}?for\b|rent(?:s|ed|ing)?\s+(?=(?-i:\p{Lu}))|renegotiat(?:e[sd]|ing)|swap(?:s|ped)?\s+(?:\S+\s+){0,3}?for\b",
        "verb",
    ),
    (
        "lawsuit",
        3.2,
        r"add(?:s|ed|ing)?\s+(?=(?:\S+\s+){0,8}?to\s+(?:the|its|his|their)\s+(?:case|suit|lawsuit|complaint)\b)|seek(?:s|ing)?\s+(?:an\s+injunction|damages)|asks?\s+(?:a|the)\s+(?:court|judge)",
        "verb",
    ),
    (
        "ruling",
        4,
        r"(?:affirm(?:s|ed)?|paus(?:e[sd])|halt(?:s|ed)?|void(?:s|ed)?|lift(?:s|ed)?|stay(?:s|ed)|reviv(?:e[sd])|send(?:s)?\s+back|sent\s+back|keep(?:s)?|kept|block(?:s|ed)?|bar(?:s|red)?|let(?:s)?|clear(?:s|ed)?|find(?:s)?|found|order(?:s|ed)?|make(?:s)?|made|tell(?:s)?|told|give(?:s)?|gave|temporarily\s+\w+ed|allow(?:s|ed)?|reject(?:s|ed)?|refus(?:e[sd])|throw(?:s)?|threw|toss(?:e[sd])|strikes?|struck|award(?:s|ed)?|freez(?:es)|froze)\b",
        "bench",
    ),
    (
        "response",
        2.8,
        r"(?:ask(?:s|ed|ing)?|urg(?:e[sd]|ing)|call(?:s|ed)?\s+on)\s+(?=(?:\S+\s+){0,6}?to\s+(?:stop|reconsider|reverse|restore|pay|withdraw|use\s+its)\b)|(?:leav(?:es|ing)|quit(?:s|ting)?|exit(?:s|ed|ing)?|abandon(?:s|ed|ing)?|ditch(?:es|ed|ing)?)\s+(?=\S)|testif(?:ies|ied)|shrugs?\s+(?:off|at)|strips?\s+out|forbid(?:s)?\s+(?:its|their)\s+(?:staff|employees)|(?:tell(?:s)?|told|ban(?:s|ned)?)\s+(?:its|their)\s+(?:staff|employees)",
        "verb",
    ),
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that tells of an act. `access` says that the sentence must name something one has access to."""

    kind: str
    weight: float
    pattern: regex.Pattern[str]
    frame: str
    access: bool


def _compile(kind: str, weight: float, source: str, frame: str) -> Cue:
    access = "@" in source
    body = source.replace("@", "").replace("~", WORDS).replace(r"(?:\S+\s+)", r"(?:[^\s,;]+\s+)")
    return Cue(kind, weight, regex.compile(rf"(?<![\p{{L}}-])(?:{body})", regex.IGNORECASE), frame, access)


CUES = tuple(_compile(*row) for row in _ROWS)
