"""Views parse a form, make one call, render. What allauth does well is left to allauth."""
