"""Parts of addresses under /account/."""

from accounts.email_change import Part


class PartConverter:
    """Whose link about a change of address it is."""

    regex = "|".join(Part)

    def to_python(self, value: str) -> Part:
        return Part(value)

    def to_url(self, value: Part) -> str:
        return str(value)
