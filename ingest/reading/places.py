"""Countries with the words that point to them: names, demonyms, cities. Data, for epithets such as "the Dutch start-up"."""

from __future__ import annotations

from functools import lru_cache

_COUNTRIES = """
us: america american u.s us u.s.a usa california californian texas texan virginia delaware florida massachusetts illinois colorado oregon michigan ohio nevada arizona utah minnesota boston chicago seattle austin dallas houston denver atlanta miami philadelphia pittsburgh washington sacramento cupertino redmond brooklyn manhattan oakland silicon
uk: britain british england english scotland scottish wales welsh u.k uk london cambridge oxford manchester leeds bristol edinburgh glasgow cardiff belfast liverpool birmingham westminster
cn: china chinese beijing shanghai shenzhen hangzhou guangzhou chengdu
hk: macau
fr: france french paris parisian lyon marseille nantes toulouse grenoble lille bordeaux rennes
de: germany german berlin munich hamburg frankfurt cologne stuttgart leipzig dresden bavarian heidelberg karlsruhe
nl: netherlands dutch amsterdam rotterdam utrecht eindhoven delft leiden
be: belgium belgian brussels ghent antwerp bruges leuven liège
lu: luxembourg
it: italy italian rome milan milanese turin bologna florence naples
es: spain spanish madrid barcelona catalan valencia seville bilbao
pt: portugal portuguese lisbon porto coimbra braga
ch: switzerland swiss zurich zürich geneva bern basel lausanne lugano
at: austria austrian vienna graz linz
se: sweden swedish stockholm gothenburg malmö uppsala
no: norway norwegian oslo bergen trondheim tromsø
dk: denmark danish copenhagen aarhus odense
fi: finland finnish helsinki tampere espoo turku
is: iceland icelandic reykjavik
ie: ireland irish dublin cork galway limerick
pl: poland polish warsaw kraków krakow gdańsk gdansk wrocław wroclaw poznań
cz: czech prague brno
sk: slovakia slovak bratislava
hu: hungary hungarian budapest
ro: romania romanian bucharest cluj
bg: bulgaria bulgarian sofia
gr: greece greek athens thessaloniki
tr: turkey turkish istanbul ankara
ru: russia russian moscow
ua: ukraine ukrainian kyiv lviv
ee: estonia estonian tallinn tartu
lv: latvia latvian riga
lt: lithuania lithuanian vilnius kaunas
si: slovenia slovenian ljubljana
hr: croatia croatian zagreb split
rs: serbia serbian belgrade
mt: malta maltese valletta
cy: cyprus cypriot nicosia
il: israel israeli jerusalem haifa
in: india indian delhi mumbai bangalore bengaluru hyderabad chennai pune kolkata
pk: pakistan pakistani karachi lahore
bd: bangladesh bangladeshi dhaka
jp: japan japanese tokyo osaka kyoto fukuoka
kr: korea korean seoul busan
tw: taiwan taiwanese taipei
sg: singapore singaporean
my: malaysia malaysian
id: indonesia indonesian jakarta
th: thailand thai bangkok
vn: vietnam vietnamese hanoi
ph: philippines filipino manila
au: australia australian sydney melbourne brisbane perth adelaide canberra
nz: auckland wellington christchurch
ca: canada canadian toronto montreal montréal vancouver ottawa calgary waterloo quebec québec
br: brazil brazilian brasília brasilia
mx: mexico mexican monterrey guadalajara
ar: argentina argentine
cl: chile chilean santiago
co: colombia colombian bogotá bogota medellín
uy: uruguay uruguayan montevideo
pe: peru peruvian lima
ng: nigeria nigerian lagos abuja
ke: kenya kenyan nairobi
gh: ghana ghanaian accra
rw: rwanda rwandan kigali
za: johannesburg
eg: egypt egyptian cairo
ma: morocco moroccan casablanca rabat
ae: uae emirati dubai
sa: saudi riyadh
jo: jordan jordanian amman
by: belarus belarusian minsk
ge: georgian tbilisi
am: armenia armenian yerevan
az: azerbaijan azerbaijani baku
kz: kazakhstan kazakh almaty
uz: uzbekistan uzbek tashkent
md: moldova moldovan chișinău
al: albania albanian tirana
ba: bosnia bosnian sarajevo
mk: macedonia macedonian skopje
me: montenegro montenegrin podgorica
kp: pyongyang
mm: myanmar burmese
kh: cambodia cambodian
la: laos laotian
mn: mongolia mongolian
np: nepal nepalese kathmandu
ir: iran iranian tehran
iq: iraq iraqi baghdad
sy: syria syrian damascus
lb: lebanon lebanese beirut
qa: qatar qatari doha
kw: kuwait kuwaiti
bh: bahrain bahraini
ye: yemen yemeni
af: afghanistan afghan kabul
cu: cuba cuban havana
ni: nicaragua nicaraguan managua
ve: venezuela venezuelan caracas
ec: ecuador ecuadorian quito
bo: bolivia bolivian
py: paraguay paraguayan
gt: guatemala guatemalan
hn: honduras honduran
pa: panama panamanian
dz: algeria algerian algiers
tn: tunisia tunisian tunis
sn: senegal senegalese dakar
ci: ivorian abidjan
cm: cameroon cameroonian
et: ethiopia ethiopian
tz: tanzania tanzanian
ug: uganda ugandan kampala
zm: zambia zambian lusaka
zw: zimbabwe zimbabwean harare
sd: sudan sudanese khartoum
x: asia asian africa african america oceania scandinavia scandinavian
eu: europe european eu e.u
"""

COUNTRY_OF: dict[str, str] = {
    word: line.split(":")[0] for line in _COUNTRIES.strip().splitlines() for word in line.split(":")[1].split()
}
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central southeast northeast southwest northwest greater".split()
)
PHRASES: dict[str, str] = {
    "san francisco": "us",
    "new york": "us",
    "los angeles": "us",
    "silicon valley": "us",
    "san jose": "us",
    "palo alto": "us",
    "mountain view": "us",
    "menlo park": "us",
    "new jersey": "us",
    "north carolina": "us",
    "south carolina": "us",
    "new mexico": "us",
    "las vegas": "us",
    "salt lake city": "us",
    "san diego": "us",
    "santa clara": "us",
    "united states": "us",
    "northern california": "us",
    "southern california": "us",
    "capitol hill": "us",
    "wall street": "us",
    "united kingdom": "uk",
    "northern ireland": "uk",
    "downing street": "uk",
    "hong kong": "hk",
    "new zealand": "nz",
    "new delhi": "in",
    "south korea": "kr",
    "south korean": "kr",
    "north korea": "kp",
    "buenos aires": "ar",
    "mexico city": "mx",
    "são paulo": "br",
    "sao paulo": "br",
    "rio de janeiro": "br",
    "cape town": "za",
    "tel aviv": "il",
    "abu dhabi": "ae",
    "saudi arabia": "sa",
    "south africa": "za",
    "south african": "za",
    "the hague": "nl",
    "european union": "eu",
    "kuala lumpur": "my",
    "czech republic": "cz",
    "sri lanka": "lk",
    "costa rica": "cr",
    "ho chi minh city": "vn",
    "latin america": "",
    "middle east": "",
    "eastern europe": "",
    "western europe": "",
    "north america": "",
    "south america": "",
}


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Whether `name` is a country, region or city (or a word for what comes from there)."""
    plain = name.casefold().rstrip(".")
    first, _, rest = plain.partition(" ")
    if plain.endswith("s") and plain[:-1] in COUNTRY_OF:
        return True
    return plain in COUNTRY_OF or plain in PHRASES or (first in _DIRECTIONS and rest in COUNTRY_OF)


@lru_cache(maxsize=4096)
def countries_of(words: str) -> frozenset[str]:
    """The countries that `words` point to: "the San Francisco lab" gives {"us"}."""
    plain = words.casefold()
    found = {code for phrase, code in PHRASES.items() if phrase in plain and code}
    return frozenset(
        found | {COUNTRY_OF[w] for w in plain.replace("-based", "").replace(",", " ").split() if w in COUNTRY_OF}
    )


# Where companies that need no introduction are at home.
_AT_HOME = {
    "us": "openai|anthropic|google|meta|microsoft|amazon|apple|x|xai|reddit|perplexity|salesforce|slack|nvidia|github|cloudflare|"
    "stack overflow|netflix|linkedin|spacex|anysphere|windsurf|cognition|scale ai|the new york times|replit|midjourney|disney",
    "cn": "deepseek|alibaba|alibaba cloud|baidu|tencent|bytedance|moonshot ai|zhipu ai|minimax|stepfun|huawei|xiaomi|sensetime|ant group",
    "uk": "stability ai|arm|reach",
    "fr": "mistral ai|hugging face",
    "de": "aleph alpha|sap|celonis|deepl|axel springer",
    "ca": "cohere|shopify",
    "it": "garante per la protezione dei dati personali|italian competition authority",
    "eu": "european commission",
    "br": "cade",
}
HOMES: dict[str, set[str]] = {name: {code} for code, names in _AT_HOME.items() for name in names.split("|")}
