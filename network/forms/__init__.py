"""What the pages of the network ask for. One module for each room."""

from network.forms.people import FACETS, MOST_SHOWN, PAGE, RADII, PeopleQuestion, read

__all__ = ["FACETS", "MOST_SHOWN", "PAGE", "RADII", "PeopleQuestion", "read"]
