"""Who meets people where nobody asked for them: beside a guide, on an organisation's page."""


def meets_people(principals: frozenset[str]) -> bool:
    """Pages that anybody may read, and search engines index, name no people to anybody but members."""
    return "member" in principals
