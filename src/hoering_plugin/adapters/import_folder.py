"""Delivering into a folder that a records system watches: letter and metadata, moved in whole.

The folder's name follows from the letter's external id, so that the same letter comes to the same place.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from hoering_plugin.adapters import Delivery
from hoering_plugin.delivery.metadata import as_files
from hoering_plugin.disk import reason
from hoering_plugin.findings import OutputError, Place, error
from hoering_plugin.hookspecs import hookimpl

NO_FOLDER = error(
    "import-mappe", "Importmappen kan ikke bruges: {grund}.", "Se efter, om den findes og kan skrives i."
)
OTHER = error(
    "import-andet-brev",
    "I importmappen ligger et andet brev med den samme nøgle.",
    "Se efter i ESDH-systemet, før det afleveres igen.",
)


@hookimpl
def hoering_deliver(delivery: Delivery) -> str:
    """Move the letter with its metadata in; where it lies already, do nothing."""
    folder = Path(delivery.target)
    name = re.sub(r"[^A-Za-z0-9]+", "-", delivery.metadata.external_id).strip("-")
    target = folder / name
    try:
        if not folder.is_dir():
            raise FileNotFoundError(2, "")
        if target.exists():
            if (target / delivery.file).read_bytes() != delivery.data:
                raise OutputError([OTHER.at(Place(str(target)))])
            return str(target)
        part = folder / f".{name}.ny"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for file, data in {
            delivery.file: delivery.data,
            **as_files(delivery.metadata, delivery.file),
        }.items():
            with (part / file).open("xb") as written:
                written.write(data)
                written.flush()
                os.fsync(written.fileno())
        part.rename(target)
    except OSError as fault:
        raise OutputError([NO_FOLDER.at(Place(str(folder)), grund=reason(fault))]) from fault
    return str(target)
