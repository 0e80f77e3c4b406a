"""How a letter cites what a request is about: § 1, stk. 2, of the law, and a sector law's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hoering_plugin import danish
from hoering_plugin.model.law import Law, Provision, TaskArea


def cite(law: Law, area: TaskArea, provisions: Iterable[str]) -> str:
    """``§ 1, stk. 2, nr. 2, jf. §§ 85 og 86 i lov om social service``.

    ``provisions`` are keys of one area; KeyError for one the law doesn't have. What stands under a litra is
    cited by it: ``§ 1, stk. 2, nr. 3, litra a, jf. § 17 i lov om miljøbeskyttelse``.
    """
    found = _in_order(law, provisions)
    bare = sorted({p.letter for p in found if p.letter and not p.act})
    parts = [_with_sector("", [p for p in found if not p.letter])] if _unlettered(found) else []
    if bare:
        parts.append(f"litra {danish.listed(bare)}")
    parts += [
        _with_sector(f"litra {letter}", [p for p in found if p.letter == letter and p.act])
        for letter in sorted({p.letter for p in found if p.letter and p.act})
    ]
    start = f"§ 1, stk. 2, nr. {area.number}"
    first = parts[0] if parts else ""
    joined = start + (first if first.startswith(", ") or not first else f", {first}")
    return danish.hold_together(", samt ".join([joined, *parts[1:]]))


def cite_sector(law: Law, provisions: Iterable[str]) -> str:
    """``§ 10, stk. 4, og §§ 97 og 112-114 i lov om social service``; empty where no sector law is cited."""
    return danish.hold_together(_sector(_in_order(law, provisions)))


def _in_order(law: Law, provisions: Iterable[str]) -> list[Provision]:
    return [law.provision(key) for key in sorted(set(provisions), key=law.order)]


def _unlettered(provisions: Sequence[Provision]) -> bool:
    return any(not p.letter for p in provisions)


def _with_sector(start: str, provisions: Sequence[Provision]) -> str:
    sector = _sector(provisions)
    return f"{start}, jf. {sector}" if sector else start


def _sector(provisions: Sequence[Provision]) -> str:
    acts = list(dict.fromkeys(p.act for p in provisions if p.act))
    return danish.listed([f"{_sections([p for p in provisions if p.act == act])} i {act}" for act in acts])


def _sections(provisions: Sequence[Provision]) -> str:
    """The paragraphs of one act: those cited by a subsection first, then whole ones, runs drawn together."""
    whole = [p.section for p in provisions if p.section and not p.subsection]
    parts = [f"§ {p.section}, stk. {p.subsection}" for p in provisions if p.section and p.subsection]
    if whole:
        plain = [int(section) for section in whole if re.fullmatch(r"\d+", section, re.ASCII)]
        others = [section for section in whole if not re.fullmatch(r"\d+", section, re.ASCII)]
        shown = danish.numbers(plain) if not others else danish.listed(whole)
        parts.append(f"{'§§' if len(whole) > 1 else '§'} {shown}")
    return ", og ".join(parts) if len(parts) < 3 else ", ".join(parts)
