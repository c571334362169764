"""The words of the policy language: entry kinds, facts, roles and services, each with its question.

Forms, questions, checks and documents are made from this file; LANGUAGE.md section 8 is its contract.
A landlord's own words (`[facts]`, `[services]`, `[roles]`) are added to it by `Vocabulary.with_words_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Type = Literal["yes/no", "number", "word", "set of words", "moment", "text", "either"]
"""What a term may hold. "text" is free prose; "either" is yes, no, or a few words."""

ClosedList = tuple[tuple[str, str], ...]
WordSource = Literal["services", "roles", "entries", "services or roles"]

FACT_TYPES: tuple[Type, ...] = ("yes/no", "number", "word", "set of words", "moment")


@dataclass(frozen=True, slots=True)
class Term:
    """A fact, or a field of an entry: its name, its type, the question that asks for it.

    `words` is a closed list of (word, title), the name of a list that the policy may add to,
    or None where any word will do. `suggested` are words offered by a form that takes any.
    """

    name: str
    type: Type
    ask: str
    words: ClosedList | WordSource | None = None
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry: its title on a page, when it is said, and its own fields."""

    name: str
    title: str
    said_when: str
    fields: Mapping[str, Term] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    """Facts that this kind usually states: its form asks for them."""
    of: str = ""
    """The question that asks which entry this one answers; empty where it usually answers none."""


def _terms(*terms: Term) -> Mapping[str, Term]:
    return MappingProxyType({term.name: term for term in terms})


def _yes_no(name: str, ask: str) -> Term:
    return Term(name, "yes/no", ask)


def _word(name: str, ask: str, words: ClosedList | WordSource | None = None, suggested: tuple[str, ...] = ()) -> Term:
    return Term(name, "word", ask, words, suggested)


def _text(name: str, ask: str) -> Term:
    return Term(name, "text", ask)


ROLES: Mapping[str, str] = MappingProxyType(
    {
        "line_manager": "Line manager",
        "case_officer": "Case officer",
        "safeguarding_lead": "Safeguarding lead",
        "safeguarding_deputy": "Safeguarding deputy",
        "community_resolution_officer": "Community resolution officer",
        "tenancy_officer": "Tenancy officer",
        "lettings_officer": "Lettings officer",
        "manager": "Manager",
        "people_and_culture": "People & Culture",
        "community_safety_team": "Community safety team",
        "neighbourhood_services": "Neighbourhood services",
        "independent_living": "Independent living",
        "customer_access": "Customer access",
        "neighbourhoods": "Neighbourhoods",
        "specialist_team": "Specialist domestic abuse team",
        "community_housing_officer": "Community housing officer",
        "housing_support_coordinator": "Housing support coordinator",
        "housing_support_worker": "Housing support worker",
        "housing_manager": "Housing manager",
        "community_safety_officer": "Community safety officer",
        "managing_agent": "Managing agent",
        "executive": "Executive",
        "receiver": "Whoever takes the report",
        "all_staff": "All staff",
    }
)

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "emergency_services": "Emergency services",
        "police": "Police",
        "children_social_care": "Children's social care",
        "adult_safeguarding": "Adult safeguarding",
        "marac": "MARAC",
        "idva": "Independent domestic violence adviser (IDVA)",
        "refuge": "Refuge",
        "womens_refuge_check": "Women's refuge check",
        "support_service": "Domestic abuse support service",
        "helpline": "Helpline",
        "housing_options": "Council housing options",
        "fire_authority": "Fire and rescue service",
        "capacity_assessor": "Mental capacity assessor",
        "solicitor": "Family law solicitor",
        "sanctuary": "Sanctuary scheme",
        "independent_living": "Independent living service",
        "perpetrator_service": "Service for people who cause harm",
        "people_and_culture": "People & Culture",
        "safeguarding_children_team": "Safeguarding children team",
        "colleague_policy": "Colleague policy",
        "community_safety": "Community safety",
        "case_officer": "Case officer",
        "specialist": "Specialist organisation",
    }
)

CONNECTIONS: ClosedList = (
    ("married", "They are, or were, married to each other"),
    ("civil_partners", "They are, or were, civil partners"),
    ("agreed_to_marry", "They agreed to marry, whether or not it came to it"),
    ("agreed_civil_partnership", "They agreed on a civil partnership, whether or not it came to it"),
    ("intimate", "They are, or were, in an intimate relationship"),
    ("same_child", "Each is, or was, a parent to the same child"),
    ("relatives", "They are relatives"),
)
"""The seven ways in which the Domestic Abuse Act 2021, section 2, has two people connected, in our words."""

BEHAVIOURS: ClosedList = (
    ("physical_or_sexual", "Hurting the body, or sexual harm"),
    ("violent_or_threatening", "Violence or threats"),
    ("controlling_or_coercive", "Controlling them, or making them do or not do things"),
    ("economic", "Money, property or goods kept from them or taken"),
    ("psychological_or_other", "Harm to mind or feelings, or other abuse"),
)
"""The kinds of behaviour that the Act, section 1, calls abusive, in our words."""

NONE_OF_THESE = "none"

_FACTS = (
    _yes_no("immediate_danger", "Is anyone in immediate danger?"),
    _yes_no("safe_at_home", "Is it safe for them to be at home?"),
    _yes_no("lives_with_perpetrator", "Do they live with the person causing harm?"),
    _yes_no("children", "Are there children in the household, or affected?"),
    _yes_no("child_at_risk", "Is a child at risk?"),
    _yes_no("asking_endangers_child", "Would asking a parent's permission put a child at risk?"),
    _yes_no(
        "adult_at_risk",
        "Is the person an adult at risk, unable to protect themselves because of care or support needs?",
    ),
    _yes_no("capacity_in_doubt", "Is there reason to doubt that they can understand and decide?"),
    _yes_no("honour_based", "Might this be so-called honour-based abuse?"),
    _yes_no("counter_allegation", "Might the person causing harm be presenting as the one harmed?"),
    _yes_no("damage", "Has the home been damaged?"),
    _yes_no("joint_tenancy", "Is it a joint tenancy?"),
    _yes_no("perpetrator_left", "Has the person causing harm left the home?"),
    _yes_no("general_needs", "Is it a general needs tenancy?"),
    _yes_no("fleeing", "Are they being housed because they are fleeing abuse?"),
    _yes_no("visit_risk", "Is there a risk to staff who visit?"),
    _yes_no("two_to_visit", "Must two people attend every visit?"),
    _yes_no("disclosed", "Has domestic abuse been disclosed?"),
    _yes_no("female_staff_wanted", "Have they asked for female staff only?"),
    _yes_no("breach", "Is there action on a breach of tenancy, now or in the past?"),
    _yes_no("police_told", "Have the police been told?"),
    _yes_no("in_public", "Did any of it happen in public?"),
    _yes_no("evidence_sufficient", "Is there enough evidence to act on?"),
    _yes_no("statutory_support", "Does a statutory agency or the MARAC support their case?"),
    _yes_no("safeguarding_concern", "Is there a safeguarding concern?"),
    _yes_no("weapons", "Have weapons been used or threatened?"),
    _yes_no("strangulation", "Has there been strangling, choking or suffocation?"),
    _yes_no("stalking", "Has there been stalking or constant unwanted contact?"),
    _yes_no("threats_to_kill", "Have there been threats to kill?"),
    _yes_no("judged_high", "In your professional judgement, is the risk high?"),
    _yes_no("support_agreed", "Have they agreed to be referred for support?"),
    _yes_no("female_staff_assigned", "Are only female staff dealing with the case?"),
    _yes_no("abused_before", "Has this person been abused before, so far as we know?"),
    _word(
        "about",
        "Who is it about?",
        (("customer", "A customer"), ("applicant", "An applicant"), ("colleague", "A colleague")),
    ),
    _word("grade_given", "What grade did the assessment give?", suggested=("high", "medium", "standard")),
    _word(
        "customer_is",
        "Which is our customer?",
        (
            ("survivor", "The person at risk"),
            ("perpetrator", "The person causing harm"),
            ("both", "Both"),
            ("neither", "Neither"),
        ),
    ),
    _word("area", "Which council area is the home in?"),
    _word("patch", "Which patch is the home in?"),
    _word(
        "choice",
        "What do they want to do?",
        (
            ("leaves", "Leave the relationship and the home"),
            ("stays", "Stay in the relationship"),
            ("ends", "End the relationship and stay in the home"),
        ),
    ),
    _word(
        "tenure_before", "What tenure did they have before?", suggested=("assured", "secure", "starter", "fixed_term")
    ),
    _word("tenure_after", "What tenure will they have?", suggested=("assured", "secure", "starter", "fixed_term")),
    _word("preferred_language", "Which language do they prefer?", suggested=("English", "Welsh")),
    Term(
        "connection",
        "set of words",
        "How do the person at risk and the person causing harm stand to each other?",
        (*CONNECTIONS, (NONE_OF_THESE, "In none of these ways")),
    ),
    Term(
        "behaviour",
        "set of words",
        "What kind of behaviour is it?",
        (*BEHAVIOURS, (NONE_OF_THESE, "None of these")),
    ),
    Term("score", "number", "What did the risk assessment score?"),
    Term("survivor_age", "number", "How old is the person at risk?"),
    Term("perpetrator_age", "number", "How old is the person causing harm?"),
    Term("preferred_contact_at", "moment", "When do they want to be contacted?"),
    Term("occurred", "moment", "When did it happen?"),
)

FACTS: Mapping[str, Term] = _terms(*_FACTS)

DERIVED: Mapping[str, Term] = _terms(
    _word("grade", "The grade of risk"),
    Term("consented_to", "set of words", "Whom they agreed may be told", "services"),
    Term("refused_to", "set of words", "Whom they did not want told", "services"),
    _yes_no("repeat", "Has this happened before?"),
    Term(
        "response_minutes",
        "number",
        "Minutes from the first report to the first safe conversation, by when they took place",
    ),
)
"""Facts that the engine keeps: never asked for, never stated by an entry."""


def _kind(
    name: str, title: str, said_when: str, *fields: Term, states: tuple[str, ...] = (), of: str = ""
) -> EntryKind:
    return EntryKind(name, title, said_when, _terms(*fields), states, of)


_MEASURE = _word(
    "measure",
    "Which measure?",
    suggested=("fireproof_letterbox", "extra_locks", "door_alarm", "window_alarm", "lighting", "cctv", "fencing"),
)
_OF_REQUEST = "Which request does this answer?"
_FROM = _word("from", "Who asked?")
_ASKS = _text("asks", "What do they ask?")
_SAFE_TO_PROCEED = _yes_no("safe_to_proceed", "Is it safe to go ahead?")
_REASON = _text("reason", "Why?")
_OUTCOME = _text("outcome", "What was the outcome?")

_KINDS = (
    _kind(
        "report",
        "Report",
        "Someone tells the landlord.",
        _word(
            "source",
            "Who told us?",
            (
                ("survivor", "The person at risk"),
                ("third_party", "Someone who knows them"),
                ("neighbour", "A neighbour"),
                ("contractor", "A contractor"),
                ("agency", "Another agency"),
                ("colleague", "A colleague"),
                ("managing_agent", "A managing agent"),
                ("marac", "The MARAC"),
                ("anonymous", "Someone who did not say who they are"),
            ),
        ),
        _word(
            "channel",
            "How did they tell us?",
            (
                ("phone", "By telephone"),
                ("in_person", "In person"),
                ("report_it", "Report it, on our own system"),
                ("web", "On our website"),
                ("email", "By e-mail"),
                ("letter", "By letter"),
                ("agency_referral", "Through another agency's referral"),
            ),
        ),
        _yes_no("in_confidence", "Was it told in confidence?"),
        states=("about", "immediate_danger", "children", "area"),
    ),
    _kind(
        "triaged",
        "Triage",
        "A report has been looked at.",
        _word(
            "outcome",
            "What is it?",
            (
                ("safeguarding_contact", "A safeguarding contact"),
                ("target_hardening", "A request for security measures only"),
                ("asb_case", "An anti-social behaviour case"),
                ("not_domestic_abuse", "Not domestic abuse"),
                ("redirect", "For another team or policy"),
            ),
        ),
        _word("to", "Where does it go?", "services or roles"),
    ),
    _kind(
        "assigned",
        "Case assigned",
        "Someone takes the case.",
        _word("to", "In which role do they take it?", "roles"),
        _yes_no("female", "Is the person taking it female?"),
    ),
    _kind("learned", "Facts learned", "Facts became known, or changed."),
    _kind(
        "incident",
        "Further incident",
        "A further incident came to light.",
        Term("occurred", "moment", "When did it happen?"),
        Term("kinds", "set of words", "What kinds of abuse?"),
    ),
    _kind(
        "risk_changed",
        "Change of risk",
        "The risk went up or down.",
        _word("how", "Which way?", (("up", "Up"), ("down", "Down"))),
    ),
    _kind(
        "emergency_call",
        "999 called",
        "The emergency services were called.",
        _word("service", "Which service?", suggested=("police", "ambulance", "fire")),
    ),
    _kind(
        "contact",
        "Contact",
        "Contact with the person was tried.",
        _word("method", "How?", suggested=("phone", "in_person", "text", "email", "letter", "video")),
        _word(
            "result",
            "What happened?",
            (("spoke", "We spoke"), ("no_answer", "No answer"), ("declined", "They did not want to talk")),
        ),
        _yes_no("safe", "Was it safe for them to talk?"),
        states=("preferred_contact_at",),
    ),
    _kind(
        "interview",
        "Interview",
        "The person was seen and listened to.",
        _yes_no("private", "Was it in private?"),
        _word(
            "interpreter",
            "Was there an interpreter?",
            (("none", "No interpreter"), ("professional", "A professional interpreter"), ("other", "Somebody else")),
        ),
        _yes_no("interpreter_accepted", "Was the person content with the interpreter?"),
        _yes_no("children_present", "Were children present?"),
        Term("supporter", "either", "Was a supporter of their choice there?"),
    ),
    _kind(
        "assessment",
        "Risk assessment",
        "A risk assessment was made, by us or by another agency.",
        _word("by", "Who made it?", (("us", "We did"), ("agency", "Another agency"))),
        _word("instrument", "With which checklist?", suggested=("dash", "other")),
        _word("grade_given", "What grade did it give?", suggested=("high", "medium", "standard")),
        states=("score", "judged_high", "weapons", "strangulation", "stalking", "threats_to_kill"),
    ),
    _kind(
        "dash_clarified",
        "Asked about an earlier assessment",
        "Someone asked whether an assessment exists elsewhere.",
        _yes_no("exists", "Does an assessment exist elsewhere?"),
    ),
    _kind(
        "consent",
        "Consent",
        "Someone agreed, or did not agree, that another be told.",
        _word("to", "That who may be told?", "services"),
        _yes_no("given", "Did they agree?"),
        _text("purpose", "For what purpose?"),
        _word("giver", "Who agreed, if not the person at risk?", suggested=("person_at_risk", "parent")),
    ),
    _kind(
        "share",
        "Information shared",
        "Information left the landlord.",
        _word("to", "Who was told?", "services"),
        _word(
            "ground",
            "On what ground?",
            (
                ("consent", "They agreed"),
                ("immediate_harm", "Danger of immediate harm"),
                ("safeguarding", "Safeguarding a child or an adult at risk"),
                ("legal_duty", "A legal duty"),
                ("crime_and_disorder_s115", "Crime and Disorder Act 1998, section 115"),
                ("agreement", "An information sharing agreement"),
            ),
        ),
        _REASON,
    ),
    _kind(
        "referral",
        "Referral",
        "The case, or a part of it, was referred to someone.",
        _word("to", "To whom?", "services"),
    ),
    _kind(
        "receipt",
        "Receipt",
        "The receiver confirmed it.",
        _word("to", "Who received it?", "services"),
        _word("by", "Who confirmed it?"),
        of="Which referral was received?",
    ),
    _kind(
        "logged",
        "Logged",
        "It was put on another system.",
        _word(
            "where",
            "Where?",
            (
                ("safeguarding_hub", "The safeguarding hub"),
                ("case_database", "The case database"),
                ("housing_system", "The housing system"),
            ),
        ),
    ),
    _kind(
        "marker",
        "Marker set",
        "A marker was set for staff who call or visit.",
        _word(
            "kind",
            "Which marker?",
            (
                ("two_to_visit", "Two to visit"),
                ("contact_first", "Check before contact"),
                ("visit_risk", "Risk to visiting staff"),
            ),
        ),
    ),
    _kind("action_plan", "Action plan", "An action plan was made.", _yes_no("agreed", "Did the person agree it?")),
    _kind("safety_plan", "Safety plan", "A safety plan was made.", _yes_no("agreed", "Did the person agree it?")),
    _kind(
        "support_offered",
        "Support offered",
        "Support was offered.",
        _word("service", "Which service?", suggested=("support_service", "helpline", "idva")),
    ),
    _kind(
        "support_accepted",
        "Support accepted",
        "Support was accepted.",
        _word("service", "Which service?", suggested=("support_service", "helpline", "idva")),
    ),
    _kind(
        "support_declined",
        "Support declined",
        "Support was declined.",
        _word("service", "Which service?", suggested=("support_service", "helpline", "idva")),
    ),
    _kind(
        "measure_requested",
        "Security measure requested",
        "A security measure was asked for.",
        _MEASURE,
        of="Which request from an agency does this answer?",
    ),
    _kind(
        "measure_fitted",
        "Security measure fitted",
        "A security measure was put in place.",
        _MEASURE,
        of=_OF_REQUEST,
    ),
    _kind(
        "measure_reviewed",
        "Security measure reviewed",
        "Someone asked whether a security measure works.",
        _MEASURE,
        _yes_no("effective", "Does it work?"),
        _yes_no("more_needed", "Is more needed?"),
        of="Which fitted measure is this about?",
    ),
    _kind(
        "repair",
        "Repair raised",
        "A repair was raised.",
        Term("priority", "either", "With what priority?", suggested=("emergency", "priority", "routine")),
    ),
    _kind("photographed", "Damage photographed", "The damage was photographed."),
    _kind("lock_change", "Locks changed", "The locks are to be changed."),
    _kind(
        "police_report",
        "Reported to the police",
        "The police were told.",
        _text("log_number", "What is the police log number?"),
        _text("offence", "Of what offence?"),
    ),
    _kind(
        "cost_claim",
        "Cost claimed",
        "The cost of repair was sought from the person causing harm.",
        Term("amount", "number", "How much, in pounds?"),
    ),
    _kind("choice", "Their choice", "The person decided what they want.", states=("choice",)),
    _kind("wishes", "What they want", "The person said what they want, in words of their own."),
    _kind(
        "move",
        "Move",
        "The person is to be rehoused.",
        _word(
            "option",
            "Which way?",
            (
                ("respite", "Respite, or temporary use of a home"),
                ("management_transfer", "Management transfer"),
                ("direct_let", "Direct let"),
                ("allocation", "Allocation under the policy"),
                ("other_area", "Another area or landlord"),
            ),
        ),
        _word("priority", "With what priority?", (("normal", "Normal"), ("high", "High"))),
        Term("exemption", "either", "Is a breach, such as arrears, set aside for it?"),
        states=("tenure_before", "tenure_after"),
    ),
    _kind(
        "enforcement",
        "Enforcement",
        "Action is taken against the person causing harm.",
        _word(
            "kind",
            "Which action?",
            (
                ("injunction", "Injunction"),
                ("without_notice_injunction", "Injunction without notice"),
                ("asb_injunction", "Anti-social behaviour injunction"),
                ("possession", "Possession"),
                ("demotion", "Demotion of tenancy"),
                ("other", "Another action"),
            ),
        ),
        states=("evidence_sufficient",),
    ),
    _kind(
        "tenancy_action",
        "Tenancy action",
        "Action on a breach at the address.",
        _word(
            "kind",
            "About what?",
            (("noise", "Noise"), ("arrears", "Arrears"), ("damage", "Damage"), ("other", "Something else")),
        ),
    ),
    _kind("perpetrator_contact", "Contact with the person causing harm", "The person causing harm is to be contacted."),
    _kind("family_contact", "Contact with family", "A member of the family is to be contacted."),
    _kind("visit", "Visit", "The home is to be visited."),
    _kind(
        "harm_assessment", "Assessment of harm", "Whether acting would add to the harm was assessed.", _SAFE_TO_PROCEED
    ),
    _kind(
        "move_risk_assessment",
        "Assessment of the move",
        "How a move would lower the risk was assessed.",
        _SAFE_TO_PROCEED,
    ),
    _kind(
        "household_impact_assessment",
        "Assessment of the effect on the household",
        "The effect of an action on the household was assessed.",
        _SAFE_TO_PROCEED,
    ),
    _kind("needs_assessment", "Assessment of needs", "What the person needs was assessed.", _SAFE_TO_PROCEED),
    _kind(
        "discussion",
        "Discussion",
        "The case was discussed with someone.",
        _word("with", "With whom?", "roles"),
        Term("topics", "set of words", "About what?"),
    ),
    _kind(
        "approval",
        "Approval",
        "Someone with the right to do so agreed.",
        _word("by", "In which role?", "roles"),
        _word("for", "For what?", "entries"),
    ),
    _kind(
        "request",
        "Request from an agency",
        "Another agency asked the landlord for something.",
        _FROM,
        _ASKS,
    ),
    _kind(
        "request_completed",
        "Request completed",
        "An agency's request was dealt with.",
        _FROM,
        _ASKS,
        _text("note", "What was done?"),
        of=_OF_REQUEST,
    ),
    _kind(
        "case_report",
        "Case report",
        "A report for a multi-agency meeting was written.",
        _word("for", "For which meeting?", suggested=("marac",)),
    ),
    _kind(
        "briefing",
        "Briefing",
        "Someone was told what they must know.",
        _word(
            "to",
            "Who was told?",
            (("contractor", "A contractor"), ("person_at_risk", "The person at risk"), ("staff", "Staff")),
        ),
        Term("topics", "set of words", "About what?"),
    ),
    _kind(
        "override",
        "Override",
        "A gate was set aside for one entry.",
        _word("gate", "Which gate?"),
        _REASON,
        _word("by", "Who decided, in which role?"),
        of="For which entry?",
    ),
    _kind("struck", "Struck out", "An entry was recorded in error.", _REASON, of="Which entry?"),
    _kind("review", "Review", "The case was looked at again.", _REASON, _OUTCOME),
    _kind("closed", "Closed", "The case was closed.", _REASON, _OUTCOME),
    _kind("reopened", "Reopened", "The case was opened again.", _REASON, _OUTCOME),
)

ENTRY_KINDS: Mapping[str, EntryKind] = MappingProxyType({kind.name: kind for kind in _KINDS})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of version 1 with a landlord's own facts, services and roles added."""

    facts: Mapping[str, Term]
    services: Mapping[str, str]
    roles: Mapping[str, str]

    def title_of_word(self, word: str) -> str:
        """This function will give the title of a word of an open list: `marac` is "MARAC", `legal_action` "Legal action"."""
        return self.services.get(word) or self.roles.get(word) or word.replace("_", " ").capitalize()

    def titles_of(self, term: Term) -> Mapping[str, str] | None:
        """This function will give the closed list of a term as word → title, or None where any word will do."""
        match term.words:
            case None:
                return None
            case "services":
                return self.services
            case "roles":
                return self.roles
            case "services or roles":
                return {**self.services, **self.roles}
            case "entries":
                return {kind.name: kind.title for kind in ENTRY_KINDS.values()}
            case tuple() as words:
                return dict(words)


VERSION_1 = Vocabulary(FACTS, SERVICES, ROLES)
