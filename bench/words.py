"""Invented texts in which words are as frequent as in real ones (Zipf): what an index costs depends on that."""

from functools import lru_cache
from itertools import accumulate
from random import Random

# A language of 80,000 words: the tenth is in every text, the ten-thousandth in one of a few hundred.
KNOWN_WORDS = 80_000
FLATTEN, STEEPNESS = 2.7, 1.05
SENTENCE = 14

_LATIN = ("b c d f g h k l m n p r s t v w br cl st tr", "a e i o u ai ou ea")
_SOUNDS = {
    "en": _LATIN,
    "fr": ("b c d f g j l m n p qu r s t v ch gn pr", "a e é i o u è ou eau oi"),
    "es": ("b c d f g j l m n p r s t v ll ñ rr tr", "a e i o u á í ó ue ia"),
    "de": ("b d f g h k l m n p r s sch st t w z pf", "a e i o u ä ö ü ei au"),
    "sq": ("b c ç d dh f g gj k l ll m n nj p q r rr sh t th", "a e ë i o u y"),
    "ru": ("б в г д ж з к л м н п р с т х ц ч ш ст пр", "а е и о у ы э ю я ё"),
    "el": ("β γ δ ζ θ κ λ μ ν ξ π ρ σ τ φ χ ψ στ", "α ε η ι ο υ ω ά έ ό"),
}
LANGUAGES = tuple(_SOUNDS)
# The most frequent words are real ones: wordings such as “best interests of the child” hold them, and so does any text.
_LITTLE = {
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they",
    "fr": "de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se il sont avec ce aux d l",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er",
    "sq": "të e në i dhe për me një se që nga si u më do nuk ka këtë është janë por ai kjo ishte edhe kur nga duke",
    "ru": "и в не на с что он по к но из у за от так для о же как это все она то был бы или мы его до их",
    "el": "και το η της του να στο ο για με που την από τα τον των οι σε θα είναι στη στην τους δεν μια αυτό ότι ένα ή",
}


class Tongue:
    """An invented language: its words from the most frequent to the rarest."""

    def __init__(self, language: str) -> None:
        self.words = list(_invent(language))
        self._weights = list(accumulate(1 / (rank + FLATTEN) ** STEEPNESS for rank in range(1, KNOWN_WORDS + 1)))

    def draw(self, dice: Random, count: int) -> list[str]:
        """So many words, each as often as its rank says."""
        return dice.choices(self.words, cum_weights=self._weights, k=count)

    def prose(self, words: list[str]) -> str:
        """The words in sentences."""
        starts = range(0, len(words), SENTENCE)
        return " ".join(f"{' '.join(words[start : start + SENTENCE]).capitalize()}." for start in starts)


@lru_cache(maxsize=len(_SOUNDS))
def tongue(language: str) -> Tongue:
    """The invented language that stands for a real one."""
    return Tongue(language)


def _invent(language: str) -> dict[str, None]:
    """Frequent words are short, rare ones long; each once."""
    consonants, vowels = (sounds.split() for sounds in _SOUNDS[language])
    dice, found = Random(language), dict.fromkeys(_LITTLE[language].split())
    while len(found) < KNOWN_WORDS:
        longest = 1 + (len(found) > 60) + (len(found) > 2_000) + (len(found) > 20_000)
        syllables = range(dice.randint(max(1, longest - 1), longest))
        word = "".join(dice.choice(consonants) + dice.choice(vowels) for _ in syllables)
        found.setdefault(word + dice.choice(["", "", dice.choice(consonants)]))
    return found
