"""How the search stands, in one line for whoever watches the site."""

from search.engines import get_engine
from search.engines.base import Condition


def search_state() -> str:
    """Empty when all is well, else what is degraded. Reads files only."""
    condition = get_engine().condition()
    return "" if condition is Condition.READY else f"search degraded: the index is {condition}"
