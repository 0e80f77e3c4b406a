"""Why the system refused a file, in words for a person."""

from __future__ import annotations

import errno

from hoering_plugin.language import Phrase

_REASONS = {
    errno.ENOENT: Phrase("stien findes ikke"),
    errno.EACCES: Phrase("programmet har ikke lov til det"),
    errno.EPERM: Phrase("programmet har ikke lov til det"),
    errno.EROFS: Phrase("drevet kan kun læses"),
    errno.ENOSPC: Phrase("der er ikke mere plads på drevet"),
    errno.EDQUOT: Phrase("der er ikke mere plads til brugeren på drevet"),
    errno.EFBIG: Phrase("filen er større, end systemet tillader"),
    errno.EIO: Phrase("drevet melder fejl"),
    errno.EISDIR: Phrase("det er en mappe og ikke en fil"),
    errno.ENOTDIR: Phrase("en del af stien er en fil og ikke en mappe"),
    errno.EEXIST: Phrase("der ligger allerede en fil af det navn"),
    errno.ENOTEMPTY: Phrase("mappen er ikke tom"),
    errno.EBUSY: Phrase("filen er i brug i et andet program"),
    errno.EMFILE: Phrase("der er åbnet for mange filer på én gang"),
    errno.ENAMETOOLONG: Phrase("navnet er for langt"),
    errno.ELOOP: Phrase("genveje peger på hinanden i ring"),
    errno.ETIMEDOUT: Phrase("drevet svarer ikke"),
}


def reason(fault: OSError) -> str:
    """The reason in Danish; in the system's own words where it is a rare one."""
    return _REASONS.get(fault.errno or 0) or fault.strerror or str(fault)
