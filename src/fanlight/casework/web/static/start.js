// Tells the style sheet that scripts run, so that what they fold away may be folded. Nothing needs them.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
