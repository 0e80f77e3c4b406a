"""Where the Word templates are: beside the sources in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

from hoering_plugin.findings import Place, SetupError, error

DEFAULT = "hoeringsbrev.docx"
MISSING = error(
    "skabelon-findes-ikke",
    "Skabelonen {navn} følger ikke med programmet.",
    "Angiv en skabelon med dens fulde sti, eller installér programmet igen.",
)
_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")


def template_path(name: str = DEFAULT) -> Path:
    """The path of a template that the program ships. Raises :class:`SetupError` if there is none."""
    for folder in _PLACES:
        if (folder / name).is_file():
            return folder / name
    raise SetupError([MISSING.at(Place(name), navn=name)])
