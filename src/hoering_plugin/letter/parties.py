"""Who a letter speaks of, in the words of the one it is sent to: roles, partners, and whom conditions bind.

A municipality can hand over in one task area and take over in another, so nothing here is said of a
municipality as a whole, and a cooperation may have more than two members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hoering_plugin.danish import capital, council_of, full_name, hold_together, joint_name, listed, numbers
from hoering_plugin.model.case import Case, Municipality
from hoering_plugin.model.draft import Draft, DraftCondition, DraftRequest
from hoering_plugin.model.law import TaskArea
from hoering_plugin.model.ministry import Assessment

Row = Mapping[str, object]


def met(draft: Draft) -> tuple[DraftRequest, ...]:
    """The requests that the draft permits, wholly or in part; those not answered yet are among them."""
    return tuple(r for r in draft.requests if r.outcome is not Assessment.NONE)


def others(draft: Draft, code: str) -> tuple[Municipality, ...]:
    """The cooperation's members without the one with that code."""
    return tuple(m for m in draft.municipalities if m.code != code)


def councils_of(municipalities: Iterable[Municipality]) -> str:
    """``kommunalbestyrelsen i Dragør Kommune og byrådet i Ishøj Kommune``."""
    return listed([council_of(municipality) for municipality in municipalities])


def tasks(found: Sequence[int]) -> str:
    """``opgave 1, 3 og 4``."""
    return hold_together(f"opgave {numbers(found)}")


def roles(draft: Draft, case: Case, code: str) -> dict[str, list[Row]]:
    """What the permission means for a municipality: what it hands over, and what it takes over from whom."""
    handed: dict[str, list[DraftRequest]] = {}
    for found in met(draft):
        authorised = draft.cooperation.authorised(found.request.area)
        if authorised is not None:
            handed.setdefault(authorised, []).append(found)
    rest = others(draft, code)
    return {
        "afgiver": [
            {**_scope(found, case), "modpart": listed([full_name(m) for m in rest]), "flere": len(rest) > 1}
            for authorised, found in handed.items()
            if authorised == code
        ],
        "overtager": [
            {**_scope(found, case), "bemyndiget": full_name(case.municipality(authorised))}
            for authorised, found in handed.items()
            if authorised != code
        ],
    }


def _scope(found: Sequence[DraftRequest], case: Case) -> dict[str, object]:
    areas = sorted({r.request.area for r in found}, key=lambda area: area.number)
    phrases = [case.law.area_text(area).phrase for area in areas]
    return {
        "omraader": listed(phrases),
        "numre": numbers([r.number for r in found]),
        "flere_opgaver": len(found) > 1,
    }


def authorisations(draft: Draft, case: Case) -> list[Row]:
    """Which council's authorisation (§ 2, stk. 1) no longer covers which tasks."""
    lost: dict[str, list[int]] = {}
    for found in met(draft):
        authorised = draft.cooperation.authorised(found.request.area)
        if authorised is not None:
            lost.setdefault(authorised, []).append(found.number)
    return [
        {"organ": council_of(case.municipality(code)), "opgaver": tasks(found)}
        for code, found in lost.items()
    ]


def bound_names(draft: Draft, condition: DraftCondition) -> str:
    """Whom a condition binds, by name: ``begge kommuner``, ``Tårnby Kommune``."""
    if set(condition.bound) >= {m.code for m in draft.municipalities}:
        return everyone(draft)
    return listed([full_name(m) for m in draft.municipalities if m.code in condition.bound])


def everyone(draft: Draft) -> str:
    """All the cooperation's members: ``begge kommuner``, ``alle kommunerne``."""
    return "begge kommuner" if len(draft.municipalities) == 2 else "alle kommunerne"


def bindings(draft: Draft, code: str) -> list[Row]:
    """Which conditions bind all, the one addressed, and the others, as the one addressed reads it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for condition in draft.conditions:
        groups.setdefault(tuple(sorted(condition.bound)), []).append(condition.number)
    everybody = {m.code for m in draft.municipalities}

    def order(bound: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        return (0 if set(bound) >= everybody else 1 if code in bound else 2), bound

    return [
        {
            "numre": hold_together(f"Vilkår {numbers(groups[bound])}"),
            "hvem": everyone(draft) if set(bound) >= everybody else _addressed(draft, bound, code),
        }
        for bound in sorted(groups, key=order)
    ]


def _addressed(draft: Draft, bound: Sequence[str], code: str) -> str:
    names = [full_name(m) for m in draft.municipalities if m.code in bound and m.code != code]
    return listed(["jer", *names] if code in bound else names)


def bind_others_only(draft: Draft, code: str) -> bool:
    """Whether some condition doesn't bind the municipality with that code."""
    return any(code not in condition.bound for condition in draft.conditions)


def heading_of(area: TaskArea, case: Case) -> str:
    """``Genoptræning (§ 1, stk. 2, nr. 2)``."""
    return hold_together(f"{case.law.area_text(area).heading} (§ 1, stk. 2, nr. {area.number})")


def joint_councils(draft: Draft) -> str:
    """``kommunalbestyrelserne i Dragør og Tårnby Kommuner``."""
    return f"kommunalbestyrelserne i {joint_name(draft.municipalities)}"


def each_council(draft: Draft) -> str:
    """``Kommunalbestyrelsen i Dragør Kommune og byrådet i Ishøj Kommune``, as an address."""
    return capital(councils_of(draft.municipalities))
