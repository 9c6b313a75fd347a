"""Words that name nothing: left out of what is asked for, and before which a place may stand."""

from search.normalise import words

_TEXT = {
    "en": """a about after all also am an and any are as ask at away back be been before being but by call can
        could d did do does doing done down each every few find for from get give go had has have he help her here
        him his how i if in into is it its just know ll looking m make me more most much must my need needs no not
        now of on one only or other our out over people person please re s several she should so some somebody
        someone such t tell than that the their them then there these they this those through to too under up us
        use used ve very want was we well were what when where which while who whom whose why will with without
        work would you your speak speaks speaking spoken near around close""",
    "fr": """a afin ai aider aide alors au aussi aux avec avoir c ce ces cet cette chez comme comment d dans de des
        depuis dont du elle elles en entre est et etre eux faire fait font faut il ils j je l la le les leur leurs
        lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas peut pour pourquoi pres qu quand que
        quel quelle quelles quels quelqu qui quoi s sa sans se ses si son sont sous sur t ta te tes toi ton tous
        tout toute toutes trouver tu un une vers vos votre vous y parle parlent parler parlant joindre appeler""",
    "ru": """а без более бы был была были было быть в вам вас ведь во вот все всего всех вы где да для до его ее если
        есть еще же за здесь и из или им их к как какая какие какой ко когда кого кому который которая которые кто ли
        мне можно мой мы на над надо найти нам нас не него нее нет ни них но ну о об обратиться около он она они от
        очень по под после помощь помочь при про с свой себя со так там те тем то того тоже той только том тот ту ты
        у уже хочу чего чем что чтобы эта эти это этой этом этот я говорит говорят говорить говорящий нужен нужна
        нужно позвонить""",
    "es": """a al como con contra cual cuando de del desde donde e el ella en entre es esta este fue ha hacia hasta hay
        la las lo los mas me mi muy no o para pero por porque que quien se si sin sobre son su sus tambien un una uno
        y ya habla hablan puedo""",
    "de": """ab aber als am an auch auf aus bei bin bis da das dass dem den der des die dort durch ein eine einem
        einen einer es fur hat ich ihr im in ist kann man mit nach nicht noch nur oder sich sie sind so uber um und
        uns unter von vor was wenn wer wie wir wird wo zu zum zur spricht sprechen suche""",
    "it": """a ad ai al alla alle anche che chi ci come con contro da dai dal dalla degli dei del della delle di dove e
        ed gli i il in io l la le lo ma mi nei nel nella non o per piu quando se si sono su sua sul sulla tra un una
        parla parlano""",
    "ro": """a ai al ale am ar are au ca care ce cel cea cei cele cine cu cum da de din dintre dupa este eu fara fi fie
        in la lor mai nu o pe pentru prin sa sau se si sub sunt un una unde vorbeste vreau""",
    "el": """αν απο για δεν ειναι εκει εχει η θα και κατα με μετα μη μου να ο οι οπου οταν οτι πως ποιος που προς σας
        σε στα στη στην στις στο στον στους τα τη την της τι τις το τον του τους των ως μιλα μιλαει""",
    "sq": """a ai ajo are asht do dhe duke e eshte i ju ka kam ke ku kush me mos ne nga nje nuk ose pa per po qe sa se
        si te tek u une flet""",
    "uk": """а але або б без в вiд від все всi всі де для до з за зi зі і й його як який яка які кого коли кому ми на
        не ні об он по про та так там те ти то у це цей ця ці чи що щоб я розмовляє говорить хто""",
    "pl": """a albo ale bez bo być czy dla do gdzie i ich ja jak jest kto która które który mi na nad nie o od po pod
        przez przy sa sie są się to u w we z za ze że""",
    "sr": """a ali bez bi da do ga gde i ih ili iz ja je jer kako kao ko koja koje koji me na nad ne nego ni o od po
        pod pri sa se su šta što ta taj te to u uz za""",
    "tr": """ama ben bir bu da de daha diye en gibi hem icin ile ise kadar ki kim mi mu ne nerede o ve veya ya""",
    "nl": """aan als bij dat de den der deze die dit door een en er had heb heeft het hij hoe ik in is je kan maar
        met mij mijn naar niet nog nu of om onder ook op over te tot uit van voor waar wat we wie wij zijn zo""",
    "bg": """а без в във да до е за и из или как кой която които към ли на не ни но от по под при с са се си след
        съм със то че ще""",
    "pt": """a ao aos as ate com como da das de do dos e ela ele em entre era essa esta eu foi mais mas me na nao nas
        no nos o onde os ou para pela pelo por qual quando que quem se sem ser seu sua um uma""",
    "hu": "a az egy es ez hogy hol is ki meg mi nem vagy van volt",
    "cs": "a aby ale az bez by co do i ja je jak jako jsou kde kdo ke na nebo o od po pod pro s se si u v ve z za ze",
}

# After these a name is a place.
_PREPOSITIONS = """in at near from around within to into towards à au aux en dans vers de près chez depuis
    в во на из около под близ возле из-за у до bei aus nach im zu da a di nei cerca desde hasta en
    în la din lângă langa spre στην στη στο στον σε από απο në nga prej у з від до біля od iz kod pri u w z do
    te uit naar op em no na dos do"""

STOP_WORDS = frozenset(word for text in _TEXT.values() for word in words(text))
STOP_WORDS_BY_LANGUAGE = {language: frozenset(words(text)) for language, text in _TEXT.items()}
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
