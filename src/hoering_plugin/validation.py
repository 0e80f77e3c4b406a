"""What pydantic found wrong with a value, said in Danish: every fault, at its place, with what to do.

Cases, condition files and settings are read into the same kind of values; this is the one place that knows
pydantic's own names for errors.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

import pydantic
from pydantic_core import ErrorDetails

from hoering_plugin.findings import Finding, Kind, Place, error
from hoering_plugin.language import Phrase, joined, literal, marked
from hoering_plugin.model.values import Value

Loc = tuple[int | str, ...]
"""Where in a value something is: keys and indexes from the outermost in."""

MISSING = error("felt-mangler", "Feltet »{felt}« mangler.", "Tilføj det: {beskrivelse}")
UNKNOWN = error("felt-ukendt", "Feltet »{felt}« findes ikke her.", "{forslag}")
CHOICE = error("valg-ukendt", "{vaerdi} er ikke et af de mulige valg.", "{forslag}Skriv et af disse: {valg}.")
WRONG_TYPE = error("type-forkert", "{vaerdi} er ikke {ventet}.", "Skriv {ventet} i feltet »{felt}«.")
EMPTY_TEXT = error(
    "tekst-tom", "Feltet »{felt}« er tomt.", "Skriv teksten, eller fjern feltet, hvis det må undværes."
)
TOO_LONG = error("tekst-for-lang", "Teksten er længere end {plads} tegn.", "Afkort teksten.")
BAD_KEY = error(
    "noegle-forkert",
    "{vaerdi} kan ikke bruges som nøgle.",
    "En nøgle har små bogstaver a-z, cifre, bindestreg, understregning og punktum og højst 80 tegn, "
    "fx »dragoer-taarnby«.",
)
TOO_FEW = error("liste-for-kort", "Listen »{felt}« har for få poster.", "Der skal være mindst {antal}.")
NUMBER_RANGE = error("tal-uden-for", "Tallet {vaerdi} er uden for det tilladte.", "Skriv et tal {graense}.")
CHARACTER = error(
    "tegn-ugyldigt",
    "Teksten indeholder tegnet {tegn} på plads {plads}, som ikke kan stå i et brev.",
    "Slet tegnet; det er ofte kommet med fra et andet program.",
)
BAD_DATE = error(
    "dato-ugyldig", "{vaerdi} er ikke en dato, der findes, skrevet som åååå-mm-dd.", "Skriv fx 2020-12-01."
)
BAD_TIME = error(
    "klokkeslaet-ugyldigt", "{vaerdi} er ikke et klokkeslæt.", "Skriv timer og minutter, fx 12.00."
)
BAD_CODE = error(
    "kommunekode-ugyldig",
    "{vaerdi} er ikke en kommunekode.",
    'En kommunekode er fire cifre skrevet som tekst med anførselstegn, fx "0155".',
)
BAD_CVR = error(
    "cvr-ugyldigt",
    "{vaerdi} er ikke et CVR-nummer.",
    "Et CVR-nummer er otte cifre skrevet som tekst, og det sidste er et kontrolciffer. Slå nummeret efter.",
)
DECIDES = error(
    "afgoerelse-uklar",
    "Afgørelsen handler ikke om netop én ting.",
    "Angiv enten bestemmelse og vurdering (fuldt, delvist eller ikke) eller vilkår og udfald.",
)
REASON = error(
    "vilkaar-uden-grund",
    "Kategorien »{kategori}« kræver en grund.",
    "Skriv i feltet »grund«, hvorfor vilkåret stilles.",
)
GROUNDS = error(
    "begrundelse-mangler",
    "Vurderingen »{vurdering}« kræver en begrundelse.",
    "Tilføj »begrundelse« med felterne »regel«, »hensyn« og »fakta«.",
)
PERIOD = error("periode-omvendt", "Perioden slutter, før den begynder.", "Ret »fra« eller »til«.")
UNUSABLE = error("vaerdi-ugyldig", "Værdien {vaerdi} kan ikke bruges i feltet »{felt}«.", "{beskrivelse}")

_OWN: dict[str, Kind] = {
    "dato": BAD_DATE,
    "klokkeslaet": BAD_TIME,
    "kommunekode": BAD_CODE,
    "cvr": BAD_CVR,
    "tegn": CHARACTER,
    "for-lang": TOO_LONG,
    "afgoerelse": DECIDES,
    "grund": REASON,
    "begrundelse": GROUNDS,
    "periode": PERIOD,
    "string_too_long": TOO_LONG,
    "string_pattern_mismatch": BAD_KEY,
}
_SIMPLE: dict[str, Kind] = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "string_too_short": EMPTY_TEXT,
    "too_short": TOO_FEW,
}
_TYPES = {
    "string_type": Phrase("en tekst"),
    "string_unicode": Phrase("en tekst"),
    "int_type": Phrase("et helt tal"),
    "int_parsing": Phrase("et helt tal"),
    "int_from_float": Phrase("et helt tal"),
    "bool_type": Phrase("true eller false"),
    "tuple_type": Phrase("en liste"),
    "list_type": Phrase("en liste"),
    "dict_type": Phrase("en gruppe af felter"),
    "model_type": Phrase("en gruppe af felter"),
    "model_attributes_type": Phrase("en gruppe af felter"),
}
_LIMITS = {
    "greater_than_equal": ("ge", marked("på mindst {antal}")),
    "less_than_equal": ("le", marked("på højst {antal}")),
    "greater_than": ("gt", marked("over {antal}")),
    "less_than": ("lt", marked("under {antal}")),
}


def field_name(loc: Loc) -> str:
    """The innermost field of a location, as one may print it; empty for the outermost value itself."""
    last = next((part for part in reversed(loc) if isinstance(part, str)), "")
    return shown(last)[1:-1]


def findings_from(
    error: pydantic.ValidationError,
    model: type[Value],
    place_of: Callable[[Loc], Place],
    called: Callable[[Loc], str] = field_name,
) -> tuple[Finding, ...]:
    """Every fault that pydantic found when it read ``model``, once each, in its order.

    ``place_of`` is asked where a location (aliases and indexes) is in the file, ``called`` what it is called
    there. For a missing or unknown field the location is that of the field itself; ``place_of`` answers with
    the nearest that exists.
    """
    found: dict[tuple[Loc, str], Finding] = {}
    for details in error.errors(include_url=False):
        if (
            details["type"] == "too_short"
            and isinstance(details["input"], list | tuple)
            and len(details["input"]) >= details["ctx"]["min_length"]
        ):
            continue  # pydantic counts the items that passed; the faulty ones have been told already
        loc, owner = _locate(model, details["loc"])
        cut = len(loc) < len(details["loc"])
        finding = _finding(details, loc, owner, place_of(loc), called(loc), alternatives=cut)
        found.setdefault((loc, finding.id), finding)
    return tuple(found.values())


def shown(value: object, limit: int = 80) -> str:
    """A value from outside as one may print it: quoted, cut, and without characters that can't be shown."""
    if isinstance(value, dict):
        return Phrase("En gruppe af felter")
    if isinstance(value, list | tuple):
        return Phrase("En liste")
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    printable = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text[:limit])
    cut = printable if len(text) <= limit else f"{printable}…"
    return Phrase("»{vaerdi}«", vaerdi=cut) if isinstance(value, str) else cut


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the one written, if any is near."""
    by_folded = {field_folded(name): name for name in known}
    close = get_close_matches(field_folded(word[:200]), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Mente du »kommuner«? `` when a known word is near, else nothing."""
    close = nearest(word, known)
    return Phrase("Mente du »{navn}«? ", navn=close) if close else ""


def field_folded(word: str) -> str:
    """A word as keys are written, so that ``Byråd`` and ``byraad`` are found to be the same."""
    for danish, ascii_ in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        word = word.lower().replace(danish, ascii_)
    return word.replace("-", "_").replace(" ", "_")


def _finding(
    details: ErrorDetails,
    loc: Loc,
    owner: type[Value] | None,
    place: Place,
    name: str,
    *,
    alternatives: bool,
) -> Finding:
    """One finding. ``owner`` is the model that holds the field; ``alternatives``: no type of several fits."""
    kind_name = details["type"]
    context = {key: str(value) for key, value in details.get("ctx", {}).items()}
    last = next((part for part in reversed(loc) if isinstance(part, str)), "")
    fields = _descriptions(owner)
    values = {
        "felt": name or Phrase("roden"),
        "vaerdi": shown(details["input"]),
        "beskrivelse": literal(fields[last]) if fields.get(last) else Phrase("Se formatets beskrivelse."),
    }
    if kind_name in _OWN and not (alternatives and kind_name == "dato"):
        plads = context.get("plads", context.get("max_length", ""))
        return _OWN[kind_name].at(place, **{**values, **_unshadowed(context), "plads": plads})
    if kind_name == "extra_forbidden":
        there = Phrase("Felterne her er {felter}.", felter=", ".join(fields))
        hint = joined([did_you_mean(last, fields), there], "")
        return UNKNOWN.at(place, felt=values["felt"], forslag=hint)
    if kind_name in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", context["expected"])
        written = details["input"] if isinstance(details["input"], str) else ""
        return CHOICE.at(
            place,
            vaerdi=values["vaerdi"],
            forslag=did_you_mean(written, choices),
            valg=joined((Phrase("»{vaerdi}«", vaerdi=choice) for choice in choices), ", "),
        )
    if kind_name in _LIMITS:
        key, words = _LIMITS[kind_name]
        return NUMBER_RANGE.at(place, graense=Phrase(words, antal=context[key]), **values)
    if alternatives:
        return UNUSABLE.at(
            place, **{**values, "beskrivelse": Phrase("Skriv en dato, et helt tal eller en tekst.")}
        )
    if kind_name in _TYPES:
        return WRONG_TYPE.at(place, ventet=_TYPES[kind_name], **values)
    if kind_name == "too_short" and isinstance(details["input"], str):
        return EMPTY_TEXT.at(place, **values)
    return _SIMPLE.get(kind_name, UNUSABLE).at(place, antal=context.get("min_length", ""), **values)


def _unshadowed(context: dict[str, str]) -> dict[str, str]:
    """What our own validators say beside the value itself, which is shown as it was written."""
    return {key: value for key, value in context.items() if key != "vaerdi"}


def _descriptions(model: type[Value] | None) -> dict[str, str]:
    if model is None:
        return {}
    return {field.alias or name: field.description or "" for name, field in model.model_fields.items()}


def _locate(model: type[Value], loc: Loc) -> tuple[Loc, type[Value] | None]:
    """The location without pydantic's names for alternatives, and the model that holds it."""
    annotation: Any = model
    owner: type[Value] | None = None
    kept: list[int | str] = []
    for part in loc:
        annotation = _plain(annotation)
        origin = get_origin(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Value):
            owner = annotation
            annotation = next(
                (f.annotation for n, f in annotation.model_fields.items() if part in (f.alias, n)), None
            )
        elif origin in (tuple, list):
            owner, annotation = None, get_args(annotation)[0]
        elif origin is dict:
            owner, annotation = None, get_args(annotation)[1]
        else:
            break
        kept.append(part)
    return tuple(kept), owner


def _plain(annotation: Any) -> Any:
    """The type without its metadata and without ``| None``."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        real = [part for part in get_args(annotation) if part is not type(None)]
        return _plain(real[0]) if len(real) == 1 else annotation
    return annotation
