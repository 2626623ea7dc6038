"""Word lists that reading shares: data, no logic."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

# Nouns that stand for an organization: "the company", "the Dutch start-up".
ORG_NOUNS = frozenset(
    "company start-up startup firm group lab labs laboratory developer developers maker vendor provider supplier "
    "operator owner parent publisher newspaper paper platform network site website service giant corporation "
    "outfit business retailer carrier insurer studio agency regulator watchdog authority commission ministry "
    "committee department foundation nonprofit non-profit charity cooperative conglomerate broadcaster "
    "organization organisation marketplace forum unicorn incumbent rival competitor upstart chipmaker "
    "software-maker app-maker carmaker tech-giant titan association union consortium university institute archive "
    "library magazine exchange airline hospital consultancy partnership subsidiary venture label distributor "
    "aggregator wholesaler brokerage manufacturer court tribunal government defendant plaintiff".split()
)
GOVERNMENT_NOUNS = frozenset(
    "regulator watchdog authority commission ministry committee department government agency tribunal court".split()
)
# Nouns that stand for a thing one gets access to.
PRODUCT_NOUNS = frozenset(
    "api apis model models assistant chatbot app application tool service platform interface feed dataset database "
    "archive corpus product products editor plugin plug-in extension browser crawler bot agent sdk system software "
    "engine index client llm library catalogue catalog endpoint endpoints family suite marketplace network "
    "subscription repository toolkit".split()
)
# Nouns for a person's office; several words joined by a space.
TITLE_NOUNS = (
    "chief executive officer|chief executive|chief technology officer|chief operating officer|chief financial officer|"
    "chief legal officer|chief product officer|chief science officer|chief scientist|chief communications officer|"
    "chief commercial officer|chief security officer|chief counsel|chief of staff|chief[\\w -]{0,24}officer|"
    "general counsel|deputy general counsel|legal counsel|counsel|managing director|executive director|director general|"
    "director|co-founder|cofounder|founder|co-owner|owner|president|vice[- ]president[\\w ,-]{0,30}|vice[- ]chair\\w*|chairman|"
    "chairwoman|chair|chairperson|spokesperson|spokesman|spokeswoman|press secretary|press officer|secretary|minister|"
    "commissioner|head of [\\w -]{2,40}|head|boss|partner|analyst|lawyer|attorney|solicitor|barrister|professor|researcher|"
    "scientist|engineer|developer|programmer|editor(?:-in-chief)?|publisher|manager|executive|adviser|advisor|consultant|"
    "economist|maintainer|moderator|administrator|judge|magistrate|justice|senator|lawmaker|regulator|teacher|librarian|"
    "administrator|architect|designer|official|officer|representative|deputy|CEO|CTO|COO|CFO|CPO|CSO|CMO|VP|SVP|EVP|MP|MEP|"
    "creator|maker|author|lead|leader|principal|fellow|lecturer|ombudsman|prosecutor|treasurer|strategist|evangelist|"
    "technologist|provost|dean|rector|chancellor|captain|curator|trustee|mathematician|inventor|proprietor|headmaster|headmistress|head teacher|"
    "[\\w-]+ chief|chief of [\\w ]{2,20}|controller|commander|conductor|producer|presenter|programme manager|landlord|operator|"
    "employee|co-author|investor|novelist|writer|journalist|photographer|artist|historian|student|organiser|organizer"
)
# Words that begin sentences, or are capitalised, without naming anybody.
COMMON = frozenset(
    """a about above according across actually ads after afterwards again against ago all almost alone along already
    also although always am among an analysts and announcing another any anybody anyone anything apparently april are
    around as aside ask asked asking at august away back background based be because been before behind being below
    beside besides best better between beyond big biggest both break briefly bring but by call calling calls came can
    cannot certainly cheap chief citing come coming companies companions consider copyright correction could couldn't
    critics customers data day days dear december despite developers did didn't directors disclosure do document
    documents does doesn't doing don't done down due during each earlier early eight either eleven else elsewhere
    email emails e-mail e-mails editor's editors eight else end engineers enough especially even eventually every
    everybody everyone everything evidence exactly executives existing expect experts eyes fair few fewer fifteen
    fifty finally find first five follow following for forget former forty four free friday from full further get
    getting give given giving go going good got great had half happily happy hardly has have haven't having he he's
    hence her here here's hers herself him himself his historically hope how however hundreds i i'd i'll i'm i've if
    image images imagine in indeed industry inside insiders instead internal into investors is isn't it it'd it'll
    it's item its itself january judge judges july june just justice keep know last late lately later lawyers least
    less let let's letters light like likely links little long look looking lots made mainly make makers making many
    march may maybe me meanwhile members might mine model models monday month months more moreover most mostly mr mrs
    ms much must my myself name naturally near nearly neither never nevertheless new news next nine no nobody none
    nonetheless nor not note notes nothing november now numbers o'clock observers october of off officials often oh ok
    okay old on once one only onto open operators opinion or order orders ordinary other others otherwise our ours out
    outside over overnight own page part partners parts paying people per perhaps photo picture please plenty point
    previously prices probably publishers put question quite rather read reached readers reading reaction really
    recent recently remember report reporting reports representatives requests researchers responding rivals rules
    said same saturday save say says scroll second see seen september seven several shares she she's should shouldn't
    shut similar simply since sir six small smaller so software some somebody someone something sometimes somewhere
    soon source sources speaking spokespeople staff start starting state statement step still stop strictly
    subscribers such suddenly sunday sure take taken talks ten terms than thank thanks that that's the their theirs
    them then there there's therefore these they they'll they're thing things think third this those though thousands
    three through thursday thus till time times title to today together tomorrow tonight too took top traffic tuesday
    turn twelve twenty twice two unable under underneath unfortunately unless unlike until up update updated updates
    upon us use used users using usually very via wait want was wasn't watch way we we'll we're we've website wednesday
    week weekend weeks welcome well went were weren't what what's whatever when whenever where whereas wherever
    whether which while who who's whoever whole whom whose why will wire with within without won't words would
    wouldn't write writing yes yesterday yet you you'll you're you've your yours yourself artificial intelligence ai
    api apis ceo cto cfo coo llm llms url http https gmt utc bst est edt pst pdt cet cest sdk faq tos ip vpn gpu gpus
    machine internet web english chinese eastern pacific central eu us uk u.s u.k p.m a.m pm am q a b c d e
    section article clause act bill chapter figure table volume part page line version beta series round phase
    christmas easter new year eve thanksgiving hanukkah ramadan valentine's god heaven earth""".split()
)
ORG_SUFFIXES = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag sa bv nv ab oy as pbc labs lab laboratories ai technologies "
    "technology systems software networks network media group holdings partners ventures capital press "
    "publishing publications publishers news studios studio games foundation institute university college school "
    "council association society union alliance coalition consortium forum agency authority commission ministry "
    "department bureau office court tribunal committee board bank insurance health research robotics analytics "
    "cloud security digital interactive dynamics works industries international solutions services times post "
    "journal herald tribune gazette chronicle courier record wire review archive archives library records "
    "intelligence telecom mobile energy pharma therapeutics logistics foods airlines airways trust federation house collective "
    "cooperative guild parliament senate congress government inspectorate ombudsman register registry exchange circuit echo advertiser argus "
    "mirror observer examiner standard telegraph express globe inquirer sentinel bulletin dispatch weekly brothers sons pictures music entertainment "
    "securities investments advisors advisers associates consulting equities asset management insights strategies economics interactive "
    "motors hotel hospital clinic museum theatre club union federation administration directorate watchdog regulator division centre center services hospitals chambers bakery bakeries advisory state".split()
)
# What says first what sort of company it is, in languages that do: "Grupo Alcaraz" is "Alcaraz" too.
ORG_HEADS = frozenset(
    "grupo groupe gruppo société bureau maison casa compañía companhia compagnie editorial éditions edizioni verlag banco banque atelier stiftung "
    "fondation fundación fundação fondazione instituto institut istituto agence agencia koninklijke".split()
)
# Words that end the names of products of several words: "Harrow Maps".
PRODUCT_TAILS = frozenset(
    "maps marketplace search translate docs assistant code agent pro lite plus max mini flash turbo chat copilot browser vision voice connect "
    "workspace console playground store reader writer editor player engine index lens notes drive sheets feed graph platform model models app "
    "suite kit cloud studio canvas desktop mobile beta preview ultra nano embed vector crawler bot spider".split()
)
COURT_WORDS = frozenset("court tribunal judge magistrate jury justices circuit".split())
FIRST_PERSON = frozenset("i we me my our us".split())
