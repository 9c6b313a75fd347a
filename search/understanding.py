"""What the words of a query mean: concepts, places and languages spoken, in Python, once, for every engine."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from search import keyboards, lexicon, places, repair, state
from search.lexicon import SPOKEN, Lexicon
from search.matching import Matcher, Mention
from search.normalise import LONGEST_QUERY, clean, fold
from search.query import MOST_REQUIRED, Clause, Concept, Correction, Understanding
from search.reading import Reading, Token, take_apart, tokens_of
from search.registry import Sense
from search.stop_words import STOP_WORDS

MOST_ALTERNATIVES = 6
# The order of concepts: what is meant first, what several mean together, second meanings and people named in passing.
COMBINED, SECOND, GUESSED = 1, 2, 99


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What was found in some words, and the words in the state that this left them in."""

    matcher: Matcher
    reading: Reading
    mentions: Sequence[Mention]
    places: places.FoundPlaces


def understand(
    text: str,
    language: str,
    removed: Collection[str] = (),
    verbatim: bool = False,
    *,
    whole: bool = False,
    untouched: Collection[str] = (),
) -> Understanding:
    """Reads a query for a reader of `language`; `removed` are ids of concepts and places they took out.

    `verbatim`: nothing is read otherwise than it was typed; `untouched`: nor these folded words. `whole`: without the
    caps on long queries, for measuring.

    At most two queries, the state of the index and places where a word may be one; a third where words were corrected.
    """
    now = state.read()
    shown = (clean(text) if whole else clean(text[: LONGEST_QUERY * 4])[:LONGEST_QUERY]).strip()
    if not shown:
        return Understanding(removed=tuple(removed), verbatim=verbatim, state=now)
    known = lexicon.current(now.stamp)
    corrections: tuple[Correction, ...] = ()
    respelled: tuple[Correction, ...] = ()
    asked = take_apart(shown)
    found = _meanings(asked.tokens, known, language)
    nonsense = not (verbatim or found.mentions or found.places.chosen or fold(shown) in untouched)
    if nonsense and (other := keyboards.rescued(shown, known.is_word)):
        asked, corrections = take_apart(other), (Correction(shown, other),)
        found = _meanings(asked.tokens, known, language)
    if not verbatim:
        tokens, slips, respelled = repair.repaired(found.matcher, found.reading, now.stamp, untouched)
        if slips or respelled:
            found, corrections = _meanings(tokens, known, language), corrections + slips
    mentions = [*found.mentions, *found.matcher.guesses(found.reading)]
    concepts = [each for each in _concepts(mentions, found.matcher) if each.id not in removed]
    forgone = {place.form for place in found.places.chosen if place.id in removed}
    return Understanding(
        text=shown,
        concepts=tuple(each for each in concepts if not each.id.startswith(SPOKEN)),
        places=tuple(place for place in found.places.chosen if place.form not in forgone),
        languages=tuple(each for each in concepts if each.id.startswith(SPOKEN)),
        phrases=asked.phrases,
        rest=tuple(_rest(found.reading)),
        other_places=tuple(place for place in found.places.others if place.form not in forgone),
        ambiguous=tuple(_senses(found.reading, known)),
        removed=tuple(removed),
        excluded=tuple(_left_out(asked.excluded, known, language)),
        corrections=corrections,
        respelled=respelled,
        verbatim=verbatim,
        most_required=len(found.reading.tokens) + len(asked.phrases) if whole else MOST_REQUIRED,
        state=now,
    )


def _meanings(tokens: Sequence[Token], known: Lexicon, language: str) -> _Meanings:
    """Sure concepts, then places, then what resembles a concept."""
    matcher = Matcher(tokens, known, language)
    reading = Reading(tokens, matcher.small)
    mentions = list(matcher.mentions(reading, sure=True))
    doubtful = {tokens[at].word for at, free in enumerate(reading.free) if free and matcher.resembles(at)}
    found = places.find(tokens, reading.free, known.is_ordinary, doubtful)
    reading.take(found.taken)
    mentions += matcher.mentions(reading, sure=False)
    return _Meanings(matcher, reading, mentions, found)


def _concepts(mentions: Sequence[Mention], matcher: Matcher) -> list[Concept]:
    """The likeliest meaning of each stretch in the order of the query, then second meanings, then guesses."""
    known = matcher.known
    ranked: list[tuple[tuple[int, int], Concept]] = []
    for mention in mentions:
        form = " ".join(matcher.tokens[at].word for at in mention.places)
        ids = list(dict.fromkeys(wording.concept for wording in mention.wordings))[:MOST_ALTERNATIVES]
        for rank, name in enumerate(ids):
            tier = GUESSED if mention.guessed else rank + SECOND * (mention.aside or rank > 0)
            label, expansion = known.label(name, matcher.language), known.words_for(name)
            concept = Concept(name, form, label, expansion, guessed=mention.guessed, aside=mention.aside)
            ranked.append(((tier, mention.at), concept))
    understood = {concept.id for (tier, _), concept in ranked if tier < GUESSED}
    for name in _combined(understood, known):
        concept = Concept(name, "", known.label(name, matcher.language), known.words_for(name), aside=True)
        ranked.append(((COMBINED, 0), concept))
    ordered = [concept for _, concept in sorted(ranked, key=lambda pair: pair[0])]
    return list({(each.form, each.id): each for each in ordered}.values())


def _combined(understood: set[str], known: Lexicon) -> Iterator[str]:
    """What some of the concepts mean together that nobody named."""
    for each in known.combinations:
        if each.concept not in understood and all(understood & part for part in each.parts):
            yield each.concept


def _left_out(texts: Sequence[str], known: Lexicon, language: str) -> Iterator[Clause]:
    """A clause for each text after a minus: what is about it or says it is left out."""
    for text in texts:
        tokens = tokens_of(text)
        matcher = Matcher(tokens, known, language)
        reading = Reading(tokens, matcher.small)
        mentions = [each for each in matcher.mentions(reading, sure=True) if len(each.places) == len(tokens)]
        ids = dict.fromkeys(wording.concept for each in mentions for wording in each.wordings)
        yield Clause(
            concepts=tuple(each for each in ids if not each.startswith(SPOKEN)),
            language=next((each.removeprefix(SPOKEN) for each in ids if each.startswith(SPOKEN)), ""),
            texts=(("", tuple(fold(text).split())),),
            required=False,
            excluded=True,
        )


def _rest(reading: Reading) -> Iterator[str]:
    for token, free in zip(reading.tokens, reading.free, strict=True):
        if free and token.word not in STOP_WORDS and (len(token.word) > 1 or token.word.isdigit()):
            yield token.word


def _senses(reading: Reading, known: Lexicon) -> Iterator[Sense]:
    """Every sense of every ambiguous form in the query."""
    for token in dict.fromkeys(reading.tokens):
        if token.abbreviation or token.word not in STOP_WORDS:
            yield from known.senses.get(token.word, ())
