"""How much each thing says, the same on every engine; each number with the query that it mends."""

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
