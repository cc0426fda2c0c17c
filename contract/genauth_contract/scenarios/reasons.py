"""Why a scenario is not played on a live account, or not through the SDK."""

NO_MAILBOX = "no mailbox of a live account is read"
NO_CALL = "the SDK has no call for it"
NO_EMAIL_CALLS = "the SDK has no e-mail calls"
UNSENT = "the SDK has no call that sends this"
MALFORMED = "the SDK refuses malformed input before anything is sent"
WANTS_SIGN_IN = "the SDK asks for a token before it sends"
SUSPENDING = "suspending a live user needs the management API"
