"""What the invented cases are about: what was said, what was learned, and how it ended, in a few discreet sentences.

In a text, [this|that] stands for either, so that two cases of one kind do not read alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Situation:
    """One kind of case: who told the landlord and how, what is found out in turn, what is wanted, and the end of it."""

    source: str
    channel: str
    told: str
    heard: str
    seen: str
    plan: str
    ended: str
    at_risk: str = "f"
    causing_harm: str = "m"
    children: int = 0
    about: str = "customer"
    danger: bool = False
    known: Mapping[str, object] = field(default_factory=dict)
    """Facts that the report states already."""
    learned: Mapping[str, object] = field(default_factory=dict)
    """Facts that the first safe conversation brings, beside those that every one brings."""
    flags: tuple[str, ...] = ()
    """What the risk assessment finds, of the four kinds of abuse that some policies count as high."""
    score: int = 7
    wants: frozenset[str] = frozenset({"support"})
    """Of: support, idva, security, repair, move, refuge, legal."""
    choice: str = "ends"
    recurs: bool = False
    """Whether a further incident comes to light later."""

    @property
    def high(self) -> bool:
        """Whether the risk is high, by score or by one of the four kinds."""
        return self.score >= 14 or bool(self.flags)


def _wants(*words: str) -> frozenset[str]:
    return frozenset(words)


SITUATIONS: tuple[Situation, ...] = (
    Situation(
        source="neighbour",
        channel="phone",
        told=(
            "Neighbour has heard [shouting|raised voices] through the wall [most evenings this week|on "
            "several nights] and a child crying. They do not want to be named."
        ),
        heard=(
            "She says it has been [hard|tense] since her partner lost his job. He checks her phone and she "
            "[sees little of|has stopped seeing] her friends."
        ),
        seen=(
            "Seen alone at the [office|children's centre]. Controlling behaviour over about a year. Her "
            "worry is [for the children|what the children hear]."
        ),
        plan=(
            "She will keep her papers and a spare phone at her sister's, and has agreed a word with us that "
            "means 'ring the police'."
        ),
        ended="He has moved out and the case is quiet. She has the helpline's number and ours.",
        children=2,
        known={"children": True},
        score=9,
        choice="ends",
        learned={"lives_with_perpetrator": True, "safe_at_home": True},
    ),
    Situation(
        source="survivor",
        channel="phone",
        told=(
            "Her former partner keeps coming to the door [at night|after the pub closes]. She would like "
            "[better locks|the door made safer] and advice."
        ),
        heard="He left in the [spring|summer] and will not accept it. She feels safe indoors, not on the way in and out.",
        seen="She keeps a diary of the visits. He has not been inside since he left.",
        plan="Lights on a sensor, extra locks, neighbour to ring if he is seen. She will ring 999 if he comes to the door.",
        ended="No visits for [six|eight] weeks. The locks and lights are in and she says that she sleeps again.",
        children=1,
        learned={"perpetrator_left": True, "safe_at_home": True, "police_told": True, "lives_with_perpetrator": False},
        score=10,
        wants=_wants("support", "security"),
        choice="ends",
    ),
    Situation(
        source="contractor",
        channel="report_it",
        told=(
            "Joiner on a routine job saw [an inside door|the bathroom door] broken through and the tenant "
            "did not want to say how. A man in the flat answered every question for her."
        ),
        heard="She says that he breaks things when he is angry and is always sorry. She does not want us to speak to him.",
        seen=(
            "Damage to two doors, both his doing. She is making up her mind, and wants to know what would "
            "happen to the tenancy."
        ),
        plan="Nobody from repairs goes in without ringing her first. She has a bag at her mother's.",
        ended="She has ended the relationship. Doors mended at no charge to her.",
        known={"damage": True},
        learned={"lives_with_perpetrator": True, "safe_at_home": True, "damage": True},
        score=11,
        wants=_wants("support", "repair"),
        choice="ends",
    ),
    Situation(
        source="colleague",
        channel="report_it",
        told=(
            "During a call about [arrears|rent] she said that her husband keeps her bank card and she has "
            "to ask for money for food."
        ),
        heard="He controls the money, the car and the post. She is not afraid of being hurt, and very tired of it.",
        seen="Economic abuse over [some|four] years. The arrears are his doing: he told her that the rent was paid.",
        plan="A bank account of her own, letters to her work address, arrears action on hold.",
        ended="She has her own income and a payment plan. She has chosen to stay for now and knows where to turn.",
        children=1,
        learned={"lives_with_perpetrator": True, "safe_at_home": True, "breach": True},
        score=6,
        choice="stays",
    ),
    Situation(
        source="survivor",
        channel="in_person",
        told=(
            "He came to the office [on his own|at opening time]. His wife [throws things|loses her temper] "
            "and has told him nobody will believe a man."
        ),
        heard=(
            "It has got worse since she found that he had spoken to his brother. He sleeps in the "
            "[car|spare room] some nights."
        ),
        seen="He gave a clear account and played it down. Injuries twice this year, seen by the surgery.",
        plan="His brother's address as a place to go. He will ring from work.",
        ended="He has moved to his brother's and has a solicitor for contact with the children.",
        at_risk="m",
        causing_harm="f",
        children=2,
        learned={"lives_with_perpetrator": True, "safe_at_home": False},
        score=12,
        wants=_wants("support", "legal"),
        choice="leaves",
    ),
    Situation(
        source="third_party",
        channel="phone",
        told=(
            "Her daughter rang: her brother has moved back in with their mother, who is [74|78], takes her "
            "pension and frightens her."
        ),
        heard="She does not want him to be homeless. She does want her own front room back, and her money.",
        seen="She is frail after a fall and depends on him for shopping, which he uses. She understands and can decide.",
        plan="Daughter calls at set times. Shopping from the church. His post redirected.",
        ended="He is in a room of his own through the council. She has carers twice a day.",
        known={"survivor_age": 74},
        learned={"adult_at_risk": True, "lives_with_perpetrator": True, "safe_at_home": True, "vulnerable": True},
        score=8,
        choice="ends",
    ),
    Situation(
        source="agency",
        channel="agency_referral",
        told=(
            "The surgery's nurse is worried about a husband's treatment of his wife, who has "
            "[Parkinson's|dementia, early on] and cannot be alone with us for long."
        ),
        heard="She squeezed the nurse's hand and said that he is rough when he is tired. She asked that he not be told.",
        seen="Seen at the surgery. She needs help with washing and dressing, and he is the only one who gives it.",
        plan="Day centre twice a week, where we see her. A care assessment asked for.",
        ended="Carers come four times a day and he has had help of his own. She says that things are gentler.",
        learned={
            "adult_at_risk": True,
            "capacity_in_doubt": True,
            "lives_with_perpetrator": True,
            "vulnerable": True,
            "safe_at_home": True,
        },
        score=9,
        choice="stays",
    ),
    Situation(
        source="agency",
        channel="agency_referral",
        told=(
            "The school's family worker says that [a pupil|one of the children] has talked about hiding "
            "with a younger brother when their dad shouts."
        ),
        heard="She knows what the children see. She had not thought that anyone would help without taking them away.",
        seen="She is a careful mother under great strain. He drinks at weekends, and it is then that it happens.",
        plan="Children go to their grandmother from Friday to Sunday for now. School told of who may collect them.",
        ended="He left after the family meeting. The children have a worker at school and are doing well.",
        children=3,
        known={"children": True},
        learned={"child_at_risk": True, "lives_with_perpetrator": True, "safe_at_home": True},
        score=13,
        wants=_wants("support", "idva"),
        choice="ends",
        recurs=True,
    ),
    Situation(
        source="survivor",
        channel="in_person",
        told=(
            "An applicant from [another county|two hundred miles away] who has left everything. Staying in "
            "[one room|a friend's box room] with her son."
        ),
        heard="He does not know where she is. She changed her phone. She would like to be near her cousin.",
        seen="She has left twice before and he found her through the school. Very high worry about being traced.",
        plan="No post to any address. School place under her own name only. Her cousin is the only one who knows.",
        ended="Housed, under an address that nobody outside the case has. Son settled in school.",
        children=1,
        about="applicant",
        known={"fleeing": True, "children": True},
        learned={
            "safe_at_home": False,
            "lives_with_perpetrator": False,
            "perpetrator_left": False,
            "police_told": True,
        },
        flags=("stalking",),
        score=15,
        wants=_wants("support", "idva", "move"),
        choice="leaves",
    ),
    Situation(
        source="marac",
        channel="agency_referral",
        told="The MARAC has heard a case at one of our addresses and asks what we know of the household.",
        heard="She expected our call. The police have been twice this month and she has decided not to have him back.",
        seen="High risk. Threats made when she said that it was over. She is clear about what she needs.",
        plan="Police marker on the address, new locks, children collected by their aunt.",
        ended="The MARAC has closed its actions. He is barred by the court from the street.",
        children=2,
        known={"children": True, "police_told": True},
        learned={
            "lives_with_perpetrator": False,
            "perpetrator_left": True,
            "safe_at_home": True,
            "child_at_risk": True,
            "visit_risk": True,
        },
        flags=("threats_to_kill",),
        score=18,
        wants=_wants("idva", "security", "legal"),
        choice="ends",
    ),
    Situation(
        source="survivor",
        channel="web",
        told=(
            "Form on our website, sent at [02:10|01:40]: his partner reads his messages and tells friends "
            "lies about him. 'Please do not ring the flat.'"
        ),
        heard=(
            "Spoken to at his work. They are both on the tenancy and his partner says that he will lose the "
            "flat if he talks."
        ),
        seen="Isolation and threats to out him at work. No violence so far. He had not thought of it as abuse.",
        plan="A friend two streets away, and a code word in texts to us.",
        ended="He has moved to a home of his own. Joint tenancy ended by agreement through the solicitor.",
        at_risk="m",
        learned={"lives_with_perpetrator": True, "joint_tenancy": True, "safe_at_home": True},
        score=9,
        wants=_wants("support", "move"),
        choice="leaves",
    ),
    Situation(
        source="agency",
        channel="agency_referral",
        told=(
            "College tutor: a student of [19|18] is afraid of being taken abroad to be married. She asked "
            "that we write nothing to the house."
        ),
        heard="She was told that the ticket is booked. Her passport is with an uncle. She is calm and very frightened.",
        seen="So-called honour-based abuse. Nobody in the family is to hear that she has spoken to us.",
        plan=(
            "College is the only place where we meet. The forced marriage unit and the police have been "
            "told with her consent."
        ),
        ended="She is in a safe place in another city, with a protection order. Nothing of it is on any letter.",
        known={"honour_based": True, "survivor_age": 19},
        learned={"safe_at_home": False, "lives_with_perpetrator": True, "police_told": True},
        flags=("threats_to_kill",),
        score=16,
        wants=_wants("idva", "refuge", "legal"),
        choice="leaves",
    ),
    Situation(
        source="survivor",
        channel="phone",
        told=(
            "He waits outside [her work|the bus station] and sends [forty|dozens of] messages a day from "
            "new numbers. He has been seen on the landing."
        ),
        heard="They were together for [a year|eight months]. She has changed her number twice.",
        seen="Constant unwanted contact, in public and online. She keeps a log, which the police have.",
        plan="Camera at the door, way home changed, colleagues at work told. Neighbour below keeps watch.",
        ended="Bound over by the court. [No messages for two months|Quiet since].",
        learned={
            "police_told": True,
            "in_public": True,
            "perpetrator_left": True,
            "lives_with_perpetrator": False,
            "safe_at_home": True,
        },
        flags=("stalking",),
        score=14,
        wants=_wants("idva", "security", "legal"),
        choice="ends",
    ),
    Situation(
        source="agency",
        channel="phone",
        told=(
            "The community midwife saw her with [marks on her arm|a mark she could not explain] and a "
            "partner who would not leave the room."
        ),
        heard=(
            "First baby, due in [ten|eight] weeks. It began when she told him. She wants to stay with him "
            "and wants it to stop."
        ),
        seen="Seen at the clinic, alone. Pregnancy raises the risk and she knows it.",
        plan="Clinic days are our days. Bag with the hospital notes by her mother's door.",
        ended="Baby safely here. She has gone to her mother's and has a family worker.",
        learned={"child_at_risk": True, "lives_with_perpetrator": True, "safe_at_home": True},
        score=13,
        wants=_wants("support", "idva"),
        choice="stays",
        recurs=True,
    ),
    Situation(
        source="third_party",
        channel="phone",
        told=(
            "Her sister is worried: she has cancelled three visits, and the last time she rang a man took "
            "the phone from her hand."
        ),
        heard="She was short on the phone, and rang back from a neighbour's: 'I cannot talk, but do not give up on me.'",
        seen="Met at the library. She is watched more than we knew, and has been planning to go for some time.",
        plan="Papers and a bag with her sister. She will choose the day, and we keep Friday mornings free for her.",
        ended="She left on a Friday with help from all of us. Her sister sends her thanks.",
        learned={"lives_with_perpetrator": True, "safe_at_home": False},
        score=12,
        wants=_wants("support", "refuge"),
        choice="leaves",
    ),
    Situation(
        source="colleague",
        channel="report_it",
        told=(
            "Noise complaints about this flat come always on [payday weekends|the same nights]. The officer "
            "who called thought that the tenant was afraid of the man with her."
        ),
        heard="She says the noise is him. She has had two warning letters for it and dared not answer them.",
        seen="The rows are the abuse, heard through the wall. The complaints should not be held against her.",
        plan="Warnings withdrawn. She will ring us, not argue, when he starts; the neighbours have a number too.",
        ended="He no longer comes. No complaints in [seven|ten] weeks.",
        known={"breach": True},
        learned={"breach": True, "breach_from_abuse": True, "lives_with_perpetrator": False, "safe_at_home": True},
        score=8,
        choice="ends",
    ),
    Situation(
        source="survivor",
        channel="email",
        told=(
            "They are joint tenants and he has [gone to his mother's|left]. He still has keys and says that "
            "he will come back whenever he likes."
        ),
        heard="She wants to know whether she can change the locks and whether the tenancy can be hers.",
        seen="He used to take her key when he went out. She feels free for the first time and does not want to lose it.",
        plan="Chain and bolt for now. Legal advice before anything is done about the tenancy.",
        ended="Tenancy in her name by court order. Locks changed on the day.",
        learned={
            "joint_tenancy": True,
            "perpetrator_left": True,
            "lives_with_perpetrator": False,
            "safe_at_home": True,
        },
        score=8,
        wants=_wants("support", "security", "legal"),
        choice="ends",
    ),
    Situation(
        source="agency",
        channel="phone",
        told=(
            "An advice centre rang with her beside them. She speaks [Portuguese|Romanian] and has little "
            "English; her husband does all the talking at home."
        ),
        heard=(
            "Through the centre's interpreter: she may not leave the house without him. She did not know "
            "that this is an offence here."
        ),
        seen="A professional interpreter whom she accepted. She asked that nobody from her community be used.",
        plan="The centre's English class is where she can be met. Her papers are copied and safe.",
        ended="She is with a specialist service in her own language and is learning to drive.",
        learned={"communication_barrier": True, "lives_with_perpetrator": True, "safe_at_home": True},
        score=11,
        choice="leaves",
        wants=_wants("support", "refuge"),
    ),
    Situation(
        source="neighbour",
        channel="phone",
        told=(
            "Screaming and something [breaking|thrown] upstairs just now, and a woman calling out. The "
            "neighbour will not go up."
        ),
        heard="Police took him away. She is shaken and does not want to be at home tonight, in case he is let out.",
        seen="The worst night so far, and not the first. She told us of one thing that the checklist counts as grave.",
        plan="Nights at her aunt's until the bail conditions are known. New lock before she sleeps here again.",
        ended="He was convicted and may not come near. She came home after [three|four] weeks.",
        danger=True,
        children=1,
        known={"children": True},
        learned={
            "police_told": True,
            "safe_at_home": False,
            "lives_with_perpetrator": True,
            "child_at_risk": True,
            "damage": True,
        },
        flags=("strangulation",),
        score=19,
        wants=_wants("idva", "security", "repair"),
        choice="ends",
        recurs=True,
    ),
    Situation(
        source="survivor",
        channel="phone",
        told=(
            "She rang from a [petrol station|friend's car] with the children. She says that he has [a knife "
            "in the car|said he will burn the house] and she cannot go back tonight."
        ),
        heard="Safe with her friend. She wants to be far away and the children to start school again somewhere.",
        seen="She has hidden this for years. The children know more than she thought.",
        plan="Refuge tonight, by taxi, paid for. School and surgery told what they need.",
        ended="They are settled in another town under a reciprocal move. She wrote to say that they are well.",
        danger=True,
        children=2,
        known={"children": True},
        learned={
            "safe_at_home": False,
            "lives_with_perpetrator": True,
            "child_at_risk": True,
            "police_told": True,
            "visit_risk": True,
        },
        flags=("weapons",),
        score=17,
        wants=_wants("idva", "refuge", "move"),
        choice="leaves",
    ),
    Situation(
        source="third_party",
        channel="letter",
        told=(
            "A letter, not signed, in a careful hand: 'Please look in on the young couple at the end. I "
            "hear things I cannot forget.'"
        ),
        heard="They are both [twenty|twenty-one]. She laughed it off at first, then asked whether she could ring again.",
        seen="He decides what she wears and whom she sees. She wants to know what is normal.",
        plan="She will do the course that the support service runs, on Thursdays, when he is at football.",
        ended="She has ended it, and finished the course. She brought cake to the office.",
        known={"survivor_age": 20},
        learned={"lives_with_perpetrator": True, "safe_at_home": True},
        score=5,
        choice="ends",
    ),
    Situation(
        source="agency",
        channel="email",
        told=(
            "Probation tells us that our tenant is back home and that his partner, who is not on the "
            "tenancy, may be at risk."
        ),
        heard=(
            "She was glad to be asked. She does not want him to lose the flat, and does want somewhere to "
            "go when it is bad."
        ),
        seen="Seen at probation's office. She has no tenancy of her own anywhere.",
        plan="A key to her friend's. Probation sees him on Mondays and tells us if he misses.",
        ended="She has a flat of her own through the council. He is working with a service for people who want to stop.",
        learned={
            "lives_with_perpetrator": True,
            "safe_at_home": True,
            "customer_is": "perpetrator",
            "police_told": True,
            "visit_risk": True,
        },
        score=11,
        choice="leaves",
        wants=_wants("support", "move"),
    ),
    Situation(
        source="survivor",
        channel="phone",
        told=(
            "Her adult son [shouts and breaks things|has broken the window again] when she will not lend "
            "him money. She is ashamed to be asking."
        ),
        heard="He lives with her on and off. She loves him and is afraid of him.",
        seen="Window and two doors. She will not go to the police, for now, and may change her mind.",
        plan="Her neighbour has a key. She does not open the door when he has been drinking.",
        ended="He has a place in supported housing. They have a meal together on Sundays, at his.",
        known={"damage": True},
        learned={"damage": True, "lives_with_perpetrator": False, "safe_at_home": True},
        score=7,
        wants=_wants("support", "repair", "security"),
        choice="ends",
    ),
    Situation(
        source="colleague",
        channel="report_it",
        told=(
            "At the sign-up of a new tenancy she asked [three times|twice] whether her address is on any "
            "list that her ex could see."
        ),
        heard="She has been rehoused once already. He works for [a delivery firm|the buses] and knows the town.",
        seen="Afraid of being found, with reason. Otherwise she and the children are doing well.",
        plan="Name off the intercom, post to a box, markers on the account.",
        ended="A quiet winter. She has let us take the marker off the telephone.",
        children=2,
        known={"children": True, "fleeing": True},
        learned={"perpetrator_left": True, "lives_with_perpetrator": False, "safe_at_home": True},
        score=10,
        wants=_wants("support", "security"),
        choice="ends",
    ),
)

DANGER = SITUATIONS[18]
"""The one that is in immediate danger as the demo starts."""
QUIET = (SITUATIONS[3], SITUATIONS[15], SITUATIONS[20], SITUATIONS[0], SITUATIONS[23])
"""Such as may wait in the triage queue without anyone's being in danger."""
