"""The pages of referrals: who gets it, the form, the documents under neutral names, and red where nobody has received it."""

import json
import re

from django.urls import reverse

from fanlight.casework.models import DirectoryEntry, OnwardReferral
from tests import make
from tests.referring import grounds, to_marac


def body(response) -> str:
    return response.content.decode()


CRITERIA = {"criterion-judgement": "yes"} | {f"criterion-{one}": "no" for one in ("high_risk", "escalation", "repeat")}


def drafted(browser, case, purpose="marac", **said):
    answers = {"answer-happened": "He came back on Sunday.", "service": "marac-kirklees", **CRITERIA, **said}
    return browser.post(reverse("refer", args=[case.reference, purpose]), answers)


def test_the_page_says_who_gets_it_on_which_form_and_that_nobody_made_sure_of_it(cast, case, as_):
    page = body(as_(cast.asha).get(reverse("refer", args=[case.reference, "marac"])))
    assert "Kirklees: DASH and MARAC forms" in page
    assert "The right one here" in page
    assert "Nobody has made sure that this is right" in page
    assert "Calderdale" not in page
    assert "Complete a MARAC referral." in page


def test_a_referral_is_drafted_sent_and_answered_by_the_pages(cast, case, as_):
    browser = as_(cast.asha)
    assert drafted(browser, case).status_code == 302
    row = OnwardReferral.objects.get(state="draft")
    where = [case.reference, row.pk]
    bare = body(browser.post(reverse("send-referral", args=where), {"way": "email", "seen": "99"}))
    assert "Say why they must be told." in bare
    assert OnwardReferral.objects.get(pk=row.pk).state == "draft"
    sent = browser.post(
        reverse("send-referral", args=where), {"way": "email", "seen": "99", **typed(grounds(case, by=cast.asha))}
    )
    assert sent.status_code == 302
    assert "On which grounds it went, and what exactly" in body(browser.get(reverse("referral", args=where)))
    page = body(browser.get(reverse("referral", args=where)))
    assert "Not received" in page
    assert browser.post(reverse("say-of-referral", args=[*where, "declined"]), {"note": "Too low."}).status_code == 302
    page = body(browser.get(reverse("referral", args=where)))
    assert "How to challenge it" in page
    assert "chair of the MARAC" in page
    assert "Declined: it is back with us" in body(browser.get(reverse("my-referrals")))


def typed(share):
    """This function will give grounds as somebody types them into a form."""
    names = (
        "purpose",
        "why",
        "ground",
        "article_6",
        "article_9",
        "article_10",
        "common_law",
        "necessity",
        "proportion",
    )
    said = {name: getattr(share, name) for name in (*names, "without", "why_without")}
    named = {f"named-{part}": why for part, why in share.named.items()}
    return {**said, **named, "section_115": "yes", "about": [str(part) for part in share.about]}


def test_one_that_nobody_has_received_is_red_on_the_managers_page_and_says_so_in_words(cast, case, as_):
    to_marac(case, cast.asha, now=make.later(hours=1))
    page = body(as_(cast.carys).get(reverse("team-duties")))
    part = page[page.index("Referrals that nobody has received") :]
    assert 'app-row--overdue"' in part
    assert '<strong class="app-state app-state--overdue">Not received</strong>' in part
    assert "Referrals: 1 is not received." in body(as_(cast.asha).get(reverse("my-duties")))


def test_a_document_has_a_name_that_says_nothing_and_so_has_the_e_mail(cast, case, as_):
    browser = as_(cast.asha)
    drafted(browser, case)
    row = OnwardReferral.objects.get(state="draft")
    for form, name in (("pdf", "document.pdf"), ("protected", "document.pdf"), ("word", "document.docx")):
        response = browser.get(reverse("referral-document", args=[case.reference, row.pk, form]))
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response.headers["Cache-Control"] == "no-store"
    page = body(browser.get(reverse("referral", args=[case.reference, row.pk])))
    mail = re.search(r"E-mail: text</dt><dd[^>]*>([^<]+)<", page)
    assert mail is not None
    assert not re.search(r"abuse|refer|case|MARAC|risk", mail[1], re.IGNORECASE)
    assert row.password in page
    assert browser.get(reverse("referral-document", args=[case.reference, row.pk, "exe"])).status_code == 404


def test_the_general_form_and_a_duty_lead_to_the_page_of_referrals(cast, case, as_):
    browser = as_(cast.asha)
    make.make_entry(case, "assessment", cast.asha, now=make.later(minutes=40), score=14)
    general = browser.get(reverse("record-kind", args=[case.reference, "referral"]))
    assert general.headers["Location"] == reverse("referrals", args=[case.reference])
    duty = case.duties.get(row="marac-referral")
    found = browser.get(reverse("referrals", args=[case.reference]), {"duty": f"marac-referral.e{duty.started_by}"})
    assert found.headers["Location"] == reverse("refer", args=[case.reference, "marac"])


def test_an_area_that_a_service_does_not_serve_is_said_and_not_offered(cast, case, as_):
    make.make_entry(case, "learned", cast.carys, now=make.later(minutes=45), facts={"area": "Leeds", "patch": ""})
    page = body(as_(cast.carys).get(reverse("refer", args=[case.reference, "refuge_check"])))
    assert "names somebody for Kirklees alone" in page
    assert "North Kirklees" not in page[page.index("What the referral says") :]


def test_the_directory_is_kept_by_those_who_may_and_never_says_where_a_refuge_is(cast, case, as_):
    browser = as_(cast.carys)
    said = {"name": "Harbour", "kinds": ["refuge"], "languages": ["pl"], "note": "At 14 Mill Lane, ZZ1 1ZZ"}
    page = browser.post(reverse("add-service"), said)
    assert "held nowhere" in body(page)
    assert not DirectoryEntry.objects.exists()
    assert browser.post(reverse("add-service"), {**said, "note": "", "is_right": "yes"}).status_code == 302
    (row,) = DirectoryEntry.objects.all()
    assert b"Harbour" not in bytes(row.sealed_said)
    page = body(browser.get(reverse("directory")))
    assert "Made sure of on 3 March 2026" in page
    assert browser.post(reverse("remove-service", args=[row.service])).status_code == 302
    assert "Harbour" not in body(browser.get(reverse("directory")))
    out = json.loads(body(as_(cast.asha).get(reverse("export-directory"))))
    assert out["total_items"] == 24
