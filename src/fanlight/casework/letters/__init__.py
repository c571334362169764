"""The letters that a landlord's officers choose from: their words, as data, and the document made of them."""

from fanlight.casework.letters.document import as_pdf
from fanlight.casework.letters.plan import Kept, PlanWritten, plan_as_pdf
from fanlight.casework.letters.wording import LANGUAGES, Kind, LetterFault, Written, kinds_of, words_of

__all__ = [
    "LANGUAGES",
    "Kept",
    "Kind",
    "LetterFault",
    "PlanWritten",
    "Written",
    "as_pdf",
    "kinds_of",
    "plan_as_pdf",
    "words_of",
]
