"""Whether each tag of a template can be read, and whether every block that begins also ends, in its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from hoering_plugin.findings import Finding, Place, error, warning
from hoering_plugin.language import Phrase
from hoering_plugin.letter.compile import SYNTAX
from hoering_plugin.letter.environment import STRICT
from hoering_plugin.letter.jinja_words import in_danish
from hoering_plugin.letter.marks import Piece
from hoering_plugin.letter.undefined import nearest

TYPOGRAPHY = error(
    "skabelon-anfoersel",
    "I {pladsholder} står »{tegn}«, som Word har sat ind; det kan ikke stå i et mærke.",
    'Skriv lige anførselstegn (") og almindelig bindestreg (-).',
)
HALF_TAG = error(
    "skabelon-maerke-halvt",
    "»{tekst}« er kun begyndelsen eller slutningen på et mærke.",
    "Skriv hele mærket: {{{{ navn }}}} eller {{% if … %}}.",
)
UNKNOWN_WORD = error(
    "skabelon-ordre", "{pladsholder}: »{ord}« er ikke en ordre, som Jinja kender.", "{forslag}"
)
UNKNOWN_FILTER = error("skabelon-filter", "{pladsholder}: der er intet filter »{navn}«.", "{forslag}")
OUTSIDE_TABLE = error(
    "skabelon-uden-for-tabel",
    "{pladsholder} gælder en række eller celle, men står ikke i en tabel.",
    "Brug {{%p … %}} om hele afsnit.",
)
PERCENT = error(
    "skabelon-procent",
    "{pladsholder} indeholder % eller }}, som docxtpl ikke kan læse i et mærke med {bogstav}.",
    "Lad sagen udregne værdien.",
)
NO_FILES = error(
    "skabelon-andre-filer",
    "{pladsholder} henter fra en anden fil; det kan en skabelon ikke.",
    "Skriv teksten i skabelonen selv.",
)
NOT_ENDED = error(
    "skabelon-blok-aaben", "{pladsholder} slutter aldrig.", "Tilføj det manglende mærke, her »{slut}«."
)
NOT_BEGUN = error(
    "skabelon-blok-ubegyndt",
    "{pladsholder} passer ikke til noget, der er begyndt.",
    "Fjern mærket, eller tilføj det, der begynder.",
)
WRONG_END = error(
    "skabelon-blok-forkert",
    "{pladsholder} slutter ikke {begynder} ({sted}), som er det sidst begyndte.",
    "Slut blokkene i omvendt rækkefølge af den, de begynder i.",
)
CROSSING = error(
    "skabelon-blok-krydser",
    "{begynder} ({sted}) og {pladsholder} står ikke i {samme}.",
    "Sæt dem samme sted, eller brug {{%p … %}} om hele afsnit og {{%tr … %}} om hele rækker.",
)
CROSSING_PARAGRAPHS = warning(
    "skabelon-blok-afsnit",
    "{begynder} ({sted}) slutter i et andet afsnit ({pladsholder}), så de to afsnit smelter sammen.",
    "Brug {{%p … %}}, hvis hele afsnit skal med eller udelades.",
)
OTHER_PREFIX = warning(
    "skabelon-blok-forskel",
    "{begynder} ({sted}) og {pladsholder} har ikke samme bogstav efter %.",
    "Brug samme: {{%p, {{%tr, {{%tc, {{%r eller ingen.",
)

TAG = re.compile(
    r"\{(?P<mark>[%{#])(?P<prefix>(?:tr|tc|p|r)(?=\s))?(?P<trim>[-+]?)(?P<inside>.*?)[-+]?[%}#]\}", re.DOTALL
)
_MERGES = re.compile(r"\s*(?P<word>colspan|cellbg)\s+(?P<expression>.*)", re.DOTALL)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_TYPOGRAPHY = re.compile("[„‚»«–—‹›]")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BLOCKS = ("if", "for", "macro", "call", "filter", "with", "autoescape", "raw", "set")
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_FILES = ("extends", "include", "import", "from", "block", "endblock")
_ALL = (*_BLOCKS, *_MIDDLES, *_FILES, *(f"end{word}" for word in _BLOCKS))


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as Jinja will see it: ``source`` without what only docxtpl knows, ``word`` its first word."""

    piece: Piece
    prefix: str
    word: str
    source: str

    @property
    def place(self) -> Place:
        """Where it is in Word."""
        return Place(path=self.piece.place)


def tags_of(pieces: Iterable[Piece]) -> list[Tag]:
    """The tags of a part that Jinja acts on: no comments, and none inside ``{% raw %}``."""
    tags: list[Tag] = []
    raw = False
    for piece in pieces:
        tag = _tag(piece) if piece.is_tag else None
        if tag is None or (raw and tag.word != "endraw"):
            continue
        raw = tag.word == "raw"
        tags.append(tag)
    return tags


def check_tags(pieces: Iterable[Piece]) -> Iterator[Finding]:
    """Everything wrong with the tags of one part, each by itself and as blocks."""
    pieces = tuple(pieces)
    tags = tags_of(pieces)
    for piece in pieces:
        yield from _half(piece)
    for tag in tags:
        yield from _readable(tag)
    yield from _blocks(tags)


def readable(tag: Tag) -> bool:
    """Whether a tag by itself can be read."""
    return not any(True for _ in (*_half(tag.piece), *_readable(tag)))


def _tag(piece: Piece) -> Tag | None:
    found = TAG.fullmatch(piece.text)
    if found is None or found["mark"] == "#":
        return None
    prefix, inside = found["prefix"] or "", found["inside"].translate(_STRAIGHT)
    merge = _MERGES.fullmatch(inside)
    if found["mark"] == "{" or merge:
        expression = merge["expression"] if merge else inside
        return Tag(piece, prefix, "", f"{{{{{expression}}}}}")
    words = inside.split()
    if words and words[0] in ("vm", "hm"):
        return None
    return Tag(piece, prefix, words[0] if words else "", f"{{%{inside}%}}")


def _half(piece: Piece) -> Iterator[Finding]:
    text = piece.text[2:-2] if piece.is_tag else piece.text
    if not piece.text.startswith("{#") and (found := _HALF.search(_STRING.sub("", text))):
        about = piece.text[: 2 + found.end() + 20] if piece.is_tag else piece.text
        yield HALF_TAG.at(Place(path=piece.place), tekst=about[:60])


def _readable(tag: Tag) -> Iterator[Finding]:
    shown = tag.piece.text
    if tag.prefix in ("tr", "tc") and _table(tag.piece.place) == _cell(tag.piece.place):
        yield OUTSIDE_TABLE.at(tag.place, pladsholder=shown)
    elif tag.prefix and re.search("[%}]", tag.source[2:-2]):
        yield PERCENT.at(tag.place, pladsholder=shown, bogstav=tag.prefix)
    elif found := _TYPOGRAPHY.search(_STRING.sub("", tag.source)):
        yield TYPOGRAPHY.at(tag.place, pladsholder=shown, tegn=found[0])
    elif tag.word in _FILES:
        yield NO_FILES.at(tag.place, pladsholder=shown)
    elif tag.source.startswith("{%") and tag.word not in _ALL:
        yield UNKNOWN_WORD.at(tag.place, pladsholder=shown, ord=tag.word, forslag=_suggestion(tag.word))
    elif not _HALF.search(_STRING.sub("", shown[2:-2])):
        try:
            tree = STRICT.parse(alone(tag))
        except TemplateSyntaxError as exc:
            yield SYNTAX.at(tag.place, pladsholder=shown, grund=in_danish(exc.message or ""))
            return
        for kind, known in ((nodes.Filter, STRICT.filters), (nodes.Test, STRICT.tests)):
            for node in tree.find_all(kind):
                if node.name not in known:
                    yield UNKNOWN_FILTER.at(
                        tag.place, pladsholder=shown, navn=node.name, forslag=nearest(node.name, tuple(known))
                    )


def _suggestion(word: str) -> str:
    if word in ("p", "r", "tr", "tc"):
        return Phrase("Skriv {{%{ord} uden mellemrum efter %.", ord=word)
    near = difflib.get_close_matches(word, _ALL, 1)
    return Phrase("Mente du »{navn}«?", navn=near[0]) if near else Phrase("Ret mærket.")


def alone(tag: Tag) -> str:
    """A tag made into a whole template of its own."""
    if tag.word == "elif":
        return f"{{% if x %}}{tag.source}{{% endif %}}"
    if tag.word == "else" or tag.word.startswith("end"):
        return ""
    if tag.word in _BLOCKS and not _is_assignment(tag):
        return f"{tag.source}{{% end{tag.word} %}}"
    return tag.source


def _is_assignment(tag: Tag) -> bool:
    return tag.word == "set" and "=" in tag.source


def _blocks(tags: list[Tag]) -> Iterator[Finding]:
    opened: list[Tag] = []
    for tag in tags:
        shown = tag.piece.text
        if tag.word in _BLOCKS and not _is_assignment(tag):
            opened.append(tag)
        elif tag.word in _MIDDLES or (tag.word.startswith("end") and tag.word[3:] in _BLOCKS):
            wanted = _MIDDLES.get(tag.word, (tag.word[3:],))
            if not any(one.word in wanted for one in opened):
                yield NOT_BEGUN.at(tag.place, pladsholder=shown)
                continue
            while opened[-1].word not in wanted:
                one = opened.pop()
                yield WRONG_END.at(tag.place, pladsholder=shown, begynder=one.piece.text, sted=one.place)
            yield from _crossing(opened[-1], tag)
            if tag.word not in _MIDDLES:
                opened.pop()
    for one in opened:
        yield NOT_ENDED.at(one.place, pladsholder=one.piece.text, slut=f"{{%{one.prefix} end{one.word} %}}")


def _crossing(begin: Tag, end: Tag) -> Iterator[Finding]:
    """Whether a block's ends stand where they may, by what docxtpl will take away around each."""
    values = {"begynder": begin.piece.text, "sted": str(begin.place), "pladsholder": end.piece.text}
    if begin.prefix != end.prefix:
        yield OTHER_PREFIX.at(end.place, **values)
        return
    levels = {
        "": (Phrase("samme celle"), _cell),
        "r": (Phrase("samme celle"), _cell),
        "p": (Phrase("samme celle"), _cell),
        "tr": (Phrase("samme tabel"), _table),
        "tc": (Phrase("samme række"), _row),
    }
    same, container = levels[begin.prefix]
    if container(begin.piece.place) != container(end.piece.place):
        yield CROSSING.at(end.place, samme=same, **values)
    elif begin.prefix in ("", "r") and begin.piece.place != end.piece.place:
        yield CROSSING_PARAGRAPHS.at(end.place, **values)


def _cell(place: str) -> str:
    return re.sub(r"(?:, )?\d+\. afsnit$", "", place)


def _row(place: str) -> str:
    return re.sub(r", celle \d+$", "", _cell(place))


def _table(place: str) -> str:
    return re.sub(r", række \d+$", "", _row(place))
