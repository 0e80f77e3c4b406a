"""Names of files and folders: ASCII, lower case, short enough, and the same on every machine."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}
)
MAX_SLUG = 60
MAX_WINDOWS_PATH = 259
"""The longest path, in UTF-16 units, that Windows opens as it comes (MAX_PATH less its NUL)."""


def slug(text: str) -> str:
    """The text as part of a file name: ``Sag 2020/9776 Dragør`` gives ``sag-2020-9776-dragoer``.

    Raises :class:`ValueError` if nothing of the text can stand in a name.
    """
    spelled = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFD", spelled).encode("ascii", "ignore").decode("ascii")
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_SLUG].rstrip("-")
    if not made:
        raise ValueError(f"{text!r} has no letter or digit to name a file by")
    return f"{made}-sag" if made in _RESERVED else made


def letter_file(case_number: str, code: str, name: str) -> str:
    """``2020-9776-0155-dragoer.docx``. Raises :class:`ValueError` like :func:`slug`."""
    return f"{slug(case_number)}-{code}-{slug(name)}.docx"


def is_too_long(path: PurePath) -> bool:
    """Whether Windows, as it comes, can't open a file with that full path."""
    return len(str(path).encode("utf-16-le")) // 2 > MAX_WINDOWS_PATH


def is_stray(name: str) -> bool:
    """Whether a file is the system's or Word's own and no document: lock files, hidden and temporary ones."""
    lowered = name.casefold()
    return (
        lowered.startswith(("~", "."))
        or lowered.endswith((".tmp", ".bak"))
        or lowered
        in (
            "desktop.ini",
            "thumbs.db",
        )
    )
