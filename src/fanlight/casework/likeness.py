"""How alike two people are: names folded, by sound and by short form, dates and numbers mistyped. No table, no key, no clock.

A person is found by *signs*: a kind and a value, such as the sound of a given name with the sound of a family name. The signs of
who somebody is and the signs of what was asked meet where they may be the same; only keyed fingerprints of them are
stored. How alike the two are then is told from what is opened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from types import MappingProxyType
from typing import Protocol

from fanlight.casework.addresses import postcode_in, streets_in
from fanlight.casework.folding import folded
from fanlight.casework.telephones import dialled

TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "sir", "dame", "lady", "lord", "prof", "master"}
)
PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "do", "dos", "del", "di", "la", "le", "du", "al", "el", "bin", "ben", "ibn", "bint"}
    | {"ap", "ab", "ferch", "ter", "st", "ni", "nic", "nig", "ui", "della", "los", "las", "binti"}
)  # fmt: skip
"""Words of a family name that are written now together, now apart, now not at all."""
JOINED = frozenset({"o", "mc", "mac", "d", "fitz"})
"""Beginnings that belong to the word after them: "Mc Donald", "O Neil"."""


class Known(Protocol):
    """Who somebody is, as far as it is known."""

    @property
    def given_names(self) -> str:
        """Their given names."""

    @property
    def family_name(self) -> str:
        """Their family name."""

    @property
    def former_names(self) -> tuple[str, ...]:
        """Names that they had."""

    @property
    def born(self) -> date | None:
        """The day of their birth."""

    @property
    def phones(self) -> tuple[str, ...]:
        """Their telephone numbers."""

    @property
    def emails(self) -> tuple[str, ...]:
        """Their e-mail addresses."""


class Located(Protocol):
    """Where a home is."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its address."""

    @property
    def postcode(self) -> str:
        """Its postcode."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is looked for by: whatever of it is known, as it was typed."""

    name: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.born, self.phone, self.email, self.address, self.postcode))


# --- Names, folded ---------------------------------------------------------------------------------------------------


def words_of(name: str) -> tuple[str, ...]:
    """This function will give the words of a name, folded, without titles, and "Mc Donald" as one."""
    words: list[str] = []
    held = ""
    for word in folded(name).split():
        if word in JOINED:
            held += word
        elif held or word not in TITLES:
            words.append(held + word)
            held = ""
    return (*words, held) if held else tuple(words)


def is_one_name(name: str) -> bool:
    """This function will say whether there is one word in a name: it is looked for as a family name."""
    return len(words_of(name)) == 1


def split_name(name: str) -> tuple[str, str]:
    """This function will give a name as given names and family name: "Mrs Siân van der Berg" is "Siân" and "van der Berg"."""
    words = name.split()
    while len(words) > 1 and folded(words[0]) in TITLES:
        words = words[1:]
    start = len(words) - 1
    while start > 1 and folded(words[start - 1]) in PARTICLES | JOINED:
        start -= 1
    return (" ".join(words[:start]), " ".join(words[start:])) if start > 0 else (" ".join(words), "")


def _family_words(name: str) -> tuple[str, ...]:
    """The words by which a family name is known: each part of a double-barrelled one, and all of it as one word.

    Of "de la Tour" these are "tour", "latour" and "delatour"; a Polish nasal vowel is also as it is heard, "Zając" as "zajonc".
    """
    words = words_of(name)
    heavy = [word for word in words if word not in PARTICLES] or list(words)
    begin = next((place for place, word in enumerate(words) if word not in PARTICLES), 0)
    whole = ["".join(words[place:]) for place in range(begin, -1, -1)] if words else []
    heard = _family_words(_nasals_heard(name)) if _NASAL.search(name) else ()
    return tuple(dict.fromkeys([*heavy, *whole, *heard]))


_NASAL = re.compile("[ąęĄĘ]")


def _nasals_heard(name: str) -> str:
    vowels = {"ą": "o", "ę": "e"}
    return _NASAL.sub(
        lambda found: vowels[found[0].casefold()] + ("m" if name[found.end() :][:1] in ("b", "p") else "n"), name
    )


def _given_words(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return tuple(dict.fromkeys([*words, *("".join(two) for two in pairwise(words))]))


# --- Names by sound --------------------------------------------------------------------------------------------------

# Rewritten in this order before what is left is read letter by letter.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^si(?=[aeou])|^sea(?=n|gh)|^sch(?=[eiauw])|^sz|^cz|^xi|^hs|^q(?=i)", "s"),
        (r"^cia|^cea(?=ll|rb)", "ka"),
        # Welsh and Irish write c before any vowel for what is heard as k.
        (r"^c(?=er[iy]|ei[nr]|yn[adfgow]|yf|ill(?:ia|ea|in)|inn)|c(?=yn$)", "k"),
        # Somali writes x for what is heard as h, and c for what is hardly heard.
        (r"^cabd", "abd"),
        (r"^x(?=a[adlmsw]|us|uu)|(?<=ra)x(?=m)|(?<=^a)x(?=m)", "h"),
        (r"^thl|(?<=n)thl", "l"),
        (r"(?<=[aiou])dh(?=bh|g)|(?<=ai)dh(?=r)|(?<=[ai])dh$", ""),
        (r"^bh|(?<=[mrs])bh|bh(?=ash|ak|am|av|i[jmr]|u)", "b"),
        (r"^hr", "kr"),
        (r"(?<=^abd)[aeiou](?:l(?=[^aeiou])|r(?=r)|s(?=s))", ""),
        (r"(?<=[bdgkpt])rz(?=[aeiouy])", "z"),
        (r"w(?=ind[ae]r|ant$)", "v"),
        (r"(?<=n)c(?=alv|ois)|c(?=ao$)", "s"),
        (r"(?<=ei)x", "s"),
        (r"(?<=[^htw])(?:iene|aite|iute)$", "as"),
        (r"(?<=^mi)ch(?=a)", "k"),
        (r"^(kn|gn|pn|mn)", "n"),
        (r"^wr|^rh", "r"),
        (r"^ps|^x", "s"),
        (r"^mac(?=[^aeiouy])|^mc", "mk"),
        (r"^(wh|hw)", "w"),
        (r"^ll", "l"),
        (r"ph|bh|mh", "f"),
        (r"sch(?=[oa])", "sk"),
        (r"tch|sch|sh|ch(?![rlt])|cz|sz|ti(?=on|a)", "s"),
        (r"ch", "k"),
        (r"dge?(?=[eiy]|$)|dj", "j"),
        (r"(?<=n)gh", "g"),
        (r"(?<!^)gh(?=t|$|[^aeiouy])", ""),
        (r"(?<!^)gh", "h"),
        (r"mb$", "m"),
        (r"mp(?=[stb])", "m"),
        (r"(?<=[^aeiouy])tl(?=e)", "l"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "j"),
        (r"ck|cq|c|q", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"v", "f"),
        (r"th|dd|d", "t"),
    )
)
# Before those, in a word that ends as Polish and Russian names do: what is written as it is there, and as it is heard here.
_SLAVIC = re.compile(r"..(?:[sc]k[aiy]|wi?cz|vi?c?z|vit?ch|(?:c|ch|cz)[iy]k|(?:cz|ch)ak)$")
_SLAVIC_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"w", "v"),
        (r"j", "y"),
        (r"[mn](?=[bdgkpt])|n(?=[cz])", ""),
        (r"^st(?=[aeo])", "s"),
        (r"^c?h(?=[lmnrv])", "k"),
        (r"(?<=[aeiouy])ch(?=[ao])", "h"),
        (r"^psh", "pz"),
        (r"rz", "z"),
        (r"(?:ts|dz)k(?=[aiy]$)", "k"),
    )
)
_O = re.compile(
    "^o(?=bri|byrn|calla|connel|connor|d[ao]n|dea$|doher|dono|driscol|dwyer|flah?|gorm|grad|hagan|hallo|hara|kane|keef|lear|lough"
    "|mahon|mal[el]|mar[ae]|meara|neil|rega|reil|riord|rourk|sha[uw]|shea|sulliv|toole)"
)
"""That an Irish name begins with O', which callers leave out: what marks it is lost in "OConnor"."""

# As a name is said, and the other ways in which it is written: English names that no rule reads, and what they are in Irish or Welsh.
_SAID_AS = """
fanshaw: featherstonehaugh fanshawe | marchbanks: marjoribanks | chumley: cholmondeley | beecham: beauchamp | mannering: mainwaring
sinjin: stjohn | rizley: wriothesley | luson: leveson | cooper: cowper | farker: farquhar fearchar | cohoon: colquhoun calhoun
deel: dalziel dalyell | mingis: menzies | lester: leicester | wooster: worcester | gloster: gloucester | coburn: cockburn
knowles: knollys | sands: sandys | peeps: pepys | weems: wemyss | strawn: strachan | affleck: auchinleck | bewley: beaulieu
tirrit: tyrwhitt | rafe: ralph | riven: ruthven | maw: maugham | meyer: meagher maher | gaygan: geoghegan | blunt: blount
howell: hywel howells hywell howel | price: aprhys abrhys | bevan: apifan abifan apevan abevan | powell: aphywel aphowell
pugh: aphuw | parry: apharri | probert: aprobert | pritchard: aprisiart | bowen: abowen abowain
callaghan: ceallachain cheallachain oceallachain | sullivan: suilleabhain shuilleabhain osuilleabhain
donnell: domhnaill dhomhnaill odomhnaill mhacdomhnaill | brien: briain bhriain obriain | connor: conchobhair chonchobhair conchuir
doherty: dochartaigh dhochartaigh odochartaigh | gallagher: gallchobhair ghallchobhair ogallchobhair | reilly: raghallaigh oraghallaigh
donoghue: donnchadha dhonnchadha odonnchadha | kennedy: cinneide chinneide ocinneide | kane: cathain chathain ocathain
murphy: murchu mhurchu omurchu | byrne: broin bhroin obroin | mchugh: macaodha mcaodha aodha | mcloughlin: maclochlainn mclochlainn
malley: maille mhaille omaille | flaherty: flaithearta fhlaithearta oflaithearta oflaherty
mcmahon: macmathuna mcmathuna | mcleod: leoid nicleoid macleoid
fitzpatrick: giollaphadraig macgiollaphadraig mcgiollaphadraig | mccarthy: carthaigh charthaigh maccarthaigh
mukherjee: mukhopadhyay | chatterjee: chattopadhyay | banerjee: bandyopadhyay bandopadhyay | ganguly: gangopadhyay
bhattacharya: bhattacharjee bhattacharyya
ramzan: ramadan | mohamed: maxamed | hassan: xasan | hussein: xuseen | ali: cali | abdi: cabdi | omar: cumar
osman: cismaan cusmaan usman | farah: faarax | halima: xaliimo | jama: jaamac | abdullahi: cabdullahi | asha: caasha
"""
BY_SOUND = 5
"""With so many consonants a name of the table is known again however its vowels are written; a shorter one by its letters alone."""


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """This function will give how a folded word sounds to a British ear, by its consonants: "sian" and "shan" are both "sn"."""
    heard = _SAID_BY_LETTERS.get(word) or _consonants(_O.sub("", word))
    return _SAID_BY_SOUND.get(heard, heard)


def _consonants(word: str) -> str:
    said = word
    if _SLAVIC.search(said):
        for pattern, by in _SLAVIC_SOUNDS:
            said = pattern.sub(by, said)
    for pattern, by in _SOUNDS:
        said = pattern.sub(by, said)
    kept: list[str] = []
    before = ""
    for place, letter in enumerate(said):
        if letter in "aeiouy" or (letter in "hw" and place):
            if not place:
                kept.append("a")
        elif letter != before:
            kept.append(letter)
        before = letter
    return "".join(kept)


def _read_said_as() -> tuple[Mapping[str, str], Mapping[str, str]]:
    by_letters: dict[str, str] = {}
    by_sound: dict[str, str] = {}
    for line in _SAID_AS.strip().replace("\n", "|").split("|"):
        said, _, written = line.partition(":")
        heard = _consonants(said.strip())
        for word in written.split():
            by_letters[word] = heard
            if len(its := _consonants(word)) >= BY_SOUND:
                by_sound[its] = heard
    return MappingProxyType(by_letters), MappingProxyType(by_sound)


_SAID_BY_LETTERS, _SAID_BY_SOUND = _read_said_as()


# The full form, and the well-known short forms and close relatives of it.
_SHORT_FORMS = """
abdul: abs abdullah | abdulrahman: abdul rahman | abigail: abi abbie abby gail | abraham: abe bram | adele: della
adrian: ade | agnes: aggie nessa nesta | agnieszka: aga agnes | albert: al bert bertie
aleksander: alek olek alex sasha | aleksandra: ola alex sasha
alexander: alex al alec alick sandy xander lex alasdair alistair alastair sasha
alexandra: alex sandra lexi lexie sasha alexa | alfred: alf alfie fred | alice: ali ally | alison: ali ally
amanda: mandy manda | amelia: millie milly amy mia | andrew: andy drew | angela: angie ange | angharad: hari haz
ann: annie nan nancy anna anne anita | anthony: tony ant anton antony | arabella: bella | archibald: archie baldie
arthur: art artie | augustus: gus | ayesha: aisha esha | barbara: barb barbie babs bab | bartholomew: bart
beatrice: bea bee trixie | belinda: bel lindy | benedict: ben benny | benjamin: ben benji benny benjy
bernadette: bernie detta | bernard: bernie | bethany: beth | bridget: bridie biddy brid | bronwen: bron | cameron: cam
caroline: caz carrie carol caro lina | carolyn: caz carrie carol lyn
catherine: cath cathy kate katie katy kay kitty kath kathy kat cat catrin cadi trina kathleen katherine kathryn catriona kit
cecilia: cissie celia sissy | ceridwen: ceri | charles: charlie chas chaz chuck carl siarl
charlotte: charlie lottie lotty char lotte | christina: chris chrissie tina christine kirsty kirsten
christine: chris chrissie tina chrissy | christopher: chris kit topher kris christy | clara: clare claire
clifford: cliff | constance: connie | cornelius: con neil | cynthia: cindy | cyril: cy | daniel: dan danny danni
danielle: dani danni elle | david: dave davy davey dai dafydd dewi taffy davie deio | deborah: deb debbie debs debra
denise: den | dennis: den denny | derek: del | desmond: des | diana: di diane dee | dominic: dom nic
donald: don donnie | dorothy: dot dottie dolly dora | douglas: doug dougie | duncan: dunc | edith: edie
edmund: ed eddie ted ned | edward: ed eddie ted teddy ned ward eddy iorwerth | edwin: ed eddie | eileen: aileen
eleanor: ellie nell nellie elle ella nora elinor leonora
elizabeth: liz lizzie beth betty bess betsy eliza libby lisa elsie liza lilibet bet lizzy elspeth elisabeth bethan lisbeth bettina
ellen: nell ellie nellie helen elen | emily: em emmy emmie milly millie | emma: em emmy emms | ernest: ern ernie
esther: essie hester | eugene: gene | euphemia: effie | evelyn: evie eve lyn | fatima: fatma fati | fiona: fi
florence: flo florrie flossie flora | frances: fran frankie fanny francesca | francesca: fran frankie chess cesca
francis: frank fran frankie | franklin: frank | frederick: fred freddie freddy rick | gabriel: gabe gabby
gabrielle: gabby elle gabi | gareth: gaz gary garth | gary: gaz gal | geoffrey: geoff jeff jeffrey sieffre
george: georgie geordie sior | georgina: georgie gina georgia | gerald: gerry jerry ged | gerard: gerry ged
gillian: gill jill jilly gilly | gladys: glad gwladys | glenys: glen | glyndwr: glyn | gordon: gord gordie
graham: gray | gregory: greg gregor | gruffydd: griff gruff griffith | guinevere: gwen jen | gurpreet: gurp preet
gwendolen: gwen gwenda gwendoline gwenny | gwenllian: gwen llian | gwyneth: gwyn gwen gwynne | hannah: han
harold: harry hal | harpreet: harp preet | harriet: hattie harri | harrison: harry | hassan: has hasan | heather: heth
helen: nell nellie ellie lena | henrietta: hettie etta henny | henry: harry hal hank harri | herbert: herb bert bertie
hilary: hil | howard: howie | hubert: bert hugh | hugh: huw hughie hew | humphrey: wmffre | ian: iain
ibrahim: ibby abraham | ieuan: iwan ianto euan ifan | imogen: immy | irene: rene renie | isaac: ike zac zak
isabel: izzy bel bella issy belle isabella isobel ishbel isabelle | jacob: jake jak coby
jacqueline: jackie jacqui jacky jacquie | james: jim jimmy jamie jem jimi siams hamish | jane: janey jenny janie sian
janet: jan jannie jess netta | janice: jan | jasmine: jas jaz jazz yasmin | jason: jase jay | jaswinder: jas jaz
jean: jeanie jeannie sian | jemima: mima jem | jennifer: jen jenny jenni jenna | jeremiah: jerry jem
jeremy: jez jerry jem | jessica: jess jessie | joan: joanie siwan | joanna: jo joanne joey | joanne: jo joanna
jocelyn: jos joss | john: jack johnny jon jackie ian sion ieuan ioan sean shaun evan hank iain jacky
jonathan: jon jonny jonty johnny nathan | joseph: joe joey jo jos | josephine: jo josie fifi josey | joshua: josh
joyce: joy | jozef: joseph | judith: judy jude judi | julia: jules julie | julian: jules | juliet: jules julie
justin: jus | karen: kaz kazza | katarzyna: kasia catherine kate | kathleen: kath kathy kay kitty kate
katrina: kat trina kate | kenneth: ken kenny | kevin: kev | kimberley: kim kimmy | kirsty: kirst kirsten
krzysztof: chris kris christopher | laura: lolly loz laurie | lauren: loz laurie
laurence: larry laurie lawrie lol loz lawrence | leonard: len lenny leo | leopold: leo | lesley: les | leslie: les
lewis: lew louis | lilian: lil lily lilly | linda: lin lindy lyn | lindsay: lin linz
llewellyn: llew lyn llewelyn lew | louis: lou louie lewis | louise: lou lulu louisa | lucille: lucy lucie
lucinda: lucy cindy | lydia: lyd | madeleine: maddie maddy mads | magdalena: lena magda maggie | malcolm: mal malc
malgorzata: gosia margaret | manpreet: manny preet
margaret: maggie meg peggy marge margie madge greta mags marged megan rita daisy mared magi mair margery peg maisie magda margot
maria: mia mary marie | marilyn: mal lyn | marion: mal | marjorie: marge margie | mark: marc marcus
martha: marty mattie patty | martin: mart marty martyn
mary: polly molly may mair mari moll mamie maureen marie moira | mateusz: matt matthew
matilda: tilly tilda mattie tillie | matthew: matt matty mathew | maureen: mo | maurice: mo morris | maximilian: max
melanie: mel | melissa: mel missy lissa | meredith: merry | mervyn: merv mervin
michael: mike mick micky mickey mikey meical meic mihangel mitch | michal: michael
michelle: shell chelle shelley mich | mildred: millie milly | millicent: millie milly | miranda: mandy randa
miriam: mim mimi | mohammed: mo mohd md muhammad mohamed mohammad moh | monica: mon | morgan: mog | moses: mo moss
myfanwy: myf fanny van | nancy: nan | natalie: nat nats tally | natasha: tasha nat tash | nathan: nat nate
nathaniel: nat nate nathan | neil: niall neal nigel | nicholas: nick nicky nico nic colin klaus
nicola: nicky nic nikki niki nicole | nigel: nige | norman: norm | olive: ollie livvy | oliver: ollie olly noll
olivia: liv livvy ollie livia | oluwaseun: seun | oluwatobi: tobi | olwen: ol | oscar: ossie | oswald: oz ossie
owen: owain ewan | pamela: pam pammy | patricia: pat trish patty tricia patsy paddy | patrick: pat paddy padraig
paul: paulie pol | pauline: paul polly | penelope: pen penny | percival: percy | peter: pete pedr
philip: phil pip phill ffilip | philippa: pip pippa phil | phyllis: phyl | piotr: peter | priscilla: cilla pris
rachel: rach rae rachael shell | rajinder: raj | raymond: ray | rebecca: becky bec becca bex becs
reginald: reg reggie rex | rhiannon: rhi non nonny | richard: rick dick ricky rich richie dickie ritchie
robert: bob rob bobby robbie bert robin rab rabbie bobbie rhobert | roberta: bobbie robbie
roderick: rod rory rhodri roddy | rodney: rod | roger: rog hodge | roland: rolly roly | ronald: ron ronnie ronny
rosalie: rose rosie | rosalind: ros roz rosie | rosemary: rose rosie ros | rosie: rose | rowena: ro | royston: roy
rupert: rup | russell: russ | ruth: ruthie | sally: sal | samantha: sam sammy sammie | samuel: sam sammy sami
sandra: sandy san | sarah: sal sally sadie sara sar | satnam: sat | sebastian: seb bas baz | selina: lina
shannon: shan | sharon: shaz shazza | sheila: shell | shirley: shirl | sidney: sid syd | simon: si sim
sophia: sophie soph | sophie: soph | stanley: stan | stephanie: steph stevie steffi
stephen: steve ste stevie steph steffan steven | stewart: stu stew | stuart: stu stewart | sukhwinder: sukhi suki
susan: sue susie suzy suzie su sukie susannah | susannah: sue susie suzy zannah anna | suzanne: sue suzy suzie zanne
sylvester: sly syl | sylvia: syl | tabitha: tabby | tadeusz: tad | tamara: tammy tam | tamsin: tam tammy
temitope: tope temi | terence: terry tel | teresa: tess terry tessa theresa tracey | thaddeus: tad
theodore: theo ted teddy | thomas: tom tommy thom tomos twm tam tomasz | timothy: tim timmy | tobias: toby
trevor: trev | valerie: val | vanessa: nessa van | veronica: ronnie vera ron | victor: vic vick
victoria: vicky tori vic vicki vickie vikki queenie | vincent: vin vince vinnie | violet: vi letty
virginia: ginny ginnie ginger | vivian: viv | vivienne: viv | wallace: wally | walter: walt wally wat gwallter
wendy: wend | wilfred: wilf fred will | wilhelmina: mina billie minnie
william: bill will billy willie liam gwilym gwil bil willy wil wiliam | winifred: win winnie freda gwenfrewi
yusuf: yousef joseph joe | yvonne: eve von | zachary: zac zak zach | zoe: zo
peregrine: perry | alexander: aleksander alexandru | angus: aonghas | catherine: ecaterina | donald: domhnall | elizabeth: elzbieta
eve: ewa eva | george: gheorghe jerzy | gregory: grzegorz | hugh: aodh | john: jan ion joao jonas | joseph: jose juozas
kenneth: coinneach | kevin: caoimhin | lucas: lukasz | margaret: mairead | martin: marcin | michael: micheal mihai
mohammed: mehmet | patrick: padraig podge | paul: pawel pavel | richard: ryszard | sophie: zofia | stephen: stefan
anna: ania | barbara: basia | bozena: bozenka | dariusz: darek | eithne: enya | elzbieta: ela | gheorghe: gigi | grzegorz: grzes
jadwiga: yadviga jadzia | jan: janek yan | jaroslaw: jarek yaroslav | jerzy: jurek yezhi | joanna: asia | jolanta: jola
krzysztof: krzysiek | lukasz: lukas wukash luke | maciej: maciek | malgorzata: malgosia | meadhbh: maeve
przemyslaw: przemek shemek | ryszard: rysiek | sadhbh: sive sadbh | seonaid: shona | slawomir: slawek | stanislaw: staszek
tomasz: tomek | urszula: ula | wojciech: wojtek voytek | zbigniew: zbyszek | zofia: zosia | francisco: chico
abiodun: biodun | abimbola: bimbo bola | babatunde: tunde baba | damilola: dami lola | folasade: sade fola shade
funmilayo: funmi layo fumi | kehinde: kenny | morenike: nike | omolara: lara | titilayo: titi layo | yetunde: yeti tunde
adebukola: bukky | olanrewaju: lanre
amarachi: amara | chiamaka: amaka | chidinma: dinma | chinedu: nedu edu | chukwudi: chudi | ifeanyi: ify ifey | ifeoma: ify ifey
kelechi: kele | nkechi: kechi | nwamaka: amaka | onyekachi: kachi onyeka | uchenna: uche
abdullahi: abdi | abdirahman: abdi | abdikarim: abdi | fatima: fadumo faduma fatuma | khadija: kadija khadra
"""


def _read_short_forms(text: str) -> Mapping[str, frozenset[str]]:
    full_of: dict[str, set[str]] = {}
    for said in text.replace("\n", "|").split("|"):
        full, _, short = said.partition(":")
        for word in short.split():
            full_of.setdefault(word, set()).add(full.strip())
    return MappingProxyType({word: frozenset(full) for word, full in full_of.items()})


FULL_FORMS = _read_short_forms(_SHORT_FORMS)
"""Short form → the names that it is short for."""


@lru_cache(maxsize=8192)
def forms_of(word: str) -> frozenset[str]:
    """This function will give a given name and the names that it may be short for: "liz" is "liz" and "elizabeth".

    A long name of West Africa is also what is left without the name of God or of a crown in it: "oluwaseun" is "seun".
    """
    forms = FULL_FORMS.get(word, frozenset()) | {word}
    return forms | {said[1] or said[2]} if (said := _LONG.match(word)) else forms


_LONG = re.compile("^(?:oluwa|olu|ola|ade|ayo|omo|chukwu)([^aeiou][a-z]{2,}|(?<=chukwu)[a-z]{4,})$|^([a-z]{3,})chukwu$")


# --- Signs -----------------------------------------------------------------------------------------------------------

Sign = str
"""A kind and a value of it, as it is fingerprinted: nothing of it is stored in clear."""

END = 3
"""How many letters the beginning and the end of a given name have, by which it is known again."""
NO_BIRTHDAY_BEFORE = 1902
"""Housing systems write 1 January 1900 or 1901 where nobody knows."""


def _shortened(word: str) -> Iterator[str]:
    """A word, and the word with each one of its letters left out: two words that differ in one letter share one of these."""
    yield word
    if len(word) > 2:
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]


def _together(given: str, family: str) -> Sign:
    return "two " + " ".join(sorted((given, family)))


def _of_pair(given: str, family: str, *, thinly: bool = False) -> Iterator[Sign]:
    """The signs of a given name with a family name; `thinly` where they are not those by which somebody is mostly known."""
    by_sound = sound(family)
    for form in forms_of(given):
        yield _together(sound(form), by_sound)
        if not thinly:
            for short in _shortened(family):
                yield f"near {sound(form)} {short}"
    if thinly:
        return
    yield f"first {given[:END]} {by_sound}"
    yield f"last {given[-END:]} {by_sound}"
    yield f"initial {sound(given)[:1]} {by_sound}"


def _names(known: Known) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Given names and family names, as they are and as they were: one former name goes with the given names of now."""
    given = _given_words(known.given_names)
    yield given, _family_words(known.family_name)
    for former in known.former_names:
        first, last = split_name(former)
        if last:
            yield _given_words(first), _family_words(last)
        else:
            yield given, _family_words(former)


def signs_of_person(known: Known) -> frozenset[Sign]:
    """This function will give the signs by which somebody is found: their names, birthday, numbers."""
    signs: set[Sign] = set()
    for given, family in _names(known):
        for place, one in enumerate(given):
            for other in family:
                signs.update(_of_pair(one, other, thinly=place > 0))
        # A given name by itself is no sign of whoever has a family name: thousands share one, so that it would find nobody, and what
        # is stored would say how common each is. The page asks for something else with it.
        signs.update(f"alone {sound(word)}" for word in family or given)
    # Two given names together, as callers say them who take the second for the family name.
    signs.update(_together(sound(one), sound(other)) for one, other in combinations(words_of(known.given_names)[:3], 2))
    if known.born and known.born.year >= NO_BIRTHDAY_BEFORE:
        signs.add(f"born {known.born}")
    for phone in known.phones:
        signs.update(_of_phone(phone))
    signs.update(f"email {email.strip().casefold()}" for email in known.emails if email.strip())
    return frozenset(signs)


def signs_of_home(home: Located) -> frozenset[Sign]:
    """This function will give the signs by which whoever lives in a home, or lived there, is found."""
    signs = {sign} if (sign := sign_of_postcode(home.postcode)) else set()
    for number, street in streets_in(", ".join(home.lines)):
        signs.add(f"street {street}")
        if number:
            signs.add(f"door {number} {street}")
    return frozenset(signs)


def sign_of_postcode(text: str) -> Sign:
    """This function will give the sign of the postcode in a text, by which a home is found; nothing where it has none."""
    code = postcode_in(text)
    return f"postcode {code}" if code else ""


def sign_of_police_log(number: str) -> Sign:
    """This function will give the sign of a police log number, by which the case that has it is found; nothing for none."""
    plain = folded(number).replace(" ", "")
    return f"police {plain}" if plain else ""


def _of_phone(number: str) -> Iterator[Sign]:
    digits = dialled(number)
    if len(digits) >= 6:
        yield f"phone {digits}"
        yield f"phone begins {digits[:-4]}"
        yield f"phone ends {digits[-6:]}"


def signs_asked(asked: Asked) -> tuple[frozenset[Sign], frozenset[Sign]]:
    """This function will give the signs to look for, of homes and of people: those of everybody who may be meant."""
    homes: set[Sign] = set()
    if code := postcode_in(asked.postcode) or postcode_in(asked.address):
        homes.add(f"postcode {code}")
    streets = streets_in(asked.address)
    homes.update(f"door {number} {street}" for number, street in streets if number)
    if streets and not any(number for number, _ in streets):
        homes.update(f"street {street}" for _, street in streets)
    people = set(_asked_by_name(asked.name))
    if asked.born:
        people.update(f"born {day}" for day in (asked.born, *near_days(asked.born)))
    people.update(_of_phone(asked.phone))
    if asked.email.strip():
        people.add(f"email {asked.email.strip().casefold()}")
    return frozenset(homes), frozenset(people)


MOST_WORDS = 6


def _asked_by_name(name: str) -> Iterator[Sign]:
    words = words_of(name)[:MOST_WORDS]
    if len(words) == 1:
        yield f"alone {sound(words[0])}"
    # A word, or two beside each other written as one, as the given name and another as the family name: in either order.
    pieces = _pieces(words)
    for since, until, given in pieces:
        for begin, end, family in pieces:
            if end <= since or until <= begin:
                if len(given) == 1:
                    yield f"initial {sound(given)[:1]} {sound(family)}"
                elif len(family) > 1 and family not in PARTICLES:
                    yield from _of_pair(given, family)


def _pieces(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """The words of a name, two beside each other as one, and what stands after two particles with both: from, until, word."""
    pieces = [(place, place + 1, word) for place, word in enumerate(words)]
    if len(words) > 2:
        pieces += [(place, place + 2, "".join(words[place : place + 2])) for place in range(len(words) - 1)]
        pieces += [
            (place, place + 3, "".join(words[place : place + 3]))
            for place in range(len(words) - 2)
            if words[place] in PARTICLES and words[place + 1] in PARTICLES
        ]
    return pieces


def near_days(day: date) -> tuple[date, ...]:
    """This function will give the days that a slip makes of a date: day and month the other way round, or one digit another."""
    found: dict[date, None] = {}
    if swapped := _day(day.year, day.day, day.month):
        found[swapped] = None
    said = f"{day:%Y%m%d}"
    for place in range(2, 8):
        for digit in "0123456789":
            other = said[:place] + digit + said[place + 1 :]
            if made := _day(int(other[:4]), int(other[4:6]), int(other[6:])):
                found[made] = None
    found.pop(day, None)
    return tuple(found)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- How alike -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike what was asked and somebody are, in points, and why, in words."""

    points: float
    why: tuple[str, ...]


SAME, SHORT, SOUNDS, SLIP, INITIAL, OTHER = 1.0, 0.95, 0.92, 0.85, 0.75, 0.0
_WORDS_OF_NAMES = (
    (SHORT, "A short form of the name"),
    (SOUNDS, "The name sounds the same"),
    (INITIAL + 0.01, "The name differs by a letter or two"),
    (INITIAL, "An initial of the name"),
    (0.0, "A part of the name"),
)
A_NAME, A_DAY, A_NUMBER, A_POSTCODE, A_DOOR, A_STREET = 10.0, 14.0, 14.0, 6.0, 8.0, 4.0
WHOLE = 0.3
"""What it adds that the whole of a family name of several words was said: fewer have it than one of its words."""
TWO_GIVEN = 1.4
ENOUGH = 3.5
"""With fewer points somebody is not shown."""
NOT_ALIKE = -0.3
"""What a part of a name that is another counts against somebody: names change, and a number may be a partner's."""


def alike(asked: Asked, known: Known, homes: Sequence[Located] = ()) -> Likeness:
    """This function will say how alike what was asked and somebody are, and why."""
    found = (
        _alike_in_name(asked.name, known),
        _alike_in_birth(asked.born, known.born),
        _alike_in_phone(asked.phone, known.phones),
        _alike_in_email(asked.email, known.emails),
        _alike_in_address(asked, homes),
    )
    return Likeness(sum(points for points, _ in found), tuple(why for _, why in found if why))


def _alike_in_name(name: str, known: Known) -> tuple[float, str]:
    words = words_of(name)[:MOST_WORDS]
    if not words:
        return 0.0, ""
    best, why = float("-inf"), ""
    for place, (given, family) in enumerate(_names(known)):
        points, how = _as_written(words, given, family)
        if points > best:
            best, why = points, f"{how}, as a former name" if place and how else how
    return best, why


def _as_written(words: Sequence[str], given: Sequence[str], family: Sequence[str]) -> tuple[float, str]:
    """The points of a name in one of the ways in which it is known, whichever word is the family name."""
    pieces = _pieces(words)
    firsts = [(since, until, _best(word, given, is_given=True)) for since, until, word in pieces]
    lasts = [(since, until, _best(word, family, is_given=False)) for since, until, word in pieces]
    if len(words) == 1 or not family:
        alike = max(one for _, _, one in (*firsts, *lasts))
        return A_NAME * _counted(alike), _in_words(alike, alike) if alike else ""
    points, first, last, turned = max(
        (_counted(one) + _counted(other), one, other, end <= since)
        for since, until, one in firsts
        for begin, end, other in lasts
        if end <= since or until <= begin
    )
    if not (first and last) and (both := _as_given_names(words, given)):
        return max(A_NAME * points, both), "Two given names"
    if not first and not last:
        return A_NAME * points, ""
    how = _in_words(first, last)
    has_all = len(family) > 2 and any(_alike_word(word, family[-1], is_given=False) >= SOUNDS for _, _, word in pieces)
    if first >= INITIAL and has_all:
        points += WHOLE
    return A_NAME * points, f"{how}, the other way round" if turned and first and last else how


def _as_given_names(words: Sequence[str], given: Sequence[str]) -> float:
    """The points where two words are two of the given names: less than for a given name with the family name."""
    alike = (
        min(_alike_word(one, first, is_given=True), _alike_word(other, second, is_given=True))
        for one, other in combinations(words, 2)
        for first, second in permutations(given, 2)
    )
    least = max(alike, default=OTHER)
    return TWO_GIVEN * A_NAME * _counted(least) if least >= SLIP else 0.0


def _counted(alike: float) -> float:
    return max(NOT_ALIKE, (alike - 0.6) / 0.4) if alike else NOT_ALIKE


def _in_words(first: float, last: float) -> str:
    least = min(first, last)
    if least == SAME:
        return "The same name"
    return next(words for least_of_it, words in _WORDS_OF_NAMES if least >= least_of_it)


def _best(word: str, known: Sequence[str], *, is_given: bool) -> float:
    return max((_alike_word(word, one, is_given=is_given) for one in known), default=OTHER)


@lru_cache(maxsize=8192)
def _alike_word(word: str, known: str, *, is_given: bool) -> float:
    if word == known:
        return SAME
    if len(word) == 1 or len(known) == 1:
        return INITIAL if word[0] == known[0] or sound(word)[:1] == sound(known)[:1] else OTHER
    if is_given and not forms_of(word).isdisjoint(forms_of(known)):
        return SHORT
    if (by_sound := sound(word)) == sound(known) and len(by_sound) > 1:
        return SOUNDS
    longest = max(len(word), len(known))
    slips = distance(word, known, min(3, longest // 2))
    if slips == 1 and longest > 3:
        return SLIP + 0.005 * min(longest, 10)
    if slips * 3 <= longest:
        return SLIP - 0.04 * (slips - 1)
    if (slips * 2 <= longest and longest > 5) or (by_sound and by_sound == sound(known)):
        return 0.7
    return OTHER


def distance(one: str, other: str, most: int) -> int:
    """This function will count the slips between two words: a letter more, less, another, or two exchanged; beyond `most` it stops."""
    letters, others = set(one), set(other)
    if max(abs(len(one) - len(other)), len(letters - others), len(others - letters)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for column, its in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != its))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == its:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _alike_in_birth(asked: date | None, born: date | None) -> tuple[float, str]:
    if asked is None or born is None or born.year < NO_BIRTHDAY_BEFORE:
        return 0.0, ""
    if asked == born:
        return A_DAY, "The same date of birth"
    if (asked.year, asked.day, asked.month) == (born.year, born.month, born.day):
        return A_DAY * 0.75, "Date of birth with day and month the other way round"
    if distance(f"{asked:%Y%m%d}", f"{born:%Y%m%d}", 1) == 1:
        return A_DAY * 0.6, "Date of birth but for one figure"
    return -4.0, ""


def _alike_in_phone(asked: str, known: Sequence[str]) -> tuple[float, str]:
    digits = dialled(asked)
    if len(digits) < 6:
        return 0.0, ""
    slips = min((distance(digits, dialled(one), 2) for one in known), default=3)
    if not slips:
        return A_NUMBER, "The same telephone number"
    if slips == 1:
        return A_NUMBER * 0.65, "Telephone number but for one figure"
    if any(dialled(one)[-6:] == digits[-6:] for one in known):
        return A_NUMBER * 0.5, "The end of the telephone number"
    return 0.0, ""


def _alike_in_email(asked: str, known: Sequence[str]) -> tuple[float, str]:
    wanted = asked.strip().casefold()
    if wanted and any(wanted == one.strip().casefold() for one in known):
        return A_NUMBER, "The same e-mail address"
    return 0.0, ""


def _alike_in_address(asked: Asked, homes: Sequence[Located]) -> tuple[float, str]:
    code = postcode_in(asked.postcode) or postcode_in(asked.address)
    streets = set(streets_in(asked.address))
    if not code and not streets:
        return 0.0, ""
    best, why = 0.0, ""
    for home in homes:
        points, said = 0.0, []
        its = streets_in(", ".join(home.lines))
        if any(number and (number, street) in streets for number, street in its):
            points, said = A_DOOR, ["address"]
        elif {street for _, street in its} & {street for _, street in streets}:
            points, said = A_STREET, ["street"]
        if code and code == postcode_in(home.postcode):
            points += A_POSTCODE
            said.append("postcode")
        if points > best:
            best, why = points, f"The same {' and '.join(said)}"
    return best, why
