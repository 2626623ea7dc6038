"""Cues by classes of verbs: whatever ends, narrows, gives back, costs, charges, decides. Data for `cues`.

Where the other lists name phrases, these name what a class of verbs does to a class of things, in every tense.
"""

from __future__ import annotations

from ingest.reading.lexicon.forms import doing, done, verbs

# A word between the parts of a cue; what led to an act begins another one.
_GAP = r"(?:(?!(?:after|over|because|when|while|despite|amid|following|that|which|who|whose|where|unless|until|than)\b)[^\s,;.]+\s+)"
_PROVIDE = "supply serve sell provide offer answer license feed power support fill honour honor accept let allow permit grant give"
_PROVIDED = done(
    "supply serve sell provide offer answer license feed power support honour honor accept let allow permit grant give make"
)
_BACK = r"(?:again|once\s+more|back|anew|afresh)"
_SHOP = r"(?:customers?|clients?|buyers?|tenants?|licensees?|partners?|users?|guests?|tenant|account\s+holders?)"
_NOT = r"(?:no\s+longer|never\s+again|not|n't|cannot|no\s+more)"
_BE = r"(?:is|are|was|were|been|being|be|got|gets?)"
_LIMITS = (
    r"(?:caps?|ceilings?|limits?|quotas?|curbs?|brakes?|restrictions?|thresholds?|lid|leash|ration|allowances?|"
    r"wait(?:ing)?[- ]?lists?|controls?|gates?|hurdles?|fence|fences|walls?)"
)
_SUIT = (
    r"(?:lawsuits?|law\s+suits?|suits?|writs?|complaints?|claims?|proceedings|legal\s+action|legal\s+proceedings|litigation|"
    r"class\s+actions?|cases?|petitions?|actions?|legal\s+challenge)"
)
_STUFF = (
    r"(?:archives?|catalogues?|catalogs?|library|libraries|back\s+catalogue|recordings?|songs|titles|articles|photographs|photos|pictures|images|"
    r"books|texts|footage|films|maps|scripts|scores|data|dataset|data\s+sets?|database|content|material|works|journalism|reporting|posts|threads|listings|models?|technology|voices?)"
)
_MONEY = r"(?:[$€£¥₹]\s?\d[\d.,]*\S*|\d[\d.,]*\s?(?:cents?|pence|dollars|euros|pounds|crowns|francs|kroner|yen|rupees|percent|per\s+cent)|(?:a|one|two|three|four|five|ten)\s+(?:cents?|dollars?|euros?|pounds?))"
_PER = r"(?:per|a|an|for\s+(?:each|every)|by\s+the)\s+(?:call|request|query|message|token|seat|user|month|year|head|item|page|article|minute|thousand|million|lookup|search|download|image|hour|day|drop|word)s?"
_BAD = r"(?:cop(?:y|ied|ying)|stole|stolen|stealing|theft|scrap(?:ed|ing)|distill?(?:ed|ing|ation)|harvest(?:ed|ing)|siphon(?:ed|ing)|lifted|lifting|taking|took|taken|breach(?:ed|ing)|break(?:ing)?|broke|broken|violat(?:ed|ing)|flout(?:ed|ing)|abus(?:ed|ing)|misus(?:ed|ing)|train(?:ed|ing)|imitat(?:ed|ing)|clon(?:ed|ing)|crawl(?:ed|ing)|using|help(?:ed|ing)\s+(?:itself|themselves)(?:\s+to)?|milk(?:ed|ing)?|raid(?:ed|ing)|plunder(?:ed|ing)|min(?:ed|ing)|drain(?:ed|ing)|vacuum(?:ed|ing)|swallow(?:ed|ing)|ingest(?:ed|ing)|hoover(?:ed|ing)|taught|teaching|free-?riding|bypass(?:ed|ing)|dodg(?:ed|ing)|circumvent(?:ed|ing)|ignor(?:ed|ing)|disguis(?:ed|ing)|spoof(?:ed|ing)|pos(?:ed|ing))"

# (kind, weight, frame, pattern)
ROWS: tuple[tuple[str, float, str, str], ...] = (
    # ── revocation ──────────────────────────────────────────────────
    (
        "revocation",
        2.6,
        "verb",
        rf"{verbs('slam shut close bolt lock')}\s+(?:the\s+|its\s+)?(?:doors?|gates?|shutters?|hatch|window)\s+(?:on|to|in)\b",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"{verbs('pull yank')}\s+(?:the\s+)?plug\b|{verbs('choke')}\s+~off\b|{verbs('turn')}\s+(?:its|their|a)\s+back\s+on\b",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"{verbs('starve deprive strip relieve divest rob')}\s+{_GAP}{{0,5}}?of\s+(?={_GAP}{{0,5}}?(?:<ACCESS>|<MEANS>|APIs?|models?|data)\b)",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"(?:no\s+longer|never\s+again)\s+(?:be\s+)?(?:{verbs(_PROVIDE)}|keep|kept)\b|(?:stop|stops|stopped|stopping|cease|ceases|ceased|quit|quits|end|ends|ended|ending)\s+(?:to\s+)?(?:{doing(_PROVIDE + ' supply sell ship deliver')}|{doing('work deal trade')}\s+with)\b",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"@(?:will\s+not|won't|would\s+not|not)\s+be\s+(?:made\s+available|{_PROVIDED}|renewed|extended|prolonged)\b",
    ),
    (
        "revocation",
        2.8,
        "verb",
        rf"{verbs('drop dump sack fire ditch expel eject evict banish lose')}\s+~as\s+(?:a\s+|its\s+|an\s+)?{_SHOP}\b",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"(?:{verbs('tear rip')}\s+up|{verbs('terminate cancel void axe scrap rescind break end annul dissolve discontinue')}|{verbs('wind phase')}\s+(?:down|out)|{verbs('walk')}\s+away\s+from|{verbs('pull back')}\s+out\s+of)\s+(?={_GAP}{{0,6}}?(?:contracts?|agreements?|licen[cs]es?|deals?|arrangements?|relationships?|partnerships?|integrations?|supply|subscriptions?)\b)",
    ),
    (
        "revocation",
        2.8,
        "verb",
        rf"{verbs('sever cut break end')}\s+(?:all\s+|off\s+|its\s+|their\s+|the\s+)*(?:ties|relations|relationships?|links?|dealings)\b|{verbs('part')}\s+(?:ways|company)\s+with\b",
    ),
    (
        "revocation",
        2.8,
        "verb",
        rf"{verbs('take')}\s+back\s+(?={_GAP}{{0,4}}?(?:<ACCESS>)\b)|{verbs('withdraw remove yank strip delete pull')}\s+{_GAP}{{0,5}}?(?:<ACCESS>|APIs?|models?|bots?|apps?|plug-?ins?|extensions?)\s+(?:from|out\s+of)\b",
    ),
    (
        "revocation",
        3,
        "verb",
        rf"{verbs('bar ban block exclude lock shut keep stop prevent prohibit')}\s+(?={_GAP}{{1,6}}?from\s+(?:{doing('use call access query reach connect read train run build log get sign draw tap crawl index scrape copy republish post listen')})\b)|@{verbs('bar ban block exclude lock shut')}\s+(?={_GAP}{{1,6}}?from\s+(?:its|their|the)\b)",
    ),
    (
        "revocation",
        2.8,
        "verb",
        rf"@{verbs('banish expel evict eject exile boot oust bounce kick throw chuck remove exclude')}\s+(?:{_GAP}{{0,4}}?)(?:from|off|out\s+of)\s+(?={_GAP}{{0,4}}?(?:program(?:me)?|platform|network|API|APIs|service|marketplace|store|ecosystem|forum|system|models?|developer)\b)",
    ),
    (
        "revocation",
        2.6,
        "verb",
        rf"{verbs('give hand serve send issue')}\s+{_GAP}{{0,5}}?(?:notice\s+to\s+quit|its\s+notice|their\s+notice|eviction\s+notice|termination\s+(?:notice|letter)|marching\s+orders|\w+\s+(?:days?|hours?|weeks?|months?)(?:'s?)?(?:\s+notice|\s+to\s+(?:leave|quit|go|move|clear|migrate)))\b",
    ),
    (
        "revocation",
        2.6,
        "verb",
        r"le(?:ft|aves?|aving)\s+{0,1}~(?:without\s+(?:access|a\s+\w*\s?(?:model|supplier|API)|its\s+\w+)|stranded|high\s+and\s+dry|in\s+the\s+lurch|in\s+the\s+dark|out\s+in\s+the\s+cold|locked\s+out|cut\s+off)".replace(
            "{0,1}", ""
        ),
    ),
    (
        "revocation",
        2.6,
        "noun",
        r"(?:cut-?off|lock-?out|eviction|expulsion|banishment|ejection|severance|termination|revocation|withdrawal|disconnection|shut-?out|shut-?off)\s+(?:of|by|from|was|came|is|took|follows|followed)\b",
    ),
    (
        "revocation",
        2.6,
        "loss",
        rf"(?:find|finds|found|discover|discovers|discovered)\s+(?:that\s+)?{_GAP}{{0,4}}?(?:<ACCESS>|door|doors|gates?|models?|APIs?)\s+(?:(?:had\s+been|was|were|to\s+be)\s+)?(?:closed|shut|locked|dead|gone|revoked|cancell?ed|blocked|cut|suspended|switched\s+off|withdrawn|disabled)\b",
    ),
    (
        "revocation",
        2.4,
        "loss",
        r"(?:can|could|may|will|would)\s+no\s+longer\s+(?:be\s+able\s+to\s+)?(?:use|call|query|reach|get|draw|rely|tap|access|connect|build|run|plug|log|see|look|shop|buy|browse|read|pull|fetch|lean|count|sign|post|search|order|scan)\b",
    ),
    (
        "revocation",
        2.6,
        "undergo",
        r"(?:<ACCESS>|APIs?|contracts?|agreements?|arrangements?|rental|relationship)\s+(?:[^\s,;.]+\s+){0,10}?(?:had\s+been\s+|has\s+been\s+|have\s+been\s+|was\s+|were\s+|is\s+|are\s+|being\s+|would\s+be\s+|will\s+be\s+)(?:\w+ly\s+|also\s+|just\s+|now\s+|simply\s+|to\s+be\s+)?(?P<v>cancell?ed|terminated|torn\s+up|ended|axed|scrapped|voided|wound\s+(?:down|up)|rescinded|annulled|not\s+renewed|choked\s+off|dropped)\b",
    ),
    (
        "revocation",
        2.4,
        "undergo",
        r"(?:access|keys?|accounts?|licen[cs]es?|contract|agreement|feed|supply|connection)\s+(?:[^\s,;.]+\s+){0,4}?(?P<v>ends?|ended|lapsed|lapses|expired|expires|evaporated|vanished|disappeared|dried\s+up|went\s+(?:dead|dark)|ran\s+out|stopped)\b",
    ),
    (
        "revocation",
        2.8,
        "verb",
        rf"{verbs('bring')}\s+{_GAP}{{1,8}}?to\s+an?\s+(?:\w+\s+)?end\b|(?:declin|refus)(?:es?|ed|ing)\s+to\s+(?:renew|extend|prolong|supply|serve|sell|license)\b|{verbs('choose decide')}\s+not\s+to\s+(?:renew|extend|prolong)\b",
    ),
    ("revocation", 2.6, "loss", rf"(?:is|was|are|were)\s+no\s+longer\s+(?:an?\s+|its\s+)?{_SHOP}\b"),
    (
        "revocation",
        2.4,
        "undergo",
        r"(?:requests?|calls|queries|logins?|messages)\s+(?:[^\s,;.]+\s+){0,8}?(?P<v>bounced?|(?:are|were|is|was|being|be|been)\s+(?:refused|rejected|turned\s+away|denied|dropped|met\s+with)|came\s+back\s+(?:with|empty)|come\s+back\s+(?:with|empty))\b",
    ),
    (
        "revocation",
        2.4,
        "verb",
        rf"@{verbs('pull withdraw remove')}\s+{_GAP}{{0,4}}?from\s+(?=(?:the\s+)?(?-i:\p{{Lu}}))",
    ),
    # ── restriction ─────────────────────────────────────────────────
    (
        "restriction",
        2.8,
        "verb",
        rf"@{verbs('throttle ration cap curb narrow squeeze halve trim slash rein restrict limit tighten constrain hobble cramp shrink confine gate fence meter')}\s+(?:back\s+|down\s+|in\s+|off\s+)?(?={_GAP}{{0,6}}?(?:<ACCESS>|APIs?|models?|limits?|users?|developers?|customers?|calls|messages|prompts|usage|programs?|third)\b)",
    ),
    (
        "restriction",
        2.8,
        "verb",
        rf"@{verbs('put place impose set introduce slap clamp announce add bring apply adopt')}\s+(?:in\s+)?(?={_GAP}{{0,6}}?{_LIMITS}\b)",
    ),
    (
        "restriction",
        2.8,
        "verb",
        rf"{verbs('put place keep')}\s+{_GAP}{{0,6}}?(?:on\s+(?:a\s+|short\s+|much\s+)*(?:leaner\s+|strict\s+|tighter\s+)?(?:rations?|diet|leash|waiting\s+list)|behind\s+(?:a\s+|an\s+|the\s+)?{_GAP}{{0,3}}?(?:wall|login|log-in|gate|form|approval|check|waiting\s+list|door|fence))\b",
    ),
    (
        "restriction",
        2.8,
        "verb",
        rf"@{verbs('reserve confine restrict limit lock keep ')}\s+(?={_GAP}{{0,6}}?(?:to|for)\s+(?:{_GAP}{{0,3}}?)(?:approved|vetted|selected|trusted|paying|its\s+own|existing|verified|certified|official|partners?|subscribers|customers|members|residents|licensees)\b)",
    ),
    (
        "restriction",
        2.8,
        "verb",
        rf"@(?:no\s+longer|{verbs('stop cease')}|not)\s+(?:{verbs('let allow permit accept')})\s+(?=(?:anyone|anybody|developers|users|customers|apps|free|most|third|new|outside|people|others|other|unofficial|rival|robots|bots|crawlers|accounts)\b)",
    ),
    (
        "restriction",
        2.8,
        "loss",
        r"no\s+longer\s+(?:be\s+)?(?:sold|offered|available|open|provided|served|supplied|reachable|accessible)\s+(?:to|in|for|outside|from|on)\b|only\s+(?:be\s+)?(?:available|open|sold|offered|accessible)\s+(?:to|in)\b",
    ),
    (
        "restriction",
        2.6,
        "undergo",
        r"(?:<ACCESS>|APIs?|limits?|allowances?|quotas?|plans?|models?)\s+(?:[^\s,;.]+\s+){0,6}?(?:has|have|had|was|were|is|are|being|will\s+be)\s+(?:been\s+)?(?:\w+ly\s+|also\s+|now\s+)?(?P<v>halved|throttled|capped|curbed|trimmed|squeezed|cut\s+(?:to|by|from|in\s+half|back|down)|reduced|lowered|slashed|rationed|reined\s+in|scaled\s+back|whittled|confined|limited|restricted|narrowed|tightened|gated|put\s+(?:behind|on))\b",
    ),
    (
        "restriction",
        2.6,
        "verb",
        rf"@{verbs('turn lock shut keep fence wall screen filter weed chase drive')}\s+(?:away\s+|out\s+|off\s+)?{_GAP}{{0,4}}?(?:crawlers?|bots?|robots?|scrapers?|spiders|agents?|third-party|unofficial|outside\s+(?:apps?|clients?|developers|tools)|browsers?)\b",
    ),
    (
        "restriction",
        2.6,
        "loss",
        r"(?:is|are|was|were|be|remains?|stays?)\s+(?:now\s+)?(?:open|available|reserved|sold|offered|accessible|limited|restricted|confined)\s+(?:only\s+)?(?:to|for)\s+(?:[^\s,;.]+\s+){0,3}?(?:only|alone|partners?|vetted|approved|selected|paying|verified|trusted|existing)\b",
    ),
    (
        "restriction",
        2.4,
        "verb",
        rf"{verbs('keep hold')}\s+{_GAP}{{1,4}}?(?:to|for)\s+(?:itself|themselves)\b|{verbs('confine restrict limit relegate demote downgrade')}\s+{_GAP}{{1,3}}?to\s+(?:an?\s+|the\s+)?(?:older|smaller|basic|free|slower|lesser|previous|weaker)\b",
    ),
    (
        "restriction",
        2.2,
        "verb",
        r"@(?:must|have\s+to|has\s+to|need\s+to|needs\s+to)\s+(?:now\s+|first\s+)?(?:apply|wait|register|queue|seek|request)\b|(?:is|are|were|was)\s+(?:now\s+)?off[- ]limits\s+to\b|hit(?:s|ting)?\s+(?:a|the)\s+(?:\w+\s+)?(?:wall|ceiling|cap)\b",
    ),
    (
        "restriction",
        2.4,
        "verb",
        rf"{verbs('ask require demand want oblige')}\s+{_GAP}{{0,6}}?(?:passports?|identity|ID|proof|papers|verification|identification|licen[cs]e\s+to|permit)\b",
    ),
    # ── restoration ─────────────────────────────────────────────────
    (
        "restoration",
        3.3,
        "verb",
        rf"@{verbs('give hand switch turn let bring put plug open connect supply serve sell welcome admit offer allow invite')}\s+{_GAP}{{0,6}}?{_BACK}\s*(?:on|in|online|up|to\s+\w+|into\s+\w+)?\b(?<!its back)(?<!their back)(?<!a back)",
    ),
    (
        "restoration",
        3.2,
        "verb",
        rf"{verbs('lift ease drop withdraw scrap end remove relax waive cancel rescind revoke reverse overturn undo suspend')}\s+(?={_GAP}{{0,6}}?(?:controls?|curbs?|bans?|blocks?|blockade|embargo|sanctions|restrictions?|limits?|caps?|ceilings?|quotas?|suspension|moratorium|lock-?out|cut-?off|freeze|boycott)\b)|{verbs('reverse')}\s+(?:course|itself|(?:its|the|their|that)\s+{_GAP}{{0,2}}?(?:decision|ban|cut|move|policy|stance|plan))|{verbs('change')}\s+(?:its|their)\s+mind|{verbs('think')}\s+(?:again|better\s+of)|{verbs('back climb')}\s+down\b|{verbs('call')}\s+off\s+{_GAP}{{0,3}}?(?:ban|cut|plan|block)|{verbs('relent')}\b|(?:a|an|its|the)\s+(?:u-turn|about-turn|climbdown|change\s+of\s+heart|reprieve|thaw)\b",
    ),
    (
        "restoration",
        3.2,
        "undergo",
        r"(?:controls?|curbs?|ban|bans|block|embargo|restrictions?|limits?|suspension|lock-?out)\s+(?:[^\s,;.]+\s+){0,4}?(?:is|was|were|are|been|being|be)\s+(?:\w+ly\s+|also\s+|now\s+)?(?P<v>lifted|eased|dropped|withdrawn|scrapped|waived|relaxed)\b",
    ),
    (
        "restoration",
        3.2,
        "undergo",
        r"(?:<ACCESS>|API|models?|tap|taps)\s+(?:[^\s,;.]+\s+){0,6}?(?:is|was|were|are|been|being|be)\s+(?:\w+ly\s+|also\s+|now\s+)?(?P<v>given\s+back|handed\s+back|switched\s+(?:back\s+)?on(?:\s+again)?|turned\s+(?:back\s+)?on(?:\s+again)?|reconnected|returned|restored|reinstated|renewed|unlocked|flowing\s+again)\b",
    ),
    (
        "restoration",
        3,
        "loss",
        rf"(?:is|are|was|were|be|been|has\s+been|have\s+been)\s+(?:\w+\s+)?(?:(?:again|once\s+more|once\s+again)\s+(?:available|open|sold|on\s+sale|reachable|allowed|welcome|offered|connected|online|able|free|served|supplied)|(?:available|sold|open|offered|reachable|allowed|served|switched\s+on|turned\s+on|let\s+in|welcome)\s+(?:\w+\s+)?(?:again|once\s+more))\b|{verbs('work answer function')}\s+again\b|{verbs('get win have')}\s+(?:its|their|his|her)\s+{_GAP}{{0,3}}?(?:access|keys?|API|account|licen[cs]e|feed|data|models?)\s+(?:back|again)\b|{verbs('get win')}\s+back\s+(?=(?:its|their|his|her)\s)|(?:back\s+in\s+business|back\s+in\s+the\s+fold|back\s+on\s+sale)\b",
    ),
    ("restoration", 3, "loss", r"(?:can|could|may|will)\s+(?:once\s+more|once\s+again|again)\s+(?:be\s+)?\w+"),
    (
        "restoration",
        3.2,
        "verb",
        rf"{verbs('return restore')}\s+(?={_GAP}{{0,4}}?(?:credentials|keys?|access|accounts?|feed|API|licen[cs]e)\b)",
    ),
    # ── terms-change ────────────────────────────────────────────────
    (
        "terms-change",
        3.2,
        "verb",
        rf"(?:quietly\s+|silently\s+)?{verbs('change rewrite redraft redraw reword update amend revise alter add insert slip tuck sneak bury tweak edit replace tighten harden toughen stiffen loosen soften overhaul recast redraw extend sharpen')}\s+(?:in\s+|into\s+)?(?={_GAP}{{0,7}}?<RULES>\b)",
    ),
    (
        "terms-change",
        3,
        "undergo",
        r"<RULES>\s+(?:[^\s,;.]+\s+){0,8}?(?:is\s+|was\s+|were\s+|are\s+|been\s+|being\s+|be\s+|has\s+|have\s+)?(?:\w+ly\s+|also\s+|now\s+|been\s+)?(?P<v>changed|rewritten|redrafted|redrawn|brought\s+up\s+to\s+date|modified|reworked|amended|updated|revised|altered|tightened|reworded|toughened|stiffened|extended|replaced|slipped\s+in|added|struck|tweaked|recast|overhauled|edited)\b",
    ),
    (
        "terms-change",
        2.8,
        "noun",
        r"(?:new|fresh|extra|added|revised|amended|updated|stricter|tougher|tighter)\s+(?:[^\s,;.]+\s+){0,2}?(?:<RULES>|paragraph|passage|sentence|wording|line\s+in)\b|<RULES>\s+(?:[^\s,;.]+\s+){0,3}?(?:now|henceforth|from\s+now\s+on)\s+(?:\w+ly\s+)?(?:forbid|ban|bar|prohibit|rule|exclude|require|allow|permit|say|give|grant|claim|let|oblige|reserve|demand|make)\w*",
    ),
    (
        "terms-change",
        2.8,
        "verb",
        rf"(?:{verbs('gain acquire contain carry include')}|(?:now\s+)?(?:has|have))\s+(?:now\s+)?(?:a\s+|an\s+)(?:\w+\s+){{0,2}}?(?:line|clause|paragraph|sentence|passage|section|ban|provision)\s+(?:against|on|that|about|forbidding|barring|banning|saying|under)\b|(?:opt(?:s|ed|ing)?|opt-)\s?(?:out|in)\b(?=[^.;]{{0,60}}?\btrain)|(?:by\s+default)\b(?=[^.;]{{0,40}}?\btrain)|(?:may|can|will|would|to)\s+(?:now\s+|henceforth\s+|also\s+)?(?:be\s+)?(?:used?|fed|drawn\s+on|taken)\s+(?:{_GAP}{{0,3}}?)(?:to\s+train|for\s+(?:the\s+)?training|in\s+training)\b|{verbs('claim reserve grant assert award')}\s+(?:itself\s+|themselves\s+)?(?:the\s+|a\s+)?(?:\w+\s+)?(?:right|rights|licen[cs]e|permission)\s+to\b",
    ),
    (
        "terms-change",
        2.8,
        "verb",
        rf"{verbs('change rewrite redefine extend widen narrow spell')}\s+(?:out\s+)?what\s+(?=[^.;]{{0,60}}?\b(?:may|can|must)\b)|{verbs('forbid ban bar prohibit')}\s+(?:its\s+|all\s+)?(?:customers|users|developers|licensees|clients|rivals|competitors|subscribers)\s+(?:to|from)\b",
    ),
    # ── price-change ────────────────────────────────────────────────
    (
        "price-change",
        3.2,
        "verb",
        rf"{verbs('raise hike increase double triple treble quadruple lower slash cut halve drop reduce announce introduce set put unveil publish impose change overhaul quote restructure scrap waive bring')}\s+(?:up\s+|in\s+)?(?={_GAP}{{0,7}}?(?:prices?|pricing|fees?|charges?|tariffs?|paid\s+tiers?|price\s+list|rates|surcharges?|toll|tolls|bills?|cost\s+of|money\s+rules)\b)",
    ),
    (
        "price-change",
        3,
        "verb",
        rf"(?:now\s+|will\s+(?:now\s+)?|would\s+)(?:costs?|be\s+(?:billed|charged|priced|metered))\b|to\s+cost\s+(?={_GAP}{{0,3}}?(?:{_MONEY}|times|more|twice|double))|{verbs('ask want demand charge bill invoice')}\s+(?:for\s+)?(?:{_GAP}{{0,4}}?)(?:{_MONEY}|more)\s+(?:{_GAP}{{0,3}}?)(?:for|per|a|an|from)\b|{_MONEY}\s+{_PER}\b|(?:set|sets|setting)\s+(?:you|us|them|users|customers|developers)\s+back\b|{verbs('cost')}\s+(?:\w+\s+)?(?:times\s+as\s+much|twice\s+as\s+much|more|double)\b|{verbs('charge bill meter')}\s+(?:for\s+)?(?={_GAP}{{0,5}}?(?:API|access|use|usage|call|calls|requests?|developers|users|apps)\b)",
    ),
    (
        "price-change",
        3,
        "noun",
        r"(?:free|flat-rate|unlimited|all-you-can-eat|legacy|old)\s+(?:\S+\s+)?(?:tier|plan|access|use|allowance|lunch|ride|version|API|calls|rides?|quota|usage)\s+(?:[^\s;.]+\s+){0,8}?(?:(?:is|are|was|were|has\s+been|have\s+been|to\s+be|being|will\s+be)\s+(?:\w+\s+)?(?:over|going|gone|dead|history|ending|ended|finished|no\s+more|scrapped|axed|abolished|withdrawn|dropped|killed|retired|closed)|ends?|ended|disappears?|vanishes|goes|stops?)\b|(?:free\s+of\s+charge|for\s+free|for\s+nothing|gratis)\s+no\s+longer|no\s+longer\s+(?:for\s+free|free|gratis|free\s+of\s+charge|for\s+nothing)\b",
    ),
    (
        "price-change",
        2.8,
        "verb",
        rf"{verbs('make force oblige')}\s+{_GAP}{{1,5}}?(?:to\s+)?pay\b|{verbs('switch move shift migrate convert')}\s+{_GAP}{{0,7}}?(?:to|from)\s+(?:{_GAP}{{0,3}}?)(?:usage-based|metered|per-\w+|pay-\w+|token-based|credit-based|credits|paid|flat)\b|{verbs('end scrap kill axe abolish drop withdraw retire stop remove close')}\s+(?={_GAP}{{0,5}}?(?:free|unlimited|flat-rate|hobby|starter)\s+(?:\S+\s+)?(?:tiers?|plans?|access|use|allowances?|versions?|APIs?|quotas?|calls)\b)",
    ),
    (
        "price-change",
        2.8,
        "noun",
        r"(?:new|fresh|revised|higher|lower|steeper)\s+(?:\S+\s+)?(?:tariffs?|price\s+lists?|prices|pricing|rates|fees|rate\s+card)\b|price\s+(?:rise|rises|increase|increases|hike|hikes|cut|cuts|change|changes|jump|shock)\b|(?:prices?|fees?|bills?|charges?|tariffs?|rates|costs?)\s+(?:\S+\s+){0,6}?(?:ris(?:es?|ing)|rose|risen|go(?:es|ing)?\s+(?:up|down)|went\s+(?:up|down)|climb(?:s|ed)?|jump(?:s|ed)?|increas(?:e[sd]?)|doubl(?:e[sd]?)|tripl(?:e[sd]?)|trebl(?:e[sd]?)|quadrupl\w+|fall(?:s)?|fell|drop(?:s|ped)?|halv(?:e[sd]?))\b",
    ),
    (
        "price-change",
        2.8,
        "verb",
        rf"{verbs('double triple treble quadruple halve raise lower')}\s+what\b|(?:go|goes|went|going|gone|turn|turns|turned)\s+(?:paid|paid-for|metered|pay-as-you-go)\b|{verbs('become get grow make')}\s+(?:{_GAP}{{0,4}}?)(?:dearer|cheaper|pricier|costlier|more\s+expensive)\b|{verbs('add')}\s+(?:a\s+\w+|\S+\s+(?:percent|per\s+cent))\s+to\s+(?={_GAP}{{0,3}}?(?:prices?|rates|fees?|bills?|tariffs?)\b)",
    ),
    # ── deal ────────────────────────────────────────────────────────
    (
        "deal",
        3.4,
        "verb",
        rf"{verbs('agree sign contract undertake')}\s+(?!to\s+(?:\S+\s+)?terms)(?:(?!not\b|terms\b)[^\s,;.]+\s+){{0,3}}?to\s+(?:take\s+over|buy|acquire|license|share|supply|sell|pay|provide|let|open|hand|swap|combine|merge|use|give|run|offer)\b|{verbs('buy snap swallow gobble')}\s+(?:up\s+|out\s+)?(?=(?:-i:)?(?:\S+\s+){{0,4}}?(?:for\s+{_MONEY}|in\s+a\s+deal|outright))|{verbs('take')}\s+over\s+(?=(?-i:\p{{Lu}}))".replace(
            "(?=(?:-i:)?", "(?="
        ),
    ),
    (
        "deal",
        3.2,
        "verb",
        rf"{verbs('sign strike reach ink clinch seal conclude hammer land forge cut do make announce unveil agree close secure broker')}\s+(?:on\s+|out\s+)?(?={_GAP}{{0,8}}?(?:deals?|agreements?|partnerships?|licen[cs]es?|pacts?|accords?|alliances?|contracts?|collaborations?|arrangements?|settlements?|tie-?ups?|truce|terms\s+with)\b)",
    ),
    (
        "deal",
        3,
        "verb",
        rf"{verbs('license sell lend rent lease supply open hand give provide share')}\s+(?:over\s+|up\s+|out\s+)?(?={_GAP}{{0,8}}?{_STUFF}\s+{_GAP}{{0,6}}?(?:to|with)\s+(?:the\s+|{_GAP}{{0,2}}?)(?-i:\p{{Lu}}))",
    ),
    (
        "deal",
        3,
        "verb",
        rf"{verbs('invest put pour plough plow sink')}\s+{_GAP}{{0,3}}?{_MONEY}\s+{_GAP}{{0,3}}?(?:in|into)\b|{verbs('pay')}\s+{_GAP}{{0,6}}?(?:to\s+use|for\s+(?:the\s+)?(?:right|rights|use|access|licen[cs]e|permission)|to\s+train)\b|{verbs('get secure win obtain buy acquire grant gain')}\s+{_GAP}{{0,3}}?(?:rights?|licen[cs]e|permission)\s+(?:to|for)\b|{verbs('join')}\s+forces\b|{verbs('get gain win')}\s+the\s+run\s+of\b|{verbs('team link pair hook tie')}\s+up\b|{verbs('make')}\s+peace\s+with\b|(?:are|were|agree[sd]?|plan|planned|will)\s+(?:to\s+)?(?:merge|combine)\b|under\s+(?:an?|the|its|their)\s+{_GAP}{{0,4}}?(?:contract|deal|licen[cs]e|agreement|pact)\s+(?:signed|announced|struck|agreed|reached|unveiled|concluded)\b|{verbs('throw')}\s+in\s+(?:its|their)\s+lot\s+with|{verbs('come')}\s+to\s+(?:an\s+)?(?:terms|agreement|understanding|arrangement)\b",
    ),
    # ── accusation ──────────────────────────────────────────────────
    (
        "accusation",
        3,
        "verb",
        rf"{verbs('accuse denounce lambast berate rebuke decry condemn chide castigate')}\b|{verbs('level make air voice lay lob fling hurl lodge raise')}\s+{_GAP}{{0,3}}?(?:charges?|accusations?|allegations?|complaints?|blame)\b|{verbs('catch spot nab')}\s+(?={_GAP}{{1,5}}?{_BAD}\b)|{verbs('trace track')}\s+{_GAP}{{0,6}}?(?:back\s+)?to\b(?=[^.;]{{0,60}}?(?-i:\p{{Lu}}))|{verbs('fault criticise criticize reproach blame')}\s+(?={_GAP}{{1,5}}?(?:for|of)\b)|{verbs('catch')}\s+{_GAP}{{1,4}}?(?:red-handed|with\s+(?:its|their)\s+hand)|{verbs('cry')}\s+(?:foul|theft|thief)\b|{verbs('fume rage rail seethe')}\s+(?:at|against|about|over)\b|{verbs('go')}\s+public\s+with\s+(?=\S+\s+{_GAP}{{0,3}}?(?:claims?|accusations?|allegations?|complaints?|evidence|logs|charges?|figures|grievances?))|{verbs('take')}\s+(?:issue|exception)\s+(?:with|to)\b",
    ),
    (
        "accusation",
        2.4,
        "said",
        rf"{_BAD}\b(?=\s+{_GAP}{{0,5}}?(?:its|their|our|the|data|content|models?|terms|rules|posts|outputs?|answers|servers?|sites?)\b)",
    ),
    (
        "accusation",
        2.8,
        "verb",
        rf"{verbs('call brand label dub')}\s+{_GAP}{{1,4}}?(?:an?\s+)?(?:\w+\s+)?(?:thief|thieves|cheats?|copycats?|parasites?|pirates?|free-?riders?|leech|leeches|vandals?|plagiarists?)\b",
    ),
    (
        "accusation",
        2.6,
        "said",
        r"(?:accounts?|addresses|traffic|requests|bots?|crawlers?|users)\s+(?:\w+\s+)?(?:tied|linked|traced|belonging|connected)\s+(?:back\s+)?to\b",
    ),
    # ── lawsuit ─────────────────────────────────────────────────────
    (
        "lawsuit",
        4,
        "verb",
        rf"{verbs('file bring launch lodge start open mount begin institute commence initiate serve press issue take pursue join')}\s+{_GAP}{{0,6}}?{_SUIT}\s+(?:{_GAP}{{0,3}}?)?(?:against|over|in|at|on|with|accusing|claiming|alleging|seeking|before|before)\b|{verbs('haul drag take')}\s+{_GAP}{{1,6}}?(?:to|into|before|through)\s+(?:the\s+|a\s+)?{_GAP}{{0,3}}?(?:courts?|judge|tribunal)\b|{verbs('lodge file serve issue')}\s+(?:\w+\s+)?(?:papers|writs?|summons|claims?)\b|{verbs('seek demand claim')}\s+{_GAP}{{0,4}}?(?:damages|an\s+injunction|injunctive\s+relief)\b",
    ),
    (
        "lawsuit",
        3.2,
        "noun",
        rf"{_SUIT}\s+(?:says|said|alleges|alleged|accuses|accused|argues|argued|asks|asked|seeks|sought|demands|demanded|names|named|was\s+filed|were\s+filed|filed|lodged|brought)\b|(?:being|been|is|was|were|are)\s+sued\b",
    ),
    (
        "lawsuit",
        3.8,
        "verb",
        rf"{verbs('file bring launch start open mount begin institute commence initiate issue take pursue')}\s+{_GAP}{{0,3}}?(?:lawsuits?|suit|writs?|proceedings|legal\s+action|legal\s+proceedings|litigation|class\s+action)\b",
    ),
    (
        "lawsuit",
        3.8,
        "faces",
        rf"{verbs('face')}\s+(?:{_GAP}{{0,4}}?){_SUIT}\b|(?:hit|slapped|served|struck)\s+with\s+(?:{_GAP}{{0,3}}?){_SUIT}\b|(?:is|are|was|were|been|being)\s+(?:\w+\s+)?(?:sued|taken\s+to\s+court|hauled\s+(?:into|before)\s+(?:a\s+|the\s+)?{_GAP}{{0,2}}?courts?|dragged\s+(?:into|before)\s+(?:a\s+|the\s+)?{_GAP}{{0,2}}?courts?)\b",
    ),
    (
        "lawsuit",
        3.2,
        "verb",
        rf"{verbs('want ask urge seek beg invite')}\s+{_GAP}{{0,3}}?(?:judges?|courts?|tribunal)\s+(?={_GAP}{{0,3}}?to\b)",
    ),
    ("lawsuit", 3.2, "party", r"the\s+(?P<side>plaintiffs?|claimants?|petitioners?|defendants?)\b(?=\s*[,.;]|\s+in\b)"),
    (
        "lawsuit",
        3.4,
        "noun",
        r"(?:writs?|papers|summons|lawsuits?|suits?|complaints?|claims?)\s+(?:\S+\s+){0,3}?(?:was|were|has\s+been|have\s+been)\s+(?:served|issued|lodged|filed|brought|submitted)\b",
    ),
    (
        "lawsuit",
        3.4,
        "verb",
        rf"{verbs('seek demand claim want')}\s+(?:{_GAP}{{0,2}}?){_MONEY}\s+(?=[^.;]{{0,60}}?\b(?:suit|lawsuit|court|damages|claim|complaint)\b)",
    ),
    # ── ruling ──────────────────────────────────────────────────────
    (
        "ruling",
        3.6,
        "wins",
        rf"{verbs('win')}\s+(?={_GAP}{{0,7}}?(?:case|suit|lawsuit|appeal|court|trial|ruling|verdict|judgment|injunction|order|damages|dismissal|stay|reprieve|round|battle|fight|bid|motion|victory)\b)|{verbs('prevail triumph')}\s+(?:in|over|against)\b|{verbs('beat defeat')}\s+(?:back\s+|off\s+)?(?={_GAP}{{0,6}}?(?:suit|lawsuit|claim|claims|case|challenge|appeal|in\s+court)\b)",
    ),
    (
        "ruling",
        3.6,
        "loses",
        rf"{verbs('lose')}\s+(?={_GAP}{{0,7}}?(?:case|suit|lawsuit|appeal|court|trial|ruling|verdict|injunction|round|battle|fight|bid|motion|argument)\b)|(?:is|was|were|been)\s+(?:\w+\s+)?(?:ordered|told|directed|forbidden|barred|allowed|cleared)\s+by\s+{_GAP}{{0,7}}?(?:to|from)\b|(?:suffers?|suffered)\s+{_GAP}{{0,3}}?(?:defeat|setback|loss)\s+in\s+court",
    ),
    (
        "ruling",
        3.6,
        "court",
        r"(?:decid(?:e[sd]|ing)|conclud(?:e[sd])|order(?:s|ed)|rul(?:e[sd])|h(?:olds|eld)|find(?:s)?|found|side[sd]?\s+with|agree[sd]?\s+with|refus(?:e[sd])\s+to|declin(?:e[sd])\s+to|strik(?:es)|struck\s+(?:down|out)|set(?:s)?\s+aside|vacat(?:e[sd])|lift(?:s|ed)|stay(?:s|ed)|overturn(?:s|ed)|uph(?:olds|eld)|affirm(?:s|ed)|award(?:s|ed)|fin(?:e[sd])|bar(?:s|red)|block(?:s|ed)|threw\s+out|toss(?:es|ed)\s+out|grant(?:s|ed)|den(?:ies|ied))\s+(?=\S)",
    ),
    # ── regulation ──────────────────────────────────────────────────
    (
        "regulation",
        3.4,
        "state",
        rf"{verbs('order instruct direct tell compel require oblige force')}\s+(?={_GAP}{{1,9}}?to\s+(?:\w+ly\s+)?\w+)|{verbs('fine penalise penalize sanction ban outlaw prohibit block suspend halt freeze investigate probe')}\b|{verbs('impose slap levy')}\s+(?={_GAP}{{0,6}}?(?:fine|penalty|ban|order|curbs?|controls?|sanctions?|restrictions?|duty|tariff)\b)|{verbs('open launch begin start')}\s+(?={_GAP}{{0,6}}?(?:investigation|inquiry|enquiry|probe|proceedings|case|review|consultation)\b)|{verbs('pass adopt approve sign enact publish issue propose unveil')}\s+(?={_GAP}{{0,7}}?(?:law|laws|bill|act|rules?|regulations?|order|decree|directive|ban|code|guidelines|measures?|controls?)\b)|{verbs('tighten loosen extend widen ease')}\s+(?={_GAP}{{0,6}}?(?:controls?|curbs?|rules?|ban|restrictions?|licensing)\b)|{verbs('designate list label brand name blacklist')}\b",
    ),
    ("accusation", 3.2, "verb", rf"{verbs('charge')}\s+(?={_GAP}{{1,8}}?with\s+\w+ing\b)|{verbs('accuse')}\b"),
    (
        "regulation",
        3,
        "noun",
        rf"(?:decrees?|ordinance|executive\s+order|directive|edict|statute|act|law|order|bill|rule|regulation|advisory)\s+(?:that|which|to)\s+(?:\w+ly\s+)?(?:would\s+|will\s+)?{verbs('forbid ban bar order require prohibit limit restrict oblige stop halt block force allow')}\b|(?:under|by)\s+(?:an?|the)\s+(?:\w+\s+)?(?:order|decree|law|directive)\b|{verbs('put')}\s+(?:her|his|its|their)\s+signature\s+to\b",
    ),
    (
        "regulation",
        3,
        "noun",
        r"(?:laws?|bills?|acts?|decrees?|ordinances?|directives?|regulations?|legislation)\s+(?:[^\s,;.]+\s+){0,10}?(?:was|were|has\s+been|have\s+been|is)\s+(?:\w+ly\s+)?(?:adopted|passed|approved|signed|enacted|voted|gazetted)\b|(?:laws?|legislation|regulations|statutes?)\s+(?:\w+\s+)?(?:obliges?|requires?|forces?|compels?|forbids?|bans?|bars?|prohibits?)\b",
    ),
    # ── response ────────────────────────────────────────────────────
    (
        "response",
        2.8,
        "verb",
        rf"{verbs('say call brand describe label dismiss insist')}\s+(?:that\s+)?(?:{_GAP}{{0,5}}?)(?:accusations?|allegations?|claims?|charges?|report|ban|move|decision|order|suit|lawsuit|complaint)\s+(?:is\s+|are\s+|was\s+|were\s+|as\s+)?(?:\w+\s+)?(?:false|untrue|baseless|unfounded|wrong|nonsense|without\s+merit|lies?|absurd|misleading|meritless|unfair|disproportionate|blackmail|bullying)\b",
    ),
    (
        "response",
        3,
        "answer",
        rf"{verbs('shut close end fold quit leave stop')}\s+(?:{_GAP}{{0,5}}?)(?:rather|sooner)\s+than\b",
    ),
    (
        "response",
        2.6,
        "answer",
        rf"{verbs('switch move migrate turn shift defect decamp')}\s+(?:over\s+|instead\s+|its\s+\w+\s+|their\s+\w+\s+)?to\s+(?={_GAP}{{0,5}}?(?:models?|own|rival|supplier|open|another|alternatives?|competitors?|elsewhere)\b)|{verbs('wind shut close')}\s+(?:down|up)\s+(?={_GAP}{{0,3}}?(?:app|apps|service|site|business|operations|itself|for\s+good)\b)|(?:will|would|vows?\s+to|vowed\s+to|promis(?:es|ed)\s+to)\s+(?:fight|contest|appeal|challenge|resist)\b|in\s+protest\b|{verbs('boycott strike')}\b",
    ),
    (
        "response",
        2.8,
        "verb",
        rf"(?:answer|rebut|rebuff|reject|deny|dispute|refute|dismiss|contest|challenge)(?:s|es|ed|ing)?\s+(?:in\s+full\s+|flatly\s+|outright\s+)?(?={_GAP}{{0,3}}?(?:suggestions?|accusations?|allegations?|claims?|charges?|assertions?|notion|idea|version|account|dossier|report|criticism|critics)\b)|{verbs('answer')}\s+(?=(?-i:\p{{Lu}})\S+\s*(?::|$))",
    ),
    (
        "response",
        2.6,
        "verb",
        rf"{verbs('rebut retort rebuff deny dispute contest refute counter defend justify apologise apologize')}\s+(?={_GAP}{{0,6}}?(?:accusations?|allegations?|claims?|charges?|criticism|decision|move|ban|cut|report|reports|for|itself|users|developers|customers)\b)|{verbs('hit strike fire shoot snap lash')}\s+back\b|come(?:s)?\s+out\s+swinging|came\s+out\s+swinging",
    ),
)
