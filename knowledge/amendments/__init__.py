"""Let staff repair the knowledge live.

    found = faults(amendment, library)          # field → sentence, for the form it was typed in
    applied = apply(library, amendments)        # a new library, and what no longer fits
    texts = export(texts, library, applied.library)   # the same, written into the files

An amendment is kept as it was made, signed and dated; the packaged files stay the base. Applying
the same amendments again, also to files they were written into, changes nothing more.
"""

from knowledge.amendments.applying import Applied, Aside, apply
from knowledge.amendments.contacts import needs_second
from knowledge.amendments.exporting import FILES, export
from knowledge.amendments.faults import faults
from knowledge.amendments.kinds import (
    Amendment,
    Approved,
    NewAnswer,
    NewEntry,
    NewExample,
    NewPhrasing,
    OfficeCorrected,
    PhoneConfirmed,
    PhoneCorrected,
    Readable,
    Unreadable,
    Withdrawn,
    as_dict,
    cleaned,
    described,
    from_dict,
    mark,
)
from knowledge.amendments.standing import waiting, withdrawals

__all__ = [
    "FILES",
    "Amendment",
    "Applied",
    "Approved",
    "Aside",
    "NewAnswer",
    "NewEntry",
    "NewExample",
    "NewPhrasing",
    "OfficeCorrected",
    "PhoneConfirmed",
    "PhoneCorrected",
    "Readable",
    "Unreadable",
    "Withdrawn",
    "apply",
    "as_dict",
    "cleaned",
    "described",
    "export",
    "faults",
    "from_dict",
    "mark",
    "needs_second",
    "waiting",
    "withdrawals",
]
