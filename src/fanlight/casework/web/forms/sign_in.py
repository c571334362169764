"""The forms with which somebody shows who they are, and sees to how they sign in."""

from __future__ import annotations

from typing import Any

from fanlight.casework.web.forms.fields import LineField, PageForm, PasswordField

_WIDTH = "govuk-!-width-two-thirds"


class SignInForm(PageForm):
    """Who signs in."""

    email = LineField(
        "E-mail address",
        missing="Enter your e-mail address",
        kind="email",
        autocomplete="username",
        width=_WIDTH,
        most=254,
    )
    password = PasswordField("Password", missing="Enter your password", width=_WIDTH, most=1024)


class CodeForm(PageForm):
    """The second step: a code of an app, or a recovery code."""

    code = LineField(
        "Code",
        missing="Enter a code",
        hint="Six figures from your authenticator app, or one of your recovery codes.",
        autocomplete="one-time-code",
        width="govuk-input--width-10",
        most=20,
    )


class AppForm(PageForm):
    """The first code of an app that is being set up."""

    code = LineField(
        "The code that your app shows",
        missing="Enter the code that your app shows",
        autocomplete="one-time-code",
        width="govuk-input--width-10",
        most=20,
    )


class NewPasswordForm(PageForm):
    """A new password."""

    password = PasswordField(
        "New password",
        missing="Enter a new password",
        hint="Twelve characters or more. Three or four words that do not belong together are easy to remember. It never expires.",
        width=_WIDTH,
        most=1024,
        autocomplete="new-password",
    )


class FirstPasswordForm(NewPasswordForm):
    """A password, set with a code that somebody was given."""

    field_order = ("code", "password")

    code = LineField(
        "Your code",
        missing="Enter the code that you were given",
        hint="Twenty letters and figures, such as ABCD-EFGH-JKLM-NPQR-STUV.",
        width="govuk-input--width-20",
        most=60,
    )


class ConfirmForm(PageForm):
    """Shows again that it is them: by password, or by a code where they have no password here."""

    def __init__(self, data: Any = None, *, by_password: bool, **kwargs: Any) -> None:
        """This function will make the form."""
        super().__init__(data, **kwargs)
        if by_password:
            self.fields["password"] = PasswordField("Password", missing="Enter your password", width=_WIDTH, most=1024)
        else:
            self.fields["code"] = LineField(
                "Code from your authenticator app, or a recovery code",
                missing="Enter a code",
                autocomplete="one-time-code",
                width="govuk-input--width-10",
                most=20,
            )


class PostcodeForm(PageForm):
    """Somebody's own home postcode, which they need not give."""

    postcode = LineField(
        "Home postcode",
        hint="Leave it empty and save to have it forgotten.",
        width="govuk-input--width-10",
        most=12,
    )


class LinkForm(PageForm):
    """What the identity provider knows somebody as."""

    tenant = LineField("Tenant ID", hint="Of Microsoft Entra; leave it empty for any other provider.", width=_WIDTH)
    subject = LineField(
        "Object ID",
        missing="Enter the object ID",
        hint="In Microsoft Entra: Users, the person, Object ID. Elsewhere: the subject.",
        width=_WIDTH,
    )
