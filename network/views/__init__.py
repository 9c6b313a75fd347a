"""Views parse a form, make one call, render. One module for each room of the network's pages."""

from network.views.directory import entry, network, networks, organisation, organisations, people
from network.views.gaps import gaps

__all__ = ["entry", "gaps", "network", "networks", "organisation", "organisations", "people"]
