"""Consent, and what leaves the landlord: to whom, what exactly, why, on which grounds."""

from dataclasses import replace
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StrictBool, StrictStr

from fanlight.casework.actions.bar_receiver import bar_receiver
from fanlight.casework.actions.confirm_share import confirm_share
from fanlight.casework.actions.decide_on_share import decide_on_share
from fanlight.casework.actions.end_agreement import end_agreement
from fanlight.casework.actions.make_agreement import make_agreement
from fanlight.casework.actions.record_consent import record_consent
from fanlight.casework.actions.review_agreement import review_agreement
from fanlight.casework.actions.share_information import share_information
from fanlight.casework.actions.sharing import Beside
from fanlight.casework.actions.take_share_back import take_share_back
from fanlight.casework.actions.unbar_receiver import unbar_receiver
from fanlight.casework.api.answers import answers
from fanlight.casework.api.asking import case_of, looked, now_of, viewer_of
from fanlight.casework.api.bodies import Body, Day, Line, Moment, Name, Number, Overriding, SettingAside, Text, Written
from fanlight.casework.models import ConsentSaid
from fanlight.casework.queries import consents as consent_queries
from fanlight.casework.queries import sharing as queries
from fanlight.casework.queries.consents import ConsentPage
from fanlight.casework.queries.sharing import Agreements, ShareForm, ShareLine, SharePage, SharesOfCase
from fanlight.casework.sharing import NOTHING_YET, Proposed

router = Router(tags=["Sharing"])

Service = Annotated[StrictStr, Field(max_length=80)]


Part = Annotated[StrictStr, Field(pattern=r"^[1-9][0-9]{0,8}$")]


class PageAsked(Body):
    """Which page of the register."""

    page: Annotated[int, Field(ge=1, le=99999)] = 1


class Register(Schema):
    """The register of shares, a page of it, and all that wait for an authoriser."""

    shares: tuple[ShareLine, ...]
    page: int
    pages: int
    total: int
    waits: tuple[ShareLine, ...]


class ConsentBody(Overriding):
    """What somebody said to being told about: whose (`part`), to whom, for what, and how it was taken.

    `to` is a kind of service and `service` its id in the directory; `organisation` is written where the directory has none.
    Of a no, `service` and `purpose` may be "any": no service of the kind, for no purpose.
    `answer` is given, refused or withdrawn. What may be said under the other names is in the lists that `GET` gives.
    """

    part: Number
    to: Name
    service: Service = ""
    organisation: Line = ""
    purpose: Name
    answer: Name
    how: Name
    giver: Name = "themselves"
    giver_name: Line = ""
    giver_reason: Text = ""
    capacity: Name = "assumed"
    capacity_note: Text = ""
    conditions: Text = ""
    own_words: Text = ""
    taken_by: Line = ""
    limits: Text = ""
    at: Moment | None = None


@router.get("/cases/{reference}/consent", url_name="consent", response=answers(ConsentPage))
def consent(request: HttpRequest, reference: str) -> ConsentPage:
    """This address will show the consent of a case: what holds, what was said before, and whom something may be shared with."""
    found = consent_queries.consent_page(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "consent")
    return found


@router.post(
    "/cases/{reference}/consent", url_name="record-consent", response=answers(Written, status=201, stopped=True)
)
def take_consent(request: HttpRequest, reference: str, said: ConsentBody) -> Status[object]:
    """This address will put on the record what somebody said to being told about."""
    sequence = record_consent(
        case=case_of(request, reference),
        part=said.part,
        to=said.to,
        service=said.service,
        purpose=said.purpose,
        answer=said.answer,
        how=said.how,
        said=ConsentSaid(
            organisation=said.organisation,
            conditions=said.conditions,
            own_words=said.own_words,
            taken_by=said.taken_by,
            limits=said.limits,
            capacity=said.capacity_note,
            giver=said.giver_name,
            giver_reason=said.giver_reason,
        ),
        giver=said.giver,
        capacity=said.capacity,
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, {"reference": reference, "sequence": sequence})


class GroundsBody(Body):
    """Why something leaves the landlord, of whom it tells, and on which grounds; without to whom it goes and what.

    `about` are the parts of those whom it is about, `named` those who are in it beside, each with why. `article_6` to `common_law` are
    the ids of grounds that `GET …/shares/new` lists.
    """

    about: Annotated[list[Number], Field(max_length=50)] = []
    purpose: Name = ""
    why: Text = ""
    named: Annotated[dict[Part, Text], Field(max_length=50)] = {}
    ground: Name = ""
    article_6: Name = ""
    article_9: Name = ""
    article_10: Name = ""
    common_law: Name = ""
    section_115: StrictBool | None = None
    necessity: Text = ""
    proportion: Text = ""
    without: Name = ""
    why_without: Text = ""
    conditions_kept: Text = ""
    agreement: Number | None = None

    def grounds(self) -> Proposed:
        """This function will give what was said of it, as the actions take it."""
        typed = {name: getattr(self, name) for name in GroundsBody.model_fields if name not in ("about", "named")}
        named = {int(part): why for part, why in self.named.items()}
        return replace(NOTHING_YET, **typed, about=tuple(self.about), named=named)


class ShareBody(GroundsBody, Overriding):
    """A share, whole: `lacking` parts are answered by their names, all at once, and nothing leaves.

    `items` are the keys of the pieces, as `GET …/shares/new` lists them. `take_out` are words that come out of every text beside what
    comes out by itself.
    """

    to: Name = ""
    service: Service = ""
    organisation: Line = ""
    attention: Line = ""
    where: Line = ""
    means: Name = ""
    items: Annotated[list[Name], Field(max_length=400)] = []
    take_out: Annotated[list[Line], Field(max_length=50)] = []
    at: Moment | None = None

    def proposed(self) -> Proposed:
        """This function will give the share that is proposed, as the actions take it."""
        return replace(
            self.grounds(),
            to=self.to,
            service=self.service,
            organisation=self.organisation,
            means=self.means,
            items=tuple(self.items),
        )

    def beside(self) -> Beside:
        """This function will give what is said beside of whom it reaches, and of what comes out of it."""
        return Beside(self.attention, self.where, tuple(self.take_out))


class ShareDecisionBody(SettingAside):
    """Whether a share is authorised, why not, and gates of the policy that are set aside for it."""

    authorise: StrictBool
    reason: Text = ""


class WhyBody(Body):
    """Why."""

    reason: Text


class ConfirmBody(Body):
    """Who at the receiver's said that they have it, and when."""

    confirmed_by: Line
    at: Moment | None = None


class BarBody(Body):
    """Who must not receive anything of a case: a service of the directory by its id, or somebody by their whole name; and why."""

    service: Service = ""
    name: Line = ""
    reason: Text


class AgreementBody(Body):
    """An agreement on sharing: the kinds of service and the services that it covers, for which purposes, from which day."""

    title: Line
    to: Annotated[list[Name], Field(max_length=60)] = []
    services: Annotated[list[Service], Field(max_length=200)] = []
    purposes: Annotated[list[Name], Field(max_length=40)]
    made_on: Day
    review_on: Day | None = None
    note: Text = ""


class ReviewBody(Body):
    """What was found when an agreement was looked at, and when it is looked at next."""

    note: Text
    review_on: Day | None = None


@router.get("/cases/{reference}/shares", url_name="shares", response=answers(SharesOfCase))
def shares(request: HttpRequest, reference: str) -> SharesOfCase:
    """This address will show the shares of a case, and who must not receive anything of it."""
    found = queries.shares_of_case(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "shares")
    return found


@router.get("/cases/{reference}/shares/new", url_name="new-share", response=answers(ShareForm))
def new_share(request: HttpRequest, reference: str) -> ShareForm:
    """This address will show what may be shared, with whom, and which grounds fit the facts. It chooses none."""
    found = queries.share_form(viewer_of(request), reference, now=now_of(request))
    looked(request, reference, "new-share")
    return found


@router.post(
    "/cases/{reference}/shares", url_name="share-information", response=answers(SharePage, status=201, stopped=True)
)
def share(request: HttpRequest, reference: str, said: ShareBody) -> Status[object]:
    """This address will share something of a case, or say all that it lacks; where it must be authorised, it waits."""
    number = share_information(
        case=case_of(request, reference),
        proposed=said.proposed(),
        beside=said.beside(),
        at=said.at,
        expected_sequence=said.expected_sequence,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.share_page(viewer_of(request), reference, number, now=now_of(request)))


@router.get("/cases/{reference}/shares/{int:number}", url_name="share", response=answers(SharePage))
def one_share(request: HttpRequest, reference: str, number: int) -> SharePage:
    """This address will show a share whole, with what is in its document."""
    found = queries.share_page(viewer_of(request), reference, number, now=now_of(request))
    looked(request, reference, "share")
    return found


@router.post(
    "/cases/{reference}/shares/{int:number}/decision",
    url_name="decide-on-share",
    response=answers(SharePage, stopped=True),
)
def decide(request: HttpRequest, reference: str, number: int, said: ShareDecisionBody) -> SharePage:
    """This address will let a share that somebody else asked for go, or refuse it."""
    decide_on_share(
        case=case_of(request, reference),
        number=number,
        authorise=said.authorise,
        reason=said.reason,
        overrides=said.set_aside,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.share_page(viewer_of(request), reference, number, now=now_of(request))


@router.post(
    "/cases/{reference}/shares/{int:number}/take-back", url_name="take-share-back", response=answers(SharePage)
)
def take_back(request: HttpRequest, reference: str, number: int, said: WhyBody) -> SharePage:
    """This address will take back a share that has not gone."""
    take_share_back(
        case=case_of(request, reference), number=number, reason=said.reason, by=viewer_of(request), now=now_of(request)
    )
    return queries.share_page(viewer_of(request), reference, number, now=now_of(request))


@router.post("/cases/{reference}/shares/{int:number}/receipt", url_name="confirm-share", response=answers(SharePage))
def confirm(request: HttpRequest, reference: str, number: int, said: ConfirmBody) -> SharePage:
    """This address will note that the receiver has it."""
    confirm_share(
        case=case_of(request, reference),
        number=number,
        confirmed_by=said.confirmed_by,
        at=said.at,
        by=viewer_of(request),
        now=now_of(request),
    )
    return queries.share_page(viewer_of(request), reference, number, now=now_of(request))


@router.post("/cases/{reference}/must-not-receive", url_name="bar", response=answers(SharesOfCase, status=201))
def bar(request: HttpRequest, reference: str, said: BarBody) -> Status[object]:
    """This address will put somebody on the list of those who must not receive anything of a case."""
    bar_receiver(
        case=case_of(request, reference),
        service=said.service,
        name=said.name,
        reason=said.reason,
        by=viewer_of(request),
        now=now_of(request),
    )
    return Status(201, queries.shares_of_case(viewer_of(request), reference, now=now_of(request)))


@router.post("/cases/{reference}/must-not-receive/{int:number}/end", url_name="unbar", response=answers(SharesOfCase))
def unbar(request: HttpRequest, reference: str, number: int, said: WhyBody) -> SharesOfCase:
    """This address will take somebody off that list."""
    unbar_receiver(
        case=case_of(request, reference), number=number, reason=said.reason, by=viewer_of(request), now=now_of(request)
    )
    return queries.shares_of_case(viewer_of(request), reference, now=now_of(request))


@router.get("/shares", url_name="all-shares", response=answers(Register))
def register(request: HttpRequest, asked: Query[PageAsked]) -> Register:
    """This address will show the register of what left the landlord: to whom and on which ground, and not what."""
    found = queries.all_shares(viewer_of(request), page=asked.page, now=now_of(request))
    waits = queries.shares_that_wait(viewer_of(request), now=now_of(request))
    return Register(shares=found.items, page=found.number, pages=found.pages, total=found.total, waits=waits)


@router.get("/agreements", url_name="agreements", response=answers(Agreements))
def agreements(request: HttpRequest) -> Agreements:
    """This address will show the register of agreements on sharing."""
    return queries.agreements(viewer_of(request), now=now_of(request))


@router.post("/agreements", url_name="make-agreement", response=answers(Agreements, status=201))
def enter(request: HttpRequest, said: AgreementBody) -> Status[object]:
    """This address will enter an agreement in the register."""
    make_agreement(**said.dict(), by=viewer_of(request), now=now_of(request))
    return Status(201, queries.agreements(viewer_of(request), now=now_of(request)))


@router.post("/agreements/{int:number}/review", url_name="review-agreement", response=answers(Agreements))
def review(request: HttpRequest, number: int, said: ReviewBody) -> Agreements:
    """This address will note that an agreement was looked at again."""
    review_agreement(number=number, **said.dict(), by=viewer_of(request), now=now_of(request))
    return queries.agreements(viewer_of(request), now=now_of(request))


@router.post("/agreements/{int:number}/end", url_name="end-agreement", response=answers(Agreements))
def end(request: HttpRequest, number: int, said: WhyBody) -> Agreements:
    """This address will end an agreement."""
    end_agreement(number=number, reason=said.reason, by=viewer_of(request), now=now_of(request))
    return queries.agreements(viewer_of(request), now=now_of(request))
