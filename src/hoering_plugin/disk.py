"""Why the system refused a file, in words for a person."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "stien findes ikke",
    errno.EACCES: "programmet har ikke lov til det",
    errno.EPERM: "programmet har ikke lov til det",
    errno.EROFS: "drevet kan kun læses",
    errno.ENOSPC: "der er ikke mere plads på drevet",
    errno.EDQUOT: "der er ikke mere plads til brugeren på drevet",
    errno.EFBIG: "filen er større, end systemet tillader",
    errno.EIO: "drevet melder fejl",
    errno.EISDIR: "det er en mappe og ikke en fil",
    errno.ENOTDIR: "en del af stien er en fil og ikke en mappe",
    errno.EEXIST: "der ligger allerede en fil af det navn",
    errno.ENOTEMPTY: "mappen er ikke tom",
    errno.EBUSY: "filen er i brug i et andet program",
    errno.EMFILE: "der er åbnet for mange filer på én gang",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ELOOP: "genveje peger på hinanden i ring",
    errno.ETIMEDOUT: "drevet svarer ikke",
}


def reason(fault: OSError) -> str:
    """The reason in Danish; in the system's own words where it is a rare one."""
    return _REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
