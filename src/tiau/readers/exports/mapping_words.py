"""Words of headings and titles that analysts write, in English, French, Spanish, Portuguese and Arabic."""

from __future__ import annotations

import re
from functools import lru_cache

from tiau.faults import plain
from tiau.readers.exports.columns import heading_word
from tiau.scenario.quantities import QuantityName

_FIELDS = {
    "day": "date|day|jour|jour du rapport|fecha|dia|data|report date|reporting date|date of report|date of arrival|"
    "arrival date|date d arrivee|date du rapport|fecha de llegada|event date|start date|date debut|fecha inicio|"
    "month|mois|mes|year|annee|ano|week|semaine|semana|period|periode|periodo|as of|"
    "from date|التاريخ|تاريخ|اليوم|الشهر",
    "until": "end date|date fin|date de fin|fecha fin|until|to date|end|data fim",
    "place": "place|location|site|site name|camp|camp name|town|village|city|entry point|point of entry|poe|"
    "border point|crossing point|border crossing|crossing|reception centre|reception center|transit centre|settlement|"
    "point d entree|poste frontiere|poste frontalier|localite|lieu|ville|nom du site|lugar|localidad|ciudad|"
    "punto de entrada|punto fronterizo|paso fronterizo|campamento|local|localidade|ponto de entrada|cidade|"
    "location name|place name|name|nom|nombre|nome|area|zone|zona|"
    "المكان|الموقع|المخيم|نقطة الدخول|المدينة|القرية|الاسم",
    "code": "pcode|p code|code|site id|place code|location code|adm1 pcode|adm2 pcode|admin1 pcode|admin2 pcode",
    "country": "country|pays|pais|country of asylum|host country|country name|pays d accueil|pays d asile|البلد|الدولة",
    "admin1": "admin1|adm1|admin 1|state|province|region|governorate|county|departement|wilaya|estado|provincia|"
    "departamento|admin1 name|adm1 name|state name|الولاية|المحافظة",
    "admin2": "admin2|adm2|admin 2|district|locality|department|prefecture|commune|municipality|municipio|distrito|"
    "admin2 name|adm2 name|locality name|المحلية|المنطقة",
    "latitude": "latitude|lat|y|gps lat|gps latitude|latitud|خط العرض",
    "longitude": "longitude|lon|long|lng|x|gps lon|gps long|gps longitude|longitud|خط الطول",
    "origin": "origin|country of origin|place of origin|area of origin|coming from|from|origine|pays d origine|"
    "provenance|lieu d origine|origen|pais de origen|procedencia|origem|nationality|nationalite|nacionalidad|"
    "nacionalidade|الأصل|بلد الأصل|الجنسية",
    "note": "remark|remarks|comment|comments|note|notes|observation|observations|commentaire|commentaires|remarque|"
    "remarques|observacion|observaciones|comentarios|nota|notas|observacoes|description|ملاحظات|ملاحظة|details",
    "said_by": "source|reported by|said by|informant|fuente|fonte|المصدر|source name|partner|organisation|organization",
    "kind": "type|event type|kind|category|incident|incident type|type d evenement|type d incident|tipo|"
    "tipo de evento|site type|type de site|sub event type|event|evenement|evento|النوع|نوع الحدث",
    "fatalities": "fatalities|deaths|killed|dead|casualties|morts|tues|deces|nombre de morts|muertos|fallecidos|"
    "victimas|mortos|number killed|people killed|القتلى|الوفيات|عدد القتلى",
    "id": "id|event id|ref|reference|no|number|numero|identifiant|incident id|serial|s n|sn",
    "people": "population|total population|habitants|inhabitants|poblacion|habitantes|populacao|"
    "population totale|السكان",
}
_FIELD_OF = {heading_word(word): key for key, words in _FIELDS.items() for word in words.split("|")}
_QUANTITIES: tuple[tuple[QuantityName | None, str], ...] = (
    ("turned_back", r"push(ed)? ?backs?|turned (back|away)|refoul\w*|rejected|refused entry|rechazad\w+|denied entry|"
     r"devuelt\w+|recusad\w+"),
    (None, r"return(ee|ed|s\b)\w*|retourn\w*|retornad\w+|rapatri\w*|departures?|departs?|salidas|relocat\w+|"
     r"transfer\w*|العائدين|العائدون"),
    ("arrived_cumulative", r"cumul\w*|acumul\w*|since|depuis|desde|to date|running total|total so far|المجموع التراكمي|"
     r"التراكمي"),
    ("crossed_in_period", r"(new |daily |weekly |monthly )?(arriv\w+|entr(ies|ees|adas|ants)|influx)|newcomers|"
     r"crossed|(nouve\w+|nuev\w+|novas) (arriv\w+|lleg\w+|entr\w+|cheg\w+)|llega\w+|ingres\w+|chega\w+|"
     r"الوافدين|الوافدون|وصول|القادمين|القادمون|الواصلين"),
    ("idp_present", r"idps?|pdi\w*|deplace\w*|desplaza\w+|deslocad\w+|internally displaced|displaced (persons|people)|"
     r"النازحين|النازحون"),
    ("registered", r"regist(ered|rations?)|enregistr\w+|registrad\w+|inscri\w+|المسجلين"),
    ("present", r"refugees?|refugi\w+|present|occup\w+|stock|caseload|residents|in camp|asylum seekers|"
     r"demandeurs d asile|solicitantes|presentes?|اللاجئين|اللاجئون"),
)  # fmt: skip
_HOUSEHOLDS = r"households?|hhs?|famil\w+|menages?|hogar(es)?|agregados|nucleos|الأسر|أسر|عائلات"
_PERSONS = (
    r"individuals?|persons?|people|pers|ind|inds|pax|individus?|personnes?|individuos?|personas?|pessoas?|total|totals|"
    r"totaux|ensemble|grand total|count|number|figure|effectifs?|nombre|cantidad|nr|value|"
    r"الأفراد|أفراد|شخص|المجموع|العدد|الإجمالي"
)
_PARTS = (
    r"m[ae]n|wom[ae]n|males?|females?|child\w*|boys?|girls?|infants?|elderly|adults?|of whom|of which|minors?|youth|"
    r"hommes?|femmes?|enfants?|garcons?|filles?|adultes?|dont|mineurs?|hombres?|mujer(es)?|nin[oa]s?|adultos?|menores|"
    r"homens?|mulher(es)?|criancas?|uam|uasc|unaccompanied|separated|pregnant|disab\w+|vulnerable\w*|m|f|under \w+|"
    r"over \w+|[0-9]+ [0-9]+( ans| years| yrs)?|[0-9]+ \+|الرجال|النساء|الأطفال|رجال|نساء|أطفال|ذكور|إناث"
)
_TOTALS = (
    r"(grand |sub |sous )?(totals?|totaux|soma|suma|somme|sum|ensemble|subtotal|المجموع|الإجمالي|إجمالي)"
    r"( general| global| generale)?"
)
_NOTES = (
    r"notes?|n b|nb|sources?|remarks?|remarques?|nota|notas|fuente|disclaimer|legend|legende|fonte|"
    r"ملاحظة|ملاحظات|المصدر"
)
_GENERIC_SHEET = (
    r"(sheet|feuil|feuille|hoja|tabelle|planilha|folha|data|table|donnees|datos|dados|ورقة|export|report|rapport|"
    r"arrivals|summary|raw data|book|page|worksheet|all|total|master|database|db|daily|main)s? ?[0-9]*"
)


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str:
    """Return what a column of this heading holds, one of `mapping.FIELDS`; blank where its words do not tell."""
    return _FIELD_OF.get(heading_word(heading), "")


@lru_cache(maxsize=4096)
def quantity_of(text: str) -> QuantityName | str | None:
    """Return the quantity that a text speaks of: blank where none, None where one that no report has, as returns."""
    words = heading_word(text)
    for name, pattern in _QUANTITIES:
        if _says(pattern, words):
            return name
    return ""


def households(heading: str) -> bool:
    """Whether a heading says households."""
    return _says(_HOUSEHOLDS, heading_word(heading))


def persons(heading: str) -> bool:
    """Whether a heading says persons, or a total, and nothing of which."""
    return _says(_PERSONS, heading_word(heading))


def part(heading: str) -> bool:
    """Whether a heading says men, women, children or another part of a count."""
    return _says(_PARTS, heading_word(heading))


def totals(text: str) -> bool:
    """Whether a cell begins a row, or a heading a column, of totals."""
    return _compiled(_TOTALS).match(heading_word(text)) is not None


def note(text: str) -> bool:
    """Whether a cell begins a note below a table."""
    return _compiled(_NOTES).match(heading_word(text)) is not None or text.startswith("*")


def generic_sheet(name: str) -> bool:
    """Whether a sheet's name says nothing of a place."""
    word = heading_word(name)
    return not word or _compiled(_GENERIC_SHEET).fullmatch(word) is not None


def _says(pattern: str, words: str) -> bool:
    return _compiled(pattern).search(words) is not None


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Letters lose their marks as those of headings do.
    return re.compile(rf"(?<!\w)(?:{plain(pattern)})(?!\w)")
