// Starts the parts of GOV.UK Frontend that help where scripts run. Every page works without them.
import { initAll } from "./govuk-frontend.min.js";

initAll();
