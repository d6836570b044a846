"""What the sign-in pages and e-mails say, in place of the library's own words."""

ERRORS = {
    "account_inactive": "This account is closed.",
    "email_password_mismatch": "The email address or the password is not right.",
    "enter_current_password": "Enter your current password.",
    "incorrect_code": "That code is not right. Codes change every 30 seconds: enter the one shown now.",
    "incorrect_password": "The password is not right.",
    "invalid_login": "The email address or the password is not right.",
    "invalid_password_reset": "This link no longer works. Ask for a new one.",
    "max_email_addresses": "You can have %d email address here. A system administrator can change it.",
    "too_many_login_attempts": "Too many attempts have failed. Wait 15 minutes, then try again.",
    "rate_limited": "Too many requests. Wait a few minutes, then try again.",
}

SECOND_STEP_ERRORS = {
    "cannot_delete_authenticator": "This way of signing in cannot be removed.",
    "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first: recovery codes stand in for it.",
    "incorrect_code": ERRORS["incorrect_code"],
}

# By the library's name for the message. What is not listed is not said.
SUCCESSES = {
    "account/messages/password_changed.txt": "Your password has been changed.",
    "account/messages/password_set.txt": "Your password has been set.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app has been removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes. The old ones no longer work.",
    "mfa/messages/webauthn_added.txt": "Your passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
    "socialaccount/messages/account_connected.txt": "Your council sign-in is connected.",
    "socialaccount/messages/account_disconnected.txt": "Your council sign-in is no longer connected.",
    "socialaccount/messages/account_connected_other.txt": "That council sign-in belongs to another account here.",
}

# E-mails that tell somebody of a change to their own account, so that a change they did not make is noticed.
NOTICES = {
    "account/email/password_changed": ("Your Upheld password was changed", "The password of your account was changed."),
    "account/email/password_reset": ("Your Upheld password was reset", "The password of your account was reset."),
    "account/email/password_set": ("Your Upheld password was set", "A password was set for your account."),
    "mfa/email/totp_activated": (
        "An authenticator app was added to your Upheld account",
        "An authenticator app was added as a second step of signing in to your account.",
    ),
    "mfa/email/totp_deactivated": (
        "The authenticator app was removed from your Upheld account",
        "The authenticator app was removed from your account.",
    ),
    "mfa/email/recovery_codes_generated": (
        "New recovery codes for your Upheld account",
        "New recovery codes were made for your account. The old ones no longer work.",
    ),
    "mfa/email/webauthn_added": ("A passkey was added to your Upheld account", "A passkey was added to your account."),
    "mfa/email/webauthn_removed": (
        "A passkey was removed from your Upheld account",
        "A passkey was removed from your account.",
    ),
    "socialaccount/email/account_connected": (
        "A council sign-in was connected to your Upheld account",
        "Your council sign-in was connected to your account.",
    ),
    "socialaccount/email/account_disconnected": (
        "A council sign-in was disconnected from your Upheld account",
        "Your council sign-in was disconnected from your account.",
    ),
}
