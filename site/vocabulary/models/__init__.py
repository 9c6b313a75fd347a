"""Terms, places, and the memory of what was loaded from starter files."""

from vocabulary.models.place import Place, PlaceName
from vocabulary.models.starter import StarterRecord
from vocabulary.models.term import Scheme, Term, TermWording

__all__ = ["Place", "PlaceName", "Scheme", "StarterRecord", "Term", "TermWording"]
