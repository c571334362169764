"""Every address of the pages: none of them names a person, or says what the matter is."""

from __future__ import annotations

from django.urls import URLPattern, path

from fanlight.casework.web.views import case_forms, cases, duties, policy, record, report, sign_in, triage

urlpatterns: list[URLPattern] = [
    path("", sign_in.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("report", report.report, name="report"),
    path("report/<str:reference>", report.receipt, name="receipt"),
    path("report/<str:reference>/called-999", report.called_999, name="called-999"),
    path("triage", triage.queue, name="triage"),
    path("triage/<str:reference>", triage.one_report, name="triage-report"),
    path("duties", duties.mine, name="my-duties"),
    path("duties/team", duties.team, name="team-duties"),
    path("hand-overs", duties.handovers, name="handovers"),
    path("policy", policy.policy, name="policy"),
    path("cases", cases.many, name="cases"),
    path("cases/<str:reference>", cases.one, name="case"),
    path("cases/<str:reference>/record", record.choose, name="record"),
    path("cases/<str:reference>/record/<slug:kind>", record.record, name="record-kind"),
    path("cases/<str:reference>/answer/<slug:fact>", case_forms.answer, name="answer"),
    path("cases/<str:reference>/people", case_forms.people, name="people"),
    path("cases/<str:reference>/assign", case_forms.assign, name="assign"),
    path("cases/<str:reference>/hand-over", case_forms.give_over, name="hand-over"),
    path("cases/<str:reference>/received/<int:sequence>", case_forms.received, name="received"),
    path("cases/<str:reference>/strike/<int:sequence>", case_forms.strike, name="strike"),
    path("cases/<str:reference>/close", case_forms.close, name="close"),
    path("cases/<str:reference>/reopen", case_forms.reopen, name="reopen"),
]
