"""How much each thing says, the same on every engine; each number with the query that it mends."""

from search.query import Clause

# Library: a title says more than a body ("guardian" must find the guide on guardianship before those that mention one).
TITLE_BOOST = 2.5
# A concept an editor gave weighs like two words of the text.
CONCEPT_SCORE = 6.0
WORDINGS_TIE = 0.2
# A guide in the reader's own language comes before one that is somewhat more about it ("уличная работа" in Russian).
OWN_LANGUAGE = 10.0
# Between equals the better evidenced ("THB", which nearly every guide is about). What could not be rated is not bad:
# a document's `evidence` says only what stands before what, and a word more in a title outweighs the whole of it.
EVIDENCE_STEP, BEST_EVIDENCE = 0.2, 6
PLACE_SCORE, COUNTRY_SCORE = 5.0, 2.0
# When only some of the things asked for are found, how many of them decides before how well.
KNOWN_STEP, WORD_STEP = 100.0, 40.0
# In a description all words count alike, in titles as in bodies, and how well decides more than how many ("what does a
# teacher see who has a pupil that is made to work at night").
DESCRIPTION_STEP, DESCRIPTION_TITLE_BOOST = 1.0, 1.0


def title_boost(*, described: bool) -> float:
    """How many times as much a word says in a title as in a body."""
    return DESCRIPTION_TITLE_BOOST if described else TITLE_BOOST


def step(clause: Clause, *, described: bool) -> float:
    """What it says for a document to be about one of the things asked for, where it need not be about all."""
    if described:
        return DESCRIPTION_STEP
    return KNOWN_STEP if clause.known else WORD_STEP


# Words of one form may stand a little apart: "trafficking in children" and "trafficking in small children".
SLOP = 2
# In the order by evidence a level outweighs all relevance: twelve things of KNOWN_STEP and what their words add.
SORTED_EVIDENCE_STEP = 4096.0

# Directory: whole numbers only, exact in the engine's floats; a clause always outweighs any distance.
KNOWN_WEIGHT, WORD_WEIGHT = 256.0, 128.0
DISTANCE_KM = (25, 50, 100)
EXACT_AREA, DISTANCE_STEP = 4.0, 1.0

# People are found by no shorter beginning of a word: two letters would list them. Longer words are no beginnings.
SHORTEST_PREFIX, LONGEST_PREFIX = 3, 40
# Titles of the library may be found by two letters.
SHORTEST_BEGINNING = 2
