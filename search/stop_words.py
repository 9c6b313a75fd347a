"""Words that name nothing: left out of what is asked for, and before which a place may stand."""

from search.normalise import words

_FUNCTION = {
    "en": """a about after all also am an and any are as at away be been before being but by can could d did do does
        doing done during each every few for from had has have he her here him his how i if in into is it its just ll
        made make many may me might more most much must my now of off on one only or other our own out over per re s
        several she should so some such t than that the their them then there these they this those through to too
        under up upon us ve very was we well were what when where which while who whom whose why will with would you
        your near around close""",
    "fr": """a afin ai alors au aussi aux avec avoir c ce ces cet cette chez comme comment d dans de des depuis dont
        du elle elles en entre est et etre eux fait font il ils j je l la le les leur leurs lui m ma mais me mes moi
        mon n nos notre nous on ont ou par peut pour pourquoi pres qu quand que quel quelle quelles quels quelqu qui
        quoi s sa se ses si son sont sous sur t ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous
        y""",
    "ru": """а более бы был была были было быть в вам вас ведь во вот все всего всех вы где да для до его ее если
        есть еще же за здесь и из или им их к как какая какие какой ко когда кого кому который которая которые кто ли
        мне мой мы на над надо нам нас него нее них но ну о об около он она они от очень по под после при про с свой
        себя со так там те тем то того тоже той только том тот ту ты у уже хочу чего чем что чтобы эта эти это этой
        этом этот я""",
    "es": """a al como con cual cuando de del desde donde e el ella en entre es esta este fue ha hacia hasta hay la
        las lo los mas me mi muy o para pero por porque que quien se si sobre son su sus tambien un una uno y ya""",
    "de": """ab aber als am an auch auf aus bei bin bis da das dass dem den der des die dort durch ein eine einem
        einen einer es fur hat ich ihr im in ist man mit nach noch nur oder sich sie sind so uber um und uns unter
        ubers vom von vor was wenn wer wie wir wird wo zu zum zur""",
    "it": """a ad ai al alla alle anche che chi ci come con da dai dal dalla degli dei del della delle di dove e ed
        gli i il in io l la le lo ma mi nei nel nella o per piu quando se si sono su sua sul sulla tra un una""",
    "ro": """a ai al ale am ar are au ca care ce cel cea cei cele cine cu cum da de din dintre dupa este eu fi fie
        in la le lor mai o pe pentru prin sa sau se si sub sunt un una unde vreau""",
    "el": """αν απο για ειναι εκει εχει η θα και κατα με μετα μου να ο οι οπου οταν οτι πως ποιος που προς σας σε στα
        στη στην στις στο στον στους τα τη την της τι τις το τον του τους των ως""",
    "sq": """a ai ajo are asht do dhe duke e eshte i ju ka kam ke ku kush me ne nga nje ose per po qe se si te tek u
        une""",
    "uk": """а але або б в вiд від все всi всі де для до з за зi зі і й його як який яка які кого коли кому ми на об
        он по про та так там те ти то у це цей ця ці чи що щоб я хто""",
    "pl": """a albo ale być czy dla do gdzie i ich ja jak jest kto która które który mi na nad o od po pod przez przy
        sa się są to u w we z za ze że""",
    "sr": """a ali bi da do ga gde i ih ili iz ja je jer kako kao ko koja koje koji me na nad nego o od po pod pri sa
        se su šta što ta taj te to u uz za""",
    "tr": """ama ben bir bu da de daha diye en gibi hem icin ile ise kadar ki kim mi mu nerede o ve veya ya""",
    "nl": """aan als bij dat de den der deze die dit door een en er had heb heeft het hij hoe ik in is je kan maar
        met mij mijn naar nog nu of om onder ook op over te tot uit van voor waar wat we wie wij zijn zo""",
    "bg": """а в във да до е за и из или как кой която които към ли на но от по под при с са се си след съм със то че
        ще""",
    "pt": """a ao aos as ate com como da das de do dos e ela ele em entre era essa esta eu foi mais mas me na nas no
        nos o onde os ou para pela pelo por qual quando que quem se ser seu sua um uma""",
    "hu": "a az egy es ez hogy hol is ki meg mi vagy van volt",
    "cs": "a aby ale az by co do i ja je jak jako jsou kde kdo ke na nebo o od po pod pro s se si u v ve z za ze",
    "ar": "من في على الى عن مع هو هي هذا هذه او ان كيف اين ما هل",
}  # fmt: skip
# They turn a meaning round: part of a wording (“without papers”), but nothing to look for in a text.
_NEGATIONS = {
    "en": "no not nor without never", "fr": "ne ni non pas sans", "ru": "без не нет ни", "es": "contra ni no sin",
    "de": "kein keine keinen nicht ohne", "it": "contro ne non senza", "ro": "fara nu", "el": "δεν μη μην χωρις",
    "sq": "mos nuk pa", "uk": "без не ні", "pl": "bez nie", "sr": "bez ne ni", "tr": "degil ne",
    "nl": "geen niet zonder",
    "bg": "без не ни", "pt": "nao nem sem", "hu": "nelkul nem", "cs": "bez ne", "ar": "بدون دون غير لا",
}  # fmt: skip
# How people ask: left out of what must be found, yet they may be part of a wording (“street work”).
_ASKING = {
    "en": """ask back call down find get give go help know looking need needs people person please seems somebody
        someone speak speaks speaking spoken tell use used want work""",
    "fr": "aider aide faire faut joindre appeler parle parlent parler parlant trouver",
    "ru": """говорит говорят говорить говорящий можно найти нужен нужна нужно обратиться позвонить помощь помочь""",
    "es": "habla hablan puedo", "de": "kann spricht sprechen suche", "it": "parla parlano", "ro": "vorbeste",
    "el": "μιλα μιλαει", "sq": "flet", "uk": "говорить розмовляє",
}  # fmt: skip

# After these a name is a place.
_PREPOSITIONS = """in at near from around within to into towards à au aux en dans vers de près chez depuis
    в во на из около под близ возле из-за у до bei aus nach im zu da a di nei cerca desde hasta en
    în la din lângă langa spre στην στη στο στον σε από απο në nga prej у з від до біля od iz kod pri u w z do
    te uit naar op em no na dos do"""


def _folded(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


FUNCTION_WORDS = {language: _folded(text) for language, text in _FUNCTION.items()}
STOP_WORDS_BY_LANGUAGE = {
    language: _folded(text, _NEGATIONS.get(language, ""), _ASKING.get(language, ""))
    for language, text in _FUNCTION.items()
}
STOP_WORDS = frozenset[str]().union(*STOP_WORDS_BY_LANGUAGE.values())
PREPOSITIONS = frozenset(words(_PREPOSITIONS))

# Names of places that are everyday words first: in lower case they are places only after a preposition.
EVERYDAY = frozenset(
    words(
        """act aid alert bar bath best bell bend brand bright bury carry case cash chat church clinic club college
        commerce convention corner crown dale deal deer east eagle enterprise fair farmer fort friend gap garden
        globe good grand grant green hall harbor hill home hope hotel hurst independence industry joy justice lake
        law lens liberty light lord love male man march market mass media mobile moment moss most mother nice north
        normal novice of opportunity orange paradise park peace phone police post price pride prime progress proof
        queen reading refuge rescue reform river road rock rose safe safety sale school security see shelter side
        single south split spring station stone story street sun surprise tours trust truth union unity universal
        victim wall water welcome west why wood workshop worth young
        bon bois droit ecole fort foyer loi mineur mur paix porte pont refuge rue secours tour travail ville vie
        дом мир свет лес луг буй дно орел клин зима весна надежда труд рай"""
    )
)
