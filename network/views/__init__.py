"""Views parse a form, make one call, render. One module for each room of the network's pages."""
