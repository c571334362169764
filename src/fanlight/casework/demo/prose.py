"""What officers write beside their entries: short, discreet, and more than one way of saying it."""

import re
from collections.abc import Mapping
from random import Random

_EITHER = re.compile(r"\[([^\]]+)\]")


def say(chance: Random, *texts: str) -> str:
    """This function will choose one of the texts, and in it one of each [this|that]."""
    return _EITHER.sub(lambda found: chance.choice(found[1].split("|")), chance.choice(texts))


NO_ANSWER = (
    "Rang at the agreed time, no answer. No message left.",
    "No reply [twice|this morning]. I will try again tomorrow, same number, withheld.",
    "[Phone switched off|Rang out]. Nothing left on it.",
)
TRIAGED = (
    "Read and agreed with the reporter what was heard. This is ours.",
    "[Spoke with|Rang] whoever took it. Enough to act on. Nothing to go to the address.",
    "Looked for earlier cases at the address: none that we may link. Opened.",
    "Opened as a case. [No letters, no texts|Nothing by post] until somebody has spoken to them safely.",
)
TALKED_WITH_MANAGER = (
    "Agreed who rings and when, and that nobody calls at the house.",
    "Went through it with the colleague who took the call: they were shaken and have been offered a word afterwards.",
    "Agreed next steps. No visit before we know that it is safe.",
)
HANDED = (
    "Rang to hand this over; the record has the safe times.",
    "Spoken to on the phone about it, and asked to acknowledge.",
    "For you, please. Read the safe contact note first.",
)
TAKEN = ("Got it, I have it from here.", "Received. I will ring in the safe hours.", "Mine. Thank you for the call.")
LOGGED = (
    "Logged, with the least that is needed.",
    "Entered. No address beyond the tenancy reference.",
    "Put on, marked restricted.",
)
LOG_UPDATED = ("Log brought up to date.", "Follow-up added to the log.", "Outcome added to the log.")
MARKED: Mapping[str, tuple[str, ...]] = {
    "contact_first": ("Ring the case officer before anyone calls.", "Set by e-mail, wording neutral."),
    "two_to_visit": ("Two to attend; the reason is not shown.", "Set by e-mail, wording neutral: two to attend."),
}
OFFERED = (
    "Told them what there is and left it open.",
    "Went through the services near by, and what each could do.",
    "Offered, with the number on a card that looks like a dentist's.",
)
ACCEPTED = (
    "Said yes, and would like us to make the call.",
    "Yes, as long as they ring in the safe hours.",
    "Yes to this now; no a month ago.",
)
DECLINED = (
    "Not for now. Knows how to ask.",
    "No thank you, and I said that the offer stays.",
    "Wants to think about it.",
)
CONSENTED = (
    "Yes, tell them. I want somebody to ring me.",
    "Yes. Only what they need.",
    "[Fine|That is fine] by me, as long as nobody comes to the door.",
)
REFUSED = ("I do not want them told. Not yet.", "No, for now.")
LIMITS = "That children, adults at risk and life come first, and what we then pass on; and that they can take it back."
PURPOSES = {
    "police": "prevent_crime",
    "marac": "assess_risk",
    "children_social_care": "protect_child",
    "adult_safeguarding": "protect_adult",
    "housing_options": "home",
    "sanctuary": "home",
    "refuge": "home",
    "solicitor": "law",
    "capacity_assessor": "health",
}
"""For what somebody agrees that a service be told; for all others, so that they get support."""
REFERRED = (
    "Sent by their form, with the safe contact times at the top.",
    "Rang them and sent the form. They will tell us who takes it.",
    "Referred, with consent where it is needed. Address left off.",
)
RECEIVED = (
    "[They rang|Their duty worker rang] to say they have it.",
    "Confirmed by e-mail, no names in it.",
    "Acknowledged. A worker is named.",
)
SEEN = (
    "In private, as they wished.",
    "In the small room at the back, door closed.",
    "Somewhere that nobody would remark on.",
)
INCIDENT = (
    "A further incident on [Saturday|Sunday] night; heard of it [from the police|when I rang] this morning.",
    "He came back while the children were at school. They rang me afterwards, not at the time.",
    "The neighbour rang again. It had been quiet for weeks.",
)
JUDGED_HIGH = (
    "They are afraid of what happens next, and they know them best.",
    "It comes more often and goes further each time.",
    "They mean to leave, and it is known: the weeks after are the worst.",
)
NOT_JUDGED_HIGH = (
    "Nothing beyond what the answers say, and they feel safe where they are.",
    "They have people around them and have thought it through.",
    "As far as this goes. We look at it again at the next call.",
)
RENEWED = ("Done again after what happened.", "Renewed by telephone, at a safe time.")
WORKS_ORDER = (
    "Raised as urgent. Contractor rings before calling.",
    "Ordered; to be done in school hours.",
    "Ordered through the usual firm, reason not given.",
)
FITTED = ("Fitted and tried out.", "In, and the tenant has shown me that it works.", "Done today.")
REVIEWED_MEASURE = ("It works and is used.", "Working. Nothing more asked for.")
STILL_THERE = (
    "Rang at the usual time. Nothing new, glad of the call.",
    "Quiet fortnight. [Sleeping better|Eating again], they say.",
    "All steady. Next call agreed.",
    "They sounded stronger. Asked about the next step with the tenancy.",
)
REVIEWED = (
    "Looked at with my manager: nothing owed, support in place.",
    "Quiet for some weeks. We keep the number open.",
)
CLOSING_REASONS = (
    "Safe, supported and agreed with them.",
    "Nothing more is wanted of us for now; they know how to come back.",
    "The plan has been carried out and the risk is down.",
)
SERVICE_NAMES: Mapping[str, tuple[str, ...]] = {
    "idva": ("IDVA duty desk", "IDVA service"),
    "support_service": ("Support service, duty worker", "Intake at the support service"),
    "children_social_care": ("Duty social worker", "Front door team"),
    "adult_safeguarding": ("Adult safeguarding duty desk",),
    "marac": ("MARAC coordinator",),
    "womens_refuge_check": ("Refuge duty worker",),
    "refuge": ("Refuge duty worker",),
    "housing_options": ("Housing options duty officer",),
    "solicitor": ("Solicitor's clerk",),
    "capacity_assessor": ("Surgery",),
    "police": ("Domestic abuse unit",),
    "children_services": ("Family support duty worker",),
    "children_support": ("Young people's worker",),
}

NOT_ANSWERED = (
    "Rang at the time that we had agreed. It rang out; no message left.",
    "Rang again from the withheld number. No answer.",
    "Third time. The telephone is switched off, and that is not like them.",
)

WHY_NOT_ASKED = "Asking would have told the other one, who reads the messages, and it could not wait."
